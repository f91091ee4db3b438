"""Numbers and sentences bound to values, in the codebook's language; nothing is said that the values do not hold."""

from collections.abc import Iterable, Mapping
from typing import Any

from analysis.codebook import Codebook

TEN_THOUSAND, HUNDRED_MILLION = 10_000, 100_000_000
GROUPED_FROM = 100_000  # below, plain digits read faster than a decimal of 万, unless they end in thousands

Row = Mapping[str, Any]


def number(value: float, book: Codebook) -> str:
    """`value` exactly, grouped as the language does: by 万 and 亿 in Chinese, by thousands in English."""
    if not book.word("ten_thousand"):
        return _signed(f"{value:,.4f}".rstrip("0").rstrip("."))
    size = abs(value)
    if size >= HUNDRED_MILLION:
        return _digits(value / HUNDRED_MILLION, places=8) + book.word("hundred_million")
    if size >= GROUPED_FROM or (size >= TEN_THOUSAND and size % 1000 == 0):
        return _digits(value / TEN_THOUSAND, places=8) + book.word("ten_thousand")
    return _digits(value, places=4)


def _digits(value: float, *, places: int) -> str:
    return _signed(f"{value:.{places}f}".rstrip("0").rstrip("."))


def _signed(text: str) -> str:
    return text.replace("-", "−")


def percent(value: float, *, signed: bool = False) -> str:
    """`value` percent to one decimal; a share that is not 0 never reads 0.0%."""
    if 0 < abs(value) < 0.05:
        return ("−" if value < 0 else "+" if signed else "") + "<0.1%"
    return _signed(f"{value:+.1f}%" if signed else f"{value:.1f}%")


def counted(value: float, name: str, book: Codebook) -> str:
    """`value` with the unit of the indicator or metric `name`."""
    return book.word("counted", number=number(value, book), unit=book.unit_of(name))


def figure(row: Row, book: Codebook) -> str:
    """A panel row's figure with unit and qualifier, or the words for its gap."""
    if row["value"] is None:
        return book.statuses[row["status"]].label
    text = counted(row["value"], row["indicator"], book)
    return text if row["qualifier"] in ("exact", None) else book.word(row["qualifier"], figure=text)


def marked(row: Row, book: Codebook) -> str:
    """A panel row's bare number with the mark of its status, for a table's cell; a gap is its words."""
    if row["value"] is None:
        return book.statuses[row["status"]].label
    return f"{marks(row, book)} {number(row['value'], book)}".strip()


def marks(row: Row, book: Codebook) -> str:
    """The marks of a stated figure: of its status, its qualifier and of a total that we computed."""
    terms = [book.terms[name][row[name]] for name in ("qualifier", "method")]
    return book.statuses[row["status"]].mark + "".join(term.mark for term in terms)


def change(row: Row, book: Codebook) -> str:
    """How a figure of metrics.changes moved on the year before, or why that is not said."""
    if row["value"] is None:
        return ""
    match row["reason"]:
        case None:
            return _moved(row, book)
        case "base_zero":
            return (
                book.word("base_zero", difference=counted(row["value"], row["indicator"], book))
                if row["value"]
                else book.word("both_zero")
            )
        case "base_missing":
            status = row["previous_status"]
            return book.word("base_missing", status=book.statuses[status].label) if status else book.word("no_earlier")
        case "at_least":
            return book.word("at_least_no_change")
        case reason:
            return book.word(reason)


def _moved(row: Row, book: Codebook) -> str:
    if row["difference"] == 0:
        return book.word("same")
    way = "up" if row["difference"] > 0 else "down"
    rounded = "approx" in (row["qualifier"], row["previous_qualifier"])
    moved = counted(abs(row["difference"]), row["indicator"], book)
    moved = book.word("approx", figure=moved) if rounded else moved
    text = book.word(way, difference=moved, percent=percent(row["percent"], signed=True))
    return clauses([text, book.word("near")], book) if row["near"] else text


def change_short(row: Row, book: Codebook) -> str:
    """The same for a table's cell: signed number and percentage, or the reason in words."""
    if row["value"] is None:
        return ""
    if row["reason"] == "base_zero":
        grown = f"+{number(row['value'], book)}" if row["value"] else "0"
        return book.word("in_brackets", text=grown, aside=book.word("zero_before"))
    if row["reason"] is not None:
        return change(row, book)
    moved = f"{'+' if row['difference'] > 0 else ''}{number(row['difference'], book)}"
    asides = [percent(row["percent"], signed=True)] + ([book.word("near")] if row["near"] else [])
    return book.word("in_brackets", text=moved, aside=clauses(asides, book))


def clauses(texts: Iterable[str], book: Codebook) -> str:
    """The texts that say something, as clauses of one sentence."""
    return book.word("clause_separator").join(text for text in texts if text)


def listed(texts: Iterable[str], book: Codebook) -> str:
    """The texts as a list within a sentence."""
    return book.word("list_separator").join(texts)


def period(years: Iterable[int], book: Codebook) -> str:
    """The span of `years`: "2013年" or "2013—2017年"."""
    first, last = min(held := list(years)), max(held)
    return book.word("year", year=first) if first == last else book.word("years", first=first, last=last)


def finding(held: list[Row], book: Codebook) -> str:
    """What the last of an indicator's years says, as a title; `held` are its rows in order of years.

    Where that year has no figure, why, and the last that is known; where no earlier one has, that there is none.
    """
    last = held[-1]
    said = book.word(
        "figure_of_year", year=last["year"], label=book.label(last["indicator"]), figure=figure(last, book)
    )
    earlier = [row for row in held if row["year"] < last["year"] and row["value"] is not None]
    if last["value"] is None and earlier:
        known = book.word("last_known", year=earlier[-1]["year"], figure=figure(earlier[-1], book))
        return book.word("sentence_separator").join([said, known])
    return clauses([said, change(last, book) if earlier else book.word("no_earlier")], book)


def rate(row: Row, book: Codebook) -> str:
    """A rate of metrics.rates as text, or why it is not computed."""
    if row["value"] is not None:
        unit = book.metrics[row["metric"]].unit
        return percent(row["value"]) if unit == "percent" else counted(round(row["value"], 1), row["metric"], book)
    if row["reason"] == "term_missing":
        terms = listed((book.label(name) for name in dict.fromkeys(row["missing"])), book)
        return book.word("term_missing", terms=terms)
    return book.word(row["reason"])


def rate_finding(row: Row, book: Codebook) -> str:
    """A rate with its counts and its change in percentage points, or that it is too small to assess."""
    counts = {name: number(row[name], book) for name in ("numerator", "denominator")}
    said = book.word("rate_finding", year=row["year"], label=book.label(row["metric"]), value=rate(row, book), **counts)
    if not row["judged"]:
        return clauses([said, book.word("not_judged", minimum=book.minimum_cases)], book)
    return clauses([said, points(row, book)], book)


def points(row: Row, book: Codebook) -> str:
    """The change of a rate on the year before, in percentage points or its own unit; '' where none is computed."""
    if row["points"] is None:
        return ""
    if round(row["points"], 1) == 0:
        return book.word("same")
    size = f"{abs(row['points']):.1f}"
    unit = book.metrics[row["metric"]].unit
    moved = (
        book.word("points", points=size)
        if unit == "percent"
        else book.word("counted", number=size, unit=book.unit_of(row["metric"]))
    )
    return book.word("rate_change", direction=book.word("rate_up" if row["points"] > 0 else "rate_down"), points=moved)
