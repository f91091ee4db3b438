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


def times(indicator_unit: str, *printed: str) -> float:
    """What a figure is multiplied with to be in the unit of its indicator, by the first text that names money."""
    words = vocabulary().words["tables"]
    text = next((tidy(each) for each in printed if words["yuan"] in tidy(each)), "")
    in_ten_thousands = words["ten_thousand"] in text
    if indicator_unit == words["yuan"] and in_ten_thousands:
        return TEN_THOUSAND
    if indicator_unit == words["ten_thousand"] and text and not in_ten_thousands:
        return 1 / TEN_THOUSAND
    return 1.0


def last_label(cells: Row) -> str:
    """The last cell that holds a label."""
    return next((text for text in reversed(cells) if label(text)), "")
