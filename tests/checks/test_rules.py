from collections.abc import Callable

import polars as pl
import pytest
from cases import ALL, SUMS, Given, add, named, one_more, state, terms
from forms import YEAR, Folder, MakeFolder, Row, figures, found, unit

from analysis.codebook import load
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]
VERDICTS = {"pass": "passes", "fail": "fails", "unknown": "unknown"}


def verdicts(findings: pl.DataFrame, rule: str, unit: str, year: int, indicator: str = "") -> list[str]:
    held = findings.filter(rule=rule, unit=unit, year=year)
    return (held.filter(indicator=indicator) if indicator else held)["verdict"].to_list()


def test_every_rule_of_the_codebook_has_its_cases() -> None:
    assert set(ALL) == set(load().rules)
    assert set(SUMS) == set(load().identities)


@pytest.mark.parametrize(("verdict", "given"), VERDICTS.items())
def test_every_rule_passes_fails_and_leaves_open(make_folder: MakeFolder, verdict: str, given: str) -> None:
    findings = found(state(make_folder, given))
    said = {
        rule: verdicts(findings, rule, named(rule, *case.of), case.year, case.indicator) for rule, case in ALL.items()
    }
    assert said == {rule: [verdict] for rule in ALL}


def test_a_finding_holds_the_two_sides_that_differ(make_folder: MakeFolder) -> None:
    findings = found(state(make_folder, "fails")).filter(verdict="fail")
    for rule, case in ALL.items():
        held = findings.filter(rule=rule, unit=named(rule, *case.of), year=case.year)
        assert held.select("left", "right", "indicator").rows() == [(*case.sides, case.indicator)], rule


@pytest.mark.parametrize("sign", [1, -1])
def test_every_term_of_a_sum_is_weighed(make_folder: MakeFolder, sign: int) -> None:
    folder = Folder()
    expected: dict[tuple[str, int], list[str]] = {}
    for rule, held in SUMS.items():
        for number, term in enumerate(parts := terms(held.text)):
            name, value = term.split()
            changed = [*parts[:number], f"{name} {int(value) + sign}", *parts[number + 1 :]]
            add(folder, named(rule, number), Given(" ".join(changed)), held.until)
            expected[rule, number] = ["fail"]
    findings = found(folder.load(make_folder))
    assert {key: verdicts(findings, key[0], named(*key), SUMS[key[0]].until) for key in expected} == expected


def test_a_missing_term_leaves_a_sum_unknown_and_never_fails_it(make_folder: MakeFolder) -> None:
    folder = Folder()
    expected: dict[tuple[str, int], list[str]] = {}
    for rule, held in SUMS.items():
        for number, term in enumerate(parts := terms(held.text)):
            add(folder, named(rule, number), Given(" ".join([*parts[:number], *parts[number + 1 :]])), held.until)
            expected[rule, number] = [] if term.split()[0] == held.speaks_of else ["unknown"]
    findings = found(folder.load(make_folder))
    assert {key: verdicts(findings, key[0], named(*key), SUMS[key[0]].until) for key in expected} == expected


def test_a_sum_speaks_only_of_the_forms_that_print_it(make_folder: MakeFolder) -> None:
    folder = Folder()
    expected: dict[tuple[str, int], list[str]] = {}
    for rule, held in SUMS.items():
        last = [] if held.until == YEAR else [held.until + 1]
        for year in [held.first - 1, held.first, held.until, *last]:
            add(folder, named(rule, year), Given(held.text), year)
            expected[rule, year] = ["pass"] if held.first <= year <= held.until else []
    findings = found(folder.load(make_folder))
    assert {key: verdicts(findings, key[0], named(*key), key[1]) for key in expected} == expected


def test_a_sum_by_applicant_holds_in_each_column_of_its_own(make_folder: MakeFolder) -> None:
    folder = Folder()
    expected: dict[str, dict[str, str]] = {}
    for rule, held in SUMS.items():
        if load().identities[rule].by_applicant:
            *others, last = [term.replace(" ", "@company ") for term in terms(held.text)]
            add(folder, named(rule), Given(" ".join([held.text, *others, one_more(last)])), held.until)
            expected[rule] = {"total": "pass", "company": "fail"}
    findings = found(folder.load(make_folder))
    rows = {rule: findings.filter(rule=rule, unit=named(rule), year=SUMS[rule].until) for rule in expected}
    assert {rule: dict(held.select("applicant", "verdict").rows()) for rule, held in rows.items()} == expected


def test_a_total_that_the_form_does_not_print_is_the_sum_of_its_parts(make_data: MakeData) -> None:
    grounds = SUMS["refusal_grounds"].text.partition("=")[2]
    text = "requests_concluded 46 = requests_granted 1 + requests_granted_in_part 2 + requests_unavailable 4"
    text += " + requests_not_processed 3 + requests_other_outcome 0"
    findings = found(make_data(*figures(f"{text} {grounds}")))
    assert verdicts(findings, "request_outcomes", "demo", YEAR) == ["pass"]
    assert verdicts(findings, "refusal_grounds", "demo", YEAR) == []


@pytest.mark.parametrize(
    ("last", "now", "verdict"),
    [(0, 29, "pass"), (0, 30, "fail"), (10, 30, "fail"), (11, 30, "pass"), (30, 10, "fail"), (29, 0, "pass")],
)
def test_a_jump_is_three_times_as_much_or_a_third_from_thirty_on(
    make_data: MakeData, last: int, now: int, verdict: str
) -> None:
    findings = found(make_data(*figures(f"last.reviews {last}, reviews {now}")))
    assert verdicts(findings, "jump", "demo", YEAR) == [verdict]


@pytest.mark.parametrize(
    ("last", "now", "percent", "verdict"),
    [
        (40, 50, 25.5, "pass"), (40, 50, 24.5, "pass"), (40, 50, 25.7, "fail"), (40, 50, 24.3, "fail"),
        (40, 50, 25.6, "pass"), (40, 50, 24.4, "pass"),
        (50, 40, -20, "pass"), (50, 40, 20, "fail"), (0, 40, 25, "unknown"), (300, 400, 33.3, "pass"),
    ],
)  # fmt: skip
def test_a_growth_is_told_right_within_its_rounding(
    make_folder: MakeFolder, last: int, now: int, percent: float, verdict: str
) -> None:
    folder = Folder()
    add(folder, "demo", Given(f"last.reviews {last}, reviews {now}", growths=(("reviews", percent),)))
    assert verdicts(found(folder.load(make_folder)), "stated_growth", "demo", YEAR) == [verdict]


def test_a_growth_of_what_the_report_does_not_state_is_not_weighed(make_folder: MakeFolder) -> None:
    folder = Folder()
    add(folder, "demo", Given("last.reviews 40, staff:prose 1", growths=(("reviews", 25),)))
    assert verdicts(found(folder.load(make_folder)), "stated_growth", "demo", YEAR) == []


def test_nothing_is_said_of_a_jump_where_the_count_itself_changed(make_data: MakeData) -> None:
    text = "last.requests_refused 40, requests_refused 400, last.requests_granted 40, requests_granted 400"
    findings = found(make_data(*figures(text, year=2019)))
    assert findings.filter(rule="jump")["indicator"].to_list() == ["requests_granted"]


@pytest.mark.parametrize(
    ("qualifier", "told", "verdict"),
    [
        ("exact", 100, "pass"), ("exact", 101, "fail"), ("approx", 110, "pass"), ("approx", 90, "pass"),
        ("approx", 111, "fail"), ("at_least", 100, "pass"), ("at_least", 90, "pass"), ("at_least", 101, "fail"),
    ],
)  # fmt: skip
def test_a_text_agrees_as_exactly_as_it_speaks(make_data: MakeData, qualifier: str, told: int, verdict: str) -> None:
    table, text = figures(f"reviews 100, reviews:prose {told}")
    assert verdicts(found(make_data(table, {**text, "qualifier": qualifier})), "prose_table", "demo", YEAR) == [verdict]


def test_one_sentence_that_agrees_is_enough(make_data: MakeData) -> None:
    table, *texts = figures("reviews 100, reviews:prose 90, reviews:prose 100")
    scoped = [{**row, "scope": scope} for row, scope in zip(texts, ("region", "own"), strict=True)]
    held = found(make_data(table, *scoped)).filter(rule="prose_table")
    assert held.select("verdict", "scope", "right").rows() == [("pass", "own", 100)]


@pytest.mark.parametrize("scope", ["portal", "platform"])
def test_a_text_about_a_portal_is_not_held_against_the_table(make_data: MakeData, scope: str) -> None:
    table, text = figures("reviews 100, reviews:prose 90")
    assert verdicts(found(make_data(table, {**text, "scope": scope})), "prose_table", "demo", YEAR) == []


@pytest.mark.parametrize("said", [{"status": "definition_differs"}, {"method": "prose"}, {"scope": "own"}])
def test_a_sum_takes_no_term_of_another_kind(make_data: MakeData, said: Row) -> None:
    *others, last = figures(SUMS["review_results"].text)
    held = found(make_data(*others, {**last, **said})).filter(rule="review_results", scope="unstated")
    assert held["verdict"].to_list() == ["unknown"]


def test_a_cell_for_which_sources_give_two_values_proves_nothing(make_data: MakeData) -> None:
    *others, last = figures(SUMS["review_results"].text)
    torn = [{**last, "status": "conflicting"}, {**last, "status": "conflicting", "value": 5}]
    assert verdicts(found(make_data(*others, *torn)), "review_results", "demo", YEAR) == ["unknown"]


@pytest.mark.parametrize(
    "order",
    [
        pytest.param(1, id="table first"),
        pytest.param(-1, id="hand first"),
    ],
)
def test_a_figure_of_the_table_stands_before_one_typed_by_hand(make_data: MakeData, order: int) -> None:
    *others, last = figures(SUMS["review_results"].text)
    torn = [{**last, "status": "conflicting"}, {**last, "status": "conflicting", "value": 5, "method": "hand"}]
    assert verdicts(found(make_data(*others, *torn[::order])), "review_results", "demo", YEAR) == ["pass"]


@pytest.mark.parametrize(
    ("title", "verdict"),
    [("2023—2024年度报告", "pass"), ("", "unknown"), ("二〇二三年度报告", "unknown"), ("2025年度报告", "fail")],
)
def test_a_title_fails_only_by_the_years_that_it_names(make_data: MakeData, title: str, verdict: str) -> None:
    data = make_data(reports=[{"unit": "demo", "year": YEAR, "title": title}])
    assert verdicts(found(data), "title_year", "demo", YEAR) == [verdict]


def test_a_share_of_one_kind_of_applicant_is_weighed_by_that_column(make_data: MakeData) -> None:
    findings = found(make_data(*figures("requests_received 10, requests_received@natural_person 12")))
    held = findings.filter(rule="rate_in_range", indicator="natural_person_share")
    assert held.select("verdict", "left", "right").rows() == [("fail", 12, 10)]


@pytest.mark.parametrize("reporter", ["demo-east", "demo"], ids=["its peers are silent", "nothing is above it"])
def test_a_year_between_two_reports_of_a_unit_lacks_one(make_data: MakeData, reporter: str) -> None:
    findings = found(make_data(reports=[{"unit": reporter, "year": year} for year in (2022, 2024)]))
    assert verdicts(findings, "unreported", reporter, 2023) == ["fail"]


def test_a_blank_outcome_is_proven_by_its_sum_though_the_form_prints_no_totals_of_groups(make_data: MakeData) -> None:
    grounds = SUMS["refusal_grounds"].text.partition("=")[2]
    text = "requests_concluded 46 = requests_granted blank + requests_granted_in_part 2 + requests_unavailable 4"
    text += " + requests_not_processed 3 + requests_other_outcome 0"
    findings = found(make_data(*figures(f"{text} {grounds}")))
    assert findings.filter(rule="proven_blank").select("verdict", "right").rows() == [("fail", 1)]


@pytest.mark.parametrize("order", [1, -1])
def test_a_figure_typed_by_hand_for_a_blank_cell_is_the_one_that_a_text_is_held_against(
    make_data: MakeData, order: int
) -> None:
    blank, hand, text = figures("reviews blank, reviews 100, reviews:prose 100")
    rows = [blank, {**hand, "method": "hand"}, text]
    assert verdicts(found(make_data(*rows[::order])), "prose_table", "demo", YEAR) == ["pass"]


def test_units_that_there_are_not_have_no_findings(make_data: MakeData) -> None:
    assert found(make_data(*figures("reviews 1")), units=["nobody"]).is_empty()


@pytest.mark.parametrize(("reporters", "verdict"), [(1, "unknown"), (2, "unknown"), (3, "fail")])
def test_a_unit_that_never_reported_is_missed_where_most_beside_it_did(
    make_folder: MakeFolder, reporters: int, verdict: str
) -> None:
    beside = [unit(f"unit{number}", "top") for number in range(4)]
    reports: list[Row] = [{"unit": f"unit{number}", "year": YEAR} for number in range(reporters)]
    findings = found(Folder(units=[unit("top"), *beside], reports=reports).load(make_folder))
    assert verdicts(findings, "unreported", "unit3", YEAR) == [verdict]


def test_a_place_that_never_reported_is_no_office_that_failed_to(make_folder: MakeFolder) -> None:
    units = [unit("top"), unit("place", "top"), unit("office", "top"), unit("below", "place")]
    folder = Folder(units=units, reports=[{"unit": "office", "year": YEAR}])
    assert found(folder.load(make_folder)).filter(rule="unreported")["unit"].to_list() == ["office"]


def test_no_finding_is_made_of_nothing(make_data: MakeData) -> None:
    assert found(make_data()).is_empty()


@pytest.mark.parametrize(
    ("units", "years"),
    [
        (["jump"], None), (None, [2024]), (None, [2018, 2023]), (["carry-over", "unreported-east"], [2024]),
        (["prose-table", "rules-kept", "jump"], [2023, 2024]), (["jump"], [2019]), ([], None), (None, []),
    ],
)  # fmt: skip
def test_the_findings_asked_for_are_those_of_the_whole(
    make_folder: MakeFolder, units: list[str] | None, years: list[int] | None
) -> None:
    data = state(make_folder, "fails")
    rows = [row for row in found(data).iter_rows(named=True) if units is None or row["unit"] in units]
    rows = [tuple(row.values()) for row in rows if years is None or row["year"] in years]
    assert sorted(found(data, units=units, years=years).rows(), key=str) == sorted(rows, key=str)


def test_an_approximate_figure_proves_no_sum_wrong(make_data: MakeData) -> None:
    first, *others = figures(SUMS["requests_balance"].text)
    assert verdicts(found(make_data({**first, "qualifier": "approx"}, *others)), "requests_balance", "demo", YEAR) == [
        "unknown"
    ]


def test_one_of_two_sentences_that_says_what_the_table_says_is_enough(make_data: MakeData) -> None:
    rows = [{**row, "status": "conflicting"} for row in figures("reviews 5, reviews:prose 6, reviews:prose 5")]
    assert verdicts(found(make_data(*rows)), "prose_table", "demo", YEAR) == ["pass"]
    apart = [{**row, "value": row["value"] if row["method"] == "prose" else 7} for row in rows]
    assert verdicts(found(make_data(*apart)), "prose_table", "demo", YEAR) == ["fail"]


def test_a_sum_that_is_wrong_proves_no_blank_cell(make_data: MakeData) -> None:
    text = "reviews 2 = reviews_upheld 1 + reviews_corrected 2 + reviews_other 3 + reviews_pending blank"
    assert verdicts(found(make_data(*figures(text))), "proven_blank", "demo", YEAR) == ["unknown"]
