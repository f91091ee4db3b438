"""Prose -> figures: every count is found first, then given at most one meaning, or none and a reason."""

import re
from functools import cache
from typing import NamedTuple

from analysis.codebook import load, vocabulary
from analysis.reports import sense, zeros
from analysis.reports.characters import Plain
from analysis.reports.entries import Count, Figure, Growth, Span
from analysis.reports.numbers import Number, numbers
from analysis.reports.outline import Paragraph
from analysis.reports.printed import TEN_THOUSAND
from analysis.reports.sentence import Found, Sentence

SENTENCE = re.compile(r"[^。！？\n]{1,1200}[。！？\n]?")  # no sentence is longer
REMEMBERED = 800  # characters of a paragraph before a sentence that say what it speaks of


class Prose(NamedTuple):
    """Figures, counts without a meaning, and by how much figures are said to have grown."""

    figures: list[Figure]
    counts: list[Count]
    growths: list[Growth]


def read(text: Plain, paragraphs: list[Paragraph], year: int, edition: str) -> Prose:
    """What the facts among `paragraphs` of a report on `year` state; `edition` is the form of that year."""
    prose = Prose([], [], [])
    plan = vocabulary().pattern("sections", "plan", year)
    for paragraph in paragraphs:
        if paragraph.kind != "fact":
            continue
        for match in SENTENCE.finditer(text.text, paragraph.start, paragraph.end):
            if plan.search(match[0]):
                break
            start = match.start()
            said = text.text[max(paragraph.start, start - REMEMBERED) : start]
            sentence = Sentence(match[0], f"{paragraph.topic}。{said}", year, edition)
            _read_counts(sentence, start, text, paragraph, prose)
            prose.figures.extend(zeros.read(match[0], start, text, paragraph, year))
    return prose


def _read_counts(sentence: Sentence, start: int, text: Plain, paragraph: Paragraph, prose: Prose) -> None:
    """Add what the counts of `sentence`, which begins at the plain character `start`, mean."""
    found = numbers(sentence.text)
    first = len(prose.figures)
    for place, number in enumerate(found):
        until = found[place + 1].start if place + 1 < len(found) else len(sentence.text)
        if sense.is_total(sentence, number) and sentence.whole:
            _take_back(prose, first, sentence.whole.indicator)
        meanings, reason = sense.read(sentence, number, until)
        for entry in meanings:
            span = Span(*text.span(start + entry.start, start + entry.end))
            prose.figures.append(_figure(sentence, number, entry, paragraph.section, span))
            if growth := _growth(sentence, start, entry, prose.figures[-1], text):
                prose.growths.append(growth)
        if not meanings:
            span = Span(*text.span(start + number.start, start + number.end))
            prose.counts.append(Count(sentence.around(number), number.value, paragraph.section, span, reason))


def _growth(sentence: Sentence, start: int, found: Found, figure: Figure, text: Plain) -> Growth | None:
    """The growth on the year before that is told right behind a figure of `sentence`, which begins at `start`."""
    match = vocabulary().pattern("growth", "behind").match(sentence.text, found.end)
    if match is None or match["base"] not in {None, str(sentence.year - 1)}:
        return None
    fell = vocabulary().pattern("growth", "fell").search(match["way"]) is not None
    percent = float(match["percent"]) * (-1 if fell else 1)
    if percent < -100:
        return None
    place = Span(*text.span(start + found.start, start + match.end()))
    return Growth(figure.indicator, figure.scope, percent, figure.quote + match[0], figure.section, place)


def _take_back(prose: Prose, first: int, indicator: str) -> None:
    """What was given to the parts of a total, from the figure `first` on, is no figure."""
    for place in range(len(prose.figures) - 1, first - 1, -1):
        figure = prose.figures[place]
        if figure.indicator == indicator:
            del prose.figures[place]
            prose.counts.append(without_meaning(figure, "part"))


def without_meaning(figure: Figure, reason: str) -> Count:
    """The count that a figure of prose was read from."""
    assert isinstance(figure.place, Span)  # noqa: S101 a figure of prose has no cell
    counted = (figure.value or 0.0) * (TEN_THOUSAND if _in_ten_thousands(figure.indicator) else 1)
    return Count(figure.quote, counted, figure.section, figure.place, reason)


def _figure(sentence: Sentence, number: Number, found: Found, section: str, span: Span) -> Figure:
    indicator = found.meaning.indicator
    scope = sentence.scope(number)
    if scope == "portal" and not indicator.startswith("published_items"):
        scope = "unstated"
    return Figure(
        indicator=indicator,
        applicant="total",
        scope=scope,
        value=number.value / TEN_THOUSAND if _in_ten_thousands(indicator) else number.value,
        status=found.meaning.status,
        qualifier=number.qualifier,
        method="prose",
        section=section,
        quote=sentence.text[found.start : found.end],
        place=span,
    )


@cache
def _in_ten_thousands(indicator: str) -> bool:
    return load().indicators[indicator].unit == vocabulary().words["tables"]["ten_thousand"]
