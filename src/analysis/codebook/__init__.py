"""Knowledge as data: indicators, form editions, identities, metrics and words, and the frozen readers of them."""

from analysis.codebook.entries import (
    Codebook,
    Column,
    Comparability,
    Edition,
    Indicator,
    Rule,
    Status,
    Term,
    Topic,
)
from analysis.codebook.formulas import Addend, Identity, Metric
from analysis.codebook.reading import LANGUAGES, load
from analysis.codebook.vocabulary import Label, Meaning, Vocabulary, vocabulary

__all__ = [
    "LANGUAGES",
    "Addend",
    "Codebook",
    "Column",
    "Comparability",
    "Edition",
    "Identity",
    "Indicator",
    "Label",
    "Meaning",
    "Metric",
    "Rule",
    "Status",
    "Term",
    "Topic",
    "Vocabulary",
    "load",
    "vocabulary",
]
