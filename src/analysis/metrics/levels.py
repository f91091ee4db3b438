"""One figure of one year by level of unit: who reports, who states it, and how the figures spread."""

from collections.abc import Collection

import polars as pl

from analysis.codebook import Codebook
from analysis.facts import Disclosures, panel
from analysis.metrics.history import EXACT

LEVEL = ["level", "parent_level"]


def levels(
    data: Disclosures, book: Codebook, *, units: Collection[str] | None = None, year: int, indicator: str
) -> pl.DataFrame:
    """The panel of one indicator in `year` for `units` (None: all), from the highest level of unit to the lowest.

    Adds `level`, of departments `parent_level` too, `name`, `name_en`, `reported`, and `exact`: whether the figure
    can be counted among others.
    """
    above = data.units.select(parent="unit", parent_level=pl.col("level").cast(pl.String))
    of_department = pl.when(pl.col("level") == "department").then("parent_level")
    who = data.units.join(above, on="parent", how="left", maintain_order="left").select(
        "unit", "name", "name_en", level=pl.col("level").cast(pl.Enum(list(book.terms["level"]))), parent=of_department
    )
    who = who if units is None else who.filter(pl.col("unit").is_in(list(units)))
    rows = panel(data, book, units=who["unit"].to_list(), years=[year], indicators=[indicator])
    return (
        rows.join(who.rename({"parent": "parent_level"}), on="unit", how="left", maintain_order="left")
        .with_columns(
            parent_level=pl.col("parent_level").cast(pl.Enum(list(book.terms["level"]))),
            reported=pl.col("status") != "report_missing",
            exact=EXACT,
        )
        .sort("level", "parent_level", "unit", maintain_order=True)
    )


def by_level(rows: pl.DataFrame, book: Codebook) -> pl.DataFrame:
    """One row for each level and stated scope of metrics.levels, a level without exact figures as one without scope.

    `units` and `reporting` count the level; `stated`, `lowest`, `highest` and `total` the exact figures of the scope,
    `lower`, `middle` and `upper` are their quartiles, null in a field smaller than the codebook's smallest.
    """
    counted = rows.group_by(LEVEL, maintain_order=True).agg(
        units=pl.col("unit").n_unique(), reporting=pl.col("unit").filter("reported").n_unique()
    )
    value = pl.col("value")
    enough = pl.len() >= book.smallest_field
    scopes = (
        rows.filter("exact")
        .group_by(*LEVEL, "scope", maintain_order=True)
        .agg(
            stated=pl.len(),
            lowest=value.min(),
            lower=pl.when(enough).then(value.quantile(0.25, "linear")),
            middle=pl.when(enough).then(value.median()),
            upper=pl.when(enough).then(value.quantile(0.75, "linear")),
            highest=value.max(),
            total=value.sum(),
        )
        .sort("stated", descending=True, maintain_order=True)
    )
    spread = counted.join(scopes, on=LEVEL, how="left", nulls_equal=True, maintain_order="left_right")
    return spread.with_columns(pl.col("stated").fill_null(0))
