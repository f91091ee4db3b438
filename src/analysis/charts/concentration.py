"""How much of a total its largest units hold: shares with their counts, none where the total is small."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.answering import TOLD
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.names import distinct, each, group, some
from analysis.charts.theme import BAR, INK, TINT, WIDTH, label_axis, room
from analysis.codebook import Codebook
from analysis.metrics import Field
from analysis.metrics import concentration as shares

STEP = 30  # pixels of one bar
LABEL_ROOM = 120


def concentration(rows: pl.DataFrame, book: Codebook, *, among: Field, names: dict[str, str], year: int) -> Exhibit:
    """How much of the field's total do its largest units hold? Rows of metrics.compared."""
    held = shares(rows, book, year=year)
    exact = rows.filter(pl.col("year") == year, pl.col("place") == "exact")
    label = book.label(str(rows["indicator"].first()))
    called = group(among.level, among.parent_level, book)
    topic = book.topics["concentration"].label
    if held.is_empty():
        word = "concentration_zero" if exact.height >= book.smallest_field else "ranking_small"
        said = {"all": len(among.units), "count": exact.height, "minimum": book.smallest_field}
        return Exhibit(topic=topic, finding=book.word(word, year=year, label=label, group=called, **said), book=book)
    first = held.row(0, named=True)
    largest = list(exact.filter(pl.col("rank") == 1).iter_rows(named=True))
    shown, name = distinct(names, book), largest[0]["indicator"]
    told = {
        "label": wording.scoped(largest[0], book),
        "unit": some([shown[row["unit"]] for row in largest], book, most=3),
        "share": _told(first, largest, book),
        "figure": each(wording.figure(wording.brief(largest[0], book), book), largest, book),
        "total": wording.counted(wording.rounded(first["denominator"], book, name), name, book),
    }
    finding = book.word("concentration_finding", year=year, count=first["units"], group=called, **told)
    return Exhibit(
        topic=topic,
        finding=wording.bound(finding, exact.iter_rows(named=True), book),
        book=book,
        statistic=book.word("concentration_statistic", count=first["units"], all=len(among.units)),
        charts=[_plot(held, name, year, book)] if first["judged"] else [],
        table=_table(held, name, book, year),
    )


def _share(row: dict[str, float | bool | int], book: Codebook) -> str:
    return wording.percent(row["share"]) if row["judged"] else book.word("not_judged", minimum=book.minimum_cases)


def _told(row: dict[str, float | bool | int], largest: Sequence[object], book: Codebook) -> str:
    """The share of the largest unit, or of each of several; of a small total, that there is none."""
    if not row["judged"]:
        return book.word("concentration_unjudged", minimum=book.minimum_cases)
    word = "concentration_share_each" if len(largest) > 1 else "concentration_share"
    return book.word(word, share=_share(row, book))


def _largest(row: dict[str, int | bool], book: Codebook) -> str:
    """What the largest units of a row are called: "largest 3", the tenth said so."""
    text = book.word("largest_units", count=row["largest"])
    return book.word("in_brackets", text=text, aside=book.word("largest_tenth")) if row["tenth"] else text


def _counts(row: dict[str, float], name: str, book: Codebook) -> str:
    return "/".join(wording.number(row[side], book, name) for side in ("numerator", "denominator"))


def _pointed(row: dict[str, Any], name: str, book: Codebook, year: int) -> str:
    """A share with its counts."""
    said = book.word("in_brackets", text=_share(row, book), aside=_counts(row, name, book))
    return book.word("figure_of_unit", year=year, unit=_largest(row, book), figure=said)


def _plot(held: pl.DataFrame, name: str, year: int, book: Codebook) -> Drawing:
    label = book.label(name)
    rows = list(held.iter_rows(named=True))
    frame = held.select(
        "share",
        whole=pl.lit(100.0),
        largest=pl.Series([_largest(row, book) for row in rows]),
        text=pl.Series([_share(row, book) for row in rows]),
        told=pl.Series([_pointed(row, name, book, year) for row in rows]),
    )
    wide = room(frame["largest"], limit=LABEL_ROOM)
    axis = label_axis(wide, limit=LABEL_ROOM)
    y = alt.Y("largest:N", sort=None, axis=axis)
    scale = alt.Scale(domain=[0, 130], nice=False)  # the whole ends where the numbers begin
    base = alt.Chart(frame).encode(y, TOLD)
    points = [book.word("label_figure", label=_largest(row, book), figure=_share(row, book)) for row in rows]
    period = book.word("year", year=year)
    return alt.layer(
        base.mark_bar(color=TINT, height=14).encode(alt.X("whole:Q", axis=None, scale=scale)),
        base.mark_bar(color=BAR, height=14).encode(alt.X("share:Q", axis=None, scale=scale)),
        base.mark_text(align="right", color=INK).encode(alt.XValue(WIDTH - LABEL_ROOM), alt.Text("text:N")),
        width=WIDTH - LABEL_ROOM,
        height=STEP * held.height,
        title=alt.Title(label, subtitle="%"),
        description=book.word("alt_series", label=label, period=period, points=wording.listed(points, book)),
    )


def _table(held: pl.DataFrame, name: str, book: Codebook, year: int) -> Table:
    lines = [
        [Cell(_largest(row, book)), Cell(_counts(row, name, book), "number"), Cell(_share(row, book), "number")]
        for row in held.iter_rows(named=True)
    ]
    heads = [book.word(head) for head in ("head_units", "head_counts", "head_share")]
    caption = wording.listed([book.word("year", year=year), book.unit_of(name)], book)
    return Table(caption=caption, heads=heads, rows=lines)
