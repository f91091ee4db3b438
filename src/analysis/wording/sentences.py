"""Findings: sentences made from values, each bound to the cells that its numbers come from."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple, Self

from analysis.codebook import Codebook
from analysis.wording.changes import change
from analysis.wording.figures import Row, brief, cell_id, figure, figure_told, scoped
from analysis.wording.phrases import clauses
from analysis.wording.rates import cares, counts, points, rate

BOUND = 200  # cells that a sentence names: a total of more names the first
TELLING = [None, "base_zero", "definition_differs"]  # reasons, or a change itself, that tell of a doubt


class Basis(NamedTuple):
    """What a number of a sentence comes from: the id of a cell, and the figure in it with its place, in words."""

    cell: str
    said: str


class Sentence(str):
    """A text that knows what its numbers come from."""

    __slots__ = ("basis",)
    basis: tuple[Basis, ...]

    def __new__(cls, text: str, basis: Iterable[Basis] = ()) -> Self:
        """`text`, bound to the cells of `basis`."""
        made = super().__new__(cls, text)
        made.basis = tuple(basis)
        return made


def bound(text: str, rows: Iterable[Row], book: Codebook) -> Sentence:
    """`text`, whose numbers are the figures of the panel's `rows` (of very many, the first) and their changes."""
    return Sentence(text, [basis for row in islice(rows, BOUND) for basis in _basis(row, book)])


def _basis(row: Row, book: Codebook) -> list[Basis]:
    """The cell of a row, and that of the year before where the row tells a change on it."""
    said = book.word("figure_of_year", year=row["year"], label=scoped(row, book), figure=figure(row, book))
    place = row.get("evidence")
    told = [Basis(cell_id(row), book.word("in_brackets", text=said, aside=place) if place else said)]
    if row.get("previous") is None or row.get("reason") is not None:
        return told
    before = {**row, "year": row["year"] - 1, "value": row["previous"], "qualifier": row["previous_qualifier"]}
    said = book.word("figure_of_year", year=before["year"], label=scoped(before, book), figure=figure(before, book))
    return [*told, Basis(cell_id(before), said)]


def finding(held: Sequence[Row], book: Codebook) -> Sentence:
    """What the last of an indicator's years says, as a title; `held` are its rows in order of years.

    Where that year has no figure, why, and the last that is known; where no earlier one has, that there is none.
    A figure in doubt is told as one, unless what is said of its change does.
    """
    last = held[-1]
    label = scoped(last, book)
    earlier = [row for row in held if row["year"] < last["year"] and row["value"] is not None]
    if last["value"] is None:
        said = book.word("gap_of_year", year=last["year"], label=label, gap=figure(last, book))
        known = [
            book.word("last_known", year=row["year"], figure=figure(brief(row, book), book)) for row in earlier[-1:]
        ]
        return bound(book.word("sentence_separator").join([said, *known]), earlier[-1:], book)
    doubt_told = earlier and last["reason"] in TELLING
    stated = figure(brief(last, book), book) if doubt_told else figure_told(last, book)
    said = book.word("figure_of_year", year=last["year"], label=label, figure=stated)
    moved = change(last, book) if earlier else book.word("no_earlier")
    return bound(clauses([said, moved], book), [last], book)


def rate_finding(row: Row, book: Codebook) -> Sentence:
    """A rate with its counts and its change on the year before, or with what care it is to be read."""
    label = scoped({**row, "indicator": row["metric"]}, book)
    told = {"label": label, "value": rate(row, book), "counts": counts(row, book)}
    said = book.word("rate_finding", year=row["year"], **told)
    return Sentence(clauses([said, points(row, book), cares(row, book)], book), _rate_basis(row, book))


def rates_bound(text: str, rows: Iterable[Row], book: Codebook) -> Sentence:
    """`text`, whose numbers are the rates `rows` (of very many, the first)."""
    return Sentence(text, [basis for row in islice(rows, BOUND) for basis in _rate_basis(row, book)])


def _rate_basis(row: Row, book: Codebook) -> list[Basis]:
    """The cells that a rate, and its change on the year before where there is one, is computed from."""
    if row["points"] is None:
        return _terms(row, book)
    sides = {side: row[f"before_{side}"] for side in ("numerator", "denominator")}
    return [*_terms(row, book), *_terms({**row, **sides, "year": row["year"] - 1}, book)]


def _terms(row: Row, book: Codebook) -> list[Basis]:
    """The cells of the terms of one year; what is said of each is the rate with its counts."""
    told = book.word("label_figure", label=book.label(row["metric"]), figure=counts(row, book))
    said = book.word("in_brackets", text=told, aside=book.word("year", year=row["year"]))
    return [
        Basis(cell_id({**row, "indicator": term.indicator, "applicant": term.applicant}), said)
        for term in book.metrics[row["metric"]].terms
    ]
