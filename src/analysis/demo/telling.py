"""What a report states of the true figures: every cell of its tables, and in its text what this unit usually tells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

from analysis.codebook import Codebook
from analysis.demo.forms import Form
from analysis.demo.history import Values

ROUNDED = {"published_items", "training_attendees"}  # with their parts: what texts give as "about" so many
SCOPES = {"region": 1.0, "own": 0.12}  # of the whole county's publications, those of its own office
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
    """Who writes the report of a year: on which form, in which words, telling what."""

    year: int
    form: Form
    told: frozenset[str]  # what its texts usually tell
    retells: bool  # whether they repeat figures of the tables
    scopes: bool  # whether they tell apart the whole county and its own office
    rounding: str | None  # how they give what was published; None: now so, now so
    forgets: float  # how likely they leave out what they usually tell
    rng: Random
    book: Codebook
    known: Mapping[str, Any]

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
            apart = self.scopes and name in ROUNDED
            for scope, share in (SCOPES if apart else {"unstated": 1.0}).items():
                counted = round(value * share)
                qualifier = "exact" if name in retold else self._qualifier(name, counted)
                yield self.prose(name, counted, scope=scope, qualifier=qualifier)

    def _tells(self, name: str, value: int, *, again: bool) -> bool:
        forgets = self.forgets if self.form.told.get(name) != 1 else 0.0
        usual = again or (name in self.told and self.rng.random() >= forgets)
        return usual and (value > 0 or self.rng.random() < self.known["rates"]["tells_zero"])

    def _qualifier(self, name: str, value: int) -> str:
        rates, chance = self.known["rates"], self.rng.random()
        if value < 100 or not {name, self.form.part_of.get(name)} & ROUNDED:
            return "exact"
        if self.rounding is not None:
            return self.rounding
        return "at_least" if chance < rates["at_least"] else "approx" if chance < rates["approx"] else "exact"

    def prose(self, name: str, value: int, *, scope: str = "unstated", qualifier: str = "exact") -> Figure:
        """A figure of the text, with the words that tell it."""
        words, stated = self.known["words"], rough(value, qualifier)
        written = f"{stated / TEN_THOUSAND:g}{words['ten_thousand']}" if stated >= TEN_THOUSAND else str(stated)
        number = words[qualifier].format(
            value=stated if qualifier == "exact" else written, measure=self.book.unit_of(name)
        )
        whose = self.book.term("scope", scope) if scope != "unstated" else ""
        said = words["told"].format(section=self.section, label=whose + self.book.label(name), figure=number)
        return Figure(name, "total", scope, stated, "reported", qualifier, said, "prose")

    @property
    def section(self) -> str:
        """The section of the text in which figures stand."""
        return str(self.known["words"]["sections"][self.form.edition])


def rough(value: int, qualifier: str) -> int:
    """`value`, or with two digits that count as "about" or "more than" so many."""
    step: int = 10 ** max(0, len(str(value)) - 2)
    if qualifier == "exact":
        return value
    return value // step * step if qualifier == "at_least" else round(value / step) * step
