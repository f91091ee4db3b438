"""The units: a county and those below it, its sister counties, the city above; names from the codebook's demo.toml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any

COUNTY = "demo"
CITY = "demo-city"
MOST_DEPARTMENTS = 0.6  # of the units below the county; the others are townships


@dataclass(frozen=True)
class Place:
    """A unit of the region; all but the city report."""

    unit: str
    name: str
    name_en: str
    level: str
    parent: str

    @property
    def reports(self) -> bool:
        """Whether it has reports of its own."""
        return self.unit != CITY


def most(known: Mapping[str, Any]) -> int:
    """How many units below the county there are names for."""
    names = known["names"]
    return len(names["departments"]) + len(names["first"]) * len(names["second"]) * len(names["kinds"])


def places(units: int, known: Mapping[str, Any]) -> list[Place]:
    """The city, its counties and `units` units below the first of them; the same names whatever the seed."""
    names = known["names"]
    city = Place(CITY, names["city"]["zh"], names["city"]["en"], "city", "")
    county = Place(COUNTY, names["county"]["zh"], names["county"]["en"], "county", CITY)
    sisters = [
        Place(f"demo-{word}", *_named(names["county_of"], name=(zh, en)), "county", CITY)
        for word, zh, en in names["sisters"]
    ]
    departments = names["departments"][: round(units * MOST_DEPARTMENTS)]
    offices = [
        Place(f"demo-{word}", *_named(names["department_of"], name=(zh, en)), "department", COUNTY)
        for word, zh, en in departments
    ]
    towns = [place for place, _ in zip(_townships(names), range(units - len(offices)), strict=False)]
    return [city, county, *sisters, *offices, *towns]


def _townships(names: Mapping[str, Any]) -> Iterator[Place]:
    """Each name once, then once more as another kind of township."""
    pairs = list(product(names["first"], names["second"]))
    Random(COUNTY).shuffle(pairs)  # noqa: S311 no secret
    kinds = names["kinds"]
    for turn in range(len(kinds)):
        for place, (first, second) in enumerate(pairs):
            word, zh, en = kinds[(place + turn) % len(kinds)]
            spoken = f"{first[1]}{second[1]}"
            named = _named(names["township_of"], name=(first[0] + second[0], spoken), kind=(zh, en))
            yield Place(f"demo-{spoken.lower()}-{word}", *named, "township", COUNTY)


def _named(template: Mapping[str, str], **words: tuple[str, str]) -> tuple[str, str]:
    """A name in Chinese and in English."""
    chinese = template["zh"].format(**{key: zh for key, (zh, _) in words.items()})
    return chinese, template["en"].format(**{key: en for key, (_, en) in words.items()})
