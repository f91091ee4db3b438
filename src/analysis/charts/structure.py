"""What wholes were made of in one year: bars with counts and shares, a tick for the year before."""

from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts import parts
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.theme import ACCENT, INK, top
from analysis.codebook import Codebook

STEP = 30  # pixels of one bar
LABEL_ROOM = 128  # pixels for the words left of the bars
BAR_ROOM = 204  # for the bars and the numbers right of them


def structure(rows: pl.DataFrame, book: Codebook, *, year: int, topic: str) -> Exhibit:
    """What were the wholes made of in `year`? Bars, and a tick for the year before; rows of metrics.parts."""
    now = rows.filter(pl.col("year") == year)
    before = rows.filter(pl.col("year") == year - 1)
    wholes = list(dict.fromkeys(now["whole"]))
    shown = [name for name in wholes if now.filter(pl.col("whole") == name)["value"].max()]
    held = now.filter(pl.col("whole").is_in(shown))
    first = (shown or wholes)[0]
    return Exhibit(
        topic=book.topics[topic].label,
        finding=parts.finding(now.filter(pl.col("whole") == first), first, year, book),
        book=book,
        statistic=book.word("statistic", what=book.word("by_part"), period=book.word("year", year=year))
        if shown
        else "",
        charts=[
            _bars(of, before.filter(pl.col("whole") == name), name, year, book) for name, of in parts.by_whole(held)
        ],
        table=_table(held, before, book) if shown else None,
        notes=[*parts.incomplete(held, book), book.word("doubt_rounding")] if shown else [],
    )


def _bars(now: pl.DataFrame, before: pl.DataFrame, whole: str, year: int, book: Codebook) -> Drawing:
    previous = before.select("indicator", "applicant", previous="value")
    held = now.join(previous, on=["indicator", "applicant"], how="left")
    frame = held.select(
        "value",
        "previous",
        label=pl.Series([parts.short(row, book) for row in held.iter_rows(named=True)], dtype=pl.String),
        text=pl.Series([parts.said(row, book) for row in held.iter_rows(named=True)], dtype=pl.String),
    )
    reach = top(frame["value"], frame["previous"]) * 1.9
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, reach], nice=False))
    y = alt.Y("label:N", sort=None, axis=alt.Axis(title=None, domain=False, ticks=False, labelLimit=LABEL_ROOM))
    bar = (
        alt.Chart(frame)
        .mark_bar(color=ACCENT, height=16)
        .encode(x, y, tooltip=[alt.Tooltip("label:N"), alt.Tooltip("text:N")])
    )
    tick = (
        alt.Chart(frame.filter(pl.col("previous").is_not_null()))
        .mark_tick(color=INK, thickness=2, size=22)
        .encode(x=alt.X("previous:Q", axis=None, scale=alt.Scale(domain=[0, reach], nice=False)), y=y)
    )
    text = alt.Chart(frame).mark_text(align="right", color=INK).encode(alt.XValue(BAR_ROOM), y, alt.Text("text:N"))
    title = alt.Title(book.label(whole), subtitle=book.word("year", year=year))
    return alt.layer(
        bar,
        tick,
        text,
        width=BAR_ROOM,
        height=STEP * frame.height,
        title=title,
        description=_described(now, whole, year, book),
    )


def _described(now: pl.DataFrame, whole: str, year: int, book: Codebook) -> str:
    said = [
        book.word("alt_part", label=parts.called(row, book), figure=parts.said(row, book))
        for row in now.iter_rows(named=True)
    ]
    return book.word(
        "alt_series", label=book.label(whole), period=book.word("year", year=year), points=wording.listed(said, book)
    )


def _table(now: pl.DataFrame, before: pl.DataFrame, book: Codebook) -> Table:
    earlier = {parts.key(row): row for row in before.iter_rows(named=True)}
    rows = [
        [
            Cell(parts.called(row, book)),
            parts.count(row, book),
            _share(row),
            parts.count(earlier.get(parts.key(row)), book),
            _share(earlier.get(parts.key(row))),
        ]
        for row in now.iter_rows(named=True)
    ]
    words = ["head_indicator", "this_year", "head_share", "year_before", "head_share"]
    return Table(
        caption=book.word("year", year=now["year"].first()), heads=[book.word(word) for word in words], rows=rows
    )


def _share(row: dict[str, Any] | None) -> Cell:
    share = row["share"] if row else None
    return Cell("", "gap") if share is None else Cell(wording.percent(share), "number")
