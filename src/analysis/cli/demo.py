"""The verb that makes data to try things out with."""

import re
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from analysis.cli.app import app, progress
from analysis.errors import BadParameter

YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")


@app.command
def demo(
    folder: Annotated[Path, Parameter(help="Folder to write: new, empty, or an earlier demo, whose place it takes.")],
    /,
    *,
    units: Annotated[int, Parameter(help="Departments and townships of the invented county.")] = 96,
    years: Annotated[str, Parameter(help="Reporting years, from 2008 on.")] = "2008-2025",
    seed: Annotated[int, Parameter(help="Another number gives other figures, the same one the same bytes.")] = 1,
) -> None:
    """Write the data of an invented county, with the gaps and errors that real reports have, to try things out.

    For example: disclosure demo ../demo --units 96 --years 2008-2025
    """
    from analysis import demo

    with progress() as bar:
        task = bar.add_task("inventing", total=None, visible=False)

        def done(number: int, total: int) -> None:
            bar.update(task, completed=number, total=total, visible=True)

        made = demo.make(folder, units=units, years=_range(years), seed=seed, done=done)
    print(f"{made.units} invented units, {made.reports} reports, {made.figures} figures: {made.folder}")
    print(f"next: disclosure build --unit {demo.COUNTY} --data {made.folder}")
    print(f"  begin with this unit: without --unit every notebook is built for all {made.units}, which takes long")


def _range(years: str) -> range:
    match = YEARS.fullmatch(years.strip())
    if match is None:
        raise BadParameter("--years", f"'{years}' is no span of years", "write the first and the last, as 2008-2025")
    first, last = match.groups()
    return range(int(first), int(last or first) + 1)
