"""A published file as it was opened: its text and its tables where they stand, nothing understood yet."""

import re
from dataclasses import dataclass
from typing import NamedTuple

MOST_ROWS = 2_000  # of a table: no form has a tenth of them
LAYOUT_CELL = 400  # characters in one cell: a table that holds so much text arranges a page
WIDEST_SPAN = 60  # columns or rows
BETWEEN_NUMBERS = re.compile(r"(?<=\d)\s*\n\s*(?=\d)")


class Grid(NamedTuple):
    """A table: every row as wide as printed, spans repeated; `place` is the offset in the text where it stands."""

    place: int
    rows: tuple[tuple[str, ...], ...]


def cell(text: str) -> str:
    """What a cell holds without white space; numbers on two lines of it stay two ("3/2"), which is no figure."""
    return "".join(BETWEEN_NUMBERS.sub("/", text).split())


@dataclass(frozen=True)
class Document:
    """Text of the report, its tables, and what stood around it.

    `head`: lines outside the report that may name it (page title, byline, metadata).
    """

    text: str
    grids: tuple[Grid, ...] = ()
    head: tuple[str, ...] = ()


class Builder:
    """Collects lines and tables in reading order."""

    def __init__(self) -> None:
        """Begin an empty document."""
        self._lines: list[str] = []
        self._grids: list[Grid] = []
        self._length = 0

    def line(self, text: str) -> None:
        """Add a line of text; white space at its ends and empty lines are left out."""
        if text := text.strip():
            self._lines.append(text)
            self._length += len(text) + 1

    def grid(self, rows: list[list[str]]) -> None:
        """Add a table where the text stands now; an empty one, and rows beyond any form's length, are left out."""
        rows = rows[:MOST_ROWS]
        if any(cell for row in rows for cell in row):
            self._grids.append(Grid(self._length, tuple(tuple(row) for row in rows)))

    def document(self, *, head: tuple[str, ...] = ()) -> Document:
        """What was collected."""
        return Document("\n".join(self._lines), tuple(self._grids), head)
