"""The shipped figures: their number, a dozen read by eye, and that nothing of the sources was lost or altered."""

import csv
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from analysis import checks, codebook, facts, paths
from analysis.codebook import Codebook
from analysis.facts import Disclosures

SHARED = paths.ROOT.parent / "shared" / "data"
DATA = paths.ROOT / "data"
needs_sources = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the sources of the shipped figures lie outside the repository"
)


@pytest.fixture(scope="module")
def data() -> Disclosures:
    return facts.load(DATA)


def test_all_figures_are_there(data: Disclosures) -> None:
    held = data.facts.collect()
    assert held.height == 1558 + 787
    assert held["unit"].n_unique() == 348
    assert (held["year"].min(), held["year"].max()) == (2004, 2025)


def test_every_unit_and_year_has_one_report(data: Disclosures) -> None:
    assert data.reports.height == 470
    assert data.reports.select("unit", "year").is_unique().all()
    held = data.facts.select("unit", "year").unique().collect()
    assert held.join(data.reports, on=["unit", "year"], how="anti").is_empty()


def test_blank_cells_are_blank_not_zero(data: Disclosures) -> None:
    blank = data.facts.filter(pl.col("status").cast(pl.String) == "blank").collect()
    assert blank.height == 135
    assert blank["value"].is_null().all()
    assert blank["unit"].unique().to_list() == ["shanghai-general-office"]


def test_sources_that_disagree_are_both_kept(data: Disclosures) -> None:
    conflicting = data.facts.filter(pl.col("status").cast(pl.String) == "conflicting").collect()
    assert sorted(conflicting.select("unit", "year", "indicator", "value").rows()) == [
        ("jiangsu-suqian", 2024, "lawsuits", 57.0),
        ("jiangsu-suqian", 2024, "reviews", 134.0),
        ("jiangsu-suqian", 2024, "reviews", 170.0),
    ]


@pytest.mark.parametrize(
    ("unit", "year", "indicator", "applicant", "value"),
    [
        ("hunan-yiyang-anhua", 2013, "published_items", "total", 4566),
        ("hunan-yiyang-anhua", 2013, "hearings", "total", 5),
        ("hunan-yiyang-anhua", 2013, "press_conferences", "total", 3),
        ("hunan-yiyang-anhua", 2013, "requests_received", "total", 0),
        ("hunan-yiyang-anhua", 2013, "units_checked", "total", 96),
        ("hunan-yiyang-anhua", 2013, "special_columns", "total", 19),
        ("hunan-yiyang-anhua", 2013, "sub_sites", "total", 80),
        ("hunan-yiyang-anhua", 2013, "demonstration_sites_accepted", "total", 10),
        ("jiangsu-suqian", 2023, "requests_received", "total", 3511),
        ("jiangsu-suqian", 2024, "requests_received", "total", 3525),
        ("jiangsu-suqian", 2024, "requests_received", "natural_person", 3440),
        ("jiangsu-suqian", 2024, "requests_carried_in", "total", 121),
        ("jiangsu-huaian", 2024, "requests_received", "natural_person", 3001),
        ("jiangsu-huaian", 2024, "press_conferences", "total", 12),
        ("shanghai-general-office", 2019, "requests_concluded", "total", 805),
        ("shanghai-songjiang", 2024, "requests_received", "total", 1416),
    ],
)
def test_a_figure_read_by_eye(
    data: Disclosures, unit: str, year: int, indicator: str, applicant: str, value: float
) -> None:
    rows = facts.pick(data, units=[unit], years=[year], indicators=[indicator]).collect()
    assert rows.filter(pl.col("applicant").cast(pl.String) == applicant)["value"].to_list() == [value]


def test_anhua_s_report_of_2013_was_read_whole(data: Disclosures) -> None:
    report = data.reports_of(["hunan-yiyang-anhua"], [2013]).row(0, named=True)
    assert (report["title"], report["coverage"]) == ("2013年度政府信息公开年度报告", "full")
    assert facts.pick(data, units=["hunan-yiyang-anhua"], years=[2013]).collect().height == 12


def test_every_year_has_the_form_in_force(data: Disclosures) -> None:
    book = codebook.load()
    for year, edition in data.reports.select("year", pl.col("edition").cast(pl.String)).iter_rows():
        assert edition == book.edition_of(year)


@needs_sources
@pytest.mark.parametrize(("source", "count"), [("figures.csv", 1558), ("form_tables.csv", 787)])
def test_nothing_of_the_sources_was_lost_or_altered(data: Disclosures, source: str, count: int) -> None:
    rows = _read(SHARED / source)
    names = dict(data.units.select("name", "unit").iter_rows())
    told = Counter(
        (
            names[row["unit_name"]],
            int(row["year"]),
            row["indicator"],
            row.get("applicant", "total"),
            float(row["value"]) if row["value"] else None,
        )
        for row in rows
    )
    held = Counter(data.facts.select("unit", "year", *_as_text("indicator", "applicant"), "value").collect().rows())
    assert len(rows) == count
    assert not told - held


@needs_sources
def test_every_source_address_stands_with_its_report(data: Disclosures) -> None:
    names = dict(data.units.select("name", "unit").iter_rows())
    urls = {(unit, year): url for unit, year, url in data.reports.select("unit", "year", "url").iter_rows()}
    for row in _read(SHARED / "figures.csv"):
        if row["source_url"]:
            assert urls[names[row["unit_name"]], int(row["year"])] == row["source_url"]


def _as_text(*columns: str) -> list[pl.Expr]:
    return [pl.col(column).cast(pl.String) for column in columns]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_suqian_s_text_and_table_are_apart_and_its_carry_over_holds(data: Disclosures, zh: Codebook) -> None:
    found = checks.run(data, zh, units=["jiangsu-suqian"], years=[2024])
    told = checks.told(found, data, zh, rule="prose_table")
    assert {(each.indicator, each.left, each.right, each.severity) for each in told} == {
        ("reviews", 170, 134, "discrepancy"),
        ("lawsuits", 77, 57, "discrepancy"),
    }
    (kept,) = found.filter(pl.col("rule") == "carry_over", pl.col("applicant") == "total").to_dicts()
    assert (kept["verdict"], kept["left"], kept["right"]) == ("pass", 121, 121)


def test_no_shipped_figure_is_an_error(data: Disclosures, zh: Codebook) -> None:
    told = checks.told(checks.run(data, zh), data, zh, verdict="fail")
    assert [each.text for each in told if each.severity == "error"] == []
    assert len({each.finding for each in told}) == len(told)
