"""What all units of the invented region share: its places, the form of each year, what demo.toml says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from random import Random
from typing import Any

from analysis.codebook import Codebook, Identity

COUNTY = "demo"
CITY = "demo-city"


@dataclass(frozen=True)
class Place:
    """A unit of the region; all but the city report."""

    unit: str
    name: str
    name_en: str
    level: str
    parent: str


@dataclass(frozen=True)
class Form:
    """One edition. `cells`: indicator, applicant and place of each cell of its tables.

    `wholes`: the parts of what falls apart without a rest; `sums`: what the form does not print but texts tell, with
    its parts; `told`: how likely a text tells an indicator; `retold`: what texts repeat from the tables.
    """

    edition: str
    applicants: tuple[str, ...]
    split: frozenset[str]
    cells: tuple[tuple[str, str, str], ...]
    wholes: Mapping[str, tuple[str, ...]]
    sums: Mapping[str, tuple[str, ...]]
    told: Mapping[str, float]
    retold: tuple[str, ...]


@dataclass(frozen=True)
class World:
    """The region that a seed gives over some years; from `names` on the tables of demo.toml, which explains them."""

    seed: int
    years: range
    book: Codebook
    names: Mapping[str, Any]
    figures: Mapping[str, Mapping[str, float]]
    parts: Mapping[str, Mapping[str, float]]
    weights: Mapping[str, float]
    rates: Mapping[str, float]
    flaws: Mapping[str, float]
    county: Mapping[str, Sequence[int]]
    lists: Mapping[str, Sequence[str]]
    scopes: Mapping[str, float]
    lent: Mapping[str, str]
    due: Mapping[str, str]
    sections: Mapping[str, str]
    words: Mapping[str, str]
    statements: Mapping[str, Sequence[str]]

    @cached_property
    def forms(self) -> Mapping[int, Form]:
        """The form of each year."""
        editions = {year: self.book.edition_of(year) or "" for year in self.years}
        forms = {edition: _form(edition, self) for edition in set(editions.values())}
        return {year: forms[edition] for year, edition in editions.items()}

    @property
    def most(self) -> int:
        """How many units below the county there are names for."""
        names = self.names
        return len(names["departments"]) + len(names["first"]) * len(names["second"]) * len(names["kinds"])

    def places(self, units: int) -> list[Place]:
        """The city, its counties and `units` units below the first of them; the same names whatever the seed."""
        names = self.names
        city = Place(CITY, names["city"]["zh"], names["city"]["en"], "city", "")
        county = Place(COUNTY, names["county"]["zh"], names["county"]["en"], "county", CITY)
        sisters = [
            Place(f"demo-{word}", *_named(names["county_of"], name=(zh, en)), "county", CITY)
            for word, zh, en in names["sisters"]
        ]
        offices = [
            Place(f"demo-{word}", *_named(names["department_of"], name=(zh, en)), "department", COUNTY)
            for word, zh, en in names["departments"][: round(units * self.rates["departments"])]
        ]
        towns = [place for place, _ in zip(_townships(names), range(units - len(offices)), strict=False)]
        return [city, county, *sisters, *offices, *towns]


def _townships(names: Mapping[str, Any]) -> Iterator[Place]:
    """Each name once, then once more as another kind of township."""
    pairs = list(product(names["first"], names["second"]))
    Random(COUNTY).shuffle(pairs)  # noqa: S311 no secret
    kinds = names["kinds"]
    for turn in range(len(kinds)):
        for place, (first, second) in enumerate(pairs):
            word, zh, en = kinds[(place + turn) % len(kinds)]
            spoken = f"{first[1]}{second[1]}"
            named = _named(names["township_of"], name=(first[0] + second[0], spoken), kind=(zh, en))
            yield Place(f"demo-{spoken.lower()}-{word}", *named, "township", COUNTY)


def _named(template: Mapping[str, str], **words: tuple[str, str]) -> tuple[str, str]:
    """A name in Chinese and in English."""
    chinese = template["zh"].format(**{key: zh for key, (zh, _) in words.items()})
    return chinese, template["en"].format(**{key: en for key, (_, en) in words.items()})


def _form(edition: str, world: World) -> Form:
    """The edition named, from the codebook's forms and identities."""
    book, alike = world.book, world.lent.get(edition, edition)
    rules = [rule for rule in book.identities.values() if alike in rule.editions and _parts(rule)]
    wholes = {rule.left[0].indicator: _parts(rule) for rule in rules}
    inner = {part for parts in wholes.values() for part in parts}
    sums = {rule.left[0].indicator: _parts(rule) for rule in rules if rule.fills}
    split = frozenset(name for name, entry in book.indicators.items() if entry.by_applicant)
    kinds = tuple(book.terms["applicant"]) if book.editions[edition].by_applicant else ("total",)
    printed = [name for name, entry in book.indicators.items() if entry.in_table(edition) and name not in sums]
    return Form(
        edition=edition,
        applicants=tuple(kind for kind in kinds if kind != "total"),
        split=split,
        cells=tuple(
            (name, kind, _cell(name, kind, edition, world))
            for name in printed
            for kind in (kinds if name in split else ("total",))
        ),
        wholes={name: parts for name, parts in wholes.items() if name not in sums or name in {*inner, *world.figures}},
        sums=sums,
        told=_told(edition, {*wholes, *inner}, world),
        retold=tuple(name for name in world.lists["retold"] if name in printed or name in sums),
    )


def _parts(rule: Identity) -> tuple[str, ...]:
    """The parts of one whole that `rule` adds up; none where it is another kind of rule."""
    one = len(rule.left) == 1 and rule.left[0].indicator != "*" and not rule.between_years
    return tuple(term.indicator for term in rule.right) if one else ()


def _cell(name: str, applicant: str, edition: str, world: World) -> str:
    """The cell of the table, as evidence names it."""
    book = world.book
    cell = book.indicators[name].cells[edition]
    if not book.editions[edition].by_applicant or not book.indicators[name].by_applicant:
        return cell
    return world.words["cell"].format(cell=cell, applicant=book.term("applicant", applicant))


def _told(edition: str, made: set[str], world: World) -> dict[str, float]:
    """How likely a text tells each indicator that the form asks for in prose and that is made up."""
    models = {**world.figures, **world.parts}
    return {
        name: models.get(name, {}).get("told", world.rates["tells_parts"])
        for name, entry in world.book.indicators.items()
        if entry.cells[edition] == "prose" and name in {*models, *made}
    }
