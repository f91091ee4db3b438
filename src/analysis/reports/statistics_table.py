"""The statistical table of 2014-2018: one row for each indicator, with its unit and one figure."""

from collections.abc import Iterator

from analysis.codebook import load, vocabulary
from analysis.reports import labels
from analysis.reports.cells import is_figure
from analysis.reports.characters import tidy
from analysis.reports.document import Grid
from analysis.reports.entries import Cell
from analysis.reports.printed import Printed, Row, times

LEAST_ROWS = 3
HEADS = ("reviews", "lawsuits")  # rows below them are known by what they stand under


def read(grids: tuple[Grid, ...]) -> Iterator[Printed]:
    """Its cells, in the order of the rows."""
    known = [sum(any(labels.is_row("statistics", text) for text in row) for row in grid.rows) for grid in grids]
    under = ""
    for number, grid in enumerate(grids):
        if sum(known) < LEAST_ROWS or not known[number]:
            continue
        for line, row in enumerate(grid.rows):
            for place, text in enumerate(row):
                entry = labels.row("statistics", text, under) if text else None
                if entry is None:
                    continue
                under = entry.indicator if entry.indicator in HEADS else under
                column = _figure(row, place)
                if column is not None:
                    factor = times(load().indicators[entry.indicator].unit, _unit(row, column, entry.indicator))
                    where = Cell(number, line, column)
                    yield Printed(entry.indicator, "total", row[column], where, factor)
                break


def _figure(row: Row, place: int) -> int | None:
    """The column of a row's figure: behind its label and measure word the first that holds one, else the first."""
    measures = [column for column in range(place + 1, len(row)) if tidy(row[column]) in _measures()]
    first = max(measures, default=place) + 1
    columns = [column for column in range(first, len(row)) if row[column] != row[place]]
    figures = [column for column in columns if is_figure(row[column])]
    held = [column for column in figures if row[column]]
    return next(iter([*held, *(columns if measures else figures)]), None)


def _unit(row: Row, column: int, indicator: str) -> str:
    """The words of a row that say in which unit it counts; the form's own unit where there are none."""
    printed = "".join(row[:column])
    return printed if vocabulary().words["tables"]["yuan"] in printed else _form_unit(indicator)


def _form_unit(indicator: str) -> str:
    words = vocabulary().words["tables"]
    money = load().indicators[indicator].unit in {words["yuan"], words["ten_thousand"]}
    return words["ten_thousand"] if money else ""


def _measures() -> list[str]:
    return vocabulary().words["numbers"]["measures"]
