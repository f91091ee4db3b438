"""The frozen entries of the codebook, with labels in the one language in which it was opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.codebook.formulas import Identity, Metric


@dataclass(frozen=True)
class Term:
    """One word of a closed list: a level, a scope, a qualifier, ..."""

    term: str
    label: str
    mark: str
    note: str


@dataclass(frozen=True)
class Status:
    """What kind of figure, or of gap, a cell holds; `sdmx` is SDMX's letter where it has one."""

    status: str
    label: str
    mark: str
    note: str
    sdmx: str
    stored: bool
    has_value: bool


@dataclass(frozen=True)
class Indicator:
    """One thing that is counted; `cells` says where each form edition holds it ('' where it does not)."""

    indicator: str
    label: str
    note: str
    group: str
    part_of: str
    unit: str
    kind: str
    by_applicant: bool
    cells: Mapping[str, str]

    def in_table(self, edition: str) -> bool:
        """Whether the form of `edition` has a cell for it, beside what its text may tell."""
        cell = self.cells.get(edition, "")
        return bool(cell) and not cell.endswith("prose")


@dataclass(frozen=True)
class Edition:
    """A form of report, the reporting years it covers (open at the end while in force) and its legal basis.

    `by_applicant`: its requests table has a column for each kind of applicant.
    """

    edition: str
    label: str
    basis: str
    from_year: int
    to_year: int | None
    by_applicant: bool


@dataclass(frozen=True)
class Comparability:
    """From `from_year` on an indicator counts otherwise: `break` (not comparable) or `near` (with care).

    `tells_before`: the note tells what was counted before that year, so that it also belongs to a page of such years.
    """

    indicator: str
    from_year: int
    degree: str
    tells_before: bool
    note: str


@dataclass(frozen=True)
class Rule:
    """What must hold of the figures: its name, how grave it is if it does not, and the sizes from which it speaks."""

    rule: str
    label: str
    severity: str
    limits: Mapping[str, float]


@dataclass(frozen=True)
class Topic:
    """Indicators that are shown together, and the small line above them."""

    topic: str
    label: str
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """One column of a table in the data folder, with what its values must satisfy."""

    table: str
    column: str
    type: str
    required: bool
    unique: bool
    one_of: str
    refers_to: str
    pattern: str
    minimum: float | None
    maximum: float | None
    description: str


@dataclass(frozen=True)
class Codebook:
    """All knowledge that is data, opened in one `language`; every mapping keeps the files' own order.

    `minimum_cases` in a denominator and `smallest_field` of peers are the sizes below which nothing is judged;
    statements are repeated from `repeated_statement` percent alike.
    """

    language: str
    indicators: Mapping[str, Indicator]
    editions: Mapping[str, Edition]
    statuses: Mapping[str, Status]
    identities: Mapping[str, Identity]
    metrics: Mapping[str, Metric]
    rules: Mapping[str, Rule]
    comparability: tuple[Comparability, ...]
    topics: Mapping[str, Topic]
    columns: tuple[Column, ...]
    terms: Mapping[str, Mapping[str, Term]]
    words: Mapping[str, str]
    minimum_cases: int
    smallest_field: int
    repeated_statement: int

    def term(self, list_name: str, term: str) -> str:
        """Label of one term of a closed list ("level", "scope", "group", ...)."""
        return self.terms[list_name][term].label

    def word(self, key: str, **values: object) -> str:
        """A text of wording.toml in this language, its {placeholders} bound to `values`."""
        return self.words[key].format(**values)

    def unit_of(self, name: str, *, of: float = 2) -> str:
        """Label of the unit in which an indicator or a metric counts, for `of` such units ("case" or "cases")."""
        entry = self.indicators.get(name) or self.metrics[name]
        one, _, many = self.term("measure", entry.unit).partition("|")
        return one if of == 1 or not many else many

    def label(self, name: str) -> str:
        """Label of an indicator or a metric."""
        return (self.indicators.get(name) or self.metrics[name]).label

    def parts(self, indicator: str) -> list[str]:
        """The indicators that are parts of `indicator`, in the form's order."""
        return [name for name, entry in self.indicators.items() if entry.part_of == indicator]

    def metrics_of(self, *topics: str) -> list[str]:
        """The metrics of the topics named, in the order of the file."""
        return [name for name, entry in self.metrics.items() if entry.topic in topics]

    def by_group(self, *groups: str) -> list[str]:
        """The indicators of the groups named, in the form's order."""
        return [name for name, entry in self.indicators.items() if entry.group in groups]

    def edition_of(self, year: int) -> str | None:
        """The form edition in force for a reporting year; None before the national regulation of 2008."""
        held = [entry.edition for entry in self.editions.values() if entry.from_year <= year]
        return held[-1] if held else None

    def changes(self, indicator: str) -> list[Comparability]:
        """From which years on `indicator` counts otherwise."""
        return [entry for entry in self.comparability if entry.indicator == indicator]

    @cached_property
    def printed_gaps(self) -> list[str]:
        """The statuses of cells that a report prints without a figure: left blank, or filled with words."""
        return [name for name, entry in self.statuses.items() if entry.stored and not entry.has_value]

    @cached_property
    def lists(self) -> dict[str, list[str]]:
        """Every closed list by name, as the `one_of` of tables.csv names it."""
        lists = {name: list(terms) for name, terms in self.terms.items()}
        stored = [name for name, entry in self.statuses.items() if entry.stored]
        return lists | {
            "indicator": list(self.indicators),
            "edition": list(self.editions),
            "status": stored,
            "rule": list(self.rules),
        }

    def table(self, name: str) -> list[Column]:
        """The columns of one table of the data folder, in file order."""
        return [column for column in self.columns if column.table == name]
