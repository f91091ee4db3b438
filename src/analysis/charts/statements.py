"""The report's own words: the problems it names and the measures it promises, beside those of the year before."""

from typing import Any

import polars as pl

from analysis import wording
from analysis.charts.exhibit import Cell, Exhibit, Table
from analysis.codebook import Codebook


def statements(rows: pl.DataFrame, book: Codebook, *, year: int) -> Exhibit:
    """Which problems and measures does the report name, and which were there before? Rows of checks.repeated."""
    return Exhibit(
        topic=book.topics["statements"].label,
        finding=_finding(rows, book, year) if rows.height else book.word("statements_none", year=year),
        book=book,
        statistic=book.word("statements_statistic", least=book.repeated_statement) if rows.height else "",
        table=_table(rows, book, year) if rows.height else None,
        table_open=True,
    )


def _finding(rows: pl.DataFrame, book: Codebook, year: int) -> str:
    said = rows.filter(pl.col("text").is_not_null())
    counts = [
        book.word("statements_count", kind=book.term("statement", kind), count=count)
        for kind, count in said.group_by("kind", maintain_order=True).len().iter_rows()
    ]
    named = book.word("statements_finding", year=year, counts=wording.listed(counts, book))
    count = said["last"].is_not_null().sum()
    again = book.word("statements_repeated" if count else "statements_new", count=count)
    return wording.clauses([named, again if rows["compared"].any() else book.word("statements_alone")], book)


def _table(rows: pl.DataFrame, book: Codebook, year: int) -> Table:
    lines: list[list[Cell]] = []
    levels: list[int] = []
    for (kind,), of in rows.group_by("kind", maintain_order=True):
        lines.append([Cell(book.term("statement", str(kind))), Cell(""), Cell("")])
        lines += [
            [Cell(row["text"] or ""), Cell(row["last"] or ""), Cell(_compared(row, book), "note")]
            for row in of.iter_rows(named=True)
        ]
        levels += [0, *[1] * of.height]
    heads = [book.word("year", year=year), book.word("year", year=year - 1), book.word("head_compared")]
    return Table(caption=book.topics["statements"].label, heads=heads, rows=lines, levels=levels)


def _compared(row: dict[str, Any], book: Codebook) -> str:
    if not row["compared"]:
        return ""
    if row["text"] is None:
        return book.word("statement_gone")
    if row["last"] is None:
        return book.word("statement_new")
    return book.word("statement_repeated", alike=wording.percent(row["alike"]))
