"""A workbook -> rows of text and tables, sheet by sheet."""

import io
import warnings
from typing import Any

import openpyxl

from analysis.reports import labels
from analysis.reports.document import Builder, Document

LONGEST, WIDEST = 3_000, 60  # rows and columns of a sheet: no report reaches further


def read(raw: bytes) -> Document:
    """The report in the workbook `raw`; raises what openpyxl does where it is none."""
    builder = Builder()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles that are not read
        book: Any = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        for sheet in book.worksheets:
            _sheet(sheet, builder)
    return builder.document()


def _sheet(sheet: Any, builder: Builder) -> None:  # noqa: ANN401 openpyxl's stubs do not know read-only sheets
    rows: list[list[str]] = []
    for values in sheet.iter_rows(max_row=LONGEST, max_col=WIDEST, values_only=True):
        row = [_printed(value) for value in values]
        held = [cell for cell in row if cell]
        if len(held) == 1 and not labels.in_any_table(held[0]):  # a heading or a paragraph
            _flush(builder, rows)
            for line in held[0].split("\n"):
                builder.line(line)
        elif held:
            rows.append(["".join(cell.split()) for cell in row])
    _flush(builder, rows)


def _printed(value: object) -> str:
    """A cell as a reader sees it: whole numbers without decimals."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _flush(builder: Builder, rows: list[list[str]]) -> None:
    width = max((place + 1 for row in rows for place, cell in enumerate(row) if cell), default=0)
    builder.grid([row[:width] for row in rows])
    rows.clear()
