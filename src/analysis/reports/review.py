"""What was read beside what it was read from: one offline page on which a person checks every figure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
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

RANK = {"figure": 0, "count": 1, "problem": 2, "measure": 2}  # what a mark in the text leads to first
NUMERIC = re.compile(r"[\d.,，%％—/\s-]+")


class Mark(NamedTuple):
    """Something that was read: its id among the lists, its kind, what to call it, and where it stands."""

    id: str
    kind: str
    label: str
    place: Span | Cell


@dataclass
class Piece:
    """Characters of one line that the same marks cover, the narrowest figure first.

    `begins`: statements that begin here; `others`: what ends here and is not what the piece leads to.
    """

    id: str
    start: int
    text: str
    marks: list[Mark]
    begins: list[Mark]
    others: list[Mark]


@dataclass
class Box:
    """A cell of a report's table as drawn: it heads a "row", a "col" or nothing, and stands for equal neighbours."""

    id: str
    text: str
    head: str
    marks: list[Mark]
    across: int = 1
    down: int = 1


def page(readings: Sequence[Reading], failures: Sequence[tuple[str, str]], book: Codebook) -> str:
    """One offline page of the `readings`, each beside its report; `failures` are files with why they were not read."""
    return _template().render(
        book=book,
        word=book.word,
        css=_css(),
        failures=failures,
        sections=[_section(f"r{number}", reading, book) for number, reading in enumerate(readings, 1)],
    )


@cache
def _template() -> Template:
    loader = PackageLoader("analysis", "reports", encoding="utf-8")
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template("review.html")


@cache
def _css() -> Markup:
    return Markup(Path(__file__).with_suffix(".css").read_text(encoding="utf-8"))  # noqa: S704 our own file


def _section(prefix: str, reading: Reading, book: Codebook) -> dict[str, Any]:
    """All that the page shows of one file; `at` says where in its text or tables each mark begins."""
    marks = list(_marks(prefix, reading, book))
    figures = [(mark.id, figure) for mark, figure in zip(marks, reading.figures, strict=False)]
    pieces = _pieces(prefix, reading.document, marks)
    at: dict[str, str] = {}
    for piece in pieces:
        for mark in piece.marks:
            at.setdefault(mark.id, piece.id)
    tables = [_table(f"{prefix}-t{number}", grid, _held(number, marks)) for number, grid in _grids(reading.document)]
    at |= {mark.id: box.id for table in tables for row in table for box in row for mark in box.marks}
    edition = reading.edition and book.editions[reading.edition].label
    return {
        "id": prefix,
        "reading": reading,
        "title": reading.title or reading.file,
        "edition": edition,
        "at": at,
        "blocks": list(_blocks(reading.document, pieces, tables)),
        "doubts": [_doubt(doubt, figures, book) for doubt in reading.doubts],
        "counts": _counts(prefix, reading),
        "groups": [group for name in book.terms["group"] if (group := _group(name, figures, book))],
        "statements": [(mark, entry) for mark, entry in zip(marks[-len(reading.statements) :], reading.statements)]
        if reading.statements
        else [],
    }


def _marks(prefix: str, reading: Reading, book: Codebook) -> Iterator[Mark]:
    """The marks of figures, then of counts, then of statements."""
    for number, figure in enumerate(reading.figures, 1):
        yield Mark(f"{prefix}-f{number}", "figure", _called(figure, book), figure.place)
    for number, count in enumerate(reading.counts, 1):
        yield Mark(f"{prefix}-c{number}", "count", book.word(f"count_{count.reason}"), count.place)
    seen = {"problem": 0, "measure": 0}
    for number, entry in enumerate(reading.statements, 1):
        seen[entry.kind] += 1
        label = book.word(f"review_{entry.kind}", number=seen[entry.kind])
        yield Mark(f"{prefix}-s{number}", entry.kind, label, entry.place)
