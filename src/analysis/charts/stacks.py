"""The parts' shares of one whole as a stack for each year; what an older form counted is pale and has its own name."""

from typing import Any

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts import parts
from analysis.charts.answering import TOLD, answering, outstanding
from analysis.charts.exhibit import Drawing
from analysis.charts.tables import why_silent
from analysis.charts.theme import INK, MUTED, PALETTE, PAPER, WIDTH, room, year_axis
from analysis.codebook import Codebook

HEIGHT = 210
MARK_AT = HEIGHT - 7  # pixels from the top: where the stack of a year without one would stand
SHOWN_FROM = 8  # percent: a thinner slice has no room for its number
HALF = 0.43  # of a year: half of a stack's width
SYMBOL_ROOM = 20  # of an entry in the legend, beside its label
WIDE_YEARS = 8  # more years leave a stack too narrow for a decimal
PALE = 0.62  # of white in the colour of what an older form counted

Row = dict[str, Any]


def stacks(of: pl.DataFrame, whole: str, book: Codebook) -> list[Drawing]:
    """A stack for each year with shares, marks for the others, a rule at each break; rows of one whole, judged."""
    shared = of.filter(pl.col("share").is_not_null())
    if shared.is_empty():
        return []
    years = [year for year in sorted(of["year"].unique()) if year >= min(shared["year"])]
    changed = breaks(of, whole, years, book)
    since = max((year for year in changed if year <= max(shared["year"])), default=0)
    slices = _slices(shared, since, len(years) <= WIDE_YEARS, book)
    subtitle = wording.listed(filter(None, ["%", parts.scope(shared, book)]), book)
    title = alt.Title(book.label(whole), subtitle=subtitle, offset=20 if changed else 10)
    layers = [*_bars(slices, years), *_empty(of.filter(pl.col("year").is_in(years)), years, book)]
    return [
        alt.layer(
            *layers,
            *_rules(changed, years, book),
            width=WIDTH,
            height=HEIGHT,
            title=title,
            description=_described(shared, years, whole, book),
        )
    ]


def breaks(of: pl.DataFrame, whole: str, years: list[int], book: Codebook) -> list[int]:
    """The years, but the first, from which a part is no longer comparable or the whole counts otherwise."""
    known = [entry for name in dict.fromkeys(of["indicator"]) for entry in book.changes(name)]
    changed = [entry for entry in known if entry.degree == "break"] + book.changes(whole)
    return sorted({entry.from_year for entry in changed if years[0] < entry.from_year <= years[-1]})


def _broken(row: Row, since: int, book: Codebook) -> bool:
    """Whether a part counted otherwise in its year than from `since` on."""
    changes = book.changes(row["indicator"])
    return row["year"] < since and any(entry.degree == "break" and entry.from_year <= since for entry in changes)


def _slices(shared: pl.DataFrame, since: int, wide: bool, book: Codebook) -> pl.DataFrame:
    """The parts of each year with what a chart shows of each: where it lies, what it is called, its look, its text."""
    order = {name: at for at, name in enumerate([*book.indicators, *book.terms["applicant"]])}
    rows = sorted(
        shared.iter_rows(named=True),
        key=lambda row: (row["year"], order[row["indicator"]], order[row["applicant"]]),
    )
    looks = _looks(rows, since, book)
    slices = pl.DataFrame(
        [
            {
                "year": row["year"],
                "share": row["share"],
                "label": _name(row, since, book),
                "told": parts.told(row, book),
                "shown": _number(row, wide, book) if row["share"] >= SHOWN_FROM else "",
                "ink": INK if looks[_name(row, since, book)][0] not in PALETTE else PAPER,
                "fill": looks[_name(row, since, book)][0],
                "stroke": looks[_name(row, since, book)][1],
            }
            for row in rows
        ]
    )
    return slices.with_columns(
        left=pl.col("year") - HALF, right=pl.col("year") + HALF, high=pl.col("share").cum_sum().over("year")
    ).with_columns(low=pl.col("high") - pl.col("share"), middle=pl.col("high") - pl.col("share") / 2)


def _number(row: Row, wide: bool, book: Codebook) -> str:
    """A share as its slice has room for it; what is not all never reads 100. A narrow slice has none for 'about'."""
    share = row["share"]
    whole = str(min(round(share), 100 if share == 100 else 99))
    if parts.approximate(row):
        return f"{book.terms['qualifier']['approx'].mark}{whole}%" if wide else ""
    return wording.percent(share) if wide else whole


def _name(row: Row, since: int, book: Codebook) -> str:
    """What the series of a part is called: the same part counted otherwise is another series."""
    label = parts.short(row, book)
    return book.word("older_definition", label=label, year=since) if _broken(row, since, book) else label


def _looks(rows: list[Row], since: int, book: Codebook) -> dict[str, tuple[str, str]]:
    """Fill and stroke of each series: today's parts full, what only an older form counted pale with a full edge.

    A part that counted otherwise keeps the hue of today's.
    """
    now = dict.fromkeys(_name(row, since, book) for row in rows if row["year"] >= since)
    hues = {label: at % len(PALETTE) for at, label in enumerate(now)}
    former = {_name(row, since, book): parts.short(row, book) for row in rows}
    taken = {hues[label] for name, label in former.items() if name not in now and label in hues}
    free = [hue for hue in range(len(PALETTE)) if hue not in taken]
    free = sorted(free, key=lambda hue: hue in hues.values())
    looks: dict[str, tuple[str, str]] = {}
    for name, label in former.items():
        if name in now:
            looks[name] = (PALETTE[hues[name]], PAPER)
            continue
        hue = hues[label] if label in hues else free[len(looks) % len(free)]
        looks[name] = (_paled(PALETTE[hue]), PALETTE[hue])
    return looks


def _paled(colour: str) -> str:
    """`colour` mixed with white."""
    mixed = [round(255 * PALE + int(colour[at : at + 2], 16) * (1 - PALE)) for at in (1, 3, 5)]
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _bars(slices: pl.DataFrame, years: list[int]) -> list[alt.Chart]:
    series = slices.unique("label", keep="last", maintain_order=True).sort(
        ~pl.col("fill").is_in(PALETTE), maintain_order=True
    )
    labels = series["label"].to_list()
    full = alt.Scale(domain=[0, 100])
    legend = alt.Legend(columns=2 if room(labels, limit=WIDTH) + SYMBOL_ROOM <= WIDTH / 2 else 1)
    fill = alt.Fill("label:N", scale=alt.Scale(domain=labels, range=series["fill"].to_list()), legend=legend)
    stroke = alt.Stroke("label:N", scale=alt.Scale(domain=labels, range=series["stroke"].to_list()), legend=legend)
    x, y = year_axis(years, field="left"), alt.Y("low:Q", axis=None, scale=full)
    bar = alt.Chart(slices).mark_bar(strokeWidth=1.2)
    text = alt.Chart(slices.filter(pl.col("shown") != "")).mark_text(fontSize=11)
    ink = outstanding("ink", otherwise=INK)
    middle = alt.Y("middle:Q", axis=None, scale=full)
    return [
        *answering([bar.encode(x, y, fill, stroke, TOLD, x2="right", y2="high")], by="label", legend=True),
        text.encode(year_axis(years), middle, alt.Text("shown:N"), TOLD, color=ink),
    ]


def _empty(of: pl.DataFrame, years: list[int], book: Codebook) -> list[alt.Chart]:
    """The mark of each year without shares: of its gap, of parts that do not make up their whole, of a small whole."""
    marks: list[Row] = []
    for (year,), held in of.group_by("year", maintain_order=True):
        if held["share"].is_not_null().any():
            continue
        why = why_silent(held) if held["value"].is_null().all() else "parts_missing"
        few = held["complete"].all()
        mark = f"<{book.minimum_cases}" if few else book.statuses[why].mark
        said = book.word("parts_small", minimum=book.minimum_cases) if few else book.statuses[why].label
        marks.append({"year": year, "mark": mark, "told": book.word("alt_point", year=year, figure=said)})
    text = alt.Chart(pl.DataFrame(marks)).mark_text(color=MUTED, fontSize=11) if marks else None
    return [text.encode(year_axis(years), alt.YValue(MARK_AT), alt.Text("mark:N"), TOLD)] if text else []


def _rules(changed: list[int], years: list[int], book: Codebook) -> list[alt.Chart]:
    """A vertical rule with its label before each year from which parts or whole count otherwise."""
    if not changed:
        return []
    frame = pl.DataFrame(
        {"year": [year - 0.5 for year in changed], "text": [book.word("break_label", year=year) for year in changed]}
    )
    rule = alt.Chart(frame).mark_rule(color=INK, strokeWidth=1.5, strokeDash=[4, 3])
    left = changed[0] - years[0] > (years[-1] - years[0]) / 2
    text = alt.Chart(frame).mark_text(align="right" if left else "left", dx=-3 if left else 3, fontSize=11, color=MUTED)
    return [rule.encode(year_axis(years)), text.encode(year_axis(years), alt.YValue(-6), alt.Text("text:N"))]


def _described(shared: pl.DataFrame, years: list[int], whole: str, book: Codebook) -> str:
    points = [
        book.word(
            "alt_point",
            year=row["year"],
            figure=book.word("label_figure", label=parts.called(row, book), figure=parts.said(row, book)),
        )
        for row in shared.sort("year", maintain_order=True).iter_rows(named=True)
    ]
    period = wording.period(years, book)
    return book.word("alt_series", label=book.label(whole), period=period, points=wording.listed(points, book))
