"""Two editions side by side, and each figure as it was first published and as it stands."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis import codebook, facts
from analysis.codebook import Codebook

MakeFolder = Callable[..., Path]


def fact(indicator: str, value: object, **more: object) -> dict[str, object]:
    return {"unit": "demo-east", "year": 2024, "indicator": indicator, "value": value, **more}


@pytest.fixture
def old(make_folder: MakeFolder, tmp_path: Path) -> Path:
    figures = [fact("hearings", 5), fact("reviews", 20), fact("complaints", 40), fact("staff", "", status="blank")]
    return shutil.copytree(make_folder(*figures), tmp_path / "old")


def test_what_became_of_each_figure_is_told(old: Path, make_folder: MakeFolder, zh: Codebook) -> None:
    figures = [fact("reviews", 21), fact("complaints", 400), fact("lawsuits", 1), fact("staff", 0)]
    apart = facts.diff(facts.load(old), facts.load(make_folder(*figures)), zh)
    assert {row["indicator"]: (row["change"], row["old"], row["new"]) for row in apart.to_dicts()} == {
        "hearings": ("vanished", 5, None),
        "reviews": ("changed", 20, 21),
        "complaints": ("abrupt", 40, 400),
        "lawsuits": ("new", None, 1),
        "staff": ("changed", None, 0),
    }
    assert apart.filter(apart["indicator"] == "staff")["old_said"].to_list() == ["blank"]


def test_an_edition_does_not_differ_from_itself(old: Path, zh: Codebook) -> None:
    assert facts.diff(facts.load(old), facts.load(old), zh).is_empty()


def test_a_second_value_of_a_cell_is_a_change(old: Path, make_folder: MakeFolder, zh: Codebook) -> None:
    torn = [fact("hearings", value, status="conflicting") for value in (5, 6)]
    rest = [fact("reviews", 20), fact("complaints", 40), fact("staff", "", status="blank")]
    apart = facts.diff(facts.load(old), facts.load(make_folder(*torn, *rest)), zh)
    assert apart.select("change", "new", "new_said").rows() == [("changed", None, "5 conflicting, 6 conflicting")]


def test_a_figure_keeps_what_it_was_when_it_was_first_published(make_folder: MakeFolder) -> None:
    correction = fact("hearings", None, printed=6, corrected=7, reason="typing error", by="office", on="2025-03-01")
    correction |= {"applicant": "total", "scope": "unstated", "source": "demo-east-2024"}
    del correction["value"]
    report = {"unit": "demo-east", "year": 2024, "published_on": "2025-01-20"}
    folder = make_folder(fact("hearings", 6), fact("reviews", 2), reports=[report], corrections=[correction])
    earlier = {"applicant": "total", "scope": "unstated", "status": "reported", "qualifier": "exact"}
    earlier |= {"source": "demo-east-2024", "evidence": "一", "method": "table", "replaced_on": "2025-02-01"}
    columns = [column.column for column in codebook.load().table("revisions")]
    with (folder / "revisions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerow(fact("hearings", 5) | earlier)
    told = facts.versions(facts.load(folder)).rows_by_key("indicator", named=True, unique=True)
    names = ("first", "printed", "value", "published_on", "revised_on", "corrected_on", "reason")
    assert [told["hearings"][name] for name in names] == [
        5, 6, 7, "2025-01-20", "2025-02-01", "2025-03-01", "typing error",
    ]  # fmt: skip
    assert [told["reviews"][name] for name in names] == [2, 2, 2, "2025-01-20", None, None, None]


def test_another_qualifier_is_a_change_and_a_cell_stated_twice_may_change_abruptly(
    make_folder: MakeFolder, tmp_path: Path, zh: Codebook
) -> None:
    twice = [fact("reviews", 50), fact("reviews", 50, method="prose")]
    before = shutil.copytree(make_folder(fact("hearings", 5), *twice), tmp_path / "before")
    after = make_folder(fact("hearings", 5, qualifier="at_least"), *[{**row, "value": 500} for row in twice])
    apart = facts.diff(facts.load(before), facts.load(after), zh)
    assert apart.select("indicator", "change", "new_said").rows() == [
        ("hearings", "changed", "5 reported at_least"),
        ("reviews", "abrupt", "500 reported, 500 reported"),
    ]
