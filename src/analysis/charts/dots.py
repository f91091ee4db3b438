"""The parts of one whole as counts, for years that have no shares: a dot and its number, every gap by its mark."""

from itertools import pairwise

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts import parts
from analysis.charts.exhibit import Drawing
from analysis.charts.stacks import breaks
from analysis.charts.theme import ACCENT, INK, MUTED, PAPER, TINT, room, top
from analysis.codebook import Codebook

STEP = 28  # pixels of one row
LABEL_ROOM = 176  # pixels at most for the words on the left
COLUMN, WIDEST = 27, 80  # pixels of one year; numbers with marks may need more
ROOM = 340  # of words and years together: more years become a further plot
SMALLEST_DOT, LARGEST_DOT = 200, 520  # the smallest still holds its number


def dots(of: pl.DataFrame, whole: str, book: Codebook) -> list[Drawing]:
    """The counts of the years without shares, from the first to the last that states any; rows of one whole, judged.

    No plot holds years on both sides of a break.
    """
    unshared = of.filter(pl.col("share").is_null().all().over("year"))
    stated = unshared.filter(pl.col("value").is_not_null())
    if stated.is_empty():
        return []
    held = unshared.filter(pl.col("year").is_between(min(stated["year"]), max(stated["year"])))
    years = sorted(held["year"].unique())
    reach = top(stated["value"])
    column = max(COLUMN, room(_cells(stated, book)["text"], limit=WIDEST))
    edges = [years[0], *breaks(of, whole, years, book), years[-1] + 1]
    return [
        _plot(_used(held.filter(pl.col("year").is_in(span))), whole, span, (reach, column), book)
        for first, end in pairwise(edges)
        for span in _spans(held.filter(pl.col("year").is_between(first, end, closed="left")), column, book)
    ]


def _spans(held: pl.DataFrame, column: int, book: Codebook) -> list[list[int]]:
    """The years of some rows from the first to the last stated, in as few spans as have room."""
    stated = held.filter(pl.col("value").is_not_null())
    if stated.is_empty():
        return []
    years = [year for year in sorted(held["year"].unique()) if min(stated["year"]) <= year <= max(stated["year"])]
    wide = room((parts.short(row, book) for row in _used(held).iter_rows(named=True)), limit=LABEL_ROOM)
    plots = -(-len(years) // ((ROOM - wide) // column))
    size = -(-len(years) // plots)
    return [years[at : at + size] for at in range(0, len(years), size)]


def _used(held: pl.DataFrame) -> pl.DataFrame:
    """The rows of the parts that some year states, and for each other year that lacks their row one that says so."""
    part = ["indicator", "applicant"]
    used = held.filter(pl.col("value").is_not_null()).select(part).unique(maintain_order=True)
    every = used.join(held.select("year").unique(), how="cross")
    full = every.join(held, on=[*part, "year"], how="left").sort(*part, "year")
    return full.with_columns(pl.col("status").fill_null("not_applicable"))


def _plot(rows: pl.DataFrame, whole: str, years: list[int], size: tuple[float, int], book: Codebook) -> Drawing:
    """The counts of some years; `size`: the largest of all plots, and the pixels of a year."""
    reach, column = size
    cells = _cells(rows, book)
    labels = cells["label"].unique(maintain_order=True).to_list()
    wide = room(labels, limit=LABEL_ROOM)
    above = alt.Axis(
        title=None, domain=False, ticks=False, labelPadding=6, labelAngle=0, labelFontSize=11, orient="top"
    )
    left = alt.Axis(title=None, domain=False, ticks=False, labelLimit=LABEL_ROOM, minExtent=wide, maxExtent=wide)
    x = alt.X("year:O", axis=above, scale=alt.Scale(domain=[str(year) for year in years]))
    y = alt.Y("label:N", axis=left, scale=alt.Scale(domain=labels))
    area = alt.Size(
        "value:Q", scale=alt.Scale(type="sqrt", domain=[0, reach], range=[SMALLEST_DOT, LARGEST_DOT]), legend=None
    )
    fill = alt.condition(alt.datum.exact, alt.value(TINT), alt.value(PAPER))
    told = [alt.Tooltip("label:N"), alt.Tooltip("year:O"), alt.Tooltip("why:N")]
    stated, gaps = cells.filter(pl.col("value").is_not_null()), cells.filter(pl.col("value").is_null())
    dot = alt.Chart(stated.filter(pl.col("value") > 0)).mark_circle(opacity=1, stroke=ACCENT, strokeWidth=1.2)
    aside = [book.word("counts_alone", unit=book.unit_of(whole)), parts.scope(rows, book)]
    subtitle = wording.listed(filter(None, aside), book)
    return alt.layer(
        dot.encode(x, y, area, color=fill, tooltip=told),
        alt.Chart(stated).mark_text(color=INK).encode(x, y, alt.Text("text:N"), tooltip=told),
        alt.Chart(gaps).mark_text(color=MUTED).encode(x, y, alt.Text("text:N"), tooltip=told),
        width=column * len(years),
        height=STEP * len(labels),
        title=alt.Title(book.label(whole), subtitle=subtitle, offset=14),
        description=_described(rows, whole, years, book),
    )


def _cells(rows: pl.DataFrame, book: Codebook) -> pl.DataFrame:
    """What a chart shows of each count and each gap: label, number with its marks or the mark, the words of a gap."""
    told = [
        (parts.short(row, book), wording.marked(row, book), wording.figure(row, book))
        if row["value"] is not None
        else (parts.short(row, book), book.statuses[row["status"]].mark, book.statuses[row["status"]].label)
        for row in rows.iter_rows(named=True)
    ]
    words = pl.DataFrame(told, schema={"label": pl.String, "text": pl.String, "why": pl.String}, orient="row")
    exact = (pl.col("status") == "reported") & (pl.col("qualifier") == "exact")
    cells = rows.select("value", year=pl.col("year").cast(pl.String), exact=exact.fill_null(value=False))
    return pl.concat([cells, words], how="horizontal")


def _described(rows: pl.DataFrame, whole: str, years: list[int], book: Codebook) -> str:
    points = [
        book.word(
            "alt_point",
            year=row["year"],
            figure=book.word("label_figure", label=parts.called(row, book), figure=wording.figure(row, book)),
        )
        for row in rows.iter_rows(named=True)
    ]
    period = wording.period(years, book)
    return book.word("alt_series", label=book.label(whole), period=period, points=wording.listed(points, book))
