from collections.abc import Callable

import polars as pl
import pytest

from analysis import metrics
from analysis.codebook import Codebook
from analysis.errors import BadParameter
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]
Row = dict[str, object]
NAMES = {"a": "甲县", "b": "乙县", "c": "丙县", "d": "丁县"}
UNITS = [
    {"unit": "north", "name": "北市", "name_en": "North", "level": "city"},
    {"unit": "south", "name": "南市", "name_en": "South", "level": "city"},
    *[
        {"unit": unit, "name": name, "name_en": unit.upper(), "level": "county"}
        | {"parent": "south" if unit == "d" else "north"}
        for unit, name in NAMES.items()
    ],
]
OFFICES = {"north": ["tax", "north-law"], "south": ["south-law"], "a": ["a-law"], "d": ["d-law"], "": ["customs"]}
DEPARTMENTS = [
    {"unit": name, "name": name, "name_en": name, "level": "department", "parent": parent}
    for parent, names in OFFICES.items()
    for name in names
]


def figure(unit: str, value: float | str, indicator: str = "hearings", **said: object) -> Row:
    return {"unit": unit, "year": 2021, "indicator": indicator, "value": value, **said}


def standing(data: Disclosures, book: Codebook, among: str = "level", **said: str) -> pl.DataFrame:
    asked = [said.get("indicator", "hearings")]
    return metrics.peers(data, book, unit=said.get("unit", "a"), year=2021, indicators=asked, among=among)


def test_ties_share_a_rank_and_the_next_rank_is_skipped(make_data: MakeData, zh: Codebook) -> None:
    rows = [figure("a", 4), figure("b", 9), figure("c", 4), figure("d", 1)]
    found = standing(make_data(*rows, units=UNITS), zh)
    ranks = [("b", 1, False), ("a", 2, True), ("c", 2, False), ("d", 4, False)]
    assert found.select("unit", "rank", "own").rows() == ranks
    assert found.select("field", "reporting").unique().rows() == [(4, 4)]
    assert found["name"].to_list() == ["乙县", "甲县", "丙县", "丁县"]
    assert found["name_en"].to_list() == ["B", "A", "C", "D"]


def test_units_of_another_level_are_no_peers(make_data: MakeData, zh: Codebook) -> None:
    found = standing(make_data(figure("a", 4), figure("north", 99), units=UNITS), zh)
    assert found.select("unit", "rank", "field", "reporting").rows() == [("a", 1, 1, 1)]


def test_a_zero_stands_in_the_field(make_data: MakeData, zh: Codebook) -> None:
    found = standing(make_data(figure("a", 0), figure("b", 2), units=UNITS), zh)
    assert found.select("unit", "rank", "field").rows() == [("b", 1, 2), ("a", 2, 2)]


def test_reporting_counts_reports_of_the_year_and_field_the_figures_in_them(make_data: MakeData, zh: Codebook) -> None:
    reports = [{"unit": "b", "year": 2021}, {"unit": "c", "year": 2020}, {"unit": "north", "year": 2021}]
    found = standing(make_data(figure("a", 4), units=UNITS, reports=reports), zh)
    assert found.select("unit", "field", "reporting").rows() == [("a", 1, 2)]


@pytest.mark.parametrize(
    "said",
    [
        {"scope": "region"}, {"qualifier": "approx"}, {"qualifier": "at_least"}, {"status": "definition_differs"},
        {"status": "conflicting"}, {"value": "", "status": "blank"}, {"year": 2020},
    ],
)  # fmt: skip
def test_a_figure_that_does_not_compare_is_left_out(make_data: MakeData, zh: Codebook, said: Row) -> None:
    rows = [figure("a", 4, scope="own"), figure("b", 2, scope="own"), {**figure("c", 9, scope="own"), **said}]
    found = standing(make_data(*rows, units=UNITS), zh)
    assert found.select("unit", "rank", "field").rows() == [("a", 1, 2), ("b", 2, 2)]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"qualifier": "approx"}, []), ({"status": "definition_differs"}, []), ({"status": "conflicting"}, []),
        ({"value": "", "status": "blank"}, []), ({"scope": "region"}, ["a"]), ({"status": "estimated"}, ["a", "b"]),
    ],
)  # fmt: skip
def test_a_unit_stands_only_by_a_figure_that_compares(
    make_data: MakeData, zh: Codebook, said: Row, field: list[str]
) -> None:
    found = standing(make_data({**figure("a", 4), **said}, figure("b", 2), units=UNITS), zh)
    assert found.filter(pl.col("rank").is_not_null())["unit"].to_list() == field


def test_a_figure_of_the_unit_that_is_not_exact_stands_alone_and_unranked(make_data: MakeData, zh: Codebook) -> None:
    rough = figure("a", 4, qualifier="approx")
    found = standing(make_data(rough, figure("b", 2), units=UNITS), zh)
    assert found.select("unit", "value", "rank", "field", "own").rows() == [("a", 4, None, 0, True)]
    both = make_data(rough | {"scope": "own"}, figure("a", 9, scope="region"), figure("b", 2, scope="own"), units=UNITS)
    assert standing(both, zh).select("unit", "value", "rank").rows() == [("a", 9, 1)]


def test_a_peer_that_states_two_scopes_is_compared_in_the_units_own(make_data: MakeData, zh: Codebook) -> None:
    both = [figure("b", 9, scope="own", method="prose"), figure("b", 50, scope="region", method="table")]
    found = standing(make_data(figure("a", 4, scope="own"), *both, units=UNITS), zh)
    assert found.select("unit", "value").rows() == [("b", 9), ("a", 4)]


@pytest.mark.parametrize(
    ("among", "unit", "peers"),
    [
        ("level", "a", ["a", "b", "c", "d"]),
        ("parent", "a", ["a", "b", "c"]),
        ("parent", "d", ["d"]),
        ("none", "a", ["a"]),
        ("level", "north", ["north", "south"]),
        ("parent", "north", ["north", "south"]),
        ("level", "tax", ["north-law", "south-law", "tax"]),  # of cities, as its own
        ("level", "a-law", ["a-law", "d-law"]),
        ("level", "customs", ["customs"]),
        ("parent", "tax", ["north-law", "tax"]),
        ("none", "tax", ["tax"]),
    ],
)
def test_peers_are_chosen_by_level_or_by_parent_too(
    make_data: MakeData, zh: Codebook, among: str, unit: str, peers: list[str]
) -> None:
    units = UNITS + DEPARTMENTS
    data = make_data(*[figure(each["unit"], 3) for each in units], units=units)
    assert standing(data, zh, among, unit=unit)["unit"].to_list() == peers


def test_each_indicator_has_its_own_field_and_ranks(make_data: MakeData, zh: Codebook) -> None:
    rows = [figure("a", 4), figure("b", 9), figure("a", 30, "requests_received")]
    data = make_data(*rows, units=UNITS)
    asked = ["requests_received", "hearings"]
    found = metrics.peers(data, zh, unit="a", year=2021, indicators=asked, among="level").filter("own")
    ranks = {name: (rank, field) for name, rank, field in found.select("indicator", "rank", "field").iter_rows()}
    assert ranks == {"hearings": (2, 2), "requests_received": (1, 1)}


def test_another_way_to_choose_peers_is_refused_and_the_ways_are_named(make_data: MakeData, zh: Codebook) -> None:
    refusal = "'county' is no way to choose peers\n  to fix: take one of: level, parent, none"
    with pytest.raises(BadParameter, match=refusal):
        standing(make_data(figure("a", 4), units=UNITS), zh, "county")
