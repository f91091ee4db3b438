"""The index as a person uses it, in a real browser: searched, filtered, turned to years, by keyboard, and large."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from analysis.dashboards import index

HOSTILE = "<img src=x onerror=\"document.title='run'\">"
UNITS, PAGES = 300, 5000
ANSWER = 50  # milliseconds that a letter typed may take, in the middle of many
PRINTED = "getComputedStyle(document.querySelector('{}')).display"

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium(chromium_program: str) -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def entry(unit: str, name: str, notebook: str, year: int | None, **said: object) -> dict[str, Any]:
    level, within = ("city", [["jiangsu", "江苏省"]]) if unit == "jiangsu-suqian" else ("county", [])
    plain: dict[str, Any] = {
        "level": level,
        "within": within,
        "names": [name],
        "headline": {},
        "parameters": {},
        "companions": [],
    }
    plain |= {"error": "", "page": True, "state": "same", "made_on": "2026-11-23"}
    return {**plain, "unit": unit, "name": name, "notebook": notebook, "year": year, **said} | {
        "file": f"{notebook}-{unit}-{year}.html"
    }


SMALL = [
    *[
        entry("jiangsu-suqian", "宿迁市", "yearly_dashboard", year, names=["宿迁市", "Suqian City"])
        for year in (2024, 2023)
    ],
    entry("jiangsu-suqian", "宿迁市", "request_trends", None, state="kept"),
    entry(
        "hunan-yiyang-anhua",
        "安化县",
        "yearly_dashboard",
        2024,
        within=[["hunan-yiyang", "益阳市"], ["hunan", "湖南省"]],
    ),
    entry("hunan-hengyang", HOSTILE, "yearly_dashboard", 2023, state="failed", page=False, error=HOSTILE),
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "index.html"
    path.write_text(index.render(SMALL, language="zh"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """300 units with their past, 13 yearly dashboards and four others each."""
    points = [(4 + 8.8 * at, 4 + at * 7 % 22, False) for at in range(15)]
    past = {"width": 132, "height": 30, "lines": [" ".join(f"{x:.1f},{y}" for x, y, _ in points)], "dots": points}
    told = "图：主动公开政府信息数，2011—2025年：" + "、".join(f"{year}年{year * 7}条" for year in range(2011, 2026))
    headline = {
        "label": "主动公开政府信息数",
        "figure": "14175条",
        "year": 2025,
        "past": past | {"text": told, "period": ""},
    }
    topics = ("publication_volume", "request_trends", "hearings_and_press_conferences")
    kinds = [*[("yearly_dashboard", year) for year in range(2013, 2026)], *[(name, None) for name in topics]]
    entries = [
        entry(f"sheng{at // 90}-shi{at // 30}-xian{at}", f"第{at}县", notebook, year, headline=headline)
        for at in range(UNITS)
        for notebook, year in [*kinds, ("data_quality", 2025)]
    ]
    path = tmp_path_factory.mktemp("big") / "index.html"
    path.write_text(index.render(entries[:PAGES], language="zh"), encoding="utf-8")
    return path


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Open]:
    """Open a page offline; what it logs or asks for fails the test."""
    heard: list[str] = []

    def open_(path: Path, where: str = "", *, width: int = 1280, script: bool = True) -> Page:
        size: ViewportSize = {"width": width, "height": 900}
        page = chromium.new_context(offline=True, viewport=size, java_script_enabled=script).new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", lambda asked: heard.append(asked.url) if not asked.url.startswith(path.as_uri()) else None)
        page.goto(f"{path.as_uri()}{where}")
        return page

    yield open_
    for context in chromium.contexts:
        context.close()
    assert heard == []


def rows(page: Page) -> list[str]:
    return page.locator(".unit:visible h3").all_inner_texts()


def said(page: Page) -> str:
    return page.get_by_role("status").inner_text()


def await_choice(page: Page, wanted: dict[str, list[str]]) -> None:
    """Wait until the choice that stands in the address is the one `wanted`."""
    page.wait_for_url(lambda url: parse_qs(url.partition("#")[2]) == wanted)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("宿迁", ["宿迁市"]),
        ("SUQIAN", ["宿迁市"]),
        ("ＳＵＱＩＡＮ　city", ["宿迁市"]),
        ("湖南 安化", ["安化县"]),
        ("yiyang", ["安化县"]),
        ("hunan", [HOSTILE, "安化县"]),
    ],
)
def test_a_unit_is_found_as_its_name_is_typed(small: Path, visit: Open, typed: str, found: list[str]) -> None:
    page = visit(small)
    page.get_by_role("searchbox").press_sequentially(typed)
    expect(page.locator(".unit:visible")).to_have_count(len(found))
    assert rows(page) == found


def test_what_is_shown_is_counted_and_announced(small: Path, visit: Open) -> None:
    page = visit(small)
    assert said(page) == "显示5个看板，3个单位"
    page.get_by_label("层级").select_option("city")
    expect(page.get_by_role("status")).to_have_text("显示3个看板，1个单位")
    assert page.locator(".level:visible h2").all_inner_texts() == ["地市级"]


def test_a_region_holds_what_lies_in_it_however_deep(small: Path, visit: Open) -> None:
    page = visit(small)
    page.get_by_label("地区").select_option("湖南省")
    expect(page.locator(".unit:visible")).to_have_count(1)
    assert rows(page) == ["安化县"]


def test_a_state_and_a_year_hide_single_dashboards(small: Path, visit: Open) -> None:
    page = visit(small)
    page.get_by_label("年度").select_option("2023")
    expect(page.get_by_role("status")).to_have_text("显示2个看板，2个单位")
    assert page.locator(".unit li:visible a").all_inner_texts() == ["2023年"]
    page.get_by_label("状态").select_option("failed")
    expect(page.get_by_role("status")).to_have_text("显示1个看板，1个单位")
    assert page.locator(".unit dt:visible").all_inner_texts() == ["政府信息公开年度看板"]


def test_by_year_every_year_lists_its_units_and_obeys_the_filters(small: Path, visit: Open) -> None:
    page = visit(small)
    assert not page.locator("#by-year").is_visible()
    page.get_by_role("link", name="按年度").click()
    expect(page.locator("#by-year")).to_be_visible()
    assert not page.locator("#by-unit").is_visible()
    assert page.locator("#by-year h2:visible").all_inner_texts() == ["2024年", "2023年"]
    page.get_by_role("searchbox").fill("anhua")
    expect(page.get_by_role("status")).to_have_text("显示1个看板，1个单位")
    assert page.locator("#by-year li:visible").all_inner_texts() == ["安化县"]
    assert page.locator("#by-year h2:visible").all_inner_texts() == ["2024年"]
    assert page.locator(".ways [aria-current]").all_inner_texts() == ["按年度"]
    page.get_by_role("link", name="按单位").click()
    expect(page.locator(".unit:visible")).to_have_count(1)


def test_the_choice_stands_in_the_address_and_a_link_to_it_shows_the_same(small: Path, visit: Open) -> None:
    page = visit(small)
    page.get_by_role("searchbox").fill("市")
    page.get_by_label("年度").select_option("2024")
    page.get_by_role("link", name="按年度").click()
    await_choice(page, {"find": ["市"], "year": ["2024"], "view": ["by-year"]})
    other = visit(small, "#" + page.url.partition("#")[2])
    assert said(other) == said(page) == "显示2个看板，2个单位"
    assert other.get_by_role("searchbox").input_value() == "市"
    other.evaluate("location.hash = 'level=county'")
    expect(other.get_by_role("status")).to_have_text("显示2个看板，2个单位")
    assert other.get_by_label("层级").input_value() == "county"


def test_an_address_with_a_choice_that_is_not_there_is_as_none(small: Path, visit: Open) -> None:
    page = visit(small, "#level=planet&view=sideways&other=1")
    assert said(page) == "显示5个看板，3个单位"
    assert page.get_by_label("层级").input_value() == ""


def test_where_nothing_fits_the_page_says_what_to_do_and_clearing_shows_all(small: Path, visit: Open) -> None:
    page = visit(small, "#find=nowhere")
    assert page.get_by_text("没有符合条件的看板").is_visible()
    assert said(page) == "显示0个看板，0个单位"
    page.get_by_role("button", name="清除条件").click()
    expect(page.locator(".unit:visible")).to_have_count(3)
    assert not page.get_by_text("没有符合条件的看板").is_visible()
    assert page.get_by_role("searchbox").evaluate("field => field === document.activeElement")
    await_choice(page, {})


def test_the_index_is_used_by_keyboard_alone(small: Path, visit: Open) -> None:
    page = visit(small)
    reached: list[str] = []
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert reached == ["跳到正文", "find", "level", "region", "year", "state", "清除条件", "按单位"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#by-year")).to_be_visible()


def test_the_skip_link_keeps_the_choice(small: Path, visit: Open) -> None:
    page = visit(small, "#find=anhua")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert rows(page) == ["安化县"]


def test_links_and_fields_are_large_enough_to_hit(small: Path, visit: Open) -> None:
    page = visit(small, width=390)
    for target in page.locator("main a:visible, .filters :is(input, select, button)").all():
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24, target.inner_text()


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
@pytest.mark.parametrize("where", ["", "#view=by-year"])
def test_the_index_fits_every_width(small: Path, visit: Open, width: int, where: str) -> None:
    page = visit(small, where, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_without_a_script_everything_is_listed_by_unit_and_by_year(small: Path, visit: Open) -> None:
    page = visit(small, script=False)
    assert not page.get_by_role("searchbox").is_visible()
    assert page.locator("#by-unit li a:visible").count() == 4
    assert page.locator("#by-year li a:visible").count() == 3
    page.get_by_role("link", name="按年度").click()
    assert page.url.endswith("#by-year")


def test_in_print_every_row_is_there_and_no_filter(small: Path, visit: Open) -> None:
    page = visit(small, "#find=anhua&year=2024&view=by-year")
    page.emulate_media(media="print")
    assert page.locator("h3:visible").count() == 3
    assert page.locator("#by-unit .pages li:visible").count() == len(SMALL)
    assert [page.evaluate(PRINTED.format(part)) for part in (".filters", ".ways", "#by-year")] == ["none"] * 3


def test_hostile_text_is_shown_not_run(small: Path, visit: Open) -> None:
    page = visit(small, "#find=" + "%3Cimg")
    assert rows(page) == [HOSTILE]
    assert page.locator(".reason:visible").inner_text() == f"原因：{HOSTILE}"
    assert page.locator("img").count() == 0
    assert page.title() == "政府信息公开数据看板"


def test_five_thousand_dashboards_are_searched_while_typing(big: Path, visit: Open) -> None:
    page = visit(big)
    assert big.stat().st_size < 2_500_000
    assert re.match(rf"显示{PAGES}个看板", said(page))
    for way in ("按单位", "按年度"):
        page.get_by_role("link", name=way).click()
        page.wait_for_timeout(300)
        taken: list[float] = page.evaluate(
            """() => ["x", "xian1", "xian", "第2", "", "shi3", "nowhere", "县"].map((typed) => {
                document.querySelector("[type=search]").value = typed;
                const before = performance.now();
                apply();
                return performance.now() - before;
            })"""
        )
        assert sorted(taken)[len(taken) // 2] < ANSWER, taken
    page.get_by_role("searchbox").fill("xian299")
    page.get_by_role("link", name="按单位").click()
    page.get_by_role("searchbox").fill("xian29")
    expect(page.locator(".unit:visible")).to_have_count(6)  # 29 and 290 to 294: the 5,000 end there


def test_an_index_that_is_opened_at_its_content_shows_its_units(small: Path, visit: Open) -> None:
    page = visit(small, "#content")
    assert len(rows(page)) == 3
    assert page.locator("#by-year").is_hidden()
    assert said(page)
