"""Tables without ruled lines on a PDF page: columns by where figures and header words stand."""

import re
from collections.abc import Iterator
from typing import Any

from pdfplumber.page import Page

from analysis.codebook import vocabulary
from analysis.reports.characters import tidy

FIGURE = re.compile(r"[\d,.]+|[-—/]")
SENTENCE = re.compile(r"[，。；：,;]")
LEAST_ROWS = 2
LEAST_FIGURES = 4  # on one line: it is a row even alone
SAME_LINE = 3.0  # points between the tops of words on one line
COLUMN_GAP = 9.0  # points between the middles of words in one column

Word = dict[str, Any]
Line = list[Word]


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
    first = min(word["x0"] for line in tabular for word in _figures(line)) - COLUMN_GAP
    columns = _columns([word for line in lines for word in line if word["x0"] > first])
    top = lines.index(tabular[0])
    header = [word for line in lines[:top] for word in line if word["x0"] > first and len(line) > 1]
    yield from (_text(line) for line in lines[:top] if not any(word in header for word in line))
    rows = [["", *_spread(header, columns)]] if header else []
    yield rows + _rows(lines[top:], tabular, columns, first)


def _rows(lines: list[Line], tabular: list[Line], columns: list[float], first: float) -> list[list[str]]:
    """One row for each line of figures; lines of a label alone go to the figures nearest to them."""
    labels: dict[int, list[Word]] = {number: [] for number in range(len(tabular))}
    for line in lines:
        nearest = min(labels, key=lambda number: abs(tabular[number][0]["top"] - line[0]["top"]))
        labels[nearest] += [word for word in line if word["x0"] <= first]
    return [
        [tidy(_text(labels[number])), *_spread([word for word in line if word["x0"] > first], columns)]
        for number, line in enumerate(tabular)
    ]


def _columns(words: list[Word]) -> list[float]:
    """The middles of columns: words whose middles are near each other stand in one."""
    columns: list[list[float]] = []
    for middle in sorted(_middle(word) for word in words):
        if columns and middle - columns[-1][-1] < COLUMN_GAP:
            columns[-1].append(middle)
        else:
            columns.append([middle])
    return [sum(column) / len(column) for column in columns]


def _spread(words: list[Word], columns: list[float]) -> list[str]:
    cells = [""] * len(columns)
    for word in words:
        nearest = min(range(len(columns)), key=lambda number: abs(columns[number] - _middle(word)))
        cells[nearest] += tidy(word["text"])
    return cells


def _figures(line: Line) -> list[Word]:
    return [word for word in line if FIGURE.fullmatch(word["text"])]


def _is_row(line: Line) -> bool:
    """Whether a line is a label, if any, with figures behind it and nothing else."""
    kinds = [FIGURE.fullmatch(word["text"]) is not None for word in line]
    label = _text([word for word, is_figure in zip(line, kinds, strict=True) if not is_figure])
    return any(kinds) and kinds == sorted(kinds) and not SENTENCE.search(label)


def _middle(word: Word) -> float:
    return (word["x0"] + word["x1"]) / 2


def _text(words: list[Word]) -> str:
    return " ".join(word["text"] for word in words)
