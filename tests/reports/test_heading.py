"""Unit, reporting year and day of publication, from wherever a report says them, and doubts where it does not."""

import pytest

from analysis.reports import heading
from analysis.reports.characters import plain
from analysis.reports.document import Document

PERIOD = "本报告中所列数据的统计期限自2013年1月1日起至2013年12月31日止。"


def named(*lines: str, head: tuple[str, ...] = ()) -> heading.Heading:
    text = "\n".join(lines)
    return heading.read(Document(text, head=head), plain(text))


def doubts(found: heading.Heading) -> list[str]:
    return [doubt.doubt for doubt in found.doubts]


@pytest.mark.parametrize(
    ("title", "unit", "year"),
    [
        ("东山县人民政府2013年政府信息公开年度报告", "东山县人民政府", 2013),
        ("东山县人民政府2013年政府信息公开工作年度报告", "东山县人民政府", 2013),
        ("东山县人民政府２０１３年度政府信息公开工作报告", "东山县人民政府", 2013),
        ("东山县人民政府关于2013年政府信息公开工作情况的报告", "东山县人民政府", 2013),
        ("2013年东山县人民政府政府信息公开年度报告", "东山县人民政府", 2013),
        ("2013年度东山县民政局政府信息公开工作年度报告", "东山县民政局", 2013),
        ("东山县民政局政府信息公开2013年度报告", "东山县民政局", 2013),
        ("东山县民政局政府信息公开工作年度报告（2013年度）", "东山县民政局", 2013),
        ("东山县民政局政府信息公开工作年度报告(2013)", "东山县民政局", 2013),
        ("东山县民政局2013年信息公开年报", "东山县民政局", 2013),
        ("东山县民政局2013年度政务公开工作报告", "东山县民政局", 2013),
        ("《东山县民政局2013年政府信息公开年度报告》", "东山县民政局", 2013),
        ("关于东山县民政局2013年政府信息公开年度报告", "东山县民政局", 2013),
        ("东山县民政局2013年政府信息公开工作总结报告", "东山县民政局", 2013),
        ("东山县民政局2013年政府信息公开工作总结", "东山县民政局", 2013),
        ("东山县 民政局 2013 年政府信息公开年度报告", "东山县民政局", 2013),
        ("东山县民政局二〇一三年政府信息公开年度报告", "东山县民政局", 2013),
        ("青石镇人民政府2013年政府信息公开年度报告", "青石镇人民政府", 2013),
        ("示例市东山区望江街道办事处2013年政府信息公开年度报告", "示例市东山区望江街道办事处", 2013),
        ("示例大学2013年信息公开年度报告", "示例大学", 2013),
    ],
)
def test_a_title_names_unit_and_year(title: str, unit: str, year: int) -> None:
    found = named(title, "一、概述", "全年工作平稳。")
    assert (found.unit, found.year) == (unit, year)
    assert doubts(found) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("东山县民政局", "2013年政府信息公开工作年度报告"),
        ("东山县民政局2013年", "政府信息公开工作年度报告"),
        ("东山县民政局关于", "2013年政府信息公开工作年度报告"),
    ],
)
def test_a_title_may_stand_on_two_lines(lines: tuple[str, ...]) -> None:
    found = named(*lines, "一、概述")
    assert (found.unit, found.year) == ("东山县民政局", 2013)


@pytest.mark.parametrize(
    "line",
    [
        "当前位置：首页 > 西河县政府2012年政府信息公开年度报告",
        "根据西河县2012年政府信息公开工作报告的要求",
        "上一篇：西河县2012年政府信息公开年度报告",
        "东山县人民政府办公室关于印发2013年政府信息公开年度报告的通知",
        "关于公布2013年政府信息公开年度报告的公告",
    ],
)
def test_what_stands_around_a_report_is_not_its_title(line: str) -> None:
    found = named(line, "东山县民政局2013年政府信息公开年度报告", "一、概述")
    assert (found.unit, found.year) == ("东山县民政局", 2013)


def test_the_short_name_of_a_place_becomes_its_government_s() -> None:
    found = named("东山县2013年政府信息公开年度报告", "本报告由东山县人民政府办公室编制。")
    assert found.unit == "东山县人民政府"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PERIOD, id="period"),
        pytest.param("统计期限：2013年1月1日—12月31日。", id="period with a dash"),
        pytest.param("统计期限为2013年1月1日至12月31日。", id="period without the second year"),
        pytest.param("统计期限：2013.1.1-2013.12.31。", id="period with stops"),
        pytest.param("统计期限为2013年1月至12月。", id="period in months"),
        pytest.param("报告中数据统计期限自201311日至20131231日。", id="period cut by the page's system"),
    ],
)
def test_the_period_says_the_year_where_the_title_does_not(text: str) -> None:
    found = named("东山县民政局政府信息公开年度报告", text)
    assert (found.unit, found.year, doubts(found)) == ("东山县民政局", 2013, [])


def test_a_title_of_another_year_than_the_period_is_doubtful() -> None:
    found = named("东山县民政局2014年政府信息公开年度报告", PERIOD)
    assert found.year == 2013
    assert [(doubt.doubt, doubt.values) for doubt in found.doubts] == [
        ("title_year_differs", {"title": "2014", "period": "2013"})
    ]


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        pytest.param(("现公布东山县人民政府2013年度政府信息公开年度报告。",), "东山县人民政府", id="now published"),
        pytest.param(("本报告由东山县民政局编制。",), "东山县民政局", id="prepared by"),
        pytest.param(("全年工作平稳。", "东山县民政局", "2014年3月1日"), "东山县民政局", id="signature"),
        pytest.param(
            ("全年工作平稳。", "东山县人民政府办公室", "2014年3月1日"), "东山县人民政府办公室", id="office signs"
        ),
    ],
)
def test_a_unit_that_the_title_does_not_name_is_found_elsewhere(lines: tuple[str, ...], unit: str) -> None:
    assert named("2013年政府信息公开年度报告", *lines).unit == unit


@pytest.mark.parametrize("line", ["ContentSource: 东山县民政局", "SiteName: 东山县民政局"])
def test_the_page_s_own_publisher_names_the_unit(line: str) -> None:
    assert named("2013年政府信息公开年度报告", "全年工作平稳。", head=(line,)).unit == "东山县民政局"


@pytest.mark.parametrize("name", ["我局", "本机关", "全县", "该单位"])
def test_a_word_that_stands_for_the_unit_is_no_name(name: str) -> None:
    found = named(f"{name}2013年政府信息公开年度报告", "全年工作平稳。")
    assert found.unit is None
    assert doubts(found) == ["unit_unknown"]


def test_two_lines_do_not_make_a_name_that_neither_holds() -> None:
    found = named("政府信息公开年度报告", "统计期限自2013年1月1日至2013年12月31日的政府信息公开工作报告如下。")
    assert found.unit is None


def test_a_report_that_names_neither_unit_nor_year_is_doubtful() -> None:
    found = named("政府信息公开年度报告", "全年工作平稳。")
    assert (found.unit, found.year) == (None, None)
    assert sorted(doubts(found)) == ["unit_unknown", "year_unknown"]


def test_a_year_is_not_guessed_from_how_often_it_is_named() -> None:
    found = named(
        "东山县民政局政府信息公开年度报告", "2013年召开会议。2013年公开信息。2013年没有收到申请。2012年为9件。"
    )
    assert (found.year, doubts(found)) == (None, ["year_unknown"])


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("发布时间：2014-02-28 00:00 信息来源：县政务中心", "2014-02-28"),
        ("发布日期：2014年2月8日", "2014-02-08"),
        ("发文日期：2014/02/28", "2014-02-28"),
        ("发布时间：2014.2.28", "2014-02-28"),
        ("发布时间：２０１４－０２－２８", "2014-02-28"),
        ("日期：2015年3月1日", "2015-03-01"),
    ],
)
def test_a_byline_says_the_day_of_publication(line: str, day: str) -> None:
    assert named("东山县民政局2013年政府信息公开年度报告", line, "一、概述").published_on == day


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("发布时间：2013-02-28", id="in the reporting year"),
        pytest.param("发布时间：2016-02-28", id="in the third year behind"),
        pytest.param("发布时间：2014-13-01", id="no month"),
        pytest.param("发布时间：2014-02-32", id="no day"),
        pytest.param("填报日期：2014年1月16日", id="of a form"),
        pytest.param("今天是2014年4月1日 星期二", id="today"),
        pytest.param("发布时间：201422日", id="cut by the page's system"),
    ],
)
def test_other_days_are_not_taken_for_that_of_publication(line: str) -> None:
    assert named("东山县民政局2013年政府信息公开年度报告", line, "一、概述").published_on is None


@pytest.mark.parametrize("signed", ["2014年3月20日", "二〇一四年三月二十日", "二○一四年三月二十日"])
def test_the_day_under_the_signature_is_taken_where_nothing_else_says_one(signed: str) -> None:
    found = named("东山县民政局2013年政府信息公开年度报告", "一、概述", "全年工作平稳。", "东山县民政局", signed)
    assert found.published_on == "2014-03-20"


def test_the_byline_goes_before_the_signature() -> None:
    found = named(
        "东山县民政局2013年政府信息公开年度报告",
        "发布时间：2014-03-25",
        "全年工作平稳。",
        "东山县民政局",
        "2014年3月20日",
    )
    assert found.published_on == "2014-03-25"
