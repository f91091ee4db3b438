import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from analysis.codebook import Codebook
from analysis.dashboards import Dashboard, index, record
from analysis.facts import Disclosures

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
PAST: dict[str, object] = {
    "width": 132,
    "height": 30,
    "lines": ["4.0,9.0 128.0,4.0"],
    "dots": [[4, 9, False], [128, 4, True]],
    "text": "图：听证会次数",
    "period": "2020—2021年",
}
TOLD = {"label": "听证会次数", "figure": "约6次", "year": 2021, "past": PAST}

Row = Mapping[str, Any]


def entry(unit: str = "demo-east", notebook: str = "yearly_dashboard", year: int | None = 2021, **said: object) -> Row:
    """An entry of a run record: what differs from a page of a county, made by the latest run and as it was before."""
    plain = {"name": "东山县", "names": ["东山县", "East County"], "level": "county", "invented": False}
    plain |= {"within": [["demo", "示例市"], ["sample", "样本省"]], "headline": {}, "parameters": {}, "companions": []}
    plain |= {"error": "", "page": True, "state": "same", "sha256": "", "made_on": "2026-11-23", "language": "zh"}
    slug = "-".join([notebook, unit, *([str(year)] if year else [])])
    return {**plain, "unit": unit, "notebook": notebook, "year": year, "file": f"{slug}.html", **said}


def shown(*entries: Row, language: str = "zh") -> LexborHTMLParser:
    return LexborHTMLParser(index.render(entries, language=language))


def text(node: LexborNode | None) -> str:
    assert node is not None
    return re.sub(r"\s+", " ", node.text()).strip()


def texts(tree: LexborHTMLParser | LexborNode, selector: str) -> list[str]:
    return [text(node) for node in tree.css(selector)]


def links(tree: LexborHTMLParser, view: str) -> list[str | None]:
    return [node.attributes["href"] for node in tree.css(f"#{view} a")]


def test_every_dashboard_stands_once_by_unit_and_those_of_a_year_once_more_by_year() -> None:
    pages = [entry(year=year) for year in (2019, 2021, 2020)]
    pages += [entry(notebook=name, year=None) for name in ("publication_volume", "request_trends")]
    pages += [entry(notebook="data_quality", year=2021), entry("demo-west", name="西河县")]
    tree = shown(*pages)
    assert sorted(map(str, links(tree, "by-unit"))) == sorted(page["file"] for page in pages)
    assert sorted(map(str, links(tree, "by-year"))) == sorted(page["file"] for page in pages if page["year"])


def test_a_unit_s_yearly_dashboards_come_first_from_the_latest_then_those_over_the_years() -> None:
    pages = [entry(year=2019), entry(notebook="request_trends", year=None), entry(year=2021)]
    tree = shown(*pages, entry(notebook="data_quality"))
    assert texts(tree, ".unit dt") == ["政府信息公开年度看板", "历年专题", "数据质量"]
    assert texts(tree, ".unit li") == ["2021年", "2019年", "依申请公开：收到、办理与争议", "2021年"]


def test_units_are_grouped_by_level_in_the_order_of_the_codebook(book: Codebook) -> None:
    tree = shown(entry(), entry("demo", name="示例市", level="city", within=[]), language=book.language)
    assert texts(tree, "#by-unit h2") == [book.term("level", "city"), book.term("level", "county")]


def test_a_year_lists_its_units_by_level_and_what_is_no_yearly_dashboard_by_what_it_is() -> None:
    tree = shown(
        entry(year=2020),
        entry(notebook="data_quality"),
        entry("demo", level="city", name="示例市"),
        entry("demo-west", name="西河县"),
    )
    assert texts(tree, "#by-year h2") == ["2021年", "2020年"]
    latest = tree.css("#by-year section")[0]
    assert texts(latest, "dt") == ["地市级", "县区级", "数据质量"]
    assert texts(latest, "li") == ["示例市", "西河县", "东山县"]


def test_units_that_bear_the_same_name_are_told_apart_by_their_region_in_a_year() -> None:
    other = entry("other-east", within=[["other", "他市"]])
    assert texts(shown(entry(), other), "#by-year li") == ["东山县（示例市）", "东山县（他市）"]


def test_what_was_chosen_otherwise_than_by_default_is_told(book: Codebook) -> None:
    tree = shown(
        entry(notebook="publication_volume", year=None, parameters={"until": 2013, "since": 2008, "peers": "parent"}),
        language=book.language,
    )
    wanted = {
        "zh": "主动公开数量与渠道（2008年起、至2013年、与同一上级的单位比较）",
        "en": "How much was published, and through which channels"
        " (from 2008, to 2013, beside units with the same parent)",
    }
    assert texts(tree, ".unit li") == [wanted[book.language]]
    usual = shown(entry(parameters={"since": 0, "peers": "level", "year": 2021}))
    assert texts(usual, ".unit li") == ["2021年"]


# -- states


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"state": "same"}, "2021年"),
        ({"state": "new"}, "2021年 新"),
        ({"state": "kept", "made_on": "2026-11-20"}, "2021年 2026-11-20 的版本"),
        ({"state": "kept", "made_on": ""}, "2021年 较早的版本"),
        ({"state": "failed", "error": "E: 1", "page": False, "made_on": ""}, "2021年 未能生成原因：E: 1"),
        (
            {"state": "failed", "error": "E: 1", "made_on": "2026-11-20"},
            "2021年 未能更新，此处为较早的版本（2026-11-20）原因：E: 1",
        ),
        ({"state": "failed", "error": "E: 1", "made_on": ""}, "2021年 未能更新，此处为较早的版本原因：E: 1"),
    ],
)
def test_the_state_of_a_page_is_told_in_words(said: Row, wanted: str) -> None:
    assert texts(shown(entry(**said)), ".unit li") == [wanted]


def test_a_page_that_is_not_there_is_not_linked_to() -> None:
    tree = shown(entry(state="failed", error="E: 1", page=False, companions=["pdf"]))
    assert [*links(tree, "by-unit"), *links(tree, "by-year")] == []


def test_the_head_counts_the_dashboards_and_every_state_that_there_is(book: Codebook) -> None:
    pages = [entry(year=year, state=state) for year, state in ((2021, "new"), (2020, "new"), (2019, "kept"))]
    tree = shown(*pages, entry("demo-west"), language=book.language)
    wanted = {
        "zh": "4个看板，2个单位；新2个；较早的版本1个",
        "en": "Dashboards: 4; units: 2; new: 2; earlier version: 1",
    }
    assert text(tree.css_first(".statistic")) == wanted[book.language]


def test_entries_of_an_earlier_record_are_shown_without_what_they_do_not_say() -> None:
    old = {"unit": "demo-east", "name": "东山县", "level": "county", "above": "", "notebook": "yearly_dashboard"}
    old |= {"year": 2013, "file": "some.html", "page": True, "error": "E: 1", "parameters": {}}
    assert "未能更新，此处为较早的版本" in text(shown(old).css_first(".unit li"))


def test_no_day_stands_in_the_first_index_of_an_edition(make_data: Callable[..., Disclosures], tmp_path: Path) -> None:
    data = make_data(
        *({"unit": "demo-east", "year": year, "indicator": "hearings", "value": 5} for year in (2020, 2021))
    )
    page = Dashboard("yearly_dashboard", {"unit": "demo-east", "year": 2021})
    (tmp_path / page.file).touch()
    days = (date(2026, 11, 20), date(2026, 11, 23))
    made = [record.after({}, [(page, "")], data, tmp_path, on=day).values() for day in days]
    assert index.render(made[0], language="zh") == index.render(made[1], language="zh")


# -- the main figure and its past


def test_a_unit_s_main_figure_stands_with_its_year_and_its_past_as_recorded() -> None:
    unit = shown(entry(headline=TOLD)).css_first(".unit")
    assert unit is not None
    assert texts(unit, ".headline p") == ["听证会次数", "约6次 2021年", "2020—2021年"]
    assert [node.attributes["points"] for node in unit.css("polyline")] == PAST["lines"]
    assert [node.attributes.get("class") for node in unit.css("circle")] == [None, "hollow"]
    assert [node.attributes["aria-label"] for node in unit.css("svg[role=img]")] == [PAST["text"]]


def test_a_unit_without_a_past_has_none_drawn() -> None:
    assert shown(entry()).css(".unit svg, .unit .headline") == []


def test_of_entries_of_several_runs_the_latest_tells_who_a_unit_is() -> None:
    early = entry(year=2022, made_on="2026-11-20", headline={**TOLD, "figure": "4次"}, name="东山县（旧）")
    tree = shown(early, entry(headline=TOLD))
    assert texts(tree, "h3") == ["东山县"]
    assert texts(tree, ".figure") == ["约6次 2021年"]


# -- companions, choices, hostile text


def test_what_lies_beside_a_page_is_linked_after_it_by_name() -> None:
    tree = shown(entry(companions=["pdf", "xlsx"]))
    beside = tree.css(".unit li a")[1:]
    stem = "yearly_dashboard-demo-east-2021"
    assert [node.attributes["href"] for node in beside] == [f"{stem}.pdf", f"{stem}.xlsx"]
    assert [(text(node), node.attributes["aria-label"]) for node in beside] == [
        ("PDF", "2021年 PDF"),
        ("XLSX", "2021年 XLSX"),
    ]


def test_only_what_tells_dashboards_apart_can_be_chosen() -> None:
    assert [node.attributes["name"] for node in shown(entry(within=[])).css("select")] == []
    pages = [entry(state="new"), entry("demo", level="city", year=2020, within=[["sample", "样本省"]])]
    tree = shown(*pages)
    assert [node.attributes["name"] for node in tree.css("select")] == ["level", "region", "year", "state"]
    regions = [(node.attributes["value"], text(node)) for node in tree.css("select[name=region] option")]
    assert regions == [("", "全部"), ("demo", "样本省 › 示例市"), ("sample", "样本省")]
    assert texts(tree, "select[name=state] option") == ["全部", "新"]


def test_a_unit_is_found_by_its_names_its_id_and_its_regions() -> None:
    (unit,) = shown(entry()).css(".unit")
    assert unit.attributes["data-found-by"] == "东山县 东山县 East County demo-east 样本省 › 示例市"
    assert unit.attributes["data-within"] == "demo-east demo sample"


def test_what_needs_a_script_is_hidden_until_it_runs() -> None:
    tree = shown(entry())
    assert [node.tag for node in tree.css("[hidden]")] == ["form", "p"]
    assert tree.css("form[hidden] input[type=search]")
    assert [node.attributes["href"] for node in tree.css("nav a")] == ["#by-unit", "#by-year"]


def test_hostile_text_is_shown_and_not_run() -> None:
    past = {**PAST, "text": HOSTILE, "period": HOSTILE}
    told = {"label": HOSTILE, "figure": HOSTILE, "year": 2021, "past": past}
    tree = shown(
        entry(name=HOSTILE, names=[HOSTILE], within=[["demo", HOSTILE]], error=HOSTILE, state="failed", headline=told)
    )
    assert tree.css("img") == []
    assert len(tree.css("script")) == 1
    assert texts(tree, "h3") == [HOSTILE]
    assert HOSTILE in text(tree.css_first(".reason"))
    assert [name for node in tree.css("*") for name in node.attributes if name.startswith("on")] == []


def test_an_edition_without_dashboards_has_an_index_that_says_so() -> None:
    tree = shown()
    assert text(tree.css_first(".statistic")) == "0个看板，0个单位"
    assert tree.css(".unit, section") == []


def test_an_index_in_english_has_no_chinese_of_its_own() -> None:
    english = entry(name="East County", names=["East County"], within=[["demo", "Demo City"]], state="kept")
    series = {**english, "notebook": "request_trends", "year": None, "file": "request_trends-demo-east.html"}
    page = index.render([english, series], language="en")
    assert not re.search(
        r"[\u3400-\u9fff]", re.sub(r"<style>.*?</style>|<script>.*?</script>", "", page, flags=re.DOTALL)
    )
