"""Numbers and sentences bound to values, in the codebook's language; nothing is said that the values do not hold."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from analysis.codebook import Codebook

TEN_THOUSAND, HUNDRED_MILLION = 10_000, 100_000_000
SMALLEST_POINTS = 0.1
DECIMALS = 6  # more than any report prints
GROUPED_FROM = 100_000  # below, plain digits read faster than a decimal of 万, unless they end in thousands

Row = Mapping[str, Any]


def number(value: float, book: Codebook) -> str:
    """`value` exactly, grouped as the language does: by 万 and 亿 in Chinese, by thousands in English."""
    if not book.word("ten_thousand"):
        return _signed(f"{value:,.4f}".rstrip("0").rstrip("."))
    size = abs(value)
    if size >= HUNDRED_MILLION:
        return _digits(value, HUNDRED_MILLION) + book.word("hundred_million")
    if size >= GROUPED_FROM or (size >= TEN_THOUSAND and size % 1000 == 0):
        return _digits(value, TEN_THOUSAND) + book.word("ten_thousand")
    return _digits(value, 1)


def plain(value: float | None) -> str:
    """`value` in plain digits, all of them, as tables keep it; empty where there is none."""
    digits = "" if value is None else f"{Decimal(repr(float(value))):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _digits(value: float, of: int) -> str:
    """`value` counted in units of `of`, every digit kept but the noise of binary fractions."""
    digits = f"{Decimal(str(round(value, DECIMALS))) / of:f}"
    return _signed(digits.rstrip("0").rstrip(".") if "." in digits else digits)


def _signed(text: str) -> str:
    return text.replace("-", "−")


def percent(value: float, *, signed: bool = False) -> str:
    """`value` percent to one decimal; what is not 0 never reads 0.0%, what is not all never 100.0%."""
    if 0 < abs(value) < 0.05:
        return ("−" if value < 0 else "+" if signed else "") + "<0.1%"
    if 99.95 <= abs(value) < 100:
        return ("−" if value < 0 else "+" if signed else "") + ">99.9%"
    return _signed(f"{value:+.1f}%" if signed else f"{value:.1f}%")


def counted(value: float, name: str, book: Codebook) -> str:
    """`value` with the unit of the indicator or metric `name`; no 万 is put before a unit that is one itself."""
    if book.word("ten_thousand") and book.unit_of(name).startswith(book.word("ten_thousand")):
        return book.word("counted", number=_digits(value, 1), unit=book.unit_of(name))
    return book.word("counted", number=number(value, book), unit=book.unit_of(name, of=value)).strip()


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


def figure_marked(row: Row, book: Codebook) -> str:
    """A panel row's figure with unit and qualifier, before it the marks of its status and of a computed total."""
    if row["value"] is None:
        return figure(row, book)
    said = corrected(row, book) + book.statuses[row["status"]].mark + book.terms["method"][row["method"]].mark
    return f"{said} {figure(row, book)}".strip()


def marks(row: Row, book: Codebook) -> str:
    """The marks of a stated figure: of a correction, its status, its qualifier and of a total that we computed."""
    terms = [book.terms[name][row[name]] for name in ("qualifier", "method")]
    return corrected(row, book) + book.statuses[row["status"]].mark + "".join(term.mark for term in terms)


def corrected(row: Row, book: Codebook) -> str:
    """The mark of a figure that a person corrected; '' for others."""
    return book.terms["record"]["corrected"].mark if row.get("corrected") else ""


def change(row: Row, book: Codebook) -> str:
    """How a figure of metrics.changes moved on the year before, or why that is not said."""
    if row["value"] is None:
        return ""
    match row["reason"]:
        case None:
            return _moved(row, book)
        case "base_zero":
            grown = _rounded(counted(row["value"], row["indicator"], book), row, book)
            told = book.word("base_zero", difference=grown) if row["value"] else book.word("both_zero")
            return clauses([told, *_cares(row, book)], book)
        case "base_missing":
            status = row["previous_status"]
            return book.word("base_missing", status=book.statuses[status].label) if status else book.word("no_earlier")
        case "at_least":
            return book.word("at_least_no_change")
        case reason:
            return book.word(reason)


def _moved(row: Row, book: Codebook) -> str:
    if row["difference"] == 0:
        return clauses([_rounded(book.word("same"), row, book), *_cares(row, book)], book)
    way = "up" if row["difference"] > 0 else "down"
    moved = _rounded(counted(abs(row["difference"]), row["indicator"], book), row, book)
    return clauses([book.word(way, difference=moved, share=_share(row, book)), *_cares(row, book)], book)


def _share(row: Row, book: Codebook) -> str:
    """The rate of change; of a base too small for a rate, the base itself."""
    if row["previous"] < book.minimum_cases:
        return book.word("from_base", base=_rounded(number(row["previous"], book), row, book))
    return _rounded(percent(row["percent"], signed=True), row, book)


def _rounded(text: str, row: Row, book: Codebook) -> str:
    """`text` as approximate, where either year is."""
    return book.word("approx", figure=text) if "approx" in (row["qualifier"], row["previous_qualifier"]) else text


def _cares(row: Row, book: Codebook) -> list[str]:
    """Why a change that is computed is to be read with care."""
    conflicting = "conflicting" in (row["status"], row["previous_status"])
    return [book.word(key) for key, told in (("near", row["near"]), ("conflict_aside", conflicting)) if told]


def change_short(row: Row, book: Codebook) -> str:
    """The same for a table's cell: signed number and percentage, or the reason in words."""
    if row["value"] is None:
        return ""
    if row["reason"] == "base_zero":
        grown = _rounded(f"+{number(row['value'], book)}", row, book) if row["value"] else "0"
        return book.word("in_brackets", text=grown, aside=clauses([book.word("zero_before"), *_cares(row, book)], book))
    if row["reason"] is not None or row["difference"] == 0:
        return change(row, book)
    moved = _rounded(f"{'+' if row['difference'] > 0 else ''}{number(row['difference'], book)}", row, book)
    return book.word("in_brackets", text=moved, aside=clauses([_share(row, book), *_cares(row, book)], book))


def scope(name: str | None, book: Codebook) -> str:
    """What a scope is called; '' where the report states none."""
    return "" if name in (None, "unstated") else book.term("scope", name)


def scoped(row: Row, book: Codebook) -> str:
    """The label of a row's indicator, with the scope that its report states."""
    label, aside = book.label(row["indicator"]), scope(row["scope"], book)
    return book.word("in_brackets", text=label, aside=aside) if aside else label


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
    label = scoped(last, book)
    earlier = [row for row in held if row["year"] < last["year"] and row["value"] is not None]
    if last["value"] is None:
        said = book.word("gap_of_year", year=last["year"], label=label, gap=figure(last, book))
        known = [book.word("last_known", year=row["year"], figure=figure(row, book)) for row in earlier[-1:]]
        return book.word("sentence_separator").join([said, *known])
    said = book.word("figure_of_year", year=last["year"], label=label, figure=figure(last, book))
    return clauses([said, change(last, book) if earlier else book.word("no_earlier")], book)


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
