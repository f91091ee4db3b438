"""How a figure moved on the year before, or why that is not said."""

from analysis.codebook import Codebook
from analysis.wording.figures import Row, figure
from analysis.wording.numbers import counted, number, percent, rounded
from analysis.wording.phrases import clauses


def change(row: Row, book: Codebook) -> str:
    """How a figure of metrics.changes moved on the year before, or why that is not said."""
    if row["value"] is None:
        return ""
    match row["reason"]:
        case None:
            return _moved(row, book)
        case "base_zero":
            grown = _rounded(_brief(row["value"], row, book), row, book)
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
    moved = _rounded(_brief(abs(row["difference"]), row, book), row, book)
    return clauses([book.word(way, difference=moved, share=_share(row, book)), *_cares(row, book)], book)


def _share(row: Row, book: Codebook) -> str:
    """The rate of change; of a base too small for a rate, the base itself."""
    if row["previous"] < book.minimum_cases:
        return book.word("from_base", base=_rounded(number(row["previous"], book), row, book))
    return _rounded(percent(row["percent"], signed=True), row, book)


def _brief(size: float, row: Row, book: Codebook) -> str:
    """A size, computed from exact figures, with its unit; a large one is rounded."""
    return counted(rounded(size, book, row["indicator"]), row["indicator"], book)


def _rounded(text: str, row: Row, book: Codebook) -> str:
    """`text` as approximate, where either year is."""
    return book.word("approx", figure=text) if "approx" in (row["qualifier"], row["previous_qualifier"]) else text


def _cares(row: Row, book: Codebook) -> list[str]:
    """Why a change that is computed is to be read with care, and what the year before was first published as."""
    conflicting = "conflicting" in (row["status"], row["previous_status"])
    cares = [book.word(key) for key, told in (("near", row["near"]), ("conflict_aside", conflicting)) if told]
    return [*cares, *_as_published(row, book)]


def _as_published(row: Row, book: Codebook) -> list[str]:
    """What the year before was published as, where a correction or a new version of its report changed it."""
    printed, first = row["previous_printed"], row["previous_first"]
    if row["previous_corrected"]:
        told = book.word("printed_none") if printed is None else counted(printed, row["indicator"], book)
        return [book.word("previous_corrected", printed=told)]
    if first is None:
        return []
    before = {**row, "value": first, "qualifier": row["previous_first_qualifier"]}
    return [book.word("previous_first", first=figure(before, book))]


def change_short(row: Row, book: Codebook) -> str:
    """The same for a table's cell: signed number and percentage, or the reason in words."""
    if row["value"] is None:
        return ""
    if row["reason"] == "base_zero":
        grown = _rounded(f"+{number(row['value'], book, row['indicator'])}", row, book) if row["value"] else "0"
        return book.word("in_brackets", text=grown, aside=clauses([book.word("zero_before"), *_cares(row, book)], book))
    if row["reason"] is not None or row["difference"] == 0:
        return change(row, book)
    size = number(row["difference"], book, row["indicator"])
    moved = _rounded(f"{'+' if row['difference'] > 0 else ''}{size}", row, book)
    return book.word("in_brackets", text=moved, aside=clauses([_share(row, book), *_cares(row, book)], book))
