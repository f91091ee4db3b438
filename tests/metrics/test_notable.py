from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import codebook, metrics
from analysis.codebook import Codebook
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]
Row = dict[str, object]
NAMES = ["requests_received", "requests_granted", "reviews", "hearings"]


def figure(year: int, indicator: str, value: float, **said: object) -> Row:
    return {"unit": "demo", "year": year, "indicator": indicator, "value": value, **said}


def notable(data: Disclosures, book: Codebook, *indicators: str, year: int = 2024) -> pl.DataFrame:
    rows = metrics.history(data, book, unit="demo", years=[year - 1, year], indicators=indicators)
    return metrics.notable(rows, book, year=year)


def test_the_largest_ratio_of_comparable_figures_comes_first(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(
        *[figure(year, "requests_received", value) for year, value in ((2023, 1000), (2024, 1100))],
        *[figure(year, "reviews", value) for year, value in ((2023, 80), (2024, 40))],
        *[figure(year, "hearings", value) for year, value in ((2023, 1), (2024, 9))],
        *[figure(year, "press_conferences", value) for year, value in ((2023, 3), (2024, 3))],
        figure(2023, "published_items", 90000),
        figure(2024, "published_items", 10000, qualifier="approx"),
    )
    names = ["requests_received", "hearings", "reviews", "press_conferences", "published_items"]
    rows = notable(data, zh, *names)
    assert rows.select("indicator", "reliability", "difference").rows() == [
        ("reviews", "firm", -40), ("requests_received", "firm", 100), ("published_items", "care", -80000),
        ("hearings", "few", 8),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "now"),
    [
        pytest.param({}, {"qualifier": "at_least"}, id="a lower bound"),
        pytest.param({"status": "definition_differs"}, {}, id="another definition"),
        pytest.param({"scope": "own"}, {"scope": "region"}, id="another scope"),
    ],
)
def test_what_cannot_be_compared_has_not_changed(make_data: MakeData, zh: Codebook, before: Row, now: Row) -> None:
    data = make_data(figure(2023, "reviews", 50, **before), figure(2024, "reviews", 90, **now))
    assert notable(data, zh, "reviews").is_empty()


def test_a_part_of_what_sources_tell_differently_is_not_firm(make_data: MakeData, zh: Codebook) -> None:
    torn = [
        figure(2024, "reviews", value, status="conflicting", method=how)
        for value, how in ((90, "table"), (70, "prose"))
    ]
    parts = [figure(year, "reviews_upheld", value) for year, value in ((2023, 40), (2024, 60))]
    rows = notable(make_data(*torn, *parts), zh, "reviews", "reviews_upheld")
    assert rows.select("indicator", "reliability").rows() == [("reviews_upheld", "care")]


def test_nothing_is_compared_across_a_break(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(figure(2018, "requests_refused", 50), figure(2019, "requests_refused", 90))
    assert notable(data, zh, "requests_refused", year=2019).is_empty()


def test_a_gap_is_no_change_to_zero(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(
        figure(2023, "reviews", 50), {"unit": "demo", "year": 2024, "indicator": "reviews", "status": "blank"}
    )
    assert notable(data, zh, "reviews").is_empty()


def test_a_count_that_was_zero_has_grown(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(figure(2023, "reviews", 0), figure(2024, "reviews", 60))
    assert notable(data, zh, "reviews").select("difference", "reliability").rows() == [(60, "few")]


def test_parts_of_parts_stay_in_the_list_of_all_figures(make_data: MakeData, zh: Codebook) -> None:
    names = ["requests_concluded", "requests_refused", "refused_privacy"]
    data = make_data(*[figure(year, name, value) for name in names for year, value in ((2023, 50), (2024, 90))])
    assert sorted(notable(data, zh, *names)["indicator"].cast(pl.String)) == sorted(names[:2])


@given(st.lists(st.integers(0, 90), min_size=8, max_size=8))
def test_firm_changes_come_first_and_each_kind_by_its_ratio(values: list[int]) -> None:
    book = codebook.load("zh")
    rows = pl.DataFrame(
        [
            {
                "unit": "demo", "year": 2024, "indicator": name, "applicant": "total", "scope": "own", "near": False,
                "method": "table", "status": "reported", "previous_status": "reported", "qualifier": "exact",
                "previous_qualifier": "exact", "value": float(values[2 * place]), "reason": None,
                "previous": float(values[2 * place + 1]),
            }
            for place, name in enumerate(NAMES)
        ],
        schema_overrides={"reason": pl.String, "indicator": pl.Enum(list(book.indicators))},
    )  # fmt: skip
    found = metrics.notable(rows, book, year=2024)
    keys = [(str(kind) != "firm", -abs(times)) for kind, times in found.select("reliability", "times").iter_rows()]
    assert keys == sorted(keys)
    assert found.height == sum(values[2 * place] != values[2 * place + 1] for place in range(len(NAMES)))
