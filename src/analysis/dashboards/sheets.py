"""A workbook as a spreadsheet opens it: a text is never a formula, a gap is an empty cell, a number is a number."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from unicodedata import east_asian_width

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

ROWS = 1_048_576  # of a sheet, its header among them
LETTERS = 32_767  # of a cell
ADDRESS, LINKS = 2_079, 65_530  # letters of a link, and links of a sheet, which has one column of them
NAME = 31  # letters of a sheet's name
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
MADE = datetime(1980, 1, 1)  # as the archive dates its files: the same figures give the same bytes
DEEPEST = 2  # indents of a first cell, as on a page
FONTS = {"zh": "Microsoft YaHei", "en": "Arial"}  # come with Windows
PLAIN = "0_ "  # a space behind, for what stands beside it on the right
WHOLE = {"zh": PLAIN, "en": "#,##0_ "}
BROKEN = {"zh": "0.0#####_ ", "en": "#,##0.0#####_ "}
WIDEST, NARROWEST, MEASURED = 44, 8, 400  # columns of a sheet: letters, and the rows that are measured for them


class Link(str):
    """An address that can be clicked."""

    __slots__ = ()

    @property
    def addressed(self) -> bool:
        """Whether a workbook can hold it as a link: one of the web, not too long, without signs that XML refuses."""
        return self.startswith(("http://", "https://")) and len(self) <= ADDRESS and self.isprintable()


class Printed(str):
    """A figure as a page prints it, with a mark, unit or percent sign, or a gap's words: it stands among numbers."""

    __slots__ = ()


Cell = str | int | float | None


@dataclass(frozen=True)
class Sheet:
    """A table of a workbook: lines `above` its heads, its rows, lines `below`; without heads it is lines alone.

    An int is a number like a year, which is never grouped, a float a figure. `levels` indent the first cells of rows.
    A long table reads better when its cells are not `wrapped`.
    """

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    above: Sequence[str] = ()
    below: Sequence[str] = ()
    levels: Sequence[int] = ()
    wrapped: bool = True


def book_of(sheets: Sequence[Sheet], *, title: str, language: str) -> bytes:
    """The workbook that holds `sheets`, each under a name that spreadsheets take; the same sheets, the same bytes."""
    out = BytesIO()
    font: dict[str, object] = {"font_name": FONTS[language], "font_size": 10}
    with Workbook(out, {"in_memory": True, "default_format_properties": font}) as book:
        book.set_properties({"title": title[:255], "created": MADE})  # pyright: ignore[reportUnknownMemberType]
        pen = _Pen(book, font, language)
        for sheet, name in zip(sheets, names([sheet.name for sheet in sheets]), strict=True):
            pen.write(book.add_worksheet(name), sheet)  # pyright: ignore[reportUnknownMemberType]
    return out.getvalue()


def names(wanted: Sequence[str]) -> list[str]:
    """`wanted` as names of sheets: no sign that is forbidden there, not too long, none twice in any case of letters."""
    taken: list[str] = []
    for name in wanted:
        plain = FORBIDDEN.sub(" ", name).strip(" '")[:NAME].strip(" '") or "-"
        number, free = 1, plain
        while free.casefold() in {other.casefold() for other in [*taken, "History"]}:  # which Excel keeps for itself
            number += 1
            free = f"{plain[: NAME - 5].strip()} ({number})"
        taken.append(free)
    return taken


class _Pen:
    """Writes sheets of one workbook in its formats."""

    def __init__(self, book: Workbook, font: Mapping[str, object], language: str) -> None:
        def form(**more: object) -> Format:
            return book.add_format({**font, "font_scheme": False, "valign": "top", **more})  # pyright: ignore[reportUnknownMemberType]

        head = {"text_wrap": True, "bold": True, "bottom": 1, "bg_color": "#F3F6F9"}
        self.head, self.head_of_numbers = form(**head), form(**head, align="right", indent=1)
        self.title, self.line = form(bold=True, font_size=12), form()
        self.texts = [form(text_wrap=True, indent=level) for level in range(DEEPEST + 1)]
        self.link = form(text_wrap=True, font_color="#14538A", underline=1)
        self.printed = form(align="right", indent=1)
        self.plain, self.whole, self.broken = (
            form(num_format=shown) for shown in (PLAIN, WHOLE[language], BROKEN[language])
        )

    def write(self, page: Worksheet, sheet: Sheet) -> None:
        top = len(sheet.above)
        for row, line in enumerate(sheet.above):
            self._cell(page, row, 0, line, self.line if row else self.title)
        for column, head in enumerate(sheet.heads):
            cells = [row[column] for row in sheet.rows[:MEASURED]]
            numbers = any(isinstance(cell, int | float | Printed) for cell in cells)
            self._cell(page, top, column, head, self.head_of_numbers if numbers else self.head)
            page.set_column(column, column, _width([head, *cells]))
        rows = sheet.rows[: ROWS - top - len(sheet.below) - 1]
        for row, cells in enumerate(rows, top + 1):
            level = min(sheet.levels[row - top - 1], DEEPEST) if sheet.levels else 0
            for column, cell in enumerate(cells):
                self._cell(page, row, column, cell, self.texts[0 if column else level] if sheet.wrapped else self.line)
        for row, line in enumerate(sheet.below, top + len(rows) + 1):
            self._cell(page, row, 0, line, self.line)
        if sheet.heads and rows:
            page.freeze_panes(top + 1, 0)
            page.autofilter(top, 0, top + len(rows), len(sheet.heads) - 1)
            page.repeat_rows(top)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)

    def _cell(self, page: Worksheet, row: int, column: int, cell: Cell, form: Format) -> None:
        """Every text as a text, whatever it begins with; nothing where there is nothing."""
        if cell is None or cell == "":
            return
        if isinstance(cell, Link) and cell.addressed and row < LINKS:
            page.write_url(row, column, cell, self.link, cell[:255])
        elif isinstance(cell, str):
            form = self.printed if isinstance(cell, Printed) else form
            page.write_string(row, column, _text(cell), form)
        elif isinstance(cell, int):
            page.write_number(row, column, cell, self.plain)
        else:
            page.write_number(row, column, cell, self.whole if cell.is_integer() else self.broken)


def _text(text: str) -> str:
    """`text` as a cell takes it: not too long, and a space behind what xlsxwriter would write as markup of its own."""
    text = f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 1]}…"


def _width(cells: Sequence[Cell]) -> float:
    """Letters that a column needs; a Chinese character takes two."""
    longest = max(sum(2 if east_asian_width(sign) in "WF" else 1 for sign in str(cell or "")) for cell in cells)
    return min(max(longest + 3, NARROWEST), WIDEST)
