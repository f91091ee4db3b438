"""What wholes were made of in one year: bars with counts and shares, a tick for the year before."""

from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts import parts
from analysis.charts.answering import TOLD
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.tables import moved
from analysis.charts.theme import BAR, INK, PAPER, label_axis, room, top
from analysis.codebook import Codebook

STEP = 30  # pixels of one bar
LABEL_ROOM = 128  # pixels for the words left of the bars
BAR_ROOM = 204  # for the bars and the numbers right of them


def structure(rows: pl.DataFrame, book: Codebook, *, year: int, topic: str) -> Exhibit:
    """What were the wholes made of in `year`? Bars, and a tick for the year before; metrics.parts of a history."""
    now = parts.judged(rows.filter(pl.col("year") == year), book)
    wholes = list(dict.fromkeys(rows["whole"]))
    shown = [name for name in wholes if top(now.filter(pl.col("whole") == name)["value"])]
    held = now.filter(pl.col("whole").is_in(shown))
    first = (shown or wholes)[0]
    period = {"period": book.word("year", year=year), "before": year - 1}
    ticks = held.filter(_comparable())["previous"].is_not_null().any()
    return Exhibit(
        topic=book.topics[topic].label,
        finding=parts.finding(now.filter(pl.col("whole") == first), first, year, book),
        book=book,
        statistic=book.word(_statistic(held, ticks=ticks), **period) if shown else "",
        charts=[_bars(of, name, year, book) for name, of in parts.by_whole(held)],
        table=_table(held, book, year) if shown else None,
        notes=[
            *parts.marked(held, book),
            *parts.incomplete(held, book),
            *parts.small(held, book),
            *([book.word("doubt_rounding")] if _shared(held) else []),
        ],
    )


def _shared(held: pl.DataFrame) -> bool:
    return held["share"].is_not_null().any()


def _statistic(held: pl.DataFrame, *, ticks: bool) -> str:
    """The key of the line that says what the bars show."""
    if not _shared(held):
        return "by_part_alone"
    return "by_part_and_before" if ticks else "by_part"


def _comparable() -> pl.Expr:
    return pl.col("reason").is_null() | (pl.col("reason") == "base_zero")


def _bars(now: pl.DataFrame, whole: str, year: int, book: Codebook) -> Drawing:
    rows = list(now.iter_rows(named=True))
    frame = now.select(
        "value",
        previous=pl.when(_comparable()).then("previous"),
        label=pl.Series([parts.short(row, book) for row in rows], dtype=pl.String),
        text=pl.Series([parts.said(wording.brief(row, book), book) for row in rows], dtype=pl.String),
        told=pl.Series([_told(row, book) for row in rows], dtype=pl.String),
    )
    scale = alt.Scale(domain=[0, top(frame["value"], frame["previous"]) * 1.9], nice=False)
    left = room(frame["label"], limit=LABEL_ROOM)
    axis = label_axis(left, limit=LABEL_ROOM)
    y = alt.Y("label:N", sort=None, axis=axis)
    bar = alt.Chart(frame).mark_bar(color=BAR, height=16)
    ticked = alt.Chart(frame.filter(pl.col("previous").is_not_null()))
    before = alt.X("previous:Q", axis=None, scale=scale)
    return alt.layer(
        bar.encode(alt.X("value:Q", axis=None, scale=scale), y, TOLD),
        ticked.mark_tick(color=PAPER, thickness=5, size=22).encode(before, y, TOLD),
        ticked.mark_tick(color=INK, thickness=2, size=22).encode(before, y, TOLD),
        alt.Chart(frame).mark_text(align="right", color=INK).encode(alt.XValue(BAR_ROOM), y, alt.Text("text:N")),
        width=BAR_ROOM,
        height=STEP * frame.height,
        title=alt.Title(book.label(whole), subtitle=_subtitle(now, year, book)),
        description=_described(now, whole, year, book),
    )


def _told(row: dict[str, Any], book: Codebook) -> str:
    return wording.clauses([parts.told(row, book), moved(row, book)], book)


def _subtitle(now: pl.DataFrame, year: int, book: Codebook) -> str:
    of_whole = parts.totals(now).to_dicts()
    if not of_whole:
        return book.word("year", year=year)
    return book.word("whole_of_year", year=year, total=wording.figure_told(of_whole[0], book))


def _described(now: pl.DataFrame, whole: str, year: int, book: Codebook) -> str:
    said = [
        book.word("label_figure", label=parts.called(row, book), figure=parts.said(row, book))
        for row in now.iter_rows(named=True)
    ]
    return book.word(
        "alt_series", label=book.label(whole), period=book.word("year", year=year), points=wording.listed(said, book)
    )


def _table(now: pl.DataFrame, book: Codebook, year: int) -> Table:
    """Each whole with its parts below; shares and changes only where some part has one."""
    shared, compared = _shared(now), now["previous_status"].is_not_null().any()
    rows: list[list[Cell]] = []
    levels: list[int] = []
    for whole, of in parts.by_whole(now):
        total = [parts.count(row, book) for row in parts.totals(of).iter_rows(named=True)]
        blanks = [Cell("")] * (int(shared) + int(compared))
        rows.append([Cell(book.label(whole)), *(total or [Cell("", "gap")]), *blanks])
        for row in of.iter_rows(named=True):
            share = [Cell(parts.share(row, book), "gap" if row["share"] is None else "number")] if shared else []
            change = [Cell(wording.change_short(row, book), "note")] if compared else []
            rows.append([Cell(parts.called(row, book)), parts.count(row, book), *share, *change])
        levels += [0, *[1] * of.height]
    words = ["head_indicator", "this_year", *["head_share"] * shared, *["head_change"] * compared]
    heads = [book.word(word) for word in words]
    return Table(caption=book.word("year", year=year), heads=heads, rows=rows, levels=levels)
