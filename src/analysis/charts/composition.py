"""What wholes were made of over the years: shares where they are complete and not too few, counts elsewhere."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from analysis import wording
from analysis.charts import parts
from analysis.charts.dots import dots
from analysis.charts.exhibit import Cell, Exhibit, Table
from analysis.charts.stacks import breaks, stacks
from analysis.charts.tables import key, silence, since_first_figure
from analysis.codebook import Codebook
from analysis.wording import Sentence

OPEN_YEARS = 5  # a table of more years is opened by who wants it, and in print

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
        charts=[chart for whole, of in shown for chart in [*stacks(of, whole, book), *dots(of, whole, book)]],
        table=_table(shown, book),
        table_open=None if every["year"].n_unique() <= OPEN_YEARS else False,
        notes=[
            *[Sentence(other + book.word("full_stop"), other.basis) for other in others],
            *key(every, book),
            *[said for _, of in shown for said in parts.scopes(of, book)],
            *parts.incomplete(every, book),
            *parts.small(every, book),
            *_broken(shown, book),
            *[said + book.word("full_stop") for said in _formless(wholes, book, topic)],
            *([book.word("doubt_rounding")] if shared else []),
        ],
    )


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
        totals = dict(of.filter(pl.col("total").is_not_null()).select("year", "total").iter_rows())
        held = {(*parts.key(row), row["year"]): row for row in of.iter_rows(named=True)}
        lines.append([Cell(book.label(whole)), *[_whole(totals.get(year), book) for year in years]])
        named = of.filter(pl.col("value").is_not_null()).unique(["indicator", "applicant"], keep="first")
        stated = named.sort("indicator", "applicant").iter_rows(named=True)
        below = [
            [Cell(parts.called(row, book)), *[_part(held.get((*parts.key(row), year)), book) for year in years]]
            for row in stated
        ]
        lines += below
        levels += [0, *[1] * len(below)]
    heads = [book.word("head_indicator"), *[book.word("year", year=year) for year in years]]
    return Table(caption=wording.period(years, book), heads=heads, rows=lines, levels=levels)


def _part(row: dict[str, Any] | None, book: Codebook) -> Cell:
    if row is None or row["value"] is None:
        return parts.count(row, book)
    return Cell(parts.said(row, book), "number")


def _whole(total: float | None, book: Codebook) -> Cell:
    return Cell("", "gap") if total is None else Cell(wording.number(total, book), "number")
