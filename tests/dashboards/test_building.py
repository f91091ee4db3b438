import json
import re
from collections.abc import Callable
from functools import cache
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from nbformat import NotebookNode

from analysis import dashboards, facts, notebooks, paths
from analysis.dashboards import Dashboard, Form, Outcome, printing
from analysis.errors import BadData, Missing
from analysis.facts import Disclosures

EAST = {"unit": "demo-east", "year": 2013, "indicator": "hearings", "value": 5}
WEST = {"unit": "demo-west", "year": 2013, "indicator": "hearings", "value": 6}
GOOD = Dashboard("yearly_dashboard", {"unit": "demo-east", "year": 2013})
BAD = Dashboard("yearly_dashboard", {"unit": "demo-west", "year": 2013, "since": 2014})


@pytest.fixture
def data(make_folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Disclosures:
    folder = make_folder(EAST, WEST)
    monkeypatch.setenv(paths.DATA_VARIABLE, str(folder))
    return facts.load(folder)


def build(plan: list[Dashboard], data: Disclosures, out: Path, **form: bool) -> dict[str, str]:
    heard: list[Outcome] = []
    outcomes = dashboards.build(plan, data, out, jobs=2, done=heard.append, form=Form(**form))
    assert {outcome.dashboard.file for outcome in heard} == {outcome.dashboard.file for outcome in outcomes}
    return {outcome.dashboard.file: outcome.error for outcome in outcomes}


def test_one_failure_does_not_spoil_the_rest_and_is_named(data: Disclosures, tmp_path: Path) -> None:
    errors = build([BAD, GOOD], data, tmp_path / "out")
    assert errors[GOOD.file] == ""
    assert errors[BAD.file].startswith("BadParameter: parameter 'since'")
    assert (tmp_path / "out" / GOOD.file).is_file()
    assert not (tmp_path / "out" / BAD.file).exists()
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert f'href="{GOOD.file}"' in index
    assert f'href="{BAD.file}"' not in index
    assert "未能生成" in index


def test_pages_of_earlier_runs_stay_in_the_index(data: Disclosures, tmp_path: Path) -> None:
    other = Dashboard("publication_volume", {"unit": "demo-west"})
    build([GOOD], data, tmp_path)
    build([other], data, tmp_path)
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{entry.file}"' in index for entry in (GOOD, other))
    record = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert sorted(record) == sorted([GOOD.file, other.file])


def test_a_failed_dashboard_keeps_its_earlier_page(
    data: Disclosures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([GOOD], data, tmp_path)
    page = (tmp_path / GOOD.file).read_bytes()

    def broken(*_: object) -> None:
        raise RuntimeError("the kernel died")

    monkeypatch.setattr(notebooks, "run", broken)
    assert build([GOOD], data, tmp_path) == {GOOD.file: "RuntimeError: the kernel died"}
    assert (tmp_path / GOOD.file).read_bytes() == page
    assert "此处为较早的版本" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_two_builds_give_the_same_bytes_and_leave_nothing_else(data: Disclosures, tmp_path: Path) -> None:
    for name in ("one", "two"):
        build([GOOD], data, tmp_path / name)
    held = [{path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")]
    assert held[0] == held[1]
    assert set(held[0]) == {GOOD.file, "index.html", "run.json"}


def test_a_folder_serves_different_data_one_after_the_other(data: Disclosures, tmp_path: Path) -> None:
    build([GOOD], data, tmp_path)
    other = facts.load(paths.ROOT / "data")
    dashboards.build([], other, tmp_path, jobs=1, done=lambda _: None)
    assert "东山县" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_a_broken_record_is_refused_before_anything_is_built(data: Disclosures, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("[]")
    with pytest.raises(BadData, match="not the record of an edition"):
        build([GOOD], data, tmp_path)
    assert [path.name for path in tmp_path.glob("*.html")] == []


def test_each_language_has_its_own_index(data: Disclosures, tmp_path: Path) -> None:
    build([Dashboard(GOOD.notebook, {**GOOD.parameters, "language": "en"})], data, tmp_path)
    assert "East County" in (tmp_path / "index-en.html").read_text(encoding="utf-8")


PDF, XLSX = GOOD.file.replace(".html", ".pdf"), GOOD.file.replace(".html", ".xlsx")


run = notebooks.run


@cache
def ran(name: str, *parameters: tuple[str, int | str]) -> NotebookNode:
    """A notebook that is executed once for all tests whose data are alike."""
    return run(name, dict(parameters))


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notebooks that run once, a browser that prints at once; what it was given to print."""
    given: list[str] = []

    def pdf(html: str, browser: str, **_: object) -> bytes:
        given.append(html)
        return f"%PDF {browser} {len(html)}".encode()

    monkeypatch.setattr(notebooks, "run", lambda name, parameters: ran(name, *parameters.items()))
    monkeypatch.setattr(printing, "browser", lambda: "press")
    monkeypatch.setattr(printing, "pdf", pdf)
    return given


def test_a_page_has_its_pdf_and_its_workbook_beside_it(data: Disclosures, tmp_path: Path, printer: list[str]) -> None:
    for name in ("one", "two"):
        assert build([GOOD], data, tmp_path / name, pdf=True, xlsx=True) == {GOOD.file: ""}
    held = [{path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")]
    assert held[0] == held[1]
    assert set(held[0]) == {GOOD.file, PDF, XLSX, "index.html", "run.json"}
    assert printer == [held[0][GOOD.file].decode()] * 2
    sheets = openpyxl.load_workbook(tmp_path / "one" / XLSX).sheetnames
    assert sheets[:2] == ["说明", "数据明细"]
    assert {"会议与回应", "全部数字"} <= set(sheets)  # exhibits with a table


def test_what_an_earlier_run_put_beside_a_page_goes(data: Disclosures, tmp_path: Path, printer: list[str]) -> None:
    build([GOOD], data, tmp_path, pdf=True, xlsx=True)
    build([GOOD], data, tmp_path, xlsx=True)
    assert not (tmp_path / PDF).exists()
    assert (tmp_path / XLSX).is_file()
    build([GOOD], data, tmp_path)
    assert not (tmp_path / XLSX).exists()
    assert len(printer) == 1


def test_a_failed_print_is_a_failed_dashboard_that_leaves_everything_as_it_was(
    data: Disclosures, tmp_path: Path, printer: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build([GOOD], data, tmp_path, pdf=True)
    held = {path.name: path.read_bytes() for path in tmp_path.glob(f"{PDF[:-4]}.*")}

    def jammed(*_: object, **__: object) -> bytes:
        raise Missing("the press", "it is jammed", "clear it")

    monkeypatch.setattr(printing, "pdf", jammed)
    other = Dashboard("yearly_dashboard", {"unit": "demo-west", "year": 2013})
    errors = build([GOOD, other], data, tmp_path, pdf=True, xlsx=True)
    assert all(error.startswith("Missing: the press: it is jammed") for error in errors.values())
    assert {path.name: path.read_bytes() for path in tmp_path.glob("yearly_dashboard-*")} == held
    assert len(printer) == 1


def test_a_page_that_cannot_be_put_in_its_place_leaves_no_drafts(
    data: Disclosures, tmp_path: Path, printer: list[str]
) -> None:
    (tmp_path / GOOD.file).mkdir()
    assert build([GOOD], data, tmp_path, pdf=True)[GOOD.file]
    assert len(printer) == 1
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_without_a_browser_nothing_is_begun(data: Disclosures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(printing.VARIABLE, "/nowhere/chromium")
    with pytest.raises(Missing, match="is no program"):
        build([GOOD], data, tmp_path / "out", pdf=True)
    assert not (tmp_path / "out").exists()


def test_pages_share_style_and_script_that_lie_where_they_look_for_them(data: Disclosures, tmp_path: Path) -> None:
    build([GOOD], data, tmp_path / "shared", shared_assets=True)
    build([GOOD], data, tmp_path / "whole")
    html = (tmp_path / "shared" / GOOD.file).read_text(encoding="utf-8")
    linked = re.findall(r'(?:<link rel="stylesheet" href|<script src)="([^"]+)"', html)
    assert [Path(name).suffix for name in linked] == [".css", ".js"]
    assert {f"assets/{path.name}" for path in (tmp_path / "shared" / "assets").iterdir()} == set(linked)
    text = (tmp_path / "whole" / GOOD.file).read_text(encoding="utf-8")
    assert all((tmp_path / "shared" / name).read_text(encoding="utf-8") in text for name in linked)
    assert not (tmp_path / "whole" / "assets").exists()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("/home/somebody/our office/data/units.csv line 3: bad", "ValueError: …/units.csv line 3: bad"),
        (r"C:\Users\somebody\data\units.csv line 3: bad", "ValueError: …/units.csv line 3: bad"),
        ("3/4 of https://example.org/a/b, in 2013/2014", "ValueError: 3/4 of https://example.org/a/b, in 2013/2014"),
    ],
)
def test_the_index_tells_why_a_dashboard_failed_but_no_folder_of_this_machine(
    data: Disclosures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, told: str
) -> None:
    def broken(*_: object) -> None:
        raise ValueError(said)

    monkeypatch.setattr(notebooks, "run", broken)
    assert build([GOOD], data, tmp_path) == {GOOD.file: told}
    assert told in unescape((tmp_path / "index.html").read_text(encoding="utf-8"))
