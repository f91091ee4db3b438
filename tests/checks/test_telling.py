import re
from collections.abc import Callable, Iterable

import pytest
from cases import ALL, SUMS, Given, add, named, one_more, state, terms
from forms import YEAR, Folder, MakeFolder, Row, figures, write

from analysis import checks, codebook, facts
from analysis.checks import Finding
from analysis.codebook import Codebook
from analysis.errors import Unknown
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]
WRONG = "reviews 10 = reviews_upheld 1 + reviews_corrected 2 + reviews_other 3 + reviews_pending 5"
ID = "review_results/demo-2024/reviews"
ONE_SIDED = {"unchanged_figures": ["8"], "unchanged_statements": ["100"], "proven_blank": ["4"]}  # what the text names
JUDGED = "10 / 11; reviews 2024 = 10; reviews_upheld 2024 = 1; reviews_corrected 2024 = 2; reviews_other 2024 = 3"
JUDGED += "; reviews_pending 2024 = 5"


def tell(data: Disclosures, book: Codebook, *verdicts: str) -> list[Finding]:
    """What is told of the findings with the verdicts named (none: all)."""
    findings = checks.run(data, book)
    return checks.told(findings.filter(findings["verdict"].is_in(verdicts)) if verdicts else findings, data, book)


def one(data: Disclosures, rule: str = "review_results", book: Codebook | None = None) -> Finding:
    (told,) = [finding for finding in tell(data, book or codebook.load()) if finding.rule == rule]
    return told


def verdict(**said: str) -> Row:
    plain = {"finding": ID, "judged": JUDGED, "judgement": "accepted", "reason": "checked", "by": "me"}
    return {**plain, "on": "2025-03-01", **said}


def of_cases(told: Iterable[Finding]) -> dict[str, Finding]:
    """By rule, the finding that its case is about."""
    held = {(finding.rule, finding.unit, finding.year, finding.indicator): finding for finding in told}
    return {rule: held[rule, named(rule, *case.of), case.year, case.indicator] for rule, case in ALL.items()}


def test_the_sentence_of_every_rule_holds_its_year_and_its_numbers(make_folder: MakeFolder, book: Codebook) -> None:
    for rule, finding in of_cases(tell(state(make_folder, "fails"), book, "fail")).items():
        sides = ONE_SIDED.get(rule, [str(side) for side in ALL[rule].sides if side is not None])
        assert {str(ALL[rule].year), *sides} <= set(re.findall(r"\d+", finding.text.replace(",", ""))), finding.text


def test_the_sentence_on_a_cell_names_it(make_folder: MakeFolder, book: Codebook) -> None:
    told = of_cases(tell(state(make_folder, "fails"), book, "fail"))
    named_by_verb = {"units_covered"}
    cells = {rule: finding for rule, finding in told.items() if finding.indicator and rule not in named_by_verb}
    assert [rule for rule, finding in cells.items() if book.label(finding.indicator) not in finding.text] == []


def test_the_sentence_on_a_sum_names_the_sum_and_the_difference(make_folder: MakeFolder, book: Codebook) -> None:
    told = of_cases(tell(state(make_folder, "fails"), book, "fail"))
    apart = {"zh": "相差1", "en": ", 1 "}[book.language]
    assert [
        rule for rule in SUMS if book.rules[rule].label not in told[rule].text or apart not in told[rule].text
    ] == []


@pytest.mark.parametrize(("verdict", "given"), [("pass", "passes"), ("fail", "fails"), ("unknown", "unknown")])
def test_every_finding_is_a_sentence_in_its_language(
    make_folder: MakeFolder, book: Codebook, verdict: str, given: str
) -> None:
    for finding in of_cases(tell(state(make_folder, given), book)).values():
        assert finding.verdict == verdict
        assert finding.text.strip().endswith(("。", ".", book.label(finding.indicator) if finding.indicator else "。"))
        assert not re.search(r"[{}]|None|nan", finding.text)
        assert bool(re.search(r"[\u3400-\u9fff]", finding.text)) == (book.language == "zh")


def test_a_finding_that_cannot_be_judged_says_so(make_folder: MakeFolder, book: Codebook) -> None:
    lead = {"zh": "无法判断", "en": "cannot be judged"}[book.language]
    told = of_cases(tell(state(make_folder, "unknown"), book, "unknown"))
    assert [rule for rule, finding in told.items() if lead not in finding.text] == []


def test_a_year_is_written_without_a_comma(make_data: MakeData) -> None:
    data = make_data(reports=[{"unit": "demo", "year": YEAR, "title": "2023年度报告"}])
    assert one(data, "title_year", codebook.load("en")).text == "The title says 2023, the reporting year is 2024."


def test_reports_are_counted_as_reports(make_folder: MakeFolder, book: Codebook) -> None:
    text = of_cases(tell(state(make_folder, "fails"), book, "fail"))["units_covered"].text
    assert {"zh": "有2份下级单位的报告", "en": "hold 2 reports of units below"}[book.language] in text


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        (figures(WRONG), ID),
        ([{**row, "scope": "own"} for row in figures(WRONG)], f"{ID}/own"),
        (
            figures("requests_received@company 1, requests_carried_in@company 0, requests_concluded@company 0"),
            "requests_balance/demo-2024/requests_received@company",
        ),
        (figures("requests_received 1"), "title_year/demo-2024"),
        (figures("press_conferences_by_head:prose 1"), "rate_in_range/demo-2024/head_attendance"),
        (figures("last.reviews 1, reviews 1"), "jump/demo-2024/reviews"),
    ],
)
def test_an_id_names_rule_report_and_cell(make_data: MakeData, book: Codebook, rows: list[Row], name: str) -> None:
    assert name in [finding.finding for finding in tell(make_data(*rows), book)]


def test_ids_and_what_was_judged_are_the_same_whatever_the_order_of_the_file(make_folder: MakeFolder) -> None:
    told = []
    for step in (1, -1):
        folder = Folder()
        for rule, case in ALL.items():
            add(folder, named(rule), case.fails, case.year, case.below)
        mirrored = Folder(
            folder.units, folder.reports[::step], folder.figures[::step], folder.statements[::step], folder.growths
        )
        told.append(
            [(finding.finding, finding.judged) for finding in tell(mirrored.load(make_folder), codebook.load())]
        )
    assert told[0] == told[1]


def test_which_of_two_sentences_a_finding_names_does_not_hang_on_the_file(make_data: MakeData) -> None:
    table, *texts = figures("reviews 100, reviews:prose 90, reviews:prose 80")
    scoped = [{**row, "scope": scope} for row, scope in zip(texts, ("own", "region"), strict=True)]
    one_way, other_way = (one(make_data(table, *scoped[::step]), "prose_table").finding for step in (1, -1))
    assert one_way == other_way


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(
            Given(f"{SUMS['requests_balance'].text.replace('concluded 8', 'concluded blank')}, requests_granted 7"),
            id="a blank cell of two sums",
        ),
        pytest.param(
            Given("last.reviews 40, reviews 50", growths=(("reviews", 25), ("reviews", 30))), id="a growth told twice"
        ),
        pytest.param(Given("reviews 10, reviews:prose 40, reviews:prose 41"), id="a figure told twice"),
    ],
)
def test_no_two_findings_have_one_id(make_folder: MakeFolder, zh: Codebook, given: Given) -> None:
    folder = Folder()
    add(folder, "demo", given)
    ids = [finding.finding for finding in tell(folder.load(make_folder), zh)]
    assert sorted(ids) == sorted(set(ids))


def test_another_figure_in_any_term_of_a_sum_is_another_text_to_judge(make_folder: MakeFolder, zh: Codebook) -> None:
    folder = Folder()
    for rule, held in SUMS.items():
        parts = terms(held.text)
        for number, term in enumerate(parts):
            changed = [*parts[:number], one_more(term), *parts[number + 1 :]]
            add(folder, named(rule, number), Given(" ".join(changed)), held.until)
        add(folder, named(rule), Given(held.text), held.until)
    told = tell(folder.load(make_folder), zh, "pass", "fail")
    for rule, held in SUMS.items():
        units = {named(rule), *[named(rule, number) for number in range(len(terms(held.text)))]}
        judged = [finding.judged for finding in told if finding.rule == rule and finding.unit in units]
        assert len(set(judged)) >= len(units), rule


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("part_within_whole", "requests_granted 6, requests_concluded 5", "requests_granted 6, requests_concluded 4"),
        (
            "proven_blank",
            "reviews 9, reviews_upheld 1, reviews_corrected 2, reviews_other 3, reviews_pending blank",
            "reviews 9, reviews_upheld 1, reviews_corrected 2, reviews_other 4, reviews_pending blank",
        ),
        ("jump", "last.reviews 10, reviews 40", "last.reviews 11, reviews 40"),
        ("prose_table", "reviews 10, reviews:prose 40", "reviews 10, reviews:prose 41"),
        ("review_results", WRONG, WRONG.replace("upheld 1", "upheld 2").replace("corrected 2", "corrected 1")),
    ],
)
def test_another_figure_weighed_is_another_text_to_judge(
    make_data: MakeData, rule: str, before: str, after: str
) -> None:
    held, other = (one(make_data(*figures(text)), rule) for text in (before, after))
    assert held.finding == other.finding
    assert held.judged != other.judged


def test_what_was_judged_is_written_as_a_person_reads_it(make_data: MakeData) -> None:
    finding = one(make_data(*figures(WRONG)))
    assert finding.judged == JUDGED
    assert finding.difference == -1
    assert {weighed.evidence for weighed in finding.weighed} == {"一(一)"}


def test_a_finding_on_text_and_table_weighs_both(make_data: MakeData) -> None:
    table, text = figures("reviews 100, reviews:prose 90")
    finding = one(make_data(table, {**text, "evidence": "words"}), "prose_table")
    assert [(weighed.value, weighed.evidence) for weighed in finding.weighed] == [(100, "一(一)"), (90, "words")]


def test_the_figures_shown_are_those_that_were_weighed(make_data: MakeData) -> None:
    *others, last = figures(WRONG)
    torn = [{**last, "status": "conflicting", "method": "hand"}]
    torn += [{**last, "status": "conflicting", "method": "prose", "value": 4}]
    finding = one(make_data(*others, *torn))
    assert finding.right == sum(weighed.value or 0 for weighed in finding.weighed[1:])


@pytest.mark.parametrize(
    ("rows", "standing", "reason"),
    [
        ([], "open", ""),
        ([verdict()], "accepted", "checked"),
        ([verdict(judged=JUDGED.replace("= 5", "= 6"))], "outdated", "checked"),
        ([verdict(finding=f"{ID}/own")], "open", ""),
        ([verdict(), verdict(judgement="reopened", reason="doubtful")], "open", ""),
        ([verdict(judged="10 / 12"), verdict(reason="checked again")], "accepted", "checked again"),
    ],
    ids=["nobody judged", "accepted", "other figures", "another scope", "reopened", "judged again"],
)
def test_a_judgement_holds_until_its_figures_change(
    make_folder: MakeFolder, rows: list[Row], standing: str, reason: str
) -> None:
    folder = make_folder(*figures(WRONG))
    write(folder, "verdicts", rows)
    finding = one(facts.load(folder))
    assert (finding.standing, finding.reason) == (standing, reason)


def test_what_was_accepted_is_outdated_once_a_figure_changes(make_folder: MakeFolder, zh: Codebook) -> None:
    data = facts.load(make_folder(*figures(WRONG)))
    checks.judge(tell(data, zh), {ID: "accepted"}, data, zh, reason="checked", by="me")
    assert one(data).standing == "accepted"
    changed = WRONG.replace("upheld 1", "upheld 2").replace("corrected 2", "corrected 1")
    data = facts.load(make_folder(*figures(changed)))
    assert one(data).standing == "outdated"
    checks.judge(tell(data, zh), {ID: "reopened"}, data, zh, reason="doubtful", by="me")
    assert one(data).standing == "open"


def test_only_findings_that_there_are_can_be_judged(make_folder: MakeFolder, zh: Codebook) -> None:
    data = facts.load(make_folder(*figures(WRONG)))
    with pytest.raises(Unknown, match=ID):
        checks.judge(tell(data, zh), {ID: "accepted", f"{ID}s": "accepted"}, data, zh, reason="checked", by="me")
    assert not (data.folder / "verdicts.csv").exists()


def test_the_gravest_findings_come_first(make_folder: MakeFolder, zh: Codebook) -> None:
    told = tell(state(make_folder, "fails"), zh, "fail")
    grave = list(zh.terms["severity"])
    assert [grave.index(finding.severity) for finding in told] == sorted(grave.index(each.severity) for each in told)
    assert {finding.severity for finding in told} == set(grave)


def test_what_stands_for_an_unprinted_total_is_judged_by_its_parts(make_data: MakeData, zh: Codebook) -> None:
    groups = ("refusal_grounds", "unavailable_reasons", "not_processed_reasons", "other_outcomes")
    parts = [part.indicator for group in groups for part in zh.identities[group].right]
    told: list[Finding] = []
    for held in ("refused_state_secret", "refused_security"):
        rest = ", ".join(f"{name} {5 if name == held else 0}" for name in parts)
        text = f"requests_concluded 9, requests_granted 3, requests_granted_in_part 0, {rest}"
        told.append(one(make_data(*figures(text)), "request_outcomes"))
    assert [(each.left, each.right) for each in told] == [(9, 8), (9, 8)]
    assert told[0].judged != told[1].judged


@pytest.mark.parametrize("rule", ["title_year", "unchanged_statements", "unchanged_figures"])
def test_another_text_or_title_outdates_what_was_accepted(make_folder: MakeFolder, rule: str, zh: Codebook) -> None:
    first, second = (judged_of(make_folder, rule, zh, word) for word in ("甲", "乙"))
    assert first != second


def judged_of(make_folder: MakeFolder, rule: str, zh: Codebook, word: str) -> str:
    """How a report of which all figures, or its statements, or its title are wrong is judged."""
    years = [YEAR - 1, YEAR]
    names = [name for name in zh.indicators if name.startswith("published_items") or name.startswith("staff")]
    value = {"甲": 7, "乙": 9}[word]
    rows = [{"unit": "demo", "year": year, "indicator": name, "value": value} for year in years for name in names]
    reports = [{"unit": "demo", "year": year, "title": f"{word}2013年度报告"} for year in years]
    folder = make_folder(*rows, reports=reports)
    said = [
        {"source": f"demo-{year}", "number": 1, "kind": "problem", "text": word * 80, "evidence": "五"}
        for year in years
    ]
    write(folder, "statements", said)
    failed = tell(facts.load(folder), zh, "fail")
    (found,) = [finding for finding in failed if (finding.rule, finding.year) == (rule, YEAR)]
    return found.judged
