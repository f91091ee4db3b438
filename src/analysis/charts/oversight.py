"""Oversight and platforms of a region's units: a table only of what some unit states, and who was checked."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from analysis import wording
from analysis.charts.exhibit import Cell, Exhibit, Table
from analysis.charts.names import distinct
from analysis.charts.tables import key, silence
from analysis.codebook import Codebook

SHOWN_UNITS = 60
Row = dict[str, Any]


def oversight(rows: pl.DataFrame, book: Codebook, *, names: Mapping[str, str], year: int) -> Exhibit:
    """What do the units of a region state on oversight in `year`? Rows of metrics.checked; silent where nothing is."""
    stated = rows.filter(pl.col("value").is_not_null())
    topic = book.topics["oversight"].label
    if stated.is_empty():
        return Exhibit(topic=topic, finding=silence(rows, [year], book), book=book)
    called = distinct(names, book)
    units = [unit for unit in called if unit in set(stated["unit"])]
    columns = [name for name in book.topics["oversight"].indicators if name in set(stated["indicator"])]
    checked = list(stated.filter(pl.col("indicator") == "units_checked").iter_rows(named=True))
    told = [_checked(row, called, book) for row in checked]
    labels = wording.listed((book.label(name) for name in columns), book)
    cut = [book.word("table_cut", count=len(units), shown=SHOWN_UNITS)] if len(units) > SHOWN_UNITS else []
    return Exhibit(
        topic=topic,
        finding=told[0] if told else book.word("oversight_finding", year=year, count=len(units), labels=labels),
        book=book,
        table=_table(rows.filter(pl.col("unit").is_in(units)), units[:SHOWN_UNITS], columns, called, book),
        notes=[
            *told[1:],
            *cut,
            *key(rows.filter(pl.col("unit").is_in(units), pl.col("indicator").is_in(columns)), book),
        ],
    )


def _checked(row: Row, called: Mapping[str, str], book: Codebook) -> wording.Sentence:
    """How many units a unit says that it checked, beside those that the data hold below it."""
    said = {"unit": called[row["unit"]], "year": row["year"], "figure": wording.figure(row, book)}
    return wording.bound(
        book.word("units_checked_beside", **said, **{name: row[name] for name in ("existing", "reporting")}),
        [row],
        book,
    )


def _table(
    rows: pl.DataFrame, units: list[str], columns: list[str], called: Mapping[str, str], book: Codebook
) -> Table:
    held = {(row["unit"], row["indicator"]): row for row in rows.iter_rows(named=True)}
    lines = [[Cell(called[unit]), *[_cell(held[unit, name], book) for name in columns]] for unit in units]
    labels = [book.word("in_brackets", text=book.label(name), aside=book.unit_of(name)) for name in columns]
    return Table(book.word("year", year=rows["year"].first()), [book.word("head_unit"), *labels], lines)


def _cell(row: Row, book: Codebook) -> Cell:
    if row["value"] is None:
        return Cell(book.statuses[row["status"]].mark, "gap")
    return Cell(wording.marked(row, book), "number")
