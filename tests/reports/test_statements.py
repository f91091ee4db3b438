"""Problems and measures come out one by one, told apart, in the report's own words."""

import pytest

from analysis.reports import outline, statements
from analysis.reports.characters import plain


def said(text: str, *, year: int = 2013) -> list[tuple[str, str]]:
    made = plain(text)
    return [(each.kind, each.text) for each in statements.read(made, list(outline.paragraphs(made, year)), text, year)]


@pytest.mark.parametrize(
    "marks",
    [
        ("一是", "二是"),
        ("（1）", "（2）"),
        ("1.", "2."),
        ("1、", "2、"),
        ("第一，", "第二，"),
        ("①", "②"),
        ("首先，", "其次，"),
    ],
)
def test_each_mark_begins_a_statement(marks: tuple[str, str]) -> None:
    text = f"五、存在的主要问题\n{marks[0]}公开内容还不够全面。{marks[1]}更新信息不够及时。\n"
    assert said(text) == [("problem", "公开内容还不够全面。"), ("problem", "更新信息不够及时。")]


def test_marks_at_the_beginning_of_lines() -> None:
    text = "五、存在的主要问题\n1、公开内容还不够全面。\n2、更新信息不够及时。\n3、2012年遗留的信息没有补录。\n"
    assert said(text) == [
        ("problem", "公开内容还不够全面。"),
        ("problem", "更新信息不够及时。"),
        ("problem", "2012年遗留的信息没有补录。"),
    ]


def test_problems_and_measures_of_one_section_are_told_apart() -> None:
    text = (
        "五、存在的主要问题及改进措施\n"
        "主要问题：一是公开内容还不够全面；二是更新信息不够及时。"
        "下一步改进措施：一是继续扩大公开的范围；二是加强对信息更新的检查。\n"
    )
    assert said(text) == [
        ("problem", "公开内容还不够全面；"),
        ("problem", "更新信息不够及时。"),
        ("measure", "继续扩大公开的范围；"),
        ("measure", "加强对信息更新的检查。"),
    ]


def test_problems_and_measures_under_headings_of_their_own() -> None:
    text = "五、存在问题及改进措施\n（一）存在的问题\n公开内容还不够全面。\n（二）改进措施\n继续扩大公开的范围。\n"
    assert said(text) == [("problem", "公开内容还不够全面。"), ("measure", "继续扩大公开的范围。")]


def test_an_item_that_looks_like_a_heading_is_a_statement() -> None:
    text = "五、存在的主要问题\n\n（一）公开内容还不够全面。\n\n（二）更新信息不够及时。\n"
    assert said(text) == [("problem", "公开内容还不够全面。"), ("problem", "更新信息不够及时。")]


def test_a_lead_without_marks_is_split_at_its_semicolons() -> None:
    text = "五、存在的主要问题\n工作中还存在以下不足：公开内容还不够全面；更新信息不够及时；人员力量薄弱。\n"
    assert said(text) == [
        ("problem", "公开内容还不够全面；"),
        ("problem", "更新信息不够及时；"),
        ("problem", "人员力量薄弱。"),
    ]


def test_facts_hold_no_statements() -> None:
    assert said("一、概述\n一是加强领导，成立领导小组；二是完善制度。\n") == []


def test_a_statement_is_quoted_from_the_original() -> None:
    text = "五、存在的主要问题\n一是公开  内容(含 2 类)还不够全面。\n"
    assert said(text) == [("problem", "公开  内容(含 2 类)还不够全面。")]
