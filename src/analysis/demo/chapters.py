"""One unit, year after year: its figures, what its reports state of them, the rows that this makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from analysis.demo import flaws, tables
from analysis.demo.history import Values, history
from analysis.demo.tables import TABLES, Row
from analysis.demo.telling import PUBLISHED, Writer, taken_up
from analysis.demo.world import CITY, COUNTY, Place, World


@dataclass
class Chapter:
    """One unit at work: its rows so far, and what its report of the year before said."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    published: int | None = None
    statements: Sequence[tuple[str, str]] = ()


def filed(place: Place, world: World) -> list[int]:
    """The years for which a unit has a report."""
    rng = Random(f"{world.seed}/{place.unit}/filed")  # noqa: S311 no secret
    if place.unit == COUNTY:
        return [year for year in world.years if year not in world.county["missing"]]
    if place.unit == CITY or rng.random() < world.rates["never"]:
        return []
    return [year for year in world.years if rng.random() >= world.rates["missing"]]


def chapter(place: Place, reported: Sequence[int], world: World, *, checked: Mapping[int, int]) -> dict[str, list[Row]]:
    """The rows of `place` by table, with its reported years; `checked`: of how many units it checked the reports."""
    rng, one = Random(f"{world.seed}/{place.unit}"), Chapter()  # noqa: S311 no secret
    retells = rng.random() < world.rates["retells"] or place.unit == COUNTY
    told = _told(place, world, rng)
    one.rows["units"].append(tables.unit(place, world))
    if not reported:
        return one.rows
    plan = flaws.planned(place, world, rng)
    requests: int | None = None  # of a year without a report, that the next one tells
    for year, values in history(place, world, rng, plan):
        writer = Writer(place, world, rng, told, retells, year, plan[year])
        if year in checked:
            values["units_checked", "total"] = checked[year]
        if year in reported:
            if requests is not None:
                one.rows["disclosures"].append(tables.estimated(requests, writer))
            _report(one, values, writer)
        else:
            one.published, one.statements = None, ()
        requests = values["requests_received", "total"] if year not in reported and "estimated" in plan[year] else None
    return one.rows


def _told(place: Place, world: World, rng: Random) -> frozenset[str]:
    """What the texts of a unit usually tell; the county's all that the forms ask for."""
    likely = {name: rate for form in world.forms.values() for name, rate in form.told.items()}
    return frozenset(name for name, rate in likely.items() if place.unit == COUNTY or rng.random() < rate)


def _report(one: Chapter, values: Values, writer: Writer) -> None:
    """Add the report of a year to all tables."""
    rows, wanted = one.rows, writer.wanted
    report = tables.report(writer)
    stated = flaws.spoiled(taken_up(writer.figures(values), report["coverage"], writer.world), writer)
    rows["reports"].append(report)
    rows["disclosures"] += tables.disclosures(stated, writer)
    if "corrected" in wanted:
        rows["corrections"] += tables.corrections(stated, values[PUBLISHED, "total"], writer)
    if "revised" in wanted:
        rows["revisions"] += tables.revisions(stated, writer)
    published = tables.published(stated) if "tenfold" not in wanted else None
    rows["growths"] += tables.growths(published, one.published, writer)
    if "same_statements" not in wanted or not one.statements:
        one.statements = tables.said(writer)
    rows["statements"] += tables.statements(one.statements, writer)
    one.published = published
