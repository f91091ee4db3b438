"""Figures over the years: their change on the year before, and the stretches that a line may join."""

from collections.abc import Collection, Sequence

import polars as pl

from analysis.codebook import Codebook
from analysis.facts import CELL, Disclosures, panel

SERIES = ["unit", "indicator", "applicant", "scope"]
EXACT = (  # whether a figure of a panel can be counted among others
    pl.col("value").is_not_null() & pl.col("status").is_in(["reported", "estimated"]) & (pl.col("qualifier") == "exact")
).fill_null(value=False)

CARRIED = ["status", "qualifier", "first", "first_qualifier", "printed", "corrected"]  # of the year before


def history(
    data: Disclosures,
    book: Codebook,
    *,
    unit: str,
    years: Sequence[int],
    indicators: Sequence[str],
    applicants: Collection[str] = ("total",),
) -> pl.DataFrame:
    """The panel of one unit with its changes and the stretches that a line may join: what charts over years take.

    Rows stand in the order of `indicators`, so that a page shows them as its topic lists them.
    """
    rows = panel(data, book, units=[unit], years=years, indicators=indicators, applicants=list(applicants))
    position = (
        pl.col("indicator").cast(pl.String).replace_strict({name: place for place, name in enumerate(indicators)})
    )
    return segments(changes(rows, book), book).sort(position, "year", "applicant", maintain_order=True)


def changes(rows: pl.DataFrame, book: Codebook) -> pl.DataFrame:
    """A panel with each figure's change on the year before.

    Adds `previous`, its `previous_status`, `previous_qualifier`, `previous_first`, `previous_first_qualifier`,
    `previous_printed` and `previous_corrected`, `difference`, `percent`, `near` (comparable with care only) and
    `reason`, the key of the sentence that says why a change is not computed (null where it is, or without a figure).
    """
    carried = {"previous": "value"} | {f"previous_{name}": name for name in CARRIED}
    before = rows.select(*SERIES, year=pl.col("year") + 1, **{name: pl.col(of) for name, of in carried.items()})
    elsewhere = (
        rows.group_by(*CELL)
        .agg(
            pl.col("status").first().alias("status_before"), pl.col("value").is_not_null().any().alias("stated_before")
        )
        .with_columns(pl.col("year") + 1)
    )
    joined = rows.join(before, on=["year", *SERIES], how="left", nulls_equal=True).join(elsewhere, on=CELL, how="left")
    joined = joined.with_columns(
        pl.col("previous_status").fill_null(pl.col("status_before")), degree=_degree(book, joined)
    ).with_columns(reason=_no_change())
    computed = pl.col("reason").is_null() & pl.col("value").is_not_null()
    difference = pl.when(computed).then(pl.col("value") - pl.col("previous"))
    percent = pl.when(computed).then((pl.col("value") - pl.col("previous")) / pl.col("previous") * 100)
    return joined.with_columns(
        difference=difference, percent=percent, near=(pl.col("degree") == "near").fill_null(value=False)
    ).drop("status_before", "stated_before", "degree")


def _degree(book: Codebook, rows: pl.DataFrame) -> pl.Series:
    """How far each row's year is comparable with the year before: "break", "near" or null."""
    known = {(entry.indicator, entry.from_year): entry.degree for entry in book.comparability}
    return pl.Series([known.get(cell) for cell in rows.select("indicator", "year").iter_rows()], dtype=pl.String)


def _no_change() -> pl.Expr:
    def either(name: str, value: str) -> pl.Expr:
        return (pl.col(name) == value) | (pl.col(f"previous_{name}") == value)

    return (
        pl.when(pl.col("value").is_null())
        .then(None)
        .when(pl.col("previous").is_null() & pl.col("stated_before"))
        .then(pl.lit("other_scope"))
        .when(pl.col("previous").is_null())
        .then(pl.lit("base_missing"))
        .when(pl.col("degree") == "break")
        .then(pl.lit("break"))
        .when(either("status", "definition_differs"))
        .then(pl.lit("definition_differs"))
        .when(either("qualifier", "at_least"))
        .then(pl.lit("at_least"))
        .when(pl.col("previous") == 0)
        .then(pl.lit("base_zero"))
        .otherwise(None)
    )


def segments(rows: pl.DataFrame, book: Codebook) -> pl.DataFrame:
    """A panel with `segment`: the stretch of years over which a line may be drawn, null where no line may be.

    A gap, a change of definition and every break of comparability end a stretch.
    """
    rows = rows.sort(*SERIES, "year")
    rows = rows.with_columns(degree=_degree(book, rows))
    joinable = pl.col("value").is_not_null() & (pl.col("status") != "definition_differs")
    follows = (pl.col("year").diff() == 1) & joinable.shift() & pl.col("degree").is_null()
    starts = (~follows.over(SERIES)).fill_null(value=True)
    segment = pl.when(joinable).then(starts.cum_sum().over(SERIES))
    return rows.with_columns(segment=segment).drop("degree")


def with_past(rows: pl.DataFrame) -> pl.DataFrame:
    """The indicators of a history that have a figure in more than one year."""
    stated = rows.filter(pl.col("value").is_not_null()).group_by("indicator").agg(pl.col("year").n_unique())
    return rows.join(stated.filter(pl.col("year") > 1), on="indicator", how="semi", maintain_order="left")


def leading(rows: pl.DataFrame) -> pl.DataFrame:
    """One row a cell, in the order given: of differing scopes the one in a table, else the one stated most often.

    The other figures stand in `beside`.
    """
    held = rows.with_columns(
        stated=pl.col("value").is_not_null(),
        in_table=pl.col("method").is_in(["table", "computed"]).fill_null(value=False),
        years=pl.col("value").is_not_null().sum().over(SERIES),
    )
    beside = (
        pl.struct("scope", "value", "qualifier", "method")
        .sort_by("stated", "in_table", "years", descending=True)
        .slice(1)
        .alias("beside")
    )
    first = held.group_by(CELL, maintain_order=True).agg(
        pl.all().sort_by("stated", "in_table", "years", descending=True).first(), beside
    )
    return first.select(*rows.columns, "beside")
