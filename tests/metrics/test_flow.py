"""Requests in and out: both sides of the balance, only from exact figures of one scope; nothing missing becomes 0."""

from collections.abc import Callable

import polars as pl
import pytest
from balanced import OUTCOMES, TERMS, stated

from analysis import metrics
from analysis.codebook import Codebook
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]
Row = dict[str, object]


def flow(data: Disclosures, book: Codebook, *years: int) -> pl.DataFrame:
    rows = metrics.history(data, book, unit="demo", years=years, indicators=book.by_group("requests"))
    return metrics.flow(rows, book)


def sides(found: pl.DataFrame) -> dict[str, float | None]:
    return dict(found.select("side", "total").unique(maintain_order=True).iter_rows())


def test_each_side_is_the_sum_of_its_terms(make_data: MakeData, zh: Codebook) -> None:
    found = flow(make_data(*stated(2021, TERMS)), zh, 2021)
    assert found.select("side", "term", "value").rows() == [
        ("in", "requests_received", 8), ("in", "requests_carried_in", 1),
        ("out", "requests_concluded", 7), ("out", "requests_carried_out", 2),
    ]  # fmt: skip
    assert sides(found) == {"in": 9, "out": 9}
    assert found["apart"].unique().to_list() == [0]


def test_sides_that_differ_tell_by_how_much(make_data: MakeData, zh: Codebook) -> None:
    found = flow(make_data(*stated(2021, TERMS | {"requests_carried_out": 1})), zh, 2021)
    assert (sides(found), found["apart"].unique().to_list()) == ({"in": 9, "out": 8}, [1])


@pytest.mark.parametrize("missing", list(TERMS))
def test_a_missing_term_leaves_its_side_without_a_total(make_data: MakeData, zh: Codebook, missing: str) -> None:
    data = make_data(*stated(2021, {name: value for name, value in TERMS.items() if name != missing}))
    found = flow(data, zh, 2021)
    lacking = found.filter(pl.col("total").is_null())["side"].unique().to_list()
    assert lacking == found.filter(pl.col("term") == missing)["side"].to_list()
    assert found["apart"].null_count() == found.height


@pytest.mark.parametrize(
    "said", [{"qualifier": "approx"}, {"qualifier": "at_least"}, {"status": "definition_differs"}, {"scope": "region"}]
)
def test_a_term_that_is_not_exact_or_of_another_scope_is_not_used(
    make_data: MakeData, zh: Codebook, said: dict[str, str]
) -> None:
    rest = stated(2021, {name: value for name, value in TERMS.items() if name != "requests_carried_out"})
    found = flow(make_data(*rest, *stated(2021, {"requests_carried_out": 2}, **said)), zh, 2021)
    assert found.filter(~pl.col("usable"))["term"].to_list() == ["requests_carried_out"]
    assert sides(found) == {"in": 9, "out": None}


def test_all_terms_are_taken_from_the_scope_of_the_first(make_data: MakeData, zh: Codebook) -> None:
    own, region = stated(2021, TERMS, scope="own"), stated(2021, dict.fromkeys(TERMS, 90), scope="region")
    more = stated(2022, {"requests_received": 3}, scope="own")
    found = flow(make_data(*own, *region, *more), zh, 2021, 2022).filter(pl.col("year") == 2021)
    assert found["scope"].unique().to_list() == ["own"]
    assert sides(found) == {"in": 9, "out": 9}


def test_complete_outcomes_follow_the_requests_concluded(make_data: MakeData, zh: Codebook) -> None:
    found = flow(make_data(*stated(2021, TERMS | OUTCOMES)), zh, 2021)
    of_concluded = found.filter(pl.col("term") == "requests_concluded")
    assert of_concluded["indicator"].to_list() == ["requests_concluded", *OUTCOMES]
    assert sides(found) == {"in": 9, "out": 9}


@pytest.mark.parametrize("differing", [{"requests_refused": 2}, {"requests_concluded": 8}])
def test_outcomes_that_do_not_add_up_are_left_out(
    make_data: MakeData, zh: Codebook, differing: dict[str, float]
) -> None:
    found = flow(make_data(*stated(2021, TERMS | OUTCOMES | differing)), zh, 2021)
    assert found["indicator"].to_list() == list(TERMS)


def test_years_stand_apart_and_a_year_without_report_is_a_gap(make_data: MakeData, zh: Codebook) -> None:
    found = flow(make_data(*stated(2020, TERMS), *stated(2022, TERMS)), zh, 2020, 2021, 2022)
    totals = dict(found.filter(pl.col("side") == "in").select("year", "total").unique(maintain_order=True).iter_rows())
    assert totals == {2020: 9, 2021: None, 2022: 9}
    assert found.filter(pl.col("year") == 2021)["status"].unique().to_list() == ["report_missing"]


def test_before_2019_there_is_nothing_to_weigh(make_data: MakeData, zh: Codebook) -> None:
    found = flow(make_data(*stated(2016, {"requests_received": 8, "requests_concluded": 7})), zh, 2016)
    assert sides(found) == {"in": None, "out": None}
    assert found.filter(pl.col("value").is_null())["term"].to_list() == ["requests_carried_in", "requests_carried_out"]
