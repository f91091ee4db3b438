"""What a sentence says around a count: its period, its scope, what it speaks of, whether it is part of another."""

import re
from functools import cache
from typing import NamedTuple

from analysis.codebook import vocabulary

ASIDE = re.compile(r"（[^（）]*）|“[^“”]*”|《[^《》]*》")  # brackets, quotes, titles
LEAD = 2  # characters: a year that opens a sentence holds for all of it
DISPUTES = ("reviews", "lawsuits", "direct", "after_review")


class Period(NamedTuple):
    """Patterns of one reporting year."""

    any: re.Pattern[str]
    cumulative: re.Pattern[str]
    not_cumulative: re.Pattern[str]


@cache
def periods(year: int) -> Period:
    """The patterns by which a sentence of a report on `year` says of when it speaks."""
    book = vocabulary()
    compared = book.pattern("sense", "compared", year).pattern
    this = book.pattern("period", "this", year).pattern
    others = "|".join(book.pattern("period", name, year).pattern for name in ("last", "next", "other"))
    some, rate = (book.pattern("period", name, year).pattern for name in ("some", "rate"))
    return Period(
        re.compile(f"(?P<compared>{compared})|(?P<rate>{rate})|(?P<this>{this})|(?P<some>{some})|(?P<other>{others})"),
        book.pattern("period", "cumulative", year),
        book.pattern("period", "not_cumulative", year),
    )


def period(before: str, clause: int, year: int) -> str:
    """Of when a count speaks, by what its sentence says before it: this, other, some, rate, compared or cumulative.

    `clause` is where the count's own clause begins: comparisons and averages do not reach beyond theirs.
    """
    patterns = periods(year)
    before = ASIDE.sub(_blank, before)
    reset = max((match.end() for match in _pattern("change_to").finditer(before)), default=0)
    last, reached = "this", 0
    for match in patterns.any.finditer(before):
        kind = match.lastgroup or "this"
        closed = kind in {"other", "some"} and match.start() > LEAD and "；" in before[match.end() :]
        reaches = kind not in {"compared", "rate"} or match.start() >= clause
        if match.end() > reset and not closed and reaches:
            last, reached = kind, match.end()
    cumulative = [match.end() for match in patterns.cumulative.finditer(before)]
    if last in {"this", "other"} and cumulative and reached <= cumulative[-1]:
        clause = max(before.rfind(stop, 0, cumulative[-1]) for stop in "，。；") + 1
        return "this" if patterns.not_cumulative.search(before, clause) else "cumulative"
    return last


def _blank(match: re.Match[str]) -> str:
    """What was said aside reaches no further; offsets stay."""
    return " " * len(match[0])


def _pattern(name: str) -> re.Pattern[str]:
    return vocabulary().pattern("sense", name)


def is_change(before: str, behind: str) -> bool:
    """Whether a count tells by how much something changed, or from where it rose or fell."""
    return bool(_pattern("change").search(before[-8:]) or _pattern("from_here").match(behind))


def is_planned(clause: str) -> bool:
    """Whether a count behind `clause` tells what was to be done."""
    return _pattern("planned").search(clause) is not None


def of_years_apart(before: str, counts: int, year: int) -> bool | None:
    """For "in 2012 and 2013, 9 and 12": whether the count behind `counts` others is of `year`; None elsewhere."""
    match = _pattern("years_apart").search(before)
    if match is None:
        return None
    years = re.findall(r"20\d\d", match[1])
    return years[counts] == str(year) if counts < len(years) else None


def is_part(clauses: str) -> bool:
    """Whether a count behind `clauses` is part of another one: in brackets, or behind words that say so."""
    return clauses.count("（") > clauses.count("）") or _pattern("part").search(clauses) is not None


def without_time(text: str, year: int) -> str:
    """`text` without what says when, and without "rose from ... to": what is left names the thing counted."""
    return _pattern("change_to").sub("", periods(year).any.sub("", text))


def scope(before: str) -> str:
    """Whom a count counts, by the last word before it that says so; "unstated" where none does."""
    before = ASIDE.sub(_blank, before)
    found = {name: [match.end() for match in pattern.finditer(before)] for name, pattern in _scopes().items()}
    ends = {name: max(places) for name, places in found.items() if places}
    last = max(ends, key=lambda name: ends[name], default="others")
    return "unstated" if last == "others" else last


def topics(before: str) -> set[str]:
    """What the text before a count speaks of; of reviews and kinds of lawsuit only the one named last."""
    ends: dict[str, tuple[int, int]] = {}
    for name, pattern in _topics().items():
        for match in pattern.finditer(before):
            ends[name] = (match.end(), -match.start())
    disputes = [name for name in DISPUTES if name in ends]
    last = max(disputes, key=lambda name: ends[name], default="")
    spoken = {name for name in ends if name not in DISPUTES} | ({last} if last else set[str]())
    over = {"decoy": "requests", "requests": "publication"}  # the later of two such topics closes the other
    closed = {other for one, other in over.items() if _after(ends, one, other)}
    return spoken - closed - {"decoy"}


def channels(clause: str) -> set[str]:
    """The channels of publication that a clause names; several at once where it says "and others"."""
    named = {name for name, pattern in _channels().items() if pattern.search(clause)}
    return named | ({"other"} if named and _pattern("and_others").search(clause) else set[str]())


def _after(ends: dict[str, tuple[int, int]], one: str, other: str) -> bool:
    return one in ends and other in ends and ends[one][0] > ends[other][0]


def _words(name: str) -> dict[str, str]:
    return vocabulary().words[name]


@cache
def _scopes() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(text) for name, text in _words("scope").items()}


@cache
def _topics() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(text) for name, text in _words("topics").items()}


@cache
def _channels() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(text) for name, text in _words("channels").items()}
