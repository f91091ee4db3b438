"""A measure as text, the counts behind it, its change on the year before, or why it is not computed."""

from analysis.codebook import Codebook
from analysis.wording.figures import Row
from analysis.wording.numbers import counted, number, percent
from analysis.wording.phrases import clauses

SMALLEST_POINTS = 0.1
HUNDRED_UNITS = 10  # of a ratio in units: from here on one decimal is enough


def rate(row: Row, book: Codebook) -> str:
    """A measure of metrics.rates that is computed, as text."""
    metric = book.metrics[row["metric"]]
    if metric.difference:
        text = _signed(counted(row["value"], row["metric"], book), row["value"])
    elif metric.change == "percent":
        text = book.word("counted", number=_ratio(row["value"]), unit=book.unit_of(row["metric"]))
    else:
        text = percent(row["value"], signed=metric.unit == "growth" and row["value"] != 0)
        text = text if "%" in book.unit_of(row["metric"]) else text.removesuffix("%")
    text = _rounded(text, book, uncertain=row["uncertain"])
    return book.word(row["limit"], figure=text) if row["limit"] else text


def why_not(row: Row, book: Codebook) -> str:
    """Why a measure is not computed, in short: the gap that its missing terms share, or the reason."""
    if row["gap"]:
        return book.statuses[row["gap"]].label
    return book.word("terms_lacking" if row["reason"] == "term_missing" else row["reason"])


def counts(row: Row, book: Codebook) -> str:
    """The two counts behind a measure: "2059/3511", or "40−28" of a difference."""
    sign = "−" if book.metrics[row["metric"]].difference else "/"
    return f"{number(row['numerator'], book)}{sign}{number(row['denominator'], book)}"


def cares(row: Row, book: Codebook) -> str:
    """With what care a measure is to be read: too few cases to be assessed, sources that disagree; '' without any."""
    few = "not_judged" if book.metrics[row["metric"]].cases == "denominator" else "not_judged_numerator"
    told = [(few, not row["judged"]), ("conflict_aside", row["torn"])]
    return clauses((book.word(key, minimum=book.minimum_cases) for key, said in told if said), book)


def _ratio(value: float) -> str:
    """A ratio in units: two decimals below ten; what is not 0 never reads 0."""
    if 0 < value < 0.005:
        return "<0.01"
    return f"{value:.1f}" if value >= HUNDRED_UNITS else f"{value:.2f}"


def _signed(text: str, value: float) -> str:
    return f"+{text}" if value > 0 else text


def points(row: Row, book: Codebook) -> str:
    """The change of a measure on the year before: in percentage points, percent or its own unit; '' where none is."""
    if row["points"] is None:
        return ""
    uncertain = row["uncertain"] or row["before_uncertain"]
    in_points = row["percent"] is None
    small = in_points and abs(row["points"]) < SMALLEST_POINTS / 2
    if row["points"] == 0 or (small and uncertain):
        return _rounded(book.word("same"), book, uncertain=uncertain)
    if small:
        return book.word("points_small", points=_in_points(SMALLEST_POINTS, row["metric"], book))
    direction = book.word("rate_up" if row["points"] > 0 else "rate_down")
    size = _in_points(abs(row["points"]), row["metric"], book) if in_points else percent(abs(row["percent"]))
    return book.word("rate_change", direction=direction, points=_rounded(size, book, uncertain=uncertain))


def _rounded(text: str, book: Codebook, *, uncertain: bool) -> str:
    """`text` as approximate, where it is."""
    return book.word("approx", figure=text) if uncertain else text


def _in_points(size: float, metric: str, book: Codebook) -> str:
    if book.metrics[metric].unit == "percent":
        return book.word("points", points=f"{size:.1f}")
    return book.word("counted", number=f"{size:.1f}", unit=book.unit_of(metric))
