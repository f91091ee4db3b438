"""What is printed in a cell: a label by which rows and columns are known, or a figure, a blank, a dash, a word."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.codebook import vocabulary
from analysis.reports.characters import THOUSANDS, tidy

NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(.*)", re.DOTALL)
LONGEST = 20  # characters: a longer number is none of the form's
KNOWN_LABELS = 10_000
QUOTES = str.maketrans("", "", "“”\"'‘’「」『』·.．、，：；*")


class Value(NamedTuple):
    """A cell's figure or None, the status of that, and whether words beside the figure were left aside."""

    value: float | None
    status: str
    beside: bool


def value(text: str) -> Value:
    """What a cell of figures holds: blank, a number (with its measure word or a note), or something else in words."""
    cell = THOUSANDS.sub(",", tidy(text))
    if not cell:
        return Value(None, "blank", beside=False)
    found = NUMBER.fullmatch(cell)
    if not found or len(found[1]) > LONGEST:
        return Value(None, "worded", beside=False)
    behind = found[2]
    note = vocabulary().pattern("tables", "note").fullmatch(behind) is not None
    if behind and not note and behind not in _measures():
        return Value(None, "worded", beside=False)
    return Value(float(found[1].replace(",", "")), "reported", beside=note)


def is_figure(text: str) -> bool:
    """Whether a cell may stand among figures: blank, a number, a dash, one short word."""
    cell = tidy(text)
    return value(cell).value is not None or not any(map(str.isalnum, cell)) or cell in _words_for_none()


@lru_cache(maxsize=KNOWN_LABELS)
def label(text: str) -> str:
    """A printed label reduced to what identifies it: no numbering, no notes in brackets, no quotes or stops."""
    numbering, note = vocabulary().pattern("tables", "numbering"), vocabulary().pattern("tables", "note")
    plain = tidy(text)
    while match := numbering.match(plain):
        plain = plain[match.end() :]
    plain = note.sub("", plain) or plain
    while match := numbering.match(plain):
        plain = plain[match.end() :]
    return plain.translate(QUOTES)


@cache
def _measures() -> frozenset[str]:
    return frozenset(vocabulary().words["numbers"]["measures"])


@cache
def _words_for_none() -> frozenset[str]:
    return frozenset(vocabulary().words["tables"]["none"].split("|"))
