"""The units that are compared below a region, their figures side by side, and how these spread year by year."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from analysis.codebook import Codebook
from analysis.errors import BadParameter, Unknown, nearest
from analysis.facts import Disclosures, Unit, panel
from analysis.metrics.history import EXACT, leading, segments

PLACES = ["exact", "rough", "other_scope", "gap"]  # how far a figure can be compared, best first
_GROUPS = {"exact": 0, "rough": 0, "other_scope": 1, "gap": 2}  # rough figures stand among the exact ones, unranked


@dataclass(frozen=True)
class Field:
    """The units of one `level` below `region`; `parent_level`: of departments, the level of the units above them."""

    region: Unit
    level: str
    parent_level: str
    units: tuple[str, ...]


def field(data: Disclosures, book: Codebook, *, region: str, level: str = "") -> Field:
    """The units of `level` below `region` ('': the level of most of them), departments only of units of one level."""
    levels = list(book.terms["level"])
    if level and level not in levels:
        fix = nearest(level, levels) or f"take one of: {', '.join(levels)}"
        raise BadParameter("parameter 'level'", f"'{level}' is no level of units", fix)
    place = data.unit(region)
    above = data.units.select(parent="unit", parent_level=pl.col("level").cast(pl.String))
    below = data.units.filter(pl.col("unit").is_in(data.below(region)[1:])).join(
        above, on="parent", how="left", maintain_order="left"
    )
    if below.is_empty():
        above_it = f"such as '{place.parent}', which is above it" if place.parent else "one that has units below it"
        raise BadParameter("parameter 'region'", f"no unit is below '{region}'", f"give a region, {above_it}")
    parent = pl.when(pl.col("level") == "department").then("parent_level").otherwise(pl.lit("")).fill_null("")
    kinds = below.select("unit", level=pl.col("level").cast(pl.String), parent=parent)
    counts = Counter((kind, of) for _, kind, of in kinds.iter_rows() if level in ("", kind))
    if not counts:
        fix = f"take one of: {', '.join(name for name in levels if name in set(kinds['level']))}"
        raise BadParameter("parameter 'level'", f"no unit below '{region}' is of level '{level}'", fix)
    chosen = min(counts, key=lambda kind: (-counts[kind], [*levels, ""].index(kind[0]), [*levels, ""].index(kind[1])))
    units = kinds.filter(pl.col("level") == chosen[0], pl.col("parent") == chosen[1])["unit"]
    return Field(place, *chosen, tuple(units))


def compared(
    data: Disclosures, book: Codebook, *, units: Sequence[str], years: Sequence[int], indicator: str
) -> pl.DataFrame:
    """One row for each unit and year of one indicator: a panel, in each year the largest comparable figure first.

    Comparable are exact figures of the scope that most units state in the last year. `place` is "exact" for them,
    "rough" for others of that scope, "other_scope" or "gap"; `rank` (1 is the largest, ties share it), `segment`,
    `quarter` (by how many figures are smaller: 4 is the highest; null in a field too small to rank or all equal).
    """
    if indicator not in book.indicators:
        fix = nearest(indicator, list(book.indicators)) or "the ids are in the first column of codebook/indicators.csv"
        raise Unknown(f"parameter 'indicator': '{indicator}'", "there is no such indicator", fix)
    rows = segments(panel(data, book, units=units, years=years, indicators=[indicator]), book)
    place = (
        pl.when(pl.col("value").is_null())
        .then(pl.lit("gap"))
        .when(pl.col("scope") != _scope(rows, book))
        .then(pl.lit("other_scope"))
        .when(EXACT)
        .then(pl.lit("exact"))
        .otherwise(pl.lit("rough"))
    )
    first = rows.with_columns(place=place.cast(pl.Enum(PLACES))).sort("unit", "year", "place", maintain_order=True)
    one = first.unique(["unit", "year"], keep="first", maintain_order=True)
    order = [pl.col("place").replace_strict(_GROUPS), -pl.col("value"), "status", "unit"]
    return _ranked(one, book).sort("year", *order, nulls_last=True)


def _scope(rows: pl.DataFrame, book: Codebook) -> str:
    """The scope that most of the exact figures stated last have, of all figures where none is exact."""
    exact = rows.filter(EXACT)
    stated = rows.filter(pl.col("value").is_not_null()) if exact.is_empty() else exact
    latest = Counter(stated.filter(pl.col("year") == pl.col("year").max())["scope"])
    return max(book.terms["scope"], key=lambda scope: latest[scope])


def _ranked(one: pl.DataFrame, book: Codebook) -> pl.DataFrame:
    figure = pl.when(pl.col("place") == "exact").then("value")
    smaller, count = figure.rank("min").over("year") - 1, figure.count().over("year")
    divided = (count >= book.smallest_field) & (figure.min().over("year") < figure.max().over("year"))
    return one.with_columns(
        rank=figure.rank("min", descending=True).over("year").cast(pl.Int64),
        quarter=pl.when(divided).then((smaller / count * 4).floor().cast(pl.Int64) + 1),
    )


def spread(rows: pl.DataFrame, book: Codebook) -> pl.DataFrame:
    """How the comparable figures of metrics.compared spread: `count` of units a year, quantiles p10 to p90.

    The quantiles are null in a field too small to rank. `segment`: the years that a band may join, none of them across
    such a gap or a change of definition.
    """
    held = rows.filter(pl.col("place") == "exact")
    shares = {f"p{share}": pl.col("value").quantile(share / 100, "linear") for share in (10, 25, 50, 75, 90)}
    by_year = held.group_by("year").agg(count=pl.len().cast(pl.Int64), **shares)
    found = rows.select("year").unique().join(by_year, on="year", how="left").sort("year")
    enough = pl.col("count") >= book.smallest_field
    found = found.with_columns(pl.col("count").fill_null(0)).with_columns(
        pl.when(enough).then(pl.col(name)).alias(name) for name in shares
    )
    changed = [entry.from_year for name in rows["indicator"].unique() for entry in book.changes(str(name))]
    follows = enough.shift() & (pl.col("year").diff() == 1) & ~pl.col("year").is_in(changed)
    starts = (~follows).fill_null(value=True)
    return found.with_columns(segment=pl.when(enough).then((starts & enough).cum_sum().cast(pl.Int64)))


def checked(data: Disclosures, book: Codebook, *, units: Sequence[str], year: int) -> pl.DataFrame:
    """What `units` state on oversight in `year`: a panel with one row a cell, and the columns of `with_existing`."""
    rows = leading(panel(data, book, units=units, years=[year], indicators=book.topics["oversight"].indicators))
    return with_existing(rows, data)


def with_existing(rows: pl.DataFrame, data: Disclosures) -> pl.DataFrame:
    """A panel in which whoever says how many units it checked stands beside those that the data hold below it.

    `existing`: units below it, `reporting`: those of them with a report of the year; null for other figures.
    """
    asking = rows.filter(pl.col("indicator") == "units_checked", pl.col("value").is_not_null())
    asked = asking.select("unit", "year", "indicator").unique(maintain_order=True)
    below = [data.below(unit)[1:] for unit in asked["unit"]]
    reports = [data.reports_of(held, [year]).height for held, year in zip(below, asked["year"], strict=True)]
    counts = asked.with_columns(
        existing=pl.Series([len(held) for held in below], dtype=pl.Int64), reporting=pl.Series(reports, dtype=pl.Int64)
    )
    return rows.join(counts, on=["unit", "year", "indicator"], how="left", maintain_order="left")
