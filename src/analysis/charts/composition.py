"""How the parts' shares of a whole developed: a stack for each complete year, an empty place for the others."""

from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts import parts
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.theme import INK, MUTED, PALETTE, PAPER, WIDTH
from analysis.codebook import Codebook

HEIGHT = 210
SHOWN_FROM = 8  # percent: a thinner slice has no room for its number


def composition(rows: pl.DataFrame, book: Codebook, *, topic: str) -> Exhibit:
    """How did the parts' shares of a whole develop? Incomplete years stay empty; rows of metrics.parts."""
    years = sorted(rows["year"].unique())
    complete = rows.filter(pl.col("share").is_not_null())
    ((whole, _),) = parts.by_whole(rows)
    latest = complete["year"].max()
    now = complete.filter(pl.col("year") == latest)
    return Exhibit(
        topic=book.topics[topic].label,
        finding=parts.finding(now, whole, years[-1] if latest is None else int(str(latest)), book),
        book=book,
        statistic=book.word("composition_statistic") if now.height else "",
        charts=[_stacks(complete, years, whole, book)] if now.height else [],
        table=_shares(rows, years, book) if now.height else None,
        notes=[*parts.incomplete(rows, book), book.word("doubt_rounding")] if now.height else [],
    )


def _parts(rows: pl.DataFrame) -> list[dict[str, Any]]:
    return list(rows.unique(["indicator", "applicant"], keep="first", maintain_order=True).iter_rows(named=True))


def _stacks(complete: pl.DataFrame, years: list[int], whole: str, book: Codebook) -> Drawing:
    labels = [parts.short(row, book) for row in _parts(complete)]
    said = [parts.short(row, book) for row in complete.iter_rows(named=True)]
    frame = complete.select(
        "share",
        year=pl.col("year").cast(pl.String),
        label=pl.Series(said, dtype=pl.String),
        order=pl.Series([labels.index(label) for label in said], dtype=pl.Int64),
        text=pl.Series([parts.said(row, book) for row in complete.iter_rows(named=True)], dtype=pl.String),
        shown=pl.Series(
            [wording.percent(share) if share >= SHOWN_FROM else "" for share in complete["share"]], dtype=pl.String
        ),
    )
    x = alt.X(
        "year:O",
        scale=alt.Scale(domain=[str(year) for year in years]),
        axis=alt.Axis(title=None, labelAngle=0, labelOverlap="parity"),
    )
    y = alt.Y("share:Q", stack="zero", axis=None, scale=alt.Scale(domain=[0, 100]))
    colour = alt.Color("label:N", scale=alt.Scale(domain=labels, range=PALETTE[: len(labels)]))
    base = alt.Chart(frame).encode(x, y, order=alt.Order("order:Q"))
    bar = base.mark_bar(stroke=PAPER, strokeWidth=1.5).encode(
        colour, tooltip=[alt.Tooltip("label:N"), alt.Tooltip("year:O"), alt.Tooltip("text:N")]
    )
    middle = frame.sort("year", "order").with_columns(at=pl.col("share").cum_sum().over("year") - pl.col("share") / 2)
    text = (
        alt.Chart(middle)
        .mark_text(color=PAPER, fontSize=11)
        .encode(x, alt.Y("at:Q", axis=None, scale=alt.Scale(domain=[0, 100])), alt.Text("shown:N"))
    )
    points = [
        book.word(
            "alt_point",
            year=row["year"],
            figure=book.word("alt_part", label=parts.called(row, book), figure=parts.said(row, book)),
        )
        for row in complete.sort("year").iter_rows(named=True)
    ]
    described = book.word(
        "alt_series", label=book.label(whole), period=wording.period(years, book), points=wording.listed(points, book)
    )
    return alt.layer(
        bar,
        text,
        width=WIDTH,
        height=HEIGHT,
        title=alt.Title(book.label(whole), subtitle="%", color=INK, subtitleColor=MUTED),
        description=described,
    )


def _shares(rows: pl.DataFrame, years: list[int], book: Codebook) -> Table:
    held = {(*parts.key(row), row["year"]): row for row in rows.iter_rows(named=True)}
    lines = [
        [Cell(parts.called(row, book)), *[_said_cell(held.get((*parts.key(row), year)), book) for year in years]]
        for row in _parts(rows)
    ]
    heads = [book.word("head_indicator"), *[book.word("year", year=year) for year in years]]
    return Table(caption=wording.period(years, book), heads=heads, rows=lines)


def _said_cell(row: dict[str, Any] | None, book: Codebook) -> Cell:
    if row is None or row["value"] is None:
        return parts.count(row, book)
    return Cell(parts.said(row, book), "number")
