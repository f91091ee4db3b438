"""Runs a plan: each notebook in a fresh kernel, each page whole or not at all, no failure spoiling the rest."""

import json
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from analysis import notebooks
from analysis.dashboards import index, page
from analysis.dashboards.plan import Dashboard
from analysis.facts import Disclosures

RECORD = "run.json"


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
    folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(jobs) as pool:
        outcomes = list(pool.map(partial(_built, folder=folder, done=done), plan))
    record = _record(folder) | {outcome.dashboard.file: _entry(outcome, folder) for outcome in outcomes}
    _write(folder / RECORD, json.dumps(dict(sorted(record.items())), ensure_ascii=False, indent=1) + "\n")
    for language, name in index.FILES.items():
        entries = [entry for entry in record.values() if entry["language"] == language]
        if entries or language == "zh":
            _write(folder / name, index.render(entries, data, language=language))
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


def _entry(outcome: Outcome, folder: Path) -> dict[str, object]:
    dashboard = outcome.dashboard
    return {
        "file": dashboard.file,
        "notebook": dashboard.notebook,
        "unit": dashboard.unit,
        "year": dashboard.year,
        "language": dashboard.parameters.get("language", "zh"),
        "parameters": dict(dashboard.parameters),
        "error": outcome.error,
        "page": (folder / dashboard.file).is_file(),
    }


def _record(folder: Path) -> dict[str, dict[str, object]]:
    """What earlier runs wrote into `folder`, of what still lies there."""
    path = folder / RECORD
    held: dict[str, dict[str, object]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {name: entry for name, entry in held.items() if (folder / name).is_file()}


def _write(path: Path, text: str) -> None:
    """Put `text` at `path` whole: a reader, or a run that is killed, never meets half of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
