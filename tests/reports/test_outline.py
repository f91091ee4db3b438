"""Paragraphs know their section, and whether it tells facts, problems or plans."""

import pytest

from analysis.reports import outline
from analysis.reports.characters import plain
from analysis.reports.outline import Paragraph


def read(*lines: str, year: int | None = 2013) -> list[tuple[str, Paragraph]]:
    text = plain("\n\n".join(lines))
    return [(text.text[each.start : each.end], each) for each in outline.paragraphs(text, year)]


def kind_under(heading: str) -> str:
    return read(heading, "全县信息公开。")[1][1].kind


def test_a_paragraph_carries_the_numbers_of_its_headings() -> None:
    found = read(
        "一、概述",
        "（一）组织领导",
        "1、会议。召开会议。",
        "（二）制度建设",
        "建立制度。",
        "二、主动公开",
        "公开信息。",
    )
    assert [(text, each.section) for text, each in found] == [
        ("一、概述", "一"),
        ("（一）组织领导", "一(一)"),
        ("1、会议。召开会议。", "一(一)1"),
        ("（二）制度建设", "一(二)"),
        ("建立制度。", "一(二)"),
        ("二、主动公开", "二"),
        ("公开信息。", "二"),
    ]


@pytest.mark.parametrize("heading", ["（一）组织领导", "(一)组织领导", "一）组织领导"])
def test_a_second_heading_is_known_in_every_writing(heading: str) -> None:
    assert read("三、概述", heading)[1][1].section == "三(一)"


def test_a_number_with_decimals_is_no_heading() -> None:
    assert read("一、概述", "1.2万条信息已经公开。")[1][1].section == "一"


def test_an_item_that_begins_with_a_year_is_still_an_item() -> None:
    assert read("一、概述", "1、2013年召开会议。")[1][1].section == "一1"


def test_the_words_of_the_headings_are_the_topic() -> None:
    assert read("三、依申请公开", "（一）收到申请", "共12件。")[2][1].topic == "依申请公开；收到申请"


@pytest.mark.parametrize(
    "heading",
    [
        "五、存在的问题",
        "五、存在的主要问题和困难",
        "五、主要问题",
        "五、存在的不足",
        "五、薄弱环节",
        "五、存在的主要问题及改进措施",
    ],
)
def test_a_section_of_problems(heading: str) -> None:
    assert kind_under(heading) == "problem"


@pytest.mark.parametrize(
    "heading",
    [
        "六、改进措施",
        "六、下一步工作打算",
        "六、2014年工作安排",
        "六、今后努力方向",
        "六、下一阶段重点",
        "六、整改情况",
    ],
)
def test_a_section_of_measures(heading: str) -> None:
    assert kind_under(heading) == "measure"


@pytest.mark.parametrize(
    "heading",
    [
        "一、概述",
        "二、主动公开政府信息的情况",
        "三、改进服务方式，推动依申请公开",
        "四、解决群众关心的热点问题情况",
        "五、2013年工作情况",
        "六、回应社会关切的问题解答情况",
        "七、其他需要报告的事项",
    ],
)
def test_a_section_of_facts(heading: str) -> None:
    assert kind_under(heading) == "fact"


def test_a_section_of_plans_holds_for_what_stands_below_it() -> None:
    found = read(
        "五、存在问题及改进措施", "（一）主要问题", "不够。", "（二）改进措施", "加强。", "六、其他事项", "收费。"
    )
    assert [each.kind for _, each in found] == ["problem"] * 3 + ["measure"] * 2 + ["fact"] * 2


@pytest.mark.parametrize("lead", ["改进措施：", "下一步打算：", "下一步重点做好以下工作："])
def test_a_line_leads_over_from_problems_to_measures(lead: str) -> None:
    found = read("五、存在的主要问题", "公开不够。", lead, "加强公开。")
    assert [each.kind for _, each in found] == ["problem", "problem", "measure", "measure"]


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：张某",
        "[打印] [收藏] [关闭]",
        "分享到：微信",
        "上一篇：2012年报告",
        "版权所有：东山县人民政府",
        "主办单位：东山县",
    ],
)
def test_what_stands_around_a_report_is_furniture(line: str) -> None:
    assert read("一、概述", line)[1][1].kind == "furniture"


def test_a_heading_with_its_text_on_one_line_is_no_mere_heading() -> None:
    found = read("一、概述", "（一）组织领导。县政府召开会议。")
    assert [each.is_heading for _, each in found] == [True, False]


def test_paragraphs_cover_the_text_in_order() -> None:
    text = plain("一、概述\n召开会议。\n\n二、公开\n公开信息。\n")
    found = list(outline.paragraphs(text, None))
    assert [text.text[each.start : each.end] for each in found] == text.text.split()


@pytest.mark.parametrize("text", ["", "\n\n", " \n"])
def test_a_text_without_words_has_no_paragraphs(text: str) -> None:
    assert list(outline.paragraphs(plain(text), 2013)) == []


@pytest.mark.parametrize("heading", ["存在的主要问题", "不足之处：", "主要问题和改进措施"])
def test_a_heading_whose_number_was_lost_says_what_stands_below(heading: str) -> None:
    found = read("工作开展情况", "全县信息公开。", heading, "公开不够及时。", "收费情况", "没有收费。")
    assert [each.kind for _, each in found] == ["fact", "fact", "problem", "problem", "fact", "fact"]


def test_a_sentence_that_begins_like_a_heading_is_none() -> None:
    assert read("存在的主要问题是公开不够及时。")[0][1].is_heading is False
