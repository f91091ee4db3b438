"""A workbook is opened by a program that takes texts for formulas: none of ours is one, and gaps are empty."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from analysis.dashboards import sheets
from analysis.dashboards.sheets import Link, Printed, Sheet

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "{=1}", '=HYPERLINK("http://evil.example")', "DDE|'x'!A1"]
MARKUP = ["<r>&</r>", "<r><t>x</t></r>"]  # what the library behind writes as it stands


def opened(*made: Sheet, language: str = "zh") -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(sheets.book_of(made, title="册", language=language)))


@pytest.mark.parametrize("text", FORMULAS + MARKUP)
@pytest.mark.parametrize("kind", [str, Printed, Link])
def test_a_text_is_never_a_formula_or_markup(text: str, kind: type[str]) -> None:
    page = opened(Sheet(text, [text], [[kind(text)]], above=[text], below=[text])).worksheets[0]
    cells = [cell for row in page.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells] == ["s"] * 4
    assert {str(cell.value).strip() for cell in cells} == {text.strip()}
    raw = zipfile.ZipFile(io.BytesIO(sheets.book_of([Sheet("a", [text], [[kind(text)]])], title="", language="zh")))
    assert b"<f>" not in raw.read("xl/worksheets/sheet1.xml")


def test_a_gap_is_an_empty_cell_and_zero_a_zero() -> None:
    page = opened(Sheet("a", ["甲", "乙", "丙", "丁"], [[None, "", 0.0, 2.5]])).worksheets[0]
    assert [cell.value for cell in page[2]] == [None, None, 0, 2.5]
    assert b'r="A2"' not in zipfile.ZipFile(
        io.BytesIO(sheets.book_of([Sheet("a", ["甲", "乙"], [[None, 1.0]])], title="", language="zh"))
    ).read("xl/worksheets/sheet1.xml")


def test_only_an_address_of_the_web_is_a_link() -> None:
    urls = ["https://gov.example/1", "file:///etc/passwd", "javascript:alert(1)", "http://a/" + "x" * sheets.ADDRESS]
    page = opened(Sheet("a", ["网址"], [[Link(url)] for url in urls])).worksheets[0]
    assert [cell.hyperlink.target if cell.hyperlink else None for cell in page["A"][1:]] == [urls[0], None, None, None]
    assert [cell.value for cell in page["A"][1:]] == urls


@pytest.mark.parametrize("sign", ["\x01", "\uffff"])
def test_an_address_that_xml_refuses_is_no_link_and_spoils_no_workbook(sign: str) -> None:
    page = opened(Sheet("a", ["网址"], [[Link(f"https://gov.example/{sign}")]])).worksheets[0]
    assert page["A2"].hyperlink is None
    assert str(page["A2"].value).startswith("https://gov.example/")


def test_more_addresses_than_a_sheet_takes_as_links_stand_as_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LINKS", 3)
    page = opened(Sheet("a", ["网址"], [[Link("https://gov.example/1")]] * 4)).worksheets[0]
    assert [bool(cell.hyperlink) for cell in page["A"][1:]] == [True, True, False, False]
    assert {cell.value for cell in page["A"][1:]} == {"https://gov.example/1"}


@pytest.mark.parametrize(("language", "figure"), [("zh", "0_ "), ("en", "#,##0_ ")])
def test_figures_are_grouped_as_the_language_does_and_years_never(language: str, figure: str) -> None:
    page = opened(Sheet("a", ["年", "数"], [[2024, 12345.0], [2023, 0.5]]), language=language).worksheets[0]
    assert [cell.number_format for cell in page["A"][1:]] == ["0_ ", "0_ "]
    assert page["B2"].number_format == figure
    assert page["B3"].number_format.startswith(figure.strip("_ ") + ".0")


def test_the_head_stands_still_and_filters_below_what_is_above_it() -> None:
    page = opened(Sheet("a", ["甲", "乙"], [["x", 1.0], ["y", 2.0]], above=["题", "注"], below=["尾"])).worksheets[0]
    assert page.freeze_panes == "A4"
    assert page.auto_filter.ref == "A3:B5"
    assert [row[0] for row in page.iter_rows(values_only=True)] == ["题", "注", "甲", "x", "y", "尾"]


def test_a_sheet_without_rows_has_its_heads_and_no_filter() -> None:
    page = opened(Sheet("a", ["甲"], [])).worksheets[0]
    assert (page["A1"].value, page.auto_filter.ref) == ("甲", None)


def test_parts_are_indented() -> None:
    page = opened(Sheet("a", ["甲", "乙"], [["总", 3.0], ["分", 1.0]], levels=[0, 2])).worksheets[0]
    assert [cell.alignment.indent for cell in page["A"][1:]] == [0, 2]


def test_names_of_sheets_are_legal_and_differ() -> None:
    made = sheets.names(["a/b:c*?[d]\\", "全部数字", "全部数字", "ABC", "abc", "x" * 40, "x" * 40, "'", "History", ""])
    assert len({name.casefold() for name in made}) == len(made)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in made)
    assert made[1:3] == ["全部数字", "全部数字 (2)"]
    assert opened(*[Sheet(name, ["a"], []) for name in made]).sheetnames == made


def test_what_excel_cannot_hold_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "ROWS", 4)
    page = opened(Sheet("a", ["x" * 40000], [[float(n)] for n in range(9)], above=["题"], below=["尾"])).worksheets[0]
    assert [cell.value for cell in page["A"][2:]] == [0, "尾"]
    assert page["A2"].value == "x" * (sheets.LETTERS - 1) + "…"


def test_the_same_sheets_give_the_same_bytes_and_name_no_moment() -> None:
    made = [sheets.book_of([Sheet("a", ["甲"], [["x"]])], title="册", language="zh") for _ in range(2)]
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert b"1980-01-01" in archive.read("docProps/core.xml")


@pytest.mark.parametrize(("language", "font"), [("zh", "Microsoft YaHei"), ("en", "Arial")])
def test_every_cell_is_set_in_a_font_that_windows_has(language: str, font: str) -> None:
    sheet = Sheet("a", ["甲", "乙", "丙"], [["x", 1.0, Link("http://a.b")]], above=["题", "注"], below=["尾"])
    page = opened(sheet, language=language).worksheets[0]
    assert {cell.font.name for row in page.iter_rows() for cell in row if cell.value} == {font}
    assert {cell.font.scheme for row in page.iter_rows() for cell in row if cell.value} == {None}


def test_a_long_table_keeps_a_line_for_each_row() -> None:
    for wrapped in (True, False):
        page = opened(Sheet("a", ["甲", "乙"], [["x", "y"]], wrapped=wrapped)).worksheets[0]
        assert {bool(cell.alignment.wrap_text) for cell in page[2]} == {wrapped}
