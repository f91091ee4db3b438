from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import codebook, metrics
from analysis.codebook import Codebook
from analysis.facts import Disclosures, panel

MakeData = Callable[..., Disclosures]
Row = dict[str, object]
TERMS = ["requests_concluded", "requests_granted", "requests_granted_in_part", "requests_refused"]
TERMS += ["requests_not_processed", "requests_other_outcome", "requests_received", "requests_carried_in"]
TERMS += ["requests_carried_out", "reviews_upheld", "reviews_corrected", "reviews_other", "reviews", "lawsuits"]
YEAR: dict[str, float] = {
    "requests_concluded": 200, "requests_granted": 90, "requests_granted_in_part": 10, "requests_refused": 30,
    "requests_not_processed": 25, "requests_other_outcome": 15, "requests_received": 210, "requests_carried_in": 30,
    "requests_carried_out": 40, "reviews": 60, "reviews_upheld": 20, "reviews_corrected": 8, "reviews_other": 4,
    "reviews_pending": 28, "lawsuits": 4,
}  # fmt: skip


def stated(year: int, values: dict[str, float], **said: object) -> list[Row]:
    return [{"unit": "demo", "year": year, "indicator": name, "value": value, **said} for name, value in values.items()]


def rated(data: Disclosures, book: Codebook, metric: str, years: tuple[int, ...] = (2021,)) -> pl.DataFrame:
    rows = panel(data, book, units=["demo"], years=years, indicators=TERMS)
    return metrics.rates(rows, book, metrics=[metric])


@pytest.mark.parametrize(
    ("metric", "numerator", "denominator", "value"),
    [
        ("substantive_disclosure", 100, 200, 50.0),
        ("substantive_disclosure_of_decided", 100, 160, 62.5),
        ("requests_refused_share", 30, 200, 15.0),
        ("review_correction", 8, 32, 25.0),
        ("carry_over_share", 40, 240, 100 / 6),
        ("disputes_per_hundred", 64, 200, 32.0),
    ],
)
def test_a_rate_is_its_numerator_over_its_denominator(
    make_data: MakeData, zh: Codebook, metric: str, numerator: float, denominator: float, value: float
) -> None:
    row = rated(make_data(*stated(2021, YEAR)), zh, metric).row(0, named=True)
    assert (row["numerator"], row["denominator"]) == (numerator, denominator)
    assert row["value"] == pytest.approx(value)
    assert (row["judged"], row["reason"], row["missing"], row["uncertain"]) == (True, None, [], False)


@pytest.mark.parametrize(
    ("lacking", "metric"),
    [
        (["requests_granted_in_part"], "substantive_disclosure"),
        (["requests_concluded"], "substantive_disclosure"),
        (["requests_concluded", "requests_granted"], "substantive_disclosure"),
        (["reviews_other"], "review_correction"),
    ],
)
def test_a_missing_term_leaves_the_rate_uncomputed_and_is_named(
    make_data: MakeData, zh: Codebook, lacking: list[str], metric: str
) -> None:
    held = {name: value for name, value in YEAR.items() if name not in lacking}
    row = rated(make_data(*stated(2021, held)), zh, metric).row(0, named=True)
    assert (row["value"], row["reason"]) == (None, "term_missing")
    assert sorted(row["missing"]) == [f"{name}@total" for name in lacking]


def test_a_column_of_applicants_is_a_term_of_its_own(make_data: MakeData, zh: Codebook) -> None:
    who = ["total", "natural_person"]
    figures = stated(2020, YEAR), stated(2021, YEAR), stated(2021, {"requests_received": 42}, applicant=who[1])
    asked = {"years": [2020, 2021], "indicators": ["requests_received"], "applicants": who}
    rows = panel(make_data(*[row for rows in figures for row in rows]), zh, units=["demo"], **asked)
    found = metrics.rates(rows, zh, metrics=["natural_person_share"])
    lacking = (None, "term_missing", ["requests_received@natural_person"])
    assert found.select("value", "reason", "missing").rows() == [lacking, (20.0, None, [])]


def test_pending_reviews_need_not_be_known_for_the_correction_rate(make_data: MakeData, zh: Codebook) -> None:
    held = {name: value for name, value in YEAR.items() if name != "reviews_pending"}
    assert rated(make_data(*stated(2021, held)), zh, "review_correction")["value"].to_list() == [25.0]


def test_terms_of_differing_scopes_are_not_divided(make_data: MakeData, zh: Codebook) -> None:
    granted = {"requests_granted": 5.0, "requests_granted_in_part": 1.0}
    rows = [*stated(2021, granted, scope="own"), *stated(2021, {"requests_concluded": 90}, scope="region")]
    row = rated(make_data(*rows), zh, "substantive_disclosure").row(0, named=True)
    assert (row["value"], row["reason"]) == (None, "scopes_differ")


def test_a_term_of_another_definition_is_no_term(make_data: MakeData, zh: Codebook) -> None:
    rest = {name: value for name, value in YEAR.items() if name != "requests_granted"}
    differing = stated(2021, {"requests_granted": 90}, status="definition_differs")
    row = rated(make_data(*stated(2021, rest), *differing), zh, "substantive_disclosure").row(0, named=True)
    assert (row["value"], row["reason"], row["missing"]) == (None, "term_missing", ["requests_granted@total"])


def test_a_denominator_of_zero_is_said_and_nothing_is_computed(make_data: MakeData, zh: Codebook) -> None:
    row = rated(make_data(*stated(2021, dict.fromkeys(YEAR, 0))), zh, "substantive_disclosure").row(0, named=True)
    assert (row["value"], row["reason"], row["judged"]) == (None, "denominator_zero", False)


@pytest.mark.parametrize(("concluded", "judged"), [(1, False), (29, False), (30, True), (31, True)])
def test_a_rate_of_fewer_than_thirty_cases_is_shown_but_not_judged(
    make_data: MakeData, zh: Codebook, concluded: int, judged: bool
) -> None:
    row = rated(make_data(*stated(2021, {**YEAR, "requests_concluded": concluded})), zh, "requests_refused_share")
    assert row.select("judged", "value").row(0) == (judged, pytest.approx(30 / concluded * 100))


def test_a_rate_of_an_approximate_term_is_uncertain(make_data: MakeData, zh: Codebook) -> None:
    rest = {name: value for name, value in YEAR.items() if name != "requests_granted"}
    rough = stated(2021, {"requests_granted": 90}, qualifier="approx")
    assert rated(make_data(*stated(2021, rest), *rough), zh, "substantive_disclosure")["uncertain"].to_list() == [True]


@pytest.mark.parametrize(
    ("metric", "first", "before", "now", "points"),
    [
        ("requests_refused_share", 2020, {}, {"requests_refused": 33}, 1.5),
        ("requests_refused_share", 2020, {}, {"requests_concluded": 29}, None),
        ("requests_refused_share", 2020, {"requests_concluded": 29}, {}, None),
        ("requests_refused_share", 2020, {"requests_concluded": 0}, {}, None),
        ("requests_refused_share", 2018, {}, {}, None),
        ("substantive_disclosure", 2019, {}, {"requests_granted": 84}, -3.0),
        ("substantive_disclosure", 2018, {}, {"requests_granted": 84}, None),  # near counts too
        ("substantive_disclosure_of_decided", 2020, {}, {}, None),  # other outcomes are near from 2021 on
        ("carry_over_share", 2018, {}, {}, None),  # requests received are near from 2019 on
        ("review_correction", 2018, {}, {}, 0),
    ],
)
def test_points_need_two_judged_years_and_terms_that_count_alike(
    make_data: MakeData,
    zh: Codebook,
    metric: str,
    first: int,
    before: dict[str, float],
    now: dict[str, float],
    points: float | None,
) -> None:
    data = make_data(*stated(first, {**YEAR, **before}), *stated(first + 1, {**YEAR, **now}))
    rows = rated(data, zh, metric, (first, first + 1))
    assert rows["points"].to_list() == [None, pytest.approx(points) if points is not None else None]


@pytest.mark.parametrize(("scopes", "points"), [(("own", "own"), 1.5), (("own", "region"), None)])
def test_points_need_one_scope(
    make_data: MakeData, zh: Codebook, scopes: tuple[str, str], points: float | None
) -> None:
    first, second = stated(2020, YEAR, scope=scopes[0]), stated(2021, {**YEAR, "requests_refused": 33}, scope=scopes[1])
    found = rated(make_data(*first, *second), zh, "requests_refused_share", (2020, 2021))
    assert found.select("scope", "value", "points").rows() == [(scopes[0], 15.0, None), (scopes[1], 16.5, points)]


def test_points_do_not_reach_over_a_year_without_a_rate(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*stated(2020, YEAR), *stated(2022, YEAR))
    rows = rated(data, zh, "requests_refused_share", (2020, 2021, 2022))
    assert rows.select("value", "points").rows() == [(15.0, None), (None, None), (15.0, None)]


def test_rates_stand_by_unit_metric_as_asked_and_year(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*stated(2020, YEAR), *stated(2021, YEAR))
    rows = panel(data, zh, units=["demo"], years=[2020, 2021], indicators=TERMS)
    asked = ["requests_refused_share", "carry_over_share"]
    found = metrics.rates(rows, zh, metrics=asked).select("metric", "year").rows()
    assert found == [(name, year) for name in asked for year in (2020, 2021)]


def test_no_metrics_give_no_rows(make_data: MakeData, zh: Codebook) -> None:
    rows = panel(make_data(*stated(2021, YEAR)), zh, units=["demo"], years=[2021], indicators=TERMS)
    assert metrics.rates(rows, zh, metrics=[]).is_empty()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_share_lies_between_0_and_100_and_gives_its_numerator_back(granted: int, partly: int, rest: int) -> None:
    values = dict(zip(TERMS[:3], (granted + partly + rest, granted, partly), strict=True))
    plain = {"unit": "demo", "year": 2021, "applicant": "total", "scope": "own", "status": "reported"}
    said = {**plain, "qualifier": "exact", "method": "table"}
    rows = pl.DataFrame([{**said, "indicator": name, "value": float(value)} for name, value in values.items()])
    rows = rows.with_columns(pl.col("year").cast(pl.Int16))
    row = metrics.rates(rows, codebook.load(), metrics=["substantive_disclosure"]).row(0, named=True)
    if not values["requests_concluded"]:
        assert (row["value"], row["reason"]) == (None, "denominator_zero")
    else:
        assert 0 <= row["value"] <= 100
        assert row["value"] * row["denominator"] / 100 == pytest.approx(row["numerator"])
        assert row["judged"] == (values["requests_concluded"] >= 30)
