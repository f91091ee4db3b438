"""What is summed, subtracted and divided: terms, identities between sums, and measures."""

from dataclasses import dataclass

LAST = "last."  # before the name of a term of the year before
TIMES_HUNDRED = ("percent", "growth", "per_hundred", "per_hundred_documents")


@dataclass(frozen=True)
class Addend:
    """One term of a sum: an indicator in one applicant column, with its sign; '*' stands for every indicator.

    `before`: the years that it lies before the others.
    """

    indicator: str
    applicant: str
    sign: int
    before: int = 0

    @classmethod
    def parse(cls, text: str) -> "Addend":
        """The addend that `[-]indicator[@applicant]` writes, or `[-]last.indicator` for one of the year before."""
        name, _, applicant = text.removeprefix("-").partition("@")
        last = name.startswith(LAST)
        return cls(name.removeprefix(LAST), applicant or "total", -1 if text.startswith("-") else 1, int(last))


@dataclass(frozen=True)
class Identity:
    """Two sums that must be equal in the editions named; `fills`: the form prints no left side, the sum is it.

    `severity` is that of a difference.
    """

    identity: str
    label: str
    basis: str
    editions: tuple[str, ...]
    left: tuple[Addend, ...]
    right: tuple[Addend, ...]
    by_applicant: bool
    fills: bool
    severity: str

    @property
    def between_years(self) -> bool:
        """Whether a term lies in the year before."""
        return any(addend.before for addend in (*self.left, *self.right))


@dataclass(frozen=True)
class Metric:
    """A measure: numerator / denominator x `factor`, or, where it is a `difference`, numerator less denominator.

    `topic`: where it is shown. `cases`: the side that counts the cases without which it is not judged, "denominator"
    or "numerator". `whole`: of a part's share, the indicator that it is a part of; `adds_up`: such a share is
    computed only where the parts add up to their whole.
    """

    metric: str
    label: str
    note: str
    unit: str
    topic: str
    numerator: tuple[Addend, ...]
    denominator: tuple[Addend, ...]
    difference: bool = False
    cases: str = "denominator"
    whole: str = ""
    adds_up: bool = False

    @property
    def terms(self) -> tuple[Addend, ...]:
        """Every term, those of the numerator first."""
        return (*self.numerator, *self.denominator)

    @property
    def factor(self) -> int:
        """What the quotient is multiplied by: 100 for percent and per hundred."""
        return 100 if self.unit in TIMES_HUNDRED else 1

    @property
    def change(self) -> str:
        """How it is compared with the year before: in "points" of its own unit, in "percent", or not at all ("")."""
        if self.difference or self.unit == "growth":
            return ""
        return "points" if self.factor > 1 else "percent"
