"""One published file -> all that it says."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from analysis import wording
from analysis.codebook import load
from analysis.reports import files, flattened, forms, heading, outline, prose, statements
from analysis.reports.characters import plain
from analysis.reports.entries import Count, Doubt, Figure, Reading

ROUNDING = 0.1  # a rounded figure within a tenth of an exact one is the same figure told twice


def read(path: Path, *, unit: str | None = None, year: int | None = None) -> Reading:
    """What the report in the file at `path` says; `unit` and `year` stand for what the file does not say.

    Raises BadReport where the file cannot be read as a report.
    """
    opened = files.open_file(path)
    document = flattened.restore(opened.document)
    text = plain(document.text)
    named = heading.read(document, text)
    doubts = [doubt for doubt in named.doubts if not _answered(doubt, unit, year)]
    if year and named.year and year != named.year:
        doubts.append(Doubt("year_given", {"stated": str(named.year), "given": str(year)}))
    year = year or named.year
    tables = forms.read(document.grids, year)
    form = load().edition_of(year) if year else None
    paragraphs = list(outline.paragraphs(text, year))
    told = prose.read(text, paragraphs, year, form) if year and form else prose.Prose([], [], [])
    figures, repeated = _settled([*tables.figures, *_stated_once(told.figures)])
    if tables.edition and form and tables.edition != form:
        doubts.append(Doubt("edition_differs", {"found": tables.edition, "year": str(year)}))
    return Reading(
        file=path.name,
        sha256=opened.sha256,
        document=document,
        title=named.title,
        unit=unit or named.unit,
        year=year,
        edition=tables.edition or form,
        published_on=named.published_on,
        figures=tuple(figures),
        counts=(*told.counts, *repeated),
        statements=tuple(statements.read(text, paragraphs, document.text, year)),
        growths=tuple(told.growths),
        doubts=(*doubts, *tables.doubts, *_disagreements(figures)),
    )


def _answered(doubt: Doubt, unit: str | None, year: int | None) -> bool:
    """Whether the caller has said what the file does not."""
    return (doubt.doubt == "unit_unknown" and unit is not None) or (
        doubt.doubt in {"year_unknown", "title_year_differs"} and year is not None
    )


def _settled(figures: list[Figure]) -> tuple[list[Figure], list[Count]]:
    """One row for each figure; different values of one method stay side by side, marked as conflicting."""
    kept: list[Figure] = []
    repeated: list[Count] = []
    for same in _grouped(figures):
        exact = [figure for figure in same if figure.qualifier == "exact" and figure.value is not None]
        different: list[Figure] = []
        for figure in same:
            if any(_says_the_same(figure, other) for other in different):
                continue
            if figure.qualifier != "exact" and any(_rounds(figure, other) for other in exact):
                repeated.append(prose.without_meaning(figure, "repeated"))
            else:
                different.append(figure)
        values = {figure.value for figure in different if figure.value is not None}
        kept += [replace(figure, status="conflicting") for figure in different] if len(values) > 1 else different
    order = {id(figure): place for place, figure in enumerate(figures)}
    places = {(figure.indicator, figure.place): order[id(figure)] for figure in figures}
    return sorted(kept, key=lambda figure: places[figure.indicator, figure.place]), repeated


def _stated_once(figures: list[Figure]) -> list[Figure]:
    """Without figures that a later or earlier sentence states again with its scope."""
    scoped = {(figure.indicator, figure.value) for figure in figures if figure.scope != "unstated"}
    return [
        figure for figure in figures if figure.scope != "unstated" or (figure.indicator, figure.value) not in scoped
    ]


def _grouped(figures: Iterable[Figure]) -> Iterator[list[Figure]]:
    """Figures of one indicator, applicant, scope and method together."""

    def key(figure: Figure) -> tuple[str, str, str, str]:
        return figure.indicator, figure.applicant, figure.scope, figure.method

    for _, same in groupby(sorted(figures, key=key), key=key):
        yield list(same)


def _says_the_same(figure: Figure, other: Figure) -> bool:
    return (figure.value, figure.qualifier, figure.status) == (other.value, other.qualifier, other.status)


def _rounds(figure: Figure, other: Figure) -> bool:
    return (
        figure.value is not None
        and other.value is not None
        and abs(figure.value - other.value) <= ROUNDING * other.value
    )


def _disagreements(figures: list[Figure]) -> Iterator[Doubt]:
    """Figures that prose and table, or two sentences, give differently."""
    for indicator in dict.fromkeys(figure.indicator for figure in figures):
        same = [figure for figure in figures if figure.indicator == indicator]
        totals = [each for each in same if each.applicant == "total" and each.value is not None]
        table = {each.value for each in totals if each.method == "table"}
        told = {each.value for each in totals if each.method == "prose" and each.scope == "unstated"}
        if table and told and not table & told:
            values = {"label": indicator, "table": _listed(table), "prose": _listed(told)}
            yield Doubt("prose_differs", values)
        conflicting = [each for each in same if each.status == "conflicting"]
        if conflicting:
            held = {each.value for each in conflicting if each.applicant == conflicting[0].applicant}
            yield Doubt("conflicting", {"label": indicator, "values": _listed(held)})


def _listed(values: set[float | None]) -> str:
    return ", ".join(wording.plain(value) for value in sorted(value for value in values if value is not None))
