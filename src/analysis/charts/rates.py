"""Rates over the years, each with its counts; too few cases are hollow and not assessed."""

from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.tables import since_first_figure
from analysis.charts.theme import ACCENT, INK, PAPER, WIDTH, top, year_axis
from analysis.codebook import Codebook

HEIGHT = 104


def rates(rows: pl.DataFrame, book: Codebook, *, topic: str) -> Exhibit:
    """How did these rates develop? One plot for each that can be computed in some year; rows of metrics.rates."""
    rows = since_first_figure(rows) if rows["value"].is_not_null().any() else rows
    years = sorted(rows["year"].unique())
    computed = rows.filter(pl.col("value").is_not_null())
    names = list(dict.fromkeys(computed["metric"]))
    return Exhibit(
        topic=book.topics[topic].label,
        finding=_finding(computed, years, book),
        book=book,
        statistic=book.word("rates_statistic", minimum=book.minimum_cases) if names else "",
        charts=[_plot(computed.filter(pl.col("metric") == name), name, years, book) for name in names],
        table=_table(rows, names, book) if names else None,
        notes=[_defined(name, book) for name in names] + _uncomputed(rows, names, book) + [book.word("points_note")]
        if names
        else [],
    )


def _finding(computed: pl.DataFrame, years: list[int], book: Codebook) -> str:
    if computed.is_empty():
        return book.word("no_rate", period=wording.period(years, book))
    first = computed.filter(pl.col("metric") == computed["metric"].first())
    return wording.rate_finding(first.sort("year").row(-1, named=True), book)


def _defined(name: str, book: Codebook) -> str:
    return book.label(name) + book.word("colon") + book.metrics[name].note


def _points(rows: pl.DataFrame, book: Codebook) -> pl.DataFrame:
    """The years of one rate with what a chart shows of each; a line joins only years that may be compared."""
    said = list(rows.iter_rows(named=True))
    return rows.select(
        "year",
        "value",
        solid=pl.col("judged") & ~pl.col("uncertain"),
        text=pl.Series([wording.rate(row, book) for row in said], dtype=pl.String),
        counts=pl.Series([_counts(row, book) for row in said], dtype=pl.String),
        segment=((pl.col("year").diff() != 1) | pl.col("points").is_null()).fill_null(value=True).cum_sum(),
    )


def _plot(rows: pl.DataFrame, name: str, years: list[int], book: Codebook) -> Drawing:
    points = _points(rows.sort("year"), book)
    reach = max(top(points["value"]), 1.0) * 1.3
    axis = alt.Axis(title=None, tickCount=3, domain=False, ticks=False)
    y = alt.Y("value:Q", axis=axis, scale=alt.Scale(domain=[0, reach], nice=False))
    tooltip = [alt.Tooltip("year:Q", format="d"), alt.Tooltip("text:N"), alt.Tooltip("counts:N")]
    solid = alt.Chart(points.filter("solid")).mark_point(size=64, filled=True, opacity=1, color=ACCENT)
    hollow = alt.Chart(points.filter(~pl.col("solid"))).mark_point(size=70, fill=PAPER, strokeWidth=2, color=ACCENT)
    return alt.layer(
        alt.Chart(points).mark_line(color=ACCENT).encode(year_axis(years), y, detail="segment:N"),
        solid.encode(year_axis(years), y, tooltip=tooltip),
        hollow.encode(year_axis(years), y, tooltip=tooltip),
        alt.Chart(points).mark_text(dy=-13, color=INK).encode(year_axis(years), y, alt.Text("text:N")),
        width=WIDTH,
        height=HEIGHT,
        title=alt.Title(book.label(name), subtitle=book.unit_of(name)),
        description=_described(points, name, years, book),
    )


def _described(points: pl.DataFrame, name: str, years: list[int], book: Codebook) -> str:
    said = [
        book.word("alt_point", year=year, figure=book.word("in_brackets", text=text, aside=counts))
        for year, text, counts in points.select("year", "text", "counts").iter_rows()
    ]
    period = wording.period(years, book)
    return book.word("alt_series", label=book.label(name), period=period, points=wording.listed(said, book))


def _counts(row: dict[str, Any], book: Codebook) -> str:
    return f"{wording.number(row['numerator'], book)}/{wording.number(row['denominator'], book)}"


def _table(rows: pl.DataFrame, names: list[str], book: Codebook) -> Table:
    """The rates that some year gives, with their counts, for the years that give any."""
    held = {(row["metric"], row["year"]): row for row in rows.iter_rows(named=True)}
    years = sorted(rows.filter(pl.col("value").is_not_null())["year"].unique())
    lines = [[Cell(book.label(name)), *[_cell(held[name, year], book) for year in years]] for name in names]
    heads = [book.word("head_metric"), *[book.word("year", year=year) for year in years]]
    return Table(caption=wording.period(years, book), heads=heads, rows=lines)


def _cell(row: dict[str, Any], book: Codebook) -> Cell:
    if row["value"] is None:
        return Cell(book.word("not_computed"), "gap")
    text = book.word("in_brackets", text=wording.rate(row, book), aside=_counts(row, book))
    minimum = book.word("not_judged", minimum=book.minimum_cases)
    return Cell(text if row["judged"] else wording.clauses([text, minimum], book), "number")


def _uncomputed(rows: pl.DataFrame, names: list[str], book: Codebook) -> list[str]:
    """One line that names the rates that no year gives."""
    lacking = [book.label(name) for name in dict.fromkeys(rows["metric"]) if name not in names]
    return [book.word("rates_uncomputed", labels=wording.listed(lacking, book))] if lacking else []
