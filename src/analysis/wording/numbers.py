"""Numbers as the language groups them, percentages, counts with their units."""

from collections.abc import Iterable
from decimal import Decimal

from analysis.codebook import Codebook

TEN_THOUSAND, HUNDRED_MILLION = 10_000, 100_000_000
DECIMALS = 6  # more than any report prints
SHOWN_DIGITS = 4  # of a large number, where the table beside has all of them
GROUPED_FROM = 100_000  # below, plain digits read faster than a decimal of 万, unless they end in thousands


def number(value: float, book: Codebook, name: str = "") -> str:
    """`value` exactly, grouped as the language does: by 万 and 亿 in Chinese, by thousands in English.

    `name`: the indicator or metric that it counts; no 万 is put before a unit that is one itself.
    """
    if not book.word("ten_thousand"):
        return _signed(f"{value:,.4f}".rstrip("0").rstrip("."))
    if name and book.unit_of(name).startswith(book.word("ten_thousand")):
        return _digits(value, 1)
    size = abs(value)
    if size >= HUNDRED_MILLION:
        return _digits(value, HUNDRED_MILLION) + book.word("hundred_million")
    if size >= GROUPED_FROM or (size >= TEN_THOUSAND and size % 1000 == 0):
        return _digits(value, TEN_THOUSAND) + book.word("ten_thousand")
    return _digits(value, 1)


def rounded(value: float, book: Codebook, name: str = "") -> float:
    """`value` as sentences, cards and labels show it: what they write in decimals of 万 or 亿 to four digits."""
    in_ten_thousands = bool(name) and book.unit_of(name).startswith(book.word("ten_thousand"))
    if not book.word("ten_thousand") or in_ten_thousands or abs(value) < GROUPED_FROM:
        return value
    return float(f"{value:.{SHOWN_DIGITS}g}")


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
    """`value` with the unit of the indicator or metric `name`."""
    return book.word("counted", number=number(value, book, name), unit=book.unit_of(name, of=value)).strip()


def between(value: float, figures: Iterable[float]) -> float:
    """A quantile of `figures` to one decimal more than they have: the median of two needs it."""
    return round(value, 1 + max((len(plain(figure).partition(".")[2]) for figure in figures), default=0))
