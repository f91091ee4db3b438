"""What a count means: the noun that it counts, to its left before its right."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from analysis.codebook import Meaning, vocabulary

REACH = 48  # characters to the left in which the noun ends


class Noun(NamedTuple):
    """A meaning and where its noun begins and ends in the text given."""

    meaning: Meaning
    start: int
    end: int


def left(text: str, measure: str, spoken: frozenset[str], edition: str) -> Noun | None:
    """The noun at the end of `text`, with nothing but filling words behind it."""
    pattern, meanings = _before(measure, spoken, edition)
    if pattern is None:
        return None
    for end in _ends(text):
        window = max(0, end - REACH)
        if (match := pattern.search(text[window:end])) and match.lastgroup:
            return Noun(meanings[int(match.lastgroup[1:])], window + match.start(), end)
    return None


def subject(text: str, measure: str, spoken: frozenset[str], edition: str) -> Noun | None:
    """The noun that opens the clause before the last one, if that last one holds nothing but filling words."""
    start, _, last = text.rstrip("，").rpartition("，")
    if not start or min(_ends(last)) > 0:
        return None
    clause = start.rpartition("，")[2].lstrip("；、。")
    found = [
        Noun(meaning, text.find(clause), text.find(clause) + match.end())
        for meaning in _possible(measure, spoken, edition)
        if meaning.before and not meaning.part and (match := re.match(f"(?:{meaning.before})", clause))
    ]
    return next((noun for noun in found if _opens(text[noun.end :])), None)


def is_filling(text: str) -> bool:
    """Whether `text` holds nothing but filling words."""
    return min(_ends(text)) == 0


def _opens(behind: str) -> bool:
    """Whether a noun that opens a clause is what the clause is about."""
    return vocabulary().pattern("sense", "about").match(behind) is not None


def right(text: str, measure: str, spoken: frozenset[str], edition: str) -> Noun | None:
    """The noun in `text`, which follows a count up to the next stop; of several the longest."""
    found = [
        Noun(meaning, 0, match.end())
        for meaning, pattern in _after(measure, spoken, edition)
        if (match := pattern.match(text)) and not vocabulary().pattern("sense", "not_counted").search(match[0])
    ]
    return max(found, key=lambda noun: noun.end, default=None)


def joined(text: str, noun: Noun, measure: str, spoken: frozenset[str], edition: str) -> list[Noun]:
    """Nouns that stand joined before `noun` ("reviews and lawsuits"), the first one first."""
    match = _joiner().search(text[: noun.start])
    if not match:
        return []
    pattern, meanings = _before(measure, spoken, edition)
    found = pattern.search(text[max(0, match.start() - REACH) : match.start()]) if pattern else None
    if not found or found.lastgroup is None:
        return []
    meaning = meanings[int(found.lastgroup[1:])]
    if meaning.indicator in {"none", noun.meaning.indicator}:
        return []
    other = Noun(meaning, max(0, match.start() - REACH) + found.start(), match.start())
    return [*joined(text, other, measure, spoken, edition), other]


def _ends(text: str) -> Iterator[int]:
    """The places from which on `text` holds nothing but filling words, the last one first."""
    filler = _filler()
    places = [len(text)]
    seen = {len(text)}
    while places:
        end = places.pop(0)
        yield end
        for start in range(end - 1, max(-1, end - 6), -1):
            if start not in seen and filler.fullmatch(text, start, end):
                seen.add(start)
                places.append(start)
        places.sort(reverse=True)


@cache
def _before(measure: str, spoken: frozenset[str], edition: str) -> tuple[re.Pattern[str] | None, list[Meaning]]:
    """One pattern for the nouns before a count; its groups are numbered as the meanings are."""
    possible = [meaning for meaning in _possible(measure, spoken, edition) if meaning.before]
    alternatives = "|".join(f"(?P<m{number}>{meaning.before})" for number, meaning in enumerate(possible))
    return (re.compile(f"(?:{alternatives})$") if possible else None), possible


@cache
def _after(measure: str, spoken: frozenset[str], edition: str) -> list[tuple[Meaning, re.Pattern[str]]]:
    head = vocabulary().words["sense"]["head"]
    possible = [meaning for meaning in _possible(measure, spoken, edition) if meaning.after]
    return [(meaning, re.compile(f"(?:{meaning.after}){head}")) for meaning in possible]


def _possible(measure: str, spoken: frozenset[str], edition: str) -> list[Meaning]:
    return [
        meaning
        for meaning in vocabulary().meanings
        if measure in meaning.measures
        and (not meaning.topic or meaning.topic in spoken)
        and (not meaning.editions or edition in meaning.editions)
    ]


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(vocabulary().words["sense"]["filler"])


@cache
def _joiner() -> re.Pattern[str]:
    return re.compile(f"(?:{vocabulary().words['sense']['joined']})(?:{vocabulary().words['sense']['joined_verb']})?$")
