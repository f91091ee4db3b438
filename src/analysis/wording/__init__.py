"""Numbers and sentences bound to values, in the codebook's language; nothing is said that the values do not hold."""

from analysis.wording.changes import change, change_short
from analysis.wording.figures import (
    Row,
    brief,
    cell_id,
    corrected,
    figure,
    figure_in_full,
    figure_marked,
    figure_told,
    marked,
    marks,
    scope,
    scoped,
    told,
    told_of,
)
from analysis.wording.numbers import DECIMALS, between, counted, number, percent, plain, rounded
from analysis.wording.phrases import clauses, listed, period
from analysis.wording.rates import cares, counts, points, rate, why_not
from analysis.wording.sentences import Basis, Sentence, bound, finding, rate_finding, rates_bound

__all__ = [
    "DECIMALS",
    "Basis",
    "Row",
    "Sentence",
    "between",
    "bound",
    "brief",
    "cares",
    "cell_id",
    "change",
    "change_short",
    "clauses",
    "corrected",
    "counted",
    "counts",
    "figure",
    "figure_in_full",
    "figure_marked",
    "figure_told",
    "finding",
    "listed",
    "marked",
    "marks",
    "number",
    "percent",
    "period",
    "plain",
    "points",
    "rate",
    "rate_finding",
    "rates_bound",
    "rounded",
    "scope",
    "scoped",
    "told",
    "told_of",
    "why_not",
]
