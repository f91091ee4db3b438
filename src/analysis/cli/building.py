"""Verbs that build: dashboards, JupyterLab, the description of a data folder."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from analysis import paths
from analysis.cli.app import Data, app, complain, progress, use
from analysis.errors import BadParameter, Missing

if TYPE_CHECKING:
    from analysis.dashboards import Dashboard, Outcome
    from analysis.facts import Disclosures


@dataclass(frozen=True)
class Edition:
    """Where the pages go and what stands beside them, as options of the command."""

    out: Annotated[
        Path, Parameter(help="Folder of the pages (default: dashboards/ of the repository).", show_default=False)
    ] = paths.DASHBOARDS
    pdf: Annotated[bool, Parameter(help="Print each page to a PDF beside it; needs Chromium, Chrome or Edge.")] = False
    xlsx: Annotated[bool, Parameter(help="Put the figures behind each page into an Excel workbook beside it.")] = False
    shared_assets: Annotated[
        bool, Parameter(help="For a web server: pages share style and script in OUT/assets, and are not one file each.")
    ] = False


@app.command
def build(
    *,
    unit: Annotated[list[str] | None, Parameter(help="Unit id (hunan-yiyang-anhua), may be repeated.")] = None,
    year: Annotated[int | None, Parameter(help="Reporting year; default: each unit's latest.")] = None,
    notebook: Annotated[
        list[str] | None, Parameter(help="Notebook name (yearly_dashboard), may be repeated; default: all.")
    ] = None,
    language: Annotated[list[str] | None, Parameter(help="zh or en, may be repeated; default: zh.")] = None,
    all_: Annotated[bool, Parameter(name="--all", help="Every unit and every year.")] = False,
    edition: Annotated[Edition, Parameter(name="*")] = Edition(),
    jobs: Annotated[int, Parameter(help="Notebooks at a time.")] = os.cpu_count() or 1,
    data: Data = None,
) -> int:
    """Build dashboards: run the notebooks, write one offline HTML file each, and an index.

    Without --unit or --all it builds the featured dashboards of notebooks/dashboards.toml.

    For example: disclosure build --unit hunan-yiyang-anhua --year 2013 --pdf --xlsx
    For a web server: disclosure build --shared-assets --out ../public
    """
    from analysis import codebook, dashboards, facts, notebooks

    use(data)
    languages = language or ["zh"]
    for name in languages:
        codebook.load(name)
    if jobs < 1:
        raise BadParameter("--jobs", f"{jobs} notebooks at a time build nothing", "give 1 or more")
    for name in notebook or []:
        notebooks.path(name)
    if all_ and (unit or year):
        raise BadParameter("--all", "it stands beside --unit or --year", "leave one of them out")
    held = facts.load()
    if all_:
        plan = dashboards.everything(held, names=notebook or [], languages=languages)
    elif unit:
        plan = dashboards.of_units(held, unit, year=year, names=notebook or [], languages=languages)
    else:
        plan = [entry for entry in dashboards.featured(held, languages=languages) if _wanted(entry, year, notebook)]
    if not plan:
        raise BadParameter(
            "disclosure build",
            "no dashboard fits what was asked for",
            "leave out --year or --notebook, or name a --unit",
        )
    return _built(plan, held, edition, jobs)


@app.command
def lab(*, data: Data = None) -> int:
    """Open JupyterLab on the notebooks, with the kernel 'analysis'."""
    use(data)
    return subprocess.call([sys.executable, "-m", "jupyterlab", "--notebook-dir", str(paths.NOTEBOOKS)])  # noqa: S603 our own words


@app.command
def describe(*, data: Data = None) -> None:
    """Write datapackage.json, the machine-readable description of a data folder, from the codebook."""
    from analysis import codebook, facts

    folder = data or paths.data()
    if not folder.is_dir():
        raise Missing(str(folder), "there is no such folder", "name the folder of the figures with --data")
    text = facts.describe(codebook.load("en"), facts.own(folder))
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    print(folder / "datapackage.json")


def _wanted(entry: "Dashboard", year: int | None, notebook: list[str] | None) -> bool:
    return (year is None or entry.year == year) and (not notebook or entry.notebook in notebook)


def _built(plan: list["Dashboard"], held: "Disclosures", edition: Edition, jobs: int) -> int:
    from analysis import dashboards

    out = edition.out.resolve()
    form = dashboards.Form(pdf=edition.pdf, xlsx=edition.xlsx, shared_assets=edition.shared_assets)
    with progress() as bar:
        task = bar.add_task("building", total=len(plan))

        def done(outcome: "Outcome") -> None:
            if outcome.error:
                complain(f"failed: {outcome.dashboard.file}: {outcome.error}")
            bar.advance(task)

        outcomes = dashboards.build(plan, held, out, jobs=jobs, done=done, form=form)
    failed = [outcome for outcome in outcomes if outcome.error]
    languages = dict.fromkeys(str(entry.parameters.get("language", "zh")) for entry in plan)
    indexes = ", ".join(str(out / dashboards.index_file(language)) for language in languages)
    print(f"{len(outcomes) - len(failed)} dashboards built, {len(failed)} failed: {indexes}")
    return 1 if failed else 0
