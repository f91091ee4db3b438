"""Tables that a copy has flattened to lines of text, restored where every cell of a row is there."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from analysis.codebook import vocabulary
from analysis.reports import labels
from analysis.reports.cells import is_figure, label
from analysis.reports.document import Document, Grid

GLUED = re.compile(r"(\D{2,}?)(\d+)")
LEAST = {"requests": 6, "statistics": 8}  # whole rows: fewer are chance
APPLICANTS = 7
RESULTS = 15


class _Token(NamedTuple):
    text: str
    line: int


class _Row(NamedTuple):
    cells: tuple[str, ...]
    first: int  # line
    last: int


def restore(document: Document) -> Document:
    """`document` with its flattened tables as tables, taken out of the text; itself where there are none."""
    lines = document.text.split("\n")
    tokens = [_Token(piece, number) for number, line in enumerate(lines) for piece in _pieces(line)]
    found = [table for table in (_active(tokens), _requests(tokens), _disputes(tokens), _statistics(tokens)) if table]
    if not found:
        return document
    taken = {number for rows in found for row in rows for number in range(row.first, row.last + 1)}
    starts: list[int] = []
    kept: list[str] = []
    length = 0
    for number, line in enumerate(lines):
        starts.append(length)
        if number not in taken:
            kept.append(line)
            length += len(line) + 1
    grids = [Grid(starts[rows[0].first], tuple(row.cells for row in rows)) for rows in found]
    moved = [grid._replace(place=starts[document.text.count("\n", 0, grid.place)]) for grid in document.grids]
    ordered = tuple(sorted([*moved, *grids], key=lambda grid: grid.place))
    return Document("\n".join(kept), ordered, document.head)


def _pieces(line: str) -> Iterator[str]:
    """The cells of a line: between spaces, tabs and bars; digits glued to a label come apart."""
    for piece in re.split(r"[\s|]+", line.strip()):
        glued = GLUED.fullmatch(piece)
        if glued and labels.in_any_table(glued[1]):
            yield from glued.groups()
        elif len(heads := _heads().findall(piece)) > 1 and "".join(heads) == piece:
            yield from heads
        elif piece:
            yield piece


@cache
def _heads() -> re.Pattern[str]:
    """The headings of columns, which a copy may glue together."""
    entries = [*labels.of_table("active"), *labels.of_table("disputes")]
    words = {word for entry in entries for word in (*entry.column, entry.under) if word}
    words.add(vocabulary().words["tables"]["corner"])
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


def _figures(tokens: list[_Token], start: int) -> list[_Token]:
    """The figures that follow from a token on."""
    end = start
    while end < len(tokens) and tokens[end].text and is_figure(tokens[end].text):
        end += 1
    return tokens[start:end]


def _labelled(tokens: list[_Token], table: str) -> Iterator[tuple[int, int, str]]:
    """Where labels of a table's rows stand: first token, the one behind the last, and the label."""
    place = 0
    while place < len(tokens):
        for width in (3, 2, 1):
            text = "".join(token.text for token in tokens[place : place + width])
            if labels.is_row(table, text):
                yield place, min(place + width, len(tokens)), text
                place += width - 1
                break
        place += 1


def _rows(tokens: list[_Token], table: str, width: int) -> list[_Row]:
    """The rows of `table` that have all their figures."""
    measures = vocabulary().words["numbers"]["measures"]
    rows: list[_Row] = []
    for first, behind, text in _labelled(tokens, table):
        unit = [token.text for token in tokens[behind : behind + 1] if token.text in measures]
        figures = _figures(tokens, behind + len(unit))
        if len(figures) == width:
            cells = (text, *(unit if width == 1 else []), *(token.text for token in figures))
            rows.append(_Row(cells, tokens[first].line, figures[-1].line))
    return rows


def _requests(tokens: list[_Token]) -> list[_Row]:
    rows = _rows(tokens, "requests", APPLICANTS)
    return rows if len(rows) >= LEAST["requests"] else []


def _statistics(tokens: list[_Token]) -> list[_Row]:
    rows = _rows(tokens, "statistics", 1)
    return rows if len(rows) >= LEAST["statistics"] else []


def _active(tokens: list[_Token]) -> list[_Row]:
    """Headings of columns and rows with as many figures; as many digits glued together are a figure each."""
    rows: list[_Row] = []
    columns: list[_Token] = []
    for place, token in enumerate(tokens):
        if labels.column("active", token.text):
            above = place and labels.column("active", tokens[place - 1].text)
            columns = [*columns, token] if above else [token]
            continue
        if not columns or not labels.is_row("active", token.text):
            continue
        figures = [each.text for each in _figures(tokens, place + 1)]
        if len(figures) == 1 and len(figures[0]) == len(columns) > 1 and figures[0].isdigit():
            figures = list(figures[0])
        if len(figures) == len(columns):
            last = tokens[place + len(_figures(tokens, place + 1))].line
            rows.append(_Row(("", *(column.text for column in columns)), columns[0].line, columns[-1].line))
            rows.append(_Row((token.text, *figures), token.line, last))
    return rows


def _disputes(tokens: list[_Token]) -> list[_Row]:
    """Fifteen headings of results, those of the ways among them, and fifteen figures right behind them."""
    ways = {label(entry.under) for entry in labels.of_table("disputes")}
    heads: list[_Token] = []
    for place, token in enumerate(tokens):
        if labels.column("disputes", token.text):
            heads.append(token)
        elif label(token.text) not in ways:
            figures = _figures(tokens, place)
            if len(heads) == len(figures) == RESULTS:
                lines = (heads[0].line, figures[-1].line)
                return [_Row(tuple(each.text for each in group), *lines) for group in (heads, figures)]
            heads = []
    return []
