"""A form edition as figures are made for it: its cells, its sums, what its text may tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.codebook import Codebook, Identity

LENT = {"narrative_2008": "statistical_2014"}  # texts tell the kinds of reply that the next form asks for
RETOLD = ("published_items", "requests_received", "reviews", "lawsuits")  # that texts repeat from tables


@dataclass(frozen=True)
class Form:
    """One edition. `cells`: indicator, applicant and place of each cell of its tables.

    `wholes`: the parts of what falls apart without a rest; `sums`: what the form does not print but texts tell, with
    its parts; `told`: how likely a text tells an indicator; `retold`: what texts repeat from the tables; `part_of`: the
    whole of a part that need not add up to it.
    """

    edition: str
    applicants: tuple[str, ...]
    split: frozenset[str]
    cells: tuple[tuple[str, str, str], ...]
    wholes: Mapping[str, tuple[str, ...]]
    sums: Mapping[str, tuple[str, ...]]
    told: Mapping[str, float]
    retold: tuple[str, ...]
    part_of: Mapping[str, str]


def form(edition: str, book: Codebook, known: Mapping[str, Any]) -> Form:
    """The edition named, from the codebook's forms and identities."""
    rules = [rule for rule in book.identities.values() if LENT.get(edition, edition) in rule.editions and _parts(rule)]
    wholes = {rule.left[0].indicator: _parts(rule) for rule in rules}
    inner = {part for parts in wholes.values() for part in parts}
    sums = {rule.left[0].indicator: _parts(rule) for rule in rules if rule.fills}
    split = frozenset(name for name, entry in book.indicators.items() if entry.by_applicant)
    by_applicant = book.editions[edition].by_applicant
    printed = [name for name, entry in book.indicators.items() if entry.in_table(edition) and name not in sums]
    kinds = tuple(book.terms["applicant"]) if by_applicant else ("total",)
    return Form(
        edition=edition,
        applicants=tuple(kind for kind in kinds if kind != "total"),
        split=split,
        cells=tuple(
            (name, kind, _place(name, kind, edition, book, known))
            for name in printed
            for kind in (kinds if name in split else ("total",))
        ),
        wholes={
            name: parts for name, parts in wholes.items() if name not in sums or name in {*inner, *known["figures"]}
        },
        sums=sums,
        told=_told(edition, {*wholes, *inner}, book, known),
        retold=tuple(name for name in RETOLD if name in printed or name in sums),
        part_of={name: book.indicators[name].part_of for name in known["parts"]},
    )


def _parts(rule: Identity) -> tuple[str, ...]:
    """The parts of one whole that `rule` adds up; none where it is another kind of rule."""
    one = len(rule.left) == 1 and rule.left[0].indicator != "*" and not rule.between_years
    return tuple(term.indicator for term in rule.right) if one else ()


def _place(name: str, applicant: str, edition: str, book: Codebook, known: Mapping[str, Any]) -> str:
    """The cell of the table, as evidence names it."""
    cell = book.indicators[name].cells[edition]
    if not book.editions[edition].by_applicant or not book.indicators[name].by_applicant:
        return cell
    return str(known["words"]["cell"]).format(cell=cell, applicant=book.term("applicant", applicant))


def _told(edition: str, made: set[str], book: Codebook, known: Mapping[str, Any]) -> dict[str, float]:
    models = known["figures"] | known["parts"]
    held = {name: entry.cells[edition] for name, entry in book.indicators.items()}
    rates = {name: models.get(name, {}).get("told", known["rates"]["tells_parts"]) for name in held}
    return {name: rates[name] for name, cell in held.items() if cell == "prose" and name in {*models, *made}}
