from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import codebook, metrics
from analysis.codebook import Codebook
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]
Row = dict[str, object]
SERIES = ["unit", "indicator", "applicant", "scope"]


def figure(year: int, value: float | str, indicator: str = "requests_received", **said: object) -> Row:
    return {"unit": "demo", "year": year, "indicator": indicator, "value": value, **said}


def past(data: Disclosures, book: Codebook, years: list[int], indicator: str = "requests_received") -> pl.DataFrame:
    return metrics.history(data, book, unit="demo", years=years, indicators=[indicator])


def panel_of(*rows: Row) -> pl.DataFrame:
    plain = {"unit": "demo", "indicator": "requests_received", "applicant": "total", "scope": "own", "method": "table"}
    kept = {"status": "reported", "qualifier": "exact", "value": 1.0, "first": None, "printed": 1.0}
    kept |= {"first_qualifier": None, "corrected": False}
    types = {
        "year": pl.Int16,
        "value": pl.Float64,
        "scope": pl.String,
        "first": pl.Float64,
        "first_qualifier": pl.String,
    }
    return pl.DataFrame([{**plain, **kept, **row} for row in rows], schema_overrides=types)


@st.composite
def panels(draw: st.DrawFn) -> pl.DataFrame:
    """Six years of two indicators, one of which changes at 2019: gaps, scopes and definitions at random."""
    rows: list[Row] = []
    for indicator in ("requests_refused", "requests_received"):
        for year in range(2016, 2022):
            for scope in draw(st.sets(st.sampled_from(["own", "region"]), max_size=2)):
                status = draw(st.sampled_from(["reported", "reported", "definition_differs", "blank"]))
                value = None if status == "blank" else float(draw(st.integers(0, 3)))
                qualifier = draw(st.sampled_from(["exact", "exact", "approx", "at_least"]))
                said = {"indicator": indicator, "year": year, "scope": scope, "status": status, "value": value}
                rows.append({**said, "qualifier": qualifier if value is not None else None})
    return panel_of(*draw(st.permutations(rows))) if rows else panel_of({"year": 2016})


def test_a_change_is_the_difference_and_its_percentage_of_the_year_before(make_data: MakeData, zh: Codebook) -> None:
    row = past(make_data(figure(2020, 3511), figure(2021, 3525)), zh, [2020, 2021]).row(1, named=True)
    assert (row["previous"], row["previous_status"], row["difference"]) == (3511, "reported", 14)
    assert row["percent"] == pytest.approx(14 / 3511 * 100)
    assert round(row["percent"], 4) == 0.3987
    assert (row["reason"], row["near"]) == (None, False)


@pytest.mark.parametrize(
    ("before", "now", "reason"),
    [
        (figure(2020, 0), figure(2021, 5), "base_zero"),
        (figure(2020, 0), figure(2021, 0), "base_zero"),
        (figure(2020, 4), figure(2021, 0), None),
        (figure(2020, 4, status="definition_differs"), figure(2021, 5), "definition_differs"),
        (figure(2020, 4), figure(2021, 5, status="definition_differs"), "definition_differs"),
        (figure(2020, 4, qualifier="at_least"), figure(2021, 5), "at_least"),
        (figure(2020, 4), figure(2021, 5, qualifier="at_least"), "at_least"),
        (figure(2020, 4, qualifier="approx"), figure(2021, 5), None),
        (figure(2020, 4, scope="region"), figure(2021, 5, scope="own"), "other_scope"),
        (figure(2018, 4, "requests_refused"), figure(2019, 5, "requests_refused"), "break"),
        (figure(2019, 4, "requests_refused"), figure(2020, 5, "requests_refused"), None),
    ],
)
def test_a_change_is_computed_or_its_reason_is_named(
    make_data: MakeData, zh: Codebook, before: Row, now: Row, reason: str | None
) -> None:
    years = [int(str(before["year"])), int(str(now["year"]))]
    row = past(make_data(before, now), zh, years, str(now["indicator"])).row(1, named=True)
    assert row["reason"] == reason
    assert (row["difference"] is None) == (row["percent"] is None) == (reason is not None)


@pytest.mark.parametrize(
    ("before", "reports", "indicator", "status"),
    [
        ([figure(2020, "", status="blank")], [], "requests_received", "blank"),
        ([], [{"unit": "demo", "year": 2020}], "requests_received", "not_found"),
        ([], [{"unit": "demo", "year": 2020, "coverage": "selected"}], "requests_received", "not_collected"),
        ([], [{"unit": "demo", "year": 2020}], "rules_repealed", "not_found"),
        ([], [{"unit": "demo", "year": 2020, "coverage": "tables"}], "rules_repealed", "not_collected"),
        ([], [{"unit": "demo", "year": 2020}], "charges_income", "not_applicable"),
        ([], [{"unit": "demo", "year": 2020}], "lawsuits", "parts_missing"),
        ([], [], "requests_received", "report_missing"),
    ],
)
def test_a_missing_base_says_what_kind_of_gap_it_is(
    make_data: MakeData, zh: Codebook, before: list[Row], reports: list[Row], indicator: str, status: str
) -> None:
    data = make_data(*before, figure(2021, 5, indicator), reports=reports)
    row = past(data, zh, [2020, 2021], indicator).row(1, named=True)
    assert (row["reason"], row["previous_status"]) == ("base_missing", status)
    assert (row["difference"], row["percent"], row["previous"]) == (None, None, None)


def test_the_first_year_asked_for_has_no_status_before_it(make_data: MakeData, zh: Codebook) -> None:
    row = past(make_data(figure(2021, 5)), zh, [2021]).row(0, named=True)
    assert (row["reason"], row["previous_status"]) == ("base_missing", None)


def test_a_gap_has_neither_change_nor_reason(make_data: MakeData, zh: Codebook) -> None:
    row = past(make_data(figure(2020, 5)), zh, [2020, 2021]).row(1, named=True)
    assert (row["status"], row["reason"], row["difference"]) == ("report_missing", None, None)


@pytest.mark.parametrize(("year", "near"), [(2018, False), (2019, True), (2020, False)])
def test_a_near_change_of_definition_is_flagged_and_still_computed(
    make_data: MakeData, zh: Codebook, year: int, near: bool
) -> None:
    data = make_data(*[figure(each, each, "requests_granted") for each in (year - 1, year)])
    row = past(data, zh, [year - 1, year], "requests_granted").row(1, named=True)
    assert (row["near"], row["reason"], row["difference"]) == (near, None, 1)


@settings(max_examples=30, deadline=None)
@given(panels())
def test_a_percentage_stands_on_a_base_above_zero_and_is_difference_over_it(rows: pl.DataFrame) -> None:
    for row in metrics.changes(rows, codebook.load()).iter_rows(named=True):
        computed = row["difference"] is not None
        assert computed == (row["percent"] is not None) == (row["value"] is not None and row["reason"] is None)
        if computed:
            assert row["previous"] > 0
            assert row["difference"] == row["value"] - row["previous"]
            assert row["percent"] == pytest.approx(row["difference"] / row["previous"] * 100)
            assert (row["indicator"], row["year"]) != ("requests_refused", 2019)
            assert "at_least" not in (row["qualifier"], row["previous_qualifier"])
            assert "definition_differs" not in (row["status"], row["previous_status"])


@settings(max_examples=30, deadline=None)
@given(panels())
def test_changes_keeps_every_row_and_its_figure(rows: pl.DataFrame) -> None:
    assert metrics.changes(rows, codebook.load()).select(rows.columns).equals(rows)


@settings(max_examples=30, deadline=None)
@given(panels())
def test_no_segment_spans_a_gap_a_break_or_a_differing_definition(rows: pl.DataFrame) -> None:
    book = codebook.load()
    cut = metrics.segments(rows, book)
    drawn = cut.filter(pl.col("segment").is_not_null())
    assert cut.height == rows.height
    assert drawn.filter(pl.col("value").is_null() | (pl.col("status") == "definition_differs")).is_empty()
    for (*_, indicator, _, _, _), line in drawn.group_by("unit", "indicator", "applicant", "scope", "segment"):
        years = line["year"].sort().to_list()
        assert years == list(range(years[0], years[-1] + 1))
        assert not {entry.from_year for entry in book.changes(str(indicator))} & set(years[1:])


def test_comparable_years_in_a_row_share_a_segment_and_a_gap_ends_it(zh: Codebook) -> None:
    years = [{"year": year, "value": None if year == 2022 else 1.0} for year in range(2020, 2025)]
    assert metrics.segments(panel_of(*years), zh)["segment"].to_list() == [1, 1, None, 2, 2]


def test_leading_takes_the_table_then_the_scope_stated_most_often() -> None:
    rows = panel_of(
        {"year": 2021, "scope": "region", "value": 9.0, "method": "prose"},
        {"year": 2021, "scope": "own", "value": 2.0, "method": "table"},
        {"year": 2020, "scope": "own", "value": 3.0, "method": "prose"},
        {"year": 2020, "scope": "region", "value": 8.0, "method": "prose"},
        {"year": 2019, "scope": "region", "value": 7.0, "method": "prose"},
    )
    led = metrics.leading(rows)
    assert led.select("year", "scope", "value").rows() == [(2021, "own", 2), (2020, "region", 8), (2019, "region", 7)]
    assert [[other["value"] for other in beside] for beside in led["beside"]] == [[9], [3], []]
    assert led.columns == [*rows.columns, "beside"]


@settings(max_examples=30, deadline=None)
@given(panels())
def test_leading_loses_no_figure_and_keeps_the_order_of_cells(rows: pl.DataFrame) -> None:
    led = metrics.leading(rows)
    cells = led.select("indicator", "year").rows()
    assert cells == list(dict.fromkeys(rows.select("indicator", "year").rows()))
    for cell, row in zip(cells, led.iter_rows(named=True), strict=True):
        held = rows.filter(pl.col("indicator") == cell[0], pl.col("year") == cell[1])["scope"].to_list()
        assert sorted([row["scope"], *[other["scope"] for other in row["beside"]]]) == sorted(held)


def test_history_stands_in_the_order_of_the_indicators_asked_for(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(figure(2020, 1, "hearings"), figure(2021, 2))
    asked = ["requests_received", "hearings"]
    rows = metrics.history(data, zh, unit="demo", years=[2021, 2020], indicators=asked)
    assert rows.select("indicator", "year").rows() == [(name, year) for name in asked for year in (2020, 2021)]


def test_with_past_keeps_what_has_figures_in_two_years(make_data: MakeData, zh: Codebook) -> None:
    once = [figure(2021, 1, "hearings"), figure(2021, 2, "hearings", scope="region")]
    data = make_data(figure(2020, 1), figure(2021, 2), *once)
    rows = metrics.history(data, zh, unit="demo", years=[2020, 2021], indicators=["hearings", "requests_received"])
    assert metrics.with_past(rows)["indicator"].to_list() == ["requests_received"] * 2
