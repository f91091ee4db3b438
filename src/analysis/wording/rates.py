"""A rate as text, its change in percentage points, or why it is not computed."""

from analysis.codebook import Codebook
from analysis.wording.figures import Row
from analysis.wording.numbers import percent
from analysis.wording.phrases import listed

SMALLEST_POINTS = 0.1


def rate(row: Row, book: Codebook) -> str:
    """A rate of metrics.rates as text, or why it is not computed."""
    if row["value"] is not None:
        unit = book.metrics[row["metric"]].unit
        return percent(row["value"]) if unit == "percent" else percent(row["value"]).removesuffix("%")
    if row["reason"] == "term_missing":
        terms = listed((_term(name, book) for name in dict.fromkeys(row["missing"])), book)
        return book.word("term_unusable", terms=terms)
    return book.word(row["reason"])


def _term(term: str, book: Codebook) -> str:
    """What a term of a rate, `indicator@applicant`, is called."""
    name, _, applicant = term.partition("@")
    if applicant == "total":
        return book.label(name)
    return book.word("labelled_applicant", label=book.label(name), applicant=book.term("applicant", applicant))


def points(row: Row, book: Codebook) -> str:
    """The change of a rate on the year before, in percentage points or its own unit; '' where none is computed."""
    if row["points"] is None:
        return ""
    if row["points"] == 0:
        return book.word("same")
    if abs(row["points"]) < SMALLEST_POINTS / 2:
        return book.word("points_small", points=_in_points(SMALLEST_POINTS, row["metric"], book))
    direction = book.word("rate_up" if row["points"] > 0 else "rate_down")
    return book.word("rate_change", direction=direction, points=_in_points(abs(row["points"]), row["metric"], book))


def _in_points(size: float, metric: str, book: Codebook) -> str:
    if book.metrics[metric].unit == "percent":
        return book.word("points", points=f"{size:.1f}")
    return book.word("counted", number=f"{size:.1f}", unit=book.unit_of(metric))
