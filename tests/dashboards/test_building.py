import json
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis import dashboards, facts, notebooks, paths
from analysis.dashboards import Dashboard, Outcome
from analysis.errors import BadData
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


def build(plan: list[Dashboard], data: Disclosures, out: Path) -> dict[str, str]:
    heard: list[Outcome] = []
    outcomes = dashboards.build(plan, data, out, jobs=2, done=heard.append)
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
