"""How long a province's figures take to load and to check, and how much memory that takes.

python benchmarks/checks/scale.py [--units 3000] [--years 18] [--keep]

A province is invented, in a folder of its own below /tmp: one province, a county for every thirty units, below them
their departments; each reports for each of the years up to 2025. A report fills every cell that the form of 2021
prints, all columns of its requests table included, and states four figures in its text: 204 facts, 11 million in all.
So that there are that many, reports of the years before 2021 fill the form of 2021 too and their edition says so;
rules between years that speak only from a later year on say nothing about those. All sums hold and so does what is
carried from one year to the next; then one cell in a thousand is made wrong and one in a thousand is left blank.

The folder is loaded and checked in a process of its own on two cores. --keep leaves it there for a closer look.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
from rich.console import Console
from rich.table import Table

from analysis import checks, codebook, facts
from analysis.codebook import Addend, Codebook, Identity

LAST_YEAR = 2025
FORM = "standard_2021"
TOLD = ("published_items", "hearings", "press_conferences", "requests_received")  # in the text of each report
ODD = 0.001  # the share of cells that are wrong, and that of blank ones
MOST = 5  # of a cell that is drawn
AT_LEAST = {"published_items": 1000, "requests_granted": MOST}  # more than may be carried in from the year before
IN_FORCE = 1000  # documents, before the first year: more than are ever repealed
BATCH = 100  # units written at a time
UNITS_A_COUNTY = 30
CORES = 2
GOALS = {"seconds": "< 20", "peak GB": "< 4"}
GIBIBYTE = 2**30
ROW = ("unit", "year", "applicant")
console = Console(width=132)


class Checked(NamedTuple):
    """What loading and checking a folder came to."""

    facts: int
    reports: int
    verdicts: dict[str, int]
    load: float  # seconds
    run: float
    busy: float  # seconds of the processor, both cores together
    peak: float  # GiB that the process held at most
    before: float  # GiB that it held at most before it loaded


# A province


def units(count: int, book: Codebook) -> pl.DataFrame:
    """The rows of units.csv: a province, its counties, their departments."""
    counties = max(1, count // UNITS_A_COUNTY)
    rows = [("province", "province", "")]
    rows += [(f"county-{number:03}", "county", "province") for number in range(1, counties + 1)]
    rows += [
        (f"county-{number % counties + 1:03}-department-{number // counties + 1:03}", "department", "")
        for number in range(count - len(rows))
    ]
    named = pl.DataFrame(rows[:count], schema=["unit", "level", "above"], orient="row")
    parent = (
        pl.when(pl.col("level") == "department").then(pl.col("unit").str.extract(r"^(county-\d+)")).otherwise("above")
    )
    called = pl.col("level").replace({level: book.term("level", level) for level in book.terms["level"]})
    return named.sort("unit").select(
        "unit", name=called + pl.col("unit"), name_en="unit", level="level", parent=parent, note=pl.lit("")
    )


def reports(units: pl.DataFrame, years: Sequence[int]) -> pl.DataFrame:
    """The rows of reports.csv: one of each unit for each year."""
    year = pl.col("year")
    return units.join(pl.DataFrame({"year": years}), how="cross").select(
        report=pl.format("{}-{}", "unit", year),
        unit="unit",
        year=year,
        title=pl.format("{} {}", year, "name"),
        edition=pl.lit(FORM),
        publisher="name",
        published_on=pl.format("{}-01-31", year + 1),
        url=pl.format("https://www.example.org/{}/{}.html", "unit", year),
        sha256=pl.lit("0" * 64),
        coverage=pl.lit("full"),
    )


# Its figures


def filled(units: Sequence[str], years: Sequence[int], book: Codebook, rng: np.random.Generator) -> pl.DataFrame:
    """The forms of `units`: a row for each year and kind of applicant, a column for each indicator; all sums hold."""
    rules = [rule for rule in book.identities.values() if FORM in rule.editions and rule.left[0].indicator != "*"]
    wholes = {rule.left[0].indicator: rule for rule in rules}
    drawn = [name for name in [*printed(book), *TOLD] if name not in wholes]
    split = [name for name in drawn if book.indicators[name].by_applicant]
    kinds = [name for name in book.terms["applicant"] if name != "total"]
    rows = pl.DataFrame({"unit": units}).join(pl.DataFrame({"year": years}), how="cross")
    parts = _drawn(rows.join(pl.DataFrame({"applicant": kinds}), how="cross"), split, rng)
    totals = parts.group_by("unit", "year", maintain_order=True).agg(pl.col(split).sum(), applicant=pl.lit("total"))
    totals = _drawn(totals, [name for name in drawn if name not in split], rng)
    wide = pl.concat([totals, parts], how="diagonal").sort("unit", "year", maintain_order=True)
    for rule in sorted(rules, key=lambda rule: (len(rule.left), rule.between_years)):
        wide = wide.with_columns(_solved(rule, wholes).alias(rule.left[0].indicator))
    return wide


def printed(book: Codebook) -> list[str]:
    """The indicators for which the form has cells; totals that it never prints are not among them."""
    never = {rule.left[0].indicator for rule in book.identities.values() if rule.fills and FORM in rule.editions}
    return [name for name, entry in book.indicators.items() if entry.in_table(FORM) and name not in never]


def _drawn(rows: pl.DataFrame, names: Sequence[str], rng: np.random.Generator) -> pl.DataFrame:
    """`rows` with a column of small counts, mostly 0, for each of `names`."""
    draws = {name: np.minimum(rng.geometric(0.6, rows.height) - 1, MOST) for name in names}
    return rows.with_columns(pl.Series(name, draw + AT_LEAST.get(name, 0)) for name, draw in draws.items())


def _solved(rule: Identity, wholes: dict[str, Identity]) -> pl.Expr:
    """The first term of `rule`, from the others."""
    first, *others = rule.left
    before = [term for term in rule.right if term.before]
    same = [*[term for term in rule.right if not term.before], *[Addend(one.indicator, "total", -1) for one in others]]
    if len(rule.left) == 1 and not before:
        same = [leaf for term in same for leaf in _leaves(term, wholes)]
    value = pl.sum_horizontal(pl.lit(0), *[pl.col(term.indicator) * term.sign for term in same])
    if first.indicator in {term.indicator for term in before}:
        return IN_FORCE + value.cum_sum().over("unit", "applicant")
    last = [pl.col(term.indicator).shift(fill_value=0).over("unit", "applicant") for term in before]
    return pl.sum_horizontal(value, *last)


def _leaves(term: Addend, wholes: dict[str, Identity]) -> list[Addend]:
    """The terms without parts of their own that `term` is the sum of."""
    rule = wholes.get(term.indicator)
    if rule is None or rule.between_years or len(rule.left) > 1:
        return [term]
    return [leaf for part in rule.right for leaf in _leaves(part, wholes)]


def disclosures(wide: pl.DataFrame, book: Codebook, rng: np.random.Generator) -> pl.DataFrame:
    """The forms as rows of the table of facts, some of them wrong or blank."""
    split = [name for name in printed(book) if book.indicators[name].by_applicant]
    single = [name for name in printed(book) if name not in split]
    totals = wide.filter(pl.col("applicant") == "total")
    cells = {name: entry.cells[FORM] for name, entry in book.indicators.items()}
    long = pl.concat(
        [
            _long(wide, split, "table").with_columns(evidence=pl.col("indicator").replace(cells)),
            _long(totals, single, "table").with_columns(evidence=pl.col("indicator").replace(cells)),
            _long(totals, TOLD, "prose").with_columns(evidence=pl.lit(book.term("method", "prose"))),
        ]
    ).sort("unit", "year", maintain_order=True)
    luck = pl.Series(rng.random(long.height))
    blank = luck.is_between(ODD, 2 * ODD) & (long["method"] == "table")
    return long.with_columns(
        scope=pl.lit("unstated"),
        value=pl.when(~blank).then(pl.col("value") + (luck < ODD)),
        status=pl.when(blank).then(pl.lit("blank")).otherwise(pl.lit("reported")),
        qualifier=pl.lit("exact"),
        source=pl.format("{}-{}", "unit", "year"),
    ).select(pl.col(name).cast(kind) for name, kind in facts.schema(book, "disclosures").items())


def _long(wide: pl.DataFrame, names: Sequence[str], method: str) -> pl.DataFrame:
    long = wide.unpivot(names, index=ROW, variable_name="indicator", value_name="value")
    return long.with_columns(method=pl.lit(method))


def write(folder: Path, count: int, span: int) -> None:
    """Invent a province of `count` units with reports for `span` years, some units at a time."""
    book, rng = codebook.load(), np.random.default_rng(1)
    years = list(range(LAST_YEAR - span + 1, LAST_YEAR + 1))
    held = units(count, book)
    held.write_csv(folder / "units.csv")
    reports(held, years).write_csv(folder / "reports.csv")
    parts = folder / "parts"
    parts.mkdir()
    for number, batch in enumerate(held.iter_slices(BATCH)):
        forms = filled(batch["unit"].to_list(), years, book, rng)
        disclosures(forms, book, rng).write_parquet(parts / f"{number:05}.parquet")
    pl.scan_parquet(parts).sink_parquet(folder / "disclosures.parquet")
    shutil.rmtree(parts)


# Loading and checking


def peak() -> float:
    """The most memory that this process has held, in GiB."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / GIBIBYTE if sys.platform == "darwin" else held * 1024 / GIBIBYTE


def check(folder: Path) -> Checked:
    """Load and check `folder` once."""
    before, book = peak(), codebook.load()
    began, worked = time.perf_counter(), time.process_time()
    data = facts.load(folder)
    loaded = time.perf_counter()
    findings = checks.run(data, book)
    done, busy, held = time.perf_counter(), time.process_time() - worked, peak()
    verdicts = dict.fromkeys(book.terms["verdict"], 0) | dict(findings["verdict"].value_counts().iter_rows())
    count: int = data.facts.select(pl.len()).collect().item()
    return Checked(count, data.reports.height, verdicts, loaded - began, done - loaded, busy, held, before)


def in_process(step: str, arguments: argparse.Namespace, folder: Path) -> str:
    """What a step prints in a new process, whose memory is its own; exits with what it said if it failed."""
    command = [sys.executable, __file__, "--step", step, "--folder", str(folder)]
    command += ["--units", str(arguments.units), "--years", str(arguments.years)]
    settings = os.environ | {"POLARS_MAX_THREADS": str(CORES)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=settings)  # noqa: S603
    if done.returncode:
        sys.exit(f"{step} failed ({done.returncode}): {done.stderr}")
    return done.stdout


def pin() -> None:
    """Keep this process, and those that it starts, on two cores, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:CORES]))


def show(checked: Checked, size: int) -> None:
    """Print what was measured beside the goals."""
    shown = Table(title=f"A province, loaded and checked on {CORES} cores", title_justify="left", title_style="bold")
    for place, name in enumerate(("", "measured", "goal")):
        shown.add_column(name, justify="right" if place else "left")
    measured = {
        "reports": f"{checked.reports:,}",
        "facts": f"{checked.facts:,}",
        "disclosures.parquet, MB": f"{size / 2**20:.0f}",
        **{f"findings: {verdict}": f"{count:,}" for verdict, count in checked.verdicts.items()},
        "seconds to load": f"{checked.load:.1f}",
        "seconds to check": f"{checked.run:.1f}",
        "seconds": f"{checked.load + checked.run:.1f}",
        "CPU seconds": f"{checked.busy:.1f}",
        "peak GB": f"{checked.peak:.2f}",
        "peak GB before loading": f"{checked.before:.2f}",
    }
    for name, value in measured.items():
        shown.add_row(name, value, GOALS.get(name, ""))
    console.print(shown)


def main() -> None:
    """Invent, measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--units", type=int, default=3000)
    parser.add_argument("--years", type=int, default=18, help=f"of reports, up to {LAST_YEAR}")
    parser.add_argument("--keep", action="store_true", help="leave the folder, and print where it lies")
    parser.add_argument("--step", choices=["write", "check"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step == "write":
        write(arguments.folder, arguments.units, arguments.years)
        return
    if arguments.step == "check":
        sys.stdout.write(json.dumps(check(arguments.folder)))
        return
    pin()
    folder = Path(tempfile.mkdtemp(prefix="disclosure-scale-", dir="/tmp"))
    try:
        in_process("write", arguments, folder)
        checked = Checked(*json.loads(in_process("check", arguments, folder)))
        show(checked, (folder / "disclosures.parquet").stat().st_size)
    finally:
        if arguments.keep:
            console.print(folder)
        else:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
