"""Figures -> findings: what holds of them, what does not, and what cannot be judged."""

from analysis.checks.findings import run
from analysis.checks.frames import SCHEMA
from analysis.checks.judging import judge
from analysis.checks.repeating import repeated
from analysis.checks.telling import Finding, Weighed, against, told

__all__ = ["SCHEMA", "Finding", "Weighed", "against", "judge", "repeated", "run", "told"]
