"""A document with what was read marked in it: lines cut where marks begin and end, tables with their cells."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from analysis.reports.document import Document, Grid
from analysis.reports.entries import Cell, Span

RANK = {"figure": 0, "count": 1}  # what a piece of text leads to first; statements come last
NUMERIC = re.compile(r"[\d.,，%％/\s—-]*")
LEAST_LABEL = 2  # characters: equal cells of fewer are not drawn as one


class Mark(NamedTuple):
    """What was read, as the report shows it: the id of its entry, its kind, what to call it, where it stands."""

    id: str
    kind: str
    label: str
    place: Span | Cell


@dataclass
class Piece:
    """Characters of one line that the same `marks` cover, the narrowest figure first.

    `begins`: statements that begin here; `others`: what ends here and is not what the piece leads to.
    """

    id: str
    start: int
    text: str
    marks: list[Mark]
    begins: list[Mark] = field(default_factory=list[Mark])
    others: list[Mark] = field(default_factory=list[Mark])


@dataclass
class Box:
    """A cell as drawn: it heads a "row", a "col" or nothing, and stands for equal neighbours `across` and `down`."""

    id: str
    text: str
    head: str
    marks: list[Mark]
    across: int
    down: int = 1


class Drawn(NamedTuple):
    """A document's lines and tables as they follow each other (`table`: its number, else 0), and where marks begin."""

    blocks: list[tuple[int, list[Piece] | list[list[Box]]]]
    at: dict[str, str]


def draw(prefix: str, document: Document, marks: Sequence[Mark]) -> Drawn:
    """`document` with `marks` in it; ids begin with `prefix`. A mark that stands nowhere in it has no place in `at`."""
    pieces = _pieces(prefix, document, marks)
    tables = [_table(f"{prefix}-t{number}", grid, number, marks) for number, grid in enumerate(document.grids)]
    at = {mark.id: piece.id for piece in reversed(pieces) for mark in piece.marks}
    at |= {mark.id: box.id for rows in tables for row in rows for box in row for mark in box.marks}
    return Drawn(list(_blocks(document, pieces, tables)), at)


def _pieces(prefix: str, document: Document, marks: Sequence[Mark]) -> list[Piece]:
    """The text cut at line feeds, at tables and wherever a mark begins or ends."""
    text, beginning = document.text, defaultdict[int, list[tuple[int, Mark]]](list)
    cuts = {0, len(text), *(place for found in re.finditer("\n", text) for place in found.span())}
    cuts |= {_within(grid.place, text) for grid in document.grids}
    for mark in marks:
        if isinstance(mark.place, Span):
            start, end = _within(mark.place.start, text), _within(mark.place.end, text)
            beginning[start].append((end, mark))
            cuts |= {start, end}
    pieces: list[Piece] = []
    held: list[tuple[int, Mark]] = []
    for start, end in pairwise(sorted(cuts)):
        held = [pair for pair in [*held, *beginning[start]] if pair[0] > start]
        if text[start] != "\n":
            covering = sorted((mark for _, mark in held), key=_order)
            pieces.append(Piece(f"{prefix}-p{start}", start, text[start:end], covering))
    _tie(pieces)
    return pieces


def _within(place: int, text: str) -> int:
    return min(max(place, 0), len(text))


def _order(mark: Mark) -> tuple[int, int]:
    """Figures before counts before statements, the narrowest first."""
    return RANK.get(mark.kind, len(RANK)), mark.place[1] - mark.place[0]


def _tie(pieces: list[Piece]) -> None:
    """Give every piece what begins and what ends in it."""
    last = {mark.id: piece for piece in pieces for mark in piece.marks}
    first = {mark.id: piece for piece in reversed(pieces) for mark in piece.marks}
    for piece in pieces:
        said = [mark for mark in piece.marks if mark.kind not in RANK]
        piece.begins = [mark for mark in said if first[mark.id] is piece]
        piece.others = [mark for mark in piece.marks[1:] if last[mark.id] is piece and mark not in said]


def _blocks(
    document: Document, pieces: list[Piece], tables: list[list[list[Box]]]
) -> Iterator[tuple[int, list[Piece] | list[list[Box]]]]:
    """Lines, and tables with their numbers, as they follow each other."""
    waiting = sorted(enumerate(tables, 1), key=lambda table: document.grids[table[0] - 1].place)
    line: list[Piece] = []
    for piece in pieces:
        due = [table for table in waiting if document.grids[table[0] - 1].place <= piece.start]
        if line and (due or piece.start > line[-1].start + len(line[-1].text)):
            yield 0, line
            line = []
        yield from due
        waiting = waiting[len(due) :]
        line.append(piece)
    if line:
        yield 0, line
    yield from waiting


def _table(prefix: str, grid: Grid, number: int, marks: Sequence[Mark]) -> list[list[Box]]:
    """The rows of a table, neighbours that repeat a label drawn as one cell."""
    held = defaultdict[tuple[int, int], list[Mark]](list)
    for mark in marks:
        if isinstance(mark.place, Cell) and mark.place.grid == number:
            held[mark.place.row, mark.place.column].append(mark)
    rows: list[list[Box]] = []
    above: dict[int, Box] = {}
    for line, row in enumerate(grid.rows):
        boxes, below = list[Box](), dict[int, Box]()
        figures = sorted(column for place, column in held if place == line)
        heads = _heads(row, figures, bare=line > 0 and not held)
        for column, end in _runs(row, heads, figures):
            box = Box(
                f"{prefix}-{line}-{column}", row[column], heads[column], held.get((line, column), []), end - column
            )
            over = above.get(column)
            if over and _goes_on(over, box, first=not boxes, label=bool(figures) and column < figures[0]):
                below[column] = over
                over.down += 1
            else:
                below[column] = box
                boxes.append(box)
        above = below
        rows.append(boxes)
    return rows


def _heads(row: Sequence[str], figures: list[int], *, bare: bool) -> list[str]:
    """What each cell heads: words before the first of the `figures` their row, other words the columns below.

    `bare`: nothing was read from this table, only its first row is taken for a head.
    """
    words = [NUMERIC.fullmatch(text) is None for text in row]
    if figures:
        return ["row" if word and place < figures[0] else "" for place, word in enumerate(words)]
    if any(text.strip() and not word for text, word in zip(row, words, strict=True)):
        return ["row" if word and not any(words[:place]) else "" for place, word in enumerate(words)]
    return ["col" if word and len(row) > 1 and not bare else "" for word in words]


def _runs(row: Sequence[str], heads: list[str], figures: list[int]) -> Iterator[tuple[int, int]]:
    """From where to where one cell is drawn: a repeated label, a label before empty cells, an empty end of the row."""
    filled = max([*figures, *(place for place, text in enumerate(row) if text.strip())], default=0)
    place = 0
    while place < len(row):
        end = place + 1
        while end < len(row) and _joins(row, heads, figures, place, end):
            end += 1
        end = len(row) if place > filled else end
        yield place, end
        place = end


def _joins(row: Sequence[str], heads: list[str], figures: list[int], place: int, end: int) -> bool:
    """Whether the cell at `end` belongs to the label at `place`."""
    if not heads[place]:
        return False
    repeats = (row[end], heads[end]) == (row[place], heads[place]) and len(row[place]) >= LEAST_LABEL
    return repeats or (bool(figures) and end < figures[0] and not row[end].strip())


def _goes_on(above: Box, box: Box, *, first: bool, label: bool) -> bool:
    """Whether a cell only repeats the one above or, among a row's labels, leaves it to hold on."""
    if box.head and (above.text, above.head, above.across) == (box.text, box.head, box.across):
        return first or box.head == "col"
    return first and label and above.head == "row" and above.across == box.across and not box.text.strip()
