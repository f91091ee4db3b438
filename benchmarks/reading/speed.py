"""How fast reports are read, on one core, and how much memory that takes.

python benchmarks/reading/speed.py [--seconds 5]

Every format is read in a process of its own, all its documents in turn after one round that is not counted. The
words are explained in benchmarks/README.md.
"""

import argparse
import importlib
import importlib.util
import io
import json
import logging
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from golden import cases
from rich.console import Console
from rich.table import Table

from analysis import reports
from analysis.reports import text

GOALS = {"html": ">= 40", "pdf": ">= 2"}
FORMATS = ("html", "pdf", "docx", "xlsx", "txt")
STARTS = 5  # of a whole process; the median counts
START_GOAL = "< 1 s"
MEBIBYTE = 2**20
console = Console(width=132)


class Speed(NamedTuple):
    """What reading some documents over and over came to."""

    documents: int
    reads: int
    seconds: float
    busy: float  # seconds of them that the processor worked for this process
    median: float  # seconds for one report
    slowest: float
    slowest_name: str
    peak: float  # MiB that the process held at most
    before: float  # MiB that it held at most before it read


def pin() -> None:
    """Keep this process, and those that it starts, on one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def peak() -> float:
    """The most memory that this process has held, in MiB."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / MEBIBYTE if sys.platform == "darwin" else held / 1024


def measure(paths: list[Path], read: Callable[[Path], object], seconds: float) -> Speed:
    """Read all of `paths` once, then in whole rounds until `seconds` have passed."""
    before = peak()
    for path in paths:
        read(path)
    taken: dict[Path, list[float]] = {path: [] for path in paths}
    began, worked = time.perf_counter(), time.process_time()
    while time.perf_counter() - began < seconds:
        for path in paths:
            started = time.perf_counter()
            read(path)
            taken[path].append(time.perf_counter() - started)
    total, busy = time.perf_counter() - began, time.process_time() - worked
    each = [one for times in taken.values() for one in times]
    slowest = max(paths, key=lambda path: statistics.median(taken[path]))
    usual = statistics.median(taken[slowest])
    return Speed(len(paths), len(each), total, busy, statistics.median(each), usual, slowest.name, peak(), before)


def documents(suffix: str) -> list[Path]:
    """The documents of one format that hold a report to read."""
    return [case.path for case in cases() if case.figures is not None and case.path.suffix == f".{suffix}"]


# What else reads the tables of a page: their cells alone, without a meaning


def with_pandas(path: Path) -> object:
    """All tables of a page as pandas finds them."""
    return importlib.import_module("pandas").read_html(io.StringIO(text.decode(path.read_bytes())))


def with_lxml(path: Path) -> object:
    """The cells of all tables of a page, spans not spread."""
    page = importlib.import_module("lxml.html").document_fromstring(text.decode(path.read_bytes()))
    return [
        [["".join(cell.itertext()).strip() for cell in row.xpath("./td|./th")] for row in table.iter("tr")]
        for table in page.iter("table")
    ]


OTHERS: dict[str, Callable[[Path], object]] = {"pandas": with_pandas, "lxml": with_lxml}


# Processes


def child(name: str, seconds: float) -> None:
    """Measure one format, or another reader on the web pages, and print the result as JSON."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    other = OTHERS.get(name)
    paths = documents("html" if other else name)
    if other:
        paths = [path for path in paths if b"<table" in path.read_bytes().lower()]
    sys.stdout.write(json.dumps(measure(paths, other or reports.read, seconds)))


def in_process(name: str, seconds: float) -> Speed | str:
    """What `child` measures in a new process, or the last line that it said before it failed."""
    command = [sys.executable, __file__, "--child", name, "--seconds", str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        return _last_line(done.stderr)
    return Speed(*json.loads(done.stdout))


def _last_line(said: str) -> str:
    return (said.strip().splitlines() or ["no message"])[-1]


def started(command: list[str]) -> str:
    """Seconds that a process took, the median of several after one that is not counted; what it said if it failed."""
    taken: list[float] = []
    for _ in range(STARTS + 1):
        began = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
        taken.append(time.perf_counter() - began)
        if done.returncode:
            return "failed: " + _last_line(done.stderr.decode(errors="replace"))
    return f"{statistics.median(taken[1:]):.2f}"


# What is shown


def show_speeds(seconds: float) -> None:
    """Reports a second and memory for each format."""
    title = f"Reading on one core, at least {seconds:g} s each"
    rows = [[name, *_row(in_process(name, seconds), GOALS.get(name, ""))] for name in FORMATS]
    names = "Format|files|reads|reports/s|goal|per CPU second|median ms|slowest ms|peak MiB|before reading"
    table(title, names, rows)


def _row(speed: Speed | str, goal: str) -> list[str]:
    if isinstance(speed, str):
        return ["", "", "failed", goal, "", "", speed, "", ""]
    return [
        str(speed.documents),
        str(speed.reads),
        f"{speed.reads / speed.seconds:.1f}",
        goal,
        f"{speed.reads / speed.busy:.1f}",
        f"{speed.median * 1000:.1f}",
        f"{speed.slowest * 1000:.1f} ({speed.slowest_name})",
        f"{speed.peak:.0f}",
        f"{speed.before:.0f}",
    ]


def table(title: str, names: str, rows: list[list[str]]) -> None:
    """Print `rows` under the column `names`; all but the first column are numbers."""
    shown = Table(title=title, title_justify="left", title_style="bold")
    for place, name in enumerate(names.split("|")):
        shown.add_column(name, justify="right" if place else "left", overflow="fold")
    for row in rows:
        shown.add_row(*row)
    console.print(shown)


def show_others(seconds: float) -> None:
    """What is installed and finds the tables of the same pages."""
    installed = [name for name in OTHERS if importlib.util.find_spec(name)]
    if not installed:
        return
    rows: list[list[str]] = []
    for name in installed:
        files, _, rate, _, busy, median, slowest, held, _ = _row(in_process(name, seconds), "")
        rows.append([name, files, rate, busy, median, slowest, held])
    title = "Other readers: cells of the web pages' tables, without a meaning"
    table(title, "Reader|files|pages/s|per CPU second|median ms|slowest ms|peak MiB", rows)


def show_starts() -> None:
    """How long a whole process takes."""
    disclosure = str(Path(sys.executable).parent / "disclosure")
    page = min(documents("html"), key=lambda path: path.stat().st_size)
    code = f"from pathlib import Path; from analysis import reports; reports.read(Path({str(page)!r}))"
    commands = {
        "disclosure read --help": [disclosure, "read", "--help"],
        f"disclosure read {page.name}": [disclosure, "read", str(page)],
        "python -c 'from analysis import reports'": [sys.executable, "-c", "from analysis import reports"],
        f"the same, and reads {page.name}": [sys.executable, "-c", code],
        "python -c ''": [sys.executable, "-c", ""],
    }
    rows: list[list[str]] = []
    for name, command in commands.items():
        goal = START_GOAL if name.startswith("disclosure") else ""
        rows.append([name, started(command), goal])
    table(f"A whole process, median of {STARTS}", "Command|s|goal", rows)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--seconds", type=float, default=5.0, help="for each format, at least")
    parser.add_argument("--child", choices=[*FORMATS, *OTHERS], help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    pin()
    if arguments.child:
        child(arguments.child, arguments.seconds)
        return
    show_speeds(arguments.seconds)
    show_others(arguments.seconds)
    show_starts()


if __name__ == "__main__":
    main()
