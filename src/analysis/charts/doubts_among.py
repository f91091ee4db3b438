"""What a reader of a comparison must mind: what does not hold, what is not exact, what counts otherwise, by unit."""

from collections.abc import Mapping, Sequence

import polars as pl

from analysis import wording
from analysis.charts.exhibit import Exhibit
from analysis.charts.names import distinct, some
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
    notes = [
        *_found([each for each in findings if each.indicator == name], called, book),
        *_marked(rows.filter(pl.col("value").is_not_null()), called, book),
        *_breaks(rows, name, book),
        *_scopes(rows, book),
    ]
    if not stale_corrections.is_empty():
        notes.append(book.word("doubt_stale", count=stale_corrections.height))
    none = book.word("doubts_among_none", label=book.label(name))
    finding = book.word("doubts_finding", count=len(notes)) if notes else none
    return Exhibit(topic=book.topics["doubts"].label, finding=finding, book=book, notes=notes)


def _found(findings: Sequence[Finding], called: Mapping[str, str], book: Codebook) -> list[str]:
    """What does not hold, the latest first within what is as grave, and how many more."""
    grave = list(book.terms["severity"])
    ordered = sorted(findings, key=lambda each: (grave.index(each.severity), -each.year))
    told = [
        wording.Sentence(_told(each, called[each.unit], book), each.text.basis) for each in ordered[:SHOWN_FINDINGS]
    ]
    rest = len(findings) - len(told)
    return [*told, *([book.word("findings_more", count=rest)] if rest else [])]


def _told(finding: Finding, unit: str, book: Codebook) -> str:
    said = book.word("accepted_because", reason=finding.reason) if finding.standing == "accepted" else ""
    return unit + book.word("colon") + finding.text + said


def _marked(stated: pl.DataFrame, called: Mapping[str, str], book: Codebook) -> list[str]:
    """The figures that are not simply stated: how many of each kind, the latest first; then those that were corrected.

    A figure is of the kind that its status tells, else its qualifier; one that is derived but rounded is rounded.
    """
    doubtful, derived = ["conflicting", "definition_differs"], pl.col("status") == "estimated"
    kind = (
        pl.when(pl.col("status").is_in(doubtful) | (derived & (pl.col("qualifier") == "exact")))
        .then("status")
        .when(pl.col("qualifier") != "exact")
        .then("qualifier")
    )
    kinds = stated.with_columns(kind=kind).filter(pl.col("kind").is_not_null())
    labels = {name: entry.label for name, entry in book.statuses.items()}
    labels |= {name: entry.label for name, entry in book.terms["qualifier"].items()}
    held = [
        ("doubts_derived" if name == "estimated" else "doubts_rough", labels[str(name)], of)
        for (name,), of in kinds.group_by("kind", maintain_order=True)
    ]
    corrected = stated.filter("corrected")
    return [
        _listed(of, word, label, called, book)
        for word, label, of in [*held, ("doubts_corrected", "", corrected)]
        if not of.is_empty()
    ]


def _listed(rows: pl.DataFrame, word: str, kind: str, called: Mapping[str, str], book: Codebook) -> wording.Sentence:
    held = rows.sort("year", descending=True, maintain_order=True).to_dicts()
    said = [
        book.word("figure_of_unit", unit=called[row["unit"]], year=row["year"], figure=wording.figure_marked(row, book))
        for row in held
    ]
    return wording.bound(book.word(word, kind=kind, count=len(held), figures=some(said, book)), held, book)


def _breaks(rows: pl.DataFrame, name: str, book: Codebook) -> list[str]:
    years = rows.filter(pl.col("value").is_not_null())["year"].to_list()
    return [
        book.word("doubt_break", label=book.label(name), year=entry.from_year, note=entry.note)
        for entry in book.changes(name)
        if years and min(years) < entry.from_year <= max(years)
    ]


def _scopes(rows: pl.DataFrame, book: Codebook) -> list[str]:
    """Of which scope the compared figures are, where some figure is of another."""
    used = rows.filter(pl.col("place").is_in(["exact", "rough"]))["scope"].unique().to_list()
    apart = rows.filter(pl.col("place") == "other_scope").height
    return [book.word("doubts_scope", scope=book.term("scope", used[0]), count=apart)] if used and apart else []
