"""Small counts as they deserve: every count of every year as a dot and its number, every gap by its mark."""

from collections.abc import Iterable

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.exhibit import Drawing, Exhibit
from analysis.charts.tables import by_year, key, silence, since_first_figure
from analysis.charts.theme import ACCENT, INK, MUTED, PAPER, TINT, room, top
from analysis.codebook import Codebook

STEP = 32  # pixels of one row
LABEL_ROOM = 180  # pixels for the words on the left
SMALLEST_DOT, LARGEST_DOT = 200, 560  # the smallest holds its number
ZERO = 300  # a square, as large as a count of a few: nothing happened, which is not the same as no figure
COLUMN = 30  # pixels of one year
YEARS_A_PLOT = 5  # more years than a phone can show side by side become a second plot


def counts(rows: pl.DataFrame, book: Codebook, *, topic: str) -> Exhibit:
    """How often, year by year? Rows are metrics.leading of a panel: one count for each indicator and year."""
    shown = since_first_figure(rows)
    years = sorted(shown["year"].unique())
    names = list(dict.fromkeys(rows["indicator"]))
    stated = rows.filter(pl.col("value").is_not_null())
    stretches = (
        [years[at : at + YEARS_A_PLOT] for at in range(0, len(years), YEARS_A_PLOT)] if not stated.is_empty() else []
    )
    return Exhibit(
        topic=book.topics[topic].label,
        finding=_finding(rows, stated, book),
        book=book,
        statistic=book.word("counts_statistic") if stretches else "",
        charts=[
            _plot(shown.filter(pl.col("year").is_in(stretch)), names, stretch, top(stated["value"]), book)
            for stretch in stretches
        ],
        table=by_year(rows, book) if stretches else None,
        notes=[*_changes(shown, book), *_no_cell(shown, book), *_scopes(stated, book), *key(shown, book)]
        if stretches
        else [],
    )


def _finding(rows: pl.DataFrame, stated: pl.DataFrame, book: Codebook) -> str:
    if stated.is_empty():
        return silence(rows, rows["year"], book)
    latest = stated["year"].max()
    held = list(stated.filter(pl.col("year") == latest).iter_rows(named=True))
    said = [
        book.word("label_figure", label=book.label(row["indicator"]), figure=wording.figure(row, book)) for row in held
    ]
    told = book.word("counts_finding", year=latest, figures=wording.clauses(said, book))
    return wording.bound(told, [{**row, "previous": None} for row in held], book)


def _changes(rows: pl.DataFrame, book: Codebook) -> list[wording.Sentence]:
    """What became of each count that has a figure: its last, beside the year before, in words."""
    held = rows.sort("year", maintain_order=True).group_by("indicator", maintain_order=True)
    order = list(dict.fromkeys(rows["indicator"]))
    said: dict[object, list[wording.Row]] = {
        name: list(of.iter_rows(named=True)) for (name,), of in held if of["value"].is_not_null().any()
    }
    return [wording.finding(said[name], book) for name in order if name in said]


def _no_cell(rows: pl.DataFrame, book: Codebook) -> list[str]:
    """For which years the form had no cell for a count and the text did not tell it either."""
    lacking = rows.filter(pl.col("status") == "not_found", pl.col("edition").is_not_null())
    years: dict[str, list[int]] = {}
    for name, year, edition in lacking.select("indicator", "year", "edition").sort("year").iter_rows():
        if not book.indicators[name].in_table(edition):
            years.setdefault(name, []).append(year)
    names: dict[str, list[str]] = {}
    for name in [each for each in dict.fromkeys(rows["indicator"]) if each in years]:
        names.setdefault(_spans(years[name], book), []).append(book.label(name))
    said = [book.word("in_brackets", text=wording.listed(labels, book), aside=spans) for spans, labels in names.items()]
    return [book.word("no_cell", labels=book.word("sentence_separator").join(said))] if said else []


def _spans(years: Iterable[int], book: Codebook) -> str:
    """Years as a list in which those that follow each other are one span."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return wording.listed((wording.period(run, book) for run in runs), book)


def _scopes(stated: pl.DataFrame, book: Codebook) -> list[str]:
    """Which counts are of several scopes, as their dots stand side by side."""
    notes: list[str] = []
    for (name,), of in stated.sort("year").group_by("indicator", maintain_order=True):
        years = {scope: of.filter(pl.col("scope") == scope)["year"].to_list() for scope in of["scope"].unique()}
        if len(years) > 1:
            said = [
                book.word("in_brackets", text=book.term("scope", scope), aside=_spans(held, book))
                for scope, held in sorted(years.items(), key=lambda each: each[1])
            ]
            notes.append(book.word("scopes_mixed", label=book.label(str(name)), scopes=wording.listed(said, book)))
    return notes


def _cells(rows: pl.DataFrame, book: Codebook) -> pl.DataFrame:
    """The rows with what a chart shows of each: label, number with its marks, mark and words of a gap."""
    statuses = book.statuses
    return rows.select(
        "value",
        year=pl.col("year").cast(pl.String),
        label=pl.Series([book.label(name) for name in rows["indicator"]], dtype=pl.String),
        scope=pl.Series([book.term("scope", scope or "unstated") for scope in rows["scope"]], dtype=pl.String),
        text=pl.Series([wording.marked(row, book) for row in rows.iter_rows(named=True)], dtype=pl.String),
        mark=pl.col("status").replace_strict({name: status.mark for name, status in statuses.items()}),
        why=pl.col("status").replace_strict({name: status.label for name, status in statuses.items()}),
        exact=(pl.col("status") == "reported") & (pl.col("qualifier") == "exact"),
    )


def _plot(rows: pl.DataFrame, names: list[str], years: list[int], reach: float, book: Codebook) -> Drawing:
    cells = _cells(rows, book)
    stated, gaps = cells.filter(pl.col("value").is_not_null()), cells.filter(pl.col("value").is_null())
    above = alt.Axis(title=None, domain=False, ticks=False, labelPadding=6, labelAngle=0, orient="top")
    wide = room((book.label(name) for name in names), limit=LABEL_ROOM)
    left = alt.Axis(title=None, domain=False, ticks=False, labelLimit=LABEL_ROOM, minExtent=wide, maxExtent=wide)
    x = alt.X("year:O", axis=above, scale=alt.Scale(domain=[str(year) for year in years]))
    y = alt.Y("label:N", axis=left, scale=alt.Scale(domain=[book.label(name) for name in names]))
    size = alt.Size(
        "value:Q", scale=alt.Scale(type="sqrt", domain=[0, reach], range=[SMALLEST_DOT, LARGEST_DOT]), legend=None
    )
    fill = alt.condition(alt.datum.exact, alt.value(TINT), alt.value(PAPER))
    told = [alt.Tooltip("label:N"), alt.Tooltip("year:O")]
    none = pl.col("value") == 0
    zero = alt.Chart(stated.filter(none)).mark_square(opacity=1, stroke=ACCENT, strokeWidth=1.5, size=ZERO)
    dot = alt.Chart(stated.filter(~none)).mark_circle(opacity=1, stroke=ACCENT, strokeWidth=1.5)
    tooltip = [*told, alt.Tooltip("text:N"), alt.Tooltip("scope:N")]
    number = alt.Chart(stated).mark_text(color=INK, fontWeight=600).encode(x, y, alt.Text("text:N"))
    gap = alt.Chart(gaps).mark_text(color=MUTED)
    return alt.layer(
        zero.encode(x, y, color=alt.value(PAPER), tooltip=tooltip),
        dot.encode(x, y, size, color=fill, tooltip=tooltip),
        number,
        gap.encode(x, y, alt.Text("mark:N"), tooltip=[*told, alt.Tooltip("why:N")]),
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
