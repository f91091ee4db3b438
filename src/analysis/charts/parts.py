"""What a whole is made of: one year's parts beside the year before, and their shares over the years."""

from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.theme import ACCENT, INK, MUTED, PALETTE, PAPER, WIDTH, top
from analysis.codebook import Codebook

STEP = 30  # pixels of one bar
LABEL_ROOM = 128  # pixels for the words left of the bars
BAR_ROOM = 204  # for the bars and the numbers right of them
HEIGHT = 210


def structure(rows: pl.DataFrame, book: Codebook, *, year: int, topic: str) -> Exhibit:
    """What were the wholes made of in `year`? Bars, and a tick for the year before; rows of metrics.parts."""
    now = rows.filter(pl.col("year") == year)
    before = rows.filter(pl.col("year") == year - 1)
    wholes = list(dict.fromkeys(now["whole"]))
    shown = [name for name in wholes if now.filter(pl.col("whole") == name)["value"].max()]
    held = now.filter(pl.col("whole").is_in(shown))
    first = (shown or wholes)[0]
    return Exhibit(
        topic=book.topics[topic].label,
        finding=_finding(now.filter(pl.col("whole") == first), first, year, book),
        book=book,
        statistic=book.word("statistic", what=book.word("by_part"), period=book.word("year", year=year))
        if shown
        else "",
        charts=[_bars(of, before.filter(pl.col("whole") == name), name, year, book) for name, of in _by_whole(held)],
        table=_table(held, before, book) if shown else None,
        notes=[*_incomplete(held, book), book.word("doubt_rounding")] if shown else [],
    )


def composition(rows: pl.DataFrame, book: Codebook, *, topic: str) -> Exhibit:
    """How did the parts' shares of a whole develop? Incomplete years stay empty; rows of metrics.parts."""
    years = sorted(rows["year"].unique())
    complete = rows.filter(pl.col("share").is_not_null())
    ((whole, _),) = _by_whole(rows)
    latest = complete["year"].max()
    now = complete.filter(pl.col("year") == latest)
    return Exhibit(
        topic=book.topics[topic].label,
        finding=_finding(now, whole, years[-1] if latest is None else int(str(latest)), book),
        book=book,
        statistic=book.word("composition_statistic") if now.height else "",
        charts=[_stacks(complete, years, whole, book)] if now.height else [],
        table=_shares(rows, years, book) if now.height else None,
        notes=[*_incomplete(rows, book), book.word("doubt_rounding")] if now.height else [],
    )


def _by_whole(rows: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    return [(str(name), of) for (name,), of in rows.group_by("whole", maintain_order=True)]


def _finding(now: pl.DataFrame, whole: str, year: int, book: Codebook) -> str:
    stated = now.filter(pl.col("value").is_not_null())
    if stated.is_empty():
        totals = now["total"].drop_nulls().to_list()
        if not totals:
            return book.word("no_figure", period=book.word("year", year=year), labels=book.label(whole))
        total = wording.counted(totals[0], whole, book)
        return book.word("parts_none", year=year, whole=book.label(whole), total=total)
    largest = stated.sort("value", descending=True, maintain_order=True).row(0, named=True)
    if not largest["value"]:
        return book.word("parts_zero", year=year, whole=book.label(whole))
    said = {
        "year": year,
        "whole": book.label(whole),
        "part": _part(largest, book),
        "figure": wording.figure(largest, book),
    }
    if largest["share"] is None:
        return book.word("parts_finding", **said)
    total = wording.counted(largest["total"], whole, book)
    return book.word("share_finding", **said, total=total, share=wording.percent(largest["share"]))


def _incomplete(rows: pl.DataFrame, book: Codebook) -> list[str]:
    """For each year with parts but without shares, what is lacking."""
    notes: list[str] = []
    for (year, whole), held in rows.sort("year", maintain_order=True).group_by("year", "whole", maintain_order=True):
        if held["value"].is_null().all() or held["complete"].all():
            continue
        gaps = wording.clauses(_gaps(held, book), book)
        notes.append(
            book.word("parts_incomplete", year=year, whole=book.label(str(whole)), gaps=gaps) + book.word("full_stop")
        )
    return notes


def _gaps(held: pl.DataFrame, book: Codebook) -> list[str]:
    gaps = [
        book.word("label_figure", label=_part(row, book), figure=book.statuses[row["status"]].label)
        for row in held.filter(pl.col("value").is_null()).iter_rows(named=True)
    ]
    totals, stated = held["total"].drop_nulls().to_list(), sum(held["value"].drop_nulls().to_list())
    if not totals:
        return [*gaps, book.word("parts_no_whole")]
    if stated == totals[0]:
        return gaps
    return [*gaps, book.word("parts_unequal", sum=wording.number(stated, book), total=wording.number(totals[0], book))]


def _said(row: dict[str, Any], book: Codebook) -> str:
    if row["share"] is None:
        return wording.marked(row, book)
    return book.word("in_brackets", text=wording.marked(row, book), aside=wording.percent(row["share"]))


def _part(row: dict[str, Any], book: Codebook) -> str:
    """What a part is called: its indicator, or the kind of applicant where a column is the part."""
    if row["applicant"] != "total":
        return book.term("applicant", row["applicant"])
    return book.label(row["indicator"])


def _short(row: dict[str, Any], book: Codebook) -> str:
    """A part's label without the words before a colon, which the title of its chart has."""
    return _part(row, book).rpartition(": ")[2]


def _parts(rows: pl.DataFrame) -> list[dict[str, Any]]:
    return list(rows.unique(["indicator", "applicant"], keep="first", maintain_order=True).iter_rows(named=True))


def _bars(now: pl.DataFrame, before: pl.DataFrame, whole: str, year: int, book: Codebook) -> Drawing:
    previous = before.select("indicator", "applicant", previous="value")
    held = now.join(previous, on=["indicator", "applicant"], how="left")
    frame = held.select(
        "value",
        "previous",
        label=pl.Series([_short(row, book) for row in held.iter_rows(named=True)], dtype=pl.String),
        text=pl.Series([_said(row, book) for row in held.iter_rows(named=True)], dtype=pl.String),
    )
    reach = top(frame["value"], frame["previous"]) * 1.9
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, reach], nice=False))
    y = alt.Y("label:N", sort=None, axis=alt.Axis(title=None, domain=False, ticks=False, labelLimit=LABEL_ROOM))
    bar = (
        alt.Chart(frame)
        .mark_bar(color=ACCENT, height=16)
        .encode(x, y, tooltip=[alt.Tooltip("label:N"), alt.Tooltip("text:N")])
    )
    tick = (
        alt.Chart(frame.filter(pl.col("previous").is_not_null()))
        .mark_tick(color=INK, thickness=2, size=22)
        .encode(x=alt.X("previous:Q", axis=None, scale=alt.Scale(domain=[0, reach], nice=False)), y=y)
    )
    text = alt.Chart(frame).mark_text(align="right", color=INK).encode(alt.XValue(BAR_ROOM), y, alt.Text("text:N"))
    title = alt.Title(book.label(whole), subtitle=book.word("year", year=year))
    return alt.layer(
        bar,
        tick,
        text,
        width=BAR_ROOM,
        height=STEP * frame.height,
        title=title,
        description=_described(now, whole, year, book),
    )


def _described(now: pl.DataFrame, whole: str, year: int, book: Codebook) -> str:
    said = [book.word("alt_part", label=_part(row, book), figure=_said(row, book)) for row in now.iter_rows(named=True)]
    return book.word(
        "alt_series", label=book.label(whole), period=book.word("year", year=year), points=wording.listed(said, book)
    )


def _table(now: pl.DataFrame, before: pl.DataFrame, book: Codebook) -> Table:
    earlier = {_key(row): row for row in before.iter_rows(named=True)}
    rows = [
        [
            Cell(_part(row, book)),
            _count(row, book),
            _share(row),
            _count(earlier.get(_key(row)), book),
            _share(earlier.get(_key(row))),
        ]
        for row in now.iter_rows(named=True)
    ]
    words = ["head_indicator", "this_year", "head_share", "year_before", "head_share"]
    return Table(
        caption=book.word("year", year=now["year"].first()), heads=[book.word(word) for word in words], rows=rows
    )


def _count(row: dict[str, Any] | None, book: Codebook) -> Cell:
    if row is None:
        return Cell(book.statuses["report_missing"].label, "gap")
    return Cell(wording.marked(row, book), "gap" if row["value"] is None else "number")


def _key(row: dict[str, Any]) -> tuple[str, str]:
    return row["indicator"], row["applicant"]


def _share(row: dict[str, Any] | None) -> Cell:
    share = row["share"] if row else None
    return Cell("", "gap") if share is None else Cell(wording.percent(share), "number")


def _stacks(complete: pl.DataFrame, years: list[int], whole: str, book: Codebook) -> Drawing:
    labels = [_short(row, book) for row in _parts(complete)]
    said = [_short(row, book) for row in complete.iter_rows(named=True)]
    frame = complete.select(
        "share",
        year=pl.col("year").cast(pl.String),
        label=pl.Series(said, dtype=pl.String),
        order=pl.Series([labels.index(label) for label in said], dtype=pl.Int64),
        text=pl.Series([_said(row, book) for row in complete.iter_rows(named=True)], dtype=pl.String),
        shown=pl.Series([wording.percent(share) if share >= 8 else "" for share in complete["share"]], dtype=pl.String),
    )
    x = alt.X(
        "year:O",
        scale=alt.Scale(domain=[str(year) for year in years]),
        axis=alt.Axis(title=None, labelAngle=0, labelOverlap="parity"),
    )
    y = alt.Y("share:Q", stack="zero", axis=None, scale=alt.Scale(domain=[0, 100]))
    colour = alt.Color("label:N", scale=alt.Scale(domain=labels, range=PALETTE[: len(labels)]))
    base = alt.Chart(frame).encode(x, y, order=alt.Order("order:Q"))
    bar = base.mark_bar(stroke=PAPER, strokeWidth=1.5).encode(
        colour, tooltip=[alt.Tooltip("label:N"), alt.Tooltip("year:O"), alt.Tooltip("text:N")]
    )
    middle = frame.sort("year", "order").with_columns(at=pl.col("share").cum_sum().over("year") - pl.col("share") / 2)
    text = (
        alt.Chart(middle)
        .mark_text(color=PAPER, fontSize=11)
        .encode(x, alt.Y("at:Q", axis=None, scale=alt.Scale(domain=[0, 100])), alt.Text("shown:N"))
    )
    points = [
        book.word(
            "alt_point", year=row["year"], figure=book.word("alt_part", label=_part(row, book), figure=_said(row, book))
        )
        for row in complete.sort("year").iter_rows(named=True)
    ]
    described = book.word(
        "alt_series", label=book.label(whole), period=wording.period(years, book), points=wording.listed(points, book)
    )
    return alt.layer(
        bar,
        text,
        width=WIDTH,
        height=HEIGHT,
        title=alt.Title(book.label(whole), subtitle="%", color=INK, subtitleColor=MUTED),
        description=described,
    )


def _shares(rows: pl.DataFrame, years: list[int], book: Codebook) -> Table:
    held = {(*_key(row), row["year"]): row for row in rows.iter_rows(named=True)}
    lines = [
        [Cell(_part(row, book)), *[_said_cell(held.get((*_key(row), year)), book) for year in years]]
        for row in _parts(rows)
    ]
    heads = [book.word("head_indicator"), *[book.word("year", year=year) for year in years]]
    return Table(caption=wording.period(years, book), heads=heads, rows=lines)


def _said_cell(row: dict[str, Any] | None, book: Codebook) -> Cell:
    if row is None or row["value"] is None:
        return _count(row, book)
    return Cell(_said(row, book), "number")
