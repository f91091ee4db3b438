"""Tables without ruled lines on a PDF page: columns by where figures and header words stand."""

import re
from collections.abc import Iterator
from typing import Any

from pdfplumber.page import Page

from analysis.codebook import vocabulary
from analysis.reports import labels
from analysis.reports.characters import tidy

FIGURE = re.compile(r"[\d,.]+|[-—/]")
SENTENCE = re.compile(r"[，。；：,;]")
LEAST_ROWS = 2
LEAST_FIGURES = 4  # on one line: it is a row even alone
SAME_LINE = 3.0  # points between the tops of words on one line

Word = dict[str, Any]
Line = list[Word]
Column = tuple[float, float]


def rows_by_position(page: Page) -> Iterator[str | list[list[str]]]:
    """The page from its top down: lines of text, and tables as rows of label and figures."""
    part: list[Line] = []
    for line in _lines(page):
        if _begins(line):
            yield from _part(part)
            part = []
        part.append(line)
    yield from _part(part)


def _lines(page: Page) -> list[Line]:
    lines: list[Line] = []
    for word in sorted(page.extract_words(x_tolerance=2), key=lambda word: (word["top"], word["x0"])):
        if lines and abs(lines[-1][0]["top"] - word["top"]) < SAME_LINE:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word["x0"]) for line in lines]


def _begins(line: Line) -> bool:
    """Whether a heading stands here: what follows may have other columns."""
    words, text = vocabulary().words["sections"], tidy(_text(line))
    return not _figures(line) and bool(re.match(words["heading_1"], text) or re.match(words["table_head"], text))


def _part(lines: list[Line]) -> Iterator[str | list[list[str]]]:
    tabular = [line for line in lines if _is_row(line)]
    if len(tabular) < LEAST_ROWS and not any(len(_figures(line)) > LEAST_FIGURES for line in tabular):
        yield from (_text(line) for line in lines)
        return
    top = lines.index(tabular[0])
    columns = _columns([word for line in tabular for word in _figures(line)])
    first = min(start for start, _ in columns)
    header = [[word for word in line if word["x1"] > first and len(line) > 1] for line in lines[:top]]
    yield from (_text(line) for line, words in zip(lines[:top], header, strict=True) if not words)
    rows = [["", *_spread(_characters(words), columns)] for words in header if words]
    yield _headed(rows) + _rows(lines[top:], tabular, columns, first)


def _characters(words: list[Word]) -> list[Word]:
    """Words character by character: headings of columns side by side touch each other."""
    return [
        {"x0": word["x0"] + place * width, "x1": word["x0"] + (place + 1) * width, "text": character}
        for word in words
        for width in [(word["x1"] - word["x0"]) / len(word["text"])]
        for place, character in enumerate(word["text"])
    ]


def _headed(rows: list[list[str]]) -> list[list[str]]:
    """The header, and below it one row in which labels that were broken over lines are whole."""
    if not rows:
        return []
    whole = [_lowest_label([row[place] for row in rows]) for place in range(len(rows[0]))]
    return [*rows, whole]


def _lowest_label(parts: list[str]) -> str:
    """The label of a column: as few of the lowest lines as make one, else the lowest line that holds words."""
    for first in range(len(parts) - 1, -1, -1):
        text = "".join(parts[first:])
        if any(labels.column(table, text) for table in ("active", "disputes")) or labels.applicant(text):
            return text
    return next((part for part in reversed(parts) if part), "")


def _rows(lines: list[Line], tabular: list[Line], columns: list[Column], first: float) -> list[list[str]]:
    """One row for each line of figures; lines of a label alone go to the figures nearest to them."""
    heads: dict[int, list[Word]] = {number: [] for number in range(len(tabular))}
    for line in lines:
        nearest = min(heads, key=lambda number: abs(tabular[number][0]["top"] - line[0]["top"]))
        heads[nearest] += [word for word in line if word["x1"] <= first and not FIGURE.fullmatch(word["text"])]
    return [
        [_innermost(heads[number]), *_spread([word for word in line if word["x1"] > first], columns)]
        for number, line in enumerate(tabular)
    ]


def _innermost(words: list[Word]) -> str:
    """The label nearest to the figures: the word that reaches furthest right, and those above and below it."""
    if not words:
        return ""
    nearest = max(words, key=lambda word: word["x1"])
    return tidy(_text([word for word in words if word["x0"] < nearest["x1"] and nearest["x0"] < word["x1"]]))


def _columns(figures: list[Word]) -> list[Column]:
    """Where columns begin and end: figures above each other stand in one."""
    columns: list[Column] = []
    for word in sorted(figures, key=lambda word: word["x0"]):
        if columns and word["x0"] < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(word["x1"], columns[-1][1]))
        else:
            columns.append((word["x0"], word["x1"]))
    return columns


def _spread(words: list[Word], columns: list[Column]) -> list[str]:
    """One cell for each column: every word goes to the one whose middle is nearest."""
    cells = [""] * len(columns)
    for word in words:
        middle = (word["x0"] + word["x1"]) / 2
        nearest = min(range(len(columns)), key=lambda place: abs(sum(columns[place]) / 2 - middle))
        cells[nearest] += tidy(word["text"])
    return cells


def _figures(line: Line) -> list[Word]:
    return [word for word in line if FIGURE.fullmatch(word["text"])]


def _is_row(line: Line) -> bool:
    """Whether a line is a label, if any, with figures behind it and nothing else."""
    kinds = [FIGURE.fullmatch(word["text"]) is not None for word in line]
    label = _text([word for word, is_figure in zip(line, kinds, strict=True) if not is_figure])
    return any(kinds) and kinds == sorted(kinds) and not SENTENCE.search(label)


def _text(words: list[Word]) -> str:
    return " ".join(word["text"] for word in words)
