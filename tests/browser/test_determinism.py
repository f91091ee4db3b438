"""The same inputs give the same bytes: another process, another folder, another hash seed, time zone and language."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import paths
from analysis.dashboards import Dashboard

ELSEWHERE = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C"}


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The featured dashboards built once more, by the command, elsewhere."""
    folder = tmp_path_factory.mktemp("again") / "another" / "edition"
    command = [sys.executable, "-m", "analysis.cli", "build", "--jobs", "2", "--out", str(folder)]
    environment = {name: value for name, value in os.environ.items() if name != paths.DATA_VARIABLE} | ELSEWHERE
    subprocess.run(command, check=True, capture_output=True, env=environment, cwd=folder.parents[1], timeout=900)
    return folder


def test_two_builds_give_the_same_bytes(edition: Path, featured: list[Dashboard], again: Path) -> None:
    built = sorted(path.relative_to(again) for path in again.rglob("*.*") if path.name != "run.json")
    assert {entry.file for entry in featured} | {"index.html"} == {str(path) for path in built}
    assert [path for path in built if (again / path).read_bytes() != (edition / path).read_bytes()] == []
