"""Problems and measures of a report beside those of the year before: which are said again, which are new or gone."""

import re
from collections.abc import Iterator

import polars as pl
from rapidfuzz import fuzz, process

from analysis.codebook import Codebook
from analysis.facts import Disclosures

SCHEMA = {
    "kind": pl.String, "text": pl.String, "last": pl.String, "alike": pl.Float64, "evidence": pl.String,
    "compared": pl.Boolean,
}  # fmt: skip
NUMBER = re.compile(r"\d+")


def repeated(data: Disclosures, book: Codebook, *, unit: str, year: int) -> pl.DataFrame:
    """One row a statement: its `text` this year, the one of the `last` year most like it, how `alike` in percent.

    A null `last` is a statement that is new, a null `text` one of the year before that is not made again; `compared`
    is False where the words of the year before are not held, so that neither is known. Numbers are left aside. No
    rows where the words of the year's report are not held.
    """
    now, last = (_said(data, unit, each) for each in (year, year - 1))
    rows = [
        (kind, *row, bool(last))
        for kind in book.terms["statement"]
        for row in _beside(now.get(kind, {}), last.get(kind, {}), book.repeated_statement)
    ]
    return pl.DataFrame(rows if now else [], schema=SCHEMA, orient="row")


def _said(data: Disclosures, unit: str, year: int) -> dict[str, dict[str, str]]:
    """The texts of a year's report by kind, each with its place."""
    reports = data.reports_of([unit], [year])["report"]
    rows = data.own("statements").filter(pl.col("source").is_in(reports.implode())).sort("number")
    told: dict[str, dict[str, str]] = {}
    for kind, text, evidence in rows.select("kind", "text", "evidence").iter_rows():
        told.setdefault(kind, {})[text] = evidence
    return told


def _beside(
    now: dict[str, str], last: dict[str, str], least: float
) -> Iterator[tuple[str | None, str | None, float | None, str | None]]:
    masked = {text: NUMBER.sub("#", text) for text in last}
    again: set[str] = set()
    for text, evidence in now.items():
        found = process.extractOne(NUMBER.sub("#", text), masked, scorer=fuzz.ratio, score_cutoff=least)
        _, alike, before = found or (None, None, None)
        again |= {before} if before else set()
        yield text, before, alike, evidence
    yield from ((None, text, None, None) for text in last if text not in again)
