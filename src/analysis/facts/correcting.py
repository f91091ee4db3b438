"""Takes a person's correction of a published figure down; it is applied on load, never in place."""

import re
from datetime import date
from typing import Any

import polars as pl

from analysis import wording
from analysis.codebook import Codebook
from analysis.errors import BadParameter, Unknown, nearest
from analysis.facts import changing
from analysis.facts.reading import Disclosures

CELL = re.compile(r"([a-z0-9-]+)-(\d{4})/(\w+)(?:@(\w+))?(?:/(\w+))?")


def correct(data: Disclosures, cell: str, to: float, book: Codebook, *, reason: str, by: str) -> dict[str, str]:
    """Append to corrections.csv that the figure `cell`, `unit-year/indicator[@applicant][/scope]`, should be `to`.

    The row that was added. Raises BadParameter where `cell` is not written so, Unknown where the data hold no such
    figure or several.
    """
    if to < 0:
        raise BadParameter("--to", f"{to:g} is below 0", "give a figure of 0 or more")
    found = _found(data, cell)
    row = {name: str(found[name]) for name in ("unit", "year", "indicator", "applicant", "scope", "source")}
    row |= {"printed": wording.plain(found["printed"]), "corrected": wording.plain(to), "reason": reason, "by": by}
    row["on"] = date.today().isoformat()
    changing.append(data.folder, "corrections", [row], book)
    return row


def _found(data: Disclosures, cell: str) -> dict[str, Any]:
    match = CELL.fullmatch(cell)
    if match is None:
        fix = "write unit-year/indicator, as in hunan-yiyang-anhua-2013/hearings; @applicant and /scope may follow"
        raise BadParameter(f"figure '{cell}'", "it is not written as a figure's name", fix)
    unit, year, indicator, applicant, scope = match.groups()
    data.unit(unit)
    named = data.facts.with_columns(pl.col(pl.Enum).cast(pl.String))
    held = named.filter(
        pl.col("unit") == unit, pl.col("year") == int(year), pl.col("applicant") == (applicant or "total")
    ).collect()
    rows = held.filter(pl.col("indicator") == indicator)
    rows = rows if scope is None else rows.filter(pl.col("scope") == scope)
    if rows.is_empty():
        fix = nearest(indicator, held["indicator"].unique().to_list())
        fix = fix or "a figure that the report does not give is a row of disclosures.csv, typed by hand"
        raise Unknown(f"figure '{cell}'", "the data hold no such figure", fix)
    if rows.select("scope", "source", "printed").n_unique() > 1:
        told = rows.select("printed", "scope", "method").rows()
        said = ", ".join(f"{wording.plain(printed) or 'blank'} ({scope}, {method})" for printed, scope, method in told)
        fix = "add /scope; figures of one scope that differ are settled in disclosures.csv"
        raise Unknown(f"figure '{cell}'", f"it is stated more than once: {said}", fix)
    return rows.row(0, named=True)
