"""`disclosure check`, `correct`, `diff` and `revisions` as their users meet them."""

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

MakeFolder = Callable[..., Path]
REVIEWS = ("reviews", "reviews_upheld", "reviews_corrected", "reviews_other", "reviews_pending")
FINDING = "review_results/demo-east-2024/reviews"


def disclosure(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "analysis.cli", *map(str, words)], capture_output=True, text=True, check=False
    )


@pytest.fixture
def folder(make_folder: MakeFolder) -> Path:
    cells = [
        {"unit": "demo-east", "year": 2024, "indicator": name, "value": value}
        for name, value in zip(REVIEWS, (12, 4, 3, 2, 1), strict=True)
    ]
    return make_folder(*cells)


def test_what_does_not_hold_is_said_with_the_id_that_accepts_it(folder: Path) -> None:
    told = disclosure("check", "--data", folder)
    assert told.returncode == 0
    said, name = told.stdout.splitlines()[:2]
    assert said.startswith("错误 东山县 2024年“行政复议总计”不平")
    assert "左边12件，右边10件，相差2件" in said
    assert name.strip() == FINDING
    assert "1 fail" in told.stderr


def test_findings_come_as_rows_with_cells_and_evidence(folder: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(disclosure("check", "--data", folder, "--format", "csv").stdout))
    assert (row["finding"], row["left"], row["right"], row["difference"]) == (FINDING, "12.0", "10.0", "2.0")
    assert row["cells"].startswith("reviews 2024 = 12; reviews_upheld 2024 = 4;")
    assert row["evidence"] == "一(一)"
    (same,) = json.loads(disclosure("check", "--data", folder, "--format", "json").stdout)
    assert same["severity"] == "error"
    assert "sums" in disclosure("check", "--help").stdout


def test_what_is_accepted_stays_so_until_a_figure_changes(folder: Path) -> None:
    why = ("--reason", "the unit explained it", "--by", "office", "--data", folder)
    assert disclosure("check", "--accept", FINDING, *why).returncode == 0
    assert disclosure("check", "--data", folder).stdout == ""
    assert FINDING in disclosure("check", "--accepted", "--data", folder).stdout
    disclosure("correct", "demo-east-2024/reviews_other", "--to", 3, *why)
    assert "错误，须重新核实" in disclosure("check", "--data", folder).stdout
    assert disclosure("check", "--accept", FINDING, *why).returncode == 0
    assert disclosure("check", "--reopen", FINDING, *why).returncode == 0
    assert disclosure("check", "--data", folder).stdout.startswith("错误 ")
    assert len((folder / "verdicts.csv").read_text(encoding="utf-8").splitlines()) == 4


def test_a_correction_shows_in_diff_and_revisions(folder: Path, tmp_path: Path) -> None:
    old = shutil.copytree(folder, tmp_path / "old")
    words = ("--to", 10, "--reason", "typing error", "--by", "office", "--data", folder)
    assert "12 -> 10" in disclosure("correct", "demo-east-2024/reviews", *words).stdout
    assert disclosure("check", "--data", folder).stdout == ""
    assert disclosure("diff", old, folder).stdout == ("changed: demo-east-2024/reviews: 12 reported -> 10 reported\n")
    told = disclosure("revisions", "--data", folder).stdout
    assert told.startswith("demo-east-2024/reviews: 12, corrected to 10 on ")
    assert told.endswith(": typing error\n")
    assert len(disclosure("revisions", "--all", "--data", folder).stdout.splitlines()) == len(REVIEWS)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "--unit", "demo-eest"], "demo-east"),
        (["check", "--year", "20133"], "give a year from 2024 to 2024"),
        (["check", "--rule", "review_result"], "did you mean review_results"),
        (["check", "--accept", FINDING, "--by", "office"], "needs a reason"),
        (["check", "--accept", FINDING, "--reason", "why"], "answers for it"),
        (["check", "--accept", "review_results/demo-east-2023/reviews", "--reason", "why", "--by", "office"], FINDING),
        (["correct", "demo-east-2024/review", "--to", "1", "--reason", "why", "--by", "office"], "did you mean"),
    ],
)
def test_a_person_s_mistake_ends_with_2_and_changes_nothing(words: list[str], said: str, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    told = disclosure(*words, "--data", folder)
    assert told.returncode == 2
    assert said in told.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_two_folders_are_compared_or_named_as_missing(folder: Path) -> None:
    told = disclosure("diff", folder, folder.parent / "nowhere")
    assert (told.returncode, "there is no such folder" in told.stderr) == (2, True)


def test_one_unknown_id_keeps_the_others_from_being_written(folder: Path) -> None:
    words = ("--reason", "why", "--by", "office", "--data", folder)
    assert disclosure("check", "--accept", FINDING, "--reopen", "nothing", *words).returncode == 2
    assert not (folder / "verdicts.csv").exists()


def test_a_name_with_brackets_is_printed_as_it_is(folder: Path) -> None:
    units = folder / "units.csv"
    units.write_text(units.read_text(encoding="utf-8").replace("东山县", "东山[/b]县"), encoding="utf-8")
    assert "东山[/b]县" in disclosure("check", "--data", folder).stdout
