"""What stands around the findings: the masthead, and the doubts a reader must know."""

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from analysis import wording
from analysis.charts.exhibit import Exhibit
from analysis.charts.names import group
from analysis.checks import Finding
from analysis.codebook import Codebook
from analysis.facts import Unit
from analysis.metrics import Field


def masthead(
    reports: pl.DataFrame, book: Codebook, *, title: str, unit: Unit, years: list[int], about: Sequence[str] = ()
) -> Exhibit:
    """Whose page this is, of which years, and how recent its figures are; `title` is a key of the wording.

    `about`: what else it is about.
    """
    dates = reports["published_on"].drop_nulls()
    latest = dates.max() if dates.len() == reports.height else book.word("masthead_as_of_some", date=dates.max())
    as_of = book.word("masthead_as_of", date=latest) if dates.len() else book.word("masthead_as_of_unknown")
    span = "masthead_year" if len(years) == 1 else "masthead_years"
    period = book.word(span, year=years[-1], first=years[0], last=years[-1])
    return Exhibit(
        topic=book.word(title),
        finding=unit.named(book.language),
        book=book,
        statistic=book.word(f"question_{title}"),
        block="masthead",
        content={
            "facts": [period, book.term("level", unit.level), *about, as_of],
            "notice": book.word("invented") if unit.invented else "",
        },
    )


def about(among: Field, indicator: str, book: Codebook) -> list[str]:
    """What a page compares: which units, and by which indicator."""
    called = group(among.level, among.parent_level, book)
    return [
        book.word("comparison_about", group=called, count=len(among.units)),
        book.word("comparison_of", label=book.label(indicator)),
    ]


def doubts(
    rows: pl.DataFrame,
    reports: pl.DataFrame,
    stale_corrections: pl.DataFrame,
    findings: Sequence[Finding] | None,
    book: Codebook,
) -> Exhibit:
    """What must a reader mind? Everything in `rows` (a panel) that is not simply reported, in plain words.

    `findings` are those that do not hold, of the same unit and years; None where another exhibit tells them.
    """
    told = findings or []
    notes = [
        *_found(rows, [finding for finding in told if finding.severity != "notice"], book),
        *_of_status(rows, book),
        *_approximations(rows, book),
        *_printed_gaps(rows, book),
        *_corrected(rows, book),
        *_revised(rows, book),
        *_breaks(rows, book),
        *_coverage(rows, reports, book),
        *_odd(rows, [finding for finding in told if finding.severity == "notice"], book),
    ]
    if not stale_corrections.is_empty():
        notes.append(book.word("doubt_stale", count=stale_corrections.height))
    none = book.word("doubts_none" if findings is not None else "doubts_unmarked")
    finding = book.word("doubts_finding", count=len(notes)) if notes else none
    return Exhibit(topic=book.topics["doubts"].label, finding=finding, book=book, notes=notes)


def _found(rows: pl.DataFrame, findings: Sequence[Finding], book: Codebook) -> list[str]:
    """What does not hold among the figures of the page; figures that conflict are told with their sources."""
    shown = set(rows["indicator"].cast(pl.String))
    torn = set(rows.filter(pl.col("status") == "conflicting").select("year", "indicator").iter_rows())
    notes: list[str] = []
    for finding in findings:
        told = finding.rule == "prose_table" and (finding.year, finding.indicator) in torn
        if not told and (not finding.indicator or finding.indicator in shown):
            said = book.word("accepted_because", reason=finding.reason) if finding.standing == "accepted" else ""
            notes.append(wording.Sentence(finding.text + said, finding.text.basis))
    return notes


def _odd(rows: pl.DataFrame, findings: Sequence[Finding], book: Codebook) -> list[str]:
    """What is worth a look in the last year of the page, nobody having done so: abrupt changes as one list."""
    shown = set(rows["indicator"].cast(pl.String))
    latest = [each for each in findings if each.year == rows["year"].max() and each.standing != "accepted"]
    jumped = [
        (each, each.left, each.right)
        for each in latest
        if each.rule == "jump" and each.indicator in shown and each.left is not None and each.right is not None
    ]
    others = [
        each.text for each in latest if each.rule not in {"jump", "unreported"} and each.indicator in {"", *shown}
    ]
    return [*others, *([_jumps(jumped, book)] if jumped else [])]


def _jumps(jumped: Sequence[tuple[Finding, float, float]], book: Codebook) -> wording.Sentence:
    told = [
        book.word(
            "jumped",
            label=book.label(each.indicator),
            last=wording.counted(last, each.indicator, book),
            now=wording.counted(now, each.indicator, book),
        )
        for each, last, now in jumped
    ]
    said = book.word("doubt_jumps", year=jumped[0][0].year, changes=wording.listed(told, book))
    return wording.Sentence(said, [basis for each, _, _ in jumped for basis in each.text.basis])


def _of_status(rows: pl.DataFrame, book: Codebook) -> list[str]:
    notes: list[str] = []
    for (year, name), held in rows.filter(pl.col("value").is_not_null()).group_by(
        "year", "indicator", maintain_order=True
    ):
        said = {"year": year, "label": book.label(str(name))}
        if (held["status"] == "conflicting").any():
            stated = held.sort(pl.col("method").is_in(["table", "computed"]), descending=True, maintain_order=True)
            figures = wording.listed(
                (text for row in stated.iter_rows(named=True) for text in _stated(row, book)), book
            )
            notes.append(
                wording.bound(book.word("doubt_conflicting", **said, figures=figures), stated.to_dicts(), book)
            )
        for row in held.filter(pl.col("status").is_in(["definition_differs", "estimated"])).iter_rows(named=True):
            told = {"figure": wording.figure(row, book), "evidence": row["evidence"]}
            notes.append(wording.bound(book.word(f"doubt_{row['status']}", **said, **told), [row], book))
    return notes


def _stated(row: dict[str, Any], book: Codebook) -> list[str]:
    """A figure with its scope and place, and what else the report states for it."""
    told = [wording.scope(row["scope"], book), row["evidence"], book.term("method", row["method"])]
    place = wording.clauses(told, book)
    others = [wording.counted(value, row["indicator"], book) for value in row["others"]]
    return [book.word("in_brackets", text=wording.figure(row, book), aside=place), *others]


def _approximations(rows: pl.DataFrame, book: Codebook) -> list[str]:
    rounded = rows.filter(pl.col("qualifier").is_in(["approx", "at_least"]))
    said = [
        book.word(
            "figure_of_year", year=row["year"], label=book.label(row["indicator"]), figure=wording.figure(row, book)
        )
        for row in rounded.iter_rows(named=True)
    ]
    told = book.word("doubt_approx", figures=wording.listed(said, book))
    return [wording.bound(told, rounded.to_dicts(), book)] if said else []


def _printed_gaps(rows: pl.DataFrame, book: Codebook) -> list[str]:
    gaps = rows.filter(pl.col("status").is_in(book.printed_gaps))
    return [
        book.word(
            f"doubt_{status}",
            year=year,
            count=held.height,
            labels=wording.listed((book.label(name) for name in dict.fromkeys(held["indicator"])), book),
        )
        for (year, status), held in gaps.group_by("year", "status", maintain_order=True)
    ]


def _corrected(rows: pl.DataFrame, book: Codebook) -> list[str]:
    return [
        wording.bound(_correction(row, book), [row], book)
        for row in rows.filter(pl.col("corrected")).iter_rows(named=True)
    ]


def _revised(rows: pl.DataFrame, book: Codebook) -> list[wording.Sentence]:
    """The figures that a new version of their report changed."""
    return [
        wording.bound(
            book.word(
                "doubt_revised",
                year=row["year"],
                label=book.label(row["indicator"]),
                first=wording.figure({**row, "value": row["first"], "qualifier": row["first_qualifier"]}, book),
                figure=wording.figure(row, book),
            ),
            [row],
            book,
        )
        for row in rows.filter(pl.col("first").is_not_null()).iter_rows(named=True)
    ]


def _correction(row: dict[str, Any], book: Codebook) -> str:
    printed = book.word("printed_none") if row["printed"] is None else wording.number(row["printed"], book)
    told = {"label": book.label(row["indicator"]), "figure": wording.figure(row, book), "printed": printed}
    return book.word("doubt_corrected", year=row["year"], **told)


def _breaks(rows: pl.DataFrame, book: Codebook) -> list[str]:
    """The changes of definition that lie between the stated years, and what earlier forms counted under a label."""
    stated = rows.filter(pl.col("value").is_not_null())
    notes: list[str] = []
    for name in dict.fromkeys(stated["indicator"]):
        years = stated.filter(pl.col("indicator") == name)["year"].to_list()
        for entry in book.changes(name):
            just_before = book.edition_of(max(years)) == book.edition_of(entry.from_year - 1)
            crossed = min(years) < entry.from_year <= max(years)
            if crossed or (entry.tells_before and max(years) < entry.from_year and just_before):
                notes.append(book.word("doubt_break", label=book.label(name), year=entry.from_year, note=entry.note))
    return notes


def _coverage(rows: pl.DataFrame, reports: pl.DataFrame, book: Codebook) -> list[str]:
    years = sorted(rows["year"].unique())
    reported = dict(reports.select("year", pl.col("coverage").cast(pl.String)).iter_rows())
    missing = [year for year in years if year not in reported]
    selected = [year for year in years if reported.get(year) == "selected"]
    tables = [year for year in years if reported.get(year) == "tables"]
    unaddressed = sorted(reports.filter(pl.col("url").is_null())["year"])
    kinds = {
        "doubt_missing_years": missing,
        "doubt_selected": selected,
        "doubt_tables": tables,
        "doubt_no_url": unaddressed,
    }
    return [book.word(kind, years=_years(held, book)) for kind, held in kinds.items() if held]


def _years(years: Iterable[int], book: Codebook) -> str:
    return wording.listed((book.word("year", year=year) for year in years), book)
