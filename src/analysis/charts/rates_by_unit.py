"""A rate of every unit of a field, each with its counts: a dot where enough cases stand behind it, else no verdict."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.names import distinct, group, stretches, unit_axis
from analysis.charts.ranking import OPEN_TO, TABLE_ROWS
from analysis.charts.theme import ACCENT, HAIRLINE, INK, MUTED, PAPER, WIDTH
from analysis.codebook import Codebook
from analysis.metrics import Field

STEP = 20  # pixels of one unit
LABEL_ROOM = 118
FIGURE_ROOM = 92  # for rate and counts right of the dots
Row = dict[str, Any]


def rates_by_unit(rows: pl.DataFrame, book: Codebook, *, among: Field, names: Mapping[str, str], year: int) -> Exhibit:
    """How do the units of a field compare by rates of `year`? Rows of metrics.rates.

    The first rate that some unit gives is drawn; all of them stand in the table.
    """
    called = distinct(names, book)
    stated = rows.filter(pl.col("value").is_not_null())
    metrics = [name for name in dict.fromkeys(rows["metric"]) if name in set(stated["metric"])]
    drawn = _in_order(stated.filter(pl.col("metric") == metrics[0]) if metrics else stated)
    topic = book.topics["rates_by_unit"].label
    if stated.is_empty():
        return Exhibit(topic=topic, finding=book.word("no_rate", period=book.word("year", year=year)), book=book)
    units = list(
        dict.fromkeys([*(row["unit"] for row in drawn), *(unit for unit in called if unit in set(stated["unit"]))])
    )
    shown = units[:TABLE_ROWS]
    lacking = len(called) - len(units)
    cut = [book.word("table_cut", count=len(units), shown=len(shown))] if len(units) > len(shown) else []
    judged = [row["value"] for row in drawn if row["judged"]]
    reach = max(judged, default=0)
    return Exhibit(
        topic=topic,
        finding=_finding(drawn, called, metrics[0], book, year, among),
        book=book,
        statistic=book.word("rates_by_unit_statistic", minimum=book.minimum_cases) if judged else "",
        charts=[
            _plot(plot, reach, called, among, book) for plot in stretches(drawn) if any(row["judged"] for row in drawn)
        ],
        table=_table(stated, shown, metrics, called, book),
        table_open=len(shown) <= OPEN_TO,
        notes=[
            *[book.label(name) + book.word("colon") + book.metrics[name].note for name in metrics],
            *([book.word("rates_by_unit_lacking", count=lacking)] if lacking else []),
            *cut,
        ],
    )


def _in_order(rows: pl.DataFrame) -> list[Row]:
    """The judged rates, the highest first, then the others by unit."""
    return list(rows.sort(~pl.col("judged"), pl.when("judged").then(-pl.col("value")), "unit").iter_rows(named=True))


def _finding(
    drawn: Sequence[Row], called: Mapping[str, str], name: str, book: Codebook, year: int, among: Field
) -> str:
    judged = [row for row in drawn if row["judged"]]
    said = {
        "year": year,
        "label": book.label(name),
        "group": group(among.level, among.parent_level, book),
        "all": len(called),
        "count": len(drawn),
        "judged": len(judged),
        "minimum": book.minimum_cases,
    }
    if len(judged) < book.smallest_field:
        return book.word("rates_by_unit_small", **said)
    ends = [_said(row, called, book) for row in (judged[0], judged[-1])]
    told = book.word("rates_by_unit_finding", **said, highest=ends[0], lowest=ends[1])
    return wording.Sentence(told, [basis for row in (judged[0], judged[-1]) for basis in wording.rate_basis(row, book)])


def _said(row: Row, called: Mapping[str, str], book: Codebook) -> str:
    aside = wording.clauses([wording.rate(row, book), wording.counts(row, book)], book)
    return book.word("in_brackets", text=called[row["unit"]], aside=aside)


def _text(row: Row, book: Codebook) -> str:
    """A rate with its counts; of too few cases the counts alone, and that they are not assessed."""
    if row["judged"]:
        return f"{wording.rate(row, book)}  {wording.counts(row, book)}"
    return book.word("unjudged_counts", counts=wording.counts(row, book))


def _plot(rows: Sequence[Row], reach: float, called: Mapping[str, str], among: Field, book: Codebook) -> Drawing:
    name = rows[0]["metric"]
    frame = pl.DataFrame(
        {
            "unit": [called[row["unit"]] for row in rows],
            "value": [row["value"] if row["judged"] else None for row in rows],
            "solid": [not row["uncertain"] for row in rows],
            "judged": [row["judged"] for row in rows],
            "text": [_text(row, book) for row in rows],
        },
        schema_overrides={"value": pl.Float64},
    )
    left = unit_axis(frame["unit"].to_list(), among, book, limit=LABEL_ROOM, grid=True)
    y = alt.Y("unit:N", sort=None, axis=left)
    reach = max(reach, 100.0 if book.metrics[name].unit == "percent" else 1.0)
    dots = WIDTH - LABEL_ROOM - FIGURE_ROOM
    below = alt.Axis(title=None, tickCount=2, domain=False, ticks=False, gridColor=HAIRLINE)
    x = alt.X("value:Q", axis=below, scale=alt.Scale(domain=[0, reach], range=[0, dots], nice=False))
    fill = alt.condition(alt.datum.solid, alt.value(ACCENT), alt.value(PAPER))
    ink = alt.condition(alt.datum.judged, alt.value(INK), alt.value(MUTED))
    dot = alt.Chart(frame.filter("judged")).mark_point(size=56, opacity=1, color=ACCENT, strokeWidth=1.6)
    text = alt.Chart(frame).mark_text(align="left", fontSize=11)
    tooltip = [alt.Tooltip("unit:N"), alt.Tooltip("text:N")]
    points = [book.word("label_figure", label=called[row["unit"]], figure=_text(row, book)) for row in rows]
    period = book.word("year", year=rows[0]["year"])
    return alt.layer(
        dot.encode(x, y, fill=fill, tooltip=tooltip),
        text.encode(alt.XValue(dots + 10), y, alt.Text("text:N"), color=ink),
        width=dots + FIGURE_ROOM,
        height=STEP * frame.height,
        title=alt.Title(book.label(name), subtitle=book.unit_of(name)),
        description=book.word("alt_series", label=book.label(name), period=period, points=wording.listed(points, book)),
    )


def _table(
    stated: pl.DataFrame, units: Sequence[str], metrics: Sequence[str], called: Mapping[str, str], book: Codebook
) -> Table:
    """A row for each unit with a rate, a column for each rate, with its counts."""
    held = {(row["unit"], row["metric"]): row for row in stated.iter_rows(named=True)}
    lines = [[Cell(called[unit]), *[_cell(held.get((unit, name)), book) for name in metrics]] for unit in units]
    heads = [book.word("head_unit"), *[book.label(name) for name in metrics]]
    return Table(caption=book.word("year", year=stated["year"].first()), heads=heads, rows=lines)


def _cell(row: Row | None, book: Codebook) -> Cell:
    if row is None:
        return Cell(book.word("not_computed"), "gap")
    if not row["judged"]:
        return Cell(_text(row, book), "gap")
    return Cell(book.word("in_brackets", text=wording.rate(row, book), aside=wording.counts(row, book)), "number")
