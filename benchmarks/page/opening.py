"""How long a page takes to open: until something is seen, and until every chart answers the pointer.

python benchmarks/page/opening.py [--rounds 5] [--edition FOLDER] [--index 5000]

The featured yearly dashboards and the largest other pages are opened in headless Chromium, each time with a new
profile, so with nothing kept from before; and once more with scripts off, which shows what they cost. The edition is
built for this in a folder of its own, unless --edition names one that lies built. Last comes an index of --index
dashboards: those of the edition, told again under other names.
"""

import argparse
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, Playwright, sync_playwright
from rich.console import Console
from rich.table import Table

from analysis import dashboards, facts
from analysis.dashboards import index, record

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
GOALS = {"seen": 0.5, "answering": 1.5, "megabytes": 1.2}
LARGEST = 5  # pages beside the yearly ones
# The page says when its charts answer by an attribute; an observer notes the moment, without asking again and again.
WATCH = """
new MutationObserver(() => { window.answering ??= performance.now(); })
  .observe(document, {attributes: true, subtree: true, attributeFilter: ["data-charts"]});
"""
SEEN = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
ANSWERING = "() => window.answering ?? null"
console = Console(width=132)


class Opened(NamedTuple):
    """Seconds from asking for a page until it was seen, and until its charts answered; none where it has no charts."""

    seen: float
    answering: float | None


def opened(play: Playwright, page: Path, *, scripts: bool) -> Opened:
    """How long the page takes in a browser of its own."""
    browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
    try:
        return _timed(browser, page, scripts=scripts)
    finally:
        browser.close()


def _timed(browser: Browser, page: Path, *, scripts: bool) -> Opened:
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
    context.add_init_script(WATCH)
    tab = context.new_page()
    tab.goto(page.as_uri())
    charts = scripts and tab.locator("figure.chart").count()
    if charts:
        tab.wait_for_selector("html[data-charts]", state="attached")
    while (seen := tab.evaluate(SEEN)) is None:  # the first paint is told some frames after it
        tab.wait_for_timeout(20)
    return Opened(seen / 1000, tab.evaluate(ANSWERING) / 1000 if charts else None)


def chosen(folder: Path) -> list[Path]:
    """The yearly dashboards of an edition, and the largest of its other pages."""
    pages = sorted(folder.glob("*-*.html"), key=lambda page: -page.stat().st_size)
    yearly = [page for page in pages if page.name.startswith("yearly_dashboard")]
    return yearly + [page for page in pages if page not in yearly][:LARGEST]


def build(folder: Path) -> None:
    """The featured dashboards in `folder`."""
    data = facts.load()
    dashboards.build(dashboards.featured(data), data, folder, jobs=2, done=lambda _: None)


def large_index(folder: Path, count: int) -> Path:
    """An index of `count` dashboards: those of the edition in `folder`, again and again under other names."""
    held = list(json.loads((folder / record.FILE).read_text(encoding="utf-8")).values())
    entries = [_renamed(held[number % len(held)], number // len(held)) for number in range(count)]
    page = folder / f"index-of-{count}.html"
    page.write_text(index.render(entries, language="zh"), encoding="utf-8")
    return page


def _renamed(entry: dict[str, object], time: int) -> dict[str, object]:
    return {
        **entry,
        "unit": f"{entry['unit']}-{time}",
        "name": f"{entry['name']}{time}",
        "file": f"{time}-{entry['file']}",
    }


def rows(play: Playwright, pages: Sequence[Path], rounds: int) -> Iterator[list[str]]:
    """A row of the table for each page."""
    for page in pages:
        live = [opened(play, page, scripts=True) for _ in range(rounds)]
        bare = [opened(play, page, scripts=False) for _ in range(rounds)]
        answering = [each.answering for each in live if each.answering is not None]
        yield [
            page.stem,
            f"{page.stat().st_size / 1e6:.2f}",
            *_told([each.seen for each in live]),
            *_told(answering),
            *_told([each.seen for each in bare]),
        ]


def _told(seconds: Sequence[float]) -> list[str]:
    return [f"{median(seconds):.2f}", f"{max(seconds):.2f}"] if seconds else ["", ""]


def table() -> Table:
    """The empty table, the goals in its heads."""
    made = Table("page", title="Seconds from asking for a page, median and worst, each with a new profile")
    heads = [f"MB (< {GOALS['megabytes']})", f"seen (< {GOALS['seen']})", "worst"]
    heads += [f"answering (< {GOALS['answering']})", "worst", "seen, no script", "worst"]
    for head in heads:
        made.add_column(head, justify="right")
    return made


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--edition", type=Path, help="an edition that lies built, instead of one built for this")
    parser.add_argument("--index", type=int, default=5000, help="dashboards in the index that is opened last")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="disclosure-opening-") as room:
        folder = Path(room) / "edition"
        if given.edition:
            shutil.copytree(given.edition, folder)
        else:
            build(folder)
        pages = [*chosen(folder), folder / "index.html", large_index(folder, given.index)]
        made = table()
        with sync_playwright() as play:
            for row in rows(play, pages, given.rounds):
                made.add_row(*row)
        console.print(made)


if __name__ == "__main__":
    main()
