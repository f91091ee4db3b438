"""Rates over the years, each with its counts; too few cases are hollow and not assessed."""

from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.theme import ACCENT, INK, PAPER, WIDTH, top, year_axis
from analysis.codebook import Codebook

HEIGHT = 104


def rates(rows: pl.DataFrame, book: Codebook, *, topic: str) -> Exhibit:
    """How did these rates develop? One plot for each that can be computed in some year; rows of metrics.rates."""
    years = sorted(rows["year"].unique())
    computed = rows.filter(pl.col("value").is_not_null())
    names = list(dict.fromkeys(computed["metric"]))
    return Exhibit(
        topic=book.topics[topic].label,
        finding=_finding(computed, years, book),
        book=book,
        statistic=book.word("rates_statistic", minimum=book.minimum_cases) if names else "",
        charts=[_plot(computed.filter(pl.col("metric") == name), name, years, book) for name in names],
        table=_table(rows, years, book),
        notes=[book.label(name) + book.word("colon") + book.metrics[name].note for name in names],
    )


def _finding(computed: pl.DataFrame, years: list[int], book: Codebook) -> str:
    if computed.is_empty():
        return book.word("no_rate", period=wording.period(years, book))
    first = computed.filter(pl.col("metric") == computed["metric"].first())
    return wording.rate_finding(first.sort("year").row(-1, named=True), book)


def _plot(rows: pl.DataFrame, name: str, years: list[int], book: Codebook) -> Drawing:
    frame = rows.sort("year").select(
        "year",
        "value",
        solid=pl.col("judged") & ~pl.col("uncertain"),
        text=pl.Series([wording.rate(row, book) for row in rows.sort("year").iter_rows(named=True)], dtype=pl.String),
        counts=pl.Series([_counts(row, book) for row in rows.sort("year").iter_rows(named=True)], dtype=pl.String),
        segment=((pl.col("year").diff() != 1) | pl.col("points").is_null()).fill_null(value=True).cum_sum(),
    )
    reach = max(top(frame["value"]), 1.0) * 1.3
    y = alt.Y(
        "value:Q",
        axis=alt.Axis(title=None, tickCount=3, domain=False, ticks=False),
        scale=alt.Scale(domain=[0, reach], nice=False),
    )
    base = alt.Chart(frame)
    tooltip = [alt.Tooltip("year:Q", format="d"), alt.Tooltip("text:N"), alt.Tooltip("counts:N")]
    line = base.mark_line(color=ACCENT).encode(year_axis(years), y, detail="segment:N")
    solid = (
        alt.Chart(frame.filter("solid"))
        .mark_point(size=64, filled=True, opacity=1, color=ACCENT)
        .encode(year_axis(years), y, tooltip=tooltip)
    )
    hollow = (
        alt.Chart(frame.filter(~pl.col("solid")))
        .mark_point(size=70, fill=PAPER, strokeWidth=2, opacity=1, color=ACCENT)
        .encode(year_axis(years), y, tooltip=tooltip)
    )
    label = base.mark_text(dy=-13, color=INK).encode(year_axis(years), y, alt.Text("text:N"))
    said = [
        book.word(
            "alt_point",
            year=row["year"],
            figure=book.word("in_brackets", text=wording.rate(row, book), aside=_counts(row, book)),
        )
        for row in rows.sort("year").iter_rows(named=True)
    ]
    described = book.word(
        "alt_series", label=book.label(name), period=wording.period(years, book), points=wording.listed(said, book)
    )
    title = alt.Title(book.label(name), subtitle=book.unit_of(name))
    return alt.layer(line, solid, hollow, label, width=WIDTH, height=HEIGHT, title=title, description=described)


def _counts(row: dict[str, Any], book: Codebook) -> str:
    return f"{wording.number(row['numerator'], book)}/{wording.number(row['denominator'], book)}"


def _table(rows: pl.DataFrame, years: list[int], book: Codebook) -> Table:
    held = {(row["metric"], row["year"]): row for row in rows.iter_rows(named=True)}
    lines = [
        [Cell(book.label(name)), *[_cell(held.get((name, year)), book) for year in years]]
        for name in dict.fromkeys(rows["metric"])
    ]
    heads = [book.word("head_metric"), *[book.word("year", year=year) for year in years]]
    return Table(caption=wording.period(years, book), heads=heads, rows=lines)


def _cell(row: dict[str, Any] | None, book: Codebook) -> Cell:
    if row is None:
        return Cell(book.statuses["report_missing"].label, "gap")
    if row["value"] is None:
        return Cell(wording.rate(row, book), "gap")
    text = book.word("in_brackets", text=wording.rate(row, book), aside=_counts(row, book))
    return Cell(
        text if row["judged"] else wording.clauses([text, book.word("not_judged", minimum=book.minimum_cases)], book),
        "number",
    )
