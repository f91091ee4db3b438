"""How one figure spreads within each level of unit, and how many of its units state it."""

from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.answering import TOLD
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.names import group
from analysis.charts.theme import ACCENT, BAR, INK, MUTED, PAPER, TINT, label_axis, number_axis, sizes
from analysis.codebook import Codebook
from analysis.metrics import by_level

STEP = 46  # pixels of one level
LABEL_ROOM = 140  # pixels for the words left of the plot
PLOT_ROOM = 190
LINE = "|"  # between the two lines of a label
SIZES = ("lowest", "middle", "highest", "total")
GROUP = ["level", "parent_level", "scope"]


def levels(rows: pl.DataFrame, book: Codebook, *, unit: str, year: int, topic: str) -> Exhibit:
    """Who states this figure in `year`, level by level, and how does it spread? Rows of metrics.levels.

    The figure of `unit` stands out; a field too small for quartiles is shown figure by figure.
    """
    spread = by_level(rows, book)
    stated = spread.filter(pl.col("stated") > 0)
    label, finding = book.topics[topic].label, _finding(rows, spread, year, book)
    if stated.is_empty():
        return Exhibit(topic=label, finding=finding, book=book)
    explained = [book.word("levels_statistic", minimum=book.smallest_field)]
    if unit in rows.filter("exact")["unit"]:
        explained.append(book.word("levels_own"))
    return Exhibit(
        topic=label,
        finding=finding,
        book=book,
        statistic=book.word("sentence_separator").join(explained),
        charts=[_plot(rows, stated, unit, year, book)],
        table=_table(spread, rows, year, book),
        notes=[book.word("levels_note")],
    )


def _finding(rows: pl.DataFrame, spread: pl.DataFrame, year: int, book: Codebook) -> str:
    """How many of the units report and state the figure exactly, and the middle of the largest field."""
    if rows.is_empty():
        return book.word("levels_none")
    exact = rows.filter("exact")
    told = {
        "units": rows["unit"].n_unique(),
        "reporting": rows.filter("reported")["unit"].n_unique(),
        "stated": exact["unit"].n_unique(),
    }
    said = [book.word("levels_finding", year=year, label=book.label(str(rows["indicator"].first())), **told)]
    for row in spread.filter(pl.col("middle").is_not_null()).sort("stated", descending=True).head(1).to_dicts():
        middle = _counted(wording.rounded(row["middle"], book, str(rows["indicator"].first())), rows, book)
        said.append(book.word("levels_middle", group=_called(row, book), count=row["stated"], middle=middle))
    return wording.bound(book.word("sentence_separator").join(said), exact.iter_rows(named=True), book)


def _counted(value: float, rows: pl.DataFrame, book: Codebook) -> str:
    middle = wording.between(value, rows.filter("exact")["value"])
    return wording.counted(middle, str(rows["indicator"].first()), book)


def _called(row: dict[str, Any], book: Codebook) -> str:
    """A level with the scope of its figures, where reports state one."""
    name, scope = group(row["level"], row["parent_level"], book), wording.scope(row["scope"], book)
    return book.word("in_brackets", text=name, aside=scope) if scope else name


def _label(row: dict[str, Any], book: Codebook) -> str:
    """What stands left of a level: its name, and below its scope and how many of its units state the figure."""
    count = book.word("levels_count", stated=row["stated"], units=row["units"])
    below = f"{wording.scope(row['scope'], book)} {count}".strip()
    if row["parent_level"]:
        level, parent = (book.term("level", row[name]) for name in ("level", "parent_level"))
        return book.word("levels_department", level=level, parent=parent) + LINE + below
    return group(row["level"], None, book) + LINE + below


def _points(rows: pl.DataFrame, spread: pl.DataFrame, unit: str, book: Codebook) -> pl.DataFrame:
    """The figures that stand as dots: those of fields too small for quartiles, and the unit's own."""
    fields = spread.select(*GROUP, "label", alone=pl.col("middle").is_null())
    own, name = pl.col("unit") == unit, "name" if book.language == "zh" else "name_en"
    held = rows.filter("exact").join(fields, on=GROUP, how="inner", nulls_equal=True).filter(pl.col("alone") | own)
    return held.select(
        "label",
        "value",
        own=own,
        told=pl.Series([wording.told_of(row[name], row, book) for row in held.iter_rows(named=True)], dtype=pl.String),
    )


def _plot(rows: pl.DataFrame, stated: pl.DataFrame, unit: str, year: int, book: Codebook) -> Drawing:
    spread = stated.with_columns(
        label=pl.Series([_label(row, book) for row in stated.iter_rows(named=True)], dtype=pl.String),
        indicator=pl.lit(str(rows["indicator"].first())),
    )
    return alt.layer(
        *_ranges(spread, rows, book),
        *_dots(_points(rows, spread, unit, book), spread, book),
        width=PLOT_ROOM,
        height=STEP * spread.height,
        title=alt.Title(book.label(str(rows["indicator"].first())), subtitle=_year_and_unit(rows, year, book)),
        description=_described(spread, rows, year, book),
    )


def _x(column: str, spread: pl.DataFrame, book: Codebook) -> alt.X:
    """The sizes of all levels on one scale; there is room for every second power of ten."""
    scale, ticks = sizes(pl.concat([spread["lowest"], spread["highest"]]), every=2)
    return alt.X(f"{column}:Q", axis=number_axis(book, str(spread["indicator"].first()), values=ticks), scale=scale)


def _y(spread: pl.DataFrame) -> alt.Y:
    axis = label_axis(LABEL_ROOM, limit=LABEL_ROOM, shown=f"split(datum.label, '{LINE}')")
    return alt.Y("label:N", axis=axis, scale=alt.Scale(domain=spread["label"].to_list()))


def _ranges(spread: pl.DataFrame, rows: pl.DataFrame, book: Codebook) -> list[alt.Chart]:
    """From the smallest to the largest figure, the middle half of them, and the median with its number."""
    held = spread.filter(pl.col("middle").is_not_null())
    name = str(rows["indicator"].first())
    shown = held.select(
        *["label", "lowest", "lower", "middle", "upper", "highest"],
        text=pl.Series(
            [_counted(wording.rounded(value, book, name), rows, book) for value in held["middle"]], dtype=pl.String
        ),
        told=pl.Series([_told(row, rows, book) for row in held.iter_rows(named=True)], dtype=pl.String),
    )
    y, base = _y(spread), alt.Chart(shown)
    return [
        base.mark_rule(color=MUTED).encode(_x("lowest", spread, book), y, alt.X2("highest:Q"), TOLD),
        base.mark_bar(color=TINT, stroke=BAR, height=14).encode(_x("lower", spread, book), y, alt.X2("upper:Q"), TOLD),
        base.mark_tick(color=INK, thickness=3, size=20).encode(_x("middle", spread, book), y, TOLD),
        base.mark_text(dy=-17, color=INK).encode(_x("middle", spread, book), y, alt.Text("text:N")),
    ]


def _told(row: dict[str, Any], rows: pl.DataFrame, book: Codebook) -> str:
    """A level's median, the middle half of its figures, the smallest and the largest."""
    middle = _counted(row["middle"], rows, book)
    said = book.word("levels_middle", group=_called(row, book), count=row["stated"], middle=middle)
    lower, upper = (_counted(row[end], rows, book) for end in ("lower", "upper"))
    half = book.word("head_half") + book.word("colon") + book.word("levels_range", lowest=lower, highest=upper)
    span = book.word("levels_head_range") + book.word("colon") + _range(row, rows, book)
    return book.word("sentence_separator").join([said, half, span])


def _dots(points: pl.DataFrame, spread: pl.DataFrame, book: Codebook) -> list[alt.Chart]:
    """The figures of small fields as rings, the unit's own as a solid diamond."""
    x, y = _x("value", spread, book), _y(spread)
    ring = alt.Chart(points.filter(~pl.col("own"))).mark_point(size=46, color=INK, fill=PAPER, opacity=0.8)
    own = alt.Chart(points.filter("own")).mark_point(size=110, shape="diamond", filled=True, color=ACCENT, opacity=1)
    return [ring.encode(x, y, TOLD), own.encode(x, y, TOLD)]


def _described(spread: pl.DataFrame, rows: pl.DataFrame, year: int, book: Codebook) -> str:
    said = [
        book.word("label_figure", label=_called(row, book), figure=_range(row, rows, book))
        for row in spread.iter_rows(named=True)
    ]
    label, period = book.label(str(rows["indicator"].first())), book.word("year", year=year)
    return book.word("alt_series", label=label, period=period, points=wording.listed(said, book))


def _range(row: dict[str, Any], rows: pl.DataFrame, book: Codebook) -> str:
    """The smallest and the largest figure of a level."""
    lowest, highest = (_counted(row[end], rows, book) for end in ("lowest", "highest"))
    return lowest if row["stated"] == 1 else book.word("levels_range", lowest=lowest, highest=highest)


def _table(spread: pl.DataFrame, rows: pl.DataFrame, year: int, book: Codebook) -> Table:
    """Each level with its coverage; a median where the field is large enough, a sum of the figures that are stated."""
    lines = [
        [
            Cell(_called(row, book)),
            *[Cell(wording.number(row[count], book), "number") for count in ("units", "reporting", "stated")],
            *_sizes(row, rows, book),
        ]
        for row in spread.iter_rows(named=True)
    ]
    words = ["level", "units", "reporting", "stated", "middle", "range", "total"]
    heads = [book.word(f"levels_head_{word}") for word in words]
    return Table(caption=_year_and_unit(rows, year, book), heads=heads, rows=lines)


def _sizes(row: dict[str, Any], rows: pl.DataFrame, book: Codebook) -> list[Cell]:
    if not row["stated"]:
        return [Cell("", "gap")] * 3
    few = Cell(book.word("levels_few", minimum=book.smallest_field), "gap")
    name, figures = str(rows["indicator"].first()), rows.filter("exact")["value"]
    held = {size: wording.between(row[size], figures) for size in SIZES if row[size] is not None}
    said = {size: wording.number(value, book, name) for size, value in held.items()}
    lowest, highest, total = (said[size] for size in ("lowest", "highest", "total"))
    middle = Cell(said["middle"], "number") if "middle" in said else few
    spread = lowest if row["stated"] == 1 else book.word("levels_range", lowest=lowest, highest=highest)
    return [middle, Cell(spread, "number"), Cell(book.word("levels_total", count=row["stated"], total=total), "number")]


def _year_and_unit(rows: pl.DataFrame, year: int, book: Codebook) -> str:
    return wording.listed([book.word("year", year=year), book.unit_of(str(rows["indicator"].first()))], book)
