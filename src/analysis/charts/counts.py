"""Small counts as they deserve: every count of every year as a dot and its number, every gap by its mark."""

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.exhibit import Drawing, Exhibit
from analysis.charts.tables import by_year, key
from analysis.charts.theme import ACCENT, INK, MUTED, PAPER, TINT, top
from analysis.codebook import Codebook

STEP = 32  # pixels of one row
LABEL_ROOM = 180  # pixels for the words on the left
LARGEST_DOT = 560
COLUMN = 30  # pixels of one year
YEARS_A_PLOT = 5  # more years than a phone can show side by side become a second plot


def counts(rows: pl.DataFrame, book: Codebook, *, topic: str) -> Exhibit:
    """How often, year by year? Rows are metrics.leading of a panel: one count for each indicator and year."""
    years = sorted(rows["year"].unique())
    names = list(dict.fromkeys(rows["indicator"]))
    stated = rows.filter(pl.col("value").is_not_null())
    stretches = (
        [years[at : at + YEARS_A_PLOT] for at in range(0, len(years), YEARS_A_PLOT)] if not stated.is_empty() else []
    )
    return Exhibit(
        topic=book.topics[topic].label,
        finding=_finding(stated, names, years, book),
        book=book,
        statistic=book.word("counts_statistic") if stretches else "",
        charts=[
            _plot(rows.filter(pl.col("year").is_in(stretch)), names, stretch, top(stated["value"]), book)
            for stretch in stretches
        ],
        table=by_year(rows, book) if stretches else None,
        notes=key(rows, book) if stretches else [],
    )


def _finding(stated: pl.DataFrame, names: list[str], years: list[int], book: Codebook) -> str:
    if stated.is_empty():
        return book.word(
            "no_figure",
            period=wording.period(years, book),
            labels=wording.listed((book.label(name) for name in names), book),
        )
    latest = stated["year"].max()
    said = [
        book.word("label_figure", label=book.label(row["indicator"]), figure=wording.figure(row, book))
        for row in stated.filter(pl.col("year") == latest).iter_rows(named=True)
    ]
    return book.word("counts_finding", year=latest, figures=wording.clauses(said, book))


def _plot(rows: pl.DataFrame, names: list[str], years: list[int], reach: float, book: Codebook) -> Drawing:
    statuses = book.statuses
    frame = rows.select(
        "value",
        year=pl.col("year").cast(pl.String),
        label=pl.col("indicator").cast(pl.String).replace({name: book.label(name) for name in names}),
        text=pl.Series([wording.marked(row, book) for row in rows.iter_rows(named=True)], dtype=pl.String),
        mark=pl.col("status").replace_strict({name: status.mark for name, status in statuses.items()}),
        why=pl.col("status").replace_strict({name: status.label for name, status in statuses.items()}),
        exact=(pl.col("status") == "reported") & (pl.col("qualifier") == "exact"),
    )
    bare = alt.Axis(title=None, domain=False, ticks=False, labelPadding=6, labelAngle=0, labelLimit=LABEL_ROOM)
    x = alt.X("year:O", axis=bare, scale=alt.Scale(domain=[str(year) for year in years]))
    y = alt.Y(
        "label:N",
        axis=bare,
        scale=alt.Scale(domain=[book.label(name) for name in names]),
    )
    dot = (
        alt.Chart(frame.filter(pl.col("value").is_not_null()))
        .mark_circle(opacity=1, stroke=ACCENT, strokeWidth=1.5)
        .encode(
            x,
            y,
            alt.Size("value:Q", scale=alt.Scale(type="sqrt", domain=[0, reach], range=[40, LARGEST_DOT]), legend=None),
            color=alt.condition(alt.datum.exact, alt.value(TINT), alt.value(PAPER)),
            tooltip=[alt.Tooltip("label:N"), alt.Tooltip("year:O"), alt.Tooltip("text:N")],
        )
    )
    number = (
        alt.Chart(frame.filter(pl.col("value").is_not_null()))
        .mark_text(color=INK, fontWeight=600)
        .encode(x, y, alt.Text("text:N"))
    )
    gap = (
        alt.Chart(frame.filter(pl.col("value").is_null()))
        .mark_text(color=MUTED)
        .encode(x, y, alt.Text("mark:N"), tooltip=[alt.Tooltip("label:N"), alt.Tooltip("year:O"), alt.Tooltip("why:N")])
    )
    return alt.layer(
        dot,
        number,
        gap,
        width=COLUMN * len(years),
        height=STEP * len(names),
        description=_described(rows, names, years, book),
    )


def _described(rows: pl.DataFrame, names: list[str], years: list[int], book: Codebook) -> str:
    said = [
        book.word(
            "alt_point",
            year=row["year"],
            figure=book.word("label_figure", label=book.label(row["indicator"]), figure=wording.figure(row, book)),
        )
        for row in rows.iter_rows(named=True)
    ]
    labels = wording.listed((book.label(name) for name in names), book)
    return book.word("alt_series", label=labels, period=wording.period(years, book), points=wording.listed(said, book))
