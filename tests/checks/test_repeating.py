from collections.abc import Callable
from pathlib import Path

import pytest
from forms import write

from analysis import checks, facts
from analysis.codebook import Codebook

MakeFolder = Callable[..., Path]
Said = list[tuple[str, str]]


def said(make_folder: MakeFolder, zh: Codebook, **years: Said) -> list[tuple[object, ...]]:
    """What is repeated in 2024 of the statements given for y2023 and y2024."""
    reports = [{"unit": "demo", "year": year} for year in (2023, 2024)]
    folder = make_folder(reports=reports)
    rows = [
        {"source": f"demo-{name[1:]}", "number": place, "kind": kind, "text": text, "evidence": "五"}
        for name, told in years.items()
        for place, (kind, text) in enumerate(told, 1)
    ]
    write(folder, "statements", rows)
    found = checks.repeated(facts.load(folder), zh, unit="demo", year=2024)
    return found.select("kind", "text", "last", "alike", "compared").rows()


PROBLEM = "公开的主动性有待提高，2023年仍有3个单位更新不及时。"


def test_a_problem_said_again_is_found_whatever_its_numbers(make_folder: MakeFolder, zh: Codebook) -> None:
    again = PROBLEM.replace("2023", "2024").replace("3个", "12个")
    rows = said(make_folder, zh, y2023=[("problem", PROBLEM)], y2024=[("problem", again)])
    assert rows == [("problem", again, PROBLEM, 100.0, True)]


def test_a_new_problem_and_one_not_said_again_stand_apart(make_folder: MakeFolder, zh: Codebook) -> None:
    new = "政策解读形式单一，图解和视频偏少。"
    rows = said(make_folder, zh, y2023=[("problem", PROBLEM)], y2024=[("problem", new)])
    assert rows == [("problem", new, None, None, True), ("problem", None, PROBLEM, None, True)]


def test_a_measure_does_not_repeat_a_problem_nor_is_it_new_where_no_measure_is_held(
    make_folder: MakeFolder, zh: Codebook
) -> None:
    rows = said(make_folder, zh, y2023=[("problem", PROBLEM)], y2024=[("measure", PROBLEM)])
    assert rows == [("problem", None, PROBLEM, None, True), ("measure", PROBLEM, None, None, False)]


def test_two_that_were_like_it_are_both_said_again(make_folder: MakeFolder, zh: Codebook) -> None:
    other = PROBLEM.replace("提高", "提升")
    rows = said(make_folder, zh, y2023=[("problem", other), ("problem", PROBLEM)], y2024=[("problem", PROBLEM)])
    assert [row[:3] for row in rows] == [("problem", PROBLEM, PROBLEM)]


def test_numbers_in_words_are_left_aside_too(make_folder: MakeFolder, zh: Codebook) -> None:
    texts = [("problem", f"专区使用率不足{size}成。") for size in ("三", "五")]
    rows = said(make_folder, zh, y2023=texts[:1], y2024=texts[1:])
    assert [row[3] for row in rows] == [100.0]


def test_nothing_is_called_new_where_the_year_before_is_not_held(make_folder: MakeFolder, zh: Codebook) -> None:
    assert said(make_folder, zh, y2024=[("problem", PROBLEM)]) == [("problem", PROBLEM, None, None, False)]


@pytest.mark.parametrize("years", [{}, {"y2023": [("problem", PROBLEM)]}])
def test_a_report_whose_words_are_not_held_says_nothing(
    make_folder: MakeFolder, zh: Codebook, years: dict[str, Said]
) -> None:
    assert said(make_folder, zh, **years) == []
