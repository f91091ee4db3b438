"""All rows of one unit, in every table of the data folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from analysis.codebook import Codebook
from analysis.demo import filing, flaws
from analysis.demo.filing import Row
from analysis.demo.forms import Form
from analysis.demo.history import Values, history
from analysis.demo.region import COUNTY, Place
from analysis.demo.telling import Figure, Writer

TABLES: tuple[str, ...] = ("units", "reports", "disclosures", "corrections", "revisions", "statements", "growths")
PUBLISHED = "published_items"


@dataclass(frozen=True)
class World:
    """What all units share: the seed, the form of each year, the codebook, what is known of the invented region."""

    seed: int
    forms: Mapping[int, Form]
    book: Codebook
    known: Mapping[str, Any]


@dataclass
class Chapter:
    """One unit at work: its rows so far, and what its last report said."""

    place: Place
    world: World
    rng: Random
    told: frozenset[str]
    retells: bool
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    last: Sequence[Figure] = ()
    statements: Sequence[tuple[str, str]] = ()


def chapter(place: Place, filed: Sequence[int], world: World, *, checked: Mapping[int, int]) -> dict[str, list[Row]]:
    """The rows of `place` by table; `checked`: of how many units it checked the reports, by year."""
    rng, known = Random(f"{world.seed}/{place.unit}"), world.known  # noqa: S311 no secret
    retells = rng.random() < known["rates"]["retells"] or place.unit == COUNTY
    one = Chapter(place, world, rng, _told(place, world, rng), retells)
    one.rows["units"].append(_unit(place, world.book))
    if not filed:
        return one.rows
    plan = flaws.planned(place, list(world.forms), rng, known)
    slips = frozenset(year for year, names in plan.items() if "carry_over" in names)
    for year, values in history(place, world.forms, known, rng, slips=slips):
        if year in checked:
            values["units_checked", "total"] = checked[year]
        if year in filed:
            _report(one, year, values, plan[year])
        else:
            one.last, one.statements = (), ()
            if year + 1 in filed and "estimated" in plan[year]:
                one.rows["disclosures"] += _estimated(place, year, values, known)
    return one.rows


def _told(place: Place, world: World, rng: Random) -> frozenset[str]:
    """What the texts of a unit usually tell; the county's nearly all."""
    least = 0.9 if place.unit == COUNTY else 0.0
    likely = {name: rate for form in world.forms.values() for name, rate in form.told.items()}
    return frozenset(name for name, rate in likely.items() if rng.random() < max(rate, least))


def _unit(place: Place, book: Codebook) -> Row:
    return {
        "unit": place.unit,
        "name": place.name,
        "name_en": place.name_en,
        "level": place.level,
        "parent": place.parent,
        "note": book.word("invented"),
    }


def _report(one: Chapter, year: int, values: Values, wanted: Sequence[str]) -> None:
    """Add the report of a year to all tables."""
    world = one.world
    writer = _writer(one, year, wanted)
    row = filing.report(one.place, year, wanted, one.rng, world.book, world.known)
    taken = filing.taken_up(writer.figures(values), str(row["coverage"]), world.known)
    stated = flaws.spoiled(taken, wanted, writer)
    source = str(row["report"])
    one.rows["reports"].append(row)
    one.rows["disclosures"] += filing.rows(stated, one.place.unit, year, source)
    if "corrected" in wanted:
        one.rows["corrections"] += _corrections(stated, values[PUBLISHED, "total"], source, one)
    if "revised" in wanted:
        one.rows["revisions"] += _revisions(stated, year, source, one)
    certain = stated if "tenfold" not in wanted else ()
    one.rows["growths"] += _growths(certain, source, one, wrong="growth_error" in wanted)
    if "same_statements" not in wanted or not one.statements:
        one.statements = filing.said(one.rng, world.known)
    one.rows["statements"] += filing.statements(one.statements, source, world.known)
    one.last = certain


def _writer(one: Chapter, year: int, wanted: Sequence[str]) -> Writer:
    """Who writes the report of a year; the county's as the codebook says."""
    world, county = one.world, one.place.unit == COUNTY
    return Writer(
        year=year,
        form=world.forms[year],
        told=one.told,
        retells=one.retells,
        scopes=county and "scopes" in wanted,
        rounding=next((name for name in ("approx", "at_least") if name in wanted), "exact") if county else None,
        forgets=world.known["rates"]["county_forgets" if county else "forgets"],
        rng=one.rng,
        book=world.book,
        known=world.known,
    )


def _corrections(stated: Sequence[Figure], true: int, source: str, one: Chapter) -> list[Row]:
    """What a figure with a 0 too many should be."""
    printed, words = _published(stated), one.world.known["words"]
    if not true or printed != true * 10:
        return []
    year = int(source.rpartition("-")[2])
    cell = {"unit": one.place.unit, "year": year, "indicator": PUBLISHED, "applicant": "total", "scope": "unstated"}
    told = {"reason": words["reason"], "by": words["by"], "on": date(year + 1, 6, 15).isoformat()}
    return [{**cell, "source": source, "printed": printed, "corrected": true, **told}]


def _revisions(stated: Sequence[Figure], year: int, source: str, one: Chapter) -> list[Row]:
    """What an earlier version of the report said of one figure of its tables."""
    held = [each for each in stated if each.method == "table" and each.applicant == "total" and each.value]
    if not held:
        return []
    chosen = one.rng.choice(held)
    earlier = chosen._replace(value=(chosen.value or 0) + one.rng.randint(1, 4), status="reported")
    replaced = date(year + 1, 5, 1) + timedelta(one.rng.randint(0, 90))
    row = filing.rows([earlier], one.place.unit, year, source)[0]
    return [row | {"sha256": "", "replaced_on": replaced.isoformat()}]


def _growths(stated: Sequence[Figure], source: str, one: Chapter, *, wrong: bool) -> list[Row]:
    """By how many percent more was published than in the year before, where both reports say it exactly."""
    now, last = _published(stated), _published(one.last)
    if not now or not last or not one.retells:
        return []
    percent, words = round((now - last) / last * 100 + (11 if wrong else 0), 1), one.world.known["words"]
    evidence = words["growth" if percent >= 0 else "decline"].format(percent=abs(percent))
    return [{"source": source, "indicator": PUBLISHED, "scope": "unstated", "percent": percent, "evidence": evidence}]


def _published(stated: Sequence[Figure]) -> int | None:
    held = [
        each.value
        for each in stated
        if (each.indicator, each.scope, each.qualifier, each.status) == (PUBLISHED, "unstated", "exact", "reported")
    ]
    return held[0] if held else None


def _estimated(place: Place, year: int, values: Values, known: Mapping[str, Any]) -> list[Row]:
    """How many requests a year without a report had, as the next report tells it."""
    value = values["requests_received", "total"]
    said = known["words"]["from_next"].format(year=year + 1, value=value + 3, more=3)
    figure = Figure("requests_received", "total", "unstated", value, "estimated", "exact", said, "prose")
    return filing.rows([figure], place.unit, year, f"{place.unit}-{year + 1}")
