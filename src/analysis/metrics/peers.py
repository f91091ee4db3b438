"""Where a unit stands among the units of its level, figure by figure."""

from collections.abc import Sequence

import polars as pl

from analysis.codebook import Codebook
from analysis.errors import BadParameter
from analysis.facts import Disclosures, panel
from analysis.metrics.history import EXACT, leading

PEERS = ("level", "parent", "none")


def peers(
    data: Disclosures, book: Codebook, *, unit: str, year: int, indicators: Sequence[str], among: str
) -> pl.DataFrame:
    """`unit` and its peers for the figures it states.

    "level": units of its level, departments only of units of one level; "parent": those of its level and parent.

    One row for each indicator and unit with an exact figure of the same scope: `name`, `name_en`, `value`, `own`,
    `rank` (1 is the largest, ties share it: `tied` units), `field` (units with a figure), `reporting` (units with a
    report that year), `units` (all of them). A figure of the unit that is not exact stands alone, without a rank.
    """
    if among not in PEERS:
        raise BadParameter(
            "parameter 'peers'", f"'{among}' is no way to choose peers", f"take one of: {', '.join(PEERS)}"
        )
    group = _peer_units(data, unit, among)
    reporting = data.reports.filter(pl.col("year") == year, pl.col("unit").is_in(group)).height
    rows = panel(data, book, units=group, years=[year], indicators=indicators)
    stated = rows.filter(pl.col("value").is_not_null()).with_columns(own=pl.col("unit") == unit, exact=EXACT)
    compares = pl.col("exact") | ~pl.col("exact").any().over("indicator")
    own = leading(stated.filter("own").filter(compares)).select("indicator", "scope", ranked="exact")
    position = {name: place for place, name in enumerate(indicators)}
    field = stated.join(own, on=["indicator", "scope"], how="inner").filter(
        pl.col("own") | (pl.col("ranked") & pl.col("exact"))
    )
    names = data.units.select("unit", "name", "name_en")
    return (
        field.join(names, on="unit")
        .with_columns(
            rank=pl.when("ranked").then("value").rank("min", descending=True).over("indicator").cast(pl.Int64),
            field=pl.col("ranked").sum().over("indicator").cast(pl.Int64),
            reporting=pl.lit(reporting),
            units=pl.lit(len(group)),
        )
        .with_columns(tied=pl.len().over("indicator", "rank"))
        .drop("exact", "ranked")
        .sort(pl.col("indicator").cast(pl.String).replace_strict(position), "rank", "unit")
    )


def _peer_units(data: Disclosures, unit: str, among: str) -> list[str]:
    mine = data.unit(unit)
    if among == "none":
        return [unit]
    above = data.units.select(parent="unit", parent_level="level")
    same = data.units.join(above, on="parent", how="left").filter(pl.col("level").cast(pl.String) == mine.level)
    if among == "parent":
        return same.filter(pl.col("parent").eq_missing(pl.lit(mine.parent)))["unit"].to_list()
    if mine.level == "department":
        same = same.filter(pl.col("parent_level").cast(pl.String).eq_missing(pl.lit(mine.parent_level)))
    return same["unit"].to_list()
