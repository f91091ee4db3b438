"""The long table spread out, so that a rule is one expression over all reports at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from analysis.codebook import Codebook
from analysis.facts import PRECEDENCE, Disclosures

ROW = ["unit", "year", "scope", "applicant"]
LAST = "last."
EXACT = pl.col("qualifier") == "exact"
SCHEMA = ["rule", "verdict", "unit", "year", "indicator", "applicant", "scope", "left", "right"]


@dataclass(frozen=True)
class Frames:
    """What rules look at.

    `printed`: one row for each report, scope and applicant, with the report's `edition`, whether it is held `whole`,
    and a column for each indicator that holds its figure as the tables give it (null: none that is exact, or several);
    totals that the form does not print stand for the sum of their parts. `unfilled`: the same without these. `stated`:
    the totals, figures of the text and approximate ones included; `exact`: without the approximate ones. `told`: the
    figures of the text, long. `gaps`: the cells that were left blank or filled with words, long.
    """

    printed: pl.DataFrame
    unfilled: pl.DataFrame
    stated: pl.DataFrame
    exact: pl.DataFrame
    told: pl.DataFrame
    gaps: pl.DataFrame


def spread(data: Disclosures, book: Codebook, units: Sequence[str] | None, years: Sequence[int] | None) -> Frames:
    """The figures of the units and years named (None: all), and of the year before each."""
    facts = _facts(data, units, years)
    reports = _reports(data, facts.schema["unit"])
    usable = facts.filter(pl.col("value").is_not_null(), pl.col("status") != "definition_differs")
    told = usable.filter(pl.col("method") == "prose", pl.col("applicant") == "total")
    usable = _certain(usable)
    tables = pl.concat([usable.filter(pl.col("method") == name) for name in PRECEDENCE if name != "prose"])
    unfilled = _with_reports(_wide(tables.filter(EXACT), book), reports, facts)
    text = usable.filter(pl.col("method") == "prose")
    totals = pl.concat([tables, text]).filter(pl.col("applicant") == "total")
    stated, exact = (
        _filled(_wide(held, book).join(reports, on=["unit", "year"], how="left"), book)
        for held in (totals, totals.filter(EXACT))
    )
    gaps = facts.filter(pl.col("status").is_in(book.printed_gaps))
    return Frames(_filled(unfilled, book), unfilled, stated, exact, told, gaps)


def _reports(data: Disclosures, unit: pl.DataType) -> pl.DataFrame:
    """The `edition` of each report, and whether all cells of its tables are held (`whole`)."""
    return data.reports.select(
        pl.col("unit").cast(unit),
        "year",
        pl.col("edition").cast(pl.String),
        whole=pl.col("coverage").is_in(["full", "tables"]),
    )


def _with_reports(wide: pl.DataFrame, reports: pl.DataFrame, facts: pl.DataFrame) -> pl.DataFrame:
    """`wide` with what is known of its reports; a whole report without one figure has a row, too."""
    known = reports.filter("whole").join(facts.select("unit", "year").unique(), on=["unit", "year"], how="semi")
    rows = known.select(
        "unit",
        "year",
        scope=pl.lit("unstated").cast(wide.schema["scope"]),
        applicant=pl.lit("total").cast(wide.schema["applicant"]),
    )
    lacking = rows.join(wide, on=ROW, how="anti")
    return pl.concat([wide, lacking], how="diagonal").join(reports, on=["unit", "year"], how="left")


def with_last(wide: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """`wide` with the figures of the year before for the indicators named, as "last.indicator"."""
    last = wide.select(
        *[name for name in ROW if name != "year"],
        (pl.col("year") + 1).cast(wide.schema["year"]),
        *[pl.col(name).alias(f"{LAST}{name}") for name in names],
    )
    return wide.join(last, on=ROW, how="left")


def _facts(data: Disclosures, units: Sequence[str] | None, years: Sequence[int] | None) -> pl.DataFrame:
    wanted: list[pl.Expr] = []
    if units is not None:
        wanted.append(pl.col("unit").is_in(list(units)))
    if years is not None:
        wanted.append(pl.col("year").is_in([*years, *[year - 1 for year in years]]))
    names = [*ROW, "indicator", "value", "status", "method", "qualifier"]
    known = pl.Enum(data.units["unit"])
    return data.facts.filter(*wanted).select(names).with_columns(pl.col("unit").cast(known)).collect()


def _certain(facts: pl.DataFrame) -> pl.DataFrame:
    """`facts` without the cells that one method gives differently: none of the values is certain."""
    cell = [*ROW, "indicator", "method"]
    torn = facts.filter(pl.col("status") == "conflicting").group_by(cell).agg(pl.col("value").n_unique())
    torn = torn.filter(pl.col("value") > 1)
    return facts if torn.is_empty() else facts.join(torn, on=cell, how="anti")


def _wide(facts: pl.DataFrame, book: Codebook) -> pl.DataFrame:
    wide = facts.pivot("indicator", index=ROW, values="value", aggregate_function="first")
    lacking = [name for name in book.indicators if name not in wide.columns]
    return wide.with_columns(pl.lit(None, pl.Float64).alias(name) for name in lacking).select(*ROW, *book.indicators)


def _filled(wide: pl.DataFrame, book: Codebook) -> pl.DataFrame:
    for rule in book.identities.values():
        if rule.fills:
            name = rule.left[0].indicator
            total = pl.sum_horizontal(*[pl.col(part.indicator) for part in rule.right], ignore_nulls=False)
            printed = pl.col("edition").is_in(rule.editions)
            wide = wide.with_columns(pl.coalesce(name, pl.when(printed).then(total)).alias(name))
    return wide
