"""Numbers and sentences bound to values, in the codebook's language; nothing is said that the values do not hold."""

from analysis.wording.changes import change, change_short
from analysis.wording.figures import Row, cell_id, corrected, figure, figure_marked, marked, marks, scope, scoped
from analysis.wording.numbers import DECIMALS, counted, number, percent, plain
from analysis.wording.phrases import clauses, listed, period
from analysis.wording.rates import counts, points, rate, unjudged
from analysis.wording.sentences import Basis, Sentence, bound, finding, rate_basis, rate_finding

__all__ = [
    "DECIMALS",
    "Basis",
    "Row",
    "Sentence",
    "bound",
    "cell_id",
    "change",
    "change_short",
    "clauses",
    "corrected",
    "counted",
    "counts",
    "figure",
    "figure_marked",
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
    "rate_basis",
    "rate_finding",
    "scope",
    "scoped",
    "unjudged",
]
