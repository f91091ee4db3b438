"""What the tests of checks share: invented reports, written short or filled in full, and what is found of them."""

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from analysis import checks, codebook, facts
from analysis.facts import Disclosures

MakeFolder = Callable[..., Path]
Row = dict[str, object]
Cell = tuple[str, str]  # indicator, applicant
Form = dict[Cell, float | None]  # None: the cell is printed, and blank

YEAR = 2024
FIGURE = re.compile(r"(last\.)?(\w+)(?:@(\w+))?(:prose)? (\d+|blank)")

GROUNDS = ["state_secret", "other_law", "security", "third_party"]
GROUNDS += ["internal", "process", "enforcement_file", "administrative_query"]
GROUPS = {
    "requests_refused": [f"refused_{name}" for name in GROUNDS],
    "requests_unavailable": [f"unavailable_{name}" for name in ("not_held", "needs_creation", "unclear")],
    "requests_not_processed": [
        f"not_processed_{name}" for name in ("complaint", "repeated", "publication", "excessive", "confirmation")
    ],
    "requests_other_outcome": [f"other_{name}" for name in ("not_corrected", "fee_unpaid", "other")],
}
OUTCOMES = ["requests_granted", "requests_granted_in_part", *[name for names in GROUPS.values() for name in names]]
REQUESTS = ["requests_received", "requests_carried_in", *OUTCOMES, "requests_concluded", "requests_carried_out"]
APPLICANTS = ["natural_person", "company", "research_institution"]
APPLICANTS += ["public_interest_organisation", "legal_service", "other_organisation"]
KINDS = ["upheld", "corrected", "other", "pending"]
ROUTES = ["reviews", "lawsuits_direct", "lawsuits_after_review"]
DISPUTES = [name for route in ROUTES for name in (*[f"{route}_{kind}" for kind in KINDS], route)]
DOCUMENTS = {"normative_documents": (140, 12, 5), "rules": (30, 4, 1)}  # in force last year, issued, repealed


@dataclass(frozen=True)
class Folder:
    """The tables of an invented data folder, filled unit by unit."""

    units: list[Row] = field(default_factory=list)
    reports: list[Row] = field(default_factory=list)
    figures: list[Row] = field(default_factory=list)
    statements: list[Row] = field(default_factory=list)
    growths: list[Row] = field(default_factory=list)

    def load(self, make: MakeFolder) -> Disclosures:
        """The folder written by the fixture `make_folder`, and opened."""
        folder = make(*self.figures, units=self.units, reports=self.reports)
        write(folder, "statements", self.statements)
        write(folder, "growths", self.growths)
        return facts.load(folder)


def write(folder: Path, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    """A table that conftest does not write: statements, growths, verdicts."""
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [column.column for column in codebook.load().table(table)])
        writer.writeheader()
        writer.writerows(rows)


def unit(name: str, parent: str = "") -> Row:
    """A row of units.csv."""
    return {"unit": name, "name": name, "name_en": name, "level": "county", "parent": parent}


def figures(text: str, unit: str = "demo", year: int = YEAR) -> list[Row]:
    """The rows of `[last.]indicator[@applicant][:prose] value` in `text`; what stands between them is for the eye.

    A cell for which table and text give different figures is marked so, as the data must.
    """
    rows = [
        figure(unit, year - bool(last), name, applicant, None if value == "blank" else float(value))
        | {"method": "prose" if prose else "table"}
        for last, name, applicant, prose, value in FIGURE.findall(text)
    ]
    given: dict[tuple[object, ...], set[object]] = {}
    for row in rows:
        given.setdefault((row["year"], row["indicator"], row["applicant"]), set()).add(row.get("value"))
    torn = {cell for cell, values in given.items() if len(values - {None}) > 1}
    return [
        {**row, "status": "conflicting"} if (row["year"], row["indicator"], row["applicant"]) in torn else row
        for row in rows
    ]


def figure(unit: str, year: int, indicator: str, applicant: str, value: float | None) -> Row:
    """A row of disclosures.csv, as conftest completes it."""
    stated: Row = {"status": "blank"} if value is None else {"value": value}
    return {"unit": unit, "year": year, "indicator": indicator, "applicant": applicant or "total", **stated}


def filled(step: int, carried_in: Mapping[str, float], documents: Mapping[str, float]) -> Form:
    """A form of standard_2021 whose every sum holds; no cell is 0, no row is like the next, no column like another."""
    form: Form = {}
    for column, applicant in enumerate(APPLICANTS):
        outcomes = [11 + (7 * row + 13 * column + step) % 61 for row in range(len(OUTCOMES))]
        out = 14 + 3 * column + step
        came = [sum(outcomes) + out - carried_in[applicant], carried_in[applicant]]
        values = [*came, *outcomes, sum(outcomes), out]
        form |= {(name, applicant): value for name, value in zip(REQUESTS, values, strict=True)}
    rows = {(name, "total"): sum(form[name, column] or 0 for column in APPLICANTS) for name in REQUESTS}
    for number, route in enumerate(ROUTES):
        results = [17 + 9 * number + 4 * kind + step for kind in range(len(KINDS))]
        rows |= {(f"{route}_{kind}", "total"): result for kind, result in zip(KINDS, results, strict=True)}
        rows[route, "total"] = sum(results)
    return form | rows | {(name, "total"): value for name, value in documents.items()}


def full_forms() -> tuple[Form, Form]:
    """Last year's form and this year's, all sums of both and between both right."""
    last = filled(0, {name: 9 + n for n, name in enumerate(APPLICANTS)}, _documents(carry=False))
    carried = {name: last["requests_carried_out", name] or 0 for name in APPLICANTS}
    return last, filled(2, carried, _documents(carry=True))


def _documents(*, carry: bool) -> dict[str, float]:
    stated: dict[str, float] = {}
    for name, (in_force, issued, repealed) in DOCUMENTS.items():
        kept = in_force + issued - repealed if carry else in_force
        stated |= {f"{name}_in_force": kept, f"{name}_issued": issued, f"{name}_repealed": repealed}
    return stated


def cells(unit: str, year: int, form: Form) -> list[Row]:
    """The rows of a form."""
    return [figure(unit, year, name, applicant, value) for (name, applicant), value in form.items()]


def found(data: Disclosures, units: Sequence[str] | None = None, years: Sequence[int] | None = None) -> pl.DataFrame:
    """The findings on the units and years asked for, their closed lists as plain text."""
    findings = checks.run(data, codebook.load(), units=units, years=years)
    return findings.with_columns(pl.col(pl.Enum).cast(pl.String))
