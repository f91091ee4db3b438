"""The statistical table of 2014-2018: one row for each indicator, with its unit and one figure."""

from collections.abc import Iterator

from analysis.codebook import load, vocabulary
from analysis.reports import labels
from analysis.reports.cells import is_figure
from analysis.reports.characters import tidy
from analysis.reports.document import Grid
from analysis.reports.entries import Cell, Doubt
from analysis.reports.printed import Printed, Row, times

LEAST_ROWS = 3
HEADS = ("reviews", "lawsuits")  # rows below them are known by what they stand under


def read(grids: tuple[Grid, ...], year: int | None, doubts: list[Doubt]) -> Iterator[Printed]:
    """Its cells in the order of the rows; a table of several years, the reporting `year` not among them, is a doubt."""
    known = [sum(any(labels.is_row("statistics", text) for text in row) for row in grid.rows) for grid in grids]
    under = ""
    for number, grid in enumerate(grids):
        if sum(known) < LEAST_ROWS or not known[number]:
            continue
        years = _years(grid.rows)
        if years and year not in years:
            doubts.append(Doubt("columns_unclear", {"years": ", ".join(map(str, sorted(years)))}))
            continue
        for line, row in enumerate(grid.rows):
            for place, end in _labelled(row):
                entry = labels.row("statistics", row[place], under)
                if entry is None:
                    continue
                under = entry.indicator if entry.indicator in HEADS else under
                column = years[year] if year in years else _figure(row, place, end)
                if column is not None and column < len(row):
                    factor = times(
                        load().indicators[entry.indicator].unit, row[column], _unit(row[place:end], entry.indicator)
                    )
                    yield Printed(entry.indicator, "total", row[column], Cell(number, line, column), factor)


def _years(rows: tuple[Row, ...]) -> dict[int, int]:
    """The columns of years, where a header names several."""
    year = vocabulary().pattern("tables", "year")
    for row in rows:
        named = {int(match[1]): place for place, text in enumerate(row) if (match := year.fullmatch(tidy(text)))}
        if len(named) > 1:
            return named
        if any(labels.is_row("statistics", text) for text in row):
            break
    return {}


def _labelled(row: Row) -> Iterator[tuple[int, int]]:
    """Where labels stand in a row and where what belongs to each ends: two blocks may stand side by side."""
    places = [
        place
        for place, text in enumerate(row)
        if text and (not place or text != row[place - 1]) and not is_figure(text) and tidy(text) not in _measures()
    ]
    known = [place for place in places if labels.is_row("statistics", row[place])] or places[:1]
    for number, place in enumerate(known):
        yield place, known[number + 1] if number + 1 < len(known) else len(row)


def _figure(row: Row, place: int, end: int) -> int | None:
    """The column of a label's figure: behind its measure word, or before it, the first held, else the first."""
    measures = [column for column in range(place + 1, end) if tidy(row[column]) in _measures()]
    columns = [column for column in range(place + 1, end) if row[column] != row[place] and column not in measures]
    behind = [column for column in columns if not measures or column > max(measures)] or columns
    figures = [column for column in behind if is_figure(row[column])]
    held = [column for column in figures if row[column]]
    return next(iter([*held, *figures, *behind]), None)


def _unit(row: Row, indicator: str) -> str:
    """The words of a row that say in which unit it counts; the form's own unit where there are none."""
    printed = "".join(row)
    return printed if vocabulary().words["tables"]["yuan"] in printed else _form_unit(indicator)


def _form_unit(indicator: str) -> str:
    words = vocabulary().words["tables"]
    money = load().indicators[indicator].unit in {words["yuan"], words["ten_thousand"]}
    return words["ten_thousand"] if money else ""


def _measures() -> list[str]:
    return vocabulary().words["numbers"]["measures"]
