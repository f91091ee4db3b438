"""What changed most: a bar for each figure, as long as it multiplied, its numbers above it."""

from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.answering import TOLD
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.theme import BAR, INK, MUTED, WIDTH
from analysis.codebook import Codebook

SHOWN, PLOTS = 6, 3  # bars of a plot, and plots side by side; the table lists the others
STEP = 46  # pixels of one bar with its numbers
BELOW = 15  # pixels from the middle of a row down to its bar
LEAST = 1.0  # the scale reaches at least twice and half, so that a small change looks small


def changes(rows: pl.DataFrame, book: Codebook, *, year: int) -> Exhibit:
    """What changed most on the year before? Rows of metrics.notable; bars of those that can be relied on alone."""
    firm = rows.filter(pl.col("reliability") == "firm")
    drawn = firm.head(SHOWN * PLOTS)
    reach = max([LEAST, *drawn["times"].abs()])
    return Exhibit(
        topic=book.topics["changes"].label,
        finding=_finding(rows, book, year),
        book=book,
        statistic=book.word("changes_statistic", year=year, before=year - 1) if firm.height else "",
        charts=[_bars(of, reach, book, year) for of in drawn.iter_slices(SHOWN)],
        table=_table(rows, book, year) if rows.height else None,
    )


def _finding(rows: pl.DataFrame, book: Codebook, year: int) -> str:
    if rows.is_empty():
        return book.word("changes_none", year=year, before=year - 1)
    first = rows.row(0, named=True)
    word = "changes_finding" if first["reliability"] == "firm" else "changes_finding_few"
    told = {"label": wording.scoped(first, book), "figure": wording.figure(wording.brief(first, book), book)}
    said = book.word(word, year=year, **told, change=wording.change(first, book))
    return wording.bound(said, [first], book)


def _told(row: dict[str, Any], book: Codebook, year: int) -> str:
    return book.word("figure_of_year", year=year, label=wording.scoped(row, book), figure=_text(row, book))


def _text(row: dict[str, Any], book: Codebook) -> str:
    """Both figures and the change: "406件→117件，−289（−71.2%）"."""
    figures = book.word("from_to", last=wording.figure(_before(row), book), now=wording.figure(row, book))
    return wording.clauses([figures, wording.change_short(row, book)], book)


def _bars(rows: pl.DataFrame, reach: float, book: Codebook, year: int) -> Drawing:
    held = list(rows.iter_rows(named=True))
    frame = rows.select(
        "times",
        place=pl.int_range(pl.len()),
        zero=pl.lit(0.0),
        label=pl.Series([wording.scoped(row, book) for row in held], dtype=pl.String),
        text=pl.Series([_text(row, book) for row in held], dtype=pl.String),
        told=pl.Series([_told(row, book, year) for row in held], dtype=pl.String),
    )
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    y = alt.Y("place:O", axis=None)
    base = alt.Chart(frame)
    bar = base.mark_bar(height=8, yOffset=BELOW, y2Offset=BELOW, color=BAR)
    return alt.layer(
        bar.encode(alt.X("times:Q", axis=None, scale=scale), y, TOLD),
        base.mark_tick(color=INK, thickness=1.5, size=16, yOffset=BELOW).encode(
            alt.X("zero:Q", axis=None, scale=scale), y
        ),
        base.mark_text(dy=-13, fontWeight=600, align="left", x=0).encode(y, alt.Text("label:N")),
        base.mark_text(dy=2, color=MUTED, fontSize=11, align="left", x=0).encode(y, alt.Text("text:N")),
        width=WIDTH,
        height=STEP * rows.height,
        description=_described(held, book, year),
    )


def _described(held: list[dict[str, Any]], book: Codebook, year: int) -> str:
    points = [book.word("label_figure", label=wording.scoped(row, book), figure=_text(row, book)) for row in held]
    label, period = book.topics["changes"].label, book.word("year", year=year)
    return book.word("alt_series", label=label, period=period, points=wording.listed(points, book))


def _table(rows: pl.DataFrame, book: Codebook, year: int) -> Table:
    """The figures that can be relied on, then the others below a line that says why they are not assessed."""
    lines: list[list[Cell]] = []
    levels: list[int] = []
    for (firm,), of in rows.group_by(pl.col("reliability") == "firm", maintain_order=True):
        title = book.word("changes_firm" if firm else "changes_others", minimum=book.minimum_cases)
        lines += [[Cell(title), *[Cell("")] * 3], *[_line(row, book) for row in of.iter_rows(named=True)]]
        levels += [0, *[1] * of.height]
    years = [book.word("year", year=each) for each in (year - 1, year)]
    heads = [book.word("head_indicator"), *years, book.word("head_change")]
    return Table(caption=book.word("year", year=year), heads=heads, rows=lines, levels=levels)


def _line(row: dict[str, Any], book: Codebook) -> list[Cell]:
    before, now = wording.figure(_before(row), book), wording.figure_marked(row, book)
    figures = [Cell(text, "number") for text in (before, now)]
    return [Cell(wording.scoped(row, book)), *figures, Cell(wording.change_short(row, book), "note")]


def _before(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "value": row["previous"], "qualifier": row["previous_qualifier"]}
