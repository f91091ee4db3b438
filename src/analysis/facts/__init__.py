"""The one long table: schema, reading, corrections, the complete panel of figures and gaps."""

from analysis.facts.changing import append
from analysis.facts.correcting import correct
from analysis.facts.descriptor import describe, own
from analysis.facts.differences import diff, versions
from analysis.facts.panel import CELL, PRECEDENCE, panel, pivot
from analysis.facts.reading import KEY, Disclosures, Unit, invented, load, pick
from analysis.facts.tables import schema

__all__ = [
    "CELL",
    "KEY",
    "PRECEDENCE",
    "Disclosures",
    "Unit",
    "append",
    "correct",
    "describe",
    "diff",
    "invented",
    "load",
    "own",
    "panel",
    "pick",
    "pivot",
    "schema",
    "versions",
]
