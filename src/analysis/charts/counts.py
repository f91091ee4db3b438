"""Small counts as they deserve: every count of every year as a dot and its number, every gap by its mark."""

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.exhibit import Exhibit
from analysis.charts.panels import by_year, key
from analysis.charts.theme import ACCENT, INK, MUTED, PAPER, TINT, WIDTH
from analysis.codebook import Codebook

STEP = 34  # pixels of one row
LARGEST_DOT = 620
YEARS_A_PLOT = 7  # more years than a phone can show side by side become a second plot


def counts(rows: pl.DataFrame, book: Codebook, *, topic: str) -> Exhibit:
    """How often, year by year? Rows are metrics.leading of a panel: one count for each indicator and year."""
    years = sorted(rows["year"].unique())
    names = [name for name in dict.fromkeys(rows["indicator"])]
    stated = rows.filter(pl.col("value").is_not_null())
    stretches = [years[at : at + YEARS_A_PLOT] for at in range(0, len(years), YEARS_A_PLOT)] if not stated.is_empty() else []
    return Exhibit(
        topic=book.topics[topic].label,
        finding=_finding(stated, names, years, book),
        book=book,
        statistic=book.word("counts_statistic") if stretches else "",
        charts=[_plot(rows.filter(pl.col("year").is_in(stretch)), names, stretch, stated["value"].max(), book) for stretch in stretches],
        table=by_year(rows, book),
        table_open=not stretches,
        notes=key(rows, book),
    )


def _finding(stated: pl.DataFrame, names: list[str], years: list[int], book: Codebook) -> str:
    if stated.is_empty():
        return book.word("no_figure", period=wording.period(years, book), labels=wording.listed((book.label(name) for name in names), book))
    latest = stated["year"].max()
    said = [
        book.word("label_figure", label=book.label(row["indicator"]), figure=wording.figure(row, book))
        for row in stated.filter(pl.col("year") == latest).iter_rows(named=True)
    ]
    return book.word("counts_finding", year=latest, figures=wording.clauses(said, book))


def _plot(rows: pl.DataFrame, names: list[str], years: list[int], largest: object, book: Codebook) -> alt.LayerChart:
    statuses = book.statuses
    frame = rows.select(
        "value", year=pl.col("year").cast(pl.String),
        label=pl.col("indicator").cast(pl.String).replace({name: book.label(name) for name in names}),
        text=pl.Series([wording.marked(row, book) for row in rows.iter_rows(named=True)], dtype=pl.String),
        mark=pl.col("status").replace_strict({name: status.mark for name, status in statuses.items()}),
        why=pl.col("status").replace_strict({name: status.label for name, status in statuses.items()}),
        exact=(pl.col("status") == "reported") & (pl.col("qualifier") == "exact"),
    )
    x = alt.X("year:O", axis=alt.Axis(title=None, orient="top", labelAngle=0, domain=False, ticks=False), sort=None)
    y = alt.Y("label:N", axis=alt.Axis(title=None, domain=False, ticks=False, grid=True, labelLimit=128), sort=None)
    dot = alt.Chart(frame.filter(pl.col("value").is_not_null())).mark_circle(opacity=1, stroke=ACCENT, strokeWidth=1.5).encode(
        x, y, alt.Size("value:Q", scale=alt.Scale(type="sqrt", domain=[0, largest], range=[40, LARGEST_DOT]), legend=None),
        color=alt.condition(alt.datum.exact, alt.value(TINT), alt.value(PAPER)),
        tooltip=[alt.Tooltip("label:N"), alt.Tooltip("year:O"), alt.Tooltip("text:N")],
    )
    number = alt.Chart(frame.filter(pl.col("value").is_not_null())).mark_text(color=INK, fontWeight=600).encode(x, y, alt.Text("text:N"))
    gap = alt.Chart(frame.filter(pl.col("value").is_null())).mark_text(color=MUTED).encode(
        x, y, alt.Text("mark:N"), tooltip=[alt.Tooltip("label:N"), alt.Tooltip("year:O"), alt.Tooltip("why:N")]
    )
    return alt.layer(dot, number, gap).properties(
        width=min(WIDTH - 90, 44 * len(years)), height=STEP * len(names), description=_described(rows, names, years, book)
    )


def _described(rows: pl.DataFrame, names: list[str], years: list[int], book: Codebook) -> str:
    said = [
        book.word("alt_point", year=row["year"], figure=book.word("label_figure", label=book.label(row["indicator"]), figure=wording.figure(row, book)))
        for row in rows.iter_rows(named=True)
    ]
    labels = wording.listed((book.label(name) for name in names), book)
    return book.word("alt_series", label=labels, period=wording.period(years, book), points=wording.listed(said, book))
