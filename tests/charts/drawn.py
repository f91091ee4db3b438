"""Figures for charts, and what these draw: layers with their marks and rows, the texts of tables."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from analysis import metrics
from analysis.charts import Exhibit
from analysis.codebook import Codebook
from analysis.facts import Disclosures

Row = dict[str, object]


def fact(year: int, indicator: str, value: float | None, **more: object) -> Row:
    """What differs from a plain figure of the unit 'demo'; a gap is told by `status`."""
    return {"unit": "demo", "year": year, "indicator": indicator, "value": "" if value is None else value, **more}


def history(data: Disclosures, book: Codebook, years: Sequence[int], *indicators: str) -> pl.DataFrame:
    """The past of the unit 'demo'."""
    return metrics.history(data, book, unit="demo", years=years, indicators=indicators)


def drawn(exhibit: Exhibit, mark: str, chart: int = 0) -> list[dict[str, Any]]:
    """The rows of every layer of a chart, or of its facets, with this mark."""
    spec = exhibit.charts[chart].to_dict()
    own = spec.get("data", {}).get("name")
    rows: list[dict[str, Any]] = []
    for layer in spec.get("layer") or spec["spec"]["layer"]:
        kind = layer["mark"] if isinstance(layer["mark"], str) else layer["mark"]["type"]
        if kind == mark:
            rows += spec["datasets"][layer.get("data", {}).get("name", own)]
    return rows


def cells(exhibit: Exhibit) -> list[list[str]]:
    """The texts of an exhibit's table."""
    assert exhibit.table
    return [[cell.text for cell in row] for row in exhibit.table.rows]
