"""What a reader of a comparison must mind: what does not hold, what is not exact, what counts otherwise, by unit."""

from collections.abc import Mapping, Sequence

import polars as pl

from analysis import wording
from analysis.charts.exhibit import Exhibit
from analysis.charts.names import bound, distinct, some
from analysis.checks import Finding
from analysis.codebook import Codebook

SHOWN_FINDINGS = 12


def doubts_among(
    rows: pl.DataFrame,
    stale_corrections: pl.DataFrame,
    findings: Sequence[Finding],
    book: Codebook,
    *,
    names: Mapping[str, str],
) -> Exhibit:
    """What must a reader mind? Rows of metrics.compared; `findings` that do not hold, of the same units and years."""
    called = distinct(names, book)
    name = str(rows["indicator"].first())
    latest = rows.filter(pl.col("year") >= int(str(rows["year"].max())) - 1)
    notes = [
        *_found([each for each in findings if each.indicator == name and each.severity != "notice"], called, book),
        *_listed(latest.filter(pl.col("place") == "rough"), "doubts_rough", called, book),
        *_listed(latest.filter(pl.col("corrected"), pl.col("value").is_not_null()), "doubts_corrected", called, book),
        *_breaks(rows, name, book),
        *_scopes(rows, book),
    ]
    if not stale_corrections.is_empty():
        notes.append(book.word("doubt_stale", count=stale_corrections.height))
    finding = book.word("doubts_finding", count=len(notes)) if notes else book.word("doubts_none")
    return Exhibit(topic=book.topics["doubts"].label, finding=finding, book=book, notes=notes)


def _found(findings: Sequence[Finding], called: Mapping[str, str], book: Codebook) -> list[str]:
    shown = [f"{called[each.unit]}{book.word('colon')}{each.text}" for each in findings[:SHOWN_FINDINGS]]
    rest = len(findings) - len(shown)
    told = [wording.Sentence(text, each.text.basis) for text, each in zip(shown, findings, strict=False)]
    return [*told, *([book.word("findings_more", count=rest)] if rest else [])]


def _listed(rows: pl.DataFrame, word: str, called: Mapping[str, str], book: Codebook) -> list[str]:
    held = list(rows.iter_rows(named=True))
    said = [
        book.word(
            "figure_of_year",
            year=row["year"],
            label=called[row["unit"]] + book.word("colon"),
            figure=wording.figure_marked(row, book),
        )
        for row in held
    ]
    return [bound(book.word(word, count=len(held), figures=some(said, book)), held, book)] if held else []


def _breaks(rows: pl.DataFrame, name: str, book: Codebook) -> list[str]:
    years = rows.filter(pl.col("value").is_not_null())["year"].to_list()
    return [
        book.word("doubt_break", label=book.label(name), year=entry.from_year, note=entry.note)
        for entry in book.changes(name)
        if years and min(years) < entry.from_year <= max(years)
    ]


def _scopes(rows: pl.DataFrame, book: Codebook) -> list[str]:
    """Of which scope the compared figures are, where some figure is of another."""
    used = rows.filter(pl.col("place") == "exact")["scope"].unique().to_list()
    apart = rows.filter(pl.col("place") == "other_scope").height
    return [book.word("doubts_scope", scope=book.term("scope", used[0]), count=apart)] if used and apart else []
