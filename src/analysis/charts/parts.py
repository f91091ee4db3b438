"""What exhibits of a whole and its parts share: what the parts are called, which was the largest, what is lacking."""

from typing import Any

import polars as pl

from analysis import wording
from analysis.charts.exhibit import Cell
from analysis.charts.tables import why_silent
from analysis.codebook import Codebook


def by_whole(rows: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    """The rows of each whole, in the order given."""
    return [(str(name), of) for (name,), of in rows.group_by("whole", maintain_order=True)]


def finding(now: pl.DataFrame, whole: str, year: int, book: Codebook) -> str:
    """Which part was the largest in `year`, with its share where there is one; or what is not stated."""
    stated = now.filter(pl.col("value").is_not_null())
    totals = now["total"].drop_nulls().to_list()
    if stated.is_empty():
        status = book.statuses[why_silent(now)].label
        if totals:
            total = wording.counted(totals[0], whole, book)
            return book.word("parts_none", year=year, whole=book.label(whole), total=total, status=status)
        told = book.word("silent_labels", labels=book.label(whole), status=status)
        return book.word("no_figure", period=book.word("year", year=year), told=told)
    size = max(stated["value"])
    largest = [row for row in stated.iter_rows(named=True) if row["value"] == size]
    told = {
        "year": year,
        "whole": wording.scoped(largest[0] | {"indicator": whole}, book),
        "part": wording.listed((called(row, book) for row in largest), book),
        "figure": wording.figure(largest[0], book),
    }
    if not size:
        return book.word("parts_zero", year=year, whole=book.label(whole))
    if stated.height == 1:
        return book.word("part_alone", **told)
    if largest[0]["share"] is None:
        return book.word("parts_finding", **told)
    total = wording.counted(largest[0]["total"], whole, book)
    said = book.word("share_finding", **told, total=total, share=wording.percent(largest[0]["share"]))
    conflicting = largest[0]["total_status"] == "conflicting"
    return wording.clauses([said, book.word("conflict_aside") if conflicting else ""], book)


def incomplete(rows: pl.DataFrame, book: Codebook) -> list[str]:
    """For each year with parts but without shares, what is lacking."""
    notes: list[str] = []
    for (year, whole), held in rows.sort("year", maintain_order=True).group_by("year", "whole", maintain_order=True):
        if held["value"].is_null().all() or held["complete"].all():
            continue
        gaps = wording.clauses(_gaps(held, book), book)
        notes.append(
            book.word("parts_incomplete", year=year, whole=book.label(str(whole)), gaps=gaps) + book.word("full_stop")
        )
    return notes


def _gaps(held: pl.DataFrame, book: Codebook) -> list[str]:
    gaps = [
        book.word("label_figure", label=called(row, book), figure=book.statuses[row["status"]].label)
        for row in held.filter(pl.col("value").is_null()).iter_rows(named=True)
    ]
    totals, stated = held["total"].drop_nulls().to_list(), sum(held["value"].drop_nulls().to_list())
    if not totals:
        return [*gaps, book.word("parts_no_whole")]
    if stated == totals[0]:
        return gaps
    return [*gaps, book.word("parts_unequal", sum=wording.number(stated, book), total=wording.number(totals[0], book))]


def said(row: dict[str, Any], book: Codebook) -> str:
    """A part's number, with its share where there is one."""
    if row["share"] is None:
        return wording.marked(row, book)
    return book.word("in_brackets", text=wording.marked(row, book), aside=wording.percent(row["share"]))


def called(row: dict[str, Any], book: Codebook) -> str:
    """What a part is called: its indicator, or the kind of applicant where a column is the part."""
    if row["applicant"] != "total":
        return book.term("applicant", row["applicant"])
    return book.label(row["indicator"])


def short(row: dict[str, Any], book: Codebook) -> str:
    """A part's label without the words before a colon, which the title of its chart has."""
    return called(row, book).rpartition(": ")[2]


def key(row: dict[str, Any]) -> tuple[str, str]:
    """What tells a part from the others."""
    return row["indicator"], row["applicant"]


def count(row: dict[str, Any] | None, book: Codebook) -> Cell:
    """A table's cell for a part; None where the form of that year has no such part."""
    if row is None:
        return Cell(book.statuses["not_applicable"].label, "gap")
    return Cell(wording.marked(row, book), "gap" if row["value"] is None else "number")
