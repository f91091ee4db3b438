from collections.abc import Callable

import polars as pl
import pytest

from analysis import metrics
from analysis.codebook import Codebook
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]
Row = dict[str, object]
OUTCOMES: dict[str, float | str] = {
    "requests_concluded": 200,
    "requests_granted": 90,
    "requests_granted_in_part": 10,
    "requests_refused": 30,
    "requests_unavailable": 30,
    "requests_not_processed": 25,
    "requests_other_outcome": 15,
}
REPLIES: dict[str, float | str] = {
    "requests_concluded": 100,
    "requests_already_public": 40,
    "requests_granted": 30,
    "requests_granted_in_part": 5,
    "requests_refused": 5,
    "unavailable_not_held": 8,
    "unavailable_not_existing": 2,
    "other_told_to_amend": 4,
    "other_told_other_route": 6,
}
CHANNELS = ["in_person", "by_fax", "online", "by_mail"]
KINDS = ["natural_person", "company", "research_institution", "public_interest_organisation", "legal_service"]
KINDS += ["other_organisation"]


def stated(year: int, values: dict[str, float | str], **said: object) -> list[Row]:
    return [{"unit": "demo", "year": year, "indicator": name, "value": value, **said} for name, value in values.items()]


def of_concluded(data: Disclosures, book: Codebook, *years: int) -> pl.DataFrame:
    rows = metrics.history(data, book, unit="demo", years=years, indicators=book.by_group("requests"))
    return metrics.parts(rows, book, wholes=["requests_concluded"])


def test_parts_that_sum_to_the_whole_have_shares(make_data: MakeData, zh: Codebook) -> None:
    found = of_concluded(make_data(*stated(2021, OUTCOMES)), zh, 2021)
    assert found["indicator"].to_list() == list(OUTCOMES)[1:]
    assert found["share"].to_list() == pytest.approx([45, 5, 15, 15, 12.5, 7.5])
    assert found.select("whole", "total", "complete").unique().rows() == [("requests_concluded", 200, True)]


@pytest.mark.parametrize(
    "differing",
    [{"requests_refused": 31}, {"requests_concluded": 199}, {"requests_concluded": ""}, {"requests_refused": ""}],
)
def test_parts_that_lack_something_or_do_not_add_up_have_no_shares(
    make_data: MakeData, zh: Codebook, differing: dict[str, float | str]
) -> None:
    values = OUTCOMES | differing
    blank = {name: value for name, value in values.items() if value == ""}
    rest = {name: value for name, value in values.items() if value != ""}
    found = of_concluded(make_data(*stated(2021, rest), *stated(2021, blank, status="blank")), zh, 2021)
    assert found["share"].to_list() == [None] * 6
    assert not found["complete"].any()


def test_a_part_of_another_scope_leaves_no_shares(make_data: MakeData, zh: Codebook) -> None:
    rest = {name: value for name, value in OUTCOMES.items() if name != "requests_refused"}
    other = stated(2021, {"requests_refused": 30}, scope="region")
    assert of_concluded(make_data(*stated(2021, rest), *other), zh, 2021)["complete"].to_list() == [False] * 6


@pytest.mark.parametrize("differing", ["requests_refused", "requests_concluded"])
def test_a_part_or_a_whole_of_another_definition_leaves_no_shares(
    make_data: MakeData, zh: Codebook, differing: str
) -> None:
    rest = {name: value for name, value in OUTCOMES.items() if name != differing}
    other = stated(2021, {differing: OUTCOMES[differing]}, status="definition_differs")
    assert not of_concluded(make_data(*stated(2021, rest), *other), zh, 2021)["complete"].any()


@pytest.mark.parametrize("name", ["requests_refused", "requests_concluded"])
@pytest.mark.parametrize(("qualifier", "complete"), [("at_least", False), ("approx", True)])
def test_a_lower_bound_leaves_no_shares_and_an_approximation_does(
    make_data: MakeData, zh: Codebook, name: str, qualifier: str, complete: bool
) -> None:
    rest = {each: value for each, value in OUTCOMES.items() if each != name}
    other = stated(2021, {name: OUTCOMES[name]}, qualifier=qualifier)
    found = of_concluded(make_data(*stated(2021, rest), *other), zh, 2021)
    assert found["complete"].to_list() == [complete] * 6
    assert found["share"].is_not_null().to_list() == [complete] * 6


def test_a_form_without_any_of_the_parts_keeps_them_as_gaps(make_data: MakeData, zh: Codebook) -> None:
    rows = metrics.history(
        make_data(*stated(2021, {"requests_received": 9})), zh, unit="demo", years=[2021],
        indicators=zh.by_group("requests"),
    )  # fmt: skip
    found = metrics.parts(rows, zh, wholes=["requests_received"])
    assert found["indicator"].to_list() == [f"requests_received_{name}" for name in CHANNELS]
    assert found.select("value", "total", "complete").unique().rows() == [(None, 9, False)]


def test_a_whole_stands_with_its_status_qualifier_and_place(make_data: MakeData, zh: Codebook) -> None:
    rest = {name: value for name, value in OUTCOMES.items() if name != "requests_concluded"}
    whole = stated(2021, {"requests_concluded": 200}, qualifier="approx", evidence="三(七)")
    found = of_concluded(make_data(*stated(2021, rest), *whole), zh, 2021)
    assert found.select("total_status", "total_qualifier", "total_evidence").unique().rows() == [
        ("reported", "approx", "三(七)")
    ]


def test_a_whole_of_zero_has_no_shares(make_data: MakeData, zh: Codebook) -> None:
    found = of_concluded(make_data(*stated(2021, dict.fromkeys(OUTCOMES, 0))), zh, 2021)
    assert (found["share"].to_list(), found["value"].to_list()) == ([None] * 6, [0] * 6)


def test_before_2019_the_parts_are_those_of_the_statistical_table(make_data: MakeData, zh: Codebook) -> None:
    found = of_concluded(make_data(*stated(2016, REPLIES)), zh, 2016)
    shares = dict(found.select(pl.col("indicator").cast(pl.String), "share").rows())
    assert shares == {
        "requests_granted": pytest.approx(30),
        "requests_granted_in_part": pytest.approx(5),
        "requests_already_public": pytest.approx(40),
        "requests_refused": pytest.approx(5),
        "requests_unavailable": pytest.approx(10),
        "requests_other_outcome": pytest.approx(10),
    }


def test_shares_of_each_year_stand_on_the_parts_of_its_own_form(make_data: MakeData, zh: Codebook) -> None:
    found = of_concluded(make_data(*stated(2018, REPLIES), *stated(2021, OUTCOMES)), zh, 2018, 2021)
    granted = found.filter(pl.col("indicator") == "requests_granted").sort("year")
    assert granted.select("year", "share", "complete").rows() == [(2018, 30.0, True), (2021, 45.0, True)]


def test_an_incomplete_year_takes_no_shares_from_another(make_data: MakeData, zh: Codebook) -> None:
    short = {name: value for name, value in OUTCOMES.items() if name != "requests_granted"}
    found = of_concluded(make_data(*stated(2020, short), *stated(2021, OUTCOMES)), zh, 2020, 2021)
    complete = found.group_by("year", maintain_order=True).agg(pl.col("complete").unique()).sort("year")
    assert complete.rows() == [(2020, [False]), (2021, [True])]


def test_a_whole_without_parts_gives_no_rows(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*stated(2021, {"hearings": 3}))
    rows = metrics.history(data, zh, unit="demo", years=[2021], indicators=["hearings"])
    assert metrics.parts(rows, zh, wholes=["hearings"]).height == 0


def test_a_whole_whose_parts_nobody_stated_shows_their_gaps(make_data: MakeData, zh: Codebook) -> None:
    found = of_concluded(make_data(*stated(2021, {"requests_concluded": 200})), zh, 2021)
    assert found["indicator"].to_list() == list(OUTCOMES)[1:]
    assert found["status"].to_list() == ["not_found"] * 2 + ["parts_missing"] * 4
    assert found.select("value", "share", "total").unique().rows() == [(None, None, 200)]


@pytest.mark.parametrize("figures", [[], stated(2018, {"lawsuits": 3}) + stated(2021, {"lawsuits_direct": 3})])
def test_the_parts_of_each_year_are_those_of_its_own_form(
    make_data: MakeData, zh: Codebook, figures: list[Row]
) -> None:
    data = make_data(*figures, reports=[{"unit": "demo", "year": year} for year in (2018, 2021)])
    rows = metrics.history(data, zh, unit="demo", years=[2018, 2021], indicators=zh.by_group("disputes"))
    found = metrics.parts(rows, zh, wholes=["lawsuits"]).select("year", pl.col("indicator").cast(pl.String)).rows()
    before, after = ["upheld", "corrected", "other"], ["direct", "after_review"]
    assert sorted(found) == sorted(
        [(2018, f"lawsuits_{name}") for name in before] + [(2021, f"lawsuits_{name}") for name in after]
    )


def test_a_part_that_the_form_lacks_counts_where_it_is_stated_all_the_same(make_data: MakeData, zh: Codebook) -> None:
    found = of_concluded(make_data(*stated(2021, OUTCOMES | {"requests_already_public": 0})), zh, 2021)
    shares = dict(found.select(pl.col("indicator").cast(pl.String), "share").rows())
    assert (len(shares), shares["requests_already_public"], shares["requests_granted"]) == (7, 0, 45)


@pytest.mark.parametrize(
    ("counts", "total", "shares"),
    [
        ([60, 20, 5, 5, 10, 0], 100, [60, 20, 5, 5, 10, 0]),
        ([60, 20, 5, 5, 10, 1], 100, None),
        ([60, 20, 5, 5, 10], 100, None),
        ([0, 0, 0, 0, 0, 0], 0, None),
    ],
)
def test_applicants_are_parts_of_the_total_column(
    make_data: MakeData, zh: Codebook, counts: list[float], total: float, shares: list[float] | None
) -> None:
    columns = dict(zip(["total", *KINDS], [total, *counts], strict=False))
    figures = [
        row for kind, count in columns.items() for row in stated(2021, {"requests_received": count}, applicant=kind)
    ]
    asked = {"indicators": ["requests_received"], "applicants": zh.terms["applicant"]}
    rows = metrics.history(make_data(*figures), zh, unit="demo", years=[2021], **asked)
    found = metrics.applicants(rows, indicator="requests_received")
    assert found["applicant"].to_list() == KINDS
    assert found["share"].to_list() == (shares or [None] * 6)
    assert found["whole"].unique().to_list() == ["requests_received"]
