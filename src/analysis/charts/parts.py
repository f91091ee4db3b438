"""What exhibits of a whole and its parts share: what the parts are called, which was the largest, what is lacking."""

from typing import Any

import polars as pl

from analysis import wording
from analysis.charts.exhibit import Cell
from analysis.charts.tables import why_silent
from analysis.codebook import Codebook
from analysis.wording import Sentence

NAMED_GAPS = 2  # more parts that are not stated are told by their number; the table names them


def by_whole(rows: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    """The rows of each whole, in the order given."""
    return [(str(name), of) for (name,), of in rows.group_by("whole", maintain_order=True)]


def judged(rows: pl.DataFrame, book: Codebook) -> pl.DataFrame:
    """Rows of metrics.parts without the shares of wholes that are too small for any: their counts say it all."""
    return rows.with_columns(share=pl.when(pl.col("total") >= book.minimum_cases).then("share"))


def finding(now: pl.DataFrame, whole: str, year: int, book: Codebook) -> Sentence:
    """Which part was the largest in `year`, with its share where there is one; or what is not stated."""
    stated = now.filter(pl.col("value").is_not_null())
    if stated.is_empty():
        return _silent(now, whole, year, book)
    size = max(stated["value"])
    largest = [row for row in stated.iter_rows(named=True) if row["value"] == size]
    if size:
        said = _largest(largest, whole, year, book, alone=stated.height == 1)
    else:
        said = book.word("parts_zero", year=year, whole=book.label(whole))
    return wording.bound(said, _cited(stated.filter(pl.col("value") == size), whole), book)


def _silent(now: pl.DataFrame, whole: str, year: int, book: Codebook) -> Sentence:
    """That no part of the whole is stated, and why; with the whole where that is."""
    status = book.statuses[why_silent(now)].label
    totals = _total(now, whole)
    if totals:
        total = wording.figure(totals[0], book)
        said = book.word("parts_none", year=year, whole=book.label(whole), total=total, status=status)
        return wording.bound(said, totals, book)
    told = book.word("silent_labels", labels=book.label(whole), status=status)
    return wording.Sentence(book.word("no_figure", period=book.word("year", year=year), told=told))


def _largest(largest: list[dict[str, Any]], whole: str, year: int, book: Codebook, *, alone: bool) -> str:
    """The largest part or parts, as one sentence; `alone`: no other is stated."""
    first = largest[0]
    told = {
        "year": year,
        "whole": wording.scoped(first | {"indicator": whole}, book),
        "part": wording.listed((called(row, book) for row in largest), book),
        "figure": wording.figure(first, book),
        "minimum": book.minimum_cases,
    }
    if alone or not first["complete"]:
        return book.word("part_alone" if alone else "parts_finding", **told)
    told["total"] = wording.counted(first["total"], whole, book)
    if first["share"] is None:
        said = book.word("parts_small_finding", **told)
    else:
        said = book.word("share_finding", **told, share=wording.percent(first["share"]))
    conflicting = first["total_status"] == "conflicting"
    return wording.clauses([said, book.word("conflict_aside") if conflicting else ""], book)


def _total(rows: pl.DataFrame, whole: str) -> list[dict[str, Any]]:
    """The stated whole of one year's parts as a row of its own; none where it is not stated."""
    return [
        row | {"indicator": whole, "applicant": "total", "previous": None}
        | {name: row[f"total_{name}"] for name in ("status", "qualifier", "evidence")} | {"value": row["total"]}
        for row in rows.filter(pl.col("total").is_not_null()).head(1).iter_rows(named=True)
    ]  # fmt: skip


def _cited(rows: pl.DataFrame, whole: str) -> list[dict[str, Any]]:
    """The rows whose figures a sentence tells, and their whole; none of them is told with its change."""
    return [*(row | {"previous": None} for row in rows.iter_rows(named=True)), *_total(rows, whole)]


def incomplete(rows: pl.DataFrame, book: Codebook) -> list[Sentence]:
    """What is lacking in years with parts that do not make up their whole; years that lack the same stand together."""
    lacking: dict[tuple[str, str], list[pl.DataFrame]] = {}
    ordered = rows.sort("year", maintain_order=True)
    for (_, whole), held in ordered.group_by("year", "whole", maintain_order=True):
        if held["value"].is_not_null().any() and not held["complete"].all():
            lacking.setdefault((str(whole), wording.clauses(_gaps(held, book), book)), []).append(held)
    notes: list[Sentence] = []
    for (whole, gaps), held in lacking.items():
        years = wording.listed((book.word("year", year=of["year"][0]) for of in held), book)
        said = book.word("parts_incomplete", years=years, whole=book.label(whole), gaps=gaps) + book.word("full_stop")
        cited = [row for of in held for row in _cited(of.filter(pl.col("value").is_not_null()), whole)]
        notes.append(wording.bound(said, cited, book))
    return notes


def small(rows: pl.DataFrame, book: Codebook) -> list[str]:
    """That some wholes are too small for shares, where some are."""
    few = rows.filter("complete", pl.col("total") < book.minimum_cases)
    return [book.word("parts_small", minimum=book.minimum_cases)] if few.height else []


def scope(rows: pl.DataFrame, book: Codebook) -> str:
    """The scope that the stated figures of `rows` have in common, where their reports name one; else ''."""
    scopes = rows.filter(pl.col("value").is_not_null())["scope"].unique().to_list()
    return wording.scope(scopes[0], book) if len(scopes) == 1 else ""


def scopes(rows: pl.DataFrame, book: Codebook) -> list[str]:
    """Which years count in which scope, where not all count in one: such years are not to be compared."""
    stated = rows.filter(pl.col("value").is_not_null()).select("year", "scope").unique().sort("year")
    if stated["scope"].n_unique() < 2:
        return []
    told = [
        book.term("scope", str(name))
        + book.word("colon")
        + wording.listed((book.word("year", year=year) for year in of["year"]), book)
        for (name,), of in stated.group_by("scope", maintain_order=True)
    ]
    return [book.word("scopes_vary", told=book.word("sentence_separator").join(told)) + book.word("full_stop")]


def _gaps(held: pl.DataFrame, book: Codebook) -> list[str]:
    """The parts that are not stated, or how many of them; whether the whole is, and equals their sum."""
    missing = held.filter(pl.col("value").is_null())
    gaps = [
        book.word("label_figure", label=called(row, book), figure=book.statuses[row["status"]].label)
        for row in missing.iter_rows(named=True)
    ]
    if missing.height > NAMED_GAPS:
        counted = missing.group_by("status", maintain_order=True).len().iter_rows()
        gaps = [book.word("parts_gaps", count=count, status=book.statuses[status].label) for status, count in counted]
    totals, stated = held["total"].drop_nulls().to_list(), sum(held["value"].drop_nulls().to_list())
    if not totals:
        return [*gaps, book.word("parts_no_whole")]
    if stated == totals[0] or missing.height > NAMED_GAPS:
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
