"""What to build: the featured dashboards, those of chosen units, or all."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import polars as pl

from analysis import codebook, notebooks, paths
from analysis.errors import BadData, BadParameter, Missing, Unknown, nearest
from analysis.facts import Disclosures
from analysis.notebooks import Value

PLAN = "dashboards.toml"
OF_REGIONS = "data_quality"  # the notebook that looks at the units below, too
REGION = "region"  # the parameter of the notebooks that compare the units below a region
FEWEST = 2  # reports below a region in a year: fewer leave nothing to compare
CODES = ("level", "indicator")  # parameters that are words of the codebook


@dataclass(frozen=True)
class Dashboard:
    """One notebook with its parameters; `file` is where its page lies in an edition: slugs only, never a path."""

    notebook: str
    parameters: Mapping[str, Value] = field(default_factory=dict[str, Value])

    @property
    def unit(self) -> str:
        """Id of the unit, or of the region, whose dashboard it is."""
        return str(self.parameters[REGION] if REGION in self.parameters else self.parameters["unit"])

    @property
    def year(self) -> int | None:
        """Reporting year of a dashboard of one year."""
        return int(self.parameters["year"]) if "year" in self.parameters else None

    @property
    def file(self) -> str:
        """Name of the page: notebook, unit, year, and whatever else was chosen otherwise than by default."""
        usual: dict[str, Value] = {
            "since": 0,
            "until": 0,
            "peers": "level",
            "level": "",
            "indicator": "published_items",
        }
        year = [str(self.year)] if self.year else []
        chosen = {name: self.parameters.get(name, default) for name, default in usual.items()}
        unusual = [f"{name}-{value}" for name, value in chosen.items() if value != usual[name]]
        language = [str(self.parameters["language"])] if self.parameters.get("language", "zh") != "zh" else []
        return "-".join([self.notebook, self.unit, *year, *unusual, *language]) + ".html"


def featured(data: Disclosures, *, languages: Iterable[str] = ("zh",)) -> list[Dashboard]:
    """The dashboards that notebooks/dashboards.toml names; raises where an entry fits neither notebook nor data.

    An office's own data know none of the units named there: then it is every notebook of each of its units.
    """
    path = paths.NOTEBOOKS / PLAN
    if not path.is_file():
        raise Missing(str(path), "there is no such file", "restore it, or name units with --unit")
    try:
        entries: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadData(str(path), f"this is not TOML: {error}", "mend the line named") from error
    plan = [
        _entry(path, notebook, given)
        for notebook, listed in entries.items()
        for given in _listed(path, notebook, listed)
    ]
    if not {entry.unit for entry in plan} & set(data.units["unit"]):
        return of_units(data, data.reports["unit"].unique(maintain_order=True), languages=languages)
    for dashboard in plan:
        data.unit(dashboard.unit)
    return _in_languages(plan, languages)


def _listed(path: Path, notebook: str, listed: object) -> list[Mapping[str, Value]]:
    if isinstance(listed, list) and all(isinstance(given, dict) for given in cast(list[object], listed)):
        return cast(list[Mapping[str, Value]], listed)
    raise BadData(f"{path}, {notebook}", "this is not a list of entries", f'write {notebook} = [{{ unit = "…" }}]')


def of_units(
    data: Disclosures,
    units: Iterable[str],
    *,
    year: int | None = None,
    names: Iterable[str] = (),
    languages: Iterable[str] = ("zh",),
) -> list[Dashboard]:
    """For each unit every notebook (or those of `names`): of `year`, else of its latest year; series up to `year`."""
    chosen = list(names) or notebooks.names()
    plan = [_of_unit(data, unit, name, year) for unit in units for name in _notebooks_of(data, unit, chosen)]
    return _in_languages(plan, languages)


def everything(data: Disclosures, *, names: Iterable[str] = (), languages: Iterable[str] = ("zh",)) -> list[Dashboard]:
    """Every notebook for every unit with a report, and the notebooks of one year for each of its years."""
    chosen = list(names) or notebooks.names()
    plan = [Dashboard(name, given) for name in chosen for given in _every(data, name)]
    return _in_languages(plan, languages)


def _every(data: Disclosures, name: str) -> list[dict[str, Value]]:
    """The units, or regions, and years for which a notebook can be built."""
    if _compares(name):
        regions = data.units["parent"].drop_nulls().unique().sort()
        return [{REGION: region, "year": year} for region in regions for year in _years_compared(data, region)]
    reported = data.reports.select("unit", "year").sort("unit", "year")
    if "year" in notebooks.parameters(name):
        return [{"unit": unit, "year": year} for unit, year in reported.iter_rows()]
    return [{"unit": unit} for unit in reported["unit"].unique(maintain_order=True)]


def _compares(name: str) -> bool:
    """Whether a notebook is of a region: it compares the units below it."""
    return REGION in notebooks.parameters(name)


def _years_compared(data: Disclosures, region: str) -> list[int]:
    """The years in which there is something to compare below `region`."""
    below = data.reports.filter(pl.col("unit").is_in(data.below(region)[1:]))
    return sorted(below.group_by("year").len().filter(pl.col("len") >= FEWEST)["year"])


def _notebooks_of(data: Disclosures, unit: str, chosen: list[str]) -> list[str]:
    """Those of the notebooks `chosen` that fit a unit: a region without a report of its own has those of regions."""
    comparable = bool(_years_compared(data, unit))
    fit = [name for name in chosen if comparable or not _compares(name)] or chosen
    reports = data.reports.filter(pl.col("unit").is_in(data.below(unit)))
    region = not reports.is_empty() and unit not in set(reports["unit"])
    of_regions = [name for name in fit if name == OF_REGIONS or _compares(name)]
    return of_regions if region and of_regions else fit


def _of_unit(data: Disclosures, unit: str, name: str, year: int | None) -> Dashboard:
    if _compares(name):
        return Dashboard(name, {REGION: unit, "year": _year_compared(data, unit, year)})
    if name == OF_REGIONS:
        reported = data.reports.filter(pl.col("unit").is_in(data.below(unit)))["year"].max()
        if reported is not None:
            if year:
                data.refuse_year("--year", year)
            return Dashboard(name, {"unit": unit, "year": year or int(str(reported))})
    years = data.years(unit, until=year or 0)
    if "year" in notebooks.parameters(name):
        return Dashboard(name, {"unit": unit, "year": years[-1]})
    return Dashboard(name, {"unit": unit} | ({"until": year} if year else {}))


def _year_compared(data: Disclosures, region: str, year: int | None) -> int:
    years = _years_compared(data, region)
    if not years:
        what = f"fewer than {FEWEST} units below it reported in any year: there is nothing to compare"
        raise Unknown(f"unit '{region}'", what, "take a region that has units with reports below it")
    if year:
        data.refuse_year("--year", year)
    return year or years[-1]


def _entry(path: Path, notebook: str, given: Mapping[str, Value]) -> Dashboard:
    typed = notebooks.checked(notebook, given)
    where, place = f"{path}, [[{notebook}]]", REGION if _compares(notebook) else "unit"
    if place not in given:
        raise BadData(where, f"an entry names no {place}", f'add {place} = "…", an id of data/units.csv')
    for name in CODES:
        known = codebook.load().lists[name]
        if given.get(name) and typed[name] not in known:
            fix = nearest(str(typed[name]), known) or f"take one of: {', '.join(known)}"
            raise BadParameter(where, f"'{typed[name]}' is no {name} of the codebook", fix)
    return Dashboard(notebook, {name: typed[name] for name in given})


def _in_languages(plan: Iterable[Dashboard], languages: Iterable[str]) -> list[Dashboard]:
    """`plan` once in each language, every page once."""
    told = [
        Dashboard(entry.notebook, dict(entry.parameters) | ({} if language == "zh" else {"language": language}))
        for language in languages
        for entry in plan
    ]
    return list({entry.file: entry for entry in told}.values())
