"""A Word file -> its text and tables: tracked changes as accepted, content controls as filled."""

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from analysis.reports.document import Builder, Document

PARAGRAPH, TABLE, ROW, CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
GONE = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText")}
WIDEST_SPAN = 60


def read(raw: bytes) -> Document:
    """The report in the Word file `raw`; raises whatever python-docx does where it is none."""
    opened: Any = docx.Document(io.BytesIO(raw))
    builder = Builder()
    for element in _of(opened.element.body, PARAGRAPH, TABLE):
        if element.tag == PARAGRAPH:
            for line in _text(element).split("\n"):
                builder.line(line)
        else:
            builder.grid(_rows(element))
    title = opened.core_properties.title
    return builder.document(head=(title,) if title else ())


def _of(parent: Any, *tags: str) -> Iterator[Any]:  # noqa: ANN401 an lxml element, which has no stated type
    """The elements with one of `tags` below `parent`, in order, through content controls but not into each other."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag not in GONE:
            yield from _of(child, *tags)


def _text(element: Any) -> str:  # noqa: ANN401
    """What the runs of an element say, deletions left out."""
    parts: list[str] = []
    for node in _of(element, qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr")):
        parts.append((node.text or "") if node.tag == qn("w:t") else "\n" if node.tag != qn("w:tab") else "\t")
    return "".join(parts)


def _rows(table: Any) -> list[list[str]]:  # noqa: ANN401
    """The cells of a table, merged ones repeated in each place."""
    rows: list[list[str]] = []
    for line in _of(table, ROW):
        row: list[str] = [""] * _number(line, "w:trPr/w:gridBefore")
        for cell in _of(line, CELL):
            text = "".join(_text(cell).split())
            goes_on = [mark for mark in cell.findall(f"{qn('w:tcPr')}/{qn('w:vMerge')}") if _value(mark) != "restart"]
            if goes_on and rows and len(row) < len(rows[-1]):
                text = rows[-1][len(row)]
            row += [text] * min(max(_number(cell, "w:tcPr/w:gridSpan"), 1), WIDEST_SPAN)
        rows.append(row)
    return rows


def _number(element: Any, path: str) -> int:  # noqa: ANN401
    found = element.find("/".join(qn(step) for step in path.split("/")))
    value = "" if found is None else _value(found)
    return min(int(value), WIDEST_SPAN) if value.isascii() and value.isdigit() else 0


def _value(element: Any) -> str:  # noqa: ANN401
    return element.get(qn("w:val")) or ""
