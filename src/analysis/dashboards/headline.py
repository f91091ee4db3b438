"""A unit at a glance, for the index: its most telling figure and that figure's past."""

from typing import Any

import polars as pl

from analysis import codebook, metrics, wording
from analysis.charts.sparkline import sparkline
from analysis.facts import Disclosures


def headline(data: Disclosures, unit: str, language: str) -> dict[str, Any]:
    """Of the first main figure that two years state: its `label`, latest `figure`, `year`, and `past` as drawn.

    Empty where a unit has no such figure; figures of differing scope are not taken together.
    """
    reported = data.reports.filter(pl.col("unit") == unit)["year"]
    if reported.is_empty():
        return {}
    book, years = codebook.load(language), data.years(unit)
    names = book.topics["headlines"].indicators
    rows = metrics.leading(metrics.history(data, book, unit=unit, years=years, indicators=names))
    stated = rows.filter(pl.col("value").is_not_null())
    for (_,), held in stated.group_by("indicator", maintain_order=True):
        last = held.sort("year").row(-1, named=True)
        alike = held.filter(pl.col("scope").eq_missing(pl.lit(last["scope"])))
        if past := sparkline(alike, book, years=years):
            label, figure = wording.scoped(last, book), wording.figure_told(last, book)
            return {"label": label, "figure": figure, "year": last["year"], "past": past}
    return {}
