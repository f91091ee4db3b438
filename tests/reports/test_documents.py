"""Invented reports of every form and format against what a person reads in them; see the index files in documents/."""

import csv
import shutil
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from analysis import reports
from analysis.errors import BadReport
from analysis.reports import Reading

DOCUMENTS = Path(__file__).parent / "documents"
INDEXES = ["narrative-and-statistical.csv", "standard.csv", "fresh.csv"]
KEY = ["published_items", "hearings", "press_conferences", "requests_received", "reviews", "lawsuits"]
PRECISION, RECALL = 0.99, 0.95
NAMED = {"tables": "table", "heading": "heading", "statements": "statement"}  # what an `expected_failure` names

OFFICE = bool(shutil.which("soffice") or shutil.which("libreoffice"))
needs_office = pytest.mark.skipif(not OFFICE, reason="only LibreOffice opens Word files of before 2007")

Row = dict[str, str]
Told = Counter[tuple[str, ...]]


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def index() -> list[Row]:
    return [row for name in INDEXES if (DOCUMENTS / name).is_file() for row in rows(DOCUMENTS / name)]


READABLE = [row for row in index() if row["trap"] != "scanned"]
SCANNED = [row["file"] for row in index() if row["trap"] == "scanned"]


def params(kind: str, entries: list[Row] = READABLE) -> list:
    """A case for each document; those whose `expected_failure` names `kind` must fail, and say why."""
    return [pytest.param(row, id=row["file"], marks=_marks(row, kind)) for row in entries]


def _marks(row: Row, kind: str) -> list[pytest.MarkDecorator]:
    reason = row.get("expected_failure") or ""
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if NAMED[kind] in reason else []
    return [*marks, *([needs_office] if row["file"].endswith((".doc", ".wps")) else [])]


@cache
def read(name: str) -> Reading:
    return reports.read(DOCUMENTS / name)


def golden(row: Row, method: str) -> list[Row]:
    return [entry for entry in rows((DOCUMENTS / row["file"]).with_suffix(".csv")) if entry["method"] == method]


def number(value: float | str | None) -> str:
    return "" if value in (None, "") else f"{float(value):.6g}" if abs(float(value)) < 1e5 else f"{float(value):.2f}"


def told(row: Row, method: str) -> Told:
    """The figures of one method, with every column of the golden file."""
    return Counter(
        (each.indicator, each.applicant, each.scope, number(each.value), each.status, each.qualifier)
        for each in read(row["file"]).figures
        if each.method == method
    )


def expected(row: Row, method: str) -> Told:
    names = ("indicator", "applicant", "scope", "value", "status", "qualifier")
    return Counter(
        tuple(number(each[name]) if name == "value" else each[name] for name in names) for each in golden(row, method)
    )


def test_there_are_documents_of_every_generation_and_format() -> None:
    assert {row["edition"] for row in index()} >= {
        "narrative_2008",
        "statistical_2014",
        "standard_2019",
        "standard_2021",
    }
    assert {Path(row["file"]).suffix for row in index()} >= {".html", ".pdf", ".docx", ".xlsx", ".txt"}
    for row in READABLE:
        assert (DOCUMENTS / row["file"]).is_file(), row
        assert (DOCUMENTS / row["file"]).with_suffix(".csv").is_file(), row


@pytest.mark.parametrize("row", params("tables"))
def test_tables_give_exactly_the_cells_that_are_printed(row: Row) -> None:
    assert told(row, "table") - expected(row, "table") == Counter()
    assert expected(row, "table") - told(row, "table") == Counter()


@pytest.mark.parametrize("row", params("heading"))
def test_the_report_is_known_by_its_unit_year_edition_and_day(row: Row) -> None:
    found = read(row["file"])
    assert found.unit == row["unit_name"]
    assert str(found.year) == row["year"]
    assert found.edition == row["edition"]
    assert (found.published_on or "") == row["published_on"]


@pytest.mark.parametrize("name", SCANNED)
def test_a_scanned_report_is_refused_with_the_reason(name: str) -> None:
    with pytest.raises(BadReport, match="scanned"):
        read(name)


def _opens(row: Row) -> bool:
    return OFFICE or not row["file"].endswith((".doc", ".wps"))


def _key_figures(row: Row) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """What was told of the key indicators in prose, and what should have been: indicator and value."""
    held = Counter({(each[0], each[3]) for each in told(row, "prose") if each[0] in KEY})
    right = Counter({(each[0], each[3]) for each in expected(row, "prose") if each[0] in KEY})
    return held, right


def test_the_key_figures_of_prose_are_read_nearly_all_and_hardly_any_falsely() -> None:
    entries = [row for row in READABLE if _opens(row)]
    pairs = {row["file"]: _key_figures(row) for row in entries}
    false = {name: dict(held - right) for name, (held, right) in pairs.items() if held - right}
    missed = {name: dict(right - held) for name, (held, right) in pairs.items() if right - held}
    hits = sum((held & right).total() for held, right in pairs.values())
    precision = hits / sum(held.total() for held, _ in pairs.values())
    recall = hits / sum(right.total() for _, right in pairs.values())
    assert precision >= PRECISION, false
    assert recall >= RECALL, missed


WITH_STATEMENTS = [row for row in READABLE if (DOCUMENTS / row["file"]).with_suffix(".statements.csv").is_file()]


@pytest.mark.parametrize("row", params("statements", WITH_STATEMENTS))
def test_problems_and_measures_are_found(row: Row) -> None:
    right = {
        (each["kind"], _bare(each["text"])) for each in rows((DOCUMENTS / row["file"]).with_suffix(".statements.csv"))
    }
    held = {(each.kind, _bare(each.text)) for each in read(row["file"]).statements}
    missed = right - held
    assert len(missed) <= (1 - RECALL) * len(right), (missed, held - right)


def _bare(text: str) -> str:
    """A statement without white space and what closes it."""
    return "".join(text.split()).rstrip("。；")
