"""A rate of every unit of a field, each with its counts: a dot where enough cases stand behind it, else no verdict."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.answering import TOLD
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.names import distinct, group, some, stretches, unit_axis
from analysis.charts.ranking import TABLE_ROWS
from analysis.charts.theme import ACCENT, HAIRLINE, INK, MUTED, PAPER, WIDTH
from analysis.codebook import Codebook
from analysis.metrics import Field

STEP = 20  # pixels of one unit
LABEL_ROOM = 118
FIGURE_ROOM = 92  # for rate and counts right of the dots
Row = dict[str, Any]


def rates_by_unit(rows: pl.DataFrame, book: Codebook, *, among: Field, names: Mapping[str, str], year: int) -> Exhibit:
    """How do the units of a field compare by rates of `year`? Rows of metrics.rates.

    The first rate that some unit gives is drawn, of the scope that most units have; all of them stand in the table.
    """
    called = distinct(names, book)
    stated = rows.filter(pl.col("value").is_not_null())
    metrics = [name for name in dict.fromkeys(rows["metric"]) if name in set(stated["metric"])]
    topic = book.topics["rates_by_unit"].label
    if not metrics:
        return Exhibit(topic=topic, finding=book.word("no_rate", period=book.word("year", year=year)), book=book)
    common = {name: _common(stated.filter(pl.col("metric") == name), book) for name in metrics}
    first = stated.filter(pl.col("metric") == metrics[0])
    drawn = _in_order(first.filter(pl.col("scope") == common[metrics[0]]))
    apart = _in_order(first.filter(pl.col("scope") != common[metrics[0]]))
    others = [unit for unit in called if unit in set(stated["unit"])]
    units = list(dict.fromkeys([*(row["unit"] for row in drawn), *others]))
    judged = [row["value"] for row in drawn if row["judged"]]
    plots = stretches(drawn) if judged else []
    return Exhibit(
        topic=topic,
        finding=_finding(drawn, called, book, among),
        book=book,
        statistic=book.word("rates_by_unit_statistic", minimum=book.minimum_cases) if judged else "",
        charts=[_plot(plot, max(judged), called, among, book) for plot in plots],
        table=_table(rows, units[:TABLE_ROWS], common, called, book),
        notes=[
            *[book.label(name) + book.word("colon") + book.metrics[name].note for name in metrics],
            *_apart(apart, called, book),
            *_left_out(drawn, plots, len(units), len(called), book),
        ],
    )


def _common(stated: pl.DataFrame, book: Codebook) -> str:
    """The scope that most units have."""
    counts = Counter(stated["scope"])
    return max(book.terms["scope"], key=lambda scope: counts[scope])


def _in_order(rows: pl.DataFrame) -> list[Row]:
    """The judged rates, the highest first, then the others by unit."""
    return list(rows.sort(~pl.col("judged"), pl.when("judged").then(-pl.col("value")), "unit").iter_rows(named=True))


def _left_out(
    drawn: Sequence[Row], plots: Sequence[Sequence[Row]], units: int, of: int, book: Codebook
) -> Iterator[str]:
    """How many units give no rate, how many are not drawn, how many are not in the table."""
    if units < of:
        yield book.word("rates_by_unit_lacking", count=of - units)
    if plots and sum(map(len, plots)) < len(drawn):
        yield book.word("ranking_cut", shown=len(plots[0]), count=len(drawn))
    if units > TABLE_ROWS:
        yield book.word("table_cut", count=units, shown=TABLE_ROWS)


def _apart(rows: Sequence[Row], called: Mapping[str, str], book: Codebook) -> list[str]:
    """The units whose rate is of another scope, each with it."""
    if not rows:
        return []
    said = [_said(row, called, book, scope=book.term("scope", row["scope"])) for row in rows]
    return [wording.rates_bound(book.word("ranking_other_scope", units=some(said, book)), rows, book)]


def _finding(drawn: Sequence[Row], called: Mapping[str, str], book: Codebook, among: Field) -> str:
    """The ends of the firm rates, or that there are too few of them to be compared."""
    firm = [row for row in drawn if row["firm"]]
    said = {
        "year": drawn[0]["year"],
        "label": wording.scoped(drawn[0] | {"indicator": drawn[0]["metric"]}, book),
        "group": group(among.level, among.parent_level, book),
        "all": len(called),
        "count": len(drawn),
        "firm": len(firm),
        "minimum": book.minimum_cases,
    }
    if len(firm) < book.smallest_field:
        return book.word("rates_by_unit_small", **said)
    highest, lowest = ([row for row in firm if row["value"] == end["value"]] for end in (firm[0], firm[-1]))
    if firm[0]["value"] == firm[-1]["value"]:
        told = book.word("rates_by_unit_equal", **said, figure=wording.rate(firm[0], book))
        return wording.rates_bound(told, firm, book)
    ends = [some([_said(row, called, book) for row in end], book, most=3) for end in (highest, lowest)]
    told = book.word("rates_by_unit_finding", **said, highest=ends[0], lowest=ends[1])
    return wording.rates_bound(told, [*highest, *lowest], book)


def _said(row: Row, called: Mapping[str, str], book: Codebook, *, scope: str = "") -> str:
    """A unit with its rate and counts, and the `scope` of them."""
    rated = [wording.rate(row, book), wording.counts(row, book)] if row["judged"] else [_text(row, book)]
    aside = wording.clauses([scope, *rated], book)
    return book.word("in_brackets", text=called[row["unit"]], aside=aside)


def _text(row: Row, book: Codebook) -> str:
    """A rate with its counts; of too few cases the counts alone, and that they are not assessed."""
    if row["judged"]:
        return f"{wording.rate(row, book)}  {wording.counts(row, book)}"
    return book.word("unjudged_counts", counts=wording.counts(row, book))


def _told(row: Row, unit: str, book: Codebook) -> str:
    return book.word("figure_of_unit", year=row["year"], unit=unit, figure=_text(row, book))


def _plot(rows: Sequence[Row], reach: float, called: Mapping[str, str], among: Field, book: Codebook) -> Drawing:
    name = rows[0]["metric"]
    frame = pl.DataFrame(
        {
            "unit": [called[row["unit"]] for row in rows],
            "value": [row["value"] if row["judged"] else None for row in rows],
            "solid": [row["firm"] for row in rows],
            "judged": [row["judged"] for row in rows],
            "text": [_text(row, book) for row in rows],
            "told": [_told(row, called[row["unit"]], book) for row in rows],
        },
        schema_overrides={"value": pl.Float64},
    )
    left = unit_axis(frame["unit"].to_list(), among, book, limit=LABEL_ROOM, grid=True)
    y = alt.Y("unit:N", sort=None, axis=left)
    reach = max(reach, 100.0 if book.metrics[name].unit == "percent" else 1.0)
    dots = WIDTH - LABEL_ROOM - FIGURE_ROOM
    below = alt.Axis(title=None, tickCount=2, domain=False, ticks=False, gridColor=HAIRLINE)
    x = alt.X("value:Q", axis=below, scale=alt.Scale(domain=[0, reach], range=[0, dots], nice=False))
    fill = alt.condition(alt.datum.solid, alt.value(ACCENT), alt.value(PAPER))
    ink = alt.condition(alt.datum.judged, alt.value(INK), alt.value(MUTED))
    dot = alt.Chart(frame.filter("judged")).mark_point(size=56, opacity=1, color=ACCENT, strokeWidth=1.6)
    text = alt.Chart(frame).mark_text(align="left", fontSize=11)
    points = [book.word("label_figure", label=called[row["unit"]], figure=_text(row, book)) for row in rows]
    period = book.word("year", year=rows[0]["year"])
    subtitle = filter(None, [book.unit_of(name), wording.scope(rows[0]["scope"], book)])
    return alt.layer(
        dot.encode(x, y, tooltip=TOLD, fill=fill),
        text.encode(alt.XValue(dots + 10), y, alt.Text("text:N"), TOLD, color=ink),
        width=dots + FIGURE_ROOM,
        height=STEP * frame.height,
        title=alt.Title(book.label(name), subtitle=wording.listed(subtitle, book)),
        description=book.word("alt_series", label=book.label(name), period=period, points=wording.listed(points, book)),
    )


def _table(
    rows: pl.DataFrame, units: Sequence[str], common: Mapping[str, str], called: Mapping[str, str], book: Codebook
) -> Table:
    """A row for each unit with a rate, a column for each rate with its `common` scope; without a rate, why."""
    held = {(row["unit"], row["metric"]): row for row in rows.iter_rows(named=True)}
    lines = [
        [Cell(called[unit]), *[_cell(held[unit, name], scope, book) for name, scope in common.items()]]
        for unit in units
    ]
    heads = [wording.scoped({"indicator": name, "scope": scope}, book) for name, scope in common.items()]
    return Table(
        caption=book.word("year", year=rows["year"].first()), heads=[book.word("head_unit"), *heads], rows=lines
    )


def _cell(row: Row, common: str, book: Codebook) -> Cell:
    if row["value"] is None:
        return Cell(wording.why_not(row, book), "gap")
    scope = book.term("scope", row["scope"]) if row["scope"] != common else ""
    if not row["judged"]:
        return Cell(wording.clauses([_text(row, book), scope], book), "gap")
    aside = wording.clauses([wording.counts(row, book), scope, wording.cares(row, book)], book)
    return Cell(book.word("in_brackets", text=wording.rate(row, book), aside=aside), "number")
