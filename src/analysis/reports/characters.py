"""Plain text to search in, and the way back: every plain character knows its offset in the original."""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.codebook import vocabulary

WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
PUNCTUATION = str.maketrans("()（）,;:,﹐﹔﹕﹙﹚!?", "（）（），；：，，；：（）！？")
SHORTEST_FULL = 18  # characters: no page is so narrow
KNOWN_CELLS = 20_000
WIDTHLESS = frozenset("\u200b\u200c\u200d\ufeff\u00ad")
THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")


class Plain(NamedTuple):
    """Text without white space, digits and letters narrow, punctuation wide; `at` gives each character's offset.

    Lines that sense and not a page's width divides end with a line feed.
    """

    text: str
    at: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's offsets of plain characters from `start` to before `end`."""
        return (self.at[start], self.at[end - 1] + 1)

    def place(self, offset: int) -> int:
        """The first plain character at or behind an offset of the original."""
        return bisect_left(self.at, offset)


def plain(text: str) -> Plain:
    """`text` made plain; lines that the width of a page has broken are joined."""
    out: list[str] = []
    at = array("q")
    table = _table()
    offset = 0
    lines = text.split("\n")
    full = _full_width(lines)
    for number, line in enumerate(lines):
        for place, character in enumerate(line, offset):
            if not character.isspace() and character not in WIDTHLESS:
                out.append(table.get(character, character))
                at.append(place)
        offset += len(line) + 1
        if out and out[-1] != "\n" and not _goes_on(lines, number, full):
            out.append("\n")
            at.append(min(offset - 1, max(len(text) - 1, 0)))
    return Plain(_thousands("".join(out)), at)


def narrow(text: str) -> str:
    """`text` in plain characters, its white space kept."""
    table = _table()
    return "".join(table.get(character, character) for character in text)


@lru_cache(maxsize=KNOWN_CELLS)
def tidy(text: str) -> str:
    """A label or a cell in plain characters, without white space."""
    return "".join(character for character in narrow("".join(text.split())) if character not in WIDTHLESS)


def _thousands(text: str) -> str:
    """A comma between digits, three of which follow, is no stop of the sentence."""
    return THOUSANDS.sub(",", text)


def _goes_on(lines: list[str], number: int, full: int) -> bool:
    """Whether the sense of a line goes on in the next one: it is full, not closed, and nothing new begins below."""
    if not full or number + 1 == len(lines):
        return False
    line, below = lines[number].strip(), lines[number + 1].strip()
    if not line or not below:
        return False
    words = vocabulary().words["characters"]
    closed = line[-1] in words["closing"] or len(line) < full
    return not closed and not re.match(words["opening"], below)


def _full_width(lines: list[str]) -> int:
    """From how many characters on a line counts as full: three quarters of the common longest."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    return max(lengths[int(len(lengths) * 0.9)] * 3 // 4, SHORTEST_FULL) if lengths else 0


@cache
def _table() -> dict[str, str]:
    variants = vocabulary().words["characters"]["variants"]
    table = {chr(wide): chr(narrow) for wide, narrow in WIDE.items()}
    table |= {variants[i]: variants[i + 1] for i in range(0, len(variants), 2)}
    table |= _radicals()
    wide = {chr(code): chr(target) for code, target in PUNCTUATION.items()}
    return {key: wide.get(value, value) for key, value in table.items()} | wide


def _radicals() -> dict[str, str]:
    """Kangxi radicals, which Unicode itself maps to the usual characters."""
    return {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
