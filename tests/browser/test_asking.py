"""What goes over the wire: nothing from a page that is one file; style and script alone from one on a web server."""

import re
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from analysis import dashboards, facts, paths
from analysis.dashboards import Dashboard, Form
from browser.visiting import opened

QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
HOST = re.compile(r'"(?:url|host|hostname)":"(?:https?://)?([\w-]+(?:\.[\w-]+)+)["/:]')
ITS_OWN = re.compile(r"([a-z0-9-]+\.)*(google|googleapis|gstatic|gvt1)\.com$")  # what the browser asks by itself


def test_the_browser_s_own_log_knows_of_no_connection(chromium_program: str, pages: list[Path], tmp_path: Path) -> None:
    """Playwright hears of requests; the log also holds names looked up and connections opened ahead of need."""
    log, profile = tmp_path / "net.json", tmp_path / "profile"
    command = [chromium_program, *QUIET, f"--user-data-dir={profile}", f"--log-net-log={log}"]
    command += ["--dump-dom", pages[0].as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert "<h1>" in shown.stdout
    asked = set(HOST.findall(log.read_text(encoding="utf-8")))
    assert {host for host in asked if not ITS_OWN.match(host)} == set()


@pytest.fixture
def served(tmp_path: Path, shown: list[Dashboard]) -> Iterator[tuple[Path, str]]:
    """An edition whose pages share style and script, on a web server of its own: the folder and the address."""
    form = Form(shared_assets=True)
    data = facts.load(paths.ROOT / "data")
    dashboards.build(shown[:1], data, tmp_path, jobs=1, done=lambda _: None, form=form)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(tmp_path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield tmp_path, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Silent(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the base class names it so
        """Nothing."""


def test_a_page_on_a_web_server_asks_for_its_own_style_and_script_alone(
    chromium: Browser, served: tuple[Path, str], shown: list[Dashboard]
) -> None:
    folder, address = served
    beside = {f"{address}/{path.relative_to(folder).as_posix()}" for path in folder.glob("assets/*")}
    with opened(chromium, f"{address}/{shown[0].file}", offline=False) as (page, heard):
        assert heard.said == []
        assert len(heard.asked) == len(set(heard.asked)) == 2
        assert set(heard.asked) <= beside
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize") != "32px"
        assert page.evaluate("window.violations") == []
