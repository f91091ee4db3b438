"""What word processors, browsers and hands make of a report: the same figures come out, or a doubt."""

import base64
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx as word
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from analysis import reports
from analysis.errors import BadReport
from analysis.reports import files, text
from tests.reports import rendering
from tests.reports.rendering import Cell

TITLE = "东山县2013年政府信息公开年度报告"
FACTS = "全年收到政府信息公开申请12件，召开听证会3次。"
FIGURES = {("requests_received", 12.0), ("hearings", 3.0)}
APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def table(natural_person: str, *, total: object = 5) -> list[list[Cell]]:
    """The first rows of the requests table, the first as stated."""
    received = [natural_person, "2", "0", "0", "0", "0", str(total)]
    return [
        [Cell("申请人情况"), *map(Cell, APPLICANTS)],
        [Cell("一、本年新收政府信息公开申请数量"), *map(Cell, received)],
        [Cell("二、上年结转政府信息公开申请数量"), *map(Cell, "0000000")],
    ]


def figures(raw: bytes, path: Path) -> set[tuple[str, float | None]]:
    path.write_bytes(raw)
    return {(figure.indicator, figure.value) for figure in reports.read(path).figures}


def saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # pyright: ignore[reportAttributeAccessIssue]
    return stream.getvalue()


def test_a_table_that_arranges_a_word_page_is_no_table_of_figures(tmp_path: Path) -> None:
    document = word.Document()
    box = document.add_table(1, 1).cell(0, 0)
    box.text = TITLE
    box.add_paragraph(FACTS)
    inner = box.add_table(2, 2)
    for place, content in enumerate(("年份", "次数", "甲", "乙")):
        inner.cell(*divmod(place, 2)).text = content
    path = tmp_path / "layout.docx"
    assert figures(saved(document), path) == FIGURES
    assert [grid.rows for grid in reports.read(path).document.grids] == [(("年份", "次数"), ("甲", "乙"))]


def test_a_text_box_is_read_once_and_apart_from_its_paragraph(tmp_path: Path) -> None:
    document = word.Document()
    document.add_paragraph(TITLE)
    box = "<w:txbxContent><w:p><w:r><w:t>举办培训班9次。</w:t></w:r></w:p></w:txbxContent>"
    document.add_paragraph(FACTS)._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f'<mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
            "</mc:AlternateContent></w:r>"
        )
    )
    path = tmp_path / "box.docx"
    assert figures(saved(document), path) == FIGURES | {("training_sessions", 9.0)}
    assert reports.read(path).document.text == f"{TITLE}\n{FACTS}\n举办培训班9次。"


@pytest.mark.parametrize("render", [rendering.html, rendering.docx, rendering.xlsx])
def test_numbers_on_two_lines_of_a_cell_are_not_joined(render: Callable[..., bytes], tmp_path: Path) -> None:
    raw = render([TITLE, table("3\n2")])
    if render is rendering.html:
        raw = raw.replace(b"3\n2", b"3<br>2")
    path = tmp_path / "lines"
    path.write_bytes(raw)
    reading = reports.read(path)
    (cell,) = [each for each in reading.figures if each.applicant == "natural_person" and each.value is None]
    assert (cell.indicator, cell.status, cell.quote) == ("requests_received", "worded", "3/2")
    assert "cell_worded" in {doubt.doubt for doubt in reading.doubts}


def test_a_hidden_sheet_is_not_read_and_a_formula_without_a_value_is_no_blank(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    shown, hidden = book.active, book.create_sheet("旧")
    assert shown is not None
    for row in table("3", total="=SUM(B2:G2)"):
        shown.append([cell.text for cell in row])
        hidden.append([cell.text.replace("3", "99") for cell in row])
    hidden.sheet_state = "hidden"
    path = tmp_path / "book.xlsx"
    book.save(path)
    held = {(each.indicator, each.applicant): (each.value, each.status) for each in reports.read(path).figures}
    assert held["requests_received", "natural_person"] == (3.0, "reported")
    assert held["requests_received", "total"] == (None, "worded")


def test_a_web_archive_holds_its_page(tmp_path: Path) -> None:
    page = base64.encodebytes(rendering.html([TITLE, FACTS], charset="gbk", declared="gbk"))
    head = b"From: saved\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\n"
    part = b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + page + b"\r\n--B--\r\n"
    assert figures(head + part, tmp_path / "saved.mht") == FIGURES


def test_paragraphs_indented_by_tabs_are_no_table(tmp_path: Path) -> None:
    raw = f"{TITLE}\n\t全年收到政府信息公开申请12件。\n\t召开听证会3次。\n"
    assert figures(raw.encode(), tmp_path / "tabs.txt") == FIGURES


def test_a_row_whose_first_cells_are_empty_stays_a_row() -> None:
    assert text.read("项目\t自然人\t总计\n收到\t1\t2\n\t\t5").grids[0].rows[-1] == ("", "", "5")


@pytest.mark.parametrize("declared", ["utf-8", None])
def test_a_damaged_byte_does_not_turn_a_page_into_another_character_set(declared: str | None, tmp_path: Path) -> None:
    raw = rendering.html([TITLE, FACTS, "公开" * 100], declared=declared)
    middle = raw.index("听证会".encode())
    assert figures(raw[:middle] + b"\xe5" + raw[middle:] + b"\xe6", tmp_path / "damaged.html") == FIGURES


def test_a_reviewer_s_page_is_no_report(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<!doctype html>\n<html><head>" + files.REVIEW.decode() + "</head></html>", encoding="utf-8")
    assert reports.is_review(path)
    with pytest.raises(BadReport, match="--review wrote"):
        reports.read(path)


def test_a_picture_that_unpacks_to_hundreds_of_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "picture.docx"
    path.write_bytes(rendering.docx([TITLE, FACTS]))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.png", bytes(files.MOST_MEDIA))
    with pytest.raises(BadReport, match="unpacks to"):
        reports.read(path)


def test_a_table_of_numbers_that_is_not_understood_is_doubtful(tmp_path: Path) -> None:
    odd = [
        [Cell("结果维持"), Cell("结果纠正"), Cell("甲")],
        [Cell("1"), Cell("2"), Cell("3")],
        [Cell("4"), Cell("5"), Cell("6")],
    ]
    path = tmp_path / "odd.html"
    path.write_bytes(rendering.html([TITLE, FACTS, odd]))
    (doubt,) = [each for each in reports.read(path).doubts if each.doubt == "table_unread"]
    assert doubt.values == {"count": "6", "text": "结果维持 结果纠正 甲 1 2 3 4 5 6"}


def test_columns_of_applicants_that_conflict_are_doubtful(tmp_path: Path) -> None:
    path = tmp_path / "twice.html"
    path.write_bytes(rendering.html([TITLE, table("3"), "另附", table("4")]))
    (doubt,) = [each for each in reports.read(path).doubts if each.doubt == "conflicting"]
    assert doubt.values == {"label": "requests_received", "values": "3, 4"}
