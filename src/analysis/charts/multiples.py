"""The course of every unit of a field: one small panel each, on a scale of its own, gaps and breaks as such."""

from collections.abc import Mapping, Sequence

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.answering import TOLD
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.names import distinct, group, short_label, stretches
from analysis.charts.tables import key, since_first_figure, upright
from analysis.charts.theme import ACCENT, HAIRLINE, INK, MUTED, PAPER
from analysis.codebook import Codebook
from analysis.metrics import Field

PANEL_WIDTH, PANEL_HEIGHT, COLUMNS = 128, 38, 2
GAPS_AT = PANEL_HEIGHT + 6  # pixels: below the axis, so that no mark lies on a figure
PANELS_A_PLOT = 24  # on one page of A4
SHOWN_UNITS = 96  # of a larger field the largest of the last year
HEADROOM = 1.45  # of a panel's highest figure, so that its number fits above it


def multiples(rows: pl.DataFrame, book: Codebook, *, among: Field, names: Mapping[str, str]) -> Exhibit:
    """How did the figure of each unit develop? Rows of metrics.compared; of very many units the largest."""
    rows = since_first_figure(rows)
    years = sorted(rows["year"].unique())
    held = rows.filter(pl.col("place").is_in(["exact", "rough"]))["unit"].value_counts()
    stated = dict(held.iter_rows())  # in how many years each unit has a figure of the scope that is compared
    order = [unit for unit in rows.filter(pl.col("year") == years[-1])["unit"] if unit in stated]
    topic = book.topics["multiples"].label
    if len(years) < 2 or not order:
        return Exhibit(topic=topic, finding=book.word("no_past"), book=book)
    shown = order[:SHOWN_UNITS]
    called = distinct(names, book)
    points = _points(rows.filter(pl.col("unit").is_in(shown)), called, book)
    plots = stretches(shown, size=PANELS_A_PLOT, plots=len(shown))
    said = {
        "count": len(order),
        "several": sum(count > 1 for count in stated.values()),
        "all": len(names),
        "group": group(among.level, among.parent_level, book),
        "period": wording.period(years, book),
    }
    name = str(rows["indicator"].first())
    return Exhibit(
        topic=topic,
        finding=book.word("multiples_finding", **said, label=book.label(name)),
        book=book,
        statistic=book.word("multiples_statistic", period=wording.period(years, book), unit=book.unit_of(name)),
        charts=[_panels(points, [called[unit] for unit in plot], name, years, among, book) for plot in plots],
        table=_table(rows, shown, years, called, book),
        table_open=False,
        notes=[
            *([book.word("multiples_cut", shown=len(shown), count=len(order))] if len(order) > len(shown) else []),
            *key(rows.filter(pl.col("unit").is_in(shown)), book),
        ],
    )


def _points(rows: pl.DataFrame, called: Mapping[str, str], book: Codebook) -> pl.DataFrame:
    """The rows with what a panel shows of each: height on the unit's own scale, mark of a gap, the last number."""
    held = pl.col("place").is_in(["exact", "rough"]) & (pl.col("status") != "definition_differs")
    rows = rows.with_columns(held=held, highest=pl.col("value").filter(held).max().over("unit"))
    height = pl.when(pl.col("highest") > 0).then(pl.col("value") / pl.col("highest")).otherwise(0.0)
    last = pl.col("year") == pl.col("year").filter("held").max().over("unit")
    rows = rows.sort("unit", "year")
    said = [wording.marked(wording.brief(row, book), book) for row in rows.iter_rows(named=True)]
    told = [wording.told_of(called[row["unit"]], row, book) for row in rows.iter_rows(named=True)]
    return rows.select(
        "year",
        "value",
        unit=pl.col("unit").replace_strict(called, return_dtype=pl.String),
        height=pl.when("held").then(height),
        segment=pl.when("held").then("segment"),
        exact=pl.col("place") == "exact",
        told=pl.Series(told, dtype=pl.String),
        text=pl.when("held", last).then(pl.Series(said, dtype=pl.String)),
        mark=pl.when((pl.col("place") == "gap") | (pl.col("status") == "definition_differs"))
        .then(pl.col("status").replace_strict({name: entry.mark for name, entry in book.statuses.items()}))
        .when(pl.col("place") == "other_scope")
        .then(pl.lit(book.word("mark_other_scope")))
        .otherwise(pl.lit("")),
    )


def _panels(
    points: pl.DataFrame,
    order: Sequence[str],
    name: str,
    years: list[int],
    among: Field,
    book: Codebook,
) -> Drawing:
    frame = points.filter(pl.col("unit").is_in(list(order)))
    x = alt.X("year:Q", axis=None, scale=alt.Scale(domain=[years[0] - 0.6, years[-1] + 0.6], nice=False))
    y = alt.Y("height:Q", axis=None, scale=alt.Scale(domain=[0, HEADROOM], nice=False))
    base = alt.Chart().encode(x, y)
    dot = base.mark_point(size=14, opacity=1, color=ACCENT, strokeWidth=1.2, aria=False)
    changed = [entry.from_year - 0.5 for entry in book.changes(name) if years[0] < entry.from_year <= years[-1]]
    rule = alt.Chart(pl.DataFrame({"year": changed}, schema={"year": pl.Float64}))
    layers = [
        alt.Chart(pl.DataFrame({"height": [0.0]})).mark_rule(color=HAIRLINE).encode(y),
        *([rule.mark_rule(strokeDash=[3, 3], color=MUTED).encode(x)] if changed else []),
        base.mark_line(color=ACCENT, strokeWidth=1.5, aria=False)
        .transform_filter("datum.segment !== null")
        .encode(detail="segment:N"),
        dot.transform_filter("datum.height !== null").encode(
            TOLD, fill=alt.condition(alt.datum.exact, alt.value(ACCENT), alt.value(PAPER))
        ),
        base.mark_text(color=INK, fontSize=10, align="right", dx=6, dy=-8, aria=False)
        .transform_filter("datum.text !== null")
        .encode(text="text:N"),
        alt.Chart()
        .mark_text(color=MUTED, fontSize=8, aria=False)
        .transform_filter("datum.mark !== ''")
        .encode(x, alt.YValue(GAPS_AT), alt.Text("mark:N"), TOLD),
    ]
    header = _header(order, among, book)
    drawn = alt.layer(*layers, width=PANEL_WIDTH, height=PANEL_HEIGHT)
    return alt.FacetChart(
        data=frame,
        spec=drawn,
        facet=alt.FacetFieldDef(field="unit", type="nominal", sort=list(order), header=header),
        columns=COLUMNS,
        spacing={"row": 12, "column": 22},
        description=_described(frame, order, name, years, book),
    )


def _header(order: Sequence[str], among: Field, book: Codebook) -> alt.Header:
    """The name of the unit above each panel."""
    return alt.Header(
        title=None,
        labelAnchor="start",
        labelLimit=PANEL_WIDTH,
        labelFontSize=11,
        labelPadding=1,
        labelExpr=short_label(order, among, book),
    )


def _described(frame: pl.DataFrame, order: Sequence[str], name: str, years: Sequence[int], book: Codebook) -> str:
    """The first and the last figure of each panel."""
    held = frame.filter(pl.col("height").is_not_null())
    ends = {
        unit: [
            (row["year"], wording.counted(row["value"], name, book))
            for row in (of.row(0, named=True), of.row(-1, named=True))
        ]
        for (unit,), of in held.group_by("unit", maintain_order=True)
    }
    points = [
        book.word(
            "label_figure",
            label=unit + book.word("colon"),
            figure=wording.clauses(
                [book.word("alt_point", year=year, figure=figure) for year, figure in dict.fromkeys(ends[unit])], book
            ),
        )
        for unit in order
    ]
    period = wording.period(years, book)
    told = book.word("sentence_separator").join(points)
    return book.word("alt_series", label=book.label(name), period=period, points=told)


def _table(
    rows: pl.DataFrame, units: Sequence[str], years: Sequence[int], called: Mapping[str, str], book: Codebook
) -> Table:
    """A row for each unit shown, a column for each year."""
    held = {(row["unit"], row["year"]): row for row in rows.iter_rows(named=True)}
    lines = [[Cell(called[unit]), *[_cell(held[unit, year], book) for year in years]] for unit in units]
    heads = [book.word("head_unit"), *map(str, years)]
    return upright(Table(caption=wording.period(years, book), heads=heads, rows=lines), book)


def _cell(row: Mapping[str, object], book: Codebook) -> Cell:
    if row["place"] == "gap":
        return Cell(book.statuses[str(row["status"])].mark, "gap")
    scope = wording.scope(str(row["scope"]), book) if row["place"] == "other_scope" else ""
    text = wording.marked(row, book)
    return Cell(book.word("in_brackets", text=text, aside=scope) if scope else text, "number")
