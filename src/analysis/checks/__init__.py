"""Figures -> findings: what holds of them, what does not, and what cannot be judged."""

from analysis.checks.findings import run, tell
from analysis.checks.frames import SCHEMA

__all__ = ["SCHEMA", "run", "tell"]
