"""Published reports become facts, facts become measures, measures become one page a leader opens offline."""
