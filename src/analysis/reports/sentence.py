"""A sentence while its counts are read from left to right, and what it says around each of them."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.codebook import Meaning
from analysis.reports import context
from analysis.reports.numbers import Number

CLAUSE = re.compile(r"[，。；！？\n]")
STOP = re.compile(r"[，。；：、！？（）\n]")
BRACKETS = re.compile(r"（[^（）]*）")
QUOTES = re.compile("[“”]")


class Found(NamedTuple):
    """A meaning of a count, with the plain characters of the sentence that say so."""

    meaning: Meaning
    start: int
    end: int


@dataclass
class Sentence:
    """The text with what was made of its counts so far; every offset counts in the text."""

    text: str
    before: str  # what its paragraph said before it, with the headings above
    year: int
    edition: str
    begin: int = 0  # where the left side of the next count begins
    cut: list[Number] = field(default_factory=list[Number])  # counts on that side that were passed over
    passed: str = ""  # why the last of them was
    waiting: list[Meaning] = field(default_factory=list[Meaning])  # of "A and B: m and n", those to come
    given: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])  # indicators with their scope
    last: Meaning | None = None  # of the count before
    whole: Meaning | None = None  # what a sum of the counts before would count
    counts: int = 0  # how many had their turn
    meant: int = 0  # where the last count that had a meaning ends

    def clause(self, number: Number) -> int:
        """Where the clause of a count begins."""
        return max((match.end() for match in CLAUSE.finditer(self.text, 0, number.start)), default=0)

    def group(self, number: Number) -> str:
        """The clauses before a count, back to a semicolon."""
        return self.text[self.text.rfind("；", 0, number.start) + 1 : number.start]

    def side(self, number: Number) -> str:
        """The left side of a count: back to the last that had its turn, without those passed over and without time."""
        start, pieces = self.begin, list[str]()
        for cut in self.cut:
            pieces.append(self.text[start : cut.start])
            start = cut.end
        side = context.without_time("".join([*pieces, self.text[start : number.start]]), self.year)
        return QUOTES.sub("", BRACKETS.sub("", side))

    def behind(self, number: Number) -> str:
        """The right side of a count, up to the next stop and with it."""
        stop = STOP.search(self.text, number.end)
        return self.text[number.end : stop.end() if stop else None]

    def scope(self, number: Number) -> str:
        """Whom a count counts."""
        return context.scope(self.text[: number.start])

    def topics(self, end: int) -> frozenset[str]:
        """What is spoken of up to the character before `end`."""
        return frozenset(context.topics(self.before + self.text[:end]))

    def around(self, number: Number) -> str:
        """A count with the words beside it."""
        before = self.text[self.clause(number) : number.start]
        behind = STOP.split(self.text[number.end :], maxsplit=1)[0]
        return before[-24:] + self.text[number.start : number.end] + behind[:16]

    def pass_over(self, number: Number, reason: str) -> None:
        """Go on behind a count of another time: the noun before it may still belong to the next count."""
        self.cut.append(number)
        self.passed = reason

    def take(self, number: Number, found: list[Found], allowed: list[Found], whole: Meaning | None) -> None:
        """Go on behind a count whose meanings were `found`, and given where `allowed`."""
        self.given |= {(entry.meaning.indicator, self.scope(number)) for entry in allowed}
        self.begin = max([number.end, *(entry.end for entry in found)])
        self.cut, self.passed = [], ""
        self.last = found[-1].meaning if found else None
        self.whole = whole if found else self.whole
        self.meant = number.end if found else self.meant
