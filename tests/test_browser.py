"""Pages as a leader opens them: in a real browser, offline. Skipped where no Chromium is installed."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis import dashboards, facts, paths
from analysis.dashboards import Dashboard

CHROMIUM = shutil.which("chromium")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
]
ITS_OWN = re.compile(r"https?://([a-z0-9-]+\.)*(google|googleapis|gstatic)\.com/")  # what the browser asks by itself
PLAN = [
    Dashboard("yearly_dashboard", {"unit": "hunan-yiyang-anhua", "year": 2013}),
    Dashboard("request_trends", {"unit": "jiangsu-suqian", "language": "en"}),
]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("edition")
    dashboards.build(PLAN, facts.load(paths.ROOT / "data"), folder, jobs=2, done=lambda _: None)
    return folder


@pytest.fixture
def browse(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [str(CHROMIUM), *QUIET, f"--user-data-dir={tmp_path / 'profile'}", *words]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)

    return run


@pytest.mark.parametrize("name", [*[entry.file for entry in PLAN], "index.html", "index-en.html"])
def test_a_page_opens_asks_for_nothing_and_complains_of_nothing(
    edition: Path, name: str, tmp_path: Path, browse: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    log = tmp_path / "net.json"
    opened = browse("--enable-logging=stderr", f"--log-net-log={log}", "--dump-dom", f"file://{edition / name}")
    assert "<h1>" in opened.stdout
    assert "CONSOLE" not in opened.stderr
    asked = set(re.findall(r'"url":"(https?://[^"]+)"', log.read_text(encoding="utf-8")))
    assert {url for url in asked if not ITS_OWN.match(url)} == set()


def test_a_page_prints_on_a4(
    edition: Path, tmp_path: Path, browse: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    printed = tmp_path / "page.pdf"
    browse("--no-pdf-header-footer", f"--print-to-pdf={printed}", f"file://{edition / PLAN[0].file}")
    boxes = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", printed.read_bytes())
    assert boxes
    assert all((round(float(width)), round(float(height))) == (595, 842) for width, height in boxes)
