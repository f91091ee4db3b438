"""What the charts of change, of the report's words and of a card's past encode."""

from collections.abc import Callable
from typing import Any

import altair as alt
import polars as pl
import pytest
from drawn import fact, history

from analysis import charts, metrics, wording
from analysis.charts.sparkline import HEIGHT, sparkline
from analysis.codebook import Codebook
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]
SAID = {"kind": pl.String, "text": pl.String, "last": pl.String, "alike": pl.Float64, "compared": pl.Boolean}


def bars(chart: alt.LayerChart | alt.FacetChart) -> list[dict[str, Any]]:
    spec = chart.to_dict()
    (rows,) = spec["datasets"].values()
    return rows


def test_a_change_to_rely_on_is_a_bar_with_both_figures_others_stand_in_the_table(
    make_data: MakeData, book: Codebook
) -> None:
    data = make_data(
        *[fact(year, "reviews", value) for year, value in ((2023, 440), (2024, 170))],
        *[fact(year, "hearings", value) for year, value in ((2023, 2), (2024, 5))],
    )
    rows = metrics.notable(history(data, book, [2023, 2024], "reviews", "hearings"), book, year=2024)
    exhibit = charts.changes(rows, book, year=2024)
    (bar,) = bars(*exhibit.charts)
    said = {"zh": "440件→170件，−270（−61.4%）", "en": "440 cases → 170 cases, −270 (−61.4%)"}
    assert bar["text"] == said[book.language]
    assert bar["times"] == pytest.approx(-1.37, abs=0.01)
    assert exhibit.table
    labels = [book.word(word, minimum=30) for word in ("changes_firm", "changes_others")]
    assert [row[0].text for row in exhibit.table.rows] == [
        labels[0],
        book.label("reviews"),
        labels[1],
        book.label("hearings"),
    ]
    assert isinstance(exhibit.finding, wording.Sentence)
    assert [basis.cell for basis in exhibit.finding.basis] == ["demo-2024/reviews", "demo-2023/reviews"]


def test_an_approximate_change_keeps_its_about_and_is_no_bar(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(fact(2023, "published_items", 180000, qualifier="approx"), fact(2024, "published_items", 140000))
    rows = metrics.notable(history(data, zh, [2023, 2024], "published_items"), zh, year=2024)
    exhibit = charts.changes(rows, zh, year=2024)
    assert (exhibit.charts, exhibit.finding.startswith("2024年有变动的数字基数小或须谨慎比较")) == ([], True)
    assert exhibit.table
    assert [cell.text for cell in exhibit.table.rows[1]] == [
        "主动公开政府信息数",
        "约18万条",
        "14万条",
        "约−4万（约−22.2%）",
    ]


def test_what_counts_otherwise_stands_at_the_edge_and_does_not_flatten_the_rest(
    make_data: MakeData, zh: Codebook
) -> None:
    data = make_data(
        *[fact(year, "reviews", 10) for year in (2021, 2022)],
        fact(2023, "reviews", 900, status="definition_differs"),
    )
    years = [2021, 2022, 2023]
    assert [y for _, y, _ in past(data, zh, years)["dots"]] == [4.0, 4.0, 4.0]
    spec = charts.over_time(history(data, zh, years, "reviews"), zh, topic="past").charts[0].to_dict()
    scales = [layer["encoding"]["y"]["scale"] for layer in spec["layer"] if layer["mark"]["type"] == "point"]
    assert [scale["clamp"] for scale in scales] == [True, True]
    assert scales[0]["domain"] == pytest.approx([0, 11.8])


@pytest.mark.parametrize("years", [[2024], [2023, 2024]])
def test_without_change_there_is_only_a_sentence(make_data: MakeData, zh: Codebook, years: list[int]) -> None:
    data = make_data(*[fact(year, "reviews", 7) for year in years])
    exhibit = charts.changes(metrics.notable(history(data, zh, years, "reviews"), zh, year=2024), zh, year=2024)
    assert (exhibit.charts, exhibit.table, exhibit.finding) == ([], None, "2024年没有可与2023年比较且有变动的数字")


def past(data: Disclosures, book: Codebook, years: list[int], indicator: str = "reviews") -> dict[str, Any]:
    return sparkline(history(data, book, years, indicator), book, years=years)


def test_a_past_has_a_dot_for_each_figure_and_no_line_across_a_gap(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*[fact(year, "reviews", value) for year, value in ((2014, 5), (2015, 10), (2017, 0), (2018, 5))])
    drawn = past(data, zh, list(range(2014, 2019)))
    assert [len(line.split()) for line in drawn["lines"]] == [2, 2]
    assert [dot[0] for dot in drawn["dots"]] == [4.0, 35.0, 97.0, 128.0]
    assert [dot[1] for dot in drawn["dots"]] == [15.0, 4.0, float(HEIGHT - 4), 15.0]
    assert drawn["text"] == "图：行政复议总计，2014—2018年。2014年5件、2015年10件、2017年0件、2018年5件。"


def test_a_past_breaks_where_the_definition_does(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*[fact(year, "requests_refused", 5) for year in range(2017, 2021)])
    assert [len(line.split()) for line in past(data, zh, list(range(2017, 2021)), "requests_refused")["lines"]] == [
        2,
        2,
    ]


def test_what_is_not_exact_is_a_hollow_dot(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(fact(2023, "reviews", 5), fact(2024, "reviews", 6, qualifier="approx"))
    assert [hollow for _, _, hollow in past(data, zh, [2023, 2024])["dots"]] == [False, True]


@pytest.mark.parametrize("values", [[], [5]])
def test_no_figure_or_one_is_no_past(make_data: MakeData, zh: Codebook, values: list[int]) -> None:
    data = make_data(fact(2023, "hearings", 1), *[fact(2023, "reviews", value) for value in values])
    assert past(data, zh, [2023]) == {}


def test_a_part_stands_beside_its_whole_with_a_share_only_where_it_is_judged(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(
        fact(2024, "staff", 40), fact(2024, "staff_fulltime", 10),
        fact(2024, "demonstration_sites_applied", 19), fact(2024, "demonstration_sites_accepted", 10),
    )  # fmt: skip
    told = {}
    for topic in ("resources", "oversight"):
        rows = history(data, zh, [2024], *zh.topics[topic].indicators)
        exhibit = charts.headlines(metrics.leading(rows), zh, topic=topic, year=2024)
        told |= {card["label"]: card["whole"] for card in exhibit.content["cards"]}
    assert told["专职人员数"] == "占工作人员数（40人）的25.0%"
    assert told["验收授牌示范点数"] == "申报办事公开示范点数共19个，不足30，不评定占比"
    assert told["工作人员数"] == ""


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ({"status": "definition_differs"}, {}),
        ({"status": "conflicting"}, {}),
        ({}, {"qualifier": "approx"}),
        ({"qualifier": "at_least"}, {}),
        ({"value": 41}, {}),
        ({"scope": "own"}, {"scope": "region"}),
        ({"value": "", "status": "blank"}, {}),
    ],
)
def test_a_part_has_a_share_only_of_a_plain_whole_that_holds_it(
    make_data: MakeData, zh: Codebook, part: dict[str, object], whole: dict[str, object]
) -> None:
    data = make_data(fact(2024, "staff", 40) | whole, fact(2024, "staff_fulltime", 10) | part)
    rows = history(data, zh, [2024], "staff", "staff_fulltime")
    exhibit = charts.headlines(metrics.leading(rows), zh, topic="resources", year=2024)
    assert [card["whole"] for card in exhibit.content["cards"]] == [""] * len(exhibit.content["cards"])
    assert exhibit.content["cards"]


def test_units_checked_stand_beside_the_units_that_the_data_list(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(fact(2013, "units_checked", 96), {**fact(2013, "hearings", 1), "unit": "demo-east"})
    rows = metrics.leading(history(data, zh, [2013], *zh.topics["oversight"].indicators))
    cards = [
        charts.headlines(asked, zh, topic="oversight", year=2013).content["cards"][0]
        for asked in (rows, metrics.with_existing(rows, data))
    ]
    assert [card["whole"] for card in cards] == ["", "数据收录其下级单位2个，有该年报告的1个"]


def statements(*rows: tuple[str, str | None, str | None, float | None, bool]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SAID, orient="row")


def test_the_words_of_a_report_stand_beside_those_of_the_year_before(zh: Codebook) -> None:
    rows = statements(
        ("problem", "甲", "乙", 91.0, True),
        ("problem", None, "丙", None, True),
        ("measure", "<b>丁</b>", None, None, True),
    )
    exhibit = charts.statements(rows, zh, year=2024)
    assert exhibit.finding == "2024年报告写明存在的问题1条、改进措施1条，其中1条与上年相同或相近"
    assert exhibit.table
    assert [[cell.text for cell in row] for row in exhibit.table.rows] == [
        ["存在的问题", "", ""], ["甲", "乙", "重复（91.0%）"], ["", "丙", "本年未见"],
        ["改进措施", "", ""], ["<b>丁</b>", "", "上年未见"],
    ]  # fmt: skip


def test_words_whose_year_before_is_not_held_are_not_called_new(zh: Codebook) -> None:
    exhibit = charts.statements(statements(("problem", "甲", None, None, False)), zh, year=2024)
    assert exhibit.finding.endswith("上年的没有收录，不能比较")
    assert exhibit.table
    assert exhibit.table.rows[1][2].text == ""


def test_a_report_without_held_words_says_so(zh: Codebook) -> None:
    exhibit = charts.statements(statements(), zh, year=2024)
    assert (exhibit.table, exhibit.finding) == (None, "没有收录2024年报告所写的问题与改进措施原文")
