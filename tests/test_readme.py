"""What the two READMEs promise: the same commands in both, verbs that exist, code that runs, the refusal as shown."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis import cli, facts, paths
from analysis.charts import Exhibit
from analysis.errors import BadData

NAMES = ["README.md", "README.zh-CN.md"]


def blocks(name: str, language: str) -> list[str]:
    text = (paths.ROOT / name).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def commands(name: str) -> list[str]:
    lines = "\n".join(blocks(name, "sh")).splitlines()
    return [line.split("#")[0].strip() for line in lines]


def test_both_readmes_give_the_same_commands() -> None:
    assert commands("README.md") == commands("README.zh-CN.md")
    assert commands("README.md")[:2] == ["make dashboards", "make test"]


def test_every_verb_and_file_named_exists() -> None:
    verbs = {line.split()[1] for line in commands("README.md") if "disclosure " in line}
    assert verbs <= set(cli.app)
    for name in NAMES:
        for target in re.findall(r"\]\(([^)#]+)\)", (paths.ROOT / name).read_text(encoding="utf-8")):
            assert (paths.ROOT / target).exists(), target


@pytest.mark.parametrize("name", NAMES)
def test_the_python_of_the_readme_runs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(paths.DATA_VARIABLE, raising=False)
    *lines, last = blocks(name, "python")[0].strip().splitlines()
    room: dict[str, object] = {}
    exec("\n".join(lines), room)  # noqa: S102 our own words
    exhibit = eval(last, room)  # noqa: S307 our own words
    assert isinstance(exhibit, Exhibit)
    assert "3" in exhibit.finding


def test_a_refusal_reads_as_shown(make_folder: Callable[..., Path]) -> None:
    figures = [
        {"unit": "demo-east", "year": 2000 + number, "indicator": "hearings", "value": 1} for number in range(12)
    ]
    folder = make_folder(*figures, {"unit": "demo-east", "year": 2012, "indicator": "hearing", "value": 1})
    with pytest.raises(BadData) as refused:
        facts.load(folder)
    shown = blocks("README.md", "text")[0].replace("data/", f"{folder}/").strip()
    assert str(refused.value) == shown
