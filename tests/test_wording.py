import re
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import codebook, metrics, wording
from analysis.codebook import Codebook
from analysis.facts import Disclosures, panel

Said = dict[str, Any]
GAPS = [
    ("blank", "填报为空", "left blank"),
    ("not_found", "报告未提及", "not in the report"),
    ("not_collected", "未收录", "not collected"),
    ("not_applicable", "格式无此项", "no such cell in the form"),
    ("parts_missing", "分项不全", "parts incomplete"),
    ("report_missing", "无报告", "no report"),
]
NO_BASE: Said = {"reason": "base_missing", "previous": None, "previous_status": None, "previous_qualifier": None}
BASE_ZERO: Said = {"reason": "base_zero", "previous": 0.0}
APPROX: Said = {"previous_qualifier": "approx"}
CONFLICT: Said = {"previous_status": "conflicting"}
NEAR = "口径相近，比较须谨慎", "compare with care: the definition changed somewhat"
APART = "来源不一致，比较须谨慎", "compare with care: sources disagree"
PER_HUNDRED = {"metric": "disputes_per_hundred"}
BACKLOG = {"metric": "backlog_change"}
A_HEAD = {"metric": "requests_per_staff"}
NO_RATE = {"value": None, "reason": "term_missing"}
BREAK = "当年起口径变更，不与上年比较", "not compared: the definition changed that year"
NUMBER = re.compile(r"(<?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(万|亿)?(%)?")


def row(**said: object) -> Said:
    """A row of metrics.changes: 3525 cases on 3511, in all that is not said otherwise."""
    key = {"unit": "demo", "year": 2021, "indicator": "requests_concluded", "applicant": "total", "scope": "unstated"}
    figure = {"value": 3525.0, "status": "reported", "qualifier": "exact", "method": "table"}
    before = {
        "previous_first": None,
        "previous_corrected": False,
        "previous_printed": 3511.0,
        "previous": 3511.0,
        "previous_status": "reported",
        "previous_qualifier": "exact",
    }
    change = {"near": False, "reason": None, "difference": None, "percent": None}
    made: Said = key | figure | before | change | said
    if made["reason"] is None and made["value"] is not None:
        made["difference"] = made["value"] - made["previous"]
        made["percent"] = made["difference"] / made["previous"] * 100
    return made


def rated(**said: object) -> Said:
    """A row of metrics.rates: 2059 of 3511, judged, up 3.24 points, in all that is not said otherwise."""
    counts: Said = {"metric": "substantive_disclosure", "numerator": 2059.0, "denominator": 3511.0}
    counts |= {
        "unit": "demo",
        "year": 2021,
        "scope": "unstated",
        "before_numerator": 1942.0,
        "before_denominator": 3505.0,
    }
    doubts: Said = {"judged": True, "uncertain": False, "torn": False, "limit": None, "before_uncertain": False}
    told: Said = {"value": 205900 / 3511, "points": 3.24, "percent": None, "reason": None, "gap": None}
    return counts | doubts | told | said


def numbers(text: str) -> list[tuple[float, bool, bool]]:
    """Each number of a sentence, whether it is a percentage, and whether it only says 'less than'."""
    size = {"": 1, "万": 10_000, "亿": 100_000_000}
    return [
        (float(whole.replace(",", "") + part) * size[unit], bool(percent), bool(less))
        for less, whole, part, unit, percent in NUMBER.findall(text)
    ]


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (0, "0", "0"), (0.5, "0.5", "0.5"), (5, "5", "5"), (-289, "−289", "−289"), (4566, "4566", "4,566"),
        (20000, "2万", "20,000"), (20000.5, "20000.5", "20,000.5"), (46106, "46106", "46,106"),
        (59237.2449, "59237.2449", "59,237.2449"), (99999, "99999", "99,999"), (100000, "10万", "100,000"),
        (-140000, "−14万", "−140,000"), (140000, "14万", "140,000"), (1573179, "157.3179万", "1,573,179"),
        (99999999, "9999.9999万", "99,999,999"), (100000000, "1亿", "100,000,000"),
        (100000001, "1.00000001亿", "100,000,001"), (123456789, "1.23456789亿", "123,456,789"),
        (1234567890.12, "12.3456789012亿", "1,234,567,890.12"),
    ],
)  # fmt: skip
def test_a_number_is_grouped_as_the_language_does(book: Codebook, value: float, zh: str, en: str) -> None:
    assert wording.number(value, book) == {"zh": zh, "en": en}[book.language]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**12) | st.integers(0, 10**11).map(lambda tenths_of_thousandth: tenths_of_thousandth / 10**4))
def test_a_number_loses_no_digit(value: float) -> None:
    for language in codebook.LANGUAGES:
        ((read, _, _),) = numbers(wording.number(value, codebook.load(language)))
        assert read == pytest.approx(value, rel=1e-12, abs=1e-9)


@pytest.mark.parametrize(
    ("value", "signed", "text"),
    [
        (0, False, "0.0%"), (0.04, False, "<0.1%"), (0.04, True, "+<0.1%"), (-0.04, True, "−<0.1%"),
        (0.05, False, "0.1%"), (0.3988, True, "+0.4%"), (-22.2, True, "−22.2%"), (58.64, False, "58.6%"),
        (99.94, False, "99.9%"), (99.97, False, ">99.9%"), (100, False, "100.0%"), (100, True, "+100.0%"),
    ],
)  # fmt: skip
def test_a_percentage_has_one_decimal_and_is_0_only_for_0_and_100_only_for_all(
    value: float, signed: bool, text: str
) -> None:
    assert wording.percent(value, signed=signed) == text


@pytest.mark.parametrize(
    ("said", "zh", "en"),
    [
        ({}, "3525件", "3,525 cases"),
        ({"value": 0.0}, "0件", "0 cases"),
        ({"value": 1.0}, "1件", "1 case"),
        ({"value": 1.0, "qualifier": "approx"}, "约1件", "about 1 case"),
        ({"value": 1.5, "indicator": "hearings"}, "1.5次", "1.5"),
        ({"value": 14.0, "indicator": "dedicated_funding"}, "14万元", "14 ten thousand yuan"),
        ({"value": 140000.0, "indicator": "dedicated_funding"}, "140000万元", "140,000 ten thousand yuan"),
        ({"value": 140000.0, "indicator": "procurement_amount"}, "14万元", "140,000 yuan"),
        ({"value": 140000.0, "qualifier": "approx"}, "约14万件", "about 140,000 cases"),
        ({"value": 20000.0, "qualifier": "at_least"}, "不少于2万件", "at least 20,000 cases"),
        *[({"value": None, "status": status, "qualifier": None}, zh, en) for status, zh, en in GAPS],
    ],
)
def test_a_figure_has_its_unit_and_qualifier_and_a_gap_its_words(book: Codebook, said: Said, zh: str, en: str) -> None:
    assert wording.figure(row(**said), book) == {"zh": zh, "en": en}[book.language]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ({}, "3525"),
        ({"qualifier": "approx"}, "约 3525"),
        ({"qualifier": "at_least", "status": "conflicting"}, "≠≥ 3525"),
        ({"status": "definition_differs", "method": "computed"}, "※∑ 3525"),
        ({"value": None, "status": "blank", "qualifier": None}, "填报为空"),
    ],
)
def test_a_marked_figure_bears_the_marks_of_its_status_qualifier_and_method(
    zh: Codebook, said: Said, text: str
) -> None:
    assert wording.marked(row(**said), zh) == text


CHANGES: list[tuple[Said, str, str]] = [
    ({}, "比上年增加14件（+0.4%）", "up 14 cases on the year before (+0.4%)"),
    ({"value": 3222.0}, "比上年减少289件（−8.2%）", "down 289 cases on the year before (−8.2%)"),
    ({"value": 0.0}, "比上年减少3511件（−100.0%）", "down 3,511 cases on the year before (−100.0%)"),
    ({"value": 3512.0}, "比上年增加1件（+<0.1%）", "up 1 case on the year before (+<0.1%)"),
    ({"value": 3511.0}, "与上年相同", "the same as the year before"),
    (BASE_ZERO, "上年为0，增加3525件，不计算同比", "up 3,525 cases from 0, so no rate of change"),
    (BASE_ZERO | {"value": 1.0}, "上年为0，增加1件，不计算同比", "up 1 case from 0, so no rate of change"),
    (BASE_ZERO | {"value": 0.0}, "上年也为0", "0 the year before too"),
    # approximate, the one or the other year
    ({"qualifier": "approx"}, "比上年增加约14件（约+0.4%）", "up about 14 cases on the year before (about +0.4%)"),
    (APPROX, "比上年增加约14件（约+0.4%）", "up about 14 cases on the year before (about +0.4%)"),
    (APPROX | {"value": 3511.0}, "约与上年相同", "about the same as the year before"),
    (
        BASE_ZERO | {"qualifier": "approx", "value": 500.0},
        "上年为0，增加约500件，不计算同比", "up about 500 cases from 0, so no rate of change",
    ),
    # to be read with care
    ({"near": True}, f"比上年增加14件（+0.4%），{NEAR[0]}", f"up 14 cases on the year before (+0.4%), {NEAR[1]}"),
    ({"near": True, "value": 3511.0}, f"与上年相同，{NEAR[0]}", f"the same as the year before, {NEAR[1]}"),
    (
        BASE_ZERO | {"near": True},
        f"上年为0，增加3525件，不计算同比，{NEAR[0]}", f"up 3,525 cases from 0, so no rate of change, {NEAR[1]}",
    ),
    (
        {"previous_first": 3500.0, "previous_first_qualifier": "approx"},
        "比上年增加14件（+0.4%），上年最初公布为约3500件",
        "up 14 cases on the year before (+0.4%), the year before was first published as about 3,500 cases",
    ),
    (
        {"previous_printed": 35110.0, "previous_corrected": True},
        "比上年增加14件（+0.4%），上年原载35110件，已更正",
        "up 14 cases on the year before (+0.4%), the year before gave 35,110 cases and was corrected",
    ),
    (
        {"previous_printed": None, "previous_corrected": True},
        "比上年增加14件（+0.4%），上年原载无数字，已更正",
        "up 14 cases on the year before (+0.4%), the year before gave no figure and was corrected",
    ),
    (CONFLICT, f"比上年增加14件（+0.4%），{APART[0]}", f"up 14 cases on the year before (+0.4%), {APART[1]}"),
    (CONFLICT | {"value": 3511.0}, f"与上年相同，{APART[0]}", f"the same as the year before, {APART[1]}"),
    (
        {"status": "conflicting", "near": True},
        f"比上年增加14件（+0.4%），{NEAR[0]}，{APART[0]}",
        f"up 14 cases on the year before (+0.4%), {NEAR[1]}, {APART[1]}",
    ),
    # not compared
    (NO_BASE, "所列年度中没有更早的数字可比", "no earlier figure to compare with in the years shown"),
    *[
        (NO_BASE | {"previous_status": status}, f"上年情况：{zh}，不作比较", f"not compared (year before: {en})")
        for status, zh, en in GAPS
    ],
    ({"reason": "break"}, *BREAK),
    ({"reason": "definition_differs"}, "口径不同，不与上年比较", "not compared: the two years count differently"),
    ({"reason": "at_least"}, "原文为“不少于”，不计算增减", "not compared: the report only says 'at least'"),
    (
        NO_BASE | {"reason": "other_scope"},
        "与上年统计范围不同，不作比较", "not compared: the year before has another scope",
    ),
    ({"value": None, "status": "blank"}, "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("said", "zh", "en"), CHANGES)
def test_a_change_is_said_or_why_it_is_not(book: Codebook, said: Said, zh: str, en: str) -> None:
    assert wording.change(row(**said), book) == {"zh": zh, "en": en}[book.language]


@pytest.mark.parametrize(
    ("said", "zh", "en"),
    [
        ({}, "+14（+0.4%）", "+14 (+0.4%)"),
        ({"value": 3222.0}, "−289（−8.2%）", "−289 (−8.2%)"),
        ({"value": 3511.0}, "与上年相同", "the same as the year before"),
        (APPROX, "约+14（约+0.4%）", "about +14 (about +0.4%)"),
        (APPROX | {"value": 3511.0}, "约与上年相同", "about the same as the year before"),
        ({"near": True}, f"+14（+0.4%，{NEAR[0]}）", f"+14 (+0.4%, {NEAR[1]})"),
        (CONFLICT, f"+14（+0.4%，{APART[0]}）", f"+14 (+0.4%, {APART[1]})"),
        (BASE_ZERO, "+3525（上年为0）", "+3,525 (0 the year before)"),
        (BASE_ZERO | {"qualifier": "approx"}, "约+3525（上年为0）", "about +3,525 (0 the year before)"),
        (BASE_ZERO | {"near": True}, f"+3525（上年为0，{NEAR[0]}）", f"+3,525 (0 the year before, {NEAR[1]})"),
        (BASE_ZERO | {"value": 0.0}, "0（上年为0）", "0 (0 the year before)"),
        ({"reason": "break"}, *BREAK),
        ({"value": None, "status": "blank"}, "", ""),
    ],
)
def test_a_short_change_is_signed_or_in_words(book: Codebook, said: Said, zh: str, en: str) -> None:
    assert wording.change_short(row(**said), book) == {"zh": zh, "en": en}[book.language]


@pytest.mark.parametrize(
    ("years", "zh", "en"), [([2013], "2013年", "2013"), ([2015, 2017, 2013], "2013—2017年", "2013-2017")]
)
def test_a_period_is_one_year_or_the_first_and_last(book: Codebook, years: list[int], zh: str, en: str) -> None:
    assert wording.period(iter(years), book) == {"zh": zh, "en": en}[book.language]


@pytest.mark.parametrize(
    ("held", "zh", "en"),
    [
        (
            [row(year=2020, value=3511.0), row()],
            "2021年办理结果总计3525件，比上年增加14件（+0.4%）",
            "Requests concluded in 2021: 3,525 cases, up 14 cases on the year before (+0.4%)",
        ),
        (
            [row(**NO_BASE)],
            "2021年办理结果总计3525件，所列年度中没有更早的数字可比",
            "Requests concluded in 2021: 3,525 cases, no earlier figure to compare with in the years shown",
        ),
        (
            [row(year=2020, value=None, status="blank"), row(**NO_BASE | {"previous_status": "blank"})],
            "2021年办理结果总计3525件，所列年度中没有更早的数字可比",
            "Requests concluded in 2021: 3,525 cases, no earlier figure to compare with in the years shown",
        ),
        (
            [row(year=2019), row(**NO_BASE | {"previous_status": "report_missing"})],
            "2021年办理结果总计3525件，上年情况：无报告，不作比较",
            "Requests concluded in 2021: 3,525 cases, not compared (year before: no report)",
        ),
        (
            [row(year=2018, value=4.0), row(year=2019, qualifier="approx"), row(value=None, status="not_found")],
            "2021年办理结果总计：报告未提及；最近一次有数是2019年：约3525件",
            "Requests concluded, 2021: not in the report; last known for 2019: about 3,525 cases",
        ),
        (
            [row(year=2019, value=None, status="blank"), row(value=None, status="report_missing")],
            "2021年办理结果总计：无报告",
            "Requests concluded, 2021: no report",
        ),
    ],
)
def test_a_finding_says_the_last_year_and_what_is_known_before_it(
    book: Codebook, held: list[Said], zh: str, en: str
) -> None:
    assert wording.finding(held, book) == {"zh": zh, "en": en}[book.language]


@pytest.mark.parametrize(
    ("said", "zh", "en"),
    [
        ({}, "58.6%", "58.6%"),
        ({"value": 0.0}, "0.0%", "0.0%"),
        ({"value": 99.97}, ">99.9%", ">99.9%"),
        (PER_HUNDRED | {"value": 3.249}, "3.2", "3.2"),
        (PER_HUNDRED | {"value": 0.04}, "<0.1", "<0.1"),
        (PER_HUNDRED | {"value": 0.0}, "0.0", "0.0"),
        ({"uncertain": True}, "约58.6%", "about 58.6%"),
        ({"torn": True}, "58.6%", "58.6%"),
        ({"limit": "at_least"}, "不少于58.6%", "at least 58.6%"),
        ({"limit": "at_most"}, "不超过58.6%", "at most 58.6%"),
        ({"limit": "at_most", "uncertain": True}, "不超过约58.6%", "at most about 58.6%"),
        (BACKLOG | {"value": 12.0}, "+12件", "+12 cases"),
        (BACKLOG | {"value": -1.0}, "−1件", "−1 cases"),
        (BACKLOG | {"value": 0.0}, "0件", "0 cases"),
        ({"metric": "backlog_growth", "value": 25.0}, "+25.0%", "+25.0%"),
        ({"metric": "backlog_growth", "value": 0.0}, "0.0%", "0.0%"),
        (A_HEAD | {"value": 25.0}, "25.0件/人", "25.0 cases a person"),
        (A_HEAD | {"value": 2.5}, "2.50件/人", "2.50 cases a person"),
        (A_HEAD | {"value": 0.001}, "<0.01件/人", "<0.01 cases a person"),
        (A_HEAD | {"value": 0.0}, "0.00件/人", "0.00 cases a person"),
    ],
)
def test_a_rate_is_a_number_with_what_limits_it(book: Codebook, said: Said, zh: str, en: str) -> None:
    assert wording.rate(rated(**said), book) == {"zh": zh, "en": en}[book.language]


@pytest.mark.parametrize(
    ("said", "zh", "en"),
    [
        ({}, "缺数或口径不同", "figures missing or counted otherwise"),
        ({"gap": "blank"}, "填报为空", "left blank"),
        (
            {"reason": "parts_differ"},
            "各项不全或之和不等于总数，不计算",
            "not computed: parts missing or not adding up",
        ),
        ({"reason": "scopes_differ"}, "各项统计范围不同，不计算", "not computed: the terms differ in scope"),
        ({"reason": "denominator_zero"}, "分母为0，不计算", "not computed: the denominator is 0"),
        ({"reason": "denominator_negative"}, "结果多于总计，不计算", "not computed: the outcomes exceed their total"),
        (
            {"reason": "no_limit"},
            "所用数字仅为“不少于”，上下限都不能确定，不计算",
            "not computed: figures that are only 'at least' leave no limit on either side",
        ),
    ],
)
def test_what_is_not_computed_says_why(book: Codebook, said: Said, zh: str, en: str) -> None:
    assert wording.why_not(rated(**NO_RATE | said), book) == {"zh": zh, "en": en}[book.language]


@pytest.mark.parametrize(
    ("said", "zh", "en"),
    [
        (
            {},
            "2021年实质公开率58.6%（2059/3511），比上年上升3.2个百分点",
            "Substantive disclosure rate in 2021: 58.6% (2,059/3,511), up 3.2 percentage points on the year before",
        ),
        (
            {"points": -1.0},
            "2021年实质公开率58.6%（2059/3511），比上年下降1.0个百分点",
            "Substantive disclosure rate in 2021: 58.6% (2,059/3,511), down 1.0 percentage points on the year before",
        ),
        (
            {"points": None},
            "2021年实质公开率58.6%（2059/3511）",
            "Substantive disclosure rate in 2021: 58.6% (2,059/3,511)",
        ),
        (
            {"points": None, "judged": False, "numerator": 10.0, "denominator": 29.0, "value": 1000 / 29},
            "2021年实质公开率34.5%（10/29），分母不足30，不评定",
            "Substantive disclosure rate in 2021: 34.5% (10/29), fewer than 30 cases: not assessed",
        ),
        (
            {"points": None, "scope": "own"},
            "2021年实质公开率（本机关）58.6%（2059/3511）",
            "Substantive disclosure rate (own office) in 2021: 58.6% (2,059/3,511)",
        ),
        (
            {"points": None, "torn": True},
            "2021年实质公开率58.6%（2059/3511），来源不一致，比较须谨慎",
            "Substantive disclosure rate in 2021: 58.6% (2,059/3,511), compare with care: sources disagree",
        ),
    ],
)
def test_a_rate_finding_has_its_counts_and_its_points_or_with_what_care_it_is_read(
    book: Codebook, said: Said, zh: str, en: str
) -> None:
    assert wording.rate_finding(rated(**said), book) == {"zh": zh, "en": en}[book.language]


def test_a_difference_is_told_with_both_its_counts_and_too_few_by_the_side_that_counts_cases(book: Codebook) -> None:
    counts = {"numerator": 40.0, "denominator": 28.0, "value": 12.0, "points": None}
    wanted = {"zh": "2021年结转增减+12件（40−28）", "en": "Change of the backlog in 2021: +12 cases (40−28)"}
    assert wording.rate_finding(rated(**BACKLOG | counts), book) == wanted[book.language]
    few = {"numerator": 12.0, "denominator": 4.0, "value": 3.0, "points": None, "judged": False}
    said = {"zh": "分子不足30，不评定", "en": "fewer than 30 cases: not assessed"}[book.language]
    assert wording.rate_finding(rated(**A_HEAD | few), book).endswith(said)


@pytest.mark.parametrize(
    ("said", "zh", "en"),
    [
        ({}, "比上年上升3.2个百分点", "up 3.2 percentage points on the year before"),
        ({"points": 0.0}, "与上年相同", "the same as the year before"),
        ({"points": -0.04}, "变化不足0.1个百分点", "changed by less than 0.1 percentage points"),
        ({"points": None}, "", ""),
        ({"uncertain": True}, "比上年上升约3.2个百分点", "up about 3.2 percentage points on the year before"),
        ({"before_uncertain": True}, "比上年上升约3.2个百分点", "up about 3.2 percentage points on the year before"),
        ({"before_uncertain": True, "points": 0.0}, "约与上年相同", "about the same as the year before"),
        ({"before_uncertain": True, "points": 0.04}, "约与上年相同", "about the same as the year before"),
        (
            A_HEAD | {"points": 5.0, "percent": 25.0, "uncertain": True},
            "比上年上升约25.0%",
            "up about 25.0% on the year before",
        ),
        (PER_HUNDRED | {"points": -1.26}, "比上年下降1.3件/百件", "down 1.3 per 100 cases on the year before"),
        (PER_HUNDRED | {"points": 0.04}, "变化不足0.1件/百件", "changed by less than 0.1 per 100 cases"),
        (A_HEAD | {"points": 5.0, "percent": 25.0}, "比上年上升25.0%", "up 25.0% on the year before"),
        (
            A_HEAD | {"points": -5.0, "percent": None},
            "比上年下降5.0件/人",
            "down 5.0 cases a person on the year before",
        ),
    ],
)
def test_the_change_of_a_rate_is_in_its_own_unit(book: Codebook, said: Said, zh: str, en: str) -> None:
    assert wording.points(rated(**said), book) == {"zh": zh, "en": en}[book.language]


def test_a_rate_moved_by_a_near_definition_is_not_compared(make_data: Callable[..., Disclosures], zh: Codebook) -> None:
    names = ["requests_concluded", "requests_granted", "requests_granted_in_part"]
    counts = {2018: (100, 30, 5), 2019: (100, 70, 5)}  # what was 'already public' is among the granted from 2019 on
    figures = [
        {"unit": "demo", "year": year, "indicator": name, "value": value}
        for year, values in counts.items()
        for name, value in zip(names, values, strict=True)
    ]
    rows = panel(make_data(*figures), zh, units=["demo"], years=list(counts), indicators=names)
    said = wording.rate_finding(metrics.rates(rows, zh, metrics=["substantive_disclosure"]).row(1, named=True), zh)
    assert said == "2019年实质公开率75.0%（75/100）"


@st.composite
def series(draw: st.DrawFn) -> pl.DataFrame:
    """One indicator over five years, stated in up to two scopes, with gaps and doubts at random."""
    key = {"unit": "demo", "applicant": "total", "method": "table"}
    indicator = draw(st.sampled_from(["requests_received", "requests_refused", "requests_granted", "hearings"]))
    rows: list[Said] = []
    for year in range(2017, 2022):
        scope = draw(st.sampled_from(["own", "own", "region"]))
        status = draw(st.sampled_from(["reported", "reported", "conflicting", "definition_differs", "blank"]))
        value = None if status == "blank" else float(draw(st.integers(0, 3) | st.integers(0, 10**9)))
        qualifier = None if value is None else draw(st.sampled_from(["exact", "exact", "approx", "at_least"]))
        said = {"year": year, "indicator": indicator, "scope": scope, "status": status, "value": value}
        rows.append(
            {
                **key,
                **said,
                "qualifier": qualifier,
                "first": None,
                "printed": value,
                "corrected": False,
                "first_qualifier": None,
            }
        )
    types = {
        "year": pl.Int16,
        "value": pl.Float64,
        "qualifier": pl.String,
        "first": pl.Float64,
        "first_qualifier": pl.String,
    }
    return metrics.leading(metrics.changes(pl.DataFrame(rows, schema_overrides=types), codebook.load()))


@settings(max_examples=30, deadline=None)
@given(series(), st.sampled_from(codebook.LANGUAGES))
def test_every_number_in_a_sentence_is_a_value_a_difference_a_percentage_or_a_year(
    rows: pl.DataFrame, language: str
) -> None:
    book = codebook.load(language)
    held = list(rows.iter_rows(named=True))
    last, known = held[-1], [each["value"] for each in held if each["value"] is not None]
    moved = [size for size in (last["value"], last["previous"], last["difference"]) if size is not None]
    years = [each["year"] for each in held if each["year"] == last["year"] or last["value"] is None]
    name = last["indicator"]
    for text, allowed in [
        (wording.change(last, book), moved),
        (wording.change_short(last, book), moved),
        (wording.finding(held, book), [*years, *(known if last["value"] is None else moved)]),
    ]:
        for size, is_percent, less in numbers(text):
            if less:
                assert 0 < abs(last["percent"]) < 0.05
            elif is_percent:
                assert size == pytest.approx(abs(last["percent"]), abs=0.101)  # ">99.9%" stands for up to 100
            else:
                shown = [each for size in allowed for each in (abs(size), wording.rounded(abs(size), book, name))]
                assert any(size == pytest.approx(each, rel=1e-12) for each in shown)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (4566, "4566条"),
        (45_663, "45663条"),
        (99_999, "99999条"),
        (123_449, "12.34万条"),
        (1_573_179, "157.3万条"),
        (1_500_000, "150万条"),
        (12_345_678_901, "123.5亿条"),
    ],
)
def test_sentences_show_four_digits_of_what_they_write_in_ten_thousands(value: float, shown: str, zh: Codebook) -> None:
    stated = row(indicator="published_items", value=value)
    assert wording.figure_told(stated, zh) == shown
    assert wording.figure(wording.brief(stated, zh), zh) == shown


def test_what_is_at_least_so_much_is_not_rounded_up_beyond_what_the_report_says(zh: Codebook) -> None:
    stated = row(indicator="published_items", value=123_460, qualifier="at_least")
    assert wording.figure_told(stated, zh) == "不少于12.346万条"


def test_the_exact_figure_stays_in_tables_at_the_pointer_and_in_what_a_sentence_rests_on(zh: Codebook) -> None:
    stated = row(indicator="published_items", value=1_573_179, year=2024, evidence="一(一)", reason="base_missing")
    assert wording.marked(stated, zh) == "157.3179万"
    assert wording.told(stated, zh).endswith("157.3179万条")
    (basis, *_) = wording.bound("", [stated], zh).basis
    assert "157.3179万条" in basis.said


def test_a_gap_has_nothing_to_round(book: Codebook) -> None:
    assert wording.brief(row(value=None, status="blank"), book)["value"] is None


def test_in_english_all_digits_are_shown_in_groups_of_three() -> None:
    english = codebook.load("en")
    assert wording.figure_told(row(indicator="published_items", value=1_573_179), english).startswith("1,573,179")


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [("dedicated_funding", "223456.5", "223,456.5"), ("published_items", "22.34565万", "223,456.5")],
)
def test_no_number_is_grouped_by_ten_thousand_whose_unit_is_ten_thousand(
    book: Codebook, name: str, zh: str, en: str
) -> None:
    wanted = {"zh": zh, "en": en}[book.language]
    assert wording.number(223_456.5, book, name) == wanted
    assert wording.marked(row(indicator=name, value=223_456.5), book) == wanted
    assert wording.counted(223_456.5, name, book).startswith(wanted)


@pytest.mark.parametrize(
    ("value", "figures", "told"),
    [(2.5, [2, 3], 2.5), (1 / 3, [0, 1], 0.3), (0.015, [0.01, 0.02], 0.015), (1_234_567.0, [1_234_567], 1_234_567)],
)
def test_a_quantile_has_one_decimal_more_than_its_figures(value: float, figures: list[float], told: float) -> None:
    assert wording.between(value, figures) == told


def test_a_sentence_on_very_many_figures_names_the_first(book: Codebook) -> None:
    many = [row(unit=f"u{at}", reason="base_missing") for at in range(1000)]
    basis = wording.bound("", many, book).basis
    assert (len(basis), basis[-1].cell) == (200, "u199-2021/requests_concluded")
