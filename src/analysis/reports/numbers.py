"""Plain text -> the numbers in it that count something: their value, how exact, and their measure word."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from analysis.codebook import vocabulary

LONGEST = 20  # characters: a longer number counts nothing


class Number(NamedTuple):
    """Plain characters from `start` to before `end`, measure word and qualifier among them."""

    start: int
    end: int
    value: float
    qualifier: str
    measure: str


class _Patterns(NamedTuple):
    number: re.Pattern[str]
    phrases: re.Pattern[str]
    never_before: re.Pattern[str]
    indefinite: re.Pattern[str]
    never_after: re.Pattern[str]
    before: dict[str, re.Pattern[str]]
    bare: dict[str, str]
    after: dict[str, tuple[str, ...]]
    powers: dict[str, int]
    linking: str


def numbers(text: str) -> list[Number]:
    """The counts in `text`, in order; years, dates, ordinals, codes, percentages and fixed phrases are none."""
    patterns = _patterns()
    fixed = [match.span() for match in patterns.phrases.finditer(text)]
    found: list[Number] = []
    for match in patterns.number.finditer(text):
        inside = any(start <= match.start() < end for start, end in fixed) and not match["digits"]
        if not inside and (number := _number(text, match, patterns)):
            found.append(number)
    return found


def in_digits(text: str) -> str:
    """`text` with years, months and days in digits that it writes in Chinese numerals."""
    words = vocabulary().words["numbers"]
    year = str.maketrans(words["zeros"] + words["ones"], "0" * len(words["zeros"]) + "123456789")
    text = re.sub(words["spoken_year"], lambda match: match[0].translate(year), text)
    return re.sub(words["spoken_day"], lambda match: f"{_spoken(match[0]) or 0:g}", text)


def _number(text: str, match: re.Match[str], patterns: _Patterns) -> Number | None:
    start, end = match.span()
    window = text[max(0, start - 16) : start]
    if not match["measure"] or patterns.never_after.match(text, match.end("amount")):
        return None
    if patterns.never_before.search(window) or (match["words"] and patterns.indefinite.search(window)):
        return None
    value = _value(match, patterns)
    if value is None:
        return None
    return Number(start, end, value, _qualifier(window, match, patterns), match["measure"])


def _value(match: re.Match[str], patterns: _Patterns) -> float | None:
    tenths = (_spoken(match["tenths"]) or 0.0) / 10 if match["tenths"] else 0.0
    if match["digits"]:
        if len(match["digits"]) > LONGEST:
            return None
        value = float(match["digits"].replace(",", ""))
        return round(value * patterns.powers.get(match["times"] or "", 1) + tenths, 6)
    whole = _spoken(match["words"])
    return None if whole is None else whole + tenths


@cache
def _spoken(words: str) -> float | None:
    """The value of a Chinese numeral; None where it is none."""
    import cn2an

    lead = next(iter(vocabulary().words["numbers"]["one"]))
    for text in (words, lead + words):
        try:
            return float(cn2an.cn2an(text, "smart"))
        except (ValueError, KeyError, IndexError):  # what cn2an raises for words that are no numeral
            continue
    return None


def _qualifier(window: str, match: re.Match[str], patterns: _Patterns) -> str:
    window = window.rstrip(patterns.linking)
    for qualifier, word in patterns.bare.items():
        if window.endswith(word) and (match["words"] or "").startswith(tuple(patterns.powers)):
            return qualifier
    for qualifier, pattern in patterns.before.items():
        if pattern.search(window):
            return qualifier
    more = "".join(match[name] or "" for name in ("more", "more_behind", "more_after"))
    for qualifier, words in patterns.after.items():
        if any(word in more for word in words):
            return qualifier
    return "exact"


@cache
def _patterns() -> _Patterns:
    words = vocabulary().words["numbers"]
    after = {name: tuple(text.split("|")) for name, text in words["after"].items()}
    more = "|".join(_longest_first(word for group in after.values() for word in group))
    measures = "|".join(_longest_first(words["measures"]))
    digits = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    powers = "".join(words["powers"])
    number = (
        rf"(?P<amount>(?:(?P<digits>{digits})(?P<more>{more})?(?P<times>[{powers}])?|(?P<words>[{words['numerals']}]+))"
        rf"(?P<more_behind>{more})?)(?:（?(?P<measure>{measures})(?:（[^（）]{{1,3}}）|）)?(?P<more_after>{more})?)?"
        rf"(?:(?P<tenths>[{words['numerals']}0-9]){words['tenth']})?"
    )
    return _Patterns(
        re.compile(number),
        re.compile("|".join(_longest_first(words["phrases"]))),
        re.compile(words["never_before"]),
        re.compile(words["indefinite"]),
        re.compile(words["never_after"]),
        {name: re.compile(f"(?:{text})$") for name, text in words["before"].items()},
        words["bare"],
        after,
        words["powers"],
        words["linking"],
    )


def _longest_first(words: Iterator[str] | list[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)
