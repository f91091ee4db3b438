"""What the tests in a real browser share: Chromium without a network, an edition built once, one of hostile texts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from analysis import dashboards, facts, notebooks, paths
from analysis.dashboards import Dashboard
from browser.hostile import make
from browser.visiting import Visit, visit

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
RICH = "jiangsu-suqian"  # the unit with the most figures
JOBS = 2


@pytest.fixture(scope="package")
def chromium(chromium_program: str) -> Iterator[Browser]:
    """The browser of this machine."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def featured() -> list[Dashboard]:
    """The featured dashboards."""
    return dashboards.featured(facts.load(paths.ROOT / "data"))


@pytest.fixture(scope="package")
def shown(featured: list[Dashboard]) -> list[Dashboard]:
    """One dashboard of every notebook, of the richest unit where there is one, in both languages."""
    last = {entry.notebook: entry for entry in featured}
    rich = {entry.notebook: entry for entry in featured if entry.unit == RICH}
    chosen = list((last | rich).values())
    assert {entry.notebook for entry in chosen} == set(notebooks.names())
    return [*chosen, *(Dashboard(each.notebook, {**each.parameters, "language": "en"}) for each in chosen)]


@pytest.fixture(scope="package")
def edition(featured: list[Dashboard], shown: list[Dashboard], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All featured pages, one of every notebook in English, and the index in both languages."""
    folder = tmp_path_factory.mktemp("edition")
    plan = {entry.file: entry for entry in [*featured, *shown]}
    _build(list(plan.values()), paths.ROOT / "data", folder)
    return folder


@pytest.fixture(scope="package")
def pages(edition: Path, shown: list[Dashboard]) -> list[Path]:
    """One page of every notebook and the index, in both languages, and the page with the most links."""
    indexes = [edition / "index.html", edition / "index-en.html"]
    linked = max(edition.glob("*-*.html"), key=lambda page: page.read_text(encoding="utf-8").count("noreferrer"))
    return list(dict.fromkeys([*(edition / entry.file for entry in shown), *indexes, linked]))


@pytest.fixture(scope="package")
def visits(chromium: Browser, edition: Path) -> dict[str, Visit]:
    """What opening each page of the edition came to."""
    return {path.name: visit(chromium, path) for path in sorted(edition.glob("*.html"))}


@pytest.fixture(scope="package")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of every notebook, and the index, whose data try to break out wherever they hold words."""
    room = tmp_path_factory.mktemp("hostile")
    data = make(room / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.DATA_VARIABLE, str(data))
        plan = dashboards.of_units(facts.load(data), ["demo"])
        assert {entry.notebook for entry in plan} == set(notebooks.names())
        _build(plan, data, room / "edition")
    return room / "edition"


def _build(plan: list[Dashboard], data: Path, folder: Path) -> None:
    outcomes = dashboards.build(plan, facts.load(data), folder, jobs=JOBS, done=lambda _: None)
    assert [outcome for outcome in outcomes if outcome.error] == []
