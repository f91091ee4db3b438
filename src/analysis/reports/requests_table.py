"""Section 3 of the standard forms: requests, seven columns of applicants, over one page or several."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.codebook import vocabulary
from analysis.reports import labels
from analysis.reports.cells import is_figure, label, value
from analysis.reports.document import Grid
from analysis.reports.entries import Cell, Doubt
from analysis.reports.printed import Printed, Row, last_label

APPLICANTS = 7  # columns of figures: the last ones of a row, however many stand before them
MOST_FIGURES = 4  # of the seven cells: the row is one of figures even if others hold words
LEAST_ROWS = 2  # with labels of this table: it is this table
SURE_LABEL = 4  # characters: shorter labels stand in other tables too


_Header = tuple[int, tuple[int, ...]]


@dataclass
class _Row:
    """A row as printed: what it is called, whose it is by that, and its cells with where they stand."""

    head: str
    indicator: str
    cells: Row
    places: tuple[int, ...]
    grid: int
    line: int


def read(grids: tuple[Grid, ...], doubts: list[Doubt]) -> Iterator[Printed]:
    """Its cells; rows whose label is none of the form's are named in `doubts`."""
    rows: list[_Row] = []
    known = [sum(any(_is_sure(text) for text in row) for row in grid.rows) for grid in grids]
    header: _Header = (0, ())
    for number, grid in enumerate(grids):
        if sum(known) >= LEAST_ROWS and known[number]:
            header = _header(grid.rows) or header
            _add(rows, number, grid.rows, header)
    applicants = tuple(vocabulary().words["tables"]["applicants"])
    for row in rows:
        if row.indicator:
            for applicant, text, place in zip(applicants, row.cells, row.places, strict=True):
                yield Printed(row.indicator, applicant, text, Cell(row.grid, row.line, place))
        elif any(row.cells):
            doubts.append(Doubt("row_unknown", {"label": row.head}))


def _is_sure(text: str) -> bool:
    return len(label(text)) >= SURE_LABEL and labels.is_row("requests", text)


def _header(rows: tuple[Row, ...]) -> _Header | None:
    """The width of the header and where it says that the seven columns stand, in the form's order; None without one."""
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        figures = sum(value(text).value is not None for text in row)
        if any(_is_sure(text) for text in row) or (found and figures > 1):
            break
        found |= {name: (len(row), place) for place, text in enumerate(row) if (name := labels.applicant(text))}
    widths = {width for width, _ in found.values()}
    if len(found) < APPLICANTS or len(widths) > 1:
        return None
    return widths.pop(), tuple(found[name][1] for name in vocabulary().words["tables"]["applicants"])


def _add(rows: list[_Row], number: int, printed: tuple[Row, ...], header: _Header) -> None:
    """Add the rows of one grid: those as wide as the header by its columns, others by their last seven."""
    width, columns = header
    for line, row in enumerate(printed):
        places = columns if len(row) == width else tuple(range(max(len(row) - APPLICANTS, 0), len(row)))
        head, cells = last_label(row[: min(places, default=0)]), tuple(row[place] for place in places)
        entry = labels.row("requests", head)
        figures = sum(is_figure(text) for text in cells)
        if not head or len(cells) < APPLICANTS or figures < (MOST_FIGURES if entry else APPLICANTS):
            continue
        new = _Row(head, entry.indicator if entry else "", cells, places, number, line)
        if rows and (whole := _joined(rows[-1], new)):
            rows[-1] = whole
        else:
            rows.append(new)


def _joined(above: _Row, below: _Row) -> _Row | None:
    """The one row that two are which a page cut in two: a label that goes on, figures in one of the parts alone."""
    if any(above.cells) and any(below.cells):
        return None
    entry = labels.row("requests", above.head + below.head)
    goes_on = below.line == 0 and below.indicator in {"", above.indicator}
    indicator = entry.indicator if entry and not (above.indicator and below.indicator) else above.indicator
    if not indicator or not (goes_on or not (above.indicator and below.indicator)):
        return None
    held = below if any(below.cells) else above
    return _Row(above.head + below.head, indicator, held.cells, held.places, held.grid, held.line)
