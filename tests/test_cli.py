"""The command as its users meet it: help that teaches, exit codes, errors that say where, what and the next step."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

FIGURE: dict[str, object] = {"unit": "demo-east", "year": 2013, "indicator": "hearings", "value": 5}


def disclosure(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "analysis.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | environment)


@pytest.mark.parametrize("verb", ["build", "lab", "describe"])
def test_every_verb_explains_itself_and_takes_a_data_folder(verb: str) -> None:
    told = disclosure(verb, "--help")
    assert told.returncode == 0
    assert "--data" in told.stdout


def test_help_tells_where_to_begin() -> None:
    assert "Begin with: disclosure build" in disclosure("--help").stdout


def test_one_dashboard_is_built_where_it_was_asked_for(make_folder: Callable[..., Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ["--unit", "demo-east", "--year", "2013", "--notebook", "yearly_dashboard", "--language", "en"]
    told = disclosure("build", *words, "--data", str(make_folder(FIGURE)), "--out", str(out))
    assert (told.returncode, told.stdout) == (0, f"1 dashboards built, 0 failed: {out / 'index-en.html'}\n")
    assert not (out / "index.html").exists()
    assert "East County" in (out / "yearly_dashboard-demo-east-2013-en.html").read_text(encoding="utf-8")


def test_help_shows_what_can_stand_beside_a_page_and_how_to_ask_for_it() -> None:
    told = disclosure("build", "--help", COLUMNS="200").stdout
    for option in ("--pdf", "--xlsx", "--shared-assets"):
        assert told.count(option) == 2, option  # in an example and in the list
    assert "--edition" not in told


def test_a_workbook_and_shared_assets_are_built_when_asked_for(
    make_folder: Callable[..., Path], tmp_path: Path
) -> None:
    out, words = tmp_path / "out", ["--unit", "demo-east", "--notebook", "hearings_and_press_conferences"]
    told = disclosure(
        "build", *words, "--xlsx", "--shared-assets", "--data", str(make_folder(FIGURE)), "--out", str(out)
    )
    assert told.returncode == 0, told.stderr
    kinds = sorted(path.suffix for path in out.iterdir() if path.name.startswith("hearings"))
    assert kinds == [".html", ".xlsx"]
    assert sorted(path.suffix for path in (out / "assets").iterdir()) == [".css", ".js"]


def test_without_a_browser_pdf_ends_with_2_before_anything_is_built(
    make_folder: Callable[..., Path], tmp_path: Path
) -> None:
    words = [
        "build",
        "--unit",
        "demo-east",
        "--pdf",
        "--data",
        str(make_folder(FIGURE)),
        "--out",
        str(tmp_path / "out"),
    ]
    for environment, where in (
        ({"PATH": str(tmp_path)}, "--pdf"),
        ({"DISCLOSURE_BROWSER": "no"}, "$DISCLOSURE_BROWSER"),
    ):
        told = disclosure(*words, **environment)
        assert told.returncode == 2, told.stderr
        assert where in told.stderr
        assert "install Chromium, or name the program in $DISCLOSURE_BROWSER" in told.stderr
        assert not (tmp_path / "out").exists()


def test_failed_work_ends_with_1_and_is_named(make_folder: Callable[..., Path], tmp_path: Path) -> None:
    folder = make_folder(FIGURE)
    out = tmp_path / "out"
    out.mkdir()
    (out / "yearly_dashboard-demo-east-2013.html").mkdir()  # a page cannot be written where a folder stands
    words = ["--unit", "demo-east", "--notebook", "yearly_dashboard", "--notebook", "request_trends"]
    told = disclosure("build", *words, "--data", str(folder), "--out", str(out))
    assert told.returncode == 1
    assert "failed: yearly_dashboard-demo-east-2013.html" in told.stderr
    assert (out / "request_trends-demo-east.html").is_file()


@pytest.mark.parametrize(
    ("words", "where", "fix"),
    [
        (["--unit", "demo-eest"], "unit 'demo-eest'", "demo-east"),
        (["--unit", "demo", "--notebook", "request_trends"], "unit 'demo'", "add its reports"),
        (["--unit", "demo-east", "--year", "20133"], "20133", "from 2013 to 2013"),
        (["--unit", "demo-east", "--notebook", "yearly"], "notebook 'yearly'", "yearly_dashboard"),
        (["--unit", "demo-east", "--language", "fr"], "language 'fr'", "zh or en"),
        (["--notebook", "yearly_dashbord"], "notebook 'yearly_dashbord'", "yearly_dashboard"),
        (["--all", "--unit", "demo-east"], "--all", "leave one of them out"),
        (["--unit", "demo-east", "--jobs", "0"], "--jobs", "1 or more"),
        (["--nope"], "--nope", ""),
    ],
)
def test_a_person_s_mistake_ends_with_2_and_the_next_step(
    words: list[str], where: str, fix: str, make_folder: Callable[..., Path], tmp_path: Path
) -> None:
    told = disclosure("build", *words, "--data", str(make_folder(FIGURE)), "--out", str(tmp_path / "out"))
    assert told.returncode == 2, told.stderr
    assert where in told.stderr
    assert fix in told.stderr
    assert "Traceback" not in told.stderr
    assert not (tmp_path / "out").exists()


def test_a_data_folder_that_is_not_there_or_empty_is_named(tmp_path: Path) -> None:
    for folder, what in ((tmp_path / "nowhere", "no such folder"), (tmp_path, "units.csv")):
        told = disclosure("build", "--data", str(folder))
        assert told.returncode == 2
        assert what in told.stderr


def test_a_place_where_no_pages_can_be_put_is_named(make_folder: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    told = disclosure(
        "build", "--unit", "demo-east", "--data", str(make_folder(FIGURE)), "--out", str(tmp_path / "file")
    )
    assert told.returncode == 2
    assert "--out" in told.stderr


def test_an_office_s_own_data_are_built_without_naming_units(make_folder: Callable[..., Path], tmp_path: Path) -> None:
    told = disclosure("build", "--data", str(make_folder(FIGURE)), "--out", str(tmp_path / "out"))
    assert (told.returncode, told.stdout.split(":")[0]) == (0, "5 dashboards built, 0 failed")


def test_a_folder_is_described(make_folder: Callable[..., Path]) -> None:
    folder = make_folder(FIGURE)
    assert disclosure("describe", "--data", str(folder)).returncode == 0
    assert '"name": "disclosures"' in (folder / "datapackage.json").read_text(encoding="utf-8")


def test_asking_for_help_loads_no_library_of_the_work() -> None:
    code = "import sys; from analysis import cli; print(sorted({'polars', 'altair', 'papermill'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
