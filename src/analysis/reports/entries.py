"""What a report says once it was understood: figures, counts without a meaning, statements, doubts."""

from dataclasses import dataclass
from typing import NamedTuple

from analysis.reports.document import Document


class Span(NamedTuple):
    """Characters of a document's text, from `start` to before `end`."""

    start: int
    end: int


class Cell(NamedTuple):
    """A cell of a document's tables, each counted from 0."""

    grid: int
    row: int
    column: int


@dataclass(frozen=True)
class Figure:
    """One figure and where it stands; `value` is None where the cell holds none.

    `section`: the heading's number and, in a table, the cell by the words beside it. `quote`: the words or the cell
    as printed. `place`: where to find them in the document.
    """

    indicator: str
    applicant: str
    scope: str
    value: float | None
    status: str
    qualifier: str
    method: str
    section: str
    quote: str
    place: Span | Cell

    @property
    def evidence(self) -> str:
        """The figure's place in words, for the column of the data."""
        place = f" [{self.place.start}-{self.place.end}]" if isinstance(self.place, Span) else ""
        return f"{self.section} “{self.quote}”{place}".strip()


@dataclass(frozen=True)
class Count:
    """A number with its measure word that means none of the indicators, or not of this year; `reason` says why."""

    quote: str
    value: float
    section: str
    place: Span
    reason: str


@dataclass(frozen=True)
class Statement:
    """A problem that the report names ("problem") or a measure that it promises ("measure")."""

    kind: str
    text: str
    section: str
    place: Span


@dataclass(frozen=True)
class Growth:
    """By how many percent a figure of the text grew (below 0: fell) on the year before, as the report says."""

    indicator: str
    scope: str
    percent: float
    quote: str
    section: str
    place: Span


@dataclass(frozen=True)
class Doubt:
    """Something a reviewer should look at; `doubt` names its text in the codebook's wording, `values` fill it.

    Of these, `label` is the indicator concerned or the words printed, `found` an edition.
    """

    doubt: str
    values: dict[str, str]


@dataclass(frozen=True)
class Reading:
    """All that was read from one file. `unit` is the name as printed; it and `year` are None where nothing says so."""

    file: str
    sha256: str
    document: Document
    title: str
    unit: str | None
    year: int | None
    edition: str | None
    published_on: str | None
    figures: tuple[Figure, ...]
    counts: tuple[Count, ...]
    statements: tuple[Statement, ...]
    growths: tuple[Growth, ...]
    doubts: tuple[Doubt, ...]
