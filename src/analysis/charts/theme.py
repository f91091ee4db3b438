"""One look for every chart: fonts that leaders have, colours that pass 3:1 on white, the language's numbers."""

import math
from collections.abc import Iterable, Sequence

import altair as alt
import polars as pl

from analysis.codebook import Codebook

FONT = (
    "'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', 'Hiragino Sans GB', "
    "'WenQuanYi Micro Hei', sans-serif"
)
INK, MUTED, HAIRLINE, PAPER = "#1a1f26", "#59636e", "#d5dae0", "#ffffff"
GROUND = "#f3f6f9"  # behind plots; too light to be a cue on its own
ACCENT, BAR, BAND, TINT = "#14538a", "#4b7aa8", "#a9c6e0", "#d7e5f2"
PALETTE = ["#14538a", "#c0561a", "#2f7f58", "#8256b4", "#6b5a00", "#4b5563", "#8a4a22", "#b5477a"]
DASHES = [[1, 0], [6, 3], [2, 2], [8, 2, 2, 2], [4, 4], [1, 3]]
FAR = 20  # times: sizes further apart than that are drawn near-logarithmically
LABEL_SIZE = 12
LABELLED_YEARS = 7
WIDTH = 296  # of one plot: two stand side by side on A4, one fills a phone
NUMBERED_YEARS = 8  # in a plot of more years only the last, highest, first and lowest bear their numbers
NUMBER_ROOM = 48  # pixels: closer numbers would overlap
SHAPES = {
    "exact": "circle",
    "approx": "circle",
    "conflicting": "diamond",
    "definition_differs": "square",
    "estimated": "triangle-up",
}


@alt.theme.register("disclosure", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    return alt.theme.ThemeConfig(
        config={
            "background": PAPER,
            "font": FONT,
            "view": {"stroke": None},
            "range": {"category": PALETTE},
            "title": {
                "font": FONT,
                "subtitleFont": FONT,
                "anchor": "start",
                "fontSize": 14,
                "fontWeight": 600,
                "color": INK,
                "subtitleColor": MUTED,
                "subtitleFontSize": 12,
                "offset": 10,
            },
            "axis": {
                "labelFont": FONT,
                "labelColor": INK,
                "labelFontSize": LABEL_SIZE,
                "gridColor": HAIRLINE,
                "domainColor": MUTED,
                "tickColor": MUTED,
            },
            "legend": {
                "labelFont": FONT,
                "labelColor": INK,
                "labelFontSize": LABEL_SIZE,
                "orient": "bottom",
                "title": None,
                "labelLimit": WIDTH,
                "columns": 1,
            },
            "text": {"font": FONT, "color": INK, "fontSize": 12},
            "line": {"strokeWidth": 2},
        }
    )


def top(*columns: pl.Series) -> float:
    """The largest value of the columns, 0 where there is none: as far as a scale must reach."""
    return max((float(value) for column in columns for value in column.drop_nulls()), default=0.0)


def sizes(values: pl.Series, *, every: int = 1) -> tuple[alt.Scale, list[int] | None]:
    """A scale of sizes from 0, and its ticks where they are fixed: at (`every` so many) powers of ten.

    These are where the sizes lie far apart: then the scale is near-logarithmic.
    """
    reach = max(top(values), 1.0)
    if reach <= FAR * min((value for value in values.drop_nulls() if value > 0), default=reach):
        return alt.Scale(domain=[0, reach * 1.08], nice=False), None
    powers = math.ceil(math.log10(reach))
    ticks = [0, *[10**power for power in range(powers % every, powers + 1, every)]]
    return alt.Scale(type="symlog", constant=1, domain=[0, ticks[-1]], nice=False), ticks


def room(texts: Iterable[str], *, limit: int) -> int:
    """Pixels that axis labels take, told without measuring: the machine that draws may lack Chinese fonts."""
    widths = (sum(1.0 if ord(letter) > 0x2E7F else 0.58 for letter in text) for text in texts)
    return min(limit, round(max(widths, default=0) * LABEL_SIZE) + 4)


def label_axis(wide: int, *, limit: int, shown: str | None = None, grid: bool | None = None) -> alt.Axis:
    """An axis of words left of a plot, `wide` as `room` tells; `shown`: what is written for a label, if not itself."""
    return alt.Axis(
        title=None,
        domain=False,
        ticks=False,
        labelLimit=limit,
        minExtent=wide,
        maxExtent=wide,
        labelExpr=alt.Undefined if shown is None else shown,
        grid=alt.Undefined if grid is None else grid,
    )


def number_axis(book: Codebook, name: str = "", *, values: list[int] | None = None) -> alt.Axis:
    """An axis of counts, its labels grouped as wording.number groups those of `name`; `values` fixes the ticks."""
    ten_thousand, hundred_million = book.word("ten_thousand"), book.word("hundred_million")
    grouped = (
        f"datum.value >= 1e8 ? format(datum.value / 1e8, '~r') + '{hundred_million}' : "
        f"datum.value >= 1e4 ? format(datum.value / 1e4, '~r') + '{ten_thousand}' : format(datum.value, '~g')"
    )
    if name and ten_thousand and book.unit_of(name).startswith(ten_thousand):
        grouped = "format(datum.value, '~f')"
    return alt.Axis(
        title=None,
        tickCount=4,
        tickMinStep=1,
        domain=False,
        ticks=False,
        labelExpr=grouped if ten_thousand else "format(datum.value, ',')",
        values=alt.Undefined if values is None else values,
    )


def year_axis(years: list[int], *, field: str = "year", offset: int = 0) -> alt.X:
    """Years as a line of numbers with room on both sides, as many labelled as have room, `offset` below the plot."""
    step = -(-len(years) // LABELLED_YEARS)
    axis = alt.Axis(
        title=None, values=years[::-step][::-1], format="d", grid=False, tickSize=4, offset=offset or alt.Undefined
    )
    return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(domain=[years[0] - 0.6, years[-1] + 0.6], nice=False))


def numbered(years: Sequence[int], values: Sequence[float], *, of: int) -> set[int]:
    """Which points of a plot `of` so many years bear their numbers, by place: where years crowd, those with room.

    The last comes first, then the highest, the first and the lowest.
    """
    if of <= NUMBERED_YEARS:
        return set(range(len(years)))
    by_year = sorted(range(len(years)), key=years.__getitem__)
    by_value = sorted(by_year, key=values.__getitem__)
    kept: list[int] = []
    for place in [ends[at] for at in (-1, 0) for ends in (by_year, by_value) if ends]:
        if all(abs(years[place] - years[other]) * WIDTH / of >= NUMBER_ROOM for other in kept):
            kept.append(place)
    return set(kept)
