"""Verbs that read: what reports say, and taking it up into the data."""

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from analysis import paths
from analysis.cli.app import Data, Language, app, complain, progress, use
from analysis.errors import BadParameter, DisclosureError, Missing

if TYPE_CHECKING:
    from analysis.codebook import Codebook
    from analysis.facts.ingest import Outcome
    from analysis.reports import Reading

Files = Annotated[
    list[Path],
    Parameter(json_list=False, help="Reports (HTML, PDF, DOCX, XLSX, TXT, .mht, .doc, .rtf) or folders of them."),
]
Year = Annotated[int | None, Parameter(help="Reporting year, where the file does not say it or says it wrongly.")]


@app.command
def read(
    files: Files,
    /,
    *,
    format_: Annotated[
        Literal["table", "csv", "json"], Parameter(name="--format", help="How the figures are printed.")
    ] = "table",
    review: Annotated[
        Path | None, Parameter(help="Write one offline page here: each report's text beside its figures, linked.")
    ] = None,
    unit: Annotated[str | None, Parameter(help="Name of the unit, where the file does not say it.")] = None,
    year: Year = None,
    language: Language = "zh",
) -> int:
    """Show the figures that reports hold, each with its evidence; no data are written.

    Below the figures stand the counts that mean none of the indicators, and above them what is doubtful.
    """
    from analysis import codebook, reports
    from analysis.reports import listing

    book = codebook.load(language)
    found = reports.find(files)
    if review is not None:
        _refuse_place(review, found)
    readings, failures = _read(found, unit, year)
    if format_ == "json":
        print(listing.as_json(readings, book))
    elif format_ == "csv":
        writer = csv.DictWriter(sys.stdout, listing.COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for reading in readings for row in listing.rows(reading))
    else:
        for reading in readings:
            _show(reading, book)
    if review is not None:
        from analysis.reports import review as reviewing

        review.write_text(reviewing.page(readings, failures, book), encoding="utf-8")
        print(f"{review}: {len(readings)} reports", file=sys.stderr)
    return 2 if failures else 0


@app.command
def ingest(
    files: Files,
    /,
    *,
    unit: Annotated[
        str | None, Parameter(help="Id of the unit, where its name in the file is not that of the data.")
    ] = None,
    year: Year = None,
    new_unit: Annotated[
        bool, Parameter(help="Add units that the data do not know (id: --unit, else as spoken).")
    ] = False,
    parent: Annotated[str | None, Parameter(help="Id of the unit that new units belong to.")] = None,
    data: Data = None,
) -> int:
    """Read reports and add what they say to the data: units, reports, figures, statements.

    The same file twice changes nothing. Another version of a report replaces what was read from the earlier one, which
    stays on record in revisions.csv. Figures typed by hand and corrections are never overwritten.
    """
    from analysis import codebook, facts, reports
    from analysis.facts.ingest import ingest as take_up

    use(data)
    book = codebook.load()
    readings, failures = _read(reports.find(files), None, year)
    outcomes = take_up(readings, paths.data(), book, unit=unit, add_units=new_unit, parent=parent)
    refused = [outcome for outcome in outcomes if outcome.error]
    for outcome in refused:
        complain(f"refused: {outcome.error}")
    for outcome in outcomes:
        if outcome.error is None:
            _tell(outcome, book)
    counts = {name: sum(outcome.result == name for outcome in outcomes) for name in ("added", "revised", "unchanged")}
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    stale = facts.load().stale_corrections.height
    if stale:
        complain(f"{stale} corrections are stale: the figure is no longer what they expect; see: disclosure check")
    print(f"{told}, {len(refused) + len(failures)} refused: {paths.data()}")
    return 2 if failures or refused else 0


def _refuse_place(review: Path, found: list[Path]) -> None:
    """Raise where the reviewer's page cannot be written, or would be written over something else."""
    from analysis import reports

    if not review.parent.is_dir():
        raise Missing(str(review.parent), "there is no such folder", "make it, or name another place with --review")
    if review.is_dir():
        raise BadParameter("--review", f"{review} is a folder", f"name a file, as in {review / 'review.html'}")
    if review.exists() and any(review.samefile(path) for path in found):
        raise BadParameter("--review", f"{review} is itself a report to read", "name another file")
    if review.exists() and not reports.is_review(review):
        raise BadParameter("--review", f"{review} is there already and no reviewer's page", "name another file")


def _read(found: list[Path], unit: str | None, year: int | None) -> tuple[list["Reading"], list[tuple[str, str]]]:
    """The readings of all files, and those that cannot be read with the reason; one bad file does not stop the rest."""
    from analysis import reports

    if year is not None and not 2000 <= year <= 2100:
        raise BadParameter("--year", f"{year} is no reporting year", "give a year from 2000 to 2100")
    readings: list[Reading] = []
    failures: list[tuple[str, str]] = []
    with progress(shown=len(found) > 1) as bar:
        task = bar.add_task("reading", total=len(found))
        for path in found:
            try:
                readings.append(reports.read(path, unit=unit, year=year))
            except DisclosureError as error:
                failures.append((path.name, str(error)))
                complain(f"not read: {error}")
            bar.advance(task)
    return readings, failures


def _tell(outcome: "Outcome", book: "Codebook") -> None:
    from analysis.reports import telling

    print(f"{outcome.result}: {outcome.report} ({outcome.figures} figures) from {outcome.file}")
    for cell in outcome.kept:
        print(f"  kept as typed by hand: {cell}")
    for doubt in outcome.doubts:
        print(f"  ? {telling.doubt(doubt, book)}")


def _show(reading: "Reading", book: "Codebook") -> None:
    """Print one reading: who and when, doubts, figures, counts without a meaning."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from analysis.reports import telling

    console = Console(highlight=False)
    edition = book.editions[reading.edition].label if reading.edition else ""
    named = [reading.file, reading.unit or "?", str(reading.year or "?"), edition]
    console.print(Text(" · ".join(filter(None, named)), style="bold"))
    for doubt in reading.doubts:
        console.print(Text(f"? {telling.doubt(doubt, book)}", style="yellow"))
    table = Table(box=None, pad_edge=False)
    for heading in ("indicator", "value", "scope", "method", "evidence"):
        table.add_column(book.word(f"read_{heading}"), overflow="fold")
    for figure in reading.figures:
        terms = (book.term("scope", figure.scope), book.term("method", figure.method))
        cells = (telling.name(figure, book), telling.value(figure, book), *terms, figure.evidence)
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    for count in reading.counts:
        console.print(Text(f"- {count.quote} ({book.word(f'count_{count.reason}')})", style="dim"))
    console.print()
