"""A measure as text, the counts behind it, its change on the year before, or why it is not computed."""

from analysis.codebook import Codebook
from analysis.wording.figures import Row
from analysis.wording.numbers import counted, number, percent
from analysis.wording.phrases import listed

SMALLEST_POINTS = 0.1
HUNDRED_UNITS = 10  # of a ratio in units: from here on one decimal is enough


def rate(row: Row, book: Codebook) -> str:
    """A measure of metrics.rates as text, or why it is not computed."""
    if row["value"] is None:
        return _not_computed(row, book)
    metric = book.metrics[row["metric"]]
    if metric.difference:
        text = _signed(counted(row["value"], row["metric"], book), row["value"])
    elif metric.change == "percent":
        text = book.word("counted", number=_ratio(row["value"]), unit=book.unit_of(row["metric"]))
    else:
        text = percent(row["value"], signed=metric.unit == "growth" and row["value"] != 0)
        text = text if "%" in book.unit_of(row["metric"]) else text.removesuffix("%")
    return book.word("approx", figure=text) if row.get("uncertain") else text


def counts(row: Row, book: Codebook) -> str:
    """The two counts behind a measure: "2059/3511", or "40−28" of a difference."""
    sign = "−" if book.metrics[row["metric"]].difference else "/"
    return f"{number(row['numerator'], book)}{sign}{number(row['denominator'], book)}"


def unjudged(row: Row, book: Codebook) -> str:
    """That a measure rests on too few cases to be assessed."""
    word = "not_judged" if book.metrics[row["metric"]].cases == "denominator" else "not_judged_numerator"
    return book.word(word, minimum=book.minimum_cases)


def _ratio(value: float) -> str:
    """A ratio in units: two decimals below ten; what is not 0 never reads 0."""
    if 0 < value < 0.005:
        return "<0.01"
    return f"{value:.1f}" if value >= HUNDRED_UNITS else f"{value:.2f}"


def _signed(text: str, value: float) -> str:
    return f"+{text}" if value > 0 else text


def _not_computed(row: Row, book: Codebook) -> str:
    if row["reason"] != "term_missing":
        return book.word(row["reason"])
    terms = listed((_term(name, book) for name in dict.fromkeys(row["missing"])), book)
    if row.get("gap"):
        return book.word("term_gap", terms=terms, status=book.statuses[row["gap"]].label)
    return book.word("term_unusable", terms=terms)


def _term(term: str, book: Codebook) -> str:
    """What a term of a rate, `indicator@applicant`, is called."""
    name, _, applicant = term.partition("@")
    if applicant == "total":
        return book.label(name)
    return book.word("labelled_applicant", label=book.label(name), applicant=book.term("applicant", applicant))


def points(row: Row, book: Codebook) -> str:
    """The change of a measure on the year before: in percentage points, percent or its own unit; '' where none is."""
    if row["points"] is None:
        return ""
    if row["points"] == 0:
        return book.word("same")
    direction = book.word("rate_up" if row["points"] > 0 else "rate_down")
    if row.get("percent") is not None:
        return book.word("rate_change", direction=direction, points=percent(abs(row["percent"])))
    if abs(row["points"]) < SMALLEST_POINTS / 2:
        return book.word("points_small", points=_in_points(SMALLEST_POINTS, row["metric"], book))
    return book.word("rate_change", direction=direction, points=_in_points(abs(row["points"]), row["metric"], book))


def _in_points(size: float, metric: str, book: Codebook) -> str:
    if book.metrics[metric].unit == "percent":
        return book.word("points", points=f"{size:.1f}")
    return book.word("counted", number=f"{size:.1f}", unit=book.unit_of(metric))
