"""Verbs that compare: two editions of the data, and a figure as it was and is."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from analysis.cli.app import Data, app, errors, use
from analysis.cli.rows import Format, print_rows
from analysis.errors import Missing


@app.command
def diff(
    old: Annotated[Path, Parameter(help="Data folder as it was.")],
    new: Annotated[Path, Parameter(help="Data folder as it is.")],
    /,
    *,
    format_: Format = "table",
) -> None:
    """Compare two editions of the data before anything is published: vanished, new, changed, abruptly changed."""
    from analysis import codebook, facts, wording

    for folder in (old, new):
        if not folder.is_dir():
            raise Missing(str(folder), "there is no such folder", "name two folders of figures")
    apart = facts.diff(facts.load(old), facts.load(new), codebook.load())
    if format_ == "table":
        for row in apart.iter_rows(named=True):
            print(f"{row['change']}: {wording.cell_id(row)}: {row['old_said'] or '-'} -> {row['new_said'] or '-'}")
    else:
        print_rows(apart.to_dicts(), format_, apart.columns)
    counts = dict(apart.group_by("change").len().iter_rows())
    named = ("vanished", "new", "changed", "abrupt")
    errors.print(", ".join(f"{counts.get(name, 0)} {name}" for name in named), highlight=False)


@app.command
def revisions(
    *,
    unit: Annotated[str | None, Parameter(help="Unit id; default: all.")] = None,
    all_: Annotated[bool, Parameter(name="--all", help="Also figures that never changed.")] = False,
    format_: Format = "table",
    data: Data = None,
) -> None:
    """Show each figure as it was first published and as it stands now, with the days and the reason."""
    from analysis import facts, wording

    use(data)
    held = facts.load()
    rows = facts.versions(held)
    if unit is not None:
        rows = rows.filter(rows["unit"] == held.unit(unit).unit)
    if not all_:
        rows = rows.filter(rows["revised_on"].is_not_null() | rows["corrected_on"].is_not_null())
    if format_ == "table":
        for row in rows.iter_rows(named=True):
            print(f"{wording.cell_id(row)}: {_version(row)}")
    else:
        print_rows(rows.to_dicts(), format_, rows.columns)


def _version(row: Mapping[str, Any]) -> str:
    """What became of a figure: "5, since 2026-02-01 6, corrected to 7 on 2026-03-01: typing error"."""
    told = [_number(row["first"])]
    if row["revised_on"]:
        told.append(f"since {row['revised_on']} {_number(row['printed'])}")
    if row["corrected_on"]:
        told.append(f"corrected to {_number(row['value'])} on {row['corrected_on']}: {row['reason']}")
    return ", ".join(told)


def _number(value: float | None) -> str:
    from analysis import wording

    return wording.plain(value) or "-"
