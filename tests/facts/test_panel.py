from collections.abc import Callable
from itertools import product

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import codebook, facts
from analysis.codebook import Codebook
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]
HEARINGS = {"unit": "demo", "year": 2024, "indicator": "hearings", "value": 5}
GROUNDS = [addend.indicator for addend in codebook.load().identities["refusal_grounds"].right]
UNITS, YEARS, INDICATORS = ["demo", "demo-east"], [2018, 2024], ["hearings", "reviews", "requests_refused"]
SCOPES = ["unstated", "own", "region"]
PREFERRED = ["table", "hand", "prose"]


def refusals(year: int = 2024, **changed: object) -> list[dict[str, object]]:
    """The eight grounds of refusal, 1 to 8, together 36; `changed` alters the first."""
    rows = [{"unit": "demo", "year": year, "indicator": name, "value": n} for n, name in enumerate(GROUNDS, start=1)]
    return [{**rows[0], **changed}, *rows[1:]]


def total(*figures: dict[str, object], make: MakeData, year: int = 2024, **tables: object) -> dict[str, object]:
    panel = facts.panel(
        make(*figures, **tables), codebook.load(), units=["demo"], years=[year], indicators=["requests_refused"]
    )
    return panel.row(0, named=True)


def gap(indicator: str, year: int, coverage: str | None) -> str:
    """What kind of gap a cell of INDICATORS and YEARS is that nothing is stated for."""
    if coverage is None:
        return "report_missing"
    if coverage == "selected" or (coverage == "tables" and indicator == "hearings"):
        return "not_collected"
    return "parts_missing" if (indicator, year) == ("requests_refused", 2024) else "not_found"


stated = st.dictionaries(
    st.tuples(*[st.sampled_from(values) for values in (UNITS, YEARS, INDICATORS, SCOPES)]),
    st.tuples(st.sampled_from(PREFERRED), st.one_of(st.none(), st.integers(0, 9))),
    max_size=12,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(figures=stated, coverage=st.sampled_from(["full", "tables", "selected"]))
def test_every_cell_has_its_figure_or_its_gap(
    make_data: MakeData, figures: dict[tuple[str, int, str, str], tuple[str, int | None]], coverage: str
) -> None:
    key = ("unit", "year", "indicator", "scope")
    rows = [
        dict(zip(key, cell, strict=True)) | {"method": method}
        | ({"value": "", "status": "blank"} if value is None else {"value": value})
        for cell, (method, value) in figures.items()
    ]  # fmt: skip
    reported = sorted({cell[:2] for cell in figures})
    data = make_data(*rows, reports=[{"unit": unit, "year": year, "coverage": coverage} for unit, year in reported])
    panel = facts.panel(data, codebook.load(), units=UNITS, years=YEARS, indicators=INDICATORS)
    panel = panel.with_columns(pl.col(pl.Enum).cast(pl.String))
    said = {cell: (value, "blank" if value is None else "reported") for cell, (_, value) in figures.items()}
    silent = {
        (unit, year, name, None): (None, gap(name, year, coverage if (unit, year) in reported else None))
        for unit, year, name in product(UNITS, YEARS, INDICATORS)
        if (unit, year, name) not in {cell[:3] for cell in figures}
    }
    found = [(row[:4], row[4:]) for row in panel.select(*key, "value", "status").rows()]
    assert dict(found) == said | silent
    assert len(found) == len(said | silent)


@pytest.mark.parametrize(
    ("indicator", "applicant", "year", "coverage", "kind"),
    [
        ("hearings", "total", 2024, None, "report_missing"),
        ("hearings", "total", 2024, "full", "not_found"),
        ("hearings", "total", 2024, "tables", "not_collected"),
        ("hearings", "total", 2005, "full", "not_found"),
        ("hearings", "total", 2005, "tables", "not_collected"),
        ("reviews", "total", 2024, "tables", "not_found"),
        ("reviews", "total", 2024, "selected", "not_collected"),
        (
            "fees_collected",
            "total",
            2018,
            "tables",
            "not_found",
        ),  # a cell of the table then, section six of the text now
        ("fees_collected", "total", 2024, "tables", "not_collected"),
        # no cell in that form, but other editions tell it in prose
        ("rules_repealed", "total", 2020, "full", "not_found"),
        ("rules_repealed", "total", 2020, "tables", "not_collected"),
        ("requests_received_by_fax", "total", 2024, "selected", "not_collected"),
        # no cell, and told in prose nowhere
        ("refused_privacy", "total", 2024, "full", "not_applicable"),
        ("refused_privacy", "total", 2024, "selected", "not_applicable"),
        ("refused_privacy", "total", 2010, "full", "not_applicable"),
        # columns of applicants
        ("requests_received", "company", 2018, "full", "not_applicable"),
        ("requests_received", "company", 2010, "selected", "not_applicable"),
        ("requests_received", "company", 2024, "full", "not_found"),
        ("requests_refused", "company", 2024, "tables", "parts_missing"),
        # totals that the form never prints
        ("lawsuits", "total", 2024, "full", "parts_missing"),
        ("lawsuits", "total", 2024, "tables", "parts_missing"),
        ("lawsuits", "total", 2024, "selected", "not_collected"),
        ("requests_unavailable", "total", 2018, "full", "parts_missing"),
        ("requests_refused", "total", 2018, "full", "not_found"),
    ],
)
def test_each_gap_says_what_kind_it_is(
    make_data: MakeData, zh: Codebook, indicator: str, applicant: str, year: int, coverage: str | None, kind: str
) -> None:
    data = make_data(reports=[{"unit": "demo", "year": year, "coverage": coverage}] if coverage else [])
    panel = facts.panel(data, zh, units=["demo"], years=[year], indicators=[indicator], applicants=[applicant])
    assert panel.select("status", "value", "scope", "source").rows() == [(kind, None, None, None)]


def test_a_blank_cell_stays_blank_and_is_walked_home(make_data: MakeData, zh: Codebook) -> None:
    data = make_data({**HEARINGS, "value": "", "status": "blank"})
    row = facts.panel(data, zh, units=["demo"], years=[2024], indicators=["hearings"]).row(0, named=True)
    assert (row["status"], row["value"], row["source"], row["evidence"]) == ("blank", None, "demo-2024", "一(一)")


def test_a_total_is_computed_when_every_part_is_stated(make_data: MakeData) -> None:
    row = total(*refusals(), make=make_data)
    assert (row["value"], row["status"], row["method"]) == (36, "reported", "computed")
    assert (row["source"], row["scope"], row["evidence"]) == ("demo-2024", "unstated", "不予公开 = 八项理由之和")


@pytest.mark.parametrize(
    "parts",
    [
        refusals()[1:], refusals(value="", status="blank"), refusals(scope="own"), refusals(method="prose"),
        refusals(applicant="company"), refusals(status="definition_differs"), refusals(source="demo-2023"),
    ],
    ids=["lacks", "blank", "another scope", "in prose", "another applicant", "another definition", "another report"],
)  # fmt: skip
def test_a_total_is_never_computed_from_some_of_its_parts(make_data: MakeData, parts: list[dict[str, object]]) -> None:
    row = total(*parts, make=make_data, reports=[{"unit": "demo", "year": 2023}])
    assert (row["value"], row["status"], row["method"]) == (None, "parts_missing", None)


@pytest.mark.parametrize("year", [2018, 2010])
def test_a_total_is_never_computed_for_another_edition(make_data: MakeData, year: int) -> None:
    row = total(*refusals(year), make=make_data, year=year)
    assert (row["value"], row["status"]) == (None, "not_found")


def test_a_total_that_the_table_states_stands_before_the_computed_one(make_data: MakeData) -> None:
    row = total(*refusals(), {**HEARINGS, "indicator": "requests_refused", "value": 40}, make=make_data)
    assert (row["value"], row["method"], row["others"]) == (40, "table", [36])


@pytest.mark.parametrize("method", ["hand", "prose"])
def test_a_computed_total_stands_before_the_words_and_keeps_theirs(make_data: MakeData, method: str) -> None:
    words = {**HEARINGS, "indicator": "requests_refused", "value": 40, "method": method}
    row = total(*refusals(), words, make=make_data)
    assert (row["value"], row["method"], row["others"]) == (36, "computed", [40])


def test_a_part_that_stands_twice_is_counted_once(make_data: MakeData) -> None:
    assert total(*refusals(), {**refusals()[0], "evidence": "again"}, make=make_data)["value"] == 36


def test_a_total_with_a_conflicting_part_conflicts_and_never_adds_both(make_data: MakeData) -> None:
    other = {**refusals()[0], "value": 11, "status": "conflicting"}
    row = total(*refusals(status="conflicting"), other, make=make_data)
    assert (row["value"], row["status"]) == (36, "conflicting")


def test_a_total_is_as_exact_as_its_least_exact_part(make_data: MakeData) -> None:
    assert total(*refusals(qualifier="approx"), make=make_data)["qualifier"] == "approx"


def test_a_total_with_a_part_that_was_printed_blank_has_no_printed_value(make_data: MakeData) -> None:
    mended = {**HEARINGS, "indicator": GROUNDS[0], "applicant": "total", "scope": "unstated", "source": "demo-2024"}
    mended |= {"printed": "", "corrected": 1, "reason": "misprint", "by": "me", "on": "2025-01-01"}
    del mended["value"]
    row = total(*refusals(value="", status="blank"), make=make_data, corrections=[mended])
    assert (row["value"], row["printed"], row["corrected"]) == (36, None, True)


def test_a_figure_stated_in_words_stands_before_a_blank_cell(make_data: MakeData, zh: Codebook) -> None:
    data = make_data({**HEARINGS, "value": "", "status": "blank"}, {**HEARINGS, "method": "prose"})
    panel = facts.panel(data, zh, units=["demo"], years=[2024], indicators=["hearings"])
    assert panel.select("value", "status", "method").rows() == [(5, "reported", "prose")]


def test_a_conflict_marks_every_scope_and_keeps_what_others_say(make_data: MakeData, zh: Codebook) -> None:
    words = {**HEARINGS, "value": 6, "status": "conflicting", "method": "prose"}
    data = make_data({**HEARINGS, "status": "conflicting"}, words, {**HEARINGS, "value": 9, "scope": "region"})
    panel = facts.panel(data, zh, units=["demo"], years=[2024], indicators=["hearings"])
    assert sorted(panel.select("scope", "value", "status", "others").rows()) == [
        ("region", 9, "conflicting", []),
        ("unstated", 5, "conflicting", [6]),
    ]


def test_only_indicators_with_the_split_have_rows_for_applicants(make_data: MakeData, zh: Codebook) -> None:
    asked = {"indicators": ["requests_received", "hearings"], "applicants": ["total", "company"]}
    panel = facts.panel(make_data(HEARINGS), zh, units=["demo"], years=[2024], **asked)
    assert panel.select("indicator", "applicant").rows() == [
        ("hearings", "total"), ("requests_received", "total"), ("requests_received", "company"),
    ]  # fmt: skip


@pytest.mark.parametrize("asked", [{"units": []}, {"years": []}, {"indicators": []}, {"applicants": []}])
def test_a_panel_of_nothing_is_empty(make_data: MakeData, zh: Codebook, asked: dict[str, list[object]]) -> None:
    wanted = {"units": ["demo"], "years": [2024], "indicators": ["hearings"]} | asked
    assert facts.panel(make_data(HEARINGS), zh, **wanted).is_empty()


def test_pivot_spreads_the_years_and_leaves_gaps_empty(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(HEARINGS, {**HEARINGS, "year": 2022, "value": 0}, {**HEARINGS, "scope": "own", "value": 7})
    panel = facts.panel(data, zh, units=["demo"], years=[2022, 2024], indicators=["hearings"])
    spread = facts.pivot(panel)
    assert spread.columns == ["unit", "indicator", "applicant", "scope", "2022", "2024"]
    assert sorted(spread.select("scope", "2022", "2024").rows()) == [("own", None, 7), ("unstated", 0, 5)]
    assert facts.pivot(panel, on="scope").select("year", "own", "unstated").rows() == [(2022, None, 0), (2024, 7, 5)]


def revised(**said: object) -> dict[str, object]:
    plain: dict[str, object] = {"unit": "demo", "year": 2024, "applicant": "total", "scope": "unstated"}
    plain |= {"status": "reported", "qualifier": "exact", "source": "demo-2024", "evidence": "二", "method": "table"}
    return plain | {"indicator": "hearings", "replaced_on": "2025-03-01"} | said


def test_what_was_first_published_is_kept_beside_what_the_report_says_now(make_data: MakeData, zh: Codebook) -> None:
    earlier = [
        revised(value="", status="blank", replaced_on="2025-02-01"),
        revised(value=9, qualifier="approx"),
        revised(value=7, replaced_on="2025-04-01"),
    ]
    data = make_data(HEARINGS, revisions=earlier)
    row = facts.panel(data, zh, units=["demo"], years=[2024], indicators=["hearings"]).row(0, named=True)
    assert (row["value"], row["first"], row["first_qualifier"]) == (5, 9, "approx")


def test_a_correction_is_no_earlier_publication(make_data: MakeData, zh: Codebook) -> None:
    entry = {
        **HEARINGS,
        "applicant": "total",
        "scope": "unstated",
        "source": "demo-2024",
        "printed": 50,
        "corrected": 5,
    }
    entry |= {"reason": "misread", "by": "office", "on": "2025-02-01"}
    del entry["value"]
    data = make_data({**HEARINGS, "value": 50}, corrections=[entry])
    row = facts.panel(data, zh, units=["demo"], years=[2024], indicators=["hearings"]).row(0, named=True)
    assert (row["value"], row["printed"], row["corrected"], row["first"]) == (5, 50, True, None)


def test_a_computed_total_was_first_what_its_parts_were(make_data: MakeData) -> None:
    found = total(*refusals(), make=make_data, revisions=[revised(indicator=GROUNDS[0], value=11)])
    assert (found["value"], found["first"]) == (36, 46)
