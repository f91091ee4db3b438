"""How the figures of a field spread, year by year: bands that break at gaps and where the indicator changed."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts import breaks
from analysis.charts.answering import TOLD
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.names import group
from analysis.charts.theme import ACCENT, BAND, INK, MUTED, PAPER, TINT, WIDTH, number_axis, top, year_axis
from analysis.codebook import Codebook
from analysis.metrics import Field, spread

HEIGHT = 180
COUNTS_AT = HEIGHT + 9  # pixels: the row of counts between plot and axis
QUANTILES = ("p10", "p25", "p50", "p75", "p90")
RANGES = {"head_p50": ("p50", "p50"), "head_half": ("p25", "p75"), "head_four_fifths": ("p10", "p90")}


def bands(rows: pl.DataFrame, book: Codebook, *, among: Field) -> Exhibit:
    """How did the field spread over the years? Rows of metrics.compared; small fields are dots, not bands."""
    stated = rows.filter(pl.col("place") == "exact")
    held = _rounded(spread(rows, book), stated["value"])
    years = sorted(held["year"])
    called = group(among.level, among.parent_level, book)
    name = str(rows["indicator"].first())
    if stated.is_empty():
        finding = book.word("bands_none", label=book.label(name), group=called, period=wording.period(years, book))
        return Exhibit(topic=book.topics["bands"].label, finding=finding, book=book)
    shown = held.filter(pl.col("year") >= stated["year"].min())
    return Exhibit(
        topic=book.topics["bands"].label,
        finding=_finding(held, stated, called, book),
        book=book,
        statistic=book.word("bands_statistic", minimum=book.smallest_field),
        charts=[_plot(shown, stated, name, book)],
        table=_table(shown, name, book),
        notes=[book.word("bands_note")],
    )


def _rounded(held: pl.DataFrame, figures: pl.Series) -> pl.DataFrame:
    """The quantiles with no more decimals than the figures call for."""
    columns = {
        name: [None if value is None else wording.between(value, figures) for value in held[name]] for name in QUANTILES
    }
    return held.with_columns(pl.Series(name, values, dtype=pl.Float64) for name, values in columns.items())


def _finding(held: pl.DataFrame, stated: pl.DataFrame, called: str, book: Codebook) -> str:
    known = held.filter(pl.col("p50").is_not_null())
    label = wording.scoped(stated.row(-1, named=True), book)
    if known.is_empty():
        return book.word("bands_small", label=label, group=called, minimum=book.smallest_field)
    last = known.row(-1, named=True)
    name = str(stated["indicator"].first())
    said = {
        part: wording.counted(wording.rounded(last[part], book, name), name, book) for part in ("p25", "p50", "p75")
    }
    told = book.word("bands_finding", year=last["year"], label=label, count=last["count"], group=called, **said)
    return wording.bound(told, stated.filter(pl.col("year") == last["year"]).iter_rows(named=True), book)


def _plot(held: pl.DataFrame, stated: pl.DataFrame, name: str, book: Codebook) -> Drawing:
    years = sorted(held["year"])
    few = stated.join(held.filter(pl.col("p50").is_null()), on="year", how="semi")
    rings = [wording.told(row, book) for row in few.iter_rows(named=True)]
    small = few.select("year", "value", told=pl.Series(rings, dtype=pl.String))
    known = held.filter(pl.col("p50").is_not_null())
    known = known.with_columns(
        told=pl.Series([_told(row, name, book) for row in known.iter_rows(named=True)], dtype=pl.String)
    )
    reach = (top(known["p90"], small["value"]) or 1.0) * 1.1
    scale = alt.Scale(domain=[0, reach], nice=False)
    x = year_axis(years, offset=16)
    joined = known.filter(pl.len().over("segment") > 1)
    alone = known.filter(pl.len().over("segment") == 1)
    texts = [_number(wording.rounded(each, book, name), name, book) for each in known["p50"].tail(1)]
    last = known.tail(1).with_columns(text=pl.Series(texts, dtype=pl.String))

    def y(column: str) -> alt.Y:
        return alt.Y(f"{column}:Q", axis=number_axis(book, name), scale=scale)

    named = alt.Chart(last)
    layers: list[alt.Chart] = []
    for lower, upper, colour in (("p10", "p90", TINT), ("p25", "p75", BAND)):
        layers.append(alt.Chart(joined).mark_area(color=colour).encode(x, y(lower), alt.Y2(upper), detail="segment:N"))
        layers.append(alt.Chart(alone).mark_bar(color=colour, width=9).encode(x, y(lower), alt.Y2(upper)))
    layers += [
        alt.Chart(joined).mark_line(color=ACCENT).encode(x, y("p50"), detail="segment:N"),
        alt.Chart(known).mark_point(size=40, filled=True, opacity=1, color=ACCENT).encode(x, y("p50"), TOLD),
        alt.Chart(small).mark_point(size=30, fill=PAPER, color=INK, strokeWidth=1.2).encode(x, y("value"), TOLD),
        named.mark_text(dy=-10, fontWeight=600, stroke=PAPER, strokeWidth=4).encode(x, y("p50"), alt.Text("text:N")),
        named.mark_text(dy=-10, fontWeight=600, color=INK).encode(x, y("p50"), alt.Text("text:N")),
        *breaks.rules([entry.from_year for entry in book.changes(name)], years, book),
        alt.Chart(held).mark_text(fontSize=10, color=MUTED).encode(x, alt.YValue(COUNTS_AT), alt.Text("count:Q")),
    ]
    title = alt.Title(book.label(name), subtitle=book.unit_of(name), offset=20)
    described = _described(held, name, years, book)
    return alt.layer(*layers, width=WIDTH, height=HEIGHT, title=title, description=described)


def _number(value: float | None, name: str, book: Codebook) -> str:
    return "" if value is None else wording.number(value, book, name)


def _told(row: Mapping[str, Any], name: str, book: Codebook) -> str:
    """The median of a year with the count of its units, and what its bands reach from and to."""
    said = book.word("bands_point", count=row["count"], median=wording.counted(row["p50"], name, book))
    reach = [
        book.word(head) + book.word("colon") + _range(row[first], row[last], name, book)
        for head, (first, last) in list(RANGES.items())[1:]
    ]
    return book.word("sentence_separator").join([book.word("alt_point", year=row["year"], figure=said), *reach])


def _described(held: pl.DataFrame, name: str, years: Sequence[int], book: Codebook) -> str:
    points = [
        book.word(
            "alt_point",
            year=row["year"],
            figure=book.word("bands_point", count=row["count"], median=_number(row["p50"], name, book))
            if row["p50"] is not None
            else book.word("bands_few", count=row["count"]),
        )
        for row in held.iter_rows(named=True)
    ]
    period = wording.period(years, book)
    return book.word("alt_series", label=book.label(name), period=period, points=wording.listed(points, book))


def _table(held: pl.DataFrame, name: str, book: Codebook) -> Table:
    """The quantiles of every year, the latest first."""
    lines = [
        [
            Cell(book.word("year", year=row["year"])),
            Cell(str(row["count"]), "number"),
            *[Cell(_range(row[first], row[last], name, book), "number") for first, last in RANGES.values()],
        ]
        for row in held.reverse().iter_rows(named=True)
    ]
    heads = [book.word(head) for head in ("head_year", "head_units", *RANGES)]
    return Table(wording.period(held["year"], book), heads, lines)


def _range(first: float | None, last: float | None, name: str, book: Codebook) -> str:
    if first is None or first == last:
        return _number(first, name, book)
    return book.word("between", first=_number(first, name, book), last=_number(last, name, book))
