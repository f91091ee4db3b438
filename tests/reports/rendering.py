"""One invented report, paragraphs and tables with spans, as a web page, a Word file, a PDF or a workbook."""

import io
import zipfile
from collections.abc import Iterator
from functools import cache
from html import escape
from typing import NamedTuple

import docx as word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib import pagesizes
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate
from reportlab.platypus import Table as PrintedTable

FONT = "STSong-Light"
WIDEST_TEXT = 12  # characters: what a column of a printed page has room for
PARTS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


class Cell(NamedTuple):
    """What a cell says and how many columns and rows it spans."""

    text: str
    across: int = 1
    down: int = 1


class Placed(NamedTuple):
    """A cell and its row and column, counted from 0."""

    row: int
    column: int
    cell: Cell


Table = list[list[Cell]]
Report = list[str | Table]


def placed(table: Table) -> list[Placed]:
    """Every cell where it begins: beside the cells before it and below none that reach down."""
    taken: set[tuple[int, int]] = set()
    found: list[Placed] = []
    for row, cells in enumerate(table):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            taken |= {(row + down, column + across) for down in range(cell.down) for across in range(cell.across)}
            found.append(Placed(row, column, cell))
    return found


def cut(table: Table, row: int) -> tuple[Table, Table]:
    """The rows before `row` and those from it on; a cell that spans both goes on below without its words."""
    below: dict[int, list[tuple[int, Cell]]] = {}
    above: dict[int, list[Cell]] = {}
    for place in placed(table):
        inside = min(place.cell.down, row - place.row)
        if inside > 0:
            above.setdefault(place.row, []).append(place.cell._replace(down=inside))
        if inside < place.cell.down:
            text = "" if inside > 0 else place.cell.text
            rest = Cell(text, place.cell.across, place.cell.down - max(inside, 0))
            below.setdefault(max(place.row, row), []).append((place.column, rest))
    upper = [above.get(number, []) for number in range(row)]
    lower = [[cell for _, cell in sorted(below.get(number, []))] for number in range(row, len(table))]
    return upper, lower


def html(report: Report, *, charset: str = "utf-8", declared: str | None = None) -> bytes:
    """The report as a web page in `charset`, which it declares, or `declared` instead."""
    parts = "\n".join(_html_table(part) if isinstance(part, list) else f"<p>{escape(part)}</p>" for part in report)
    title = next((part for part in report if isinstance(part, str)), "")
    head = f'<meta charset="{declared or charset}"><title>{escape(title)}</title>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>\n{parts}\n</body></html>".encode(charset)


def _html_table(table: Table) -> str:
    rows = ["".join(_html_cell(cell) for cell in row) for row in table]
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _html_cell(cell: Cell) -> str:
    spans = {"colspan": cell.across, "rowspan": cell.down}
    attributes = "".join(f' {name}="{number}"' for name, number in spans.items() if number > 1)
    return f"<td{attributes}>{escape(cell.text)}</td>"


def docx(report: Report) -> bytes:
    """The report as a Word file with merged cells."""
    document = word.Document()
    for part in report:
        if isinstance(part, str):
            document.add_paragraph(part)
        else:
            document.element.body.insert_element_before(parse_xml(_docx_table(part)), "w:sectPr")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _docx_table(table: Table) -> str:
    """The table as Word writes it: a cell across several columns once, one down several rows again in each."""
    rows: list[dict[int, str]] = [{} for _ in table]
    places = placed(table)
    for row, column, cell in places:
        for down in range(cell.down):
            merge = f'<w:vMerge w:val="{"continue" if down else "restart"}"/>' if cell.down > 1 else ""
            text = "" if down else f'<w:r><w:t xml:space="preserve">{escape(cell.text)}</w:t></w:r>'
            span = f'<w:tcPr><w:gridSpan w:val="{cell.across}"/>{merge}</w:tcPr>'
            rows[row + down][column] = f"<w:tc>{span}<w:p>{text}</w:p></w:tc>"
    lines = "".join(f"<w:tr>{''.join(cells[column] for column in sorted(cells))}</w:tr>" for cells in rows)
    grid = f"<w:tblGrid>{'<w:gridCol/>' * _width(places)}</w:tblGrid>"
    return f"<w:tbl {nsdecls('w')}><w:tblPr/>{grid}{lines}</w:tbl>"


def pdf(report: Report, *, password: str | None = None) -> bytes:
    """The report as a PDF with ruled tables, each on a page of its own; locked where there is a `password`."""
    file = io.BytesIO()
    margins = {f"{side}Margin": 36 for side in ("left", "right", "top", "bottom")}
    template = SimpleDocTemplate(file, pagesize=pagesizes.A4, encrypt=password, invariant=1, **margins)
    template.build(list(_flowables(report)))
    return file.getvalue()


def _flowables(report: Report) -> Iterator[Flowable]:
    for part in report:
        if isinstance(part, str):
            yield Paragraph(escape(part), _style(10.5))
        else:
            yield _printed(part)
            yield PageBreak()


def _printed(table: Table) -> PrintedTable:
    places = placed(table)
    width = _width(places)
    data: list[list[object]] = [[""] * width for _ in table]
    style: list[tuple[object, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    style += [(f"{side}PADDING", (0, 0), (-1, -1), 1.5) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    for row, column, cell in places:
        data[row][column] = Paragraph(escape(cell.text), _style(7.5))
        style.append(("SPAN", (column, row), (column + cell.across - 1, row + cell.down - 1)))
    return PrintedTable(data, colWidths=_widths(places, 520), style=style)


def _widths(places: list[Placed], page: float) -> list[float]:
    """The width of each column: as its longest text needs, within the width of the page."""
    longest = [2] * _width(places)
    for _, column, cell in places:
        if cell.across == 1:
            longest[column] = max(longest[column], min(len(cell.text) + 1, WIDEST_TEXT))
    return [page * length / sum(longest) for length in longest]


@cache
def _style(size: float) -> ParagraphStyle:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return ParagraphStyle(f"size {size}", fontName=FONT, fontSize=size, leading=size * 1.3, wordWrap="CJK")


def _width(places: list[Placed]) -> int:
    return max(place.column + place.cell.across for place in places)


def xlsx(report: Report) -> bytes:
    """The report as a workbook of one sheet: figures as numbers, spans as merged cells."""
    rows: list[str] = []
    merged: list[str] = []
    for part in report:
        table = [[Cell(part)]] if isinstance(part, str) else part
        first = len(rows) + 1
        places = placed(table)
        for number in range(len(table)):
            cells = "".join(_xlsx_cell(place, first) for place in places if place.row == number)
            rows.append(f'<row r="{first + number}">{cells}</row>')
        merged += [_area(place, first) for place in places if place.cell.across > 1 or place.cell.down > 1]
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    data = f"<sheetData>{''.join(rows)}</sheetData>"
    sheet = f'<worksheet xmlns="{MAIN}">{data}{f"<mergeCells>{areas}</mergeCells>" if areas else ""}</worksheet>'
    return zipped({**_workbook_parts(), "xl/worksheets/sheet1.xml": sheet.encode()})


def zipped(parts: dict[str, bytes]) -> bytes:
    """A ZIP archive of `parts` by name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in parts.items():
            archive.writestr(zipfile.ZipInfo(name), held, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _xlsx_cell(place: Placed, first: int) -> str:
    name, text = _name(place.row + first, place.column), place.cell.text
    if not text:
        return f'<c r="{name}"/>'
    if text.isascii() and text.isdigit():
        return f'<c r="{name}"><v>{text}</v></c>'
    return f'<c r="{name}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def _area(place: Placed, first: int) -> str:
    row, column, cell = place.row + first, place.column, place.cell
    return f"{_name(row, column)}:{_name(row + cell.down - 1, column + cell.across - 1)}"


def _name(row: int, column: int) -> str:
    return f"{chr(ord('A') + column)}{row}"


def _workbook_parts() -> dict[str, bytes]:
    kinds = "".join(
        f'<Override PartName="{name}" ContentType="{PARTS}.{kind}+xml"/>'
        for name, kind in [("/xl/workbook.xml", "sheet.main"), ("/xl/worksheets/sheet1.xml", "worksheet")]
    )
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    sheets = '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{default}{kinds}</Types>',
        "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{sheets}</workbook>',
    }
    return {name: text.encode() for name, text in parts.items()}


def _relation(kind: str, target: str) -> str:
    relation = f'<Relationship Id="rId1" Type="{RELATIONS}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{relation}</Relationships>'
