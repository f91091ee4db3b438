"""What exhibits of a whole and its parts share: what the parts are called, which was the largest, what is lacking."""

from typing import Any

import polars as pl

from analysis import wording
from analysis.charts.exhibit import Cell
from analysis.charts.tables import key, why_silent
from analysis.codebook import Codebook
from analysis.metrics.parts import STATED, WHOLE
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
    largest = stated.filter(pl.col("value") == pl.col("value").max())
    if max(largest["value"]):
        said = _largest(largest, whole, year, book, alone=stated.height == 1)
    else:
        said = book.word("parts_zero", year=year, whole=book.label(whole))
    return wording.bound(said, _cited(largest), book)


def _silent(now: pl.DataFrame, whole: str, year: int, book: Codebook) -> Sentence:
    """That no part of the whole is stated, and why; with the whole where that is."""
    status = book.statuses[why_silent(now)].label
    of_whole = totals(now).to_dicts()
    if of_whole:
        total = wording.figure_told(of_whole[0], book)
        said = book.word("parts_none", year=year, whole=book.label(whole), total=total, status=status)
        return wording.bound(said, of_whole, book)
    told = book.word("silent_labels", labels=book.label(whole), status=status)
    return wording.Sentence(book.word("no_figure", period=book.word("year", year=year), told=told))


def _largest(largest: pl.DataFrame, whole: str, year: int, book: Codebook, *, alone: bool) -> str:
    """The largest part or parts, as one sentence, with the least certain of their figures; `alone`: no other is."""
    rows = largest.to_dicts()
    first = min(rows, key=lambda row: (row["qualifier"] == "exact", row["status"] == "reported"))
    told = {
        "year": year,
        "whole": wording.scoped(first | {"indicator": whole}, book),
        "part": wording.listed((called(row, book) for row in rows), book),
        "figure": wording.figure_told(first, book),
        "minimum": book.minimum_cases,
    }
    if alone or not first["complete"]:
        return book.word("part_alone" if alone else "parts_finding", **told)
    told["total"] = wording.figure_told(totals(largest).row(0, named=True), book)
    if first["share"] is None:
        return book.word("parts_small_finding", **told)
    return book.word("share_finding", **told, share=share(first, book))


def totals(rows: pl.DataFrame) -> pl.DataFrame:
    """The stated wholes of parts as rows of their own, which are told without their changes."""
    of_whole = {name: pl.col(f"total_{name}") for name in STATED}
    first = rows.filter(pl.col("total").is_not_null()).unique(WHOLE, keep="first", maintain_order=True)
    return first.with_columns(
        indicator=pl.col("whole"), applicant=pl.lit("total"), value="total", previous=pl.lit(None), **of_whole
    )


def marked(rows: pl.DataFrame, book: Codebook) -> list[str]:
    """What the marks of parts and their wholes mean, as one line."""
    return key(pl.concat([rows, totals(rows)], how="vertical_relaxed"), book)


def _cited(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """The rows whose figures a sentence tells, and their whole; none of them is told with its change."""
    return [row | {"previous": None} for of in (rows, totals(rows)) for row in of.iter_rows(named=True)]


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
        cited = [row for of in held for row in _cited(of.filter(pl.col("value").is_not_null()))]
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
    """The parts that are not stated, or how many of them; what cannot be divided; whether whole and sum are equal."""
    missing = held.filter(pl.col("value").is_null())
    gaps = [
        book.word("label_figure", label=called(row, book), figure=book.statuses[row["status"]].label)
        for row in missing.iter_rows(named=True)
    ]
    if missing.height > NAMED_GAPS:
        counted = missing.group_by("status", maintain_order=True).len().iter_rows()
        gaps = [book.word("parts_gaps", count=count, status=book.statuses[status].label) for status, count in counted]
    whole, stated = totals(held), held.filter(pl.col("value").is_not_null())
    if whole.is_empty():
        return [*gaps, book.word("parts_no_whole")]
    gaps += _indivisible([*stated.iter_rows(named=True), *whole.iter_rows(named=True)], book)
    if stated["value"].sum() == whole["value"][0] or missing.height > NAMED_GAPS:
        return gaps
    summed = wording.number(sum(stated["value"]), book)
    told = {
        "sum": book.word("approx", figure=summed) if (stated["qualifier"] == "approx").any() else summed,
        "total": wording.marked(whole.row(0, named=True), book),
    }
    return [*gaps, book.word("parts_unequal", **told)]


def _indivisible(rows: list[dict[str, Any]], book: Codebook) -> list[str]:
    """The stated figures that no share can be made of, those with the same reason together."""
    reasons: dict[str, list[str]] = {}
    for row in rows:
        if row["status"] == "definition_differs":
            reasons.setdefault(book.statuses[row["status"]].label, []).append(called(row, book))
        elif row["qualifier"] == "at_least":
            reasons.setdefault(wording.figure(row, book), []).append(called(row, book))
        elif row["scope"] != row["total_scope"]:
            reasons.setdefault(book.word("other_scope_short"), []).append(called(row, book))
    return [
        book.word("silent_labels", labels=wording.listed(labels, book), status=why) for why, labels in reasons.items()
    ]


def said(row: wording.Row, book: Codebook) -> str:
    """A part's number, with its share where there is one."""
    if row["share"] is None:
        return wording.marked(row, book)
    return book.word("in_brackets", text=wording.marked(row, book), aside=share(row, book))


def told(row: wording.Row, book: Codebook) -> str:
    """What a pointer on a part is told: its year, its figure in full, its share of the whole with the whole's."""
    told = {"year": row["year"], "label": called(row, book), "figure": wording.figure_in_full(row, book)}
    said = book.word("figure_of_year", **told)
    if row["share"] is None:
        return said
    whole = wording.counted(row["total"], row["whole"], book)
    of_whole = book.word("of_whole", label=book.label(row["whole"]), whole=whole, share=share(row, book))
    return wording.clauses([said, of_whole], book)


def share(row: wording.Row, book: Codebook) -> str:
    """A part's share of its whole, as approximate where one of them is; '' where it has none."""
    if row["share"] is None:
        return ""
    told = wording.percent(row["share"])
    return book.word("approx", figure=told) if approximate(row) else told


def approximate(row: wording.Row) -> bool:
    """Whether a part's share rests on an approximate figure."""
    return "approx" in (row["qualifier"], row["total_qualifier"])


def called(row: wording.Row, book: Codebook) -> str:
    """What a part is called: its indicator, or the kind of applicant where a column is the part."""
    if row["applicant"] != "total":
        return book.term("applicant", row["applicant"])
    return book.label(row["indicator"])


def short(row: dict[str, Any], book: Codebook) -> str:
    """A part's label without the words before a colon, which the title of its chart has."""
    return called(row, book).rpartition(": ")[2]


def count(row: dict[str, Any], book: Codebook) -> Cell:
    """A table's cell for a part or a whole."""
    return Cell(wording.marked(row, book), "gap" if row["value"] is None else "number")
