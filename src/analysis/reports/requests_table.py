"""Section 3 of the standard forms: requests, seven columns of applicants, over one page or several."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.codebook import vocabulary
from analysis.reports import labels
from analysis.reports.cells import is_figure, label
from analysis.reports.document import Grid
from analysis.reports.entries import Cell, Doubt
from analysis.reports.printed import Printed, Row, last_label, trimmed

APPLICANTS = 7  # columns of figures: the last ones of a row, however many stand before them
LEAST_ROWS = 2  # with labels of this table: it is this table
SURE_LABEL = 4  # characters: shorter labels stand in other tables too


@dataclass
class _Row:
    """A row as printed: what it is called, whose it is by that, its seven cells and where the first one stands."""

    head: str
    indicator: str
    cells: Row
    order: tuple[str, ...]
    place: Cell


def read(grids: tuple[Grid, ...], doubts: list[Doubt]) -> Iterator[Printed]:
    """Its cells; rows whose label is none of the form's are named in `doubts`."""
    rows: list[_Row] = []
    order: tuple[str, ...] = ()
    for number, grid in enumerate(grids):
        known = sum(any(_is_sure(text) for text in row) for row in grid.rows)
        if known >= (1 if rows else LEAST_ROWS):
            order = _order(grid.rows) or order or tuple(vocabulary().words["tables"]["applicants"])
            _add(rows, number, grid, order)
    for row in rows:
        if not row.indicator:
            if any(row.cells):
                doubts.append(Doubt("row_unknown", {"label": row.head}))
            continue
        for place, (applicant, text) in enumerate(zip(row.order, row.cells, strict=True), row.place.column):
            yield Printed(row.indicator, applicant, text, row.place._replace(column=place))


def _is_sure(text: str) -> bool:
    return len(label(text)) >= SURE_LABEL and labels.is_row("requests", text)


def _order(rows: tuple[Row, ...]) -> tuple[str, ...]:
    """The applicants in the order of the columns, where a header names all seven; () where none does."""
    found: dict[int, str] = {}
    for row in trimmed(rows):
        if all(is_figure(text) for text in row[-APPLICANTS:]):
            break
        found |= {len(row) - place: name for place, text in enumerate(row) if (name := labels.applicant(text))}
    order = tuple(found.get(place, "") for place in range(APPLICANTS, 0, -1))
    return order if len(set(order) - {""}) == APPLICANTS else ()


def _add(rows: list[_Row], number: int, grid: Grid, order: tuple[str, ...]) -> None:
    for line, row in enumerate(trimmed(grid.rows)):
        head, cells = last_label(row[:-APPLICANTS]), row[-APPLICANTS:]
        if len(row) <= APPLICANTS or not head or not all(is_figure(text) for text in cells):
            continue
        place = Cell(number, line, len(row) - APPLICANTS)
        entry = labels.row("requests", head)
        goes_on = rows and entry is None and (line == 0 or not rows[-1].indicator)
        if goes_on and (whole := _continued(rows[-1], head, cells)):
            rows[-1] = _Row(rows[-1].head + head, whole, _merged(rows[-1].cells, cells), order, place)
        else:
            rows.append(_Row(head, entry.indicator if entry else "", cells, order, place))


def _continued(above: _Row, head: str, cells: Row) -> str:
    """The indicator of a row that a page cut in two: its label goes on below, its figures stand in one of the parts."""
    if any(above.cells) and any(cells):
        return ""
    entry = labels.row("requests", above.head + head)
    return entry.indicator if entry else above.indicator


def _merged(above: Row, below: Row) -> Row:
    return below if any(below) else above
