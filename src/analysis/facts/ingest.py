"""Takes readings of reports up into a data folder: units, reports, figures, statements, and what they replace."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis import wording
from analysis.codebook import Codebook
from analysis.errors import BadReport, DisclosureError, Missing, Unknown
from analysis.facts import changing, naming, reading, writing
from analysis.facts.writing import Row
from analysis.reports import Doubt, Figure, Reading, Span

CELL = ("indicator", "applicant", "scope")


@dataclass(frozen=True)
class Outcome:
    """What became of one file: "added", "revised" (another version of a report), "unchanged" or "refused".

    `figures` were taken up, `kept` are cells where a figure typed by hand says otherwise, `doubts` what a reviewer
    should look at, `error` why it was refused.
    """

    file: str
    result: str
    report: str = ""
    figures: int = 0
    kept: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    error: DisclosureError | None = None


@dataclass
class _Tables:
    """The tables of a folder as text, while they are changed."""

    units: list[Row]
    reports: list[Row]
    disclosures: list[Row]
    revisions: list[Row]
    statements: list[Row]
    growths: list[Row]
    taken: dict[str, Reading]  # report -> what this run has read for it


def ingest(
    readings: Sequence[Reading],
    folder: Path,
    book: Codebook,
    *,
    unit: str | None = None,
    add_units: bool = False,
    parent: str | None = None,
) -> list[Outcome]:
    """Take `readings` up into the data folder; what became of each.

    `unit` is the id of the unit that all of them are about, where their files do not say it as the data do; with
    `add_units` units that the data do not know are added, below `parent`. All is written in one step, after the whole
    folder was checked as `load` checks it. Raises Missing where the folder holds no CSV tables.
    """
    writing.complete(folder)
    if not (folder / "disclosures.csv").is_file():
        what = "there is no disclosures.csv to add to; figures in Parquet are not changed"
        raise Missing(str(folder), what, "copy the repository's data/, or write disclosures.csv from your figures")
    reading.load(folder)  # what is amiss in the tables is told before they are changed
    tables = _Tables(**{name: writing.rows(folder / f"{name}.csv") for name in _NAMES}, taken={})
    outcomes = [_taken(entry, tables, book, unit, parent, add_units=add_units) for entry in readings]
    if any(outcome.result in {"added", "revised"} for outcome in outcomes):
        _sort(tables)
        changing.change(folder, {name: getattr(tables, name) for name in _NAMES}, book)
    return outcomes


_NAMES = ("units", "reports", "disclosures", "revisions", "statements", "growths")


def _taken(
    entry: Reading, tables: _Tables, book: Codebook, unit: str | None, parent: str | None, *, add_units: bool
) -> Outcome:
    try:
        year = _year(entry)
        named = naming.unit_id(entry, tables.units, unit, parent, add=add_units)
        return _take(entry, named, year, tables, book)
    except DisclosureError as error:
        return Outcome(entry.file, "refused", error=error)


def _year(entry: Reading) -> int:
    """The reporting year of a report that holds figures; raises where there is no year or no figure."""
    if entry.year is None:
        raise Unknown(entry.file, "the file does not say for which year it reports", "give the year with --year")
    if not entry.figures:
        what = f"no figure for {entry.year} could be read from it"
        raise BadReport(entry.file, what, "look at it with: disclosure read FILE --review page.html")
    return entry.year


def _take(entry: Reading, unit: str, year: int, tables: _Tables, book: Codebook) -> Outcome:
    report = f"{unit}-{year}"
    before = next((row for row in tables.reports if row["report"] == report), None)
    if before and before["sha256"] == entry.sha256:
        return Outcome(entry.file, "unchanged", report)
    if report in tables.taken:
        what = f"{tables.taken[report].file} already is the report of {unit} for {year} in this run"
        raise Unknown(entry.file, what, "keep one file of each report, or mend --unit and --year")
    tables.taken[report] = entry
    by_hand = [row for row in tables.disclosures if row["source"] == report and row["method"] == "hand"]
    typed = {_cell(row) for row in by_hand}
    read = [_row(figure, unit, year, report) for figure in entry.figures]
    new = [row for row in read if _cell(row) not in typed]
    lost = _replace(tables, report, before, new)
    tables.reports = [row for row in tables.reports if row["report"] != report]
    tables.reports.append(_report(entry, unit, report, before))
    tables.statements = [row for row in tables.statements if row["source"] != report]
    tables.statements += _statements(entry, report)
    tables.growths = [row for row in tables.growths if row["source"] != report]
    tables.growths += _growths(entry, report)
    called = next(row["name"] for row in tables.units if row["unit"] == unit)
    doubts = list(entry.doubts)
    if entry.unit and not naming.is_called(entry.unit, called):
        doubts.append(Doubt("unit_given", {"stated": entry.unit, "given": called}))
    if len(read) * 2 < lost:
        doubts.append(Doubt("figures_lost", {"before": str(lost), "now": str(len(read))}))
    kept = tuple(_kept(by_hand, read, book))
    return Outcome(entry.file, "revised" if before else "added", report, len(new), kept, tuple(doubts))


def _kept(by_hand: list[Row], read: list[Row], book: Codebook) -> Iterator[str]:
    """The figures typed by hand for which the report says otherwise, also with another scope, in words."""
    for typed in by_hand:
        same = [row for row in read if _figure(row) == _figure(typed)]
        if same and typed["value"] not in {row["value"] for row in same}:
            said = ", ".join(f"{row['value']} ({book.term('scope', row['scope'])})" for row in same)
            scope = book.term("scope", typed["scope"])
            yield f"{book.label(typed['indicator'])} {typed['value']} ({scope}); the report: {said}"


def _replace(tables: _Tables, report: str, before: Row | None, new: list[Row]) -> int:
    """Put `new` where the figures read earlier from the report stood, and those on record; how many these are.

    Figures by hand stay.
    """
    old = [row for row in tables.disclosures if row["source"] == report and row["method"] != "hand"]
    held = [row for row in tables.disclosures if row["source"] != report or row["method"] == "hand"]
    tables.disclosures = [*held, *new]
    _mark(tables.disclosures, new)
    said = {tuple(row.values()) for row in new}
    today = {"sha256": before["sha256"] if before else "", "replaced_on": date.today().isoformat()}
    tables.revisions += [row | today for row in old if tuple(row.values()) not in said]
    return len(old)


def _mark(rows: list[Row], new: list[Row]) -> None:
    """Mark those of `rows` that state other values than others do for a figure of `new`."""
    cells: dict[tuple[str, ...], list[Row]] = {_whole(row): [] for row in new}
    for row in rows:
        if row["value"] and row["status"] != "definition_differs" and _whole(row) in cells:
            cells[_whole(row)].append(row)
    for same in cells.values():
        if len({row["value"] for row in same}) > 1:
            for row in same:
                row["status"] = "conflicting"


def _whole(row: Row) -> tuple[str, ...]:
    return row["unit"], row["year"], *_cell(row)


def _figure(row: Row) -> tuple[str, ...]:
    return row["indicator"], row["applicant"]


def _cell(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in CELL)


def _row(figure: Figure, unit: str, year: int, report: str) -> Row:
    return {
        "unit": unit,
        "year": str(year),
        "indicator": figure.indicator,
        "applicant": figure.applicant,
        "scope": figure.scope,
        "value": wording.plain(figure.value),
        "status": figure.status,
        "qualifier": figure.qualifier,
        "source": report,
        "evidence": figure.evidence,
        "method": figure.method,
    }


def _report(entry: Reading, unit: str, report: str, before: Row | None) -> Row:
    known = before or {"publisher": "", "url": "", "published_on": "", "title": ""}
    return {
        "report": report,
        "unit": unit,
        "year": str(entry.year),
        "title": entry.title or known["title"],
        "edition": entry.edition or "",
        "publisher": known["publisher"],
        "published_on": entry.published_on or known["published_on"],
        "url": known["url"],
        "sha256": entry.sha256,
        "coverage": "full",
    }


def _statements(entry: Reading, report: str) -> list[Row]:
    return [
        {
            "source": report,
            "number": str(number),
            "kind": statement.kind,
            "text": statement.text,
            "evidence": f"{statement.section} {_characters(statement.place)}".strip(),
        }
        for number, statement in enumerate(entry.statements, 1)
    ]


def _growths(entry: Reading, report: str) -> list[Row]:
    return [
        {
            "source": report,
            "indicator": growth.indicator,
            "scope": growth.scope,
            "percent": wording.plain(growth.percent),
            "evidence": f"{growth.section} “{growth.quote}” {_characters(growth.place)}".strip(),
        }
        for growth in entry.growths
    ]


def _characters(place: Span) -> str:
    return f"[{place.start}-{place.end}]"


def _sort(tables: _Tables) -> None:
    """Tables in the order of units and years; what a report states keeps its order."""
    tables.units.sort(key=lambda row: row["unit"])
    tables.reports.sort(key=lambda row: (row["unit"], row["year"]))
    tables.disclosures.sort(key=lambda row: (row["unit"], row["year"]))
