"""A workbook -> rows of text and tables, sheet by sheet."""

import io
import warnings
from typing import Any

import openpyxl

from analysis.reports import labels
from analysis.reports.document import WIDEST_SPAN, Builder, Document, cell

LONGEST = 3_000  # rows of a sheet: no report reaches further


def read(raw: bytes) -> Document:
    """The report in the workbook `raw`; raises what openpyxl does where it is none."""
    builder = Builder()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles that are not read
        shown: Any = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        typed: Any = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
        for sheet, formulas in zip(shown.worksheets, typed.worksheets, strict=True):
            if sheet.sheet_state == "visible":
                _sheet(sheet, formulas, builder)
    return builder.document()


def _sheet(sheet: Any, formulas: Any, builder: Builder) -> None:  # noqa: ANN401 openpyxl's stubs do not know them
    """Add the rows of a sheet; a formula whose value was never computed stands as it was typed."""
    rows: list[list[str]] = []
    both = (each.iter_rows(max_row=LONGEST, max_col=WIDEST_SPAN, values_only=True) for each in (sheet, formulas))
    for pair in zip(*both, strict=False):
        row = [_printed(typed if value is None else value) for value, typed in zip(*pair, strict=False)]
        held = [text for text in row if text]
        if len(held) == 1 and not labels.in_any_table(held[0]):  # a heading or a paragraph
            _flush(builder, rows)
            for line in held[0].split("\n"):
                builder.line(line)
        elif held:
            rows.append([cell(text) for text in row])
    _flush(builder, rows)


def _printed(value: object) -> str:
    """A cell as a reader sees it: whole numbers without decimals."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _flush(builder: Builder, rows: list[list[str]]) -> None:
    width = max((place + 1 for row in rows for place, text in enumerate(row) if text), default=0)
    builder.grid([row[:width] for row in rows])
    rows.clear()
