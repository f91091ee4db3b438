"""The workbook beside a page: its figures with their statuses and places, its tables, its words, its reports."""

import io
from collections.abc import Callable

import openpyxl
import polars as pl
import pytest
from nbformat import NotebookNode, v4
from openpyxl.workbook import Workbook

from analysis import charts, codebook, notebooks
from analysis.charts.exhibit import Cell, Exhibit, Table
from analysis.codebook import Codebook
from analysis.dashboards import workbook
from analysis.dashboards.plan import Dashboard
from analysis.facts import Disclosures

HOSTILE = '=HYPERLINK("http://evil.example","x")'
EAST = {"unit": "demo-east", "year": 2013, "indicator": "hearings", "value": 5}
FIGURES = [
    EAST,
    {**EAST, "year": 2015, "value": 0, "qualifier": "at_least", "scope": "region", "method": "prose"},
    {**EAST, "year": 2015, "indicator": "requests_received", "value": None, "status": "blank"},
    {**EAST, "unit": "demo-west"},
]
REPORTS = [
    {"unit": "demo-east", "year": 2013, "title": HOSTILE, "url": "https://east.example/2013", "published_on": "2014-03"}
]


@pytest.fixture
def data(make_data: Callable[..., Disclosures]) -> Disclosures:
    return make_data(*FIGURES, reports=REPORTS)


def made(data: Disclosures, dashboard: Dashboard, *exhibits: Exhibit) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(raw(data, dashboard, *exhibits)))


def raw(data: Disclosures, dashboard: Dashboard, *exhibits: Exhibit) -> bytes:
    """The workbook of a notebook that shows a masthead and `exhibits`."""
    given = notebooks.checked(dashboard.notebook, dashboard.parameters)
    book = codebook.load(str(given["language"]))
    unit = data.unit(dashboard.unit)
    masthead = charts.masthead(data.reports, book, title=dashboard.notebook, unit=unit, years=[2015])
    outputs = [
        v4.new_output("display_data", {}, metadata={"disclosure": shown._about()}) for shown in (masthead, *exhibits)
    ]
    executed: NotebookNode = v4.new_notebook(cells=[v4.new_code_cell("", outputs=outputs)])
    executed.metadata["papermill"] = {"parameters": given}
    return workbook.workbook(executed, dashboard, data)


def of(unit: str, notebook: str = "hearings_and_press_conferences", **given: int | str) -> Dashboard:
    return Dashboard(notebook, {"unit": unit, **given})


def figures(opened: Workbook, book: Codebook) -> pl.DataFrame:
    """The sheet of figures below its head, every cell as it stands there."""
    rows = list(opened[book.word("workbook_figures")].iter_rows(values_only=True))
    top = next(number for number, row in enumerate(rows) if book.word("workbook_unit_id") in row)
    return pl.DataFrame(
        rows[top + 1 :], schema=[str(head) for head in rows[top]], orient="row", infer_schema_length=None
    )


def cell(rows: pl.DataFrame, indicator: str, year: int, book: Codebook) -> dict[str, object]:
    named = {book.word(f"workbook_{name}"): name for name in workbook.OF_FIGURES}
    held = rows.rename(named).filter(
        pl.col("indicator") == indicator, pl.col("year") == year, pl.col("applicant") == book.term("applicant", "total")
    )
    return held.row(0, named=True)


def test_a_figure_stands_with_all_that_tells_what_it_is(data: Disclosures, book: Codebook) -> None:
    rows = figures(made(data, of("demo-east", language=book.language)), book)
    first = cell(rows, "hearings", 2013, book)
    assert first["value"] == 5
    assert first["status"] == book.statuses["reported"].label
    assert first["method"] == book.term("method", "table")
    assert (first["evidence"], first["title"], first["url"]) == ("一(一)", HOSTILE, "https://east.example/2013")
    last = cell(rows, "hearings", 2015, book)
    assert (last["value"], last["qualifier"]) == (0, book.term("qualifier", "at_least"))
    assert last["scope"] == book.term("scope", "region")
    assert last["title"] == book.word("no_title", unit=first["unit_name"], year=2015)


@pytest.mark.parametrize(
    ("indicator", "year", "status"),
    [
        ("requests_received", 2015, "blank"),
        ("press_conferences", 2015, "not_found"),
        ("hearings", 2014, "report_missing"),
        ("refused_internal", 2013, "not_applicable"),
    ],
)
def test_a_gap_is_an_empty_cell_and_its_reason(
    indicator: str, year: int, status: str, data: Disclosures, book: Codebook
) -> None:
    row = cell(figures(made(data, of("demo-east", language=book.language)), book), indicator, year, book)
    assert (row["value"], row["status"]) == (None, book.statuses[status].label)


def test_a_dashboard_of_a_unit_has_its_years_alone(data: Disclosures, zh: Codebook) -> None:
    rows = figures(made(data, of("demo-east", since=2014)), zh)
    assert set(rows[zh.word("workbook_unit_id")]) == {"demo-east"}
    assert set(rows[zh.word("workbook_year")]) == {2014, 2015}


def test_data_quality_has_every_unit_below(data: Disclosures, zh: Codebook) -> None:
    rows = figures(made(data, of("demo", "data_quality", year=2013)), zh)
    assert set(rows[zh.word("workbook_unit_id")]) == {"demo", "demo-east", "demo-west"}
    assert set(rows[zh.word("workbook_year")]) == {2013}


def test_a_comparison_has_what_is_compared_in_all_years_and_the_rest_in_its_own(
    data: Disclosures, zh: Codebook
) -> None:
    rows = figures(
        made(data, Dashboard("unit_comparison", {"region": "demo", "year": 2015, "indicator": "hearings"})), zh
    )
    years = rows.group_by(zh.word("workbook_indicator")).agg(pl.col(zh.word("workbook_year")).unique().sort())
    held = {indicator: list(found) for indicator, found in years.iter_rows()}
    assert held.pop("hearings") == [2013, 2014, 2015]
    assert {tuple(found) for found in held.values()} == {(2015,)}
    assert "requests_received" in held


def test_a_corrected_figure_stands_with_what_was_printed(make_data: Callable[..., Disclosures], zh: Codebook) -> None:
    entry = {"unit": "demo-east", "year": 2013, "indicator": "hearings", "applicant": "total", "scope": "unstated"}
    told = {"source": "demo-east-2013", "printed": 5, "corrected": 6, "reason": "误印", "by": "某", "on": "2024-01-01"}
    row = cell(figures(made(make_data(EAST, corrections=[entry | told]), of("demo-east")), zh), "hearings", 2013, zh)
    assert (row["value"], row["printed"], row["corrected"]) == (6, 5, "更正")


def test_figures_that_differ_are_all_kept(make_data: Callable[..., Disclosures], zh: Codebook) -> None:
    apart = {**EAST, "status": "conflicting"}
    data = make_data(apart, {**apart, "value": 7, "method": "prose"})
    row = cell(figures(made(data, of("demo-east")), zh), "hearings", 2013, zh)
    assert (row["value"], row["others"], row["status"]) == (5, "7", zh.statuses["conflicting"].label)


def test_a_table_stands_as_on_the_page_its_plain_numbers_as_numbers(data: Disclosures, zh: Codebook) -> None:
    texts = ["5", "1,234.5", "∑ 7", "40.6%", "−3", "约5"]
    rows = [[Cell(HOSTILE), Cell(text, "number"), Cell("未收录", "gap"), Cell("12", "text")] for text in texts]
    table = Table("题注", ["指标", "数", "缺", "代码"], rows, levels=[0, 1, 2, 0, 0, 0])
    shown = Exhibit(topic="办理/结果", finding="发现", book=zh, statistic="统计", table=table, notes=["=注"])
    page = made(data, of("demo-east"), shown)["办理 结果"]
    assert [page[f"A{row}"].value for row in (1, 2, 3, 4)] == ["发现", zh.word("invented"), "统计", "题注"]
    held = [[cell.value for cell in row] for row in page.iter_rows(min_row=6, max_row=11)]
    assert [row[1] for row in held] == [5, 1234.5, "∑ 7", "40.6%", -3, "约5"]
    assert {tuple(row[2:]) for row in held} == {("未收录", "12")}
    assert page["A12"].value == "=注"
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} == {"s", "n"}


def test_an_exhibit_without_a_table_has_no_sheet(data: Disclosures, zh: Codebook) -> None:
    opened = made(data, of("demo-east"), Exhibit(topic="空", finding="没有", book=zh))
    assert opened.sheetnames == ["说明", "数据明细", "指标说明", "用语说明", "报告来源"]


def test_every_sheet_of_an_invented_unit_says_so_and_no_other(data: Disclosures, book: Codebook) -> None:
    opened = made(data, of("demo-east", language=book.language))
    told = [[cell for row in page.iter_rows(values_only=True) for cell in row] for page in opened]
    assert all(book.word("invented") in cells for cells in told)


def test_a_real_unit_is_not_called_invented(make_data: Callable[..., Disclosures], zh: Codebook) -> None:
    units = [{"unit": "east", "name": "东山县", "name_en": "East County", "level": "county"}]
    opened = made(make_data({**EAST, "unit": "east"}, units=units), of("east"))
    assert not [1 for page in opened for row in page.iter_rows(values_only=True) if zh.word("invented") in row]


def test_the_words_and_indicators_are_explained(data: Disclosures, book: Codebook) -> None:
    opened = made(data, of("demo-east", language=book.language))
    words = {row[1:5] for row in opened[book.word("workbook_words")].iter_rows(values_only=True)}
    assert {(entry.status, entry.mark or None, entry.label, entry.note) for entry in book.statuses.values()} <= words
    ids = [row[0] for row in opened[book.word("workbook_indicators")].iter_rows(values_only=True)]
    assert set(book.indicators) <= set(ids)


def test_the_reports_stand_with_their_addresses(data: Disclosures, zh: Codebook) -> None:
    page = made(data, of("demo-east"))[zh.word("workbook_sources")]
    links = [cell.hyperlink.target for row in page.iter_rows() for cell in row if cell.hyperlink]
    assert links == ["https://east.example/2013"]
    assert "2014-03" in [cell for row in page.iter_rows(values_only=True) for cell in row]
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value == HOSTILE} == {"s"}


def test_more_figures_than_a_sheet_holds_are_cut_and_counted(
    data: Disclosures, zh: Codebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "ROWS", 11)
    opened = made(data, of("demo-east"))
    count = figures(opened, zh).height
    assert count == 10
    about = [row[0] for row in opened[zh.word("workbook_about")].iter_rows(values_only=True)]
    assert any("只容得下前10个" in str(line) for line in about)


def test_the_same_dashboard_gives_the_same_bytes(data: Disclosures) -> None:
    assert raw(data, of("demo-east")) == raw(data, of("demo-east"))
