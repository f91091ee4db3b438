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
TERMS = [
    "requests_concluded", "requests_granted", "requests_granted_in_part", "requests_refused",
    "requests_not_processed", "requests_other_outcome", "requests_received", "requests_carried_in",
    "requests_carried_out", "reviews_upheld", "reviews_corrected", "reviews_other", "reviews", "lawsuits",
]  # fmt: skip
YEAR: dict[str, float] = {
    "requests_concluded": 200, "requests_granted": 90, "requests_granted_in_part": 10, "requests_refused": 30,
    "requests_not_processed": 25, "requests_other_outcome": 15, "requests_received": 210, "requests_carried_in": 30,
    "requests_carried_out": 40, "reviews": 60, "reviews_upheld": 20, "reviews_corrected": 8, "reviews_other": 4,
    "reviews_pending": 28, "lawsuits": 4,
}  # fmt: skip


EVERY: dict[str, float] = YEAR | {
    "requests_already_public": 12, "requests_unavailable": 18, "refused_internal": 6, "refused_state_secret": 3,
    "lawsuits_direct_upheld": 2, "lawsuits_direct_corrected": 1, "lawsuits_direct_other": 1,
    "lawsuits_after_review_upheld": 3, "lawsuits_after_review_corrected": 1, "lawsuits_after_review_other": 0,
    "requests_received_online": 140, "normative_documents_issued": 12, "normative_documents_repealed": 3,
    "normative_documents_in_force": 300, "press_conferences": 16, "press_conferences_by_head": 4,
    "online_interviews": 8, "online_interviews_by_head": 6, "staff": 8, "staff_fulltime": 2, "fees_collected": 500,
    "demonstration_sites_applied": 5, "demonstration_sites_accepted": 4, "published_items": 1000,
    "published_items_website": 600, "published_items_gazette": 40, "published_items_weibo": 60,
    "published_items_wechat": 200, "published_items_other": 100,
}  # fmt: skip


def stated(year: int, values: dict[str, float], **said: object) -> list[Row]:
    return [{"unit": "demo", "year": year, "indicator": name, "value": value, **said} for name, value in values.items()]


def rated(data: Disclosures, book: Codebook, metric: str, years: tuple[int, ...] = (2021,)) -> pl.DataFrame:
    terms = [term.indicator for term in book.metrics[metric].terms]
    wanted = [*terms, *book.parts(book.metrics[metric].whole)] if book.metrics[metric].whole else terms
    rows = panel(data, book, units=["demo"], years=years, indicators=list(dict.fromkeys(wanted)))
    return metrics.rates(rows, book, metrics=[metric])


@pytest.mark.parametrize(
    ("metric", "numerator", "denominator", "value"),
    [
        ("requests_granted_share", 90, 200, 45.0),
        ("requests_granted_in_part_share", 10, 200, 5.0),
        ("requests_already_public_share", 12, 200, 6.0),
        ("requests_unavailable_share", 18, 200, 9.0),
        ("requests_not_processed_share", 25, 200, 12.5),
        ("requests_other_outcome_share", 15, 200, 7.5),
        ("refused_internal_share", 6, 30, 20.0),
        ("refused_state_secret_share", 3, 30, 10.0),
        ("requests_received_online_share", 140, 210, 200 / 3),
        ("published_items_website_share", 600, 1000, 60.0),
        ("published_items_gazette_share", 40, 1000, 4.0),
        ("backlog_change", 40, 30, 10.0),
        ("backlog_growth", 10, 30, 100 / 3),
        ("reviews_per_hundred", 60, 200, 30.0),
        ("lawsuits_per_hundred", 4, 200, 2.0),
        ("documents_turnover", 15, 300, 5.0),
        ("requests_per_staff", 200, 8, 25.0),
        ("fees_per_request", 500, 200, 2.5),
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
    row = rated(make_data(*stated(2021, EVERY)), zh, metric).row(0, named=True)
    assert (row["numerator"], row["denominator"]) == (numerator, denominator)
    assert row["value"] == pytest.approx(value)
    assert (row["judged"], row["reason"], row["uncertain"], row["torn"], row["limit"]) == (
        True,
        None,
        False,
        False,
        None,
    )
    assert row["firm"]


@pytest.mark.parametrize(
    ("metric", "numerator", "denominator", "value"),
    [
        ("head_attendance", 4, 16, 25.0),
        ("head_interviews", 6, 8, 75.0),
        ("fulltime_staff_share", 2, 8, 25.0),
        ("demonstration_acceptance", 4, 5, 80.0),
        ("direct_lawsuit_correction", 1, 4, 25.0),
        ("later_lawsuit_correction", 1, 4, 25.0),
    ],
)
def test_a_share_of_few_is_shown_with_its_counts_and_not_judged(
    make_data: MakeData, zh: Codebook, metric: str, numerator: float, denominator: float, value: float
) -> None:
    row = rated(make_data(*stated(2021, EVERY)), zh, metric).row(0, named=True)
    assert (row["numerator"], row["denominator"], row["value"]) == (numerator, denominator, value)
    assert (row["judged"], row["reason"]) == (False, None)


@pytest.mark.parametrize(("concluded", "judged"), [(29, False), (30, True)])
def test_requests_a_person_are_judged_by_the_requests_and_not_by_the_staff(
    make_data: MakeData, zh: Codebook, concluded: float, judged: bool
) -> None:
    row = rated(make_data(*stated(2021, EVERY | {"requests_concluded": concluded})), zh, "requests_per_staff")
    assert row.select("value", "judged").rows() == [(concluded / 8, judged)]


@pytest.mark.parametrize(("carried_out", "carried_in", "value"), [(0, 0, 0), (2, 5, -3), (5, 0, 5)])
def test_a_difference_needs_no_base_and_no_minimum(
    make_data: MakeData, zh: Codebook, carried_out: float, carried_in: float, value: float
) -> None:
    stocks = {"requests_carried_out": carried_out, "requests_carried_in": carried_in}
    row = rated(make_data(*stated(2021, EVERY | stocks)), zh, "backlog_change").row(0, named=True)
    assert (row["value"], row["judged"], row["reason"], row["points"]) == (value, True, None, None)


def test_the_growth_of_a_backlog_from_nothing_is_not_computed(make_data: MakeData, zh: Codebook) -> None:
    row = rated(make_data(*stated(2021, EVERY | {"requests_carried_in": 0})), zh, "backlog_growth")
    assert row.select("value", "reason").rows() == [(None, "denominator_zero")]


@pytest.mark.parametrize("lacking", [{"published_items_other": 101}, {"published_items_other": None}])
def test_a_channel_has_a_share_only_where_the_channels_add_up(
    make_data: MakeData, zh: Codebook, lacking: dict[str, float | None]
) -> None:
    values = {name: value for name, value in (EVERY | lacking).items() if value is not None}
    row = rated(make_data(*stated(2021, values)), zh, "published_items_website_share").row(0, named=True)
    assert (row["value"], row["reason"], row["judged"]) == (None, "parts_differ", False)


@pytest.mark.parametrize(
    ("year", "metric", "gap"),
    [
        (2016, "carry_over_share", "not_found"),  # the form of that year has no cell, its text may tell
        (2016, "refused_internal_share", "not_applicable"),
        (2016, "backlog_change", "not_found"),
        (2021, "refused_privacy_share", "not_applicable"),
        (2013, "head_attendance", "not_found"),
    ],
)
def test_the_gap_that_all_missing_terms_share_is_told(
    make_data: MakeData, zh: Codebook, year: int, metric: str, gap: str
) -> None:
    held = {"requests_received": 9.0, "requests_concluded": 50.0, "requests_refused": 40.0}
    row = rated(make_data(*stated(year, held)), zh, metric, (year,)).row(0, named=True)
    assert (row["value"], row["reason"]) == (None, "term_missing")
    assert row["gap"] == gap


def test_a_year_without_a_report_is_told_as_one(make_data: MakeData, zh: Codebook) -> None:
    rows = rated(make_data(*stated(2020, EVERY)), zh, "documents_turnover", (2020, 2021))
    assert rows.select("value", "reason", "gap").rows() == [(5.0, None, None), (None, "term_missing", "report_missing")]


def test_a_ratio_in_units_changes_in_percent(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*stated(2022, EVERY), *stated(2023, EVERY | {"staff": 10}))
    found = rated(data, zh, "requests_per_staff", (2022, 2023))
    assert found.select("value", "points", "percent").rows() == [(25.0, None, None), (20.0, -5.0, -20.0)]


def test_a_ratio_that_was_zero_gives_no_percentage(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*stated(2022, EVERY | {"fees_collected": 0}), *stated(2023, EVERY))
    found = rated(data, zh, "fees_per_request", (2022, 2023))
    assert found.select("value", "points", "percent").rows() == [(0.0, None, None), (2.5, 2.5, None)]


@pytest.mark.parametrize("rough", [2022, 2023])
def test_what_is_only_a_minimum_gives_no_change(make_data: MakeData, zh: Codebook, rough: int) -> None:
    data = make_data(
        *[
            {**row, "qualifier": "at_least" if (year, row["indicator"]) == (rough, "requests_refused") else "exact"}
            for year in (2022, 2023)
            for row in stated(year, EVERY)
        ]
    )
    found = rated(data, zh, "requests_refused_share", (2022, 2023))
    assert found["value"].to_list() == [15.0, 15.0]
    assert found["points"].to_list() == [None, None]


@pytest.mark.parametrize(
    ("first", "points"), [(2019, [None, 0.0, None]), (2021, [None, 0.0, 0.0])], ids=["across 2021", "within a form"]
)
def test_turnover_is_not_compared_across_a_change_of_the_form(
    make_data: MakeData, zh: Codebook, first: int, points: list[float | None]
) -> None:
    years = (first, first + 1, first + 2)
    found = rated(make_data(*[row for year in years for row in stated(year, EVERY)]), zh, "documents_turnover", years)
    assert found["points"].to_list() == points


@pytest.mark.parametrize(
    ("lacking", "metric"),
    [
        (["requests_granted_in_part"], "substantive_disclosure"),
        (["requests_concluded"], "substantive_disclosure"),
        (["requests_concluded", "requests_granted"], "substantive_disclosure"),
        (["reviews_other"], "review_correction"),
    ],
)
def test_a_missing_term_leaves_the_rate_uncomputed(
    make_data: MakeData, zh: Codebook, lacking: list[str], metric: str
) -> None:
    held = {name: value for name, value in YEAR.items() if name not in lacking}
    row = rated(make_data(*stated(2021, held)), zh, metric).row(0, named=True)
    assert (row["value"], row["reason"], row["firm"]) == (None, "term_missing", False)


def test_a_column_of_applicants_is_a_term_of_its_own(make_data: MakeData, zh: Codebook) -> None:
    who = ["total", "natural_person"]
    figures = stated(2020, YEAR), stated(2021, YEAR), stated(2021, {"requests_received": 42}, applicant=who[1])
    data = make_data(*[row for rows in figures for row in rows])
    rows = panel(data, zh, units=["demo"], years=[2020, 2021], indicators=["requests_received"], applicants=who)
    found = metrics.rates(rows, zh, metrics=["natural_person_share"])
    assert found.select("value", "reason").rows() == [(None, "term_missing"), (20.0, None)]


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
    assert (row["value"], row["reason"], row["gap"]) == (None, "term_missing", "definition_differs")


def test_a_denominator_of_zero_is_said_and_nothing_is_computed(make_data: MakeData, zh: Codebook) -> None:
    row = rated(make_data(*stated(2021, dict.fromkeys(YEAR, 0))), zh, "substantive_disclosure").row(0, named=True)
    assert (row["value"], row["reason"], row["judged"]) == (None, "denominator_zero", False)


@pytest.mark.parametrize(("concluded", "reason"), [(39, "denominator_negative"), (40, "denominator_zero")])
def test_a_denominator_below_zero_is_not_called_zero(
    make_data: MakeData, zh: Codebook, concluded: float, reason: str
) -> None:
    row = rated(
        make_data(*stated(2021, YEAR | {"requests_concluded": concluded})), zh, "substantive_disclosure_of_decided"
    )
    assert row.select("value", "reason", "judged").rows() == [(None, reason, False)]


@pytest.mark.parametrize(("concluded", "judged"), [(1, False), (29, False), (30, True), (31, True)])
def test_a_rate_of_fewer_than_thirty_cases_is_shown_but_not_judged(
    make_data: MakeData, zh: Codebook, concluded: int, judged: bool
) -> None:
    row = rated(make_data(*stated(2021, {**YEAR, "requests_concluded": concluded})), zh, "requests_refused_share")
    assert row.select("judged", "value").row(0) == (judged, pytest.approx(30 / concluded * 100))


def test_a_rate_of_an_approximate_term_is_uncertain(make_data: MakeData, zh: Codebook) -> None:
    rest = {name: value for name, value in YEAR.items() if name != "requests_granted"}
    rough = stated(2021, {"requests_granted": 90}, qualifier="approx")
    row = rated(make_data(*stated(2021, rest), *rough), zh, "substantive_disclosure").row(0, named=True)
    assert (row["uncertain"], row["torn"], row["limit"], row["firm"]) == (True, False, None, False)


def doubtful(year: int, doubts: dict[str, dict[str, object]]) -> list[Row]:
    """The figures of a year, some said with a doubt."""
    return [row | doubts.get(str(row["indicator"]), {}) for row in stated(year, EVERY)]


@pytest.mark.parametrize(
    ("metric", "floors", "value", "limit"),
    [
        ("substantive_disclosure", ["requests_granted"], 50.0, "at_least"),
        ("substantive_disclosure", ["requests_concluded"], 50.0, "at_most"),
        ("substantive_disclosure", ["requests_granted", "requests_concluded"], None, None),
        (
            "substantive_disclosure_of_decided",
            ["requests_not_processed"],
            62.5,
            "at_least",
        ),  # it lessens the denominator
        ("substantive_disclosure_of_decided", ["requests_concluded", "requests_not_processed"], None, None),
        ("review_correction", ["reviews_upheld"], 25.0, "at_most"),
        ("review_correction", ["reviews_corrected"], None, None),  # it stands on both sides
        ("backlog_change", ["requests_carried_out"], 10.0, "at_least"),
        ("backlog_change", ["requests_carried_in"], 10.0, "at_most"),
        ("backlog_growth", ["requests_carried_in"], 100 / 3, "at_most"),
    ],
)
def test_a_term_that_is_only_a_minimum_makes_the_measure_a_limit_or_none(
    make_data: MakeData, zh: Codebook, metric: str, floors: list[str], value: float | None, limit: str | None
) -> None:
    data = make_data(*doubtful(2021, {name: {"qualifier": "at_least"} for name in floors}))
    row = rated(data, zh, metric).row(0, named=True)
    assert (row["value"], row["reason"]) == (pytest.approx(value), None if limit else "no_limit")
    assert (row["uncertain"], row["firm"]) == (False, False)
    assert row["limit"] == limit or value is None


@pytest.mark.parametrize("torn", [2022, 2023])
def test_a_term_on_which_sources_disagree_gives_a_rate_and_no_change(
    make_data: MakeData, zh: Codebook, torn: int
) -> None:
    doubt: dict[str, object] = {"status": "conflicting"}
    data = make_data(
        *[row for y in (2022, 2023) for row in doubtful(y, {"requests_refused": doubt} if y == torn else {})]
    )
    found = rated(data, zh, "requests_refused_share", (2022, 2023))
    assert found.select("value", "points", "uncertain").rows() == [(15.0, None, False)] * 2
    assert found["torn"].to_list() == found["firm"].not_().to_list() == [year == torn for year in (2022, 2023)]


def test_a_change_knows_that_the_year_before_was_approximate(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*doubtful(2022, {"requests_refused": {"qualifier": "approx"}}), *stated(2023, EVERY))
    found = rated(data, zh, "requests_refused_share", (2022, 2023))
    assert found.select("points", "uncertain", "before_uncertain").rows() == [(None, True, None), (0.0, False, True)]


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


FACT = {"unit": "demo", "year": 2021, "scope": "own", "status": "reported", "qualifier": "exact", "method": "table"}


MOST_TERMS = max(len(metric.terms) for metric in codebook.load().metrics.values())


@pytest.mark.parametrize("name", sorted(codebook.load().metrics))
@settings(max_examples=3, deadline=None)
@given(sizes=st.lists(st.integers(0, 10**7), min_size=MOST_TERMS, max_size=MOST_TERMS))
def test_a_measure_is_always_its_quotient_or_its_difference(name: str, sizes: list[int]) -> None:
    book = codebook.load()
    metric = book.metrics[name]
    values = {(term.indicator, term.applicant): float(size) for term, size in zip(metric.terms, sizes, strict=False)}
    facts = [{**FACT, "indicator": key[0], "applicant": key[1], "value": value} for key, value in values.items()]
    rows = pl.DataFrame(facts).with_columns(
        pl.col("year").cast(pl.Int16),
        edition=pl.lit("standard_2021"),
        evidence=pl.lit(""),
        corrected=pl.lit(value=False),
    )
    row = metrics.rates(rows, book, metrics=[name]).row(0, named=True)
    above, below = (
        sum(values[term.indicator, term.applicant] * term.sign for term in side)
        for side in (metric.numerator, metric.denominator)
    )
    assert (row["numerator"], row["denominator"]) == (above, below)
    if metric.difference:
        assert row["value"] == above - below
    elif row["value"] is None:
        assert below <= 0 or (metric.adds_up and row["reason"] == "parts_differ")
    else:
        assert row["value"] == pytest.approx(above / below * metric.factor)
