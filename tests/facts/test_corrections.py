from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import codebook, facts
from analysis.facts import Disclosures, corrections
from analysis.facts.corrections import CELL

MakeData = Callable[..., Disclosures]
HEARINGS = {"unit": "demo", "year": 2024, "indicator": "hearings", "value": 5}
INDICATORS = ["hearings", "reviews", "lawsuits", "complaints"]


def entry(printed: object, corrected: object, **changed: object) -> dict[str, object]:
    cell = {"unit": "demo", "year": 2024, "indicator": "hearings", "applicant": "total", "scope": "unstated"}
    said = {"source": "demo-2024", "reason": "misprint", "by": "analyst", "on": "2025-03-01"}
    return {**cell, **said, "printed": printed, "corrected": corrected, **changed}


def outcome(data: Disclosures) -> list[tuple[object, ...]]:
    return data.facts.select("value", "printed", "status", "corrected").collect().rows()


def stale(data: Disclosures) -> list[tuple[object, ...]]:
    return data.stale_corrections.select("printed", "corrected").rows()


def test_without_corrections_every_figure_is_as_printed(make_data: MakeData) -> None:
    data = make_data(HEARINGS)
    assert (outcome(data), stale(data)) == ([(5, 5, "reported", False)], [])


def test_a_folder_without_a_file_of_corrections_has_none(make_folder: Callable[..., Path]) -> None:
    folder = make_folder(HEARINGS)
    (folder / "corrections.csv").unlink()
    data = facts.load(folder)
    assert (outcome(data), stale(data)) == ([(5, 5, "reported", False)], [])
    assert data.stale_corrections.schema == facts.schema(codebook.load(), "corrections")


def test_a_correction_changes_the_value_and_keeps_what_was_printed(make_data: MakeData) -> None:
    data = make_data(HEARINGS, corrections=[entry(5, 15)])
    assert (outcome(data), stale(data)) == ([(15, 5, "reported", True)], [])


@pytest.mark.parametrize("status", ["blank", "worded"])
def test_a_cell_without_a_figure_is_reported_once_corrected(make_data: MakeData, status: str) -> None:
    data = make_data({**HEARINGS, "value": "", "status": status}, corrections=[entry("", 0)])
    assert (outcome(data), stale(data)) == ([(0, None, "reported", True)], [])


@pytest.mark.parametrize(
    ("printed", "changed"),
    [
        (6, {}), ("", {}), (0, {}), (5, {"indicator": "complaints"}), (5, {"scope": "own"}),
        (5, {"applicant": "company"}), (5, {"unit": "demo-east"}), (5, {"year": 2023}), (5, {"source": "demo-2025"}),
    ],
)  # fmt: skip
def test_an_entry_that_does_not_find_what_it_expects_is_stale(
    make_data: MakeData, printed: object, changed: dict[str, object]
) -> None:
    data = make_data(HEARINGS, reports=[{"unit": "demo", "year": 2025}], corrections=[entry(printed, 15, **changed)])
    assert outcome(data) == [(5, 5, "reported", False)]
    assert stale(data) == [(printed if printed != "" else None, 15)]


@pytest.mark.parametrize(
    ("entries", "value", "left"),
    [([(5, 6), (5, 7)], 7, []), ([(4, 6), (5, 7)], 7, []), ([(5, 6), (4, 7)], 5, [(4, 7)])],
)
def test_of_two_entries_for_one_cell_the_last_counts(
    make_data: MakeData, entries: list[tuple[int, int]], value: int, left: list[tuple[int, int]]
) -> None:
    data = make_data(HEARINGS, corrections=[entry(printed, corrected) for printed, corrected in entries])
    assert (outcome(data)[0][0], stale(data)) == (value, left)


def test_of_conflicting_statements_only_the_one_meant_is_corrected(make_data: MakeData) -> None:
    rows = [{**HEARINGS, "status": "conflicting"}, {**HEARINGS, "value": 50, "status": "conflicting"}]
    data = make_data(*rows, corrections=[entry(50, 6)])
    assert outcome(data) == [(5, 5, "conflicting", False), (6, 50, "conflicting", True)]


def test_corrections_leave_the_rows_in_file_order(make_data: MakeData) -> None:
    rows = [{**HEARINGS, "year": year, "value": year} for year in range(2000, 2025)]
    data = make_data(*rows, corrections=[entry(2024, 1)])
    assert data.facts.collect()["year"].to_list() == list(range(2000, 2025))


cells = st.dictionaries(
    st.sampled_from(INDICATORS), st.tuples(st.one_of(st.none(), st.integers(0, 99)), st.integers(0, 99)), min_size=1
).map(lambda drawn: {name: pair for name, pair in drawn.items() if pair[0] != pair[1]})


@settings(max_examples=30, deadline=None)
@given(cells=cells)
def test_corrections_offered_what_they_already_corrected_are_stale(cells: dict[str, tuple[int | None, int]]) -> None:
    entries = pl.DataFrame(
        [entry(printed, corrected, indicator=name) for name, (printed, corrected) in cells.items()],
        schema_overrides={"printed": pl.Float64, "corrected": pl.Float64},
        schema=None if cells else [*CELL, "printed", "corrected"],
    )
    printed = entries.select(*CELL, value="printed").with_columns(
        status=pl.when(pl.col("value").is_null()).then(pl.lit("blank")).otherwise(pl.lit("reported"))
    )
    once = corrections.apply(printed.lazy(), entries)
    again = corrections.apply(once.facts.drop("printed", "corrected"), entries)
    assert once.stale.is_empty()
    assert sorted(once.facts.collect()["value"]) == sorted(entries["corrected"])
    assert sorted(again.stale["indicator"]) == sorted(cells)
    assert again.facts.collect()["corrected"].any() is False
    assert sorted(again.facts.collect()["value"]) == sorted(entries["corrected"])
