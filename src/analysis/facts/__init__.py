"""The one long table: schema, reading, corrections, the complete panel of figures and gaps."""

from analysis.facts.descriptor import ONE_S_OWN, describe
from analysis.facts.panel import CELL, panel, pivot
from analysis.facts.reading import KEY, Disclosures, Unit, load, pick
from analysis.facts.tables import schema

__all__ = ["CELL", "KEY", "ONE_S_OWN", "Disclosures", "Unit", "describe", "load", "panel", "pick", "pivot", "schema"]
