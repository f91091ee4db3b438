"""Runs a plan: each notebook in a fresh kernel, each page whole or not at all, no failure spoiling the rest."""

import os
import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from analysis import notebooks
from analysis.dashboards import index, page, printing, record, workbook
from analysis.dashboards.plan import Dashboard
from analysis.errors import Missing
from analysis.facts import Disclosures

FOLDERS = re.compile(r"(?<![\w:/.])(?:[A-Za-z]:)?(?:[/\\][\w.@ -]+)+[/\\](?=[\w.-])")  # from the root down to a file


@dataclass(frozen=True)
class Form:
    """What stands beside each page, a PDF or a workbook, and whether the pages of an edition share style and script."""

    pdf: bool = False
    xlsx: bool = False
    shared_assets: bool = False


@dataclass(frozen=True)
class Outcome:
    """How building one dashboard ended; `error` is empty where its page was written."""

    dashboard: Dashboard
    error: str = ""


def build(
    plan: Iterable[Dashboard],
    data: Disclosures,
    folder: Path,
    *,
    jobs: int,
    done: Callable[[Outcome], None],
    form: Form = Form(),
    on: date | None = None,
) -> list[Outcome]:
    """Build every dashboard of `plan` into `folder`, then the index of all that lie there; `done` hears of each.

    Pages of earlier runs stay; a failed dashboard keeps its earlier page, and the index says so with the day that it
    was made. `on` is the day of this run, by default today. Raises Missing where `form` asks for PDFs and there is no
    browser to print them.
    """
    plan, on = list(plan), on or record.today()
    make = partial(_made, data=data, form=form, browser=printing.browser() if form.pdf else "")
    _writable(folder)
    held = record.read(folder)
    page.assets()  # bundled once, before several threads ask for it
    if form.shared_assets:
        _share(folder)
    with ThreadPoolExecutor(jobs) as pool:
        outcomes = list(pool.map(partial(_built, make=make, folder=folder, done=done), plan))
    built = [(outcome.dashboard, outcome.error) for outcome in outcomes]
    held = record.after(held, built, data, folder, on=on)
    _write(folder / record.FILE, record.text(held))
    for language in dict.fromkeys(str(entry["language"]) for entry in held.values()):
        entries = [entry for entry in held.values() if entry["language"] == language]
        _write(folder / index.file(language), index.render(entries, language=language))
    return outcomes


def _built(
    dashboard: Dashboard,
    *,
    make: Callable[[Dashboard], dict[str, bytes]],
    folder: Path,
    done: Callable[[Outcome], None],
) -> Outcome:
    try:
        _publish(folder / dashboard.file, make(dashboard))
        outcome = Outcome(dashboard)
    except Exception as error:  # whatever a notebook does, the others are built
        outcome = Outcome(dashboard, _reason(error))
    done(outcome)
    return outcome


def _made(dashboard: Dashboard, *, data: Disclosures, form: Form, browser: str) -> dict[str, bytes]:
    """The files of a dashboard by their endings: those that stand beside its page, then the page."""
    executed = notebooks.run(dashboard.notebook, dashboard.parameters)
    html = page.render(executed, notebook=dashboard.notebook, shared=form.shared_assets)
    made: dict[str, bytes] = {}
    if form.pdf:
        made["pdf"] = printing.pdf(html, browser, beside=page.assets()[:1] if form.shared_assets else ())
    if form.xlsx:
        made["xlsx"] = workbook.workbook(executed, dashboard, data)
    return made | {"html": html.encode()}


def _publish(path: Path, made: dict[str, bytes]) -> None:
    """Put the files of a dashboard at `path`, each under its ending, once all of them lie on the disk, the page last.

    What stands there from an earlier run goes: the data may have changed since, even where the page is the same.
    """
    drafts = {ending: _draft(path.with_suffix(f".{ending}")) for ending in made}
    try:
        for ending, content in made.items():
            drafts[ending].write_bytes(content)
        for ending in record.COMPANIONS:
            if ending not in made:
                path.with_suffix(f".{ending}").unlink(missing_ok=True)
        for ending, draft in drafts.items():
            draft.replace(path.with_suffix(f".{ending}"))
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def _share(folder: Path) -> None:
    """Put what the pages share where they will look for it; what earlier pages share stays."""
    for asset in page.assets():
        path = folder / asset.file
        path.parent.mkdir(exist_ok=True)
        _write(path, asset.text)


def _reason(error: Exception) -> str:
    """What went wrong, without the traceback that papermill wraps around it, or the folders of this machine."""
    name, value = getattr(error, "ename", type(error).__name__), getattr(error, "evalue", str(error))
    return FOLDERS.sub("…/", f"{name}: {value}".strip())


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
    draft = _draft(path)
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _draft(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}")
