"""Writes the invented region as a data folder, whole or not at all."""

import csv
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from analysis import codebook
from analysis.codebook import Codebook, opening
from analysis.demo.chapters import chapter, filed
from analysis.demo.tables import TABLES, Row
from analysis.demo.world import COUNTY, Place, World
from analysis.errors import BadParameter, Missing
from analysis.facts import descriptor, invented, writing

DESCRIPTION = "datapackage.json"


@dataclass(frozen=True)
class Made:
    """What was written: the folder, and how many units, reports and figures it holds."""

    folder: Path
    units: int
    reports: int
    figures: int


def make(folder: Path, *, units: int, years: range, seed: int, done: Callable[[int, int], None] | None = None) -> Made:
    """Write the invented region into `folder`, which is made if need be; the same arguments give the same bytes.

    `done` hears how many units of how many are written. Raises BadParameter for numbers that cannot be, Missing where
    `folder` holds anything but an earlier demo; nothing is changed then.
    """
    world = World(seed, years, codebook.load("zh"), **opening.entries("demo.toml"))
    _refuse_numbers(units, world)
    _refuse_folder(folder)
    folder.mkdir(parents=True, exist_ok=True)
    staged = writing.stage(folder, {}, world.book)
    try:
        counts = _write(staged, world.places(units), world, done)
        text = descriptor.describe(codebook.load("en"), descriptor.own(staged))
        (staged / DESCRIPTION).write_text(text, encoding="utf-8")
    except BaseException:
        writing.discard(staged)
        raise
    writing.publish(folder, staged)
    return Made(folder, counts["units"], counts["reports"], counts["disclosures"])


def _write(staged: Path, held: list[Place], world: World, done: Callable[[int, int], None] | None) -> dict[str, int]:
    """Write all tables unit by unit, so that a nation's figures need no more room than a unit's; how many rows each."""
    reports = {place.unit: filed(place, world) for place in held}
    checked = _checked(held, reports, world)
    counts = dict.fromkeys(TABLES, 0)
    with ExitStack() as stack:
        sheets = {name: _sheet(staged / f"{name}.csv", world.book, stack) for name in TABLES}
        for number, place in enumerate(held, 1):
            of_county = checked if place.unit == COUNTY else {}
            for name, rows in chapter(place, reports[place.unit], world, checked=of_county).items():
                sheets[name](rows)
                counts[name] += len(rows)
            if done is not None:
                done(number, len(held))
    return counts


def _sheet(path: Path, book: Codebook, stack: ExitStack) -> Callable[[Iterable[Row]], None]:
    """What adds rows to the table at `path`, in the columns of the codebook, below its header."""
    columns = [column.column for column in book.table(path.stem)]
    writer = csv.writer(stack.enter_context(path.open("w", encoding="utf-8", newline="")), lineterminator="\n")
    writer.writerow(columns)
    cells = itemgetter(*columns)
    return lambda rows: writer.writerows(map(cells, rows))


def _checked(held: list[Place], reports: Mapping[str, list[int]], world: World) -> dict[int, int]:
    """Of how many units the county says to have checked the reports: those that came, in some years simply all."""
    below = [place.unit for place in held if place.parent == COUNTY]
    came = {year: sum(year in reports[unit] for unit in below) for year in reports[COUNTY]}
    return came | {year: len(below) for year in world.county["checked_all"] if year in came}


def _refuse_numbers(units: int, world: World) -> None:
    limit, years = world.most, world.years
    if not 1 <= units <= limit:
        raise BadParameter("--units", f"{units} units cannot be made", f"give a number from 1 to {limit}")
    first, last = (min(entry.from_year for entry in world.book.editions.values()), 2100)
    if not years or years[0] < first or years[-1] > last:
        what = "no year" if not years else f"{years[0]}-{years[-1]}"
        raise BadParameter(
            "--years", f"{what} cannot be made", f"give years from {first} to {last}, the earlier one first"
        )


def _refuse_folder(folder: Path) -> None:
    """Refuse whatever is no earlier demo: a file, other files, units that are not invented."""
    if folder.exists() and not folder.is_dir():
        raise Missing(str(folder), "this is no folder", "name a folder that is new or empty")
    if not folder.is_dir():
        return
    writing.complete(folder)
    known = {f"{name}.csv" for name in TABLES} | {DESCRIPTION}
    held = {path.name for path in folder.iterdir() if not path.name.startswith(writing.STAGING)}
    units = [row.get("unit", "") for row in writing.rows(folder / "units.csv")]
    if not held <= known or (held and not units) or not all(map(invented, units)):
        what = "it holds something else than an earlier demo"
        raise Missing(str(folder), what, "name a folder that is new or empty: a demo takes the place of all in it")
