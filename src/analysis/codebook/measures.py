"""Opens the measures: an entry for each, or one for the shares of every part or kind of applicant of an indicator."""

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.codebook.entries import Indicator
from analysis.codebook.formulas import Addend, Metric
from analysis.codebook.opening import entries


def measures(language: str, indicators: Mapping[str, Indicator], applicants: Mapping[str, str]) -> dict[str, Metric]:
    """The measures with their labels in `language`, by name; `applicants` are the labels of the columns."""
    made = [
        metric
        for name, entry in entries("metrics.toml").items()
        for metric in _expanded(name, entry, language, indicators, applicants)
    ]
    return {metric.metric: metric for metric in made}


def _expanded(
    name: str, entry: dict[str, Any], language: str, indicators: Mapping[str, Indicator], applicants: Mapping[str, str]
) -> Iterator[Metric]:
    """The one measure of an entry; of `parts_of` and `applicants_of` a share for each part and kind of applicant."""
    if "parts_of" in entry:
        whole = entry["parts_of"]
        said = {"whole": indicators[whole].label}
        for part in [each for each in indicators.values() if each.part_of == whole]:
            share = {"numerator": [part.indicator], "denominator": [whole], "whole": whole}
            yield _metric(f"{part.indicator}_share", entry | share, language, said | {"part": part.label})
    elif "applicants_of" in entry:
        whole = entry["applicants_of"]
        said = {"whole": indicators[whole].label}
        for kind in [each for each in applicants if each != "total"]:
            share = {"numerator": [f"{whole}@{kind}"], "denominator": [whole]}
            yield _metric(f"{kind}_share", entry | share, language, said | {"part": applicants[kind]})
    else:
        yield _metric(name, entry, language, {})


def _metric(name: str, entry: dict[str, Any], language: str, said: dict[str, str]) -> Metric:
    below = entry.get("denominator", entry.get("subtracted", []))
    return Metric(
        metric=name,
        label=entry[f"label_{language}"].format(**said),
        note=entry[f"note_{language}"].format(**said),
        unit=entry["unit"],
        topic=entry["topic"],
        numerator=tuple(Addend.parse(text) for text in entry["numerator"]),
        denominator=tuple(Addend.parse(text) for text in below),
        difference="subtracted" in entry,
        cases=entry.get("cases", "denominator"),
        whole=entry.get("whole", ""),
        adds_up=entry.get("adds_up", False),
    )
