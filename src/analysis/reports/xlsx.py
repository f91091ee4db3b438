"""A workbook -> rows of text and tables, sheet by sheet."""

import fastexcel

from analysis.reports.document import Builder, Document


def read(raw: bytes) -> Document:
    """The report in the workbook `raw`; raises fastexcel's errors where it is none."""
    builder = Builder()
    book = fastexcel.read_excel(raw)
    for name in book.sheet_names:
        sheet = book.load_sheet(name, header_row=None, dtypes="string", skip_whitespace_tail_rows=True)
        rows: list[list[str]] = []
        for values in sheet.to_polars().iter_rows():
            row = [str(value or "").strip() for value in values]
            held = [cell for cell in row if cell]
            if len(held) == 1 and not rows or (held and len(held[0]) > 60):
                _flush(builder, rows)
                for line in held[0].split("\n"):
                    builder.line(line)
            elif held:
                rows.append(["".join(cell.split()) for cell in row])
        _flush(builder, rows)
    return builder.document()


def _flush(builder: Builder, rows: list[list[str]]) -> None:
    builder.grid(rows)
    rows.clear()
