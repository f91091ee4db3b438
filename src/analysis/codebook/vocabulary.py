"""How reports are printed and written: labels of the forms' cells, meanings of counts, words and patterns."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from analysis.codebook.opening import entries, rows


@dataclass(frozen=True)
class Label:
    """A cell of a form's table by the words printed beside it; several spellings of one are alternatives.

    `under`: the heading (for statistics: the indicator) below which alone the words mean `indicator`.
    """

    table: str
    indicator: str
    row: tuple[str, ...]
    column: tuple[str, ...]
    under: str


@dataclass(frozen=True)
class Meaning:
    """What a count in prose may mean: its measure words, and patterns of what stands before or behind it.

    `topic`: what the paragraph must speak of; `editions`: of the reporting year, where only some; `part`: it may be
    part of another count; `status`: of the figure. The indicator "none" takes up what is no figure.
    """

    indicator: str
    measures: tuple[str, ...]
    topic: str
    editions: tuple[str, ...]
    status: str
    before: str
    after: str
    part: bool


@dataclass(frozen=True)
class Vocabulary:
    """All of it; `words` are the tables of reading.toml."""

    labels: tuple[Label, ...]
    meanings: tuple[Meaning, ...]
    words: Mapping[str, Any]

    def pattern(self, table: str, word: str, year: int | None = None) -> re.Pattern[str]:
        """The pattern `word` of a table of reading.toml, with the reporting year and the years beside it filled in."""
        return _pattern(self.words[table][word], year)


@cache
def _pattern(text: str, year: int | None) -> re.Pattern[str]:
    years = {"{year}": year, "{last}": year and year - 1, "{next}": year and year + 1}
    for name, value in years.items():
        text = text.replace(name, str(value))
    return re.compile(text)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of reports, which are written in Chinese whatever the language of the page."""
    labels = [
        Label(row["table"], row["indicator"], _alternatives(row["row"]), _alternatives(row["column"]), row["under"])
        for row in rows("labels.csv")
    ]
    meanings = entries("meanings.toml")
    words = entries("reading.toml")
    return Vocabulary(
        tuple(labels), tuple(_meaning(entry, meanings["measures"]) for entry in meanings["meaning"]), words
    )


def _meaning(entry: dict[str, Any], measures: dict[str, str]) -> Meaning:
    return Meaning(
        indicator=entry["indicator"],
        measures=_alternatives(measures[entry["measures"]]),
        topic=entry.get("topic", ""),
        editions=tuple(entry.get("editions", ())),
        status=entry.get("status", "reported"),
        before=entry.get("before", ""),
        after=entry.get("after", ""),
        part=entry.get("part", False),
    )


def _alternatives(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
