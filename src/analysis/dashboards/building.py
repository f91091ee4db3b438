"""Runs a plan: each notebook in a fresh kernel, each page whole or not at all, no failure spoiling the rest."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from analysis import notebooks
from analysis.dashboards import index, page, record
from analysis.dashboards.plan import Dashboard
from analysis.errors import Missing
from analysis.facts import Disclosures


@dataclass(frozen=True)
class Outcome:
    """How building one dashboard ended; `error` is empty where its page was written."""

    dashboard: Dashboard
    error: str = ""


def build(
    plan: Iterable[Dashboard], data: Disclosures, folder: Path, *, jobs: int, done: Callable[[Outcome], None]
) -> list[Outcome]:
    """Build every dashboard of `plan` into `folder`, then the index of all that lie there; `done` hears of each.

    Pages of earlier runs stay; a failed dashboard keeps its earlier page, and the index says so.
    """
    plan = list(plan)
    _writable(folder)
    held = record.read(folder)
    with ThreadPoolExecutor(jobs) as pool:
        outcomes = list(pool.map(partial(_built, folder=folder, done=done), plan))
    held |= {
        outcome.dashboard.file: record.entry(outcome.dashboard, data, folder, error=outcome.error)
        for outcome in outcomes
    }
    _write(folder / record.FILE, record.text(held))
    for language in dict.fromkeys(str(entry["language"]) for entry in held.values()):
        entries = [entry for entry in held.values() if entry["language"] == language]
        _write(folder / index.file(language), index.render(entries, language=language))
    return outcomes


def _built(dashboard: Dashboard, *, folder: Path, done: Callable[[Outcome], None]) -> Outcome:
    try:
        executed = notebooks.run(dashboard.notebook, dashboard.parameters)
        _write(folder / dashboard.file, page.render(executed, notebook=dashboard.notebook))
        outcome = Outcome(dashboard)
    except Exception as error:  # whatever a notebook does, the others are built
        outcome = Outcome(dashboard, _reason(error))
    done(outcome)
    return outcome


def _reason(error: Exception) -> str:
    """What went wrong, without the traceback that papermill wraps around it."""
    name, value = getattr(error, "ename", type(error).__name__), getattr(error, "evalue", str(error))
    return f"{name}: {value}".strip()


def _writable(folder: Path) -> None:
    """Make `folder` if need be; raises Missing where no pages can be put there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError("it cannot be written to")
    except OSError as error:
        raise Missing(str(folder), f"no pages can be put here ({error})", "name another folder with --out") from error


def _write(path: Path, text: str) -> None:
    """Put `text` at `path` whole: a reader, or a run that is killed, never meets half of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
