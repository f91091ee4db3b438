"""For every rule of the codebook a report that satisfies it, one that breaks it, and one that lacks a figure for it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from forms import FIGURE, YEAR, Folder, MakeFolder, Row, figures, unit

from analysis.facts import Disclosures

Sides = tuple[float | None, float | None]


class Sum(NamedTuple):
    """A sum that holds, in a form's words; in which years a form prints it; the one term without which it is silent."""

    first: int
    until: int
    text: str
    speaks_of: str = ""


SUMS = {
    "requests_balance": Sum(
        2019, 2024,
        "requests_received 9 + requests_carried_in 1 = requests_concluded 8 + requests_carried_out 2",
    ),
    "request_outcomes": Sum(
        2019, 2024,
        "requests_concluded 21 = requests_granted 1 + requests_granted_in_part 2 + requests_refused 3"
        " + requests_unavailable 4 + requests_not_processed 5 + requests_other_outcome 6",
    ),
    "request_applicants": Sum(
        2019, 2024,
        "requests_received@total 21 = requests_received@natural_person 1 + requests_received@company 2"
        " + requests_received@research_institution 3 + requests_received@public_interest_organisation 4"
        " + requests_received@legal_service 5 + requests_received@other_organisation 6",
    ),
    "refusal_grounds": Sum(
        2019, 2024,
        "requests_refused 36 = refused_state_secret 1 + refused_other_law 2 + refused_security 3"
        " + refused_third_party 4 + refused_internal 5 + refused_process 6 + refused_enforcement_file 7"
        " + refused_administrative_query 8",
        "requests_refused",
    ),
    "unavailable_reasons": Sum(
        2019, 2024,
        "requests_unavailable 6 = unavailable_not_held 1 + unavailable_needs_creation 2 + unavailable_unclear 3",
        "requests_unavailable",
    ),
    "not_processed_reasons": Sum(
        2019, 2024,
        "requests_not_processed 15 = not_processed_complaint 1 + not_processed_repeated 2"
        " + not_processed_publication 3 + not_processed_excessive 4 + not_processed_confirmation 5",
        "requests_not_processed",
    ),
    "other_outcomes": Sum(
        2021, 2024,
        "requests_other_outcome 6 = other_not_corrected 1 + other_fee_unpaid 2 + other_other 3",
        "requests_other_outcome",
    ),
    "review_results": Sum(
        2019, 2024,
        "reviews 10 = reviews_upheld 1 + reviews_corrected 2 + reviews_other 3 + reviews_pending 4",
    ),
    "direct_lawsuit_results": Sum(
        2019, 2024,
        "lawsuits_direct 10 = lawsuits_direct_upheld 1 + lawsuits_direct_corrected 2 + lawsuits_direct_other 3"
        " + lawsuits_direct_pending 4",
    ),
    "later_lawsuit_results": Sum(
        2019, 2024,
        "lawsuits_after_review 10 = lawsuits_after_review_upheld 1 + lawsuits_after_review_corrected 2"
        " + lawsuits_after_review_other 3 + lawsuits_after_review_pending 4",
    ),
    "lawsuit_routes": Sum(
        2019, 2024,
        "lawsuits 3 = lawsuits_direct 1 + lawsuits_after_review 2",
        "lawsuits",
    ),
    "carry_over": Sum(
        2020, 2024,
        "requests_carried_in 7 = last.requests_carried_out 7",
        "requests_carried_in",
    ),
    "request_channels": Sum(
        2014, 2018,
        "requests_received 10 = requests_received_in_person 1 + requests_received_by_fax 2"
        " + requests_received_online 3 + requests_received_by_mail 4",
    ),
    "requests_closed_in_time": Sum(
        2014, 2018,
        "requests_closed 3 = requests_concluded_on_time 1 + requests_concluded_late 2",
    ),
    "request_replies": Sum(
        2014, 2018,
        "requests_concluded 36 = requests_already_public 1 + requests_granted 2 + requests_granted_in_part 3"
        " + requests_refused 4 + unavailable_not_held 5 + unavailable_not_existing 6 + other_told_to_amend 7"
        " + other_told_other_route 8",
    ),
    "refusal_reasons_before_2019": Sum(
        2014, 2018,
        "requests_refused 21 = refused_state_secret 1 + refused_commercial_secret 2 + refused_privacy 3"
        " + refused_security 4 + refused_not_information 5 + refused_other_grounds 6",
    ),
    "unavailable_before_2019": Sum(
        2014, 2018,
        "requests_unavailable 3 = unavailable_not_held 1 + unavailable_not_existing 2",
        "requests_unavailable",
    ),
    "other_outcomes_before_2019": Sum(
        2014, 2018,
        "requests_other_outcome 3 = other_told_to_amend 1 + other_told_other_route 2",
        "requests_other_outcome",
    ),
    "review_results_before_2019": Sum(
        2014, 2018,
        "reviews 6 = reviews_upheld 1 + reviews_corrected 2 + reviews_other 3",
    ),
    "lawsuit_results_before_2019": Sum(
        2014, 2018,
        "lawsuits 6 = lawsuits_upheld 1 + lawsuits_corrected 2 + lawsuits_other 3",
    ),
    "staff_kinds": Sum(
        2014, 2018,
        "staff 3 = staff_fulltime 1 + staff_parttime 2",
    ),
    "normative_documents_kept": Sum(
        2022, 2024,
        "normative_documents_in_force 107 = last.normative_documents_in_force 100 + normative_documents_issued 12"
        " - normative_documents_repealed 5",
    ),
    "rules_kept": Sum(
        2022, 2024,
        "rules_in_force 22 = last.rules_in_force 20 + rules_issued 3 - rules_repealed 1",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Given:
    """What a unit reports: figures, the title of this year, what it says each year, by how many percent what grew; and
    who else reports when.
    """

    figures: str = ""
    title: str = ""
    says: tuple[str, ...] = ()
    growths: tuple[tuple[str, float], ...] = ()
    reports: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """What makes a rule pass, fail and stay unknown; the two sides where it fails; which unit and cell it is about."""

    passes: Given
    fails: Given
    unknown: Given
    sides: Sides
    indicator: str = ""
    of: tuple[str, ...] = ()
    year: int = YEAR
    below: list[str] = field(default_factory=list)


SAME = "网站更新不够及时，工作人员业务能力有待提高，依申请公开答复文书不够规范，政策解读形式单一，群众知晓率不高，"
SAME += "下一步将逐项加以改进，并定期组织培训和检查。"
OTHER = (
    "The council received more than its staff could answer in time; next year it will train two more and answer online."
)
STATED = [
    "reviews",
    "staff",
    "hearings",
    "sub_sites",
    "complaints",
    "gazette_issues",
    "special_columns",
    "work_meetings",
]
EIGHT = [f"last.{name}:prose 5, {name}:prose 5" for name in STATED]

CASES = {
    "prose_table": Case(
        passes=Given("reviews 5, reviews:prose 5"),
        fails=Given("reviews 5, reviews:prose 6"),
        unknown=Given("reviews blank, reviews:prose 6"),
        sides=(5, 6),
        indicator="reviews",
    ),
    "part_within_whole": Case(
        passes=Given("requests_granted 5, requests_concluded 5"),
        fails=Given("requests_granted 6, requests_concluded 5"),
        unknown=Given("requests_granted 6"),
        sides=(6, 5),
        indicator="requests_granted",
    ),
    "rate_in_range": Case(
        passes=Given("press_conferences_by_head:prose 5, press_conferences:prose 5"),
        fails=Given("press_conferences_by_head:prose 6, press_conferences:prose 5"),
        unknown=Given("press_conferences_by_head:prose 6"),
        sides=(6, 5),
        indicator="head_attendance",
    ),
    "proven_blank": Case(
        passes=Given("reviews 6 = reviews_upheld 1 + reviews_corrected 2 + reviews_other 3 + reviews_pending blank"),
        fails=Given("reviews 10 = reviews_upheld 1 + reviews_corrected 2 + reviews_other 3 + reviews_pending blank"),
        unknown=Given("reviews 10 = reviews_upheld 1 + reviews_corrected 2 + reviews_pending blank"),
        sides=(0, 4),
        indicator="reviews_pending",
    ),
    "jump": Case(
        passes=Given("last.reviews 40, reviews 119"),
        fails=Given("last.reviews 40, reviews 120"),
        unknown=Given("last.staff:prose 40, reviews 120"),
        sides=(40, 120),
        indicator="reviews",
    ),
    "unchanged_figures": Case(
        passes=Given(", ".join([*EIGHT, "last.reading_points:prose 5, reading_points:prose 6"])),
        fails=Given(", ".join(EIGHT)),
        unknown=Given(", ".join(EIGHT[1:])),
        sides=(8, 8),
    ),
    "unchanged_statements": Case(
        passes=Given(says=(OTHER, SAME)),
        fails=Given(says=(SAME, SAME)),
        unknown=Given(says=(SAME[:30], SAME)),
        sides=(100, 95),
    ),
    "stated_growth": Case(
        passes=Given("last.reviews 40, reviews 50", growths=(("reviews", 25),)),
        fails=Given("last.reviews 40, reviews 50", growths=(("reviews", 30),)),
        unknown=Given("last.staff:prose 40, reviews 50", growths=(("reviews", 25),)),
        sides=(30, 25),
        indicator="reviews",
    ),
    "title_year": Case(
        passes=Given(title="示例市2024年政府信息公开工作年度报告"),
        fails=Given(title="示例市2023年政府信息公开工作年度报告"),
        unknown=Given(title="示例市政府信息公开工作年度报告"),
        sides=(2023, 2024),
    ),
    "unreported": Case(
        passes=Given(reports=("east 2024", "north 2024")),
        fails=Given(reports=("north 2024", "west 2024")),
        unknown=Given(reports=("north 2024",)),
        sides=(None, None),
        of=("east",),
        below=["east", "north", "west"],
    ),
    "units_covered": Case(
        passes=Given("units_checked:prose 2", reports=("east 2024", "north 2024")),
        fails=Given("units_checked:prose 3", reports=("east 2024", "north 2024")),
        unknown=Given("units_checked:prose 2"),
        sides=(3, 2),
        indicator="units_checked",
        below=["east", "north"],
    ),
}


def terms(text: str) -> list[str]:
    """The terms of a sum, each with its figure."""
    return [match.group() for match in FIGURE.finditer(text)]


def one_more(term: str) -> str:
    name, _, value = term.rpartition(" ")
    return f"{name} {int(value) + 1}"


def sum_case(rule: str) -> Case:
    """The last term of the right side is one more, or lost."""
    held = SUMS[rule]
    *others, last = terms(held.text)
    left = sum(int(term.split()[1]) for term in terms(held.text.partition("=")[0]))
    wrong = left - 1 if f"- {last}" in held.text else left + 1
    return Case(
        passes=Given(held.text),
        fails=Given(" ".join([*others, one_more(last)])),
        unknown=Given(" ".join(others)),
        sides=(left, wrong),
        indicator=others[0].split()[0].partition("@")[0],
        year=held.until,
    )


ALL = {**{rule: sum_case(rule) for rule in SUMS}, **CASES}


def add(folder: Folder, name: str, given: Given, year: int = YEAR, below: Iterable[str] = ()) -> None:
    """What `name` reports, and the units below it."""
    rows = figures(given.figures, name, year)
    says = dict(zip((year - 1, year), given.says, strict=bool(given.says)))
    reports = {(name, row["year"]) for row in rows} | {(name, said) for said in says}
    reports |= {(name, year)} if given.title else set()
    reports |= {(f"{name}-{other}", int(when)) for other, when in (text.split() for text in given.reports)}
    folder.units.extend([unit(name), *[unit(f"{name}-{other}", name) for other in below]])
    folder.reports.extend({"unit": who, "year": when, "title": given.title} for who, when in sorted(reports, key=str))
    folder.figures.extend(rows)
    folder.growths.extend(growth(f"{name}-{year}", *said) for said in given.growths)
    folder.statements.extend(statement(f"{name}-{when}", text) for when, text in says.items())


def statement(report: str, text: str) -> Row:
    return {"source": report, "number": 1, "kind": "problem", "text": text, "evidence": "五"}


def growth(report: str, indicator: str, percent: float) -> Row:
    return {"source": report, "indicator": indicator, "scope": "unstated", "percent": percent, "evidence": "三"}


def named(*words: object) -> str:
    """A unit's id."""
    return "-".join(str(word).replace("_", "-") for word in words)


def state(make: MakeFolder, given: str) -> Disclosures:
    """A folder with a unit for each rule, in the state "passes", "fails" or "unknown" of its case."""
    folder = Folder()
    for rule, case in ALL.items():
        add(folder, named(rule), getattr(case, given), case.year, case.below)
    return folder.load(make)
