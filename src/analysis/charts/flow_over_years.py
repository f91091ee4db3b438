"""Requests in and out over the years: for each year its two stacks on one scale, or the mark of what a side lacks."""

from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.answering import TOLD, answering
from analysis.charts.exhibit import Drawing
from analysis.charts.flow_of_year import HEADROOM, called, pointed, slices, told
from analysis.charts.theme import INK, MUTED, PAPER, WIDTH, top, year_axis
from analysis.codebook import Codebook

HEIGHT = 150
MARK_AT = HEIGHT - 7  # pixels from the top: on the ground
PAIR = {"in": (-0.4, -0.02), "out": (0.02, 0.4)}  # where a year's stacks lie on the axis of years
TWO_LINES = 0.1  # of the highest stack: what they need more
LINE = "|"  # between the two lines of totals that differ
NUMBERED_YEARS = 8  # with more, only the last year's totals have room

Row = dict[str, Any]


def flow_over_years(terms: pl.DataFrame, book: Codebook, *, topic: str) -> Drawing:
    """Both sides of each year; a side that lacks a term is not drawn. The terms of metrics.flow, without outcomes."""
    years = sorted(terms["year"].unique())
    drawn = slices(terms, PAIR, book).with_columns(pl.col("left", "right") + pl.col("year"))
    room = HEADROOM + (TWO_LINES if (terms["apart"] != 0).any() else 0)
    scale = alt.Scale(domain=[0, top(drawn["high"]) * room or 1.0], nice=False)
    low, high = (alt.Y(f"{name}:Q", axis=None, scale=scale) for name in ("low", "height"))
    stacks = alt.Chart(drawn).mark_bar(stroke=PAPER, strokeWidth=0.6)
    fill = alt.Fill("fill:N", scale=None, legend=None)
    totals = _totals(terms, years, book)
    two = pl.col("text").str.contains(LINE, literal=True)
    marks = alt.Chart(_gaps(terms, book)).mark_text(color=MUTED, fontSize=11)
    at = year_axis(years, field="at")
    return alt.layer(
        *answering([stacks.encode(year_axis(years, field="left"), low, fill, TOLD, x2="right", y2="high")], by="label"),
        *[
            alt.Chart(held)
            .mark_text(dy=dy, lineBreak=LINE, fontSize=11, color=INK)
            .encode(at, high, alt.Text("text:N"))
            for held, dy in ((totals.filter(~two), -8), (totals.filter(two), -21))
            if held.height
        ],
        marks.encode(at, alt.YValue(MARK_AT), alt.Text("mark:N"), TOLD),
        width=WIDTH,
        height=HEIGHT,
        title=alt.Title(wording.period(years, book), subtitle=book.word("flow_subtitle")),
        description=_described(terms, years, book, topic),
    )


def _totals(terms: pl.DataFrame, years: list[int], book: Codebook) -> pl.DataFrame:
    """What stands above the stacks: one total where both are equal, else each side's."""
    texts: list[Row] = []
    numbered = years if len(years) <= NUMBERED_YEARS else years[-1:]
    drawn = terms.filter(pl.col("total").is_not_null(), pl.col("year").is_in(numbered))
    for (year,), of in drawn.group_by("year", maintain_order=True):
        totals = dict(of.select("side", "total").unique(maintain_order=True).iter_rows())
        alone = next(iter(totals))
        equal = of["apart"][0] == 0
        numbers = [wording.number(wording.rounded(total, book), book) for total in totals.values()]
        if not equal and len(set(numbers)) < len(numbers):
            numbers = [wording.number(total, book) for total in totals.values()]
        shift = 0.0 if len(totals) > 1 else sum(PAIR[alone]) / 2
        text = numbers[0] if equal else f"{LINE}≠".join(numbers)
        texts.append({"at": of["year"][0] + shift, "height": max(totals.values()), "text": text, "year": year})
    schema = {"at": pl.Float64, "height": pl.Float64, "text": pl.String, "year": pl.Int64}
    return pl.DataFrame(texts, schema=schema)


def _gaps(terms: pl.DataFrame, book: Codebook) -> pl.DataFrame:
    """The mark of the first term that a side lacks; one mark where both sides lack alike."""
    lacking = terms.filter(pl.col("total").is_null(), ~pl.col("usable"))
    marks: list[Row] = []
    for row in lacking.unique(["year", "side"], keep="first", maintain_order=True).iter_rows(named=True):
        said = {"told": pointed(row, book), "mark": told(row, book)}
        marks.append(said | {"year": row["year"], "side": row["side"], "at": row["year"] + sum(PAIR[row["side"]]) / 2})
    schema = dict.fromkeys(["told", "mark", "side"], pl.String) | {"year": pl.Int64, "at": pl.Float64}
    frame = pl.DataFrame(marks, schema=schema)
    twice = (pl.len().over("year", "mark") > 1).alias("twice")
    merged = frame.with_columns(twice).unique(["year", "mark"], keep="first", maintain_order=True)
    return merged.with_columns(at=pl.when("twice").then(pl.col("year").cast(pl.Float64)).otherwise("at")).drop("twice")


def _described(terms: pl.DataFrame, years: list[int], book: Codebook, topic: str) -> str:
    points = [
        book.word(
            "alt_point",
            year=row["year"],
            figure=book.word("label_figure", label=called(row, book), figure=wording.figure(row, book)),
        )
        for row in terms.iter_rows(named=True)
    ]
    period = wording.period(years, book)
    return book.word("alt_series", label=book.topics[topic].label, period=period, points=wording.listed(points, book))
