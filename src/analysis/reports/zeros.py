"""Sentences that say there was none: "did not receive any request", "reviews and lawsuits were both zero"."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from analysis.codebook import vocabulary
from analysis.reports import context
from analysis.reports.characters import Plain
from analysis.reports.entries import Figure, Span
from analysis.reports.outline import Paragraph

CLAUSES = re.compile(r"[^，。；！？\n]+")
VERB_REACH = 12  # characters behind a negation within which its verb stands


class _Patterns(NamedTuple):
    negation: re.Pattern[str]
    verbs: re.Pattern[str]
    verb_first: re.Pattern[str]
    bare: re.Pattern[str]
    stated: re.Pattern[str]
    joined: re.Pattern[str]
    possible: re.Pattern[str]
    everyone: re.Pattern[str]
    neutral: re.Pattern[str]
    nouns: dict[str, re.Pattern[str]]


def read(sentence: str, start: int, text: Plain, paragraph: Paragraph, year: int) -> Iterator[Figure]:
    """The zeros that a sentence of plain characters, which begins at `start`, states for `year`."""
    for clause in CLAUSES.finditer(sentence):
        before = sentence[: clause.start()]
        if context.period(before + clause[0], clause.start(), year) != "this":
            continue
        for indicator, first, last, said in _denied(clause[0]):
            begin, end = start + clause.start() + first, start + clause.start() + last
            yield Figure(
                indicator=indicator,
                applicant="total",
                scope=_scope(before + clause[0][:said]),
                value=0.0,
                status="reported",
                qualifier="exact",
                method="prose",
                section=paragraph.section,
                quote=clause[0][first:last],
                place=Span(*text.span(begin, end)),
            )


def _scope(before: str) -> str:
    scope = context.scope(before)
    return scope if scope != "portal" else "unstated"


def _denied(clause: str) -> Iterator[tuple[str, int, int, int]]:
    """Indicators that a clause says are zero, the characters that say so, and where its subject is said."""
    patterns = _patterns()
    if stated := patterns.stated.search(clause):
        for indicator in _heads(clause[: stated.start()]):
            yield indicator, 0, stated.end(), stated.start()
    for negation in patterns.negation.finditer(clause):
        behind = clause[negation.end() :]
        if context.is_part(clause[: negation.start()]):
            continue
        bare = patterns.bare.fullmatch(negation[0]) and not patterns.possible.search(behind)
        if not patterns.verbs.search(behind[:VERB_REACH]) and not bare:
            continue
        for indicator in _heads(patterns.verb_first.sub("", behind)):
            yield indicator, negation.start(), len(clause), negation.start()
        return


def _heads(phrase: str) -> Iterator[str]:
    """The indicators whose nouns stand at the end of the phrases joined in `phrase`, none of a narrower kind only."""
    patterns = _patterns()
    for piece in patterns.joined.split(patterns.everyone.sub("", phrase)):
        found = {name: match.start() for name, noun in patterns.nouns.items() if (match := noun.search(piece))}
        first = min(found, key=lambda name: found[name], default=None)
        if first and patterns.neutral.fullmatch(piece, 0, found[first]):
            yield first


@cache
def _patterns() -> _Patterns:
    words = vocabulary().words["zero"]
    tail = words["tail"]
    return _Patterns(
        negation=re.compile(f"(?!{words['not_negation']})(?:{words['negation']})"),
        verbs=re.compile(words["verbs"]),
        verb_first=re.compile(words["lead"]),
        bare=re.compile(words["bare"]),
        stated=re.compile(f"(?<![0-9.])(?:{words['stated']})$"),
        joined=re.compile(vocabulary().words["sense"]["joined"]),
        possible=vocabulary().pattern("possible", "words"),
        everyone=re.compile(words["everyone"]),
        neutral=re.compile(f"(?:{words['neutral']})*"),
        nouns={name: re.compile(f"(?:{noun}){tail}$") for name, noun in words["nouns"].items()},
    )
