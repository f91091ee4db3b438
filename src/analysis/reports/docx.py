"""A Word file -> its text and tables: tracked changes as accepted, content controls as filled."""

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from analysis.reports.document import LAYOUT_CELL, WIDEST_SPAN, Builder, Document, cell

PARAGRAPH, TABLE, ROW, CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # a text box a second time
SAID = {qn("w:t"): "", qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n"}
GONE = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), FALLBACK}


def read(raw: bytes) -> Document:
    """The report in the Word file `raw`; raises whatever python-docx does where it is none."""
    opened: Any = docx.Document(io.BytesIO(raw))
    builder = Builder()
    _blocks(opened.element.body, builder)
    title = opened.core_properties.title
    return builder.document(head=(title,) if title else ())


def _blocks(parent: Any, builder: Builder) -> None:  # noqa: ANN401 an lxml element, which has no stated type
    """Add the paragraphs and tables below `parent`; a table that only arranges the page is what its cells hold."""
    for element in _of(parent, PARAGRAPH, TABLE):
        if element.tag == PARAGRAPH:
            for line in _text(element).split("\n"):
                builder.line(line)
        elif _is_grid(element):
            builder.grid(_rows(element))
        else:
            for box in _cells(element):
                _blocks(box, builder)


def _is_grid(table: Any) -> bool:  # noqa: ANN401
    """Whether a table holds figures, not the page: no table in it, no cell as long as a text, more than one column."""
    boxes = list(_cells(table))
    nested = any(next(_of(box, TABLE), None) is not None for box in boxes)
    long = max((len(_text(box)) for box in boxes), default=0) >= LAYOUT_CELL
    return not nested and not long and len(boxes) > len(list(_of(table, ROW)))


def _cells(table: Any) -> Iterator[Any]:  # noqa: ANN401
    for line in _of(table, ROW):
        yield from _of(line, CELL)


def _of(parent: Any, *tags: str) -> Iterator[Any]:  # noqa: ANN401
    """The elements with one of `tags` below `parent`, in order, through content controls but not into each other."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag not in GONE:
            yield from _of(child, *tags)


def _text(element: Any) -> str:  # noqa: ANN401
    """What the runs of an element say, deletions left out; a paragraph in it stands on a line of its own."""
    parts: list[str] = []
    for node in _of(element, PARAGRAPH, *SAID):
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        else:
            parts.append("\n" + _text(node) + "\n" if node.tag == PARAGRAPH else SAID[node.tag])
    return "".join(parts)


def _rows(table: Any) -> list[list[str]]:  # noqa: ANN401
    """The cells of a table, merged ones repeated in each place."""
    rows: list[list[str]] = []
    for line in _of(table, ROW):
        row: list[str] = [""] * _number(line, "w:trPr/w:gridBefore")
        for box in _of(line, CELL):
            text = cell(_text(box).strip())
            goes_on = [mark for mark in box.findall(f"{qn('w:tcPr')}/{qn('w:vMerge')}") if _value(mark) != "restart"]
            if goes_on and rows and len(row) < len(rows[-1]):
                text = rows[-1][len(row)]
            row += [text] * min(max(_number(box, "w:tcPr/w:gridSpan"), 1), WIDEST_SPAN)
        rows.append(row)
    return rows


def _number(element: Any, path: str) -> int:  # noqa: ANN401
    found = element.find("/".join(qn(step) for step in path.split("/")))
    value = "" if found is None else _value(found)
    return min(int(value), WIDEST_SPAN) if value.isascii() and value.isdigit() else 0


def _value(element: Any) -> str:  # noqa: ANN401
    return element.get(qn("w:val")) or ""
