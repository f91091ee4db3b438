"""Counts by year as dots with their numbers: a stated 0 is a square, what is not exact hollow, a gap its mark."""

from collections.abc import Callable
from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.answering import TOLD
from analysis.charts.exhibit import Drawing
from analysis.charts.theme import ACCENT, INK, MUTED, PAPER, TINT, label_axis, room
from analysis.codebook import Codebook

STEP = 30  # pixels of one row
LABEL_ROOM = 184  # pixels at most for the words on the left: fifteen Chinese letters
COLUMN, WIDEST = 27, 80  # pixels of one year; numbers with marks may need more
ROOM = 340  # of words and years together: more years become a further plot
SMALLEST_DOT, LARGEST_DOT = 200, 520  # the smallest still holds its number
ZERO = 300  # a square, as large as a count of a few: nothing happened, which is not the same as no figure

Row = dict[str, Any]


def dots(
    rows: pl.DataFrame,
    book: Codebook,
    *,
    called: Callable[[Row], str],
    reach: float,
    label: str,
    title: alt.Title | None = None,
) -> list[Drawing]:
    """The counts of `rows`, one for each year and what it is `called`, in as few plots as have room.

    `reach` is the largest count of all plots on one scale, `label` what the rows are together.
    """
    if rows.is_empty():
        return []
    cells = _cells(rows, called, book)
    years = cells["year"].unique().sort().to_list()
    column = max(COLUMN, room(cells.filter(pl.col("value").is_not_null())["text"], limit=WIDEST))
    plots = -(-len(years) // ((ROOM - room(cells["label"], limit=LABEL_ROOM)) // column))
    size = -(-len(years) // plots)
    spans = [years[at : at + size] for at in range(0, len(years), size)]
    heads = {"title": title} if title else {}
    return [
        _plot(held, column, reach).properties(**heads, description=_described(held, label, book))
        for held in (cells.filter(pl.col("year").is_in(span)) for span in spans)
    ]


def _cells(rows: pl.DataFrame, called: Callable[[Row], str], book: Codebook) -> pl.DataFrame:
    """What a chart shows of each count and each gap: label, number with its marks or the mark, both in words."""
    said = [
        {
            "label": called(row),
            "text": wording.marked(wording.brief(row, book), book)
            if row["value"] is not None
            else book.statuses[row["status"]].mark,
            "why": wording.figure(row, book),
            "told": wording.told_of(called(row), row, book),
        }
        for row in rows.iter_rows(named=True)
    ]
    exact = (pl.col("status") == "reported") & (pl.col("qualifier") == "exact")
    cells = rows.select("value", year=pl.col("year").cast(pl.String), exact=exact.fill_null(value=False))
    return pl.concat([cells, pl.DataFrame(said)], how="horizontal")


def _plot(cells: pl.DataFrame, column: int, reach: float) -> Drawing:
    years, labels = (cells[name].unique(maintain_order=True).to_list() for name in ("year", "label"))
    wide = room(labels, limit=LABEL_ROOM)
    above = alt.Axis(
        title=None, domain=False, ticks=False, labelPadding=6, labelAngle=0, labelFontSize=11, orient="top"
    )
    left = label_axis(wide, limit=LABEL_ROOM)
    x = alt.X("year:O", axis=above, scale=alt.Scale(domain=years))
    y = alt.Y("label:N", axis=left, scale=alt.Scale(domain=labels))
    scale = alt.Scale(type="sqrt", domain=[0, reach], range=[SMALLEST_DOT, LARGEST_DOT])
    size = alt.Size("value:Q", scale=scale, legend=None)
    fill = alt.condition(alt.datum.exact, alt.value(TINT), alt.value(PAPER))
    zeros, counts = (cells.filter(of) for of in (pl.col("value") == 0, pl.col("value") > 0))
    stated, gaps = cells.filter(pl.col("value").is_not_null()), cells.filter(pl.col("value").is_null())
    return alt.layer(
        alt.Chart(zeros)
        .mark_square(size=ZERO, opacity=1, stroke=ACCENT, strokeWidth=1.5)
        .encode(x, y, TOLD, color=alt.value(PAPER)),
        alt.Chart(counts).mark_circle(opacity=1, stroke=ACCENT, strokeWidth=1.5).encode(x, y, size, TOLD, color=fill),
        alt.Chart(stated).mark_text(color=INK).encode(x, y, alt.Text("text:N"), TOLD),
        alt.Chart(gaps).mark_text(color=MUTED).encode(x, y, alt.Text("text:N"), TOLD),
        width=column * len(years),
        height=STEP * len(labels),
    )


def _described(cells: pl.DataFrame, label: str, book: Codebook) -> str:
    points = [
        book.word(
            "alt_point", year=row["year"], figure=book.word("label_figure", label=row["label"], figure=row["why"])
        )
        for row in cells.iter_rows(named=True)
    ]
    period = wording.period(map(int, cells["year"]), book)
    return book.word("alt_series", label=label, period=period, points=wording.listed(points, book))
