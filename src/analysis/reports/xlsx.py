"""A workbook -> rows of text and tables, sheet by sheet."""

import io
import re
import zipfile

import fastexcel

from analysis.reports.document import Builder, Document

PLACE = re.compile(rb"""\br=["']([A-Z]{1,9})([0-9]{1,9})["']""")
WIDEST, LONGEST = 2, 20_000  # letters of a column, number of a row


def read(raw: bytes) -> Document:
    """The report in the workbook `raw`; raises fastexcel's errors where it is none."""
    _refuse_sprawling(raw)
    builder = Builder()
    book = fastexcel.read_excel(raw)
    for name in book.sheet_names:
        sheet: fastexcel.ExcelSheet = book.load_sheet(  # pyright: ignore[reportUnknownMemberType]
            name, header_row=None, dtypes="string", skip_whitespace_tail_rows=True
        )
        rows: list[list[str]] = []
        for values in sheet.to_polars().iter_rows():
            row = [str(value or "").strip() for value in values]
            held = [cell for cell in row if cell]
            if (len(held) == 1 and not rows) or (held and len(held[0]) > 60):
                _flush(builder, rows)
                for line in held[0].split("\n"):
                    builder.line(line)
            elif held:
                rows.append(["".join(cell.split()) for cell in row])
        _flush(builder, rows)
    return builder.document()


def _refuse_sprawling(raw: bytes) -> None:
    """Raise ValueError where a sheet has a cell so far out that its empty room alone fills the memory."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                places = [(len(column), int(row)) for column, row in PLACE.findall(archive.read(name))]
                if any(column > WIDEST or row > LONGEST for column, row in places):
                    raise ValueError("a sheet reaches further than any report's")


def _flush(builder: Builder, rows: list[list[str]]) -> None:
    builder.grid(rows)
    rows.clear()
