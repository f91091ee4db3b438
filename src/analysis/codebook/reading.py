"""Opens the codebook's CSV and TOML files in one language."""

from collections.abc import Callable
from functools import cache
from typing import Any

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
from analysis.codebook.formulas import Addend, Identity
from analysis.codebook.measures import measures
from analysis.codebook.opening import entries, rows
from analysis.errors import Unknown

LANGUAGES = ("zh", "en")


@cache
def load(language: str = "zh") -> Codebook:
    """The codebook with labels in `language` ("zh" or "en")."""
    if language not in LANGUAGES:
        raise Unknown(f"language '{language}'", "there is no such language", "take zh or en")
    editions = [
        Edition(**_plain(row, language, from_year=int, to_year=_year, by_applicant=_yes))
        for row in rows("editions.csv")
    ]
    indicators, terms = _indicators(language), _terms(language)
    return Codebook(
        language=language,
        indicators=indicators,
        editions={entry.edition: entry for entry in editions},
        statuses={
            row["status"]: Status(**_plain(row, language, stored=_yes, has_value=_yes)) for row in rows("statuses.csv")
        },
        identities={name: _identity(name, entry, language) for name, entry in entries("identities.toml").items()},
        metrics=measures(language, indicators, {name: term.label for name, term in terms["applicant"].items()}),
        topics={name: _topic(name, entry, language) for name, entry in entries("topics.toml").items()},
        rules=_rules(language),
        comparability=tuple(
            Comparability(**_plain(row, language, from_year=int, tells_before=_yes))
            for row in rows("comparability.csv")
        ),
        columns=tuple(Column(**_plain(row, language, **_COLUMN_TYPES)) for row in rows("tables.csv")),
        terms=terms,
        words={key: texts[language] for key, texts in entries("wording.toml").items()},
        **entries("thresholds.toml"),
    )


def _plain(row: dict[str, str], language: str, **types: Callable[[str], object]) -> dict[str, Any]:
    """`row` with `label_zh`, `label_en` reduced to the `label` of one language and other cells made what they are."""
    texts = {key.rpartition("_")[0]: value for key, value in row.items() if key.endswith(f"_{language}")}
    plain = {key: value for key, value in row.items() if not key.endswith(tuple(f"_{other}" for other in LANGUAGES))}
    return {key: types.get(key, str)(value) for key, value in (plain | texts).items()}


def _yes(text: str) -> bool:
    return text == "yes"


def _year(text: str) -> int | None:
    return int(text) if text else None


def _number(text: str) -> float | None:
    return float(text) if text else None


_COLUMN_TYPES = {"required": _yes, "unique": _yes, "minimum": _number, "maximum": _number}


def _indicators(language: str) -> dict[str, Indicator]:
    cells = {row.pop("indicator"): row for row in rows("forms.csv")}
    return {
        row["indicator"]: Indicator(**_plain(row, language, by_applicant=_yes), cells=cells[row["indicator"]])
        for row in rows("indicators.csv")
    }


def _terms(language: str) -> dict[str, dict[str, Term]]:
    terms: dict[str, dict[str, Term]] = {}
    for row in rows("terms.csv"):
        name = row.pop("list")
        terms.setdefault(name, {})[row["term"]] = Term(**_plain(row, language))
    return terms


def _sum(texts: list[str]) -> tuple[Addend, ...]:
    return tuple(Addend.parse(text) for text in texts)


def _identity(name: str, entry: dict[str, Any], language: str) -> Identity:
    return Identity(
        identity=name,
        label=entry[f"label_{language}"],
        basis=entry["basis"],
        editions=tuple(entry["editions"]),
        left=_sum(entry["left"]),
        right=_sum(entry["right"]),
        by_applicant=entry.get("by_applicant", False),
        fills=entry.get("fills", False),
        severity=entry.get("severity", "error"),
    )


def _rules(language: str) -> dict[str, Rule]:
    """Every identity, and the rules of other kinds."""
    sums = [_identity(name, entry, language) for name, entry in entries("identities.toml").items()]
    rules = {entry.identity: Rule(entry.identity, entry.label, entry.severity, {}) for entry in sums}
    for name, entry in entries("rules.toml").items():
        rules[name] = Rule(name, entry[f"label_{language}"], entry["severity"], entry.get("limits", {}))
    return rules


def _topic(name: str, entry: dict[str, Any], language: str) -> Topic:
    return Topic(topic=name, label=entry[f"label_{language}"], indicators=tuple(entry["indicators"]))
