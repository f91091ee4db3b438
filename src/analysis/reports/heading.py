"""Who reports on which year: title, unit, reporting year and date of publication, and doubts about them."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from analysis.codebook import vocabulary
from analysis.reports.characters import Plain, narrow, plain
from analysis.reports.document import Document
from analysis.reports.entries import Doubt
from analysis.reports.numbers import in_digits

TOP_LINES = 14  # of the text: the title stands there
LONGEST_TITLE = 70
LONGEST_NAME = 40
LONGEST_BYLINE = 120
EARLIEST, LATEST = 2000, 2100
NAMING = ("ContentSource", "SiteName")


class Heading(NamedTuple):
    """What names a report; None where nothing says it."""

    title: str
    unit: str | None
    year: int | None
    published_on: str | None
    doubts: list[Doubt]


def read(document: Document, text: Plain) -> Heading:
    """What names the report `document`, whose text is `text` in plain characters."""
    title, match = _title(document)
    titled = _year(match.group("year", "late", "last", "noted")) if match else None
    period = vocabulary().pattern("heading", "period").search(text.text)
    stated = _year(period.groups()) if period else None
    doubts: list[Doubt] = []
    if titled and stated and titled != stated:
        doubts.append(Doubt("title_year_differs", {"title": str(titled), "period": str(stated)}))
    year = stated or titled
    if year is None:
        doubts.append(Doubt("year_unknown", {}))
    unit = _unit(document, text, match)
    if unit is None:
        doubts.append(Doubt("unit_unknown", {}))
    return Heading(title, unit, year, _published_on(document, year), doubts)


def _title(document: Document) -> tuple[str, re.Match[str] | None]:
    """The first line that reads as a report's title, those that name a unit before others, and its match."""
    pattern = vocabulary().pattern("heading", "title")
    best: tuple[str, re.Match[str] | None] = ("", None)
    for line in _lines(document):
        bare = _bare(line)
        odd = vocabulary().pattern("heading", "not_title").search(line)
        match = pattern.search(bare) if len(bare) <= LONGEST_TITLE and not odd else None
        if match is None:
            continue
        if _name(match):
            return bare[: match.end()], match
        if best[1] is None:
            best = (bare[: match.end()], match)
    return best


def _lines(document: Document) -> Iterator[str]:
    """Lines that may be the title: those named as such, the top of the text alone and in pairs, the rest."""
    named = [line.partition(": ")[2] for line in document.head if line.startswith("ArticleTitle")]
    top = [line for line in document.text.split("\n")[:TOP_LINES] if line]
    pairs = [one + other for one, other in pairwise(top) if len(one) < LONGEST_NAME]
    return iter([*named, *top, *pairs, *document.head])


def _bare(line: str) -> str:
    text = in_digits(plain(line).text.rstrip("\n"))
    return vocabulary().pattern("heading", "not_name").sub("", text)


def _name(match: re.Match[str]) -> str:
    """The unit that a title names, before the year or behind it."""
    clean = vocabulary().pattern("heading", "not_name")
    for part in match.group("before", "behind"):
        name = clean.sub("", part or "")
        if 1 < len(name) < LONGEST_NAME and not vocabulary().pattern("heading", "no_unit").search(name):
            return name
    return ""


def _unit(document: Document, text: Plain, title: re.Match[str] | None) -> str | None:
    """The name of the unit: from the title, who publishes or prepared it, the page's metadata, or who signs."""
    words = vocabulary()
    if title and (name := _name(title)):
        full = name + words.words["heading"]["government"]
        around = text.text + "".join(document.head)
        return full if words.pattern("heading", "place").search(name) and full in around else name
    said = [words.pattern("heading", name).search(text.text) for name in ("published_by", "prepared")]
    named = [match[1] for match in said if match]
    held = [line.partition(": ")[2] for line in document.head if line.startswith(NAMING)]
    signed = [line for line in map(_bare, document.text.split("\n")[-TOP_LINES:]) if _signs(line)]
    for name in [*named, *map(_bare, held), *signed]:
        if name and not words.pattern("heading", "no_unit").search(name):
            return name
    return None


def _signs(line: str) -> bool:
    return vocabulary().pattern("heading", "signature").match(line) is not None


def _year(groups: tuple[str | None, ...]) -> int | None:
    held = [int(text) for text in groups if text]
    return held[0] if held and EARLIEST <= held[0] <= LATEST else None


def _published_on(document: Document, year: int | None) -> str | None:
    """The day of publication: a date near the report's top or end in the two years that follow the reporting year."""
    pattern = vocabulary().pattern("heading", "published_on")
    says = [vocabulary().pattern("heading", name) for name in ("publication", "byline")]
    lines = document.text.split("\n")
    near = [line for line in [*document.head, *lines[:6], *lines[-6:]] if len(line) < LONGEST_BYLINE]
    near = [line for line in near if not vocabulary().pattern("heading", "not_byline").search(line)]
    named = [line[match.start() :] for said in says for line in near if (match := said.search(line))]
    for line in [*named, *near]:
        for match in pattern.finditer(in_digits(narrow(line))):
            if year and year < int(match[1]) <= year + 2:
                return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    return None
