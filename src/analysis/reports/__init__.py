"""A published file -> text and tables -> figures with evidence, counts without a meaning, statements and doubts."""

from analysis.reports.document import Document, Grid
from analysis.reports.entries import Cell, Count, Doubt, Figure, Growth, Reading, Span, Statement
from analysis.reports.files import find, is_review
from analysis.reports.reading import read

__all__ = [
    "Cell",
    "Count",
    "Document",
    "Doubt",
    "Figure",
    "Grid",
    "Growth",
    "Reading",
    "Span",
    "Statement",
    "find",
    "is_review",
    "read",
]
