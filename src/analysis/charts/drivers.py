"""Which units drive the change of a region: the largest differences as diverging bars, all others as one."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.answering import TOLD
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.names import distinct, each, group, some, unit_axis
from analysis.charts.theme import BAR, INK, MUTED, PALETTE, WIDTH
from analysis.codebook import Codebook
from analysis.metrics import Field

STEP = 22  # pixels of one bar
LABEL_ROOM = 120
SUMMED = ("previous", "value", "difference")
LARGEST = 12  # differences drawn one by one; what is left is one bar, a single unit by its own name
Row = dict[str, Any]


def drivers(rows: pl.DataFrame, book: Codebook, *, among: Field, names: Mapping[str, str], year: int) -> Exhibit:
    """Which units make up the region's change on the year before `year`? Rows of metrics.drivers."""
    called = distinct(names, book)
    kinds = {str(kind): list(of.iter_rows(named=True)) for (kind,), of in rows.group_by("kind", maintain_order=True)}
    counted = kinds.get("counted", [])
    topic = book.topics["drivers"].label
    if not counted:
        return Exhibit(topic=topic, finding=_why_none(rows, book, year), book=book)
    enough = len(counted) >= book.smallest_field
    bars = _bars(counted, called, book)
    whole: Row = total(counted, book, year=year) | {"unit": book.word("drivers_total", count=len(counted))}
    of = {"count": len(counted), "all": rows.height}
    among_whom = group(among.level, among.parent_level, book)
    return Exhibit(
        topic=topic,
        finding=_finding(counted, called, book, year, among_whom) if enough else _few(counted, book, of, among_whom),
        book=book,
        statistic=book.word("drivers_statistic", year=year, before=year - 1, **of) if enough else "",
        charts=[_plot(bars, whole["indicator"], year, among, book)]
        if enough and any(bar["difference"] for bar in bars)
        else [],
        table=_table([*bars, whole] if enough else bars, whole["indicator"], book, year),
        notes=_apart(kinds, called, book, year),
    )


def _why_none(rows: pl.DataFrame, book: Codebook, year: int) -> str:
    name = str(rows["indicator"].first())
    if any(entry.from_year == year and entry.degree == "break" for entry in book.changes(name)):
        return book.word("drivers_break", year=year, label=book.label(name))
    return book.word("drivers_none", year=year, before=year - 1, label=book.label(name))


def total(counted: Sequence[Row], book: Codebook, *, year: int) -> Row:
    """The counted units together, as a row of metrics.changes: its `difference` is the sum of theirs."""
    now, before = (math.fsum(row[name] for row in counted) for name in ("value", "previous"))
    changes = book.changes(counted[0]["indicator"])
    return counted[0] | {
        "value": now,
        "previous": before,
        "difference": round(now - before, wording.DECIMALS),
        "percent": (now - before) / before * 100 if before else None,
        "reason": None if before else "base_zero",
        "near": any(entry.from_year == year for entry in changes),
        "status": "reported",
        "previous_status": "reported",
        "previous_qualifier": "exact",
        "previous_first": None,
        "previous_corrected": False,
        "previous_printed": None,
        "corrected": False,
    }


def _finding(counted: list[Row], called: Mapping[str, str], book: Codebook, year: int, among: str) -> str:
    whole = total(counted, book, year=year)
    ends = _ends(counted)
    said = [
        book.word(
            key,
            unit=some([called[row["unit"]] for row in rows], book, most=3),
            difference=each(_size(rows[0]["difference"], rows[0]["indicator"], book), rows, book),
        )
        for key, rows in ends.items()
    ]
    moved = wording.clauses(
        [wording.figure(wording.brief(whole, book), book), wording.change(whole, book), *said], book
    )
    label = wording.scoped(counted[0], book)
    text = book.word("drivers_finding", year=year, label=label, count=len(counted), group=among, moved=moved)
    named = {row["unit"] for rows in ends.values() for row in rows}
    cells = [row | {"reason": None, "previous_qualifier": "exact"} for row in counted]
    return wording.bound(text, sorted(cells, key=lambda row: row["unit"] not in named), book)


def _size(difference: float, name: str, book: Codebook) -> str:
    return wording.counted(wording.rounded(abs(difference), book, name), name, book)


def _few(counted: Sequence[Row], book: Codebook, of: Mapping[str, int], among: str) -> str:
    """That too few units compare for a total of theirs to say anything."""
    said = {"year": counted[0]["year"], "label": wording.scoped(counted[0], book), "group": among}
    return book.word("drivers_small", **said, **of, minimum=book.smallest_field)


def _ends(counted: Sequence[Row]) -> dict[str, list[Row]]:
    """The units that rose most and those that fell most, under the keys of what is said of them."""
    sizes = [row["difference"] for row in counted]
    ends = {"drivers_most_up": max(0, *sizes), "drivers_most_down": min(0, *sizes)}
    return {key: [row for row in counted if row["difference"] == end] for key, end in ends.items() if end}


def _bars(counted: Sequence[Row], called: Mapping[str, str], book: Codebook) -> list[Row]:
    """The largest differences, rises first, and what all others add up to; of few units every one."""
    moved = [row for row in counted if row["difference"]][:LARGEST]
    shown = moved if len(counted) >= max(book.smallest_field, len(moved) + 2) else counted
    bars: list[Row] = [
        {"unit": called[row["unit"]], **{name: row[name] for name in SUMMED}}
        for row in sorted(shown, key=lambda row: -row["difference"])
    ]
    rest = counted[len(shown) :]
    if rest:
        sums = {name: math.fsum(row[name] for row in rest) for name in SUMMED}
        bars.append({"unit": book.word("drivers_others", count=len(rest)), **sums})
    return [bar | {"difference": round(bar["difference"], wording.DECIMALS)} for bar in bars]


def _signed(value: float, name: str, book: Codebook) -> str:
    return f"{'+' if value > 0 else ''}{wording.number(value, book, name)}"


def _told(bar: Row, name: str, book: Codebook, year: int) -> str:
    """Both figures of a bar and their difference, all exact."""
    last, now = (wording.counted(bar[side], name, book) for side in ("previous", "value"))
    said = wording.clauses([book.word("from_to", last=last, now=now), _signed(bar["difference"], name, book)], book)
    return book.word("figure_of_unit", year=year, unit=bar["unit"], figure=said)


def _plot(bars: Sequence[Row], name: str, year: int, among: Field, book: Codebook) -> Drawing:
    frame = pl.DataFrame(
        {
            "unit": [bar["unit"] for bar in bars],
            "difference": [float(bar["difference"]) for bar in bars],
            "text": [_signed(wording.rounded(bar["difference"], book, name), name, book) for bar in bars],
            "told": [_told(bar, name, book, year) for bar in bars],
        }
    )
    y = alt.Y("unit:N", sort=None, axis=unit_axis(frame["unit"].to_list(), among, book, limit=LABEL_ROOM))
    lowest, highest = (min(0.0, *frame["difference"]), max(0.0, *frame["difference"]))
    pad = (highest - lowest) * 0.42  # for the numbers at the ends of the bars
    domain = [lowest - (pad if lowest else 0), highest + (pad if highest else 0)]
    x = alt.X("difference:Q", axis=None, scale=alt.Scale(domain=domain, nice=False))
    base = alt.Chart(frame).encode(x, y)
    colour = alt.condition(alt.datum.difference > 0, alt.value(BAR), alt.value(PALETTE[1]))
    rises, falls = base.transform_filter(alt.datum.difference >= 0), base.transform_filter(alt.datum.difference < 0)
    zero = alt.Chart(pl.DataFrame({"difference": [0.0]})).mark_rule(color=MUTED).encode(x)
    said = zip(frame["unit"], frame["text"], strict=True)
    points = [book.word("label_figure", label=unit, figure=text) for unit, text in said]
    return alt.layer(
        base.mark_bar(height=13).encode(color=colour, tooltip=TOLD),
        zero,
        rises.mark_text(align="left", dx=4, color=INK).encode(alt.Text("text:N")),
        falls.mark_text(align="right", dx=-4, color=INK).encode(alt.Text("text:N")),
        width=WIDTH - LABEL_ROOM,
        height=STEP * frame.height,
        title=alt.Title(book.label(name), subtitle=book.unit_of(name)),
        description=book.word(
            "alt_series",
            label=book.label(name),
            period=wording.period([year - 1, year], book),
            points=wording.listed(points, book),
        ),
    )


def _table(rows: Sequence[Row], name: str, book: Codebook, year: int) -> Table:
    """What the bars show, and below it the total that they add up to."""
    lines = [
        [
            Cell(str(row["unit"])),
            Cell(wording.number(row["previous"], book, name), "number"),
            Cell(wording.number(row["value"], book, name), "number"),
            Cell(_signed(row["difference"], name, book), "number"),
        ]
        for row in rows
    ]
    heads = [book.word("head_unit"), *[book.word("year", year=each) for each in (year - 1, year)]]
    caption = wording.listed([wording.period([year - 1, year], book), book.unit_of(name)], book)
    return Table(caption, [*heads, book.word("head_difference")], lines)


def _apart(kinds: Mapping[str, Sequence[Row]], called: Mapping[str, str], book: Codebook, year: int) -> list[str]:
    """The units that the change does not count, and why."""
    notes: list[str] = []
    for kind in ("only_now", "only_before", "apart", "neither"):
        held = kinds.get(kind, [])
        if held:
            units = some([called[row["unit"]] for row in held], book)
            notes.append(book.word(f"drivers_{kind}", year=year, before=year - 1, count=len(held), units=units))
    return notes
