"""What stands beside plots: the table of figures by year, the key of the marks, a figure as a card."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from analysis import wording
from analysis.charts.exhibit import Cell, Table
from analysis.codebook import Codebook

CROWDED_YEARS = 8  # columns of years; more crowd on A4 and on a phone
SILENCE = ["not_collected", "blank", "worded", "parts_missing", "not_found", "not_applicable"]


def silence(rows: pl.DataFrame, years: Iterable[int], book: Codebook) -> str:
    """That no indicator of `rows` has a figure, and why: not collected, not in the report, not in the form."""
    labels: dict[str, list[str]] = {}
    for name in dict.fromkeys(rows["indicator"]):
        labels.setdefault(why_silent(rows.filter(pl.col("indicator") == name)), []).append(book.label(name))
    told = [
        book.word("silent_labels", labels=wording.listed(held, book), status=book.statuses[status].label)
        for status, held in labels.items()
    ]
    period = wording.period(years, book)
    return book.word("no_figure", period=period, told=book.word("sentence_separator").join(told))


def why_silent(rows: pl.DataFrame) -> str:
    """The status that best says why `rows` hold no figure: the one that leaves most open stands for all.

    No rows at all are parts that no form of the years has.
    """
    held = set(rows["status"])
    return next((status for status in SILENCE if status in held), "report_missing" if held else "not_applicable")


def since_first_figure(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` from the first year on in which any of them has a figure: earlier years would only squeeze a plot."""
    stated = rows.filter(pl.col("value").is_not_null())["year"].to_list()
    return rows.filter(pl.col("year") >= min(stated, default=0))


def by_year(rows: pl.DataFrame, book: Codebook, *, changes: bool = False) -> Table:
    """The table behind figures over the years: a row for each figure, a column for each year with a report.

    With `changes`, below each figure its change on the year before, or why there is none.
    """
    years = sorted(rows.filter(pl.col("status") != "report_missing")["year"].unique())
    lines: list[list[Cell]] = []
    levels: list[int] = []
    for name in dict.fromkeys(rows["indicator"]):
        cells = rows.filter(pl.col("indicator") == name)
        for scope in cells["scope"].drop_nulls().unique(maintain_order=True).to_list() or [None]:
            said = {
                row["year"]: row
                for row in cells.filter(
                    pl.col("scope").eq_missing(pl.lit(scope)) | pl.col("scope").is_null()
                ).iter_rows(named=True)
            }
            lines.append([Cell(named(name, scope, book)), *[_cell(said.get(year), book) for year in years]])
            levels.append(0)
            changed = [Cell(moved(said.get(year), book), "note") for year in years] if changes else []
            if any(cell.text for cell in changed):
                lines.append([Cell(book.word("head_change")), *changed])
                levels.append(1)
    heads = [book.word("head_indicator"), *[book.word("year", year=year) for year in years]]
    return upright(Table(caption=wording.period(rows["year"], book), heads=heads, rows=lines, levels=levels), book)


def upright(table: Table, book: Codebook) -> Table:
    """A table of years by columns, turned where they crowd and it gets narrower: years by rows, the latest first."""
    columns = len(table.heads) - 1
    if columns <= CROWDED_YEARS or len(table.rows) >= columns:
        return table
    rows = [[Cell(str(head)), *[row[at] for row in table.rows]] for at, head in enumerate(table.heads) if at]
    return Table(table.caption, [book.word("head_year"), *_row_heads(table, book)], rows[::-1])


def _row_heads(table: Table, book: Codebook) -> list[str]:
    """The heads of the rows as they tell themselves apart: one that recurs is named with the row that it belongs to."""
    texts = [row[0].text for row in table.rows]
    heads: list[str] = []
    above = ""
    for (level, _), text in zip(table.indented(), texts, strict=True):
        heads.append(above + book.word("colon") + text if level and texts.count(text) > 1 else text)
        above = above if level else text
    return heads


def moved(row: dict[str, Any] | None, book: Codebook) -> str:
    """How a figure changed; '' where the year before itself shows that there is none to compare with."""
    return wording.change_short(row, book) if row and row["reason"] != "base_missing" else ""


def _cell(row: dict[str, Any] | None, book: Codebook) -> Cell:
    if row is None:
        return Cell(book.word("in_other_scope"), "gap")
    return Cell(wording.marked(row, book), "gap" if row["value"] is None else "number")


def named(indicator: str, scope: str | None, book: Codebook) -> str:
    """An indicator with its unit, and with its scope where the report states one."""
    asides = [book.unit_of(indicator), wording.scope(scope, book)]
    return book.word("in_brackets", text=book.label(indicator), aside=wording.listed(filter(None, asides), book))


def key(rows: pl.DataFrame, book: Codebook) -> list[str]:
    """What the marks that these rows need mean, as one line."""
    used = [book.statuses[name] for name in book.statuses if name in set(rows["status"]) and book.statuses[name].mark]
    texts = [f"{status.mark} {status.label}" for status in used]
    for column in ("qualifier", "method"):
        texts += [
            f"{term.mark} {term.label}"
            for name, term in book.terms[column].items()
            if term.mark and name in set(rows[column])
        ]
    if rows["corrected"].any():
        record = book.terms["record"]["corrected"]
        texts.append(f"{record.mark} {record.label}")
    return [book.word("key") + book.word("colon") + wording.listed(texts, book)] if texts else []


def card(
    row: dict[str, Any], book: Codebook, *, change: str = "", whole: str = "", past: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """One figure with its label, scope and place in the report, as the headline block shows it.

    Below it its `change`, the `whole` that it is a part of, and its `past` as charts.sparkline draws it.
    """
    label = wording.scoped(row, book)
    said = book.word("place_computed" if row["method"] == "computed" else "place", evidence=row["evidence"])
    place = said if row["value"] is not None else ""
    kind = "gap" if row["value"] is None else "stated"
    figure = wording.figure(wording.brief(row, book), book)
    return {
        "label": label,
        "figure": figure,
        "change": change,
        "whole": whole,
        "past": past,
        "place": place,
        "kind": kind,
    }
