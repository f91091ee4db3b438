"""The parts of one whole as counts, for years that have no shares: a dot and its number, every gap by its mark."""

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts import parts
from analysis.charts.exhibit import Drawing
from analysis.charts.theme import ACCENT, INK, MUTED, PAPER, TINT, room, top
from analysis.codebook import Codebook

STEP = 28  # pixels of one row
LABEL_ROOM = 150  # pixels for the words on the left
COLUMN = 30  # pixels of one year
YEARS_A_PLOT = 5  # more years than a phone can show side by side become a further plot
LARGEST_DOT = 520


def dots(of: pl.DataFrame, whole: str, book: Codebook) -> list[Drawing]:
    """The counts of the years without shares, from the first to the last that states any; rows of one whole, judged."""
    unshared = of.filter(pl.col("share").is_null().all().over("year"))
    stated = unshared.filter(pl.col("value").is_not_null())
    if stated.is_empty():
        return []
    held = unshared.filter(pl.col("year").is_between(min(stated["year"]), max(stated["year"])))
    years = sorted(held["year"].unique())
    used = stated.select("indicator", "applicant").unique()
    shown = held.join(used, on=["indicator", "applicant"], how="semi", maintain_order="left")
    return [
        _plot(shown, whole, years[at : at + YEARS_A_PLOT], top(stated["value"]), book)
        for at in range(0, len(years), YEARS_A_PLOT)
    ]


def _plot(rows: pl.DataFrame, whole: str, years: list[int], reach: float, book: Codebook) -> Drawing:
    cells = _cells(rows, book)
    labels = cells["label"].unique(maintain_order=True).to_list()
    cells = cells.filter(pl.col("year").is_in([str(year) for year in years]))
    wide = room(labels, limit=LABEL_ROOM)
    above = alt.Axis(title=None, domain=False, ticks=False, labelPadding=6, labelAngle=0, orient="top")
    left = alt.Axis(title=None, domain=False, ticks=False, labelLimit=LABEL_ROOM, minExtent=wide, maxExtent=wide)
    x = alt.X("year:O", axis=above, scale=alt.Scale(domain=[str(year) for year in years]))
    y = alt.Y("label:N", axis=left, scale=alt.Scale(domain=labels))
    size = alt.Size(
        "value:Q", scale=alt.Scale(type="sqrt", domain=[0, max(reach, 1)], range=[40, LARGEST_DOT]), legend=None
    )
    fill = alt.condition(alt.datum.exact, alt.value(TINT), alt.value(PAPER))
    told = [alt.Tooltip("label:N"), alt.Tooltip("year:O"), alt.Tooltip("why:N")]
    stated, gaps = cells.filter(pl.col("value").is_not_null()), cells.filter(pl.col("value").is_null())
    return alt.layer(
        alt.Chart(stated)
        .mark_circle(opacity=1, stroke=ACCENT, strokeWidth=1.5)
        .encode(x, y, size, color=fill, tooltip=told),
        alt.Chart(stated).mark_text(color=INK, fontWeight=600).encode(x, y, alt.Text("text:N")),
        alt.Chart(gaps).mark_text(color=MUTED).encode(x, y, alt.Text("text:N"), tooltip=told),
        width=COLUMN * len(years),
        height=STEP * len(labels),
        title=alt.Title(book.label(whole), subtitle=book.word("counts_alone", unit=book.unit_of(whole)), offset=14),
        description=_described(rows.filter(pl.col("year").is_in(years)), whole, years, book),
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
