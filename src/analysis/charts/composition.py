"""What wholes were made of over the years: shares where they are complete and not too few, counts elsewhere."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts import parts
from analysis.charts.dots import dots
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.stacks import breaks, stacks
from analysis.charts.tables import silence, since_first_figure, upright
from analysis.charts.theme import top
from analysis.codebook import Codebook
from analysis.wording import Sentence

Whole = tuple[str, pl.DataFrame]


def composition(rows: pl.DataFrame, book: Codebook, *, topic: str) -> Exhibit:
    """What were the wholes made of, year by year? Rows of metrics.parts.

    A stack of shares for each complete year with enough cases; dots with their counts for the others.
    """
    wholes = parts.by_whole(parts.judged(rows, book))
    shown = [(whole, since_first_figure(of)) for whole, of in wholes if of["value"].is_not_null().any()]
    if not shown:
        latest = [(whole, of.filter(pl.col("year") == of["year"].max())) for whole, of in wholes]
        finding = book.word("sentence_separator").join([_silent(wholes, rows, book), *_formless(latest, book, topic)])
        return Exhibit(topic=book.topics[topic].label, finding=finding, book=book)
    every = pl.concat([of for _, of in shown])
    shared = every["share"].is_not_null().any()
    finding, *others = _findings(shown, book)
    return Exhibit(
        topic=book.topics[topic].label,
        finding=finding,
        book=book,
        statistic=book.word(
            "composition_statistic" if shared else "composition_counts",
            unit=book.unit_of(shown[0][0]),
            minimum=book.minimum_cases,
        ),
        charts=[chart for whole, of in shown for chart in [*stacks(of, whole, book), *_counted(of, whole, book)]],
        table=_table(shown, book),
        notes=[
            *[Sentence(other + book.word("full_stop"), other.basis) for other in others],
            *parts.marked(every, book),
            *[said for _, of in shown for said in parts.scopes(of, book)],
            *parts.incomplete(every, book),
            *parts.small(every, book),
            *_broken(shown, book),
            *[said + book.word("full_stop") for said in _formless(wholes, book, topic)],
            *([book.word("doubt_rounding")] if shared else []),
        ],
    )


def _counted(of: pl.DataFrame, whole: str, book: Codebook) -> list[Drawing]:
    """The counts of the years without shares, from the first to the last that states any; rows of one whole, judged.

    No plot holds years on both sides of a break.
    """
    unshared = of.filter(pl.col("share").is_null().all().over("year"))
    years = sorted(unshared["year"].unique())
    reach = top(unshared["value"])
    edges = [years[0], *breaks(of, whole, years, book), years[-1] + 1] if years else []
    stretches = [unshared.filter(pl.col("year").is_between(*edge, closed="left")) for edge in pairwise(edges)]
    label = book.label(whole)
    return [
        drawing
        for held in map(_used, stretches)
        for drawing in dots(
            held,
            book,
            called=lambda row: parts.short(row, book),
            reach=reach,
            label=label,
            title=alt.Title(label, subtitle=wording.listed(_alone(held, whole, book), book), offset=14),
        )
    ]


def _alone(held: pl.DataFrame, whole: str, book: Codebook) -> list[str]:
    """That years have no shares, in which unit and scope they count."""
    scope = parts.scope(held, book)
    return [book.word("counts_alone", unit=book.unit_of(whole)), *([scope] if scope else [])]


def _used(held: pl.DataFrame) -> pl.DataFrame:
    """The rows of the parts that some year states, from the first such year to the last; each part in each year.

    A year that lacks the row of a part gets one that says so.
    """
    part = ["indicator", "applicant"]
    stated = held.filter(pl.col("value").is_not_null())
    years = held.filter(pl.col("year").is_between(stated["year"].min(), stated["year"].max())).select("year").unique()
    every = stated.select(part).unique(maintain_order=True).join(years, how="cross")
    full = every.join(held, on=[*part, "year"], how="left").sort(*part, "year")
    return full.with_columns(pl.col("status").fill_null("not_applicable"))


def _findings(shown: Sequence[Whole], book: Codebook) -> list[Sentence]:
    """What the latest year with parts says of each whole."""
    found: list[Sentence] = []
    for whole, of in shown:
        latest = max(of.filter(pl.col("value").is_not_null())["year"])
        found.append(parts.finding(of.filter(pl.col("year") == latest), whole, latest, book))
    return found


def _silent(wholes: Sequence[Whole], rows: pl.DataFrame, book: Codebook) -> str:
    """That no part is stated, with the latest wholes that are."""
    told: list[str] = []
    for whole, of in wholes:
        stated = of.filter(pl.col("total").is_not_null())
        if stated.height:
            latest = max(stated["year"])
            told.append(parts.finding(of.filter(pl.col("year") == latest), whole, latest, book))
    if told:
        return book.word("sentence_separator").join(told)
    return silence(rows.with_columns(indicator=pl.col("whole")), rows["year"], book)


def _formless(wholes: Sequence[Whole], book: Codebook, topic: str) -> list[str]:
    """The years whose form has none of the parts, of each whole that has such years."""
    said: list[str] = []
    for whole, of in wholes:
        cells = [
            book.indicators[row["indicator"]].cells.get(row["edition"] or "", "") for row in of.iter_rows(named=True)
        ]
        printed = of.with_columns(printed=pl.Series(cells, dtype=pl.String) != "")
        held = printed.filter(pl.col("edition").is_not_null()).filter(~pl.col("printed").any().over("year"))
        if held.height:
            name = book.topics[topic].label if len(wholes) == 1 else book.label(whole)
            said.append(book.word("parts_not_in_form", period=wording.period(held["year"], book), topic=name))
    return said


def _broken(shown: Sequence[Whole], book: Codebook) -> list[str]:
    """What changed at each break between the years shown; parts of which the same is said stand together."""
    changed: dict[tuple[int, str], list[str]] = {}
    for whole, of in shown:
        stated = of.filter(pl.col("value").is_not_null())
        at = breaks(stated, whole, sorted(stated["year"].unique()), book)
        for name in [whole, *dict.fromkeys(stated["indicator"])]:
            for entry in book.changes(name):
                if entry.from_year in at and (entry.degree == "break" or name == whole):
                    changed.setdefault((entry.from_year, entry.note), []).append(book.label(name))
    return [
        book.word("doubt_break", label=wording.listed(dict.fromkeys(labels), book), year=year, note=note)
        for (year, note), labels in changed.items()
    ]


def _table(shown: Sequence[Whole], book: Codebook) -> Table:
    """Each whole with its parts below, a column for each year with a report."""
    years = sorted(
        {year for _, of in shown for year in of.filter(pl.col("status") != "report_missing")["year"].unique()}
    )
    lines: list[list[Cell]] = []
    levels: list[int] = []
    for whole, of in shown:
        totals = {row["year"]: row for row in parts.totals(of).iter_rows(named=True)}
        held = {(_part(row), row["year"]): row for row in of.iter_rows(named=True)}
        lines.append([Cell(book.label(whole)), *[_whole(totals.get(year), book) for year in years]])
        named = of.filter(pl.col("value").is_not_null()).unique(["indicator", "applicant"], keep="first")
        stated = named.sort("indicator", "applicant").iter_rows(named=True)
        below = [
            [Cell(parts.called(row, book)), *[_cell(held.get((_part(row), year)), book) for year in years]]
            for row in stated
        ]
        lines += below
        levels += [0, *[1] * len(below)]
    heads = [book.word("head_indicator"), *[book.word("year", year=year) for year in years]]
    return upright(Table(caption=wording.period(years, book), heads=heads, rows=lines, levels=levels), book)


def _part(row: dict[str, Any]) -> tuple[str, str]:
    """What tells a part from the others."""
    return row["indicator"], row["applicant"]


def _cell(row: dict[str, Any] | None, book: Codebook) -> Cell:
    """A part with its share; None where the form of that year has no such part."""
    if row is None:
        return Cell(book.statuses["not_applicable"].label, "gap")
    return parts.count(row, book) if row["value"] is None else Cell(parts.said(row, book), "number")


def _whole(row: dict[str, Any] | None, book: Codebook) -> Cell:
    return Cell("", "gap") if row is None else parts.count(row, book)
