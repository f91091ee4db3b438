"""All rules over a data folder -> one table of findings."""

from collections.abc import Sequence

import polars as pl

from analysis.checks import filing, series, sums
from analysis.checks.frames import SCHEMA, spread
from analysis.codebook import Codebook
from analysis.facts import Disclosures


def run(
    data: Disclosures, book: Codebook, *, units: Sequence[str] | None = None, years: Sequence[int] | None = None
) -> pl.DataFrame:
    """The findings on the units and reporting years named (None: all): one row for each rule and what it judges.

    Columns: `rule`, `verdict` (pass, fail; unknown where a term is missing), `unit`, `year`, `indicator` (for rates:
    the metric), `applicant`, `scope`, `left` and `right` (the two sides, in the indicator's unit).
    """
    frames = spread(data, book, units, years)
    found = [
        *sums.identities(frames, book),
        *sums.parts(frames, book),
        *sums.rates(frames, book),
        *sums.blanks(frames, book),
        *series.prose(frames),
        *series.jumps(frames, book),
        *series.growths(frames, data, book),
        *series.unchanged(frames, book),
        *filing.titles(data),
        *filing.unreported(data),
        *filing.covered(frames, data),
        *filing.statements(data, book),
    ]
    types = {
        "rule": pl.Enum(list(book.rules)),
        "verdict": pl.Enum(list(book.terms["verdict"])),
        "unit": pl.Enum(data.units["unit"]),
        "year": pl.Int16,
        "indicator": pl.Enum(["", *book.indicators, *book.metrics]),
        "applicant": pl.Enum(list(book.terms["applicant"])),
        "scope": pl.Enum(list(book.terms["scope"])),
        "left": pl.Float64,
        "right": pl.Float64,
    }
    findings = pl.concat([frame.select(pl.col(name).cast(kind) for name, kind in types.items()) for frame in found])
    if units is not None:
        findings = findings.filter(pl.col("unit").is_in(list(units)))
    if years is not None:
        findings = findings.filter(pl.col("year").is_in(list(years)))
    return findings.select(SCHEMA)
