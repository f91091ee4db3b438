"""What a report says is wrong, and what it promises: one statement for each item."""

from collections.abc import Iterator

from analysis.codebook import vocabulary
from analysis.reports.characters import Plain
from analysis.reports.entries import Span, Statement
from analysis.reports.outline import Paragraph

STOPS = ("。", "；", "！")
SHORTEST = 6  # characters: less says nothing


def read(text: Plain, paragraphs: list[Paragraph], original: str, year: int | None) -> Iterator[Statement]:
    """The problems and measures in `paragraphs`, quoted from the `original` text."""
    plan = vocabulary().pattern("sections", "plan", year)
    for paragraph in paragraphs:
        if paragraph.kind not in {"problem", "measure"} or paragraph.is_heading:
            continue
        kind = paragraph.kind
        for start, end in _items(text.text[paragraph.start : paragraph.end]):
            words = text.text[paragraph.start + start : paragraph.start + end]
            kind = "measure" if plan.search(words) else kind
            if end - start >= SHORTEST:
                span = Span(*text.span(paragraph.start + start, paragraph.start + end))
                yield Statement(kind, original[span.start : span.end], paragraph.section, span)


def _items(paragraph: str) -> Iterator[tuple[int, int]]:
    """Where the items of a paragraph begin and end, without their marks; all of it where it has none."""
    marks = list(vocabulary().pattern("sections", "item").finditer(paragraph))
    if not marks and paragraph.endswith(STOPS):
        yield 0, len(paragraph)
    for place, mark in enumerate(marks):
        yield mark.end(), marks[place + 1].start() if place + 1 < len(marks) else len(paragraph)
