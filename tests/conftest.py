"""What tests share: a data folder of invented places and figures, and the codebook."""

import csv
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from analysis import codebook, facts
from analysis.codebook import Codebook
from analysis.facts import Disclosures

UNITS = [
    {"unit": "demo", "name": "示例市", "name_en": "Demo City", "level": "city"},
    {"unit": "demo-east", "name": "东山县", "name_en": "East County", "level": "county", "parent": "demo"},
    {"unit": "demo-west", "name": "西河县", "name_en": "West County", "level": "county", "parent": "demo"},
]

NEEDED = ("CI", "DISCLOSURE_NEED_BROWSER")  # where one of these is set, no browser is a failure

Row = Mapping[str, object]
MakeFolder = Callable[..., Path]


@pytest.fixture(params=["zh", "en"])
def book(request: pytest.FixtureRequest) -> Codebook:
    """The codebook, once in each language."""
    return codebook.load(request.param)


@pytest.fixture
def zh() -> Codebook:
    """The codebook in Chinese."""
    return codebook.load("zh")


@pytest.fixture(scope="session")
def chromium_program() -> str:
    """The Chromium of this machine; tests that need it are skipped, or fail, where there is none."""
    program = shutil.which("chromium")
    if program:
        return program
    missing = "no chromium on this machine"
    if any(map(os.environ.get, NEEDED)):
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture
def make_folder(tmp_path: Path) -> MakeFolder:
    """Write a data folder: facts are given by what differs from a plain figure; each unit and year gets a report."""

    def make(
        *figures: Row,
        units: Iterable[Row] = UNITS,
        reports: Iterable[Row] = (),
        corrections: Iterable[Row] = (),
        **own: Iterable[Row],
    ) -> Path:
        full = [_figure(row) for row in figures]
        known = {(row["unit"], row["year"]) for row in reports}
        made = sorted({(row["unit"], row["year"]) for row in full} - known, key=str)
        reports = [_report(row) for row in [*reports, *[{"unit": unit, "year": year} for unit, year in made]]]
        folder = tmp_path / "data"
        folder.mkdir(exist_ok=True)
        for table, rows in {
            "units": units,
            "reports": reports,
            "disclosures": full,
            "corrections": corrections,
            **own,
        }.items():
            _write(folder / f"{table}.csv", rows, table)
        return folder

    return make


@pytest.fixture
def make_data(make_folder: MakeFolder) -> Callable[..., Disclosures]:
    """The same folder, loaded."""
    return lambda *figures, **tables: facts.load(make_folder(*figures, **tables))


def _figure(row: Row) -> Row:
    plain = {"applicant": "total", "scope": "unstated", "status": "reported", "qualifier": "exact", "method": "table"}
    source = f"{row['unit']}-{row['year']}"
    return {**plain, "source": source, "evidence": "一(一)", "value": "", **row}


def _report(row: Row) -> Row:
    edition = codebook.load().edition_of(int(str(row["year"]))) or ""
    return {"report": f"{row['unit']}-{row['year']}", "edition": edition, "coverage": "full", **row}


def _write(path: Path, rows: Iterable[Row], table: str) -> None:
    columns = [column.column for column in codebook.load().table(table)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
