"""Words to calls: each verb is a signature, its help and one call; nothing else prints or exits."""

from analysis.cli import building, comparing, demo, reading, weighing
from analysis.cli.app import app, main

__all__ = ["app", "building", "comparing", "demo", "main", "reading", "weighing"]
