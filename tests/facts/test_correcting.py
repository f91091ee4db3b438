"""A correction is taken down with what it expects, by whom and why; nothing else in the folder changes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis import facts
from analysis.codebook import Codebook
from analysis.errors import BadParameter, DisclosureError, Unknown
from analysis.facts import Disclosures

MakeFolder = Callable[..., Path]
HEARINGS = {"unit": "demo-east", "year": 2024, "indicator": "hearings", "value": 51}
TYPIST = {"reason": "typing error", "by": "office"}


def values(data: Disclosures) -> list[tuple[float | None, float | None, bool]]:
    return data.facts.select("value", "printed", "corrected").collect().rows()


def test_a_correction_is_appended_and_takes_effect_on_load(make_folder: MakeFolder, zh: Codebook) -> None:
    folder = make_folder(HEARINGS)
    before = (folder / "disclosures.csv").read_bytes()
    row = facts.correct(facts.load(folder), "demo-east-2024/hearings", 5, zh, **TYPIST)
    assert (row["printed"], row["corrected"], row["reason"], row["by"]) == ("51", "5", "typing error", "office")
    assert values(facts.load(folder)) == [(5, 51, True)]
    assert (folder / "disclosures.csv").read_bytes() == before


def test_a_later_correction_goes_before_an_earlier_one_which_stays_on_record(
    make_folder: MakeFolder, zh: Codebook
) -> None:
    folder = make_folder(HEARINGS)
    for to in (5, 15):
        facts.correct(facts.load(folder), "demo-east-2024/hearings", to, zh, **TYPIST)
    data = facts.load(folder)
    assert values(data) == [(15, 51, True)]
    assert data.own("corrections").height == 2


def test_a_blank_cell_and_a_column_of_applicants_can_be_corrected(make_folder: MakeFolder, zh: Codebook) -> None:
    cell = {**HEARINGS, "indicator": "requests_received", "applicant": "company", "value": "", "status": "blank"}
    folder = make_folder(cell)
    facts.correct(facts.load(folder), "demo-east-2024/requests_received@company", 0, zh, **TYPIST)
    assert values(facts.load(folder)) == [(0, None, True)]


@pytest.mark.parametrize(
    ("cell", "error", "said"),
    [
        ("hearings", BadParameter, "unit-year/indicator"),
        ("demo-east-2024/hearing", Unknown, "did you mean hearings?"),
        ("demo-eest-2024/hearings", Unknown, "demo-east"),
        ("demo-east-2023/hearings", Unknown, "typed by hand"),
        ("demo-east-2024/hearings/own", Unknown, "no such figure"),
        ("demo-east-2024/press_conferences", Unknown, "stated more than once: 2 (unstated, table), 3 (region, table)"),
    ],
)
def test_a_figure_that_is_not_there_once_is_refused(
    cell: str, error: type[DisclosureError], said: str, make_folder: MakeFolder, zh: Codebook
) -> None:
    press = {**HEARINGS, "indicator": "press_conferences", "value": 2}
    folder = make_folder(HEARINGS, press, {**press, "scope": "region", "value": 3})
    with pytest.raises(error) as told:
        facts.correct(facts.load(folder), cell, 5, zh, **TYPIST)
    assert said in str(told.value)
    assert facts.load(folder).own("corrections").is_empty()


def test_no_figure_is_below_zero(make_folder: MakeFolder, zh: Codebook) -> None:
    with pytest.raises(BadParameter, match="below 0"):
        facts.correct(facts.load(make_folder(HEARINGS)), "demo-east-2024/hearings", -1, zh, **TYPIST)


def test_what_table_and_text_state_alike_is_corrected_in_both(make_folder: MakeFolder, zh: Codebook) -> None:
    folder = make_folder(HEARINGS, {**HEARINGS, "method": "prose"})
    facts.correct(facts.load(folder), "demo-east-2024/hearings", 5, zh, **TYPIST)
    assert values(facts.load(folder)) == [(5, 51, True), (5, 51, True)]


def test_a_blank_cell_beside_a_figure_of_the_text_is_told_apart(make_folder: MakeFolder, zh: Codebook) -> None:
    folder = make_folder({**HEARINGS, "value": "", "status": "blank"}, {**HEARINGS, "method": "prose"})
    with pytest.raises(Unknown, match=r"blank \(unstated, table\), 51 \(unstated, prose\)"):
        facts.correct(facts.load(folder), "demo-east-2024/hearings", 5, zh, **TYPIST)


def test_every_digit_of_what_is_printed_is_kept(make_folder: MakeFolder, zh: Codebook) -> None:
    folder = make_folder({**HEARINGS, "indicator": "charges_income", "value": 1.23456789})
    facts.correct(facts.load(folder), "demo-east-2024/charges_income", 2.5, zh, **TYPIST)
    assert values(facts.load(folder)) == [(2.5, 1.23456789, True)]
