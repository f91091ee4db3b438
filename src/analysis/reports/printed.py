"""A cell of a form as printed, and what the readers of the forms' tables share."""

from typing import NamedTuple

from analysis.codebook import vocabulary
from analysis.reports.cells import label
from analysis.reports.characters import tidy
from analysis.reports.entries import Cell

TEN_THOUSAND = 10_000.0

Row = tuple[str, ...]


class Printed(NamedTuple):
    """A cell with the indicator and applicant it is for; `times` brings its figure into the indicator's unit."""

    indicator: str
    applicant: str
    text: str
    place: Cell
    times: float = 1.0


def times(indicator_unit: str, printed: str) -> float:
    """What a figure printed under the words `printed` is multiplied with to be in the unit of its indicator."""
    words, text = vocabulary().words["tables"], tidy(printed)
    in_ten_thousands = words["ten_thousand"] in text
    if indicator_unit == words["yuan"] and in_ten_thousands:
        return TEN_THOUSAND
    if indicator_unit == words["ten_thousand"] and not in_ten_thousands and words["yuan"] in text:
        return 1 / TEN_THOUSAND
    return 1.0


def last_label(cells: Row) -> str:
    """The last cell that holds a label."""
    return next((text for text in reversed(cells) if label(text)), "")
