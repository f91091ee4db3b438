"""Tables of many years: years by rows where by columns they would crowd, every head telling itself apart."""

from collections.abc import Callable

import pytest
from drawn import cells, fact, history

from analysis import charts
from analysis.charts.exhibit import Cell, Table
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
