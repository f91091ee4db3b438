"""Tables -> figures: rows and columns are known by their labels."""

from typing import NamedTuple

from analysis.codebook import Codebook, load, vocabulary
from analysis.reports import active_table, disputes_table, labels, requests_table, statistics_table
from analysis.reports.cells import label, value
from analysis.reports.document import Grid
from analysis.reports.entries import Doubt, Figure
from analysis.reports.printed import Printed

LEAST_STATISTICS = 5  # labels of the statistical table: it is that form


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
    return Tables([_figure(cell, book, form, doubts) for cell in printed], doubts, form)


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
