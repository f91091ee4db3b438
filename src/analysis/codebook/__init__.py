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
    Rule,
    Status,
    Term,
    Topic,
)
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
