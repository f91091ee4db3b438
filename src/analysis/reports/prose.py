"""Prose -> figures: every count is found first, then given at most one meaning, or none and a reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from analysis.codebook import Meaning, load, vocabulary
from analysis.reports import context, meaning, zeros
from analysis.reports.characters import Plain
from analysis.reports.entries import Count, Figure, Span
from analysis.reports.numbers import Number, numbers
from analysis.reports.outline import Paragraph

SENTENCE = re.compile(r"[^。！？\n]{1,1200}[。！？\n]?")  # no sentence is longer
REMEMBERED = 800  # characters of a paragraph before a sentence that say what it speaks of
STOP = re.compile(r"[，。；：、！？（）\n]")
CLAUSE = re.compile(r"[，。；！？\n]")
BRACKETS = re.compile(r"（[^（）]*）")
QUOTES = re.compile("[“”]")
TEN_THOUSAND = 10_000


class Prose(NamedTuple):
    """Figures, and counts without a meaning."""

    figures: list[Figure]
    counts: list[Count]


class _Found(NamedTuple):
    """A meaning of a count, with the plain characters of the sentence that say so."""

    meaning: Meaning
    start: int
    end: int


@dataclass
class _Sentence:
    """A sentence while its counts are read from left to right."""

    text: str
    start: int  # plain offset of its first character
    before: str  # what its paragraph said before it, with the headings above
    year: int
    edition: str
    side: int = 0  # where the left side of the next count begins
    cut: list[Number] = field(default_factory=list[Number])  # counts in the left side that were passed over
    waiting: list[Meaning] = field(default_factory=list[Meaning])  # of "A and B: m and n", those to come
    given: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])  # indicators with their scope
    passed: str = ""  # why the count before was passed over
    last: Meaning | None = None  # of the count before
    whole: Meaning | None = None  # what a sum of the counts before would count
    meant: int = 0  # where the last count that had a meaning ends


def read(text: Plain, paragraphs: list[Paragraph], year: int, edition: str) -> Prose:
    """What the facts among `paragraphs` of a report on `year` state; `edition` is the form of that year."""
    prose = Prose([], [])
    plan = vocabulary().pattern("sections", "plan", year)
    for paragraph in paragraphs:
        if paragraph.kind != "fact":
            continue
        for match in SENTENCE.finditer(text.text, paragraph.start, paragraph.end):
            if plan.search(match[0]):
                break
            before = (
                paragraph.topic + "。" + text.text[max(paragraph.start, match.start() - REMEMBERED) : match.start()]
            )
            sentence = _Sentence(match[0], match.start(), before, year, edition)
            _read_counts(sentence, text, paragraph, prose)
            prose.figures.extend(zeros.read(match[0], match.start(), text, paragraph, year))
    return prose


def _read_counts(sentence: _Sentence, text: Plain, paragraph: Paragraph, prose: Prose) -> None:
    found = numbers(sentence.text)
    first = len(prose.figures)
    for place, number in enumerate(found):
        until = found[place + 1].start if place + 1 < len(found) else len(sentence.text)
        if _is_total(sentence, number):
            _take_back(prose, first, sentence.whole)
        meanings, reason = _meanings(sentence, number, until)
        for entry in meanings:
            span = Span(*text.span(sentence.start + entry.start, sentence.start + entry.end))
            quote = sentence.text[entry.start : entry.end]
            prose.figures.append(_figure(sentence, number, entry.meaning, paragraph.section, quote, span))
        if not meanings:
            span = Span(*text.span(sentence.start + number.start, sentence.start + number.end))
            prose.counts.append(Count(_around(sentence, number), number.value, paragraph.section, span, reason))


def _is_total(sentence: _Sentence, number: Number) -> bool:
    """Whether a count sums up those before it: "8, ... 5, in all 13"."""
    whole = sentence.whole
    return (
        whole is not None
        and number.measure in whole.measures
        and bool(_pattern("total").match(_side(sentence, number)))
    )


def _whole(part: Meaning) -> Meaning | None:
    """What counts like `part` and others add up to: the same, or what it is part of; None where it is of neither."""
    if not part.part:
        return part
    whole = load().indicators[part.indicator].part_of
    return _first(whole) if whole else None


def _take_back(prose: Prose, first: int, meaning: Meaning | None) -> None:
    """What was given to the parts of a total, from the figure `first` on, is no figure."""
    for place in range(len(prose.figures) - 1, first - 1, -1):
        figure = prose.figures[place]
        if meaning and figure.indicator == meaning.indicator and isinstance(figure.place, Span):
            del prose.figures[place]
            prose.counts.append(Count(figure.quote, figure.value or 0.0, figure.section, figure.place, "part"))


def _figure(sentence: _Sentence, number: Number, meaning: Meaning, section: str, quote: str, span: Span) -> Figure:
    indicator = meaning.indicator
    value = number.value / TEN_THOUSAND if _in_ten_thousands(indicator) else number.value
    scope = context.scope(sentence.text[: number.start])
    if scope == "portal" and not indicator.startswith("published_items"):
        scope = "unstated"
    return Figure(indicator, "total", scope, value, meaning.status, number.qualifier, "prose", section, quote, span)


@cache
def _in_ten_thousands(indicator: str) -> bool:
    return load().indicators[indicator].unit == vocabulary().words["tables"]["ten_thousand"]


def _around(sentence: _Sentence, number: Number) -> str:
    """A count with the words beside it."""
    before = CLAUSE.split(sentence.text[: number.start])[-1]
    behind = STOP.split(sentence.text[number.end :], maxsplit=1)[0]
    return before[-24:] + sentence.text[number.start : number.end] + behind[:16]


def _meanings(sentence: _Sentence, number: Number, until: int) -> tuple[list[_Found], str]:
    """What `number` means, or nothing and the reason."""
    before = sentence.text[: number.start]
    when = context.period(before, _clause(before), sentence.year)
    new = sentence.passed == "cumulative" and context.is_part(_clauses(sentence, number))
    if when == "this" and not new and context.is_change(before, sentence.text[number.end : until]):
        when = "change"
    if when != "this":
        sentence.cut.append(number)
        sentence.passed = when
        return [], when
    if _is_unrelated(sentence, number):
        return [], "unrelated"
    found = _nouns(sentence, number, until)
    allowed = [entry for entry in (_allowed(sentence, number, entry) for entry in found) if entry]
    scope = context.scope(before)
    sentence.given |= {(entry.meaning.indicator, scope) for entry in allowed}
    sentence.side, sentence.cut, sentence.passed = max([number.end, *(entry.end for entry in found)]), [], ""
    sentence.last = found[-1].meaning if found else None
    sentence.whole = _whole(sentence.last) if sentence.last else sentence.whole
    sentence.meant = number.end if found else sentence.meant
    return allowed, "part" if found and not allowed else "no_meaning"


def _nouns(sentence: _Sentence, number: Number, until: int) -> list[_Found]:
    """The things that a count counts: to its left back to the count before, else to its right."""
    if sentence.waiting:
        return [_Found(sentence.waiting.pop(0), number.start, number.end)]
    side = _side(sentence, number)
    spoken = _topics(sentence, number.start)
    if noun := meaning.left(side, number.measure, spoken, sentence.edition):
        nouns = [*meaning.joined(side, noun, number.measure, spoken, sentence.edition), noun]
        words = vocabulary().words["sense"]
        gap = side[noun.end :]
        if len(nouns) > 1 and words["apart"] in gap:
            sentence.waiting = [other.meaning for other in nouns[1:]]
            nouns = nouns[:1]
        elif len(nouns) > 1 and words["each"] not in gap and number.value:
            return []  # one count of several things together
        found = [_located(sentence, number, other, side) for other in nouns]
    else:
        stop = STOP.search(sentence.text, number.end)
        behind = sentence.text[number.end : stop.end() if stop else None]
        spoken = _topics(sentence, min(until, number.end + len(behind)))
        noun = meaning.right(behind, number.measure, spoken, sentence.edition)
        found = [_Found(noun.meaning, number.start, number.end + noun.end)] if noun else []
        for other in (_again, _channel_of, _follower, _subject):
            found = found or other(sentence, number, side)
    return [entry for entry in found if entry.meaning.indicator != "none"]


def _is_unrelated(sentence: _Sentence, number: Number) -> bool:
    """Whether a count is said to stand beside the figures of disclosure, or sorts an office's own papers."""
    start = sentence.text.rfind("；", 0, number.start) + 1
    behind = re.split("[；。]", sentence.text[number.end :], maxsplit=1)[0]
    papers = _pattern("sorted").search(sentence.text, start)
    return _pattern("unrelated").search(behind) is not None or (papers is not None and papers.start() < number.start)


def _channel_of(sentence: _Sentence, number: Number, side: str) -> list[_Found]:
    """The channel that a part of the published items went through: "..., 171 of them on the website"."""
    if not sentence.last or not sentence.last.indicator.startswith("published_items"):
        return []
    named = context.channels(side)
    if number.measure not in sentence.last.measures or len(named) != 1 or not _pattern("published").search(side):
        return []
    name = next(iter(named))
    return [_Found(_first("published_items_other" if name == "other" else name), sentence.side, number.end)]


def _follower(sentence: _Sentence, number: Number, side: str) -> list[_Found]:
    """What a count means by the one right before it: people behind trainings."""
    name = vocabulary().words["follows"].get(sentence.last.indicator) if sentence.last else None
    follower = _first(name) if name else None
    if follower and number.measure in follower.measures and meaning.is_filling(side):
        return [_Found(follower, sentence.side, number.end)]
    return []


def _again(sentence: _Sentence, number: Number, side: str) -> list[_Found]:
    """The thing that the count before counted, where nothing but whose it is stands between the two."""
    if sentence.whole and _is_total(sentence, number):
        return [_Found(sentence.whole, sentence.side, number.end)]
    same = sentence.last and number.measure in sentence.last.measures and _pattern("again").match(side)
    return [_Found(sentence.last, sentence.side, number.end)] if same and sentence.last else []


def _subject(sentence: _Sentence, number: Number, side: str) -> list[_Found]:
    """The thing that opens the clause before, where only filling words follow that clause."""
    noun = meaning.subject(side, number.measure, _topics(sentence, number.start), sentence.edition)
    return [_located(sentence, number, noun, side)] if noun else []


def _pattern(name: str) -> re.Pattern[str]:
    return vocabulary().pattern("sense", name)


def _topics(sentence: _Sentence, end: int) -> frozenset[str]:
    return frozenset(context.topics(sentence.before + sentence.text[:end]))


def _side(sentence: _Sentence, number: Number) -> str:
    """The text to the left of a count, back to the last count that had its turn; what was passed over is cut out."""
    start, pieces = sentence.side, list[str]()
    for cut in sentence.cut:
        pieces.append(sentence.text[start : cut.start])
        start = cut.end
    side = context.without_time("".join([*pieces, sentence.text[start : number.start]]), sentence.year)
    return QUOTES.sub("", BRACKETS.sub("", side))


def _located(sentence: _Sentence, number: Number, noun: meaning.Noun, side: str) -> _Found:
    """A noun of the left side, found again in the sentence."""
    start = sentence.text.rfind(side[noun.start : noun.end], 0, number.start)
    return _Found(noun.meaning, start if start >= 0 else _clause(sentence.text[: number.start]), number.end)


def _allowed(sentence: _Sentence, number: Number, found: _Found) -> _Found | None:
    """`found` with its channel, or None where the count is only part of what it names or holds more."""
    indicator = found.meaning.indicator
    group = _clauses(sentence, number)
    part = context.is_part(group) and not found.meaning.part and not _is_other_scope(sentence, number, indicator)
    if indicator == "published_items_website" and context.scope(sentence.text[: number.start]) == "portal":
        return found._replace(meaning=_first("published_items"))
    if indicator == "published_items":
        return _by_first(sentence, number, found, part=part and sentence.passed not in {"cumulative", "other"})
    if indicator == "requests_received":
        words = vocabulary()
        includes = words.pattern("carried", "includes_received").search(group)
        if includes or words.pattern("carried", "included").search(sentence.text[number.end :]):
            return None
    return None if part and indicator in {name for name, _ in sentence.given} else found


def _clauses(sentence: _Sentence, number: Number) -> str:
    """The clauses before a count, back to a semicolon."""
    return sentence.text[sentence.text.rfind("；", 0, number.start) + 1 : number.start]


def _is_other_scope(sentence: _Sentence, number: Number, indicator: str) -> bool:
    """Whether a figure was given for another scope before: this one is no part of it without a name."""
    scope = context.scope(sentence.text[: number.start])
    return scope == "own" and (indicator, "region") in sentence.given


def _by_first(sentence: _Sentence, number: Number, found: _Found, *, part: bool) -> _Found | None:
    """Published items: one channel named means that channel, several or none the total."""
    start = max(sentence.meant, sentence.text.rfind("；", 0, number.start) + 1)
    side = sentence.text[start : number.start]
    named = context.channels(side)
    if len(named) == 1 and context.scope(sentence.text[: number.start]) != "portal":
        name = next(iter(named))
        return None if name == "other" else found._replace(meaning=_first(name))
    lone = len(named) != 1 and _pattern("subordinate").search(side)
    return None if part or lone else found


@cache
def _first(indicator: str) -> Meaning:
    return next(entry for entry in vocabulary().meanings if entry.indicator == indicator)


def _clause(before: str) -> int:
    """Where the last clause of `before` begins."""
    return max((match.end() for match in CLAUSE.finditer(before)), default=0)
