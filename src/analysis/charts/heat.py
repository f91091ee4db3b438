"""Units by years at a glance: the quarter of its year in which each figure lies, and the mark of every gap."""

from collections.abc import Mapping, Sequence

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.answering import TOLD, answering, outstanding
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.names import distinct, group, stretches, unit_axis
from analysis.charts.tables import key, upright
from analysis.charts.theme import ACCENT, BAND, BAR, GROUND, HAIRLINE, INK, MUTED, PAPER, TINT
from analysis.codebook import Codebook
from analysis.metrics import Field

STEP, COLUMN = 14, 12  # pixels of one unit, of one year
LABEL_ROOM = 130
UNITS_A_PLOT = 48  # on one page of A4
SHOWN_UNITS = 96  # of a larger field those with the most gaps
WIDE_YEARS = 6  # up to here years are written in full
WIDE_COLUMN = 32
FILLS = {"quarter_1": TINT, "quarter_2": BAND, "quarter_3": BAR, "quarter_4": ACCENT, "unplaced": GROUND}


def heat(rows: pl.DataFrame, book: Codebook, *, among: Field, names: Mapping[str, str]) -> Exhibit:
    """Which units have a figure in which year, and where does it lie among those of its year? metrics.compared."""
    years = sorted(rows["year"].unique())
    gaps = dict(rows.group_by("unit").agg((pl.col("place") == "gap").sum()).iter_rows())
    order = list(rows.filter(pl.col("year") == years[-1])["unit"])
    often = set(sorted(order, key=lambda unit: -gaps[unit])[:SHOWN_UNITS])
    shown = [unit for unit in order if unit in often]
    topic = book.topics["heat"].label
    finding = _finding(rows, gaps, group(among.level, among.parent_level, book), book)
    if rows["value"].is_null().all():
        return Exhibit(topic=topic, finding=finding, book=book)
    called = distinct(names, book)
    cells = _cells(rows.filter(pl.col("unit").is_in(shown)), called, book)
    left = unit_axis([called[unit] for unit in shown], among, book, limit=LABEL_ROOM)
    other = book.word("mark_other_scope")
    return Exhibit(
        topic=topic,
        finding=finding,
        book=book,
        statistic=book.word("heat_statistic", minimum=book.smallest_field),
        charts=[
            _map(cells, [called[unit] for unit in plot], years, str(rows["indicator"].first()), left, book)
            for plot in stretches(shown, size=UNITS_A_PLOT, plots=len(shown))
        ],
        table=_counted(rows, years, book),
        table_open=False,
        notes=[
            *([book.word("heat_cut", shown=len(shown), count=len(order))] if len(order) > len(shown) else []),
            *key(rows, book),
            *([f"{other} {book.word('other_scope_key')}"] if (rows["place"] == "other_scope").any() else []),
        ],
    )


def _finding(rows: pl.DataFrame, gaps: Mapping[str, int], called: str, book: Codebook) -> str:
    years = rows["year"].unique()
    whole = sum(count == 0 for count in gaps.values())
    never = sum(count == len(years) for count in gaps.values())
    stated = rows.filter(pl.col("value").is_not_null()).height
    said = {"period": wording.period(years, book), "label": book.label(str(rows["indicator"].first()))} | {
        "group": called
    }
    return book.word("heat_finding", **said, all=len(gaps), stated=stated, cells=rows.height, whole=whole, never=never)


def _cells(rows: pl.DataFrame, called: Mapping[str, str], book: Codebook) -> pl.DataFrame:
    """The rows with what a map shows of each: the class of its colour, and the mark in it."""
    marks = {name: entry.mark for name, entry in book.statuses.items()}
    words = {name: book.word(f"heat_{name}") for name in FILLS}
    rows = rows.sort("unit", "year")
    rough = pl.Series(
        [wording.marks(row, book) if row["place"] == "rough" else "" for row in rows.iter_rows(named=True)]
    )
    quarter = pl.concat_str(pl.lit("quarter_"), pl.col("quarter").cast(pl.String))
    ranked = (pl.col("place") == "exact") & pl.col("quarter").is_not_null()
    kind = pl.when(ranked).then(quarter).when(pl.col("value").is_not_null()).then(pl.lit("unplaced"))
    mark = (
        pl.when(ranked)
        .then(pl.col("quarter").cast(pl.String))
        .when(pl.col("place") == "gap")
        .then(pl.col("status").replace_strict(marks))
        .when(pl.col("place") == "other_scope")
        .then(pl.lit(book.word("mark_other_scope")))
        .when(pl.col("place") == "rough")
        .then(rough)
        .otherwise(pl.lit(book.word("mark_unplaced")))
    )
    told = [wording.told_of(called[row["unit"]], row, book) for row in rows.iter_rows(named=True)]
    return rows.select(
        told=pl.Series(told, dtype=pl.String),
        unit=pl.col("unit").replace_strict(called, return_dtype=pl.String),
        year=pl.col("year").cast(pl.String),
        kind=kind.replace_strict(words, default=None, return_dtype=pl.String),
        mark=mark,
        ink=pl.when(pl.col("place") == "gap")
        .then(pl.lit("gap"))
        .when(ranked & (pl.col("quarter") > 2))
        .then(pl.lit("dark"))
        .otherwise(pl.lit("light")),
    )


def _map(
    cells: pl.DataFrame, order: Sequence[str], years: Sequence[int], name: str, left: alt.Axis, book: Codebook
) -> Drawing:
    frame = cells.filter(pl.col("unit").is_in(list(order)))
    many = len(years) > WIDE_YEARS
    short = "slice(datum.label, 2)" if many else alt.Undefined
    above = alt.Axis(
        title=None,
        domain=False,
        ticks=False,
        labelAngle=0,
        orient="top",
        labelExpr=short,
        labelFontSize=9 if many else 11,
    )
    x = alt.X("year:O", axis=above, scale=alt.Scale(domain=[str(year) for year in years], paddingInner=0.06))
    y = alt.Y("unit:N", axis=left, sort=list(order), scale=alt.Scale(paddingInner=0.08))
    scale = alt.Scale(domain=[book.word(f"heat_{name}") for name in FILLS], range=list(FILLS.values()))
    colour = alt.Color(
        "kind:N", scale=scale, legend=alt.Legend(columns=2, symbolType="square", symbolStrokeColor=MUTED)
    )
    box = alt.Chart(frame.filter(pl.col("ink") != "gap")).mark_rect(stroke=HAIRLINE, strokeWidth=0.5, aria=False)
    inks = {"dark": (PAPER, INK), "light": (INK, INK), "gap": (MUTED, MUTED)}
    texts = [
        alt.Chart(frame.filter(pl.col("ink") == name).with_columns(letters=pl.lit(letters)))
        .mark_text(fontSize=9, aria=False)
        .encode(x, y, alt.Text("mark:N"), TOLD, color=outstanding("letters", otherwise=on_pale))
        for name, (letters, on_pale) in inks.items()
    ]
    return alt.layer(
        *answering([box.encode(x, y, colour, TOLD)], by="kind", legend=True),
        *texts,
        width=(COLUMN if many else WIDE_COLUMN) * len(years),
        height=STEP * len(order),
        description=_described(frame, order, name, years, book),
    )


def _described(frame: pl.DataFrame, order: Sequence[str], name: str, years: Sequence[int], book: Codebook) -> str:
    """How many years of each unit have a figure."""
    stated = dict(frame.group_by("unit").agg((pl.col("ink") != "gap").sum()).iter_rows())
    points = [book.word("heat_years", unit=unit, count=stated[unit]) for unit in order]
    period = wording.period(years, book)
    return book.word("alt_series", label=book.label(name), period=period, points=wording.listed(points, book))


def _counted(rows: pl.DataFrame, years: Sequence[int], book: Codebook) -> Table:
    """How many units each year have a comparable figure, another figure, and each kind of gap."""
    kind = pl.when(pl.col("place") == "gap").then("status").otherwise(pl.col("place").cast(pl.String))
    held = rows.with_columns(kind=kind).group_by("kind", "year").len()
    counts = {(kind, year): count for kind, year, count in held.iter_rows()}
    gaps = {name: f"{entry.mark} {entry.label}" for name, entry in book.statuses.items() if not entry.has_value}
    labels = {place: book.word(f"place_{place}") for place in ("exact", "rough", "other_scope")} | gaps
    used = {kind for kind, _ in counts}
    lines = [
        [Cell(label), *[Cell(str(counts.get((kind, year), 0)), "number") for year in years]]
        for kind, label in labels.items()
        if kind in used
    ]
    heads = [book.word("head_units"), *[book.word("year", year=year) for year in years]]
    return upright(Table(caption=wording.period(years, book), heads=heads, rows=lines), book)
