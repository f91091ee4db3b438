"""Where a unit stands: one dot for each peer, the unit's own larger, the rank in words."""

from collections.abc import Iterator
from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.answering import TOLD
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.names import group
from analysis.charts.theme import ACCENT, INK, PAPER, WIDTH, number_axis, sizes
from analysis.codebook import Codebook
from analysis.facts import Unit

HEIGHT = 40


def standing(rows: pl.DataFrame, book: Codebook, *, unit: Unit, among: str, year: int) -> Exhibit:
    """Where does the unit stand in `year`? Rows of metrics.peers; small fields are listed, not ranked."""
    called = _group(unit, among, book)
    fields = rows.filter(pl.col("field") >= book.smallest_field)
    names = list(dict.fromkeys(fields["indicator"]))
    compared = rows.filter(pl.col("field") > 1)
    small = [name for name in dict.fromkeys(compared["indicator"]) if name not in names]
    rough = _not_exact(rows, year, book) if among != "none" else []
    alone = bool(rough) and compared.is_empty()
    finding = _finding(fields, compared, called, year, book)
    return Exhibit(
        topic=book.topics["peers"].label,
        finding=book.word("standing_not_asked") if among == "none" else rough[0] if alone else finding,
        book=book,
        statistic=_statistic(fields, called, year, book) if names else "",
        charts=[_plot(fields.filter(pl.col("indicator") == name), name, year, book) for name in names],
        table=_table(compared, book, year) if not compared.is_empty() else None,
        table_open=False,
        notes=[*(_small(small, called, year, book) if small and names else []), *([] if alone else rough)],
    )


def _group(unit: Unit, among: str, book: Codebook) -> str:
    """What the peers are called: units of a level, departments of units of a level, those with the same superior."""
    called = group(unit.level, unit.parent_level, book)
    return book.word("group_parent", group=called) if among == "parent" else called


def _statistic(fields: pl.DataFrame, group: str, year: int, book: Codebook) -> str:
    counted = {name: fields[name].first() for name in ("reporting", "units")}
    return book.word("standing_statistic", year=year, group=group, **counted)


def _small(names: list[str], group: str, year: int, book: Codebook) -> list[str]:
    labels = wording.listed((book.label(name) for name in names), book)
    too_few = book.word("standing_small", year=year, group=group, minimum=book.smallest_field)
    return [too_few + book.word("colon") + labels]


def _not_exact(rows: pl.DataFrame, year: int, book: Codebook) -> list[wording.Sentence]:
    """That figures of the unit itself are not exact, and so have no rank."""
    held = list(rows.filter(pl.col("rank").is_null()).iter_rows(named=True))
    figures = [book.word("label_figure", label=wording.scoped(row, book), figure=_doubted(row, book)) for row in held]
    said = book.word("standing_not_exact", year=year, figures=wording.listed(figures, book))
    return [wording.bound(said, held, book)] if held else []


def _doubted(row: dict[str, Any], book: Codebook) -> str:
    """A figure with what its status says of it."""
    text = wording.figure(row, book)
    status = book.statuses[row["status"]].label
    return text if row["status"] == "reported" else book.word("in_brackets", text=text, aside=status)


def _finding(fields: pl.DataFrame, compared: pl.DataFrame, group: str, year: int, book: Codebook) -> str:
    if fields.height:
        own = fields.filter("own").row(0, named=True)
        told = {"label": wording.scoped(own, book), "field": own["field"], "rank": _rank(own, book)}
        said = book.word("standing_finding", year=year, group=group, **told)
        return wording.bound(said, [own, *_others(fields, own)], book)
    word = "standing_small" if compared.height else "standing_none"
    return book.word(word, year=year, group=group, minimum=book.smallest_field)


def _others(fields: pl.DataFrame, own: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The figures that a rank is taken among, but the unit's own."""
    return fields.filter(pl.col("indicator") == own["indicator"], ~pl.col("own")).iter_rows(named=True)


def _plot(rows: pl.DataFrame, name: str, year: int, book: Codebook) -> Drawing:
    unit = "name" if book.language == "zh" else "name_en"
    shown = rows.select(
        "value",
        "own",
        figure=pl.Series(
            [wording.figure(wording.brief(row, book), book) for row in rows.iter_rows(named=True)], dtype=pl.String
        ),
        told=pl.Series([wording.told_of(row[unit], row, book) for row in rows.iter_rows(named=True)], dtype=pl.String),
    )
    own = rows.filter("own").row(0, named=True)
    scale, ticks = sizes(rows["value"])
    x = alt.X("value:Q", axis=number_axis(book, name, values=ticks), scale=scale)
    others = (
        alt.Chart(shown.filter(~pl.col("own")))
        .mark_point(size=46, opacity=0.75, color=INK, fill=PAPER, strokeWidth=1.2)
        .encode(x, TOLD)
    )
    mine = alt.Chart(shown.filter("own")).mark_point(size=150, filled=True, opacity=1, color=ACCENT).encode(x, TOLD)
    label = (
        alt.Chart(shown.filter("own")).mark_text(dy=-15, color=ACCENT, fontWeight=600).encode(x, alt.Text("figure:N"))
    )
    values = [float(value) for value in rows["value"]]
    lowest, highest = (wording.counted(value, name, book) for value in (min(values), max(values)))
    described = book.word(
        "alt_standing",
        label=book.label(name),
        year=year,
        figure=wording.figure(own, book),
        field=own["field"],
        lowest=lowest,
        highest=highest,
    )
    rank = book.word("rank_of", rank=_rank(own, book), field=own["field"])
    title = alt.Title(wording.scoped(own, book), subtitle=wording.listed([rank, book.unit_of(name)], book))
    return alt.layer(others, mine, label, width=WIDTH, height=HEIGHT, title=title, description=described)


def _rank(row: dict[str, Any], book: Codebook) -> str:
    """A rank, or that it is shared; '' in a field too small to rank."""
    if row["field"] < book.smallest_field:
        return ""
    return str(row["rank"]) if row["tied"] == 1 else book.word("rank_tied", rank=row["rank"])


def _table(rows: pl.DataFrame, book: Codebook, year: int) -> Table:
    unit = "name" if book.language == "zh" else "name_en"
    lines = [
        [
            Cell(book.label(row["indicator"])),
            Cell(_rank(row, book), "number"),
            Cell(row[unit]),
            Cell(wording.marked(row, book), "number"),
        ]
        for row in rows.iter_rows(named=True)
    ]
    heads = [book.word(word) for word in ("head_indicator", "head_rank", "head_unit", "head_value")]
    return Table(caption=book.word("year", year=year), heads=heads, rows=lines)
