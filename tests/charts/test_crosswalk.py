"""What cells were called before and after each change of form: only for figures of the page, only across a change."""

from collections.abc import Callable

from drawn import cells, fact

from analysis import charts, metrics
from analysis.charts import Exhibit
from analysis.codebook import Codebook
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]


def crosswalk(data: Disclosures, book: Codebook, *years: int) -> Exhibit:
    rows = metrics.history(data, book, unit="demo", years=years, indicators=book.by_group("requests", "disputes"))
    return charts.crosswalk(rows, book, topic="crosswalk")


def test_an_indicator_stands_with_the_words_of_each_form_and_its_degree(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(fact(2018, "requests_refused", 3), fact(2019, "requests_refused", 4))
    exhibit = crosswalk(data, zh, 2018, 2019)
    assert exhibit.table
    assert list(exhibit.table.heads) == ["指标", "统计表（2014—2018）", "标准格式（2019—2020）", "可比程度"]
    assert cells(exhibit) == [
        ["不予公开", "不同意公开答复数（三(三)4）", "不予公开（三三(三)）",
         "2019年起口径变更，前后不可比：2019年起不予公开的理由改变"],
    ]  # fmt: skip
    assert "1项前后不可比，0项比较须谨慎" in exhibit.finding


def test_a_sum_of_cells_names_them_both(make_data: MakeData, zh: Codebook) -> None:
    parts = [fact(2018, "unavailable_not_held", 2), fact(2018, "unavailable_not_existing", 1)]
    exhibit = crosswalk(make_data(*parts, fact(2019, "requests_unavailable", 4)), zh, 2018, 2019)
    rows = {row[0]: row[1] for row in cells(exhibit)}
    assert rows["无法提供"] == "不属于本行政机关公开数 + 申请信息不存在数（三(三)5+6）"


def test_a_cell_that_only_some_forms_have_is_told_as_such(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(fact(2018, "requests_already_public", 2), fact(2019, "requests_received", 9))
    rows = {row[0]: row[1:] for row in cells(crosswalk(data, zh, 2018, 2019))}
    assert rows["属于已主动公开范围"][1:] == ["格式无此项", "只见于部分年度的格式，不能前后比较"]


def test_an_indicator_without_a_figure_is_left_out(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(fact(2018, "requests_refused", 3), fact(2019, "requests_refused", 4))
    assert [row[0] for row in cells(crosswalk(data, zh, 2018, 2019))] == ["不予公开"]


def test_years_of_one_form_have_nothing_to_compare(make_data: MakeData, zh: Codebook) -> None:
    names = ["requests_refused", "lawsuits", "lawsuits_upheld"]
    data = make_data(*[fact(year, name, 3) for year in (2022, 2023) for name in names])
    exhibit = crosswalk(data, zh, 2022, 2023)
    assert exhibit.finding == "2022—2023年有数的指标没有遇到格式或口径的变更"
    assert not (exhibit.table)
    assert not (exhibit.notes)


def test_only_years_with_figures_are_crossed(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(fact(2018, "hearings", 1), fact(2019, "requests_refused", 4))
    assert crosswalk(data, zh, 2018, 2019).table is None


def test_the_change_of_2021_is_told_beside_that_of_2019(make_data: MakeData, book: Codebook) -> None:
    data = make_data(*[fact(year, "requests_other_outcome", 3) for year in (2018, 2019, 2021)])
    (row,) = cells(crosswalk(data, book, 2018, 2019, 2021))
    assert ("2019" in row[-1], "2021" in row[-1]) == (True, True)
