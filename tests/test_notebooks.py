"""Every notebook runs by papermill on small facts, in both languages, and refuses parameters that it does not have."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from analysis import notebooks, paths
from analysis.dashboards import page
from analysis.errors import BadParameter, Unknown

NAMES = [
    "data_quality",
    "hearings_and_press_conferences",
    "publication_volume",
    "request_trends",
    "unit_comparison",
    "yearly_dashboard",
]


def test_these_are_the_notebooks() -> None:
    assert notebooks.names() == NAMES


def test_a_misspelt_notebook_is_refused_with_the_nearest() -> None:
    with pytest.raises(Unknown, match="did you mean yearly_dashboard"):
        notebooks.path("yearly_dashbord")


@pytest.mark.parametrize("name", NAMES)
def test_parameters_are_those_of_the_design(name: str) -> None:
    asked = {
        "yearly_dashboard": ["unit", "year", "since", "peers"],
        "data_quality": ["unit", "year"],
        "unit_comparison": ["region", "year", "level", "indicator"],
    }
    assert list(notebooks.parameters(name)) == [*asked.get(name, ["unit", "since", "until", "peers"]), "language"]
    assert all(parameter.help for parameter in notebooks.parameters(name).values())


def test_parameters_are_typed() -> None:
    checked = notebooks.checked("yearly_dashboard", {"year": "2024"})
    assert checked == {"unit": "hunan-yiyang-anhua", "year": 2024, "since": 0, "peers": "level", "language": "zh"}


@pytest.mark.parametrize(
    ("given", "what"), [({"yaer": 2024}, "did you mean year"), ({"year": "soon"}, "'soon' is not of type int")]
)
def test_a_wrong_parameter_is_refused(given: dict[str, str | int], what: str) -> None:
    with pytest.raises(BadParameter, match=what):
        notebooks.checked("yearly_dashboard", given)


@pytest.mark.parametrize("name", NAMES)
def test_papermill_explains_every_parameter(name: str) -> None:
    command = [sys.executable, "-m", "papermill", "--help-notebook", str(notebooks.path(name))]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for parameter in notebooks.parameters(name):
        assert f"{parameter}: " in told
    assert "unit id" in told


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_stands_on_a_line_of_its_own_or_papermill_cannot_read_it(name: str) -> None:
    cells = nbformat.read(notebooks.path(name), 4).cells
    (source,) = [cell.source for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    assert all(re.fullmatch(r"\w+: (int|str) = \S+  # .+", line) for line in source.splitlines())


HISTORIES: dict[str, list[dict[str, object]]] = {
    "one figure in one year": [{"unit": "demo-east", "year": 2013, "indicator": "hearings", "value": 5}],
    "a gap, a break and a blank": [
        {"unit": "demo-east", "year": year, "indicator": indicator, "value": value}
        for year, indicator, value in [
            (2016, "requests_received", 12), (2018, "requests_received", 15), (2018, "requests_refused", 3),
            (2019, "requests_received", 0), (2019, "requests_refused", 0), (2020, "published_items", 160000),
        ]
    ] + [{"unit": "demo-east", "year": 2020, "indicator": "requests_received", "status": "blank"}],
    "two years": [
        {"unit": "demo-east", "year": year, "indicator": name, "value": value}
        for year, value in ((2023, 40), (2024, 50))
        for name in ("published_items", "hearings", "requests_received", "requests_concluded", "requests_granted")
    ],
    "eighteen years": [
        {"unit": unit, "year": year, "indicator": name, "value": year - 2000}
        for year in range(2008, 2026)
        for unit in ("demo-east", "demo-west")
        for name in ("published_items", "press_conferences", "requests_received", "reviews", "requests_refused")
    ],
    "nothing but staff": [{"unit": "demo-east", "year": 2024, "indicator": "staff", "value": 7}],
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("language", "history"), [*(("zh", each) for each in HISTORIES), ("en", "two years")])
def test_every_notebook_runs_on_any_history(
    name: str, language: str, history: str, make_folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(make_folder(*HISTORIES[history])))
    years = [int(str(row["year"])) for row in HISTORIES[history]]
    of_a_year = {"year": max(years)} if "year" in notebooks.parameters(name) else {}
    place = {"region": "demo"} if "region" in notebooks.parameters(name) else {"unit": "demo-east"}
    executed = notebooks.run(name, place | {"language": language} | of_a_year)
    text = page.render(executed, notebook=name)
    assert ("东山县" if language == "zh" else "East County") in text
    assert "Traceback" not in text
