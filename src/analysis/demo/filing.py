"""The reports of a unit: which years have one, when it came, what it says beside its figures."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from analysis.codebook import Codebook
from analysis.demo.region import COUNTY, Place
from analysis.demo.telling import Figure

Row = dict[str, object]
EARLIER = 2018  # until then reports were due at the end of March of the next year, since then at the end of January


def filed(place: Place, years: Sequence[int], seed: int, known: Mapping[str, Any]) -> list[int]:
    """The years for which a unit has a report."""
    rng = Random(f"{seed}/{place.unit}/filed")  # noqa: S311 no secret
    if place.unit == COUNTY:
        return [year for year in years if year not in known["county"]["missing"]]
    if not place.reports or rng.random() < known["rates"]["never"]:
        return []
    return [year for year in years if rng.random() >= known["rates"]["missing"]]


def report(
    place: Place, year: int, wanted: Sequence[str], rng: Random, book: Codebook, known: Mapping[str, Any]
) -> Row:
    """The row of a report in reports.csv."""
    rates, edition = known["rates"], book.edition_of(year)
    named = year - 1 if "wrong_title" in wanted else year
    tables = edition != next(iter(book.editions)) and rng.random() < rates["tables"]
    coverage = "selected" if rng.random() < rates["selected"] else "tables" if tables else "full"
    return {
        "report": f"{place.unit}-{year}",
        "unit": place.unit,
        "year": year,
        "title": known["words"]["title"].format(name=place.name, year=named),
        "edition": edition,
        "publisher": place.name,
        "published_on": ""
        if rng.random() < rates["undated"]
        else _published(year, rng, late=rates["late"]).isoformat(),
        "url": "" if rng.random() < rates["unaddressed"] else f"https://demo.example/{place.unit}/{year}.html",
        "sha256": "",
        "coverage": coverage if place.unit != COUNTY else "full",
    }


def _published(year: int, rng: Random, *, late: float) -> date:
    """A day in the weeks before the legal day, or after it."""
    due = date(year + 1, 3, 31) if year <= EARLIER else date(year + 1, 1, 31)
    return due + timedelta(rng.randint(5, 60)) if rng.random() < late else due - timedelta(rng.randint(0, 25))


def taken_up(figures: Sequence[Figure], coverage: str, known: Mapping[str, Any]) -> list[Figure]:
    """Those of the figures of a report that its coverage leaves in the data."""
    few = set(known["selected"]["indicators"])
    if coverage == "selected":
        return [each for each in figures if each.indicator in few and each.applicant == "total"]
    if coverage == "tables":
        return [each for each in figures if each.method == "table" or each.indicator in few]
    return list(figures)


def rows(figures: Sequence[Figure], unit: str, year: int, source: str) -> list[Row]:
    """The rows of figures in disclosures.csv."""
    return [
        {
            "unit": unit,
            "year": year,
            "indicator": each.indicator,
            "applicant": each.applicant,
            "scope": each.scope,
            "value": "" if each.value is None else each.value,
            "status": each.status,
            "qualifier": each.qualifier,
            "source": source,
            "evidence": each.evidence,
            "method": each.method,
        }
        for each in figures
    ]


def said(rng: Random, known: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The problems and measures of one report: kind and text."""
    texts = known["statements"]
    return [(kind, text) for kind in texts for text in rng.sample(texts[kind], 3)]


def statements(told: Sequence[tuple[str, str]], source: str, known: Mapping[str, Any]) -> list[Row]:
    """Their rows in statements.csv."""
    evidence = known["words"]["statements"]
    return [
        {"source": source, "number": number, "kind": kind, "text": text, "evidence": evidence}
        for number, (kind, text) in enumerate(told, 1)
    ]
