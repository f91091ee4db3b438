"""What was read beside what it was read from: one offline page on which a person checks every figure."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from os.path import commonprefix
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from analysis import wording
from analysis.codebook import Codebook, load
from analysis.reports.document import Document, Grid
from analysis.reports.entries import Cell, Doubt, Figure, Reading, Span

RANK = {"figure": 0, "count": 1}  # what a piece of text leads to first; statements come last
NUMERIC = re.compile(r"[\d.,，%％/—\s-]*")
LEAST_LABEL = 2  # characters: equal cells of fewer are not drawn as one


class Mark(NamedTuple):
    """What was read, as the report shows it: the id of its entry, its kind, what to call it, where it stands."""

    id: str
    kind: str
    label: str
    place: Span | Cell


Held = list[tuple[Mark, Figure]]


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
    """A cell of a report's table as drawn; it heads a "row", a "col" or nothing, and stands for equal neighbours."""

    id: str
    text: str
    head: str
    marks: list[Mark]
    across: int = 1
    down: int = 1


def page(readings: Sequence[Reading], failures: Sequence[tuple[str, str]], book: Codebook) -> str:
    """One offline page of the `readings`, each beside its report; `failures` are files with why they were not read."""
    sections = [_section(f"r{number}", reading, book) for number, reading in enumerate(readings, 1)]
    return _template().render(
        book=book, word=book.word, scope=wording.scope, css=_css(), sections=sections, failures=failures
    )


@cache
def _template() -> Template:
    loader = PackageLoader("analysis", "reports")
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template("review.html")


@cache
def _css() -> Markup:
    return Markup(Path(__file__).with_suffix(".css").read_text(encoding="utf-8"))  # noqa: S704 our own file


def _section(prefix: str, reading: Reading, book: Codebook) -> dict[str, Any]:
    """All that the page shows of one file; `at` is where in its text or tables each mark begins."""
    figures = [
        (Mark(f"{prefix}-f{number}", "figure", _called(entry, book), entry.place), entry)
        for number, entry in enumerate(reading.figures, 1)
    ]
    counts = [
        (Mark(f"{prefix}-c{number}", "count", book.word(f"count_{entry.reason}"), entry.place), entry)
        for number, entry in enumerate(reading.counts, 1)
    ]
    statements = [
        (Mark(f"{prefix}-s{number}", entry.kind, book.word(f"review_{entry.kind}", number=number), entry.place), entry)
        for number, entry in enumerate(reading.statements, 1)
    ]
    marks = [mark for mark, _ in [*figures, *counts, *statements]]
    pieces = _pieces(prefix, reading.document, marks)
    tables = [_table(f"{prefix}-t{number}", grid, number, marks) for number, grid in enumerate(reading.document.grids)]
    at = {mark.id: piece.id for piece in reversed(pieces) for mark in piece.marks}
    at |= {mark.id: box.id for rows in tables for row in rows for box in row for mark in box.marks}
    groups = [_group(name, figures, book) for name in book.terms["group"]]
    return {
        "id": prefix,
        "reading": reading,
        "title": reading.title or reading.file,
        "at": at,
        "blocks": list(_blocks(reading.document, pieces, tables)),
        "doubts": [_doubt(doubt, figures, book) for doubt in reading.doubts],
        "counts": counts,
        "reasons": sorted({entry.reason for _, entry in counts}, key=lambda reason: (reason != "no_meaning", reason)),
        "groups": [group for group in groups if group["lines"] or group["split"]],
        "statements": statements,
    }


def _called(figure: Figure, book: Codebook) -> str:
    """A figure in words: "Requests received (Companies): 12 cases"."""
    label = book.label(figure.indicator)
    if figure.applicant != "total":
        label = book.word("labelled_applicant", label=label, applicant=book.term("applicant", figure.applicant))
    return book.word("label_figure", label=label, figure=_value(figure, book))


def _value(figure: Figure, book: Codebook, *, short: bool = False) -> str:
    """The value with measure word and marks, in plain digits to compare with the report, or the gap; `short`: bare."""
    status = book.statuses.get(figure.status)  # "worded" is none that is stored
    if status is None:
        return figure.quote if short else book.word("review_worded", text=figure.quote)
    if figure.value is None:
        return status.mark if short else status.label
    number = f"{figure.value:.6f}".rstrip("0").rstrip(".")
    if short:
        return f"{status.mark}{book.terms['qualifier'][figure.qualifier].mark}{number}"
    text = book.word("counted", number=number, unit=book.unit_of(figure.indicator, of=figure.value)).strip()
    return f"{status.mark} {text if figure.qualifier == 'exact' else book.word(figure.qualifier, figure=text)}".strip()


def _doubt(doubt: Doubt, figures: Held, book: Codebook) -> tuple[str, list[Mark]]:
    """The text of a doubt, and the marks of the figures that it is about."""
    values, told = dict(doubt.values), load()
    if doubt.doubt == "edition_differs":
        values["found"] = book.editions[values["found"]].label
    concerned = [
        (mark, figure)
        for mark, figure in figures
        if told.label(figure.indicator) == values.get("label")
        and (figure.section == values["cell"] if "cell" in values else figure.applicant == "total")
    ]
    if concerned:
        values["label"] = book.label(concerned[0][1].indicator)
    return book.word(f"review_{doubt.doubt}", **values), [mark for mark, _ in concerned]


def _group(name: str, figures: Held, book: Codebook) -> dict[str, Any]:
    """The figures of one group in the form's order: one a line, or a line of all applicants for an indicator."""
    by_key = defaultdict[tuple[str, str, str], Held](list)
    for mark, figure in figures:
        by_key[figure.indicator, figure.scope, figure.method].append((mark, figure))
    held = [by_key[key] for name_ in book.by_group(name) for key in by_key if key[0] == name_]
    split = [each for each in held if any(figure.applicant != "total" for _, figure in each)]
    return {
        "label": book.term("group", name),
        "lines": [(*pair, _value(pair[1], book)) for each in held if each not in split for pair in each],
        "split": [_split(each, book) for each in split],
    }


def _split(held: Held, book: Codebook) -> dict[str, Any]:
    """One indicator for every kind of applicant, the total first."""
    return {
        "figure": held[0][1],
        "section": commonprefix([figure.section for _, figure in held]).strip(),
        "cells": [
            [(mark, _value(figure, book, short=True)) for mark, figure in held if figure.applicant == applicant]
            for applicant in book.terms["applicant"]
        ],
    }


def _pieces(prefix: str, document: Document, marks: list[Mark]) -> list[Piece]:
    """The text cut at line feeds, at tables and wherever a mark begins or ends: no two marks overlap in a piece."""
    text, beginning = document.text, defaultdict[int, list[tuple[int, Mark]]](list)
    cuts = {0, len(text), *(place for found in re.finditer("\n", text) for place in found.span())}
    cuts |= {min(max(grid.place, 0), len(text)) for grid in document.grids}
    for mark in marks:
        if isinstance(mark.place, Span):
            start, end = max(mark.place.start, 0), min(mark.place.end, len(text))
            beginning[start].append((end, mark))
            cuts |= {start, end} if start < end else set()
    pieces: list[Piece] = []
    held: list[tuple[int, Mark]] = []
    for start, end in pairwise(sorted(cuts)):
        held = [pair for pair in [*held, *beginning[start]] if pair[0] > start]
        if text[start] != "\n":
            found = [mark for _, mark in held]
            found.sort(key=lambda mark: (RANK.get(mark.kind, 2), mark.place[1] - mark.place[0]))
            pieces.append(Piece(f"{prefix}-p{start}", start, text[start:end], found))
    _tie(pieces)
    return pieces


def _tie(pieces: list[Piece]) -> None:
    """Give every piece what begins and what ends in it."""
    last = {mark.id: piece for piece in pieces for mark in piece.marks}
    first = {mark.id: piece for piece in reversed(pieces) for mark in piece.marks}
    for piece in pieces:
        said = [mark for mark in piece.marks if mark.kind not in RANK]
        piece.begins = [mark for mark in said if first[mark.id] is piece]
        piece.others = [mark for mark in piece.marks[1:] if last[mark.id] is piece and mark not in said]


def _blocks(document: Document, pieces: list[Piece], tables: list[list[list[Box]]]) -> Iterator[tuple[str, Any]]:
    """Lines and tables as they follow each other."""
    waiting = sorted(enumerate(tables), key=lambda table: document.grids[table[0]].place)
    line: list[Piece] = []
    for piece in pieces:
        due = bool(waiting) and document.grids[waiting[0][0]].place <= piece.start
        if line and (due or piece.start != line[-1].start + len(line[-1].text)):
            yield "line", line
            line = []
        while waiting and document.grids[waiting[0][0]].place <= piece.start:
            yield "table", waiting.pop(0)
        line.append(piece)
    yield "line", line
    yield from (("table", table) for table in waiting)


def _table(prefix: str, grid: Grid, number: int, marks: list[Mark]) -> list[list[Box]]:
    """The rows of a table, neighbours that repeat a label drawn as one cell."""
    held = defaultdict[tuple[int, int], list[Mark]](list)
    for mark in marks:
        if isinstance(mark.place, Cell) and mark.place.grid == number:
            held[mark.place.row, mark.place.column].append(mark)
    rows: list[list[Box]] = []
    above: dict[int, Box] = {}
    for line, row in enumerate(grid.rows):
        boxes, below = list[Box](), dict[int, Box]()
        for column, across, head in _runs(
            row, line, sorted(place for number, place in held if number == line), not held
        ):
            box, over = (
                Box(f"{prefix}-{line}-{column}", row[column], head, held[line, column], across),
                above.get(column),
            )
            if (
                over
                and head
                and (over.text, over.head, over.across) == (box.text, head, across)
                and (head == "col" or not boxes)
            ):
                over.down, below[column] = over.down + 1, over
            else:
                boxes.append(box)
                below[column] = box
        above = below
        rows.append(boxes)
    return rows


def _runs(row: Sequence[str], line: int, figures: list[int], unread: bool) -> Iterator[tuple[int, int, str]]:
    """Column, width and what it heads of each cell of a row whose `figures` stand in the columns given."""
    words = [place for place, text in enumerate(row) if not NUMERIC.fullmatch(text)]
    numbers = any(text.strip() and NUMERIC.fullmatch(text) for text in row)

    def head(place: int) -> str:
        if place not in words or len(row) == 1:
            return ""
        if figures:
            return "row" if place < figures[0] else ""
        if numbers or unread and line:
            return "row" if place == words[0] and numbers else ""
        return "col"

    place = 0
    while place < len(row):
        end = place + 1
        joined = head(place) and len(row[place]) >= LEAST_LABEL
        while end < len(row) and joined and row[end] == row[place] and head(end) == head(place):
            end += 1
        yield place, end - place, head(place)
        place = end
