"""Requests in and out in one year: two stacks on one scale with their totals, every slice with its label beside it."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts import parts
from analysis.charts.answering import TOLD
from analysis.charts.exhibit import Drawing
from analysis.charts.theme import ACCENT, BAR, INK, MUTED, PALETTE, PAPER, top
from analysis.codebook import Codebook

HEIGHT = 230
LINE = 16  # pixels from label to label
ROOM = 328  # pixels of the plot, and where its two stacks lie in it
STACKS = {"in": (86, 120), "out": (164, 198)}
BESIDE = 8  # pixels from a stack to its labels
HEADROOM = 1.12  # for the totals
CARRIED = "#87919c"  # what goes from one year to the next

Row = dict[str, Any]


def flow_of_year(now: pl.DataFrame, book: Codebook, *, topic: str) -> Drawing:
    """Both sides of one year; a side that lacks a term is told, not drawn. Rows of metrics.flow of one year."""
    year, reach = int(now["year"][0]), top(now["total"]) * HEADROOM or 1.0
    labels = _labels(now, reach, book)
    y = alt.Scale(domain=[0, reach], nice=False)
    across = alt.Scale(domain=[0, ROOM], nice=False)
    at, height = alt.X("at:Q", axis=None, scale=across), alt.Y("height:Q", axis=None, scale=y)
    left, low = alt.X("left:Q", axis=None, scale=across), alt.Y("low:Q", axis=None, scale=y)
    edge, middle = alt.X("edge:Q", axis=None, scale=across), alt.Y("middle:Q", axis=None, scale=y)
    fill = alt.Fill("fill:N", scale=None, legend=None)
    led = alt.Chart(labels.filter(pl.col("middle").is_not_null())).mark_rule(color=MUTED, strokeWidth=0.6)
    subtitle = [book.unit_of("requests_received"), parts.scope(now.filter("usable"), book)]
    named = [alt.Chart(labels.filter(pl.col("side") == side)) for side in STACKS]
    return alt.layer(
        alt.Chart(slices(now, STACKS, book))
        .mark_bar(stroke=PAPER, strokeWidth=1)
        .encode(left, low, fill, TOLD, x2="right", y2="high"),
        led.encode(edge, middle, x2="at", y2="height"),
        named[0].mark_text(align="right", dx=-2, color=INK).encode(at, height, alt.Text("text:N")),
        named[1].mark_text(align="left", dx=2, color=INK).encode(at, height, alt.Text("text:N")),
        alt.Chart(_totals(now, book))
        .mark_text(dy=-9, fontWeight=600, fontSize=13, color=INK)
        .encode(at, height, alt.Text("text:N")),
        width=ROOM,
        height=HEIGHT,
        title=alt.Title(book.word("year", year=year), subtitle=wording.listed(filter(None, subtitle), book)),
        description=_described(now, year, book, topic),
    )


def shown(now: pl.DataFrame) -> pl.DataFrame:
    """The rows that stacks are made of: the outcomes in place of the requests concluded where they are at hand."""
    of_term = pl.col("indicator").cast(pl.String) == pl.col("term")
    return now.filter(of_term.all().over("year", "term") | ~of_term)


def called(row: Row, book: Codebook) -> str:
    """The short name of a term or an outcome."""
    return book.word(f"flow_{row['term']}") if row["indicator"] == row["term"] else parts.short(row, book)


def pointed(row: Row, book: Codebook) -> str:
    """What a pointer on a term or an outcome is told."""
    told = {"label": called(row, book), "figure": wording.figure_in_full(row, book)}
    return book.word("figure_of_year", year=row["year"], **told)


def told(row: Row, book: Codebook) -> str:
    """A figure's number with its marks, or the mark of its gap."""
    return book.statuses[row["status"]].mark if row["value"] is None else wording.marked(row, book)


def colour(row: Row, order: int = 0) -> str:
    """Grey for what is carried over, one blue each for received and concluded, the palette's `order`th for outcomes."""
    if row["indicator"] != row["term"]:
        return PALETTE[order % len(PALETTE)]
    return {"requests_received": BAR, "requests_concluded": ACCENT}.get(row["term"], CARRIED)


def slices(rows: pl.DataFrame, places: Mapping[str, tuple[float, float]], book: Codebook) -> pl.DataFrame:
    """The slices of the sides that can be drawn, from the ground up; `places`: where each side's stack lies."""
    made: list[Row] = []
    drawn = shown(rows).filter(pl.col("total").is_not_null())
    for (year, side), of in drawn.group_by("year", "side", maintain_order=True):
        left, right = places[str(side)]
        low = 0.0
        for order, row in enumerate(of.iter_rows(named=True)):
            high = low + row["value"]
            where = {"year": year, "side": side, "left": left, "right": right, "low": low, "high": high}
            look = {"label": called(row, book), "told": pointed(row, book), "fill": colour(row, order)}
            made.append(where | look)
            low = high
    return pl.DataFrame(made)


def _labels(now: pl.DataFrame, reach: float, book: Codebook) -> pl.DataFrame:
    """What stands beside the stacks: each slice that is not 0, and of a side that is not drawn each term."""
    line = LINE * reach / HEIGHT
    labels: list[Row] = []
    for side, (left, right) in STACKS.items():
        edge, at = (left, left - BESIDE) if side == "in" else (right, right + BESIDE)
        rows = shown(now).filter(pl.col("side") == side)
        drawn = rows["total"].is_not_null().all()
        held = rows.with_columns(high=pl.col("value").cum_sum()).filter((pl.col("value") != 0) | (not drawn))
        middles = (
            (held["high"] - held["value"] / 2).to_list() if drawn else [line * place for place in range(held.height)]
        )
        heights = _apart([float(middle) for middle in middles], line, reach)
        labels += [
            {"side": side, "edge": edge, "at": at, "text": f"{called(row, book)} {told(row, book)}", "height": height}
            | {"middle": middle if drawn else None}
            for row, middle, height in zip(held.iter_rows(named=True), middles, heights, strict=True)
        ]
    return pl.DataFrame(labels, schema_overrides={"middle": pl.Float64, "height": pl.Float64})


def _apart(middles: list[float], line: float, reach: float) -> list[float]:
    """Heights near `middles`, which rise, that are a `line` apart and lie within the plot where there is room."""
    heights: list[float] = []
    for middle in middles:
        heights.append(max(middle, heights[-1] + line if heights else line / 2))
    highest = (reach - line / 2 - line * above for above in range(len(heights)))
    return [min(height, limit) for height, limit in zip(reversed(heights), highest, strict=True)][::-1]


def _totals(now: pl.DataFrame, book: Codebook) -> pl.DataFrame:
    """The totals above the stacks that are drawn, and between two whether they are equal."""
    sides = now.filter(pl.col("total").is_not_null()).unique("side", keep="first", maintain_order=True)
    texts = [
        {"text": wording.number(row["total"], book), "at": sum(STACKS[row["side"]]) / 2, "height": row["total"]}
        for row in sides.iter_rows(named=True)
    ]
    if sides.height == len(STACKS):
        between = (STACKS["in"][1] + STACKS["out"][0]) / 2
        texts.append({"text": "≠" if now["apart"][0] else "=", "at": between, "height": top(sides["total"])})
    return pl.DataFrame(texts, schema={"text": pl.String, "at": pl.Float64, "height": pl.Float64})


def _described(now: pl.DataFrame, year: int, book: Codebook, topic: str) -> str:
    """Both sides in words, gaps included."""
    sides = [
        wording.listed(
            (
                book.word("label_figure", label=called(row, book), figure=wording.figure(row, book))
                for row in shown(now).filter(pl.col("side") == side).iter_rows(named=True)
            ),
            book,
        )
        for side in STACKS
    ]
    return book.word("alt_flow", label=book.topics[topic].label, year=year, entered=sides[0], gone=sides[1])
