"""Texts joined as a language joins them: clauses of a sentence, lists, spans of years."""

from collections.abc import Iterable

from analysis.codebook import Codebook


def clauses(texts: Iterable[str], book: Codebook) -> str:
    """The texts that say something, as clauses of one sentence."""
    return book.word("clause_separator").join(text for text in texts if text)


def listed(texts: Iterable[str], book: Codebook) -> str:
    """The texts as a list within a sentence."""
    return book.word("list_separator").join(texts)


def period(years: Iterable[int], book: Codebook) -> str:
    """The span of `years`: "2013年" or "2013—2017年"."""
    first, last = min(held := list(years)), max(held)
    return book.word("year", year=first) if first == last else book.word("years", first=first, last=last)
