"""What the tests of prose share: a sentence of an invented report -> the figures and counts read from it."""

from typing import NamedTuple

from analysis.codebook import load
from analysis.reports import outline, prose
from analysis.reports.characters import Plain, plain
from analysis.reports.entries import Span

Told = tuple[str, str, float, str]  # indicator, scope, value, qualifier


class Found(NamedTuple):
    """Figures, and for every count without a meaning its value and the reason."""

    figures: set[Told]
    counts: list[tuple[float, str]]


def tell(text: str, *, year: int = 2013) -> Found:
    """What is read from `text`, a part of a report on `year`."""
    _, told = _read(text, year)
    figures = [(each.indicator, each.scope, each.value, each.qualifier) for each in told.figures]
    assert all(each.applicant == "total" and each.method == "prose" for each in told.figures)
    return Found(set(figures), [(each.value, each.reason) for each in told.counts])


def quotes(text: str, *, year: int = 2013) -> list[tuple[str, str]]:
    """Every figure's and count's quote, beside the characters of `text` where it is said to stand."""
    _, told = _read(text, year)
    return [
        (each.quote, text[each.place.start : each.place.end])
        for each in [*told.figures, *told.counts]
        if isinstance(each.place, Span)
    ]


def fig(indicator: str, value: float, scope: str = "unstated", qualifier: str = "exact") -> Told:
    """A figure as `tell` gives it."""
    return indicator, scope, value, qualifier


def _read(text: str, year: int) -> tuple[Plain, prose.Prose]:
    made = plain(text)
    form = load().edition_of(year)
    assert form
    return made, prose.read(made, list(outline.paragraphs(made, year)), year, form)
