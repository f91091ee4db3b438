"""Measures over the years, each with its counts; too few cases are hollow and not assessed."""

from typing import Any, Literal

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts import breaks, parts
from analysis.charts.answering import TOLD
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.tables import since_first_figure, upright
from analysis.charts.theme import ACCENT, INK, MUTED, PAPER, WIDTH, numbered, top, year_axis
from analysis.codebook import Codebook

HEIGHT = 104
UNSAID = {"not_applicable", "report_missing"}  # a part that the forms of the years do not have is no gap


def rates(rows: pl.DataFrame, book: Codebook, *, topic: str) -> Exhibit:
    """How did these measures develop? One plot for each that can be computed in some year; rows of metrics.rates.

    Measures of other topics than `topic` stand in the table alone.
    """
    rows = _with_asides(since_first_figure(rows) if rows["value"].is_not_null().any() else rows, book)
    years = sorted(rows["year"].unique())
    computed = rows.filter(pl.col("value").is_not_null())
    names = list(dict.fromkeys(computed["metric"]))
    plotted = [name for name in names if book.metrics[name].topic == topic]
    return Exhibit(
        topic=book.topics[topic].label,
        finding=_finding(rows, computed, years, book),
        book=book,
        statistic=book.word("rates_statistic", minimum=book.minimum_cases) if plotted else "",
        charts=[_plot(computed.filter(pl.col("metric") == name), name, years, book) for name in plotted],
        table=_table(rows, names, book) if names else None,
        notes=[
            *_defined(plotted, book),
            *_scopes(computed, book),
            *uncomputed(rows, names, book),
            book.word("points_note"),
        ]
        if names
        else [],
    )


def _with_asides(rows: pl.DataFrame, book: Codebook) -> pl.DataFrame:
    """The rows with their `counts`, and with the scope of the year where those of a measure differ."""
    stated = pl.col("scope").filter(pl.col("value").is_not_null())
    rows = rows.with_columns(varied=stated.n_unique().over("metric") > 1)
    said = [
        wording.clauses([wording.counts(row, book), book.term("scope", row["scope"]) if row["varied"] else ""], book)
        if row["value"] is not None
        else ""
        for row in rows.iter_rows(named=True)
    ]
    return rows.with_columns(counts=pl.Series(said, dtype=pl.String))


def _scopes(computed: pl.DataFrame, book: Codebook) -> list[str]:
    """Which years count in which scope, for the measures where not all count in one."""
    told: dict[str, list[str]] = {}
    for (name,), of in computed.group_by("metric", maintain_order=True):
        for said in parts.scopes(of, book):
            told.setdefault(said, []).append(book.label(str(name)))
    return [wording.listed(labels, book) + book.word("colon") + said for said, labels in told.items()]


def _finding(rows: pl.DataFrame, computed: pl.DataFrame, years: list[int], book: Codebook) -> str:
    if not years:
        return book.word("no_past")
    if computed.is_empty():
        reasons = dict.fromkeys(wording.why_not(row, book) for row in rows.iter_rows(named=True))
        said = book.word("no_rate", period=wording.period(years, book))
        return book.word("in_brackets", text=said, aside=wording.listed(reasons, book))
    first = computed.filter(pl.col("metric") == computed["metric"].first())
    return wording.rate_finding(first.sort("year").row(-1, named=True), book)


def _defined(names: list[str], book: Codebook) -> list[str]:
    """How each is computed."""
    return [book.label(name) + book.word("colon") + book.metrics[name].note for name in names]


def _labels(points: pl.DataFrame, years: list[int]) -> list[tuple[pl.DataFrame, int, Literal["left", "center"]]]:
    """The points to label, the first year's apart: its number begins right of the axis."""
    first = pl.col("year") == years[0]
    return [(points.filter(~first), 0, "center"), (points.filter(first), -5, "left")]


def _points(rows: pl.DataFrame, years: list[int], book: Codebook) -> pl.DataFrame:
    """The years of one measure with what a chart shows of each; a line joins only years that may be compared."""
    said = list(rows.iter_rows(named=True))
    shown = numbered(rows["year"].to_list(), rows["value"].to_list(), of=len(years))
    joined = (pl.col("year").diff() == 1) & pl.col("points").is_not_null()
    return rows.select(
        "year",
        "value",
        "counts",
        solid="firm",
        text=pl.Series([wording.rate(row, book) for row in said], dtype=pl.String),
        told=pl.Series([str(wording.rate_finding(row, book)) for row in said], dtype=pl.String),
        segment=(~joined).fill_null(value=True).cum_sum(),
        labelled=pl.Series([place in shown for place in range(rows.height)], dtype=pl.Boolean),
    )


def _plot(rows: pl.DataFrame, name: str, years: list[int], book: Codebook) -> Drawing:
    points = _points(rows.sort("year"), years, book)
    lowest = min(0.0, *points["value"])
    reach = max(top(points["value"]), 1.0 if lowest == 0 else 0.0)
    room = (reach - lowest) * 0.3
    axis = alt.Axis(title=None, tickCount=3, domain=False, ticks=False)
    scale = alt.Scale(domain=[lowest - (room if lowest < 0 else 0), reach + room], nice=False)
    changed = [entry.from_year for term in book.metrics[name].terms for entry in book.changes(term.indicator)]
    rules = breaks.rules(changed, years, book)
    x, y = year_axis(years), alt.Y("value:Q", axis=axis, scale=scale)
    solid = alt.Chart(points.filter("solid")).mark_point(size=64, filled=True, opacity=1, color=ACCENT)
    hollow = alt.Chart(points.filter(~pl.col("solid"))).mark_point(size=70, fill=PAPER, strokeWidth=2, color=ACCENT)
    return alt.layer(
        *rules,
        *([alt.Chart(points).mark_rule(color=MUTED).encode(alt.YDatum(0))] if lowest < 0 else []),
        alt.Chart(points).mark_line(color=ACCENT).encode(x, y, detail="segment:N"),
        solid.encode(x, y, TOLD),
        hollow.encode(x, y, TOLD),
        *[
            alt.Chart(held).mark_text(dy=-13, dx=dx, align=align, color=INK).encode(x, y, alt.Text("text:N"))
            for held, dx, align in _labels(points.filter("labelled"), years)
        ],
        width=WIDTH,
        height=HEIGHT,
        title=alt.Title(book.label(name), subtitle=_subtitle(rows, name, book), offset=20 if rules else 10),
        description=_described(points, name, years, book),
    )


def _subtitle(rows: pl.DataFrame, name: str, book: Codebook) -> str:
    """The unit, and the scope where all years have one."""
    scopes = rows["scope"].unique().to_list()
    asides = [book.unit_of(name), wording.scope(scopes[0], book) if len(scopes) == 1 else ""]
    return wording.listed(filter(None, asides), book)


def _described(points: pl.DataFrame, name: str, years: list[int], book: Codebook) -> str:
    said = [
        book.word("alt_point", year=year, figure=book.word("in_brackets", text=text, aside=counts))
        for year, text, counts in points.select("year", "text", "counts").iter_rows()
    ]
    period = wording.period(years, book)
    return book.word("alt_series", label=book.label(name), period=period, points=wording.listed(said, book))


def _table(rows: pl.DataFrame, names: list[str], book: Codebook) -> Table:
    """The measures that some year gives, with their counts, for the years that give any; last the latest changes."""
    held = {(row["metric"], row["year"]): row for row in rows.iter_rows(named=True)}
    years = sorted(rows.filter(pl.col("value").is_not_null())["year"].unique())
    lines = [[Cell(book.label(name)), *[_cell(held.get((name, year)), book) for year in years]] for name in names]
    heads = [book.word("head_metric"), *[book.word("year", year=year) for year in years]]
    moved = [_change(held.get((name, years[-1])), book) for name in names]
    if any(cell.text for cell in moved):
        lines = [[*line, cell] for line, cell in zip(lines, moved, strict=True)]
        heads.append(book.word("change_of_year", year=years[-1]))
    return upright(Table(caption=wording.period(years, book), heads=heads, rows=lines), book)


def _cell(row: dict[str, Any] | None, book: Codebook) -> Cell:
    if row is None:
        return Cell(book.word("not_computed"), "gap")
    if row["value"] is None:
        return Cell(wording.why_not(row, book), "gap")
    text = book.word("in_brackets", text=wording.rate(row, book), aside=row["counts"])
    return Cell(wording.clauses([text, wording.cares(row, book)], book), "number")


def _change(row: dict[str, Any] | None, book: Codebook) -> Cell:
    return Cell("" if row is None else wording.points(row, book), "note")


def uncomputed(rows: pl.DataFrame, names: list[str], book: Codebook) -> list[str]:
    """One line that names the measures that no year gives; parts that no form of the years has are none."""
    lacking = rows.filter(~pl.col("metric").is_in(names))
    said = [
        book.label(str(name))
        for (name,), held in lacking.group_by("metric", maintain_order=True)
        if not (book.metrics[str(name)].whole and set(held["gap"]) <= UNSAID)
    ]
    return [book.word("rates_uncomputed", labels=wording.listed(said, book))] if said else []
