"""What lies behind plots over the years: where the form of reports changed, and where an indicator counts otherwise."""

from collections.abc import Iterable

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.theme import GROUND, MUTED, year_axis
from analysis.codebook import Codebook


def forms_named(rows: pl.DataFrame, book: Codebook) -> list[str]:
    """Which forms the grounds of the plots tell apart."""
    labels = [book.editions[name].label for name in book.editions if name in set(rows["edition"])]
    return [book.word("forms_key", forms=wording.listed(labels, book))] if len(labels) > 1 else []


def forms(years: list[int], book: Codebook) -> list[alt.Chart]:
    """A ground of its own for every second form of report, so that a reader sees where forms changed."""
    forms = [
        entry
        for entry in book.editions.values()
        if entry.from_year <= years[-1] and (entry.to_year or years[-1]) >= years[0]
    ]
    tinted = [
        (max(entry.from_year, years[0]) - 0.5, min(entry.to_year or years[-1], years[-1]) + 0.5)
        for entry in forms[1::2]
    ]
    if not tinted:
        return []
    frame = pl.DataFrame(tinted, schema=["first", "last"], orient="row")
    ground = alt.Chart(frame).mark_rect(color=GROUND)
    return [ground.encode(year_axis(years, field="first"), alt.X2("last:Q"))]


def rules(at: Iterable[int], years: list[int], book: Codebook) -> list[alt.Chart]:
    """A vertical rule before each of the years `at` from which something counts otherwise, one label for all.

    The label stands above the plot, where its title leaves 20 pixels, and reaches to where there is more room.
    """
    held = sorted({year for year in at if years[0] < year <= years[-1]})
    if not held:
        return []
    late = held[-1] - years[0] > (years[-1] - years[0]) / 2
    label = book.word("break_label", year=wording.listed(map(str, held), book))
    drawn = pl.DataFrame({"year": [year - 0.5 for year in held]})
    named = pl.DataFrame({"year": [held[-1 if late else 0] - 0.5], "label": [label]})
    text = alt.Chart(named).mark_text(align="right" if late else "left", dx=-3 if late else 3, fontSize=11, color=MUTED)
    return [
        alt.Chart(drawn).mark_rule(strokeDash=[3, 3], color=MUTED).encode(year_axis(years)),
        text.encode(year_axis(years), alt.YValue(-5), alt.Text("label:N")),
    ]
