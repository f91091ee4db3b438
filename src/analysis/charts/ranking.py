"""Who stands where: the units of a field by size, ties sharing a rank, those without a comparable figure apart."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.answering import TOLD
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.names import distinct, each, group, some, stretches, unit_axis
from analysis.charts.tables import key
from analysis.charts.theme import ACCENT, BAR, INK, PAPER, WIDTH
from analysis.codebook import Codebook
from analysis.metrics import Field

STEP = 20  # pixels of one bar
LABEL_ROOM = 138  # pixels for rank and name
FIGURE_ROOM = 62  # for the number right of the bar
TABLE_ROWS = 200  # a longer table is cut in the middle
Row = dict[str, Any]


def ranking(rows: pl.DataFrame, book: Codebook, *, among: Field, names: Mapping[str, str], year: int) -> Exhibit:
    """Who stands where in `year`? Rows of metrics.compared; a field too small is listed, not ranked."""
    called = distinct(names, book)
    now = list(rows.filter(pl.col("year") == year).iter_rows(named=True))
    exact = [row for row in now if row["place"] == "exact"]
    ranked = len(exact) >= book.smallest_field
    placed = [row for row in now if row["place"] in {"exact", "rough"}] if ranked else []
    plots = stretches(placed)
    reach = max((row["value"] for row in placed), default=0)
    cut = sum(map(len, plots)) < len(placed)
    lines = [_line(row, called, book, ranked=ranked) for row in now]
    notes = [*_apart(now, called, book), *key(rows.filter(pl.col("year") == year), book)]
    notes += [book.word("ranking_cut", shown=len(plots[0]), count=len(placed))] if cut else []
    if len(lines) > TABLE_ROWS:
        notes.append(book.word("table_cut", count=len(lines), shown=TABLE_ROWS))
        lines = [*lines[: TABLE_ROWS // 2], *lines[-TABLE_ROWS // 2 :]]
    heads = [book.word(head) for head in ("head_unit", "head_rank", "head_value", "head_scope")]
    return Exhibit(
        topic=book.topics["ranking"].label,
        finding=_finding(now, exact, called, book, among=group(among.level, among.parent_level, book)),
        book=book,
        statistic=book.word("ranking_statistic", year=year) if placed else "",
        charts=[_plot(plot, reach, called, among, book) for plot in plots],
        table=Table(_caption(now[0], book), heads, lines),
        notes=notes,
    )


def _caption(row: Row, book: Codebook) -> str:
    aside = wording.listed([book.unit_of(row["indicator"]), book.word("year", year=row["year"])], book)
    return book.word("in_brackets", text=book.label(row["indicator"]), aside=aside)


def _finding(now: list[Row], exact: list[Row], called: Mapping[str, str], book: Codebook, *, among: str) -> str:
    said = {"year": now[0]["year"], "label": book.label(now[0]["indicator"]), "group": among, "all": len(now)}
    if not exact:
        return book.word("ranking_none", **said)
    said |= {"label": wording.scoped(exact[0], book), "count": len(exact)}
    if len(exact) < book.smallest_field:
        return book.word("ranking_small", **said, minimum=book.smallest_field)
    ends = [[row for row in exact if row["value"] == end["value"]] for end in (exact[0], exact[-1])]
    if exact[0]["value"] == exact[-1]["value"]:
        return wording.bound(book.word("ranking_equal", **said, figure=_figure(exact[0], book)), exact, book)
    first, last = ([called[row["unit"]] for row in end] for end in ends)
    told = book.word(
        "ranking_finding",
        **said,
        first=some(first, book, most=3),
        most=each(_figure(exact[0], book), first, book),
        last=some(last, book, most=3),
        least=each(_figure(exact[-1], book), last, book),
    )
    return wording.bound(told, [*ends[0], *ends[1]], book)


def _figure(row: Row, book: Codebook) -> str:
    return wording.figure(wording.brief(row, book), book)


def _line(row: Row, called: Mapping[str, str], book: Codebook, *, ranked: bool) -> list[Cell]:
    """A unit's rank, figure and scope; without a figure, why."""
    rank = str(row["rank"]) if ranked and row["rank"] else ""
    mark = "" if row["value"] is not None else book.statuses[row["status"]].mark
    figure = Cell(f"{mark} {wording.marked(row, book)}".strip(), "gap" if row["value"] is None else "number")
    return [Cell(called[row["unit"]]), Cell(rank, "number"), figure, Cell(wording.scope(row["scope"], book), "note")]


def _apart(now: Sequence[Row], called: Mapping[str, str], book: Codebook) -> list[str]:
    """Which units have no comparable figure, by the reason."""
    notes: list[str] = []
    other = [row for row in now if row["place"] == "other_scope"]
    if other:
        said = [
            book.word(
                "label_figure",
                label=book.word("in_brackets", text=called[row["unit"]], aside=book.term("scope", row["scope"])),
                figure=wording.figure(row, book),
            )
            for row in other
        ]
        notes.append(wording.bound(book.word("ranking_other_scope", units=some(said, book)), other, book))
    gaps = Counter(row["status"] for row in now if row["place"] == "gap")
    if gaps:
        told = [
            book.word("status_count", status=f"{entry.mark} {entry.label}", count=gaps[name])
            for name, entry in book.statuses.items()
            if gaps[name]
        ]
        notes.append(book.word("ranking_gaps", count=gaps.total(), told=wording.listed(told, book)))
    return notes


def _plot(rows: Sequence[Row], reach: float, called: Mapping[str, str], among: Field, book: Codebook) -> Drawing:
    frame = pl.DataFrame(
        {
            "unit": [_place(row, called) for row in rows],
            "value": [row["value"] for row in rows],
            "text": [wording.marked(wording.brief(row, book), book) for row in rows],
            "told": [wording.told_of(called[row["unit"]], row, book) for row in rows],
            "exact": [row["place"] == "exact" for row in rows],
        }
    )
    y = alt.Y("unit:N", sort=None, axis=unit_axis(frame["unit"].to_list(), among, book, limit=LABEL_ROOM))
    bars = WIDTH - LABEL_ROOM - FIGURE_ROOM
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, reach or 1], range=[0, bars], nice=False))
    base = alt.Chart(frame).encode(x, y)
    fill = alt.condition(alt.datum.exact, alt.value(BAR), alt.value(PAPER))
    return alt.layer(
        base.mark_bar(height=12, stroke=ACCENT, strokeWidth=1).encode(TOLD, color=fill),
        base.mark_text(align="left", dx=4, color=INK).encode(alt.Text("text:N")),
        width=bars + FIGURE_ROOM,
        height=STEP * len(rows),
        title=alt.Title(book.label(rows[0]["indicator"]), subtitle=book.unit_of(rows[0]["indicator"])),
        description=_described(rows, called, book),
    )


def _place(row: Row, called: Mapping[str, str]) -> str:
    """Rank and name; what is not exact has no rank."""
    return f"{row['rank']}  {called[row['unit']]}" if row["rank"] else f"–  {called[row['unit']]}"


def _described(rows: Sequence[Row], called: Mapping[str, str], book: Codebook) -> str:
    points = [book.word("label_figure", label=_place(row, called), figure=wording.figure(row, book)) for row in rows]
    label, period = book.label(rows[0]["indicator"]), book.word("year", year=rows[0]["year"])
    return book.word("alt_series", label=label, period=period, points=wording.listed(points, book))
