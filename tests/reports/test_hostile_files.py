"""Whatever is wrong with a file, one error says where, what and the next step; nothing hangs, nothing is executed."""

import io
import math
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import openpyxl
import pytest
from rendering import Cell, Report, docx, html, pdf, xlsx, zipped
from reportlab.pdfgen.canvas import Canvas

from analysis import reports
from analysis.errors import BadReport, DisclosureError, Missing
from analysis.reports.characters import tidy

DOCUMENTS = Path(__file__).parent / "documents"
PDFS = sorted(path.name for path in DOCUMENTS.glob("*.pdf"))
TITLE = "东山县2023年政府信息公开工作年度报告"
FIGURE = "一、总体情况。2023年，本机关共收到政府信息公开申请12件。"
REPORT: Report = [
    TITLE,
    FIGURE * 3,
    [[Cell("一、本年新收政府信息公开申请数量"), Cell("12")], [Cell("其他"), Cell("3")]],
]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOISE = Random(1).randbytes(20_000)  # noqa: S311 the same noise each time
MB = 2**20


class PanicException(BaseException):
    """As Rust's libraries raise it: no Exception."""


Made = Callable[[], bytes]


def part(name: str, content: bytes) -> bytes:
    """A Word file with another `content` of one part."""
    with zipfile.ZipFile(io.BytesIO(docx(REPORT))) as archive:
        return zipped({entry: archive.read(entry) for entry in archive.namelist()} | {name: content})


def sheet(rows: str) -> bytes:
    """A workbook with these rows in its sheet."""
    with zipfile.ZipFile(io.BytesIO(xlsx(REPORT))) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    return zipped(parts | {name: parts[name].replace(b"</sheetData>", rows.encode() + b"</sheetData>")})


def elsewhere(rows: str) -> bytes:
    """The same workbook with its sheet in another folder."""
    with zipfile.ZipFile(io.BytesIO(sheet(rows))) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    relations = "xl/_rels/workbook.xml.rels"
    moved = {"xl/other.xml": parts.pop("xl/worksheets/sheet1.xml")}
    return zipped(parts | moved | {relations: parts[relations].replace(b"worksheets/sheet1.xml", b"other.xml")})


def half(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def pages(number: int) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    for page in range(number):
        canvas.drawString(72, 720, f"page {page}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def refused(path: Path, kind: type[DisclosureError] = BadReport) -> str:
    """What is said of a file that cannot be read: assert that it names the file, the fault and the next step."""
    with pytest.raises(kind) as caught:
        reports.read(path)
    error = caught.value
    assert type(error) is kind
    assert error.where == str(path)
    assert error.what.strip()
    assert error.fix.strip()
    assert str(error) == f"{path}: {error.what}\n  to fix: {error.fix}"
    assert len(str(error)) < len(str(path)) + 500
    return error.what


@pytest.mark.parametrize(
    ("make", "name", "what"),
    [
        (lambda: b"", "empty.html", "empty"),
        (lambda: b" \r\n\t ", "blank.txt", "empty"),
        (lambda: half(pdf(REPORT)), "half.pdf", "PDF"),
        (lambda: pdf(REPORT, password="secret"), "locked.pdf", "password"),  # noqa: S106
        (lambda: b"%PDF-1.7\n" + NOISE, "noise.pdf", "PDF"),
        (lambda: pages(400), "long.pdf", "400 pages"),
        (lambda: half(docx(REPORT)), "half.docx", "cut short"),
        (lambda: part("word/document.xml", b"<w:document><w:body>"), "broken.docx", "Word file"),
        (lambda: part("word/document.xml", NOISE), "noise.docx", "Word file"),
        (lambda: part("[Content_Types].xml", b"<Types/>"), "untyped.docx", "Word file"),
        (lambda: zipped({"readme.txt": b"a"}), "other.zip", "neither"),
        (lambda: part("word/document.xml", bytes(257 * MB)), "bomb.docx", "unpacks to 25"),
        (lambda: half(xlsx(REPORT)), "half.xlsx", "cut short"),
        (lambda: zipped({"xl/workbook.xml": NOISE}), "noise.xlsx", "workbook"),
        (lambda: b"PK\x03\x04" + NOISE, "noise.docx", "damaged"),
        (lambda: OLE + "Workbook".encode("utf-16-le") + NOISE, "garbage.xls", "workbook"),
        (lambda: NOISE, "noise.bin", ""),
        (lambda: bytes(100_000), "zeros.txt", "neither"),
        (lambda: b'<meta charset="no-such-set">' + bytes(range(128, 256)) * 3, "unknown-set.html", ""),
        (lambda: b'<meta charset="hex">' + bytes(range(128, 256)) * 3, "no-text-set.html", ""),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_a_file_that_is_no_report_is_refused_with_the_next_step(
    tmp_path: Path, make: Made, name: str, what: str
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    assert what in refused(path)


@pytest.mark.parametrize("name", PDFS)
def test_half_a_pdf_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(half((DOCUMENTS / name).read_bytes()))
    assert "PDF" in refused(path)


def test_a_scanned_pdf_is_refused_and_ocr_named() -> None:
    path = DOCUMENTS / "standard-2021-scanned.pdf"
    with pytest.raises(BadReport, match=r"scanned(.|\n)*OCR"):
        reports.read(path)
    assert "pictures" in refused(path)


def test_a_file_of_more_than_64_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.html"
    with path.open("wb") as file:
        file.truncate(65 * MB)
    began = time.monotonic()
    assert "65 MB" in refused(path)
    assert time.monotonic() - began < 0.5


def test_a_missing_file_and_a_folder_given_as_a_file_are_refused(tmp_path: Path) -> None:
    refused(tmp_path / "nowhere.pdf")
    refused(tmp_path)


@pytest.mark.parametrize(("place", "what"), [("nowhere", "no such file"), ("empty", "no report in this folder")])
def test_a_place_without_reports_is_missing(tmp_path: Path, place: str, what: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.log").write_text("a")
    with pytest.raises(Missing) as caught:
        reports.find([tmp_path / place])
    assert what in caught.value.what
    assert caught.value.where == str(tmp_path / place)
    assert caught.value.fix


def test_a_legacy_word_file_without_libreoffice_says_how_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(BadReport, match=r"only LibreOffice opens\n  to fix: install LibreOffice, or save the file as"):
        reports.read(DOCUMENTS / "standard-2021-legacy.doc")


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>{TITLE}</title></head><body>{body}</body></html>".encode()


def tabled(row: str, number: int) -> bytes:
    return page(f"<p>{FIGURE}</p><table>{row * number}</table>")


@pytest.mark.parametrize(
    ("make", "name"),
    [
        pytest.param(lambda: page("<div>" * 100_000 + FIGURE), "nested.html", id="100,000 nested div"),
        pytest.param(lambda: page("<b>" * 100_000 + FIGURE), "nested.html", id="100,000 nested b"),
        pytest.param(
            lambda: tabled("<tr>" + "<td colspan=1000000 rowspan=1000000>1</td>" * 10 + "</tr>", 200),
            "spans.html",
            id="spans of a million",
        ),
        pytest.param(
            lambda: tabled("<tr><td>一、本年新收政府信息公开申请数量</td>" + "<td>1</td>" * 7 + "</tr>", 100_000),
            "rows.html",
            id="100,000 rows",
        ),
        pytest.param(lambda: f"{TITLE}\n{FIGURE[:-1] * 70_000}".encode()[: 5 * MB], "line.txt", id="5 MB of counts"),
        pytest.param(lambda: page("<p>" + "公开" * (5 * MB // 6)), "line.html", id="5 MB in a line"),
        pytest.param(f"{TITLE}\na{' ' * 1_000_000}b".encode, "spaces.txt", id="a million spaces"),
    ],
)
def test_what_is_far_too_large_is_read_or_refused_within_half_a_minute(tmp_path: Path, make: Made, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    began = time.monotonic()
    assert read_or_refused(path)
    assert time.monotonic() - began < 30


FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
READ = "import sys; from pathlib import Path; from analysis import reports; reports.read(Path(sys.argv[1]))"


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: sheet(FAR), id="far"),
        pytest.param(lambda: sheet(FAR.replace("=", " = ")), id="spaces"),
        pytest.param(lambda: sheet(FAR.lower()), id="lower case"),
        pytest.param(lambda: sheet(FAR.replace("XFD1048576", "D" + "9" * 50)), id="more digits than a row has"),
        pytest.param(lambda: elsewhere(FAR), id="in another folder"),
    ],
)
def test_a_cell_far_away_does_not_end_the_process(tmp_path: Path, make: Made) -> None:
    path = tmp_path / "far.xlsx"
    path.write_bytes(make())
    ended = subprocess.run([sys.executable, "-c", READ, path], capture_output=True, text=True, check=False, timeout=60)
    refused_it = ended.returncode == 1 and f"analysis.errors.BadReport: {path}: this workbook" in ended.stderr
    assert refused_it or ended.returncode == 0, ended.stderr


def read_or_refused(path: Path) -> bool:
    """Whether the file is read, or refused with an error that names it and the next step."""
    try:
        return bool(reports.read(path).sha256)
    except BadReport as error:
        return error.where == str(path) and bool(error.fix)


def test_a_panic_of_a_library_which_is_no_exception_is_an_error_like_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def panic(*_: object, **__: object) -> None:
        raise PanicException("range end index 64 out of range for slice of length 12")

    path = tmp_path / "report.xlsx"
    path.write_bytes(xlsx(REPORT))
    monkeypatch.setattr(openpyxl, "load_workbook", panic)
    assert "workbook" in refused(path)


@pytest.mark.parametrize("cell", ["9" * 400, "9" * 390 + ".5", f"1{',000' * 110}"])
def test_a_number_beyond_all_numbers_is_no_figure(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "report.html"
    rows = [[Cell(label), Cell(cell[:399])] for label in ("收到申请数", "当面申请数", "传真申请数", "信函申请数")]
    path.write_bytes(html([TITLE, f"{FIGURE[:-4]}{cell}件。", rows, FIGURE]))
    values = [figure.value for figure in reports.read(path).figures]
    assert 12.0 in values
    assert all(value is None or math.isfinite(value) for value in values)


SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize("render", [html, docx, xlsx, pdf])
def test_a_script_in_text_title_or_cell_stays_text(tmp_path: Path, render: Callable[[Report], bytes]) -> None:
    cells = [
        [Cell(f"{label}{SCRIPT}"), Cell("12")] for label in ("收到申请数", "当面申请数", "传真申请数", "信函申请数")
    ]
    path = tmp_path / "report"
    path.write_bytes(render([f"{TITLE}{SCRIPT}", f"{FIGURE}{SCRIPT}", cells, FIGURE * 2]))
    document = reports.read(path).document
    assert document.text.replace("\n", "").count(SCRIPT) == 2
    assert sum(tidy(cell).count(tidy(SCRIPT)) for grid in document.grids for row in grid.rows for cell in row) == len(
        cells
    )


def test_a_script_of_a_page_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(
        page(f"<p>{FIGURE}</p><script>document.write('2023年召开听证会9次。')</script><style>p{{}}</style>")
    )
    reading = reports.read(path)
    assert "document.write" not in reading.document.text
    assert {figure.indicator for figure in reading.figures} == {"requests_received"}
