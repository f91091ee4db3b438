"""`disclosure demo` as its users meet it."""

import subprocess
import sys
from pathlib import Path

import pytest

from analysis import facts


def disclosure(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "analysis.cli", *map(str, words)], capture_output=True, text=True, check=False
    )


def test_a_folder_is_made_and_the_next_step_named(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "demo"
    told = disclosure("demo", folder, "--units", 3, "--years", "2019-2021", "--seed", 5)
    assert told.returncode == 0, told.stderr
    said, following, warning = told.stdout.splitlines()
    assert said.startswith("12 invented units, ")
    assert said.endswith(str(folder))
    assert following == f"next: disclosure build --unit demo --data {folder}"
    assert warning.strip().startswith("begin with this unit: without --unit ")
    assert set(facts.load(folder).reports["year"]) == {2019, 2020, 2021}
    assert disclosure("check", "--data", folder).returncode == 0


def test_one_year_may_stand_alone(tmp_path: Path) -> None:
    assert disclosure("demo", tmp_path / "demo", "--units", 1, "--years", "2024").returncode == 0
    assert set(facts.load(tmp_path / "demo").reports["year"]) == {2024}


@pytest.mark.parametrize(
    ("words", "where", "fix"),
    [
        (["--years", "2025-2008"], "--years", "the earlier one first"),
        (["--years", "2008..2025"], "--years: '2008..2025'", "2008-2025"),
        (["--years", "last year"], "--years: 'last year'", "2008-2025"),
        (["--years", "1999-2010"], "--years: 1999-2010", "from 2008"),
        (["--years", "2020-2222"], "--years: 2020-2222", "to 2100"),
        (["--units", "0"], "--units: 0", "from 1 to"),
        (["--units", "-1"], "--units: -1", "from 1 to"),
        (["--units", "many"], "--units", "int"),
    ],
)
def test_a_mistake_ends_with_2_and_the_next_step_and_writes_nothing(
    words: list[str], where: str, fix: str, tmp_path: Path
) -> None:
    told = disclosure("demo", tmp_path / "demo", *words)
    assert told.returncode == 2, told.stderr
    assert where in told.stderr
    assert fix in told.stderr
    assert "Traceback" not in told.stderr
    assert not (tmp_path / "demo").exists()


def test_a_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("mine")
    told = disclosure("demo", tmp_path, "--units", 2)
    assert told.returncode == 2
    assert f"{tmp_path}: it holds something else" in told.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_help_gives_an_example() -> None:
    told = disclosure("demo", "--help")
    assert told.returncode == 0
    assert "disclosure demo ../demo --units 96 --years 2008-2025" in told.stdout
