"""What the benchmark's documents say, read by eye: the golden files beside them, and two real reports."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from analysis import paths

DOCUMENTS = paths.ROOT / "tests" / "reports" / "documents"
SHARED = paths.ROOT.parent / "shared"  # real reports, where they lie beside the repository
REAL = "real"
# What the two real reports say in prose, read by eye; scope and qualifier were not noted.
ANHUA = (
    "published_items 4566, hearings 5, press_conferences 3, requests_received 0, reviews 0, lawsuits 0, "
    "fees_collected 0, units_checked 96, special_columns 19, sub_sites 80, demonstration_sites_applied 19, "
    "demonstration_sites_accepted 10"
)
HUAIAN = (
    "published_items_website 5500, press_conferences 12, policy_interpretations 21, gazette_issues 6, rules_issued 1, "
    "published_policy_documents 11, requests_received 3119, requests_concluded 3050, requests_carried_in 34, "
    "requests_carried_out 103, reviews 351, reviews_upheld 72, reviews_corrected 64, reviews_other 178, "
    "reviews_pending 37, lawsuits 46, lawsuits_upheld 25, lawsuits_corrected 5, lawsuits_other 9, lawsuits_pending 7, "
    "fees_collected 3940"
)


class Told(NamedTuple):
    """One figure as a report gives it; `quote` is empty where it comes from the golden file."""

    indicator: str
    applicant: str
    scope: str
    value: float | None
    status: str
    qualifier: str
    method: str
    quote: str = ""

    def shown(self) -> str:
        """The figure in a line."""
        whose = self.indicator if self.applicant == "total" else f"{self.indicator}@{self.applicant}"
        value = "none" if self.value is None else f"{self.value:.12g}"
        return f"{whose} = {value} ({self.method}, {self.scope}, {self.qualifier}, {self.status})"


class Case(NamedTuple):
    """A document and what it says; `figures` is None where it has to be refused, `statements` where none were noted.

    `noted`: scope, qualifier and status of figures in prose were noted too.
    """

    path: Path
    set_name: str
    head: tuple[str, ...]
    figures: list[Told] | None
    statements: set[tuple[str, str]] | None
    expected_failure: str = ""
    noted: bool = True


def cases() -> Iterator[Case]:
    """All documents: those of every index file, then the real reports where they are."""
    for index in sorted(DOCUMENTS.glob("*.csv")):
        rows = _rows(index)
        if rows and "file" in rows[0]:
            yield from (_case(row, index.stem) for row in rows)
    if (SHARED / "reports").is_dir():
        reports_folder = SHARED / "reports"
        anhua = ("安化县人民政府", "2013", "narrative_2008", "2014-02-28")
        yield Case(reports_folder / "anhua-county-2013.txt", REAL, anhua, _listed(ANHUA), None, noted=False)
        huaian = ("淮安市人民政府", "2024", "standard_2021", "")
        told = [*_listed(HUAIAN), *_huaian_cells()]
        yield Case(reports_folder / "huaian-city-2024.pdf", REAL, huaian, told, None, noted=False)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def _case(row: dict[str, str], set_name: str) -> Case:
    path = DOCUMENTS / row["file"]
    golden, said = path.with_suffix(".csv"), path.with_suffix(".statements.csv")
    head = tuple(row[name] for name in ("unit_name", "year", "edition", "published_on"))
    figures = [_golden(each) for each in _rows(golden)] if golden.exists() else None
    statements = {(each["kind"], dense(each["text"])) for each in _rows(said)} if said.exists() else None
    return Case(path, set_name, head, figures, statements, row.get("expected_failure") or "")


def _golden(row: dict[str, str]) -> Told:
    value = float(row["value"]) if row["value"] else None
    rest = (row[name] for name in ("status", "qualifier", "method"))
    return Told(row["indicator"], row["applicant"], row["scope"], value, *rest)


def _listed(text: str) -> list[Told]:
    pairs = (item.split() for item in text.split(","))
    return [Told(name, "total", "", float(value), "", "", "prose") for name, value in pairs]


def _huaian_cells() -> list[Told]:
    rows = _rows(SHARED / "data" / "form_tables.csv")
    return [
        Told(row["indicator"], row["applicant"], "unstated", float(row["value"]), "reported", "exact", "table")
        for row in rows
        if (row["unit_name"], row["year"]) == ("淮安市", "2024")
    ]


def dense(text: str) -> str:
    """`text` without white space."""
    return "".join(text.split())
