"""The measures of one year as a list: each with its counts, its change on the year before and how it is computed."""

from typing import Any

import polars as pl

from analysis import wording
from analysis.charts.exhibit import Cell, Exhibit, Table
from analysis.charts.rates import uncomputed
from analysis.codebook import Codebook


def measures(rows: pl.DataFrame, book: Codebook, *, year: int) -> Exhibit:
    """Which measures does `year` give, on how many cases? Rows of metrics.rates; what is small is not assessed."""
    now = rows.filter(pl.col("year") == year)
    held = now.filter(pl.col("value").is_not_null())
    stated = list(held.iter_rows(named=True))
    return Exhibit(
        topic=book.topics["rates"].label,
        finding=wording.rate_finding(stated[0], book)
        if stated
        else book.word("no_rate", period=wording.period([year], book)),
        book=book,
        statistic=book.word("measures_statistic", minimum=book.minimum_cases) if stated else "",
        table=_table(stated, book, year) if stated else None,
        notes=[*uncomputed(now, list(held["metric"]), book), book.word("points_note")] if stated else [],
    )


def _table(stated: list[dict[str, Any]], book: Codebook, year: int) -> Table:
    lines = [
        [
            Cell(book.label(row["metric"])),
            Cell(wording.rate(row, book), "number"),
            Cell(wording.counts(row, book), "number"),
            Cell(wording.clauses([wording.points(row, book), wording.cares(row, book)], book), "note"),
            Cell(book.metrics[row["metric"]].note, "note"),
        ]
        for row in stated
    ]
    heads = [
        book.word("head_metric"),
        book.word("year", year=year),
        *[book.word(word) for word in ("head_counts", "head_change", "head_formula")],
    ]
    return Table(caption=book.word("year", year=year), heads=heads, rows=lines)
