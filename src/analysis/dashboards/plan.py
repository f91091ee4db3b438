"""What to build: the featured dashboards, those of chosen units, or all."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import polars as pl

from analysis import notebooks, paths
from analysis.errors import BadData, Missing
from analysis.facts import Disclosures
from analysis.notebooks import Value

PLAN = "dashboards.toml"
OF_REGIONS = "data_quality"  # the notebook that looks at the units below, too


@dataclass(frozen=True)
class Dashboard:
    """One notebook with its parameters; `file` is where its page lies in an edition: slugs only, never a path."""

    notebook: str
    parameters: Mapping[str, Value] = field(default_factory=dict[str, Value])

    @property
    def unit(self) -> str:
        """Id of the unit whose dashboard it is."""
        return str(self.parameters["unit"])

    @property
    def year(self) -> int | None:
        """Reporting year of a dashboard of one year."""
        return int(self.parameters["year"]) if "year" in self.parameters else None

    @property
    def file(self) -> str:
        """Name of the page: notebook, unit, year, and whatever else was chosen otherwise than by default."""
        usual: dict[str, Value] = {"since": 0, "until": 0, "peers": "level"}
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
    reported = data.reports.select("unit", "year").sort("unit", "year")
    plan = [
        Dashboard(name, {"unit": unit} | ({"year": year} if year else {}))
        for name in chosen
        for unit, year in _rows(reported, yearly="year" in notebooks.parameters(name))
    ]
    return _in_languages(plan, languages)


def _rows(reported: pl.DataFrame, *, yearly: bool) -> list[tuple[str, int]]:
    if yearly:
        return list(reported.iter_rows())
    return [(unit, 0) for unit in reported["unit"].unique(maintain_order=True)]


def _notebooks_of(data: Disclosures, unit: str, chosen: list[str]) -> list[str]:
    """Those of the notebooks `chosen` that fit a unit: a region without a report of its own has only one."""
    reports = data.reports.filter(pl.col("unit").is_in(data.below(unit)))
    region = not reports.is_empty() and unit not in set(reports["unit"])
    return [name for name in chosen if name == OF_REGIONS] if region and OF_REGIONS in chosen else chosen


def _of_unit(data: Disclosures, unit: str, name: str, year: int | None) -> Dashboard:
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


def _entry(path: Path, notebook: str, given: Mapping[str, Value]) -> Dashboard:
    typed = notebooks.checked(notebook, given)
    if "unit" not in given:
        raise BadData(f"{path}, [[{notebook}]]", "an entry names no unit", 'add unit = "…", an id of data/units.csv')
    return Dashboard(notebook, {name: typed[name] for name in given})


def _in_languages(plan: Iterable[Dashboard], languages: Iterable[str]) -> list[Dashboard]:
    """`plan` once in each language, every page once."""
    told = [
        Dashboard(entry.notebook, dict(entry.parameters) | ({} if language == "zh" else {"language": language}))
        for language in languages
        for entry in plan
    ]
    return list({entry.file: entry for entry in told}.values())
