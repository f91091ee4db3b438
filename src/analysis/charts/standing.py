"""Where a unit stands: one dot for each peer, the unit's own larger, the rank in words."""

import math
from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.theme import ACCENT, INK, PAPER, WIDTH, number_axis, top
from analysis.codebook import Codebook

HEIGHT = 40


def standing(rows: pl.DataFrame, book: Codebook, *, level: str, year: int) -> Exhibit:
    """Where does the unit stand in `year`? Rows of metrics.peers; small fields are listed, not ranked."""
    group = book.term("level", level)
    fields = rows.filter(pl.col("field") >= book.smallest_field)
    names = list(dict.fromkeys(fields["indicator"]))
    compared = rows.filter(pl.col("field") > 1)
    small = [name for name in dict.fromkeys(compared["indicator"]) if name not in names]
    notes = [
        book.word("standing_small", year=year, group=group, minimum=book.smallest_field)
        + book.word("colon")
        + wording.listed((book.label(name) for name in small), book)
    ]
    return Exhibit(
        topic=book.topics["peers"].label,
        finding=_finding(fields, compared, names, group, year, book),
        book=book,
        statistic=book.word("standing_statistic", group=group, reporting=fields["reporting"].first()) if names else "",
        charts=[_plot(fields.filter(pl.col("indicator") == name), name, year, book) for name in names],
        table=_table(compared, book, year) if not compared.is_empty() else None,
        notes=notes if small and names else [],
    )


def _finding(
    fields: pl.DataFrame, compared: pl.DataFrame, names: list[str], group: str, year: int, book: Codebook
) -> str:
    if names:
        own = fields.filter(pl.col("own"), pl.col("indicator") == names[0]).row(0, named=True)
        return book.word(
            "standing_finding", year=year, label=book.label(names[0]), group=group, field=own["field"], rank=own["rank"]
        )
    if compared.is_empty():
        return book.word("standing_none", year=year)
    return book.word("standing_small", year=year, group=group, minimum=book.smallest_field)


def _plot(rows: pl.DataFrame, name: str, year: int, book: Codebook) -> Drawing:
    shown = rows.select(
        "value",
        "own",
        unit="name" if book.language == "zh" else "name_en",
        figure=pl.Series([wording.figure(row, book) for row in rows.iter_rows(named=True)], dtype=pl.String),
    )
    own = rows.filter("own").row(0, named=True)
    ticks = [0, *[10**power for power in range(math.ceil(math.log10(max(top(rows["value"]), 1))) + 1)]]
    scale = alt.Scale(type="symlog", constant=1, domain=[0, ticks[-1]], nice=False)
    x = alt.X("value:Q", axis=number_axis(book, values=ticks), scale=scale)
    tooltip = [alt.Tooltip("unit:N"), alt.Tooltip("figure:N")]
    others = (
        alt.Chart(shown.filter(~pl.col("own")))
        .mark_point(size=46, opacity=0.75, color=INK, fill=PAPER, strokeWidth=1.2)
        .encode(x, tooltip=tooltip)
    )
    mine = (
        alt.Chart(shown.filter("own"))
        .mark_point(size=150, filled=True, opacity=1, color=ACCENT)
        .encode(x, tooltip=tooltip)
    )
    label = (
        alt.Chart(shown.filter("own")).mark_text(dy=-15, color=ACCENT, fontWeight=600).encode(x, alt.Text("figure:N"))
    )
    sizes = [float(value) for value in rows["value"]]
    lowest, highest = (wording.counted(size, name, book) for size in (min(sizes), max(sizes)))
    described = book.word(
        "alt_standing",
        label=book.label(name),
        year=year,
        figure=wording.figure(own, book),
        field=own["field"],
        lowest=lowest,
        highest=highest,
    )
    title = alt.Title(
        book.label(name), subtitle=f"{book.word('head_rank')} {own['rank']}/{own['field']} · {book.unit_of(name)}"
    )
    return alt.layer(others, mine, label, width=WIDTH, height=HEIGHT, title=title, description=described)


def _rank(row: dict[str, Any], book: Codebook) -> str:
    return str(row["rank"]) if row["field"] >= book.smallest_field else ""


def _table(rows: pl.DataFrame, book: Codebook, year: int) -> Table:
    unit = "name" if book.language == "zh" else "name_en"
    lines = [
        [
            Cell(book.label(row["indicator"])),
            Cell(_rank(row, book), "number"),
            Cell(row[unit]),
            Cell(wording.marked(row, book), "number"),
        ]
        for row in rows.iter_rows(named=True)
    ]
    heads = [book.word(word) for word in ("head_indicator", "head_rank", "head_unit", "head_value")]
    return Table(caption=book.word("year", year=year), heads=heads, rows=lines)
