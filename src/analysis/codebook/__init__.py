"""Knowledge as data: indicators, form editions, identities, metrics and words, and the frozen readers of them."""

from analysis.codebook.entries import (
    Addend,
    Codebook,
    Column,
    Comparability,
    Edition,
    Identity,
    Indicator,
    Metric,
    Status,
    Term,
    Topic,
)
from analysis.codebook.reading import LANGUAGES, load

__all__ = [
    "LANGUAGES",
    "Addend",
    "Codebook",
    "Column",
    "Comparability",
    "Edition",
    "Identity",
    "Indicator",
    "Metric",
    "Status",
    "Term",
    "Topic",
    "load",
]
