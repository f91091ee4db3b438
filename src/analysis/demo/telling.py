"""What a report states of the true figures: every cell of its tables, and in its text what this unit usually tells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from analysis.demo.history import Values
from analysis.demo.world import COUNTY, Form, Place, World

PUBLISHED = "published_items"
TEN_THOUSAND = 10_000


class Figure(NamedTuple):
    """A figure as a report states it; `value` is None where the cell holds none."""

    indicator: str
    applicant: str
    scope: str
    value: int | None
    status: str
    qualifier: str
    evidence: str
    method: str


@dataclass(frozen=True)
class Writer:
    """Who writes the report of a year."""

    place: Place
    world: World
    rng: Random
    told: frozenset[str]  # what its texts usually tell
    retells: bool  # whether they repeat figures of the tables
    year: int
    wanted: Sequence[str]  # what shall be wrong with the report

    @property
    def form(self) -> Form:
        """The form to be filled in."""
        return self.world.forms[self.year]

    @property
    def source(self) -> str:
        """The id of the report."""
        return f"{self.place.unit}-{self.year}"

    @property
    def section(self) -> str:
        """The section of the text in which figures stand."""
        return self.world.sections[self.form.edition]

    def figures(self, values: Values) -> list[Figure]:
        """All that the report states, the tables first."""
        return [*self._printed(values), *self._texts(values)]

    def _printed(self, values: Values) -> Iterator[Figure]:
        for name, applicant, place in self.form.cells:
            value = values.get((name, applicant), 0)
            yield Figure(name, applicant, "unstated", value, "reported", "exact", place, "table")

    def _texts(self, values: Values) -> Iterator[Figure]:
        retold = self.form.retold if self.retells else ()
        for name in [*self.form.told, *retold]:
            value = values.get((name, "total"))
            if value is None or not self._tells(name, value, again=name in retold):
                continue
            apart = "scopes" in self.wanted and name in self.world.lists["rounded"]
            for scope, share in (self.world.scopes if apart else {"unstated": 1.0}).items():
                counted = round(value * share)
                qualifier = "exact" if name in retold else self._qualifier(name, counted)
                yield self.prose(name, counted, scope=scope, qualifier=qualifier)

    def _tells(self, name: str, value: int, *, again: bool) -> bool:
        usual, rates = again or name in self.told, self.world.rates
        careful = self.place.unit == COUNTY and "forgets" not in self.wanted
        if careful or not usual:
            return usual
        if not again and self.form.told.get(name) != 1 and self.rng.random() < rates["forgets"]:
            return False
        return value > 0 or self.rng.random() < rates["tells_zero"]

    def _qualifier(self, name: str, value: int) -> str:
        rates, chance = self.world.rates, self.rng.random()
        whole = self.world.book.indicators[name].part_of
        if value < 100 or not {name, whole} & {*self.world.lists["rounded"]}:
            return "exact"
        if self.place.unit == COUNTY:
            return next((flaw for flaw in ("approx", "at_least") if flaw in self.wanted), "exact")
        return "at_least" if chance < rates["at_least"] else "approx" if chance < rates["approx"] else "exact"

    def prose(self, name: str, value: int, *, scope: str = "unstated", qualifier: str = "exact") -> Figure:
        """A figure of the text, with the words that tell it."""
        words, book, stated = self.world.words, self.world.book, rough(value, qualifier)
        written = f"{stated / TEN_THOUSAND:g}{words['ten_thousand']}" if stated >= TEN_THOUSAND else str(stated)
        number = words[qualifier].format(value=stated if qualifier == "exact" else written, measure=book.unit_of(name))
        whose = book.term("scope", scope) if scope != "unstated" else ""
        said = words["told"].format(section=self.section, label=whose + book.label(name), figure=number)
        return Figure(name, "total", scope, stated, "reported", qualifier, said, "prose")


def rough(value: int, qualifier: str) -> int:
    """`value`, or with two digits that count as "about" or "more than" so many."""
    step: int = 10 ** max(0, len(str(value)) - 2)
    if qualifier == "exact":
        return value
    return value // step * step if qualifier == "at_least" else round(value / step) * step


def taken_up(figures: Sequence[Figure], coverage: object, world: World) -> list[Figure]:
    """Those of the figures of a report that its coverage leaves in the data."""
    few = world.lists["selected"]
    if coverage == "selected":
        return [each for each in figures if each.indicator in few and each.applicant == "total"]
    if coverage == "tables":
        return [each for each in figures if each.method == "table" or each.indicator in few]
    return list(figures)
