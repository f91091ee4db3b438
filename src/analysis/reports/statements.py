"""What a report says is wrong, and what it promises: one statement for each item."""

import re
from collections.abc import Iterator

from analysis.codebook import vocabulary
from analysis.reports.characters import Plain
from analysis.reports.entries import Span, Statement
from analysis.reports.outline import Paragraph

STOPS = ("。", "；", "！")
LEAD = re.compile(r"^[^。；]{2,40}：")
SHORTEST = 6  # characters: less says nothing


def read(text: Plain, paragraphs: list[Paragraph], original: str, year: int | None) -> Iterator[Statement]:
    """The problems and measures in `paragraphs`, quoted from the `original` text."""
    plan = vocabulary().pattern("sections", "plan", year)
    turn = vocabulary().pattern("sections", "turn", year)
    for paragraph in paragraphs:
        if paragraph.kind not in {"problem", "measure"} or paragraph.is_heading:
            continue
        kind = paragraph.kind
        for lead, start, end in _items(text.text[paragraph.start : paragraph.end]):
            words = text.text[paragraph.start + start : paragraph.start + end]
            kind = "measure" if turn.search(_last(lead)) or plan.search(_last(lead)) or plan.search(words) else kind
            if end - start >= SHORTEST:
                span = Span(*text.span(paragraph.start + start, paragraph.start + end))
                quote = original[span.start : span.end].replace("\n", "")
                yield Statement(kind, quote, paragraph.section, span)


def _last(lead: str) -> str:
    """The last sentence of what leads over to an item."""
    return re.split("[。；]", lead)[-1]


def _items(paragraph: str) -> Iterator[tuple[str, int, int]]:
    """The items of a paragraph: what leads over to each, and where it begins and ends, its mark left out."""
    marks = [match.span() for match in vocabulary().pattern("sections", "item").finditer(paragraph)]
    if not marks and (lead := LEAD.match(paragraph)) and "；" in paragraph:
        starts = [lead.end(), *(match.end() for match in re.finditer("；", paragraph))]
        marks = [(start, start) for start in starts if start < len(paragraph)]
    if not marks:
        if paragraph.endswith(STOPS):
            yield "", 0, len(paragraph)
        return
    lead_text = paragraph[: marks[0][0]]
    for place, (_, start) in enumerate(marks):
        end = marks[place + 1][0] if place + 1 < len(marks) else len(paragraph)
        closed = max(paragraph.rfind(stop, start, end) for stop in STOPS) + 1
        stop = closed if closed > start else end
        yield lead_text, start, stop
        lead_text = paragraph[stop:end]
