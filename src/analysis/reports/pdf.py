"""A PDF -> its text and its tables: text by pdfium, tables only from pages where a form's labels stand."""

import io
import logging
import re
from typing import Any

import pdfplumber
import pypdfium2
from pdfplumber.page import Page
from pdfplumber.table import Table

from analysis.codebook import vocabulary
from analysis.errors import BadReport
from analysis.reports.characters import tidy
from analysis.reports.document import Builder, Document
from analysis.reports.unruled import rows_by_position

LEAST_CHARACTERS = 40  # fewer on all pages together: there is no text layer
MOST_PAGES = 300
LEAST_COLUMNS = 4  # of a row that stands alone on a page
SHORTEST_LABEL = 3  # characters: shorter ones stand in any text
FORM_LABELS = 2  # of a form's labels on a page: it holds a table


def read(raw: bytes, where: str) -> Document:
    """The report in the PDF `raw`; raises BadReport where it has no text, is locked or is far too long."""
    texts, title = _texts(raw, where)
    if sum(len(text.strip()) for text in texts) < LEAST_CHARACTERS:
        what = "this PDF is scanned: it holds pictures of pages and no text"
        raise BadReport(where, what, "find the report's web page, or recognise the text with OCR and read that file")
    builder = Builder()
    tables: list[int] = []
    for number, text in enumerate(texts):
        if _form_labels(text) >= (1 if number - 1 in tables else FORM_LABELS):  # a table's last rows may go on here
            tables.append(number)
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it warns of fonts on a terminal that asked for figures
    with pdfplumber.open(io.BytesIO(raw)) as opened:
        for number, text in enumerate(texts):
            if number in tables:
                _page(opened.pages[number], builder)
                opened.pages[number].close()
            else:
                for line in text.splitlines():
                    _line(line, builder)
    return builder.document(head=(title,) if title else ())


def _texts(raw: bytes, where: str) -> tuple[list[str], str]:
    try:
        opened = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        what = "this PDF is locked by a password" if locked else f"this PDF is damaged or cut short ({error})"
        raise BadReport(where, what, "save it without the password" if locked else "fetch the file again") from error
    try:
        if len(opened) > MOST_PAGES:
            what = f"this PDF has {len(opened)} pages; no report has more than {MOST_PAGES}"
            raise BadReport(where, what, "cut the report out of it")
        texts = [page.get_textpage().get_text_range() for page in opened]
        return texts, str(opened.get_metadata_dict().get("Title", "")).strip()
    except pypdfium2.PdfiumError as error:
        raise BadReport(where, f"a page of this PDF is damaged ({error})", "fetch the file again") from error
    finally:
        opened.close()


def _form_labels(text: str) -> int:
    """How many of the forms' labels stand on a page."""
    page = tidy(text)
    book = vocabulary()
    labels = {word for label in book.labels for word in (*label.row, *label.column) if len(word) > SHORTEST_LABEL}
    applicants = [name for names in book.words["tables"]["applicants"].values() for name in names.split("|")]
    labels |= {name for name in applicants if len(name) > SHORTEST_LABEL}
    return sum(word in page for word in labels)


def _line(text: str, builder: Builder) -> None:
    if not re.match(vocabulary().words["heading"]["page"], text.strip()):
        builder.line(text)


def _page(page: Page, builder: Builder) -> None:
    """Text and tables of one page, from its top down."""
    tables = [table for table in page.find_tables(_settings(page)) if _is_form(table)]
    if not tables:
        for item in rows_by_position(page):
            builder.grid(item) if isinstance(item, list) else _line(item, builder)
        return
    boxes = [table.bbox for table in tables]
    outside = page.filter(lambda thing: not any(_inside(thing, box) for box in boxes))
    lines = [(line["top"], line["text"]) for line in outside.extract_text_lines(return_chars=False)]
    for _, item in sorted([*lines, *((table.bbox[1], table) for table in tables)], key=lambda pair: pair[0]):
        if isinstance(item, Table):
            builder.grid([[tidy(cell or "") for cell in row] for row in item.extract()])
        else:
            _line(item, builder)


def _settings(page: Page) -> dict[str, Any]:
    """Lines where the upright rules of the page begin and end: a row that the page cuts has no line there."""
    ends = [edge[name] for edge in page.edges if edge["orientation"] == "v" for name in ("top", "bottom")]
    return {"explicit_horizontal_lines": [min(ends), max(ends)]} if ends else {}


def _is_form(table: Table) -> bool:
    """Whether a ruled area has columns of short cells; frames around running text, also invented ones, have not."""
    rows = table.extract()
    cells = [cell for row in rows for cell in row if cell]
    columns = max(map(len, rows))
    return (
        columns > (1 if len(rows) > 1 else LEAST_COLUMNS)
        and bool(cells)
        and sum(len(tidy(cell)) for cell in cells) / len(cells) < 40
    )


def _inside(thing: dict[str, float], box: tuple[float, float, float, float]) -> bool:
    middle_x, middle_y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return box[0] <= middle_x <= box[2] and box[1] <= middle_y <= box[3]
