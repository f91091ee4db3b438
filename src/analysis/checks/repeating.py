"""Problems and measures of a report beside those of the year before: which are said again, which are new or gone."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import polars as pl
from rapidfuzz import fuzz, process

from analysis.codebook import Codebook, vocabulary
from analysis.facts import Disclosures

SCHEMA = {"kind": pl.String, "text": pl.String, "last": pl.String, "alike": pl.Float64, "compared": pl.Boolean}


def repeated(data: Disclosures, book: Codebook, *, unit: str, year: int) -> pl.DataFrame:
    """One row a statement: its `text` this year, the one of the `last` year most like it, how `alike` in percent.

    A null `last` is a statement that is new, a null `text` one of the year before that none of this year is like;
    `compared` is False where no statement of its kind is held for the year before, so that neither is known. Numbers
    are left aside. No rows where the words of the year's report are not held.
    """
    now, last = (_said(data, unit, each) for each in (year, year - 1))
    rows = [
        (kind, *row, kind in last)
        for kind in book.terms["statement"]
        for row in _beside(now.get(kind, []), last.get(kind, []), book.repeated_statement)
    ]
    return pl.DataFrame(rows if now else [], schema=SCHEMA, orient="row")


def _said(data: Disclosures, unit: str, year: int) -> dict[str, list[str]]:
    """The texts of a year's report by kind."""
    reports = data.reports_of([unit], [year])["report"]
    rows = data.own("statements").filter(pl.col("source").is_in(reports.implode())).sort("number")
    told = rows.group_by("kind", maintain_order=True).agg(pl.col("text").unique(maintain_order=True))
    return dict(told.with_columns(pl.col("kind").cast(pl.String)).iter_rows())


def _beside(
    now: Sequence[str], last: Sequence[str], least: float
) -> Iterator[tuple[str | None, str | None, float | None]]:
    for text in now:
        before, alike = _most_like(text, last, least) or (None, None)
        yield text, before, alike
    yield from ((None, text, None) for text in last if _most_like(text, now, least) is None)


def _most_like(text: str, others: Sequence[str], least: float) -> tuple[str, float] | None:
    masked = {other: _masked(other) for other in others}
    found = process.extractOne(_masked(text), masked, scorer=fuzz.ratio, score_cutoff=least)
    return None if found is None else (found[2], found[1])


def _masked(text: str) -> str:
    return _number().sub("#", text)


@cache
def _number() -> re.Pattern[str]:
    """A number in digits or in Chinese numerals."""
    return re.compile(f"[0-9{vocabulary().words['numbers']['numerals']}]+")
