"""Figures over the years: one small plot an indicator, lines only where years may be joined, gaps marked and named."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts import breaks
from analysis.charts.answering import TOLD, answering
from analysis.charts.exhibit import Drawing, Exhibit
from analysis.charts.tables import by_year, card, key, moved, silence, since_first_figure
from analysis.charts.theme import (
    ACCENT,
    DASHES,
    INK,
    MUTED,
    PALETTE,
    PAPER,
    SHAPES,
    WIDTH,
    number_axis,
    numbered,
    top,
    year_axis,
)
from analysis.codebook import Codebook
from analysis.metrics import leading

HEIGHT = 132
GAP_AT = HEIGHT - 5  # pixels from the top: on the axis, below every value
LOWEST_BELOW = 0.2  # of the scale: a lower point has no room for its number between itself and the axis
WHOLE_TICKS_TO = 4  # a count up to here gets every whole number as a tick, and no fraction of one

SCOPES = alt.Legend(symbolType="stroke", symbolStrokeWidth=3, symbolSize=260)


def over_time(rows: pl.DataFrame, book: Codebook, *, topic: str) -> Exhibit:
    """How did these figures develop? One plot for each indicator that has any; rows of metrics.history.

    A single year is no development: it is shown as figures, not as a plot with one dot.
    """
    years = sorted(rows["year"].unique())
    stated = [name for name in dict.fromkeys(rows["indicator"]) if _has_value(rows, name)]
    silent = rows.filter(~pl.col("indicator").is_in(stated))
    held = rows.filter(pl.col("indicator").is_in(stated))
    plotted = stated if len(years) > 1 else []
    shown = since_first_figure(held)
    return Exhibit(
        topic=book.topics[topic].label,
        finding=_finding(rows, stated, years, book),
        book=book,
        statistic=book.word("by_year") if plotted else "",
        charts=[_plot(shown.filter(pl.col("indicator") == name), name, book) for name in plotted],
        table=by_year(held, book, changes=True) if plotted else None,
        notes=[
            *key(shown, book),
            *breaks.forms_named(shown, book),
            *([silence(silent, years, book)] if silent.height else []),
        ]
        if plotted
        else [],
        block="" if plotted or not stated else "headlines",
        content={"cards": [card(row, book) for row in leading(held).iter_rows(named=True)]},
    )


def _has_value(rows: pl.DataFrame, name: str) -> bool:
    return rows.filter(pl.col("indicator") == name)["value"].is_not_null().any()


def _finding(rows: pl.DataFrame, stated: Sequence[str], years: Sequence[int], book: Codebook) -> str:
    if not years:
        return book.word("no_past")
    if not stated:
        return silence(rows, years, book)
    first = leading(rows.filter(pl.col("indicator") == stated[0])).sort("year")
    return wording.finding(list(first.iter_rows(named=True)), book)


def _plot(rows: pl.DataFrame, name: str, book: Codebook) -> Drawing:
    years = sorted(rows["year"].unique())
    scopes = rows.filter(pl.col("value").is_not_null())["scope"].value_counts(sort=True)["scope"].to_list()
    points = _points(rows.filter(pl.col("value").is_not_null()), years, book)
    gaps = rows.filter(pl.col("value").is_null(), ~pl.col("year").is_in(points["year"].unique().implode()))
    shown = {"scopes": scopes, "colours": PALETTE[: len(scopes)], "top": _reach(points)}
    rules = breaks.rules([entry.from_year for entry in book.changes(name)], years, book)
    series = [
        _lines(points, years, shown, book),
        *_dots(points, years, shown, book),
        *_labels(points, years, shown, book),
    ]
    layers = [
        *breaks.forms(years, book),
        *rules,
        *(answering(series, by="scope", legend=True) if len(scopes) > 1 else series),
        *_gap_marks(gaps, years, book),
    ]
    only = scopes[0] if len(scopes) == 1 else None
    subtitle = filter(None, [book.unit_of(name), wording.scope(only, book)])
    title = alt.Title(book.label(name), subtitle=wording.listed(subtitle, book), offset=20 if rules else 10)
    return alt.layer(*layers, width=WIDTH, height=HEIGHT, title=title, description=_described(rows, name, years, book))


def _points(rows: pl.DataFrame, years: list[int], book: Codebook) -> pl.DataFrame:
    """The rows that have a value, with what a chart shows of each: label, mark, scope in words."""
    said = [wording.marked(wording.brief(row, book), book) for row in rows.iter_rows(named=True)]
    told = [wording.clauses([wording.told(row, book), moved(row, book)], book) for row in rows.iter_rows(named=True)]
    kind = (
        pl.when(pl.col("status") != "reported")
        .then("status")
        .otherwise("qualifier")
        .replace({"at_least": "approx", "blank": "exact"})
    )
    shown = numbered(rows["year"].to_list(), rows["value"].to_list(), of=len(years))
    return rows.select(
        "year",
        "value",
        "segment",
        kind=kind,
        label=pl.Series([text if place in shown else "" for place, text in enumerate(said)], dtype=pl.String),
        told=pl.Series(told, dtype=pl.String),
        scope=pl.col("scope").replace_strict(
            {name: term.label for name, term in book.terms["scope"].items()}, return_dtype=pl.String
        ),
    )


def _reach(points: pl.DataFrame) -> float:
    """How far the scale reaches: to the largest figure that counts as the others do, or of all where none does."""
    alike = points.filter(pl.col("kind") != "definition_differs")
    return top((alike if alike.height else points)["value"])


def _y(shown: dict[str, Any], book: Codebook) -> alt.Y:
    ticks = list(range(math.ceil(shown["top"]) + 1)) if shown["top"] <= WHOLE_TICKS_TO else None
    return alt.Y(
        "value:Q",
        axis=number_axis(book, values=ticks),
        scale=alt.Scale(domain=[0, max(1.0, shown["top"] * 1.18)], nice=False, clamp=True),
    )


def _by_scope(shown: dict[str, Any], book: Codebook) -> alt.Color | alt.ColorValue:
    if len(shown["scopes"]) < 2:
        return alt.ColorValue(ACCENT)
    labels = [book.term("scope", scope) for scope in shown["scopes"]]
    return alt.Color("scope:N", scale=alt.Scale(domain=labels, range=shown["colours"]), legend=SCOPES)


def _lines(points: pl.DataFrame, years: list[int], shown: dict[str, Any], book: Codebook) -> alt.Chart:
    """Lines over the stretches that may be joined; dashes tell scopes apart beside their colours."""
    labels = [book.term("scope", scope) for scope in shown["scopes"]]
    base = (
        alt.Chart(points.filter(pl.col("segment").is_not_null()))
        .mark_line()
        .encode(year_axis(years), _y(shown, book), _by_scope(shown, book), detail=alt.Detail(["segment:N", "scope:N"]))
    )
    dashes = alt.StrokeDash("scope:N", scale=alt.Scale(domain=labels, range=DASHES[: len(labels)]), legend=SCOPES)
    return base.encode(dashes) if len(labels) > 1 else base


def _dots(points: pl.DataFrame, years: list[int], shown: dict[str, Any], book: Codebook) -> list[alt.Chart]:
    """Solid for exact figures, hollow and shaped by status for all others."""
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())), legend=None)
    solid = alt.Chart(points.filter(pl.col("kind") == "exact")).mark_point(size=64, filled=True, opacity=1)
    hollow = alt.Chart(points.filter(pl.col("kind") != "exact")).mark_point(
        size=70, strokeWidth=2, fill=PAPER, opacity=1
    )
    return [
        chart.encode(year_axis(years), _y(shown, book), _by_scope(shown, book), shape, TOLD)
        for chart in (solid, hollow)
    ]


def _labels(points: pl.DataFrame, years: list[int], shown: dict[str, Any], book: Codebook) -> list[alt.Chart]:
    """Each point's number: above it, below it in a valley of its line or of a lesser scope; none on the axis."""
    before, after = (pl.col("value").shift(by).over("scope", order_by="year") for by in (1, -1))
    valley = (before.is_null() | (before > pl.col("value"))) & (after.is_null() | (after > pl.col("value")))
    alone = before.is_null() & after.is_null()
    lesser = pl.col("scope") != book.term("scope", shown["scopes"][0])
    below = (lesser | (valley & ~alone)) & (pl.col("value") > shown["top"] * LOWEST_BELOW)
    placed = points.with_columns(below=below, first=pl.col("year") == years[0])
    return [
        alt.Chart(held)
        .mark_text(dy=16 if low else -13, dx=-5 if first else 0, align="left" if first else "center", color=INK)
        .encode(year_axis(years), _y(shown, book), alt.Text("label:N"))
        for (low, first), held in placed.group_by("below", "first", maintain_order=True)
    ]


def _gap_marks(gaps: pl.DataFrame, years: list[int], book: Codebook) -> list[alt.Chart]:
    if gaps.is_empty():
        return []
    marks = gaps.select(
        "year",
        mark=pl.col("status").replace_strict({name: status.mark for name, status in book.statuses.items()}),
        told=pl.Series([wording.told(row, book) for row in gaps.iter_rows(named=True)], dtype=pl.String),
    )
    return [
        alt.Chart(marks)
        .mark_text(color=MUTED, fontSize=13)
        .encode(year_axis(years), alt.YValue(GAP_AT), alt.Text("mark:N"), TOLD)
    ]


def _described(rows: pl.DataFrame, name: str, years: Iterable[int], book: Codebook) -> str:
    said = [
        book.word("alt_point", year=row["year"], figure=wording.figure(row, book))
        for row in rows.sort("year").iter_rows(named=True)
    ]
    return book.word(
        "alt_series", label=book.label(name), period=wording.period(years, book), points=wording.listed(said, book)
    )
