"""What units and their groups are called on a page, and how many of them one plot can show."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

import altair as alt

from analysis import wording
from analysis.charts.theme import label_axis, room
from analysis.codebook import Codebook
from analysis.metrics import Field

ROWS_A_PLOT = 34  # of 20 pixels: what stands on one page of A4
PLOTS = 3  # side by side; a field with more units is shown by its two ends

Entry = TypeVar("Entry")


def distinct(names: Mapping[str, str], book: Codebook) -> dict[str, str]:
    """`names` of units by id, those that several units bear told apart by their ids."""
    twice = Counter(names.values())
    return {
        unit: name if twice[name] == 1 else book.word("in_brackets", text=name, aside=unit)
        for unit, name in names.items()
    }


def group(level: str, parent_level: str | None, book: Codebook) -> str:
    """What the units of a level are called, departments by the level of the units above them."""
    if level == "department" and parent_level:
        return book.word("group_department", level=book.term("level", parent_level))
    return book.word("group_level", level=book.term("level", level))


def unit_axis(labels: Sequence[str], among: Field, book: Codebook, *, limit: int, grid: bool = False) -> alt.Axis:
    """The axis that names units, its room told beforehand; the name of their region is left out where all can spare it.

    Its labels stay those of the frame: a tooltip or a text alternative has the full name.
    """
    spared = _spared(labels, among, book)
    wide = room((label.replace(spared, "", 1) for label in labels), limit=limit)
    return label_axis(wide, limit=limit, shown=short_label(labels, among, book), grid=grid)


def short_label(labels: Sequence[str], among: Field, book: Codebook) -> str:
    """What an axis or a header writes for a label: all but the name of the region."""
    return f"replace(datum.label, {json.dumps(_spared(labels, among, book))}, '')"


def _spared(labels: Sequence[str], among: Field, book: Codebook) -> str:
    """The name of the region as it stands in the labels, where they stay distinct without it; else ''."""
    name = among.region.named(book.language)
    for text in (book.word("list_separator") + name, name):
        short = {label.replace(text, "", 1).strip() for label in labels}
        if any(text in label for label in labels) and len(short) == len(set(labels)) and "" not in short:
            return text
    return ""


def stretches(entries: Sequence[Entry], *, size: int = ROWS_A_PLOT, plots: int = PLOTS) -> list[list[Entry]]:
    """`entries` in as many even stretches as plots are needed; of too many entries only the first and the last."""
    if len(entries) > size * plots:
        return [list(entries[:size]), list(entries[-size:])]
    each = -(-len(entries) // max(1, -(-len(entries) // size))) if entries else 1
    return [list(entries[at : at + each]) for at in range(0, len(entries), each)]


def some(names: Sequence[str], book: Codebook, *, most: int = 12) -> str:
    """The names as a list, of many the first and how many more."""
    rest = [book.word("and_more", count=len(names) - most)] if len(names) > most else []
    return wording.listed([*names[:most], *rest], book)


def each(figure: str, rows: Sequence[object], book: Codebook) -> str:
    """`figure`, said to be that of each where several `rows` share it."""
    return book.word("each", figure=figure) if len(rows) > 1 else figure
