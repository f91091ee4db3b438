"""Tables -> figures: rows and columns are known by their labels."""

from collections.abc import Iterator
from typing import NamedTuple

from analysis.codebook import Codebook, load, vocabulary
from analysis.reports import active_table, disputes_table, labels, requests_table, statistics_table
from analysis.reports.cells import label, value
from analysis.reports.document import Grid
from analysis.reports.entries import Doubt, Figure
from analysis.reports.printed import Printed

MOST_UNREAD = 4  # numbers in a table that is none of the form's: more may be a table that was not understood
LEAST_STATISTICS = 5  # labels of the statistical table: it is that form

LONGEST_EXCERPT = 40  # characters


class Tables(NamedTuple):
    """The figures of the tables, what is doubtful about them, and the edition that their labels belong to."""

    figures: list[Figure]
    doubts: list[Doubt]
    edition: str | None


def read(grids: tuple[Grid, ...], year: int | None = None) -> Tables:
    """What the forms' tables among `grids` of a report on `year` hold."""
    book, form = load(), edition(grids)
    doubts: list[Doubt] = []
    printed = [
        *active_table.read(grids),
        *requests_table.read(grids, doubts),
        *disputes_table.read(grids),
        *statistics_table.read(grids, year, doubts),
    ]
    figures = [_figure(cell, book, form, doubts) for cell in printed]
    return Tables(figures, [*doubts, *_unread(grids, {cell.place.grid for cell in printed})], form)


def _unread(grids: tuple[Grid, ...], understood: set[int]) -> Iterator[Doubt]:
    """The tables of numbers beside those in which some figure was `understood`."""
    for place, grid in enumerate(grids):
        held = [cell for row in grid.rows for cell in row if cell]
        count = sum(value(cell).value is not None for cell in held)
        if place not in understood and count > MOST_UNREAD:
            yield Doubt("table_unread", {"count": str(count), "text": " ".join(held)[:LONGEST_EXCERPT]})


def edition(grids: tuple[Grid, ...]) -> str | None:
    """The edition of the form whose labels the tables hold; None where no table tells."""
    printed = {label(cell) for grid in grids for row in grid.rows for cell in row if cell}
    for name, words in vocabulary().words["tables"]["editions"].items():
        if any(cell.startswith(tuple(words.split("|"))) for cell in printed):
            return name
    known = sum(labels.is_row("statistics", cell) for cell in printed)
    return "statistical_2014" if known >= LEAST_STATISTICS else None


def _figure(cell: Printed, book: Codebook, form: str | None, doubts: list[Doubt]) -> Figure:
    held = value(cell.text)
    section = book.indicators[cell.indicator].cells[form] if form else ""
    if cell.applicant != "total" or book.indicators[cell.indicator].by_applicant:
        section += " " + book.term("applicant", cell.applicant)
    if held.beside or held.status == "worded":
        name = "cell_noted" if held.beside else "cell_worded"
        doubts.append(Doubt(name, {"cell": section.strip(), "label": cell.indicator, "text": cell.text}))
    return Figure(
        indicator=cell.indicator,
        applicant=cell.applicant,
        scope="unstated",
        value=None if held.value is None else round(held.value * cell.times, 6),
        status=held.status,
        qualifier="exact",
        method="table",
        section=section.strip(),
        quote=cell.text,
        place=cell.place,
    )
