"""Measures of the facts: changes, rates, parts, standing among peers. Nothing missing becomes 0."""

from analysis.metrics.drivers import concentration, drivers
from analysis.metrics.field import Field, checked, compared, field, spread, with_existing
from analysis.metrics.flow import flow
from analysis.metrics.history import changes, history, leading, segments, with_past
from analysis.metrics.levels import by_level, levels
from analysis.metrics.notable import notable
from analysis.metrics.parts import applicants, parts
from analysis.metrics.peers import peers
from analysis.metrics.rates import rates

__all__ = [
    "Field",
    "applicants",
    "by_level",
    "changes",
    "checked",
    "compared",
    "concentration",
    "drivers",
    "field",
    "flow",
    "history",
    "leading",
    "levels",
    "notable",
    "parts",
    "peers",
    "rates",
    "segments",
    "spread",
    "with_existing",
    "with_past",
]
