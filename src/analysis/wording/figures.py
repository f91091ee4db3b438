"""A figure of a panel as text: with unit and qualifier, with its marks, with its scope; the words of a gap."""

from collections.abc import Mapping
from typing import Any

from analysis.codebook import Codebook
from analysis.wording.numbers import counted, number, rounded
from analysis.wording.phrases import clauses, listed

Row = Mapping[str, Any]


def figure(row: Row, book: Codebook) -> str:
    """A panel row's figure with unit and qualifier, or the words for its gap."""
    if row["value"] is None:
        return book.statuses[row["status"]].label
    text = counted(row["value"], row["indicator"], book)
    return text if row["qualifier"] in ("exact", None) else book.word(row["qualifier"], figure=text)


def brief(row: Row, book: Codebook) -> Row:
    """A panel row with its figure as sentences, cards and labels show it: a large one is rounded.

    What is at least so much stays exact: rounded up, it would claim more than the report says.
    """
    if row["value"] is None or row["qualifier"] == "at_least":
        return row
    return {**row, "value": rounded(row["value"], book, row["indicator"])}


def figure_in_full(row: Row, book: Codebook) -> str:
    """A panel row's exact figure with unit and qualifier, and in words what else the marks beside it say."""
    if row["value"] is None:
        return figure(row, book)
    told = {book.statuses[row["status"]].label: book.statuses[row["status"]].mark}
    told |= {book.terms["method"][row["method"]].label: book.terms["method"][row["method"]].mark}
    told |= {book.terms["record"]["corrected"].label: corrected(row, book)}
    asides = [label for label, mark in told.items() if mark]
    return book.word("in_brackets", text=figure(row, book), aside=listed(asides, book)) if asides else figure(row, book)


def told(row: Row, book: Codebook) -> str:
    """What a pointer on the mark of a panel row is told: year, indicator with its scope, figure in full."""
    return book.word("figure_of_year", year=row["year"], label=scoped(row, book), figure=figure_in_full(row, book))


def told_of(unit: str, row: Row, book: Codebook) -> str:
    """The same where marks are units: year, `unit` and figure in full, with its scope where the report states one."""
    said = clauses([figure_in_full(row, book), scope(row["scope"], book) if row["value"] is not None else ""], book)
    return book.word("figure_of_unit", year=row["year"], unit=unit, figure=said)


def marked(row: Row, book: Codebook) -> str:
    """A panel row's bare number with the mark of its status, for a table's cell; a gap is its words."""
    if row["value"] is None:
        return book.statuses[row["status"]].label
    return f"{marks(row, book)} {number(row['value'], book, row['indicator'])}".strip()


def figure_marked(row: Row, book: Codebook) -> str:
    """A panel row's figure with unit and qualifier, before it the marks of its status and of a computed total."""
    if row["value"] is None:
        return figure(row, book)
    said = corrected(row, book) + book.statuses[row["status"]].mark + book.terms["method"][row["method"]].mark
    return f"{said} {figure(row, book)}".strip()


def figure_told(row: Row, book: Codebook) -> str:
    """A panel row's figure as a title tells it: in brief, with unit and qualifier, its status where that is a doubt."""
    said = figure(brief(row, book), book)
    if row["value"] is None or row["status"] == "reported":
        return said
    return book.word("in_brackets", text=said, aside=book.statuses[row["status"]].label)


def marks(row: Row, book: Codebook) -> str:
    """The marks of a stated figure: of a correction, its status, its qualifier and of a total that we computed."""
    terms = [book.terms[name][row[name]] for name in ("qualifier", "method")]
    return corrected(row, book) + book.statuses[row["status"]].mark + "".join(term.mark for term in terms)


def corrected(row: Row, book: Codebook) -> str:
    """The mark of a figure that a person corrected; '' for others."""
    return book.terms["record"]["corrected"].mark if row.get("corrected") else ""


def scope(name: str | None, book: Codebook) -> str:
    """What a scope is called; '' where the report states none."""
    return "" if name in (None, "unstated") else book.term("scope", name)


def scoped(row: Row, book: Codebook) -> str:
    """The label of a row's indicator, with the scope that its report states."""
    label, aside = book.label(row["indicator"]), scope(row["scope"], book)
    return book.word("in_brackets", text=label, aside=aside) if aside else label


def cell_id(row: Row) -> str:
    """What a person calls the cell of `row`: `unit-year[/indicator[@applicant]][/scope]`."""
    column = f"@{row['applicant']}" if row["applicant"] != "total" else ""
    cell = f"/{row['indicator']}{column}" if row["indicator"] else ""
    scoped = f"/{row['scope']}" if row["scope"] not in {None, "unstated"} else ""
    return f"{row['unit']}-{row['year']}{cell}{scoped}"
