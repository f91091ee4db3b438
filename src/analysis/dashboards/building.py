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
from analysis.errors import BadData, Missing
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
    plan = list(plan)
    held = _record(folder)
    with ThreadPoolExecutor(jobs) as pool:
        outcomes = list(pool.map(partial(_built, folder=folder, done=done), plan))
    record = held | {outcome.dashboard.file: _entry(outcome, data, folder) for outcome in outcomes}
    _write(folder / RECORD, json.dumps(dict(sorted(record.items())), ensure_ascii=False, indent=1) + "\n")
    for language in dict.fromkeys(str(entry["language"]) for entry in record.values()):
        entries = [entry for entry in record.values() if entry["language"] == language]
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


def _entry(outcome: Outcome, data: Disclosures, folder: Path) -> dict[str, object]:
    """What the record keeps of a dashboard: enough for the index, whatever data a later run reads."""
    dashboard = outcome.dashboard
    language = str(dashboard.parameters.get("language", "zh"))
    unit = data.unit(dashboard.unit)
    return {
        "file": dashboard.file,
        "notebook": dashboard.notebook,
        "unit": dashboard.unit,
        "name": unit.named(language),
        "level": unit.level,
        "invented": unit.invented,
        "above": data.unit(unit.parent).named(language) if unit.parent else "",
        "year": dashboard.year,
        "language": language,
        "parameters": dict(dashboard.parameters),
        "error": outcome.error,
        "page": (folder / dashboard.file).is_file(),
    }


def _record(folder: Path) -> dict[str, dict[str, object]]:
    """What earlier runs wrote into `folder`, which is made if need be, of what still lies there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError("it cannot be written to")
    except OSError as error:
        raise Missing(str(folder), f"no pages can be put here ({error})", "name another folder with --out") from error
    path = folder / RECORD
    try:
        held: dict[str, dict[str, object]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return {name: entry for name, entry in held.items() if (folder / name).is_file() and entry["language"]}
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise BadData(str(path), "this is not the record of an edition", "remove the file, and build again") from error


def _write(path: Path, text: str) -> None:
    """Put `text` at `path` whole: a reader, or a run that is killed, never meets half of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
