"""Tables of many years: years by rows where by columns they would crowd, every head telling itself apart."""

import re
from collections.abc import Callable

import pytest
from drawn import cells, fact, history

from analysis import charts
from analysis.charts.exhibit import Cell, Exhibit, Table
from analysis.charts.tables import CROWDED_YEARS, upright
from analysis.codebook import Codebook
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]


def table(years: int, *labels: str, levels: tuple[int, ...] = ()) -> Table:
    rows = [[Cell(label), *[Cell(f"{label}{year}", "number") for year in range(years)]] for label in labels]
    return Table("span", ["head", *map(str, range(years))], rows, levels)


@pytest.mark.parametrize("years", [0, 1, 2, CROWDED_YEARS])
def test_few_years_stay_columns(years: int, zh: Codebook) -> None:
    made = table(years, "甲")
    assert upright(made, zh) is made


def test_many_years_become_rows_the_latest_first(zh: Codebook) -> None:
    turned = upright(table(18, "甲", "乙"), zh)
    assert turned.heads == ["年度", "甲", "乙"]
    assert [row[0].text for row in turned.rows] == [str(year) for year in reversed(range(18))]
    assert turned.rows[0][1:] == [Cell("甲17", "number"), Cell("乙17", "number")]
    assert not turned.wide


def test_a_table_that_would_not_get_narrower_is_left(zh: Codebook) -> None:
    made = table(9, *"甲乙丙丁戊己庚辛壬")
    assert upright(made, zh) is made


def test_a_head_that_recurs_is_named_with_the_row_it_belongs_to(zh: Codebook) -> None:
    turned = upright(table(9, "甲", "同比", "乙", "同比", "其中丙", levels=(0, 1, 0, 1, 1)), zh)
    assert turned.heads == ["年度", "甲", "甲：同比", "乙", "乙：同比", "其中丙"]


def test_figures_of_many_years_stand_below_each_other(make_data: MakeData, zh: Codebook) -> None:
    years = list(range(2008, 2026))
    figures = [fact(year, "hearings", year) for year in years if year != 2020]
    data = make_data(*figures, fact(2020, "hearings", None, status="blank"))
    exhibit = charts.over_time(history(data, zh, years, "hearings"), zh, topic="past")
    assert exhibit.table
    assert exhibit.table.heads == ["年度", "听证会次数（次）", "同比"]
    assert len(exhibit.table.rows) == 18
    assert cells(exhibit)[:2] == [["2025年", "2025", "+1（+<0.1%）"], ["2024年", "2024", "+1（+<0.1%）"]]
    assert [row for row in cells(exhibit) if row[0] == "2020年"] == [["2020年", "填报为空", ""]]


@pytest.mark.parametrize(("others", "widths"), [(6, [6]), (11, [11]), (12, [6, 6]), (18, [9, 9]), (23, [8, 8, 7])])
def test_a_table_too_wide_for_a_sheet_stands_in_even_blocks_under_its_first_column(
    others: int, widths: list[int]
) -> None:
    rows = [[Cell(f"row {row}"), *[Cell(str(column), "number") for column in range(others)]] for row in range(3)]
    table = Table("all", ["first", *map(str, range(others))], rows, levels=[0, 1, 1])
    blocks = table.blocks()
    assert [len(block.heads) - 1 for block in blocks] == widths
    assert [head for block in blocks for head in block.heads[1:]] == table.heads[1:]
    for number, row in enumerate(rows):
        assert [cell for block in blocks for cell in block.rows[number][1:]] == row[1:]
        assert {block.rows[number][0] for block in blocks} == {row[0]}
    assert all([level for level, _ in block.indented()] == [0, 1, 1] for block in blocks)


def test_the_blocks_of_a_table_are_told_apart(book: Codebook) -> None:
    heads = ["first", *[book.word("year", year=year) for year in range(2008, 2026)]]
    rows = [[Cell("row"), *[Cell(str(year), "number") for year in range(18)]]]
    html = Exhibit("topic", "finding", book, table=Table("caption", heads, rows))._html("foot")
    captions = re.findall("<caption>(.*?)</caption>", html)
    assert (
        captions
        == {
            "zh": ["caption（2008年至2016年）", "caption（2017年至2025年）"],
            "en": ["caption (2008 to 2016)", "caption (2017 to 2025)"],
        }[book.language]
    )
