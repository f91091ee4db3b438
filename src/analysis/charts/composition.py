"""How the parts' shares of a whole developed: a stack for each complete year, an empty place for the others."""

from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts import parts
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.tables import since_first_figure
from analysis.charts.theme import PALETTE, PAPER, WIDTH
from analysis.codebook import Codebook

HEIGHT = 210
SHOWN_FROM = 8  # percent: a thinner slice has no room for its number


def composition(rows: pl.DataFrame, book: Codebook, *, topic: str) -> Exhibit:
    """How did the parts' shares of a whole develop? Incomplete years stay empty; rows of metrics.parts."""
    rows = since_first_figure(rows) if rows["value"].is_not_null().any() else rows
    years = sorted(rows["year"].unique())
    ((whole, _),) = parts.by_whole(rows)
    complete = rows.filter(pl.col("share").is_not_null())
    stated = rows.filter(pl.col("value").is_not_null() | pl.col("total").is_not_null())
    latest = max(complete["year"].to_list() or stated["year"].to_list() or years)
    shows = stated["value"].is_not_null().any()
    return Exhibit(
        topic=book.topics[topic].label,
        finding=parts.finding(rows.filter(pl.col("year") == latest), whole, latest, book),
        book=book,
        statistic=book.word("composition_statistic") if complete.height else "",
        charts=[_stacks(complete, years, whole, book)] if complete.height else [],
        table=_shares(rows, book) if shows else None,
        notes=[*parts.incomplete(rows, book), *([book.word("doubt_rounding")] if complete.height else [])]
        if shows
        else [],
    )


def _parts(rows: pl.DataFrame) -> list[dict[str, Any]]:
    return list(rows.unique(["indicator", "applicant"], keep="first", maintain_order=True).iter_rows(named=True))


def _slices(complete: pl.DataFrame, book: Codebook) -> pl.DataFrame:
    """The parts of complete years with what a chart shows of each: label, order, text, the middle of its slice."""
    labels = [parts.short(row, book) for row in _parts(complete)]
    rows = list(complete.iter_rows(named=True))
    slices = complete.select(
        "share",
        year=pl.col("year").cast(pl.String),
        label=pl.Series([parts.short(row, book) for row in rows], dtype=pl.String),
        order=pl.Series([labels.index(parts.short(row, book)) for row in rows], dtype=pl.Int64),
        text=pl.Series([parts.said(row, book) for row in rows], dtype=pl.String),
        shown=pl.Series(
            [wording.percent(row["share"]) if row["share"] >= SHOWN_FROM else "" for row in rows], dtype=pl.String
        ),
    ).sort("year", "order")
    return slices.with_columns(middle=pl.col("share").cum_sum().over("year") - pl.col("share") / 2)


def _stacks(complete: pl.DataFrame, years: list[int], whole: str, book: Codebook) -> Drawing:
    slices = _slices(complete, book)
    labels = list(dict.fromkeys(slices.sort("order")["label"]))
    full = alt.Scale(domain=[0, 100])
    x = alt.X(
        "year:O",
        scale=alt.Scale(domain=[str(year) for year in years]),
        axis=alt.Axis(title=None, labelAngle=0, labelOverlap="parity"),
    )
    y = alt.Y("share:Q", stack="zero", axis=None, scale=full)
    colour = alt.Color("label:N", scale=alt.Scale(domain=labels, range=PALETTE[: len(labels)]))
    tooltip = [alt.Tooltip("label:N"), alt.Tooltip("year:O"), alt.Tooltip("text:N")]
    base = alt.Chart(slices).encode(x)
    bar = base.mark_bar(stroke=PAPER, strokeWidth=1.5).encode(y, colour, order=alt.Order("order:Q"), tooltip=tooltip)
    text = base.mark_text(color=PAPER, fontSize=11).encode(
        alt.Y("middle:Q", axis=None, scale=full), alt.Text("shown:N")
    )
    title = alt.Title(book.label(whole), subtitle="%")
    described = _described(complete, years, whole, book)
    return alt.layer(bar, text, width=WIDTH, height=HEIGHT, title=title, description=described)


def _described(complete: pl.DataFrame, years: list[int], whole: str, book: Codebook) -> str:
    points = [
        book.word(
            "alt_point",
            year=row["year"],
            figure=book.word("alt_part", label=parts.called(row, book), figure=parts.said(row, book)),
        )
        for row in complete.sort("year", maintain_order=True).iter_rows(named=True)
    ]
    period = wording.period(years, book)
    return book.word("alt_series", label=book.label(whole), period=period, points=wording.listed(points, book))


def _shares(rows: pl.DataFrame, book: Codebook) -> Table:
    years = sorted(rows.filter(pl.col("status") != "report_missing")["year"].unique())
    held = {(*parts.key(row), row["year"]): row for row in rows.iter_rows(named=True)}
    lines = [
        [Cell(parts.called(row, book)), *[_said_cell(held.get((*parts.key(row), year)), book) for year in years]]
        for row in _parts(rows.filter(pl.col("value").is_not_null()))
    ]
    heads = [book.word("head_indicator"), *[book.word("year", year=year) for year in years]]
    return Table(caption=wording.period(years, book), heads=heads, rows=lines)


def _said_cell(row: dict[str, Any] | None, book: Codebook) -> Cell:
    if row is None or row["value"] is None:
        return parts.count(row, book)
    return Cell(parts.said(row, book), "number")
