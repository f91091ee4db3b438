"""Words to calls: each verb is a signature, its help and one call; nothing else prints or exits."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter
from rich.console import Console

from analysis import paths
from analysis.errors import BadParameter, DisclosureError, Missing

if TYPE_CHECKING:
    from analysis.dashboards import Dashboard, Outcome
    from analysis.facts import Disclosures

app = App(
    name="disclosure",
    default_parameter=Parameter(negative=()),
    suppress_keyboard_interrupt=False,
    help="From published disclosure reports to trusted figures, and from figures to one page a leader opens offline.",
    help_epilogue="Begin with: disclosure build   (then open dashboards/index.html)",
)
errors = Console(stderr=True)

Data = Annotated[
    Path | None, Parameter(help="Folder of the figures (default: $DISCLOSURE_DATA, else the repository's data/).")
]


def main() -> None:
    """Run the command line; a person's mistake ends with 2, failed work with 1."""
    try:
        sys.exit(app(result_action="return_value") or 0)
    except DisclosureError as error:
        errors.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(2)
    except KeyboardInterrupt:
        errors.print("interrupted; pages already written are whole", style="yellow")
        sys.exit(130)


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
    out: Annotated[
        Path, Parameter(help="Folder of the pages (default: dashboards/ of the repository).", show_default=False)
    ] = paths.DASHBOARDS,
    jobs: Annotated[int, Parameter(help="Notebooks at a time.")] = os.cpu_count() or 1,
    data: Data = None,
) -> int:
    """Build dashboards: run the notebooks, write one offline HTML file each, and an index.

    Without --unit or --all it builds the featured dashboards of notebooks/dashboards.toml.
    """
    from analysis import codebook, dashboards, facts, notebooks

    _use(data)
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
    return _built(plan, held, out, jobs)


@app.command
def lab(*, data: Data = None) -> int:
    """Open JupyterLab on the notebooks, with the kernel 'analysis'."""
    _use(data)
    return subprocess.call([sys.executable, "-m", "jupyterlab", "--notebook-dir", str(paths.NOTEBOOKS)])  # noqa: S603 our own words


@app.command
def describe(*, data: Data = None) -> None:
    """Write datapackage.json, the machine-readable description of a data folder, from the codebook."""
    from analysis import codebook, facts

    folder = data or paths.data()
    if not folder.is_dir():
        raise Missing(str(folder), "there is no such folder", "name the folder of the figures with --data")
    (folder / "datapackage.json").write_text(facts.describe(codebook.load("en")), encoding="utf-8")
    print(folder / "datapackage.json")


def _use(data: Path | None) -> None:
    """Let this process, and the kernels it starts, read `data`."""
    if data is not None:
        if not data.is_dir():
            raise Missing(
                str(data),
                "there is no such folder",
                "name a folder that holds units.csv, reports.csv and disclosures.csv",
            )
        os.environ[paths.DATA_VARIABLE] = str(data.resolve())


def _wanted(entry: "Dashboard", year: int | None, notebook: list[str] | None) -> bool:
    return (year is None or entry.year == year) and (not notebook or entry.notebook in notebook)


def _built(plan: list["Dashboard"], held: "Disclosures", out: Path, jobs: int) -> int:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from analysis import dashboards

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors) as progress:
        task = progress.add_task("building", total=len(plan))

        def done(outcome: "Outcome") -> None:
            if outcome.error:
                progress.console.print(
                    f"failed: {outcome.dashboard.file}: {outcome.error}", style="red", markup=False, soft_wrap=True
                )
            progress.advance(task)

        outcomes = dashboards.build(plan, held, out, jobs=jobs, done=done)
    failed = [outcome for outcome in outcomes if outcome.error]
    languages = dict.fromkeys(str(entry.parameters.get("language", "zh")) for entry in plan)
    indexes = ", ".join(str(out / dashboards.index_file(language)) for language in languages)
    print(f"{len(outcomes) - len(failed)} dashboards built, {len(failed)} failed: {indexes}")
    return 1 if failed else 0


if __name__ == "__main__":
    main()
