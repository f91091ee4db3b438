"""Section 4 of the standard forms: reviews and the two ways of lawsuits, five results each in one row."""

from collections.abc import Iterator

from analysis.codebook import Label
from analysis.reports import labels
from analysis.reports.cells import is_figure, label
from analysis.reports.document import Grid
from analysis.reports.entries import Cell
from analysis.reports.printed import Printed, Row

LEAST_COLUMNS = 4
SHORTEST_RESULT = 2  # characters


def read(grids: tuple[Grid, ...]) -> Iterator[Printed]:
    """Its cells: each column by the headings above it, the result below the way."""
    header: list[Row] = []
    for number, grid in enumerate(grids):
        if not any(_is_sure(text) for row in header for text in row):
            header = []  # of another table; one at the foot of a page belongs to the next
        for line, row in enumerate(grid.rows):
            if any(labels.column("disputes", text) for text in row) or not all(is_figure(text) for text in row):
                header.append(_filled(row))
                continue
            entries = {place: entry for place in range(len(row)) if (entry := _entry(header, place))}
            entries = entries if len(entries) == len(row) else _in_order(header, row) or entries
            if len(entries) >= LEAST_COLUMNS:
                for place, entry in entries.items():
                    yield Printed(entry.indicator, "total", row[place], Cell(number, line, place))
                header = []
                break


def _is_sure(text: str) -> bool:
    """Whether a heading is a result of this table and of no other: totals stand everywhere."""
    return len(label(text)) > SHORTEST_RESULT and bool(labels.column("disputes", text))


def _in_order(header: list[Row], row: Row) -> dict[int, Label]:
    """The entries of a row below headings that are all in the form's order.

    They lost their merged cells in a copy, or their first line where a page ended.
    """
    form = labels.of_table("disputes")
    as_wide = [line for line in header if len(line) == len(row)]
    lines = (
        [_lowest(as_wide)] if header and header[-1] in as_wide else [line for line in header if len(line) < len(row)]
    )
    results = [result for line in lines for text in line if (result := labels.column("disputes", text))]
    whole = results == [entry.column[0] for entry in form]
    first = next((place for place, text in enumerate(row) if text), 0) if as_wide else 0
    return dict(zip(range(first, len(row)), form, strict=False)) if whole and len(row) - first == len(form) else {}


def _lowest(lines: list[Row]) -> Row:
    """The lowest result above each column."""
    columns = zip(*lines, strict=True)
    return tuple(next((text for text in reversed(above) if labels.column("disputes", text)), "") for above in columns)


def _filled(row: Row) -> Row:
    """A row of headings, each repeated over the empty cells that it spans."""
    filled: list[str] = []
    for text in row:
        filled.append(text or (filled[-1] if filled else ""))
    return tuple(filled)


def _entry(header: list[Row], place: int) -> Label | None:
    """The entry of a column: its lowest heading that is a result, under the lowest that is a way."""
    above = [label(row[place]) for row in header if place < len(row)]
    results = [text for text in above if labels.column("disputes", text)]
    if not results:
        return None
    ways = {label(entry.under): entry.under for entry in labels.of_table("disputes")}
    under = next((ways[text] for text in reversed(above) if text in ways), "")
    result = labels.column("disputes", results[-1])
    return next(
        (entry for entry in labels.of_table("disputes") if entry.under == under and entry.column[0] == result), None
    )
