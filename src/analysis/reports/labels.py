"""Printed labels -> the entries of the codebook that they name."""

from collections.abc import Iterable
from functools import cache, lru_cache

from analysis.codebook import Label, vocabulary
from analysis.reports.cells import KNOWN_LABELS, label

SHORTEST_PART = 4  # characters of a printed label that may stand for a longer one, or the other way round


@cache
def of_table(table: str) -> tuple[Label, ...]:
    """The labels of one table of the forms."""
    return tuple(entry for entry in vocabulary().labels if entry.table == table)


@lru_cache(maxsize=KNOWN_LABELS)
def row(table: str, text: str, under: str = "") -> Label | None:
    """The row of `table` whose label `text` is, exactly or as a part of at least four characters."""
    printed = label(text)
    known = [(label(word), entry) for entry in of_table(table) for word in entry.row if entry.under in {"", under}]
    for word, entry in known:
        if word == printed:
            return entry
    parts = [
        (len(word), entry)
        for word, entry in known
        if (word in printed or printed in word) and min(len(word), len(printed)) >= SHORTEST_PART
    ]
    longest = max((length for length, _ in parts), default=0)
    found = {entry.indicator: entry for length, entry in parts if length == longest}
    return next(iter(found.values())) if len(found) == 1 else None


@lru_cache(maxsize=KNOWN_LABELS)
def is_row(table: str, text: str) -> bool:
    """Whether `text` is exactly the label of a row of `table`."""
    printed = label(text)
    return any(printed == label(word) for entry in of_table(table) for word in entry.row)


def in_any_table(text: str) -> bool:
    """Whether `text` is exactly the label of a row of any table."""
    return any(is_row(table, text) for table in ("active", "requests", "statistics"))


@lru_cache(maxsize=KNOWN_LABELS)
def column(table: str, text: str) -> str:
    """The label of a column of `table` that `text` is, as the codebook spells it; "" where it is none."""
    printed = label(text)
    for entry in of_table(table):
        if any(label(word) == printed for word in entry.column):
            return entry.column[0]
    return ""


def cell(table: str, row_text: str, column_text: str) -> Label | None:
    """The entry of `table` in the row and the column with these labels."""
    printed_row, printed_column = label(row_text), label(column_text)
    for entry in of_table(table):
        if printed_row in _spellings(entry.row) and printed_column in _spellings(entry.column):
            return entry
    return None


@lru_cache(maxsize=KNOWN_LABELS)
def applicant(text: str) -> str:
    """The kind of applicant that a column's label names; "" where it names none."""
    printed = label(text)
    for name, words in vocabulary().words["tables"]["applicants"].items():
        if printed in words.split("|"):
            return name
    return ""


@cache
def _spellings(words: Iterable[str]) -> frozenset[str]:
    return frozenset(label(word) for word in words)
