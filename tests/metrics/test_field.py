"""The units below a region, their figures side by side: scopes, ranks, quarters, spread, changes, concentration."""

from collections.abc import Callable

import polars as pl
import pytest

from analysis import metrics
from analysis.codebook import Codebook
from analysis.errors import BadParameter, Unknown
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]
Row = dict[str, object]
NAMES = ["a", "b", "c", "d", "e", "f"]
PLACES = [
    {"unit": "north", "name": "北市", "name_en": "North", "level": "city"},
    {"unit": "south", "name": "南市", "name_en": "South", "level": "city"},
]
COUNTIES = [{"unit": unit, "name": unit, "name_en": unit, "level": "county", "parent": "north"} for unit in NAMES]
OFFICES = [
    {"unit": f"{parent}-{name}", "name": name, "name_en": name, "level": "department", "parent": parent}
    for parent, name in [("north", "tax"), ("a", "law"), ("a", "tax"), ("b", "law")]
]
UNITS = [*PLACES, *COUNTIES, *OFFICES]


def figure(unit: str, value: float | str, year: int = 2021, **said: object) -> Row:
    return {"unit": unit, "year": year, "indicator": "published_items", "value": value, **said}


def field_of(*values: float, year: int = 2021) -> list[Row]:
    return [figure(unit, value, year) for unit, value in zip(NAMES, values, strict=False)]


def compared(data: Disclosures, book: Codebook, *years: int, indicator: str = "published_items") -> pl.DataFrame:
    return metrics.compared(data, book, units=NAMES, years=list(years or (2021,)), indicator=indicator)


@pytest.mark.parametrize(
    ("level", "units"),
    [
        ("", NAMES),
        ("county", NAMES),
        ("department", ["a-law", "a-tax", "b-law"]),  # those of counties: the city's own office is no peer of theirs
    ],
)
def test_the_field_is_the_level_of_most_units_or_the_one_asked_for(
    make_data: MakeData, zh: Codebook, level: str, units: list[str]
) -> None:
    found = metrics.field(make_data(figure("a", 1), units=UNITS), zh, region="north", level=level)
    assert list(found.units) == units
    assert found.region.unit == "north"
    assert found.parent_level == ("county" if level == "department" else "")


@pytest.mark.parametrize(
    ("asked", "error", "what"),
    [
        ({"region": "nroth"}, Unknown, "did you mean north"),
        ({"region": "a-law"}, BadParameter, "no unit is below 'a-law'\n  to fix: give a region, such as 'a'"),
        ({"region": "south"}, BadParameter, "no unit is below 'south'"),
        ({"region": "north", "level": "conty"}, BadParameter, "did you mean county"),
        ({"region": "north", "level": "ministry"}, BadParameter, "take one of: county, department"),
    ],
)
def test_a_wrong_field_is_refused_with_what_there_is(
    make_data: MakeData, zh: Codebook, asked: dict[str, str], error: type[Exception], what: str
) -> None:
    with pytest.raises(error, match=what):
        metrics.field(make_data(figure("a", 1), units=UNITS), zh, **asked)


def test_a_misspelt_indicator_is_refused_with_the_nearest(make_data: MakeData, zh: Codebook) -> None:
    with pytest.raises(Unknown, match="published_items"):
        compared(make_data(figure("a", 1), units=UNITS), zh, indicator="published_item")


def test_ties_share_a_rank_and_gaps_have_none_and_stand_last(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*field_of(4, 9, 4, 0), figure("e", "", status="blank"), units=UNITS)
    rows = compared(data, zh)
    ranks = [("b", 1), ("a", 2), ("c", 2), ("d", 4), ("e", None), ("f", None)]
    assert rows.select("unit", "rank").rows() == ranks
    assert rows["status"].to_list()[-2:] == ["blank", "report_missing"]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({}, "exact"), ({"status": "estimated"}, "exact"), ({"qualifier": "approx"}, "rough"),
        ({"qualifier": "at_least"}, "rough"), ({"status": "definition_differs"}, "rough"),
        ({"scope": "region"}, "other_scope"), ({"value": "", "status": "worded"}, "gap"),
    ],
)  # fmt: skip
def test_only_exact_figures_of_the_common_scope_are_compared(
    make_data: MakeData, zh: Codebook, said: Row, place: str
) -> None:
    data = make_data(
        *[row | {"scope": "own"} for row in field_of(4, 9)], {**figure("c", 7, scope="own"), **said}, units=UNITS
    )
    held = compared(data, zh).filter(pl.col("unit") == "c").row(0, named=True)
    assert (held["place"], held["rank"] is None) == (place, place != "exact")


def test_a_unit_that_states_two_scopes_is_compared_in_the_common_one(make_data: MakeData, zh: Codebook) -> None:
    figures = [figure("a", 4, scope="own"), figure("b", 5, scope="own"), figure("b", 900, scope="region")]
    held = compared(make_data(*figures, units=UNITS), zh).filter(pl.col("unit") == "b")
    assert held.select("value", "place").rows() == [(5.0, "exact")]


def test_quarters_are_of_their_year_and_only_of_a_field_large_enough(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*field_of(1, 2, 3, 4, 5, 6), *field_of(9, 8, 7, 6, year=2020), units=UNITS)
    rows = compared(data, zh, 2020, 2021)
    assert rows.filter(pl.col("year") == 2021).sort("unit")["quarter"].to_list() == [1, 1, 2, 3, 3, 4]
    assert rows.filter(pl.col("year") == 2020)["quarter"].null_count() == 6


def test_equal_figures_are_of_one_quarter_and_many_zeros_of_the_lowest(make_data: MakeData, zh: Codebook) -> None:
    rows = compared(make_data(*field_of(0, 0, 0, 0, 3, 0), units=UNITS), zh)
    assert rows.sort("unit")["quarter"].to_list() == [1, 1, 1, 1, 4, 1]


def test_a_year_of_equal_figures_has_no_quarters(make_data: MakeData, zh: Codebook) -> None:
    rows = compared(make_data(*field_of(7, 7, 7, 7, 7, 7), units=UNITS), zh)
    assert rows["quarter"].null_count() == 6


def test_without_an_exact_figure_the_common_scope_is_that_of_all(make_data: MakeData, zh: Codebook) -> None:
    rough = [row | {"scope": "own", "qualifier": "approx"} for row in field_of(4, 9, 4, 2, 1)]
    rows = compared(make_data(*rough, figure("f", 7, scope="region", qualifier="approx"), units=UNITS), zh)
    assert rows.sort("unit")["place"].to_list() == ["rough"] * 5 + ["other_scope"]


def test_the_spread_has_quantiles_only_of_fields_large_enough(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*field_of(0, 10, 20, 30, 40), *field_of(5, 6, year=2020), units=UNITS)
    found = metrics.spread(compared(data, zh, 2019, 2020, 2021), zh)
    assert found.select("year", "count", "p10", "p25", "p50", "p75", "p90", "segment").rows() == [
        (2019, 0, None, None, None, None, None, None),
        (2020, 2, None, None, None, None, None, None),
        (2021, 5, 4.0, 10.0, 20.0, 30.0, 36.0, 1),
    ]


def test_a_band_joins_neither_across_a_gap_nor_across_a_change(make_data: MakeData, zh: Codebook) -> None:
    years = [2015, 2016, 2018, 2019, 2020]
    figures = [row | {"indicator": "requests_refused"} for year in years for row in field_of(1, 2, 3, 4, 5, year=year)]
    rows = compared(make_data(*figures, units=UNITS), zh, *range(2015, 2021), indicator="requests_refused")
    segments = dict(metrics.spread(rows, zh).select("year", "segment").iter_rows())
    assert segments[2015] == segments[2016]
    assert segments[2017] is None
    assert len({segments[2016], segments[2018], segments[2019]}) == 3
    assert segments[2019] == segments[2020]


def test_the_differences_add_up_to_the_change_of_the_counted_units(make_data: MakeData, zh: Codebook) -> None:
    before, now = field_of(10, 0, 30, 40, year=2020), [*field_of(15, 7, 10)]
    data = make_data(
        *before, *now, figure("e", 99), figure("f", 8, qualifier="approx"), figure("f", 7, 2020), units=UNITS
    )
    found = metrics.drivers(compared(data, zh, 2020, 2021), zh, year=2021)
    kinds = dict(found.select("unit", "kind").iter_rows())
    assert kinds == {"a": "counted", "b": "counted", "c": "counted", "d": "only_before", "e": "only_now", "f": "apart"}
    assert found.filter(pl.col("kind") == "counted").select("unit", "difference").rows() == [
        ("c", -20.0), ("b", 7.0), ("a", 5.0)
    ]  # fmt: skip
    assert found.filter(pl.col("kind") != "counted")["difference"].null_count() == 3


def test_a_unit_without_a_figure_in_both_years_is_neither(make_data: MakeData, zh: Codebook) -> None:
    found = metrics.drivers(compared(make_data(*field_of(1), units=UNITS), zh, 2020, 2021), zh, year=2021)
    assert found.filter(pl.col("unit") == "b")["kind"].to_list() == ["neither"]


@pytest.mark.parametrize(("indicator", "kinds"), [("requests_refused", {"apart"}), ("requests_received", {"counted"})])
def test_nothing_is_counted_across_a_break_but_across_what_is_near(
    make_data: MakeData, zh: Codebook, indicator: str, kinds: set[str]
) -> None:
    figures = [row | {"indicator": indicator} for year in (2018, 2019) for row in field_of(1, 2, 3, 4, 5, 6, year=year)]
    rows = compared(make_data(*figures, units=UNITS), zh, 2018, 2019, indicator=indicator)
    assert set(metrics.drivers(rows, zh, year=2019)["kind"]) == kinds


def test_the_largest_units_have_their_share_of_the_total(make_data: MakeData, zh: Codebook) -> None:
    found = metrics.concentration(compared(make_data(*field_of(50, 20, 10, 10, 10), units=UNITS), zh), zh, year=2021)
    assert found.select("largest", "tenth", "units", "numerator", "denominator", "share", "judged").rows() == [
        (1, False, 5, 50.0, 100.0, 50.0, True)
    ]


@pytest.mark.parametrize(("count", "tenths"), [(10, [1]), (20, [2]), (21, []), (99, []), (100, [10])])
def test_only_a_tenth_of_the_units_is_called_so(
    make_data: MakeData, zh: Codebook, count: int, tenths: list[int]
) -> None:
    many = [{"unit": f"m{at}", "name": f"m{at}", "name_en": f"m{at}", "level": "county"} for at in range(count)]
    data = make_data(*[figure(f"m{at}", 1 + at) for at in range(count)], units=many)
    units = [row["unit"] for row in many]
    rows = metrics.compared(data, zh, units=units, years=[2021], indicator="published_items")
    found = metrics.concentration(rows, zh, year=2021)
    assert found.filter("tenth")["largest"].to_list() == tenths


def test_more_than_half_of_the_units_are_no_concentration(make_data: MakeData, zh: Codebook) -> None:
    found = metrics.concentration(compared(make_data(*field_of(6, 5, 4, 3, 2, 1), units=UNITS), zh), zh, year=2021)
    assert found.select("largest", "numerator", "judged").rows() == [(1, 6.0, False), (3, 15.0, False)]


@pytest.mark.parametrize("values", [(9, 9, 9, 9), (0, 0, 0, 0, 0), ()])
def test_a_small_field_or_an_empty_total_has_no_shares(
    make_data: MakeData, zh: Codebook, values: tuple[float, ...]
) -> None:
    data = make_data(*field_of(*values), figure("f", "", status="blank"), units=UNITS)
    assert metrics.concentration(compared(data, zh), zh, year=2021).is_empty()


def test_who_says_how_many_it_checked_is_set_beside_the_units_below_it(make_data: MakeData, zh: Codebook) -> None:
    said = figure("north", 5) | {"indicator": "units_checked"}
    data = make_data(said, *field_of(1, 2, 3), figure("d", 1, 2020), units=UNITS)
    rows = metrics.checked(data, zh, units=data.below("north"), year=2021)
    held = rows.filter(pl.col("existing").is_not_null())
    assert held.select("unit", "existing", "reporting").unique().rows() == [("north", 10, 3)]
