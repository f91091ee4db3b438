"""The figures behind a page as a workbook: every figure with where it is from, every table, the words, the reports."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl
from nbformat import NotebookNode

from analysis import codebook, facts, metrics, wording
from analysis.codebook import Codebook
from analysis.dashboards.plan import OF_REGIONS, REGION, Dashboard
from analysis.dashboards.sheets import ROWS, Cell, Link, Printed, Sheet, book_of
from analysis.facts import Disclosures

NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
MARKED = ("statuses", "qualifier", "scope", "method", "coverage")  # closed lists whose words stand in the figures
OF_FIGURES = (
    *("unit_name", "unit_id", "year", "label", "indicator", "applicant", "value", "measure", "status", "qualifier"),
    *("scope", "method", "evidence", "corrected", "printed", "first", "others", "title", "url"),
)
OF_INDICATORS = ("indicator", "label", "measure", "kind", "group", "part_of", "note", "changes")
OF_WORDS = ("list", "term", "mark", "word", "meaning")
OF_SOURCES = ("title", "unit_name", "year", "edition", "publisher", "published_on", "coverage", "url", "report")


def workbook(executed: NotebookNode, dashboard: Dashboard, data: Disclosures) -> bytes:
    """The workbook of a dashboard, from its notebook as it was executed and the data that this read."""
    given = executed.metadata["papermill"]["parameters"]
    book = codebook.load(given["language"])
    exhibits = _exhibits(executed)
    rows = figures(given, dashboard, data, book)
    reports = data.reports_of(rows["unit"].unique(), rows["year"].unique())
    names = data.names(rows["unit"].unique(), book.language)
    sheets = [
        _about(exhibits[0], given, rows.height, book),
        Sheet(
            book.word("workbook_figures"), _heads(OF_FIGURES, book), _figures(rows, data, names, book), wrapped=False
        ),
        *[_table(exhibit) for exhibit in exhibits if exhibit["table"]],
        _indicators(rows["indicator"].unique(maintain_order=True).cast(pl.String).to_list(), book),
        Sheet(book.word("workbook_words"), _heads(OF_WORDS, book), _words(book)),
        Sheet(book.word("workbook_sources"), _heads(OF_SOURCES, book), _sources(reports, names, book)),
    ]
    if data.unit(dashboard.unit).invented:
        told = book.word("invented")
        sheets = [replace(sheet, above=[*sheet.above[:1], told, *sheet.above[1:]]) for sheet in sheets]
    return book_of(sheets, title=exhibits[0]["title"], language=book.language)


def figures(given: Mapping[str, Any], dashboard: Dashboard, data: Disclosures, book: Codebook) -> pl.DataFrame:
    """The panel behind a dashboard: of a unit every indicator in all its years, of a region what is compared there.

    What a form has no column for is not listed for each kind of applicant.
    """
    every = list(book.indicators)
    if REGION in given:
        units = metrics.field(data, book, region=dashboard.unit, level=given["level"]).units
        year, years = given["year"], data.years_among(units, until=given["year"])
        rated = [name for name in book.by_group("requests", "disputes", "oversight") if name != given["indicator"]]
        past = facts.panel(data, book, units=units, years=years, indicators=[given["indicator"]])
        return pl.concat([past, facts.panel(data, book, units=units, years=[year], indicators=rated)])
    if dashboard.notebook == OF_REGIONS:
        return facts.panel(data, book, units=data.below(dashboard.unit), years=[given["year"]], indicators=every)
    years = data.years(dashboard.unit, since=given["since"], until=given.get("until", given.get("year")))
    kinds = list(book.terms["applicant"])
    rows = facts.panel(data, book, units=[dashboard.unit], years=years, indicators=every, applicants=kinds)
    return rows.filter((pl.col("applicant") == "total") | ~pl.col("status").is_in(["not_applicable", "report_missing"]))


def _exhibits(executed: NotebookNode) -> list[dict[str, Any]]:
    """What the exhibits of a notebook say of themselves, the masthead first."""
    outputs = [output for cell in executed.cells if cell.cell_type == "code" for output in cell.outputs]
    return [about for output in outputs if (about := output.get("metadata", {}).get("disclosure"))]


def _heads(columns: Sequence[str], book: Codebook) -> list[str]:
    return [book.word(f"workbook_{name}") for name in columns]


def _about(masthead: Mapping[str, Any], given: Mapping[str, Any], count: int, book: Codebook) -> Sheet:
    """Whose workbook this is, of when, how to read it; that the unit is invented, where it is."""
    chosen = book.word("list_separator").join(f"{name}={value}" for name, value in sorted(given.items()))
    lines = [
        *masthead["notes"],
        book.word("workbook_parameters", parameters=chosen),
        book.word("workbook_empty"),
        *([book.word("workbook_cut", count=count, shown=ROWS - 1)] if count >= ROWS else []),
    ]
    return Sheet(book.word("workbook_about"), (), (), above=[masthead["title"], *lines])


def _figures(rows: pl.DataFrame, data: Disclosures, names: Mapping[str, str], book: Codebook) -> list[list[Cell]]:
    reports = {report: (title, url) for report, title, url in data.reports.select("report", "title", "url").iter_rows()}
    return [_figure(row, names, reports, book) for row in rows.head(ROWS - 1).iter_rows(named=True)]


def _figure(
    row: wording.Row, names: Mapping[str, str], reports: Mapping[str, tuple[str | None, str | None]], book: Codebook
) -> list[Cell]:
    title, url = reports.get(row["source"] or f"{row['unit']}-{row['year']}", ("", None))
    title = book.word("no_title", unit=names[row["unit"]], year=row["year"]) if title is None else title
    words = [row[name] and book.term(name, row[name]) for name in ("qualifier", "scope", "method")]
    corrected = book.term("record", "corrected") if row["corrected"] else None
    return [
        *(names[row["unit"]], row["unit"], row["year"], book.label(row["indicator"]), row["indicator"]),
        *(book.term("applicant", row["applicant"]), row["value"], book.unit_of(row["indicator"])),
        *(book.statuses[row["status"]].label, *words, row["evidence"]),
        *(corrected, row["printed"] if corrected else None, row["first"]),
        *(book.word("list_separator").join(map(wording.plain, row["others"] or [])), title, url),
    ]


def _table(exhibit: Mapping[str, Any]) -> Sheet:
    """The table of an exhibit as its page shows it, the finding above it, its notes below."""
    table = exhibit["table"]
    rows = [[_cell(text, kind) for text, kind in row] for row in table["rows"]]
    above = [line for line in (exhibit["finding"], exhibit["statistic"], table["caption"]) if line]
    return Sheet(exhibit["topic"], table["heads"], rows, above, exhibit["notes"], table["levels"])


def _cell(text: str, kind: str) -> Cell:
    """A number where the page shows nothing but one; with a unit, a mark or a percent sign it stays as printed."""
    if kind not in {"number", "gap"}:
        return text
    if kind == "gap" or not NUMBER.fullmatch(text):
        return Printed(text)
    return int(text) if text.isdecimal() else float(text.replace(",", "").replace("−", "-"))


def _indicators(used: Sequence[str], book: Codebook) -> Sheet:
    """What the indicators mean, and where each edition of the form holds them."""
    editions = [edition.label for edition in book.editions.values()]
    rows = [_indicator(name, book) for name in used]
    return Sheet(book.word("workbook_indicators"), [*_heads(OF_INDICATORS, book), *editions], rows)


def _indicator(name: str, book: Codebook) -> list[Cell]:
    entry = book.indicators[name]
    changes = [f"{change.from_year}{book.word('colon')}{change.note}" for change in book.changes(name)]
    part_of = book.label(entry.part_of) if entry.part_of else ""
    about = [book.term("kind", entry.kind), book.term("group", entry.group), part_of, entry.note]
    cells = [entry.cells.get(edition, "") for edition in book.editions]
    told = [book.term("method", "prose") if cell == "prose" else cell for cell in cells]
    return [name, entry.label, book.unit_of(name), *about, book.word("sentence_separator").join(changes), *told]


def _words(book: Codebook) -> list[list[Cell]]:
    """The words that tell what kind of figure, or of gap, a cell holds."""
    lists = {"statuses": book.statuses, **book.terms}
    return [
        [book.word(f"workbook_{'status' if name == 'statuses' else name}"), term, entry.mark, entry.label, entry.note]
        for name in MARKED
        for term, entry in lists[name].items()
    ]


def _sources(reports: pl.DataFrame, names: Mapping[str, str], book: Codebook) -> list[list[Cell]]:
    return [
        [
            row["title"] or book.word("no_title", unit=names[row["unit"]], year=row["year"]),
            *(names[row["unit"]], row["year"], row["edition"] and book.editions[row["edition"]].label),
            *(row["publisher"], row["published_on"], book.term("coverage", row["coverage"])),
            *(Link(row["url"] or ""), row["report"]),
        ]
        for row in reports.sort("unit", "year").iter_rows(named=True)
    ]
