// What the index can do where scripts run.
