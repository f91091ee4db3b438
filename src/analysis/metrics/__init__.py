"""Measures of the facts: changes, rates, parts, standing among peers. Nothing missing becomes 0."""

from analysis.metrics.history import changes, history, leading, segments, with_past
from analysis.metrics.parts import applicants, parts
from analysis.metrics.peers import peers
from analysis.metrics.rates import rates

__all__ = ["applicants", "changes", "history", "leading", "parts", "peers", "rates", "segments", "with_past"]
