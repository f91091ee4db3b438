"""Section 2 of the standard forms: rules, normative documents, licences, penalties, charges, procurement."""

from collections.abc import Iterator

from analysis.codebook import load
from analysis.reports import labels
from analysis.reports.document import Grid
from analysis.reports.entries import Cell
from analysis.reports.printed import Printed, Row, times


def read(grids: tuple[Grid, ...]) -> Iterator[Printed]:
    """Its cells: each row under the headings that stand last above it."""
    for number, grid in enumerate(grids):
        columns: dict[str, int] = {}
        header: Row = ()
        for line, row in enumerate(grid.rows):
            named = {name: place for place, text in reversed(list(enumerate(row))) if (name := _column(text))}
            if named:
                columns, header = named, row
                continue
            for name, place in columns.items():
                entry = next((found for text in row[:place] if (found := labels.cell("active", text, name))), None)
                if entry and place < len(row):
                    unit = load().indicators[entry.indicator].unit
                    factor = times(unit, row[place], header[place])
                    yield Printed(entry.indicator, "total", row[place], Cell(number, line, place), factor)


def _column(text: str) -> str:
    return labels.column("active", text)
