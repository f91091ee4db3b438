"""Damaged reports by the thousand: each is read, or refused with a named error; nothing else may happen.

python benchmarks/reading/fuzz.py --minutes 10 [--seed 1] [--workers 2]

Every input is read in a process of its own, within 20 seconds and 1 GB above what the process holds before it reads.
Inputs that did anything else are kept in the folder disclosure-fuzz of the machine's temporary folder, each with its
traceback beside it. The same seed gives the same inputs in the same order.
"""

import argparse
import faulthandler
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # numpy, which the reader of workbooks loads, must not start threads: we fork

from analysis import reports
from analysis.errors import DisclosureError
from analysis.reports import xlsx  # noqa: F401 loaded before the first fork

DOCUMENTS = Path(__file__).resolve().parents[2] / "tests" / "reports" / "documents"
sys.path.insert(0, str(DOCUMENTS.parent))

import rendering  # noqa: E402 it stands beside the tests
from damage import damaged, damaged_inside  # noqa: E402
from rendering import Cell  # noqa: E402

KEPT = Path(tempfile.gettempdir()) / "disclosure-fuzz"
SECONDS = 20
MEMORY = 2**30  # bytes above what a process holds before it reads
MOST_TOLD = 20_000  # characters of a traceback
SLOW = 5.0  # seconds: an input that takes longer is named in the report
PAGE = resource.getpagesize()


class Sample(NamedTuple):
    """A whole report to damage."""

    name: str
    raw: bytes


class Ending(NamedTuple):
    """How the reading of one input ended: read, named, other, timeout, memory or died."""

    kind: str
    told: str
    seconds: float
    peak: int  # bytes


@dataclass
class Tally:
    """What happened so far."""

    kinds: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    slow: list[tuple[float, str]] = field(default_factory=list)
    peak: int = 0


class Running(NamedTuple):
    """A process that reads one input."""

    number: int
    sample: Sample
    folder: Path
    began: float


# Samples and inputs


def samples() -> list[Sample]:
    """The documents of the tests, and invented ones with the forms' tables in every format."""
    found = [Sample(path.name, path.read_bytes()) for path in sorted(DOCUMENTS.iterdir()) if path.suffix != ".csv"]
    invented = list(_invented())
    return [*found, *invented, *_as_xls(invented[-1])]


def _as_xls(workbook: Sample) -> Iterator[Sample]:
    """The workbook in the format of before 2007, where LibreOffice is installed."""
    office = shutil.which("soffice")
    if office is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "invented.xlsx"
        source.write_bytes(workbook.raw)
        profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
        words = [office, profile, "--headless", "--convert-to", "xls", "--outdir", folder, str(source)]
        subprocess.run(words, capture_output=True, timeout=120, check=False)  # noqa: S603 our own words
        made = source.with_suffix(".xls")
        if made.is_file():
            yield Sample(made.name, made.read_bytes())


def _invented() -> Iterator[Sample]:
    rows = ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "四、结转下年度继续办理"]
    heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    table = [[Cell(text) for text in ["", *heads]], *[[Cell(text) for text in [row, *"1234567"]] for row in rows]]
    report: rendering.Report = ["东山县2023年政府信息公开工作年度报告", "一、总体情况。召开新闻发布会12场。", table]
    for render in (rendering.html, rendering.docx, rendering.pdf, rendering.xlsx):
        yield Sample(f"invented.{render.__name__}", render(report))


def inputs(whole: list[Sample], seed: int) -> Iterator[Sample]:
    """Damaged reports without end, the same ones for the same seed; kinds of file take turns."""
    kinds = sorted({Path(sample.name).suffix for sample in whole})
    by_kind = {kind: [sample for sample in whole if sample.name.endswith(kind)] for kind in kinds}
    number = 0
    while True:
        random = Random(f"{seed} {number}")  # noqa: S311 repeatable is the point
        sample = random.choice(by_kind[kinds[number % len(kinds)]])
        damage = random.choice([damaged, damaged_inside])
        yield Sample(f"{number:06}-{sample.name}", damage(sample.raw, random))
        number += 1


# Reading in a process of its own


def start(number: int, sample: Sample, folder: Path) -> tuple[int, Running]:
    """Begin to read `sample` in a new process; its id."""
    place = folder / str(number)
    place.mkdir()
    (place / sample.name).write_bytes(sample.raw)
    process = os.fork()
    if process == 0:
        _read(place / sample.name, place)
    return process, Running(number, sample, place, time.monotonic())


def _read(path: Path, place: Path) -> None:
    """Read the file at `path` under limits, write how that ended beside it, and end the process."""
    held = int(Path("/proc/self/statm").read_text().split()[0]) * PAGE
    resource.setrlimit(resource.RLIMIT_AS, (held + MEMORY, held + MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sink = (place / "trace").open("w")
    os.dup2(sink.fileno(), 1)
    os.dup2(sink.fileno(), 2)
    faulthandler.enable(sink)
    faulthandler.dump_traceback_later(SECONDS, exit=True, file=sink)
    try:
        reports.read(path)
        ending = ("read", "")
    except DisclosureError as error:
        ending = ("named", str(error)) if error.where and error.fix else ("other", f"without a next step: {error}")
    except MemoryError:
        ending = ("memory", traceback.format_exc())
    except BaseException:  # a panic in Rust is no Exception
        ending = ("other", traceback.format_exc())
    (place / "ending").write_text(json.dumps([ending[0], ending[1][-MOST_TOLD:]]))
    os._exit(0)


def finish(running: Running, status: int, usage: resource.struct_rusage) -> Ending:
    """How a process that has ended did so."""
    peak, seconds = usage.ru_maxrss * 1024, time.monotonic() - running.began
    ending = running.folder / "ending"
    if ending.is_file():
        kind, told = json.loads(ending.read_text())
        return Ending(kind, told, seconds, peak)
    trace = (running.folder / "trace").read_text(errors="replace")[:MOST_TOLD]
    if "Timeout (" in trace:
        return Ending("timeout", trace, seconds, peak)
    return Ending("memory" if "alloc" in trace else "died", f"status {status}\n{trace}", seconds, peak)


def count(tally: Tally, running: Running, ending: Ending) -> None:
    """Add an ending to the tally; keep the input of a finding."""
    tally.kinds[ending.kind] += 1
    tally.peak = max(tally.peak, ending.peak)
    name = running.sample.name
    if ending.kind == "named":
        what = ending.told.split("\n")[0].partition(f"{name}: ")[2]
        tally.errors[re.sub(r"\d+|'.*|\(.*", "", what)[:60]] += 1
    elif ending.kind != "read":
        KEPT.mkdir(exist_ok=True)
        (KEPT / name).write_bytes(running.sample.raw)
        (KEPT / f"{name}.traceback").write_text(ending.told)
        key = f"{ending.kind}: {_summary(ending)}"
        if not tally.findings[key]:
            write(f"NEW {key}\n    {KEPT / name}")
        tally.findings[key] += 1
    if ending.seconds > SLOW:
        tally.slow.append((ending.seconds, name))
        KEPT.mkdir(exist_ok=True)
        (KEPT / name).write_bytes(running.sample.raw)


def _summary(ending: Ending) -> str:
    """Which of our lines an ending comes from, and the error."""
    ours = re.findall(r'analysis/(?:reports|codebook)/(\w+\.py)"?, line (\d+)', ending.told)
    if ending.kind == "other":
        return f"{':'.join(ours[-1]) if ours else ''} {ending.told.strip().splitlines()[-1]}"[:160]
    said = re.search(r"memory allocation|MemoryError|Fatal Python error[^\n]*", ending.told)
    return " ".join([*(":".join(line) for line in ours[:1]), *([said[0]] if said else [])])


def run(whole: list[Sample], minutes: float, seed: int, workers: int) -> Tally:
    """Damage and read for so many minutes."""
    tally, active = Tally(), dict[int, Running]()
    until = time.monotonic() + minutes * 60
    stream = enumerate(inputs(whole, seed))
    with tempfile.TemporaryDirectory(prefix="disclosure-fuzz-") as folder:
        while active or time.monotonic() < until:
            while len(active) < workers and time.monotonic() < until:
                process, running = start(*next(stream), Path(folder))
                active[process] = running
            if active:
                process, status, usage = os.wait3(0)
                running = active.pop(process)
                count(tally, running, finish(running, status, usage))
                for file in running.folder.iterdir():
                    file.unlink()
    return tally


def warm() -> None:
    """Load once, before any process is forked, what every reading needs; no thread may have been started."""
    os.environ["PATH"] = ""  # no LibreOffice: it is not ours to damage
    for name in ("standard-2021-clean.html", "narrative-tracked-changes.docx", "standard-2021-label-variants.pdf"):
        reports.read(DOCUMENTS / name)
    if len(os.listdir("/proc/self/task")) > 1:  # noqa: PTH208
        raise SystemExit("a thread was started before the first fork")


def write(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def report(tally: Tally) -> None:
    """Print the numbers."""
    whole = sum(tally.kinds.values())
    write(f"{whole} inputs: " + ", ".join(f"{kind} {number}" for kind, number in tally.kinds.most_common()))
    write(f"most memory of one process: {tally.peak / 2**20:.0f} MB")
    for title, counter in (("named errors", tally.errors), ("findings", tally.findings)):
        write(f"{title}:")
        for what, number in counter.most_common():
            write(f"  {number:6} {what}")
    for seconds, name in sorted(tally.slow, reverse=True)[:10]:
        write(f"slow: {seconds:.1f} s {KEPT / name}")


def main() -> int:
    """Run as the words of the command say; 1 where anything but reading and refusing happened."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    words = parser.parse_args()
    whole = samples()
    warm()
    tally = run(whole, words.minutes, words.seed, words.workers)
    report(tally)
    return 1 if tally.findings else 0


if __name__ == "__main__":
    sys.exit(main())
