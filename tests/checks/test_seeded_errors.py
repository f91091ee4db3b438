"""A full form whose sums all hold, one error put into it at a time: which are caught, and which no sum can catch."""

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations, product

import pytest
from forms import (
    APPLICANTS,
    DISPUTES,
    DOCUMENTS,
    GROUPS,
    KINDS,
    OUTCOMES,
    REQUESTS,
    ROUTES,
    YEAR,
    Cell,
    Folder,
    Form,
    MakeFolder,
    cells,
    figures,
    found,
    full_forms,
    unit,
)

from analysis.codebook import load

Lose = Callable[[list[str], list[str]], Form]
Finding = tuple[str, str, str]  # rule, indicator, applicant
LAST, NOW = full_forms()
COLUMNS = [*APPLICANTS, "total"]
TABLES: list[Cell] = [
    *[(name, column) for name in REQUESTS for column in COLUMNS],
    *[(name, "total") for name in DISPUTES],
]
KEPT: list[Cell] = [(f"{name}_{kind}", "total") for name in DOCUMENTS for kind in ("in_force", "issued", "repealed")]
ROUTE_CELLS = {route: [*[f"{route}_{kind}" for kind in KINDS], route] for route in ROUTES}
BETWEEN_GROUPS = [pair for groups in combinations(GROUPS.values(), 2) for pair in product(*groups)]
GROUP_TOTALS = list(product(GROUPS, COLUMNS))
BETWEEN_YEARS = {name for name, rule in load().identities.items() if rule.between_years}


def weighed(make: MakeFolder, forms: Mapping[str, Form]) -> dict[str, dict[Finding, str]]:
    """What is found of each form, had it been this year's; last year's is right."""
    folder = Folder()
    for number, form in enumerate(forms.values()):
        name = f"case{number}"
        folder.units.append(unit(name))
        folder.reports.extend({"unit": name, "year": year, "title": f"{year}年度报告"} for year in (YEAR - 1, YEAR))
        folder.figures.extend([*cells(name, YEAR - 1, LAST), *cells(name, YEAR, form)])
    findings = found(folder.load(make), years=[YEAR])
    said: dict[str, dict[Finding, str]] = {name: {} for name in forms}
    labels = dict(zip((f"case{number}" for number in range(len(forms))), forms, strict=True))
    for of, verdict, *finding in findings.select("unit", "verdict", "rule", "indicator", "applicant").rows():
        said[labels[of]][finding[0], finding[1], finding[2]] = verdict
    return said


def uncaught(make: MakeFolder, forms: Mapping[str, Form]) -> list[str]:
    """The forms of which no sum fails."""
    sums = load().identities
    return [
        name
        for name, held in weighed(make, forms).items()
        if not any(rule in sums and verdict == "fail" for (rule, _, _), verdict in held.items())
    ]


def unnoticed(make: MakeFolder, forms: Mapping[str, Form]) -> list[str]:
    """The forms of which nothing fails and nothing is unknown; of the right one nothing is."""
    return [name for name, held in weighed(make, forms).items() if set(held.values()) <= {"pass"}]


def changed(cell: Cell, value: float | None) -> Form:
    return {**NOW, cell: value}


def lost(names: list[str], columns: list[str]) -> Form:
    return {cell: value for cell, value in NOW.items() if cell[0] not in names or cell[1] not in columns}


def blank(names: list[str], columns: list[str]) -> Form:
    return {cell: None if cell[0] in names and cell[1] in columns else value for cell, value in NOW.items()}


def swapped_digits(value: float) -> Iterator[float]:
    """`value` with two of its digits, that differ, in each other's place."""
    digits = str(int(value))
    for one, other in combinations(range(len(digits)), 2):
        if digits[one] != digits[other]:
            moved = list(digits)
            moved[one], moved[other] = moved[other], moved[one]
            yield int("".join(moved))


def rows_swapped(one: str, other: str, columns: list[str]) -> Form:
    moved = {(one, column): NOW[other, column] for column in columns}
    return {**NOW, **moved, **{(other, column): NOW[one, column] for column in columns}}


def columns_swapped(one: str, other: str) -> Form:
    moved = {(name, one): NOW[name, other] for name in REQUESTS}
    return {**NOW, **moved, **{(name, other): NOW[name, one] for name in REQUESTS}}


def shifted(names: list[str], columns: list[str], first: int, by: int) -> Form:
    """From row `first` on every row holds what stands in the row above (by 1) or below (by -1)."""
    rows = [number for number in range(first, len(names)) if 0 <= number - by < len(names)]
    return {**NOW, **{(names[row], column): NOW[names[row - by], column] for row in rows for column in columns}}


def failed(held: Mapping[Finding, str]) -> set[str]:
    return {rule for (rule, _, _), verdict in held.items() if verdict == "fail"}


def test_the_invented_form_is_full_and_breaks_no_rule(make_folder: MakeFolder) -> None:
    folder = Folder(units=[unit("demo"), unit("demo-east", "demo")])
    folder.figures.extend([*cells("demo-east", YEAR - 1, LAST), *cells("demo-east", YEAR, NOW)])
    told = NOW["requests_received", "total"]
    folder.figures.extend(figures(f"requests_received:prose {int(told or 0)}", "demo-east"))
    folder.reports.extend(
        {"unit": "demo-east", "year": year, "title": f"示例市{year}年政府信息公开工作年度报告"}
        for year in (YEAR - 1, YEAR)
    )
    findings = found(folder.load(make_folder), years=[YEAR])
    assert findings["verdict"].unique().to_list() == ["pass"]
    own = {name for name, rule in load().identities.items() if "standard_2021" in rule.editions and not rule.fills}
    assert own <= set(findings["rule"])
    form = {name for name, entry in load().indicators.items() if entry.cells["standard_2021"].startswith(("三", "四"))}
    assert {name for name, _ in TABLES} == form - set(GROUPS)


@pytest.mark.parametrize("by", [1, -1])
def test_every_cell_that_is_one_off_is_caught(make_folder: MakeFolder, by: int) -> None:
    errors = {"@".join(cell): changed(cell, (NOW[cell] or 0) + by) for cell in [*TABLES, *KEPT]}
    assert len(errors) == 25 * 7 + 15 + 6
    assert uncaught(make_folder, errors) == []


def test_every_cell_with_two_digits_swapped_is_caught(make_folder: MakeFolder) -> None:
    errors = {f"{cell} {value}": changed(cell, value) for cell in TABLES for value in swapped_digits(NOW[cell] or 0)}
    assert len({name.partition(")")[0] for name in errors}) > 150
    assert uncaught(make_folder, errors) == []


@pytest.mark.parametrize("lose", [lost, blank])
def test_every_row_or_column_that_is_lost_is_noticed(make_folder: MakeFolder, lose: Lose) -> None:
    errors = {name: lose([name], COLUMNS) for name in [*REQUESTS, *DISPUTES]}
    errors |= {column: lose(REQUESTS, [column]) for column in COLUMNS}
    assert unnoticed(make_folder, errors) == []


@pytest.mark.parametrize("lose", [lost, blank])
@pytest.mark.parametrize("names", [*ROUTE_CELLS.values(), DISPUTES, REQUESTS], ids=[*ROUTES, "section 4", "section 3"])
def test_every_group_or_table_that_is_lost_is_noticed(make_folder: MakeFolder, names: list[str], lose: Lose) -> None:
    assert unnoticed(make_folder, {"lost": lose(names, COLUMNS)}) == []


@pytest.mark.parametrize("by", [1, -1])
def test_rows_that_are_moved_by_one_are_caught(make_folder: MakeFolder, by: int) -> None:
    errors = {f"{REQUESTS[first]} on": shifted(REQUESTS, COLUMNS, first, by) for first in range(len(REQUESTS))}
    errors |= {f"{DISPUTES[first]} on": shifted(DISPUTES, ["total"], first, by) for first in range(len(DISPUTES))}
    errors = {name: form for name, form in errors.items() if form != NOW}
    assert len(errors) == len(REQUESTS) + len(DISPUTES) - (2 if by < 0 else 0)
    assert uncaught(make_folder, errors) == []


def test_no_sum_catches_two_rows_swapped_within_one_group(make_folder: MakeFolder) -> None:
    pairs = [pair for names in GROUPS.values() for pair in combinations(names, 2)]
    errors = {f"{one}, {other}": rows_swapped(one, other, COLUMNS) for one, other in pairs}
    results = [pair for names in ROUTE_CELLS.values() for pair in combinations(names[:-1], 2)]
    errors |= {f"{one}, {other}": rows_swapped(one, other, ["total"]) for one, other in results}
    assert uncaught(make_folder, errors) == list(errors)


def test_no_sum_catches_two_outcomes_swapped_for_the_form_prints_no_totals_of_their_groups(
    make_folder: MakeFolder,
) -> None:
    pairs = list(combinations(OUTCOMES, 2))
    assert set(BETWEEN_GROUPS) < set(pairs)
    errors = {f"{one}, {other}": rows_swapped(one, other, COLUMNS) for one, other in pairs}
    assert uncaught(make_folder, errors) == list(errors)


def test_two_outcomes_swapped_between_groups_are_caught_where_a_report_states_their_totals(
    make_folder: MakeFolder,
) -> None:
    totals = {(name, column): sum(NOW[part, column] or 0 for part in GROUPS[name]) for name, column in GROUP_TOTALS}
    errors = {f"{one}, {other}": totals | rows_swapped(one, other, COLUMNS) for one, other in BETWEEN_GROUPS}
    assert unnoticed(make_folder, {"right": totals | NOW}) == ["right"]
    assert uncaught(make_folder, errors) == []


def test_sums_catch_an_outcome_swapped_with_a_row_that_is_none(make_folder: MakeFolder) -> None:
    others = [name for name in REQUESTS if name not in OUTCOMES]
    pairs = [*combinations(others, 2), *[(other, name) for other in others for name in OUTCOMES]]
    pairs.remove(("requests_received", "requests_carried_in"))  # caught by the carry-over alone
    pairs.remove(("requests_concluded", "requests_carried_out"))
    errors = {f"{one}, {other}": rows_swapped(one, other, COLUMNS) for one, other in pairs}
    assert uncaught(make_folder, errors) == []


def test_no_sum_catches_the_lawsuits_of_one_route_put_under_the_other(make_folder: MakeFolder) -> None:
    form = {**NOW}
    for one, other in zip(ROUTE_CELLS["lawsuits_direct"], ROUTE_CELLS["lawsuits_after_review"], strict=True):
        form[one, "total"], form[other, "total"] = NOW[other, "total"], NOW[one, "total"]
    assert uncaught(make_folder, {"swapped": form}) == ["swapped"]


def test_no_sum_of_the_year_catches_two_columns_of_applicants_swapped(make_folder: MakeFolder) -> None:
    errors = {f"{one}, {other}": columns_swapped(one, other) for one, other in combinations(APPLICANTS, 2)}
    said = weighed(make_folder, errors)
    assert {name: failed(held) & set(load().identities) - BETWEEN_YEARS for name, held in said.items()} == {
        name: set() for name in errors
    }


def test_only_what_was_carried_over_betrays_two_columns_of_applicants_swapped(make_folder: MakeFolder) -> None:
    errors = {f"{one}, {other}": columns_swapped(one, other) for one, other in combinations(APPLICANTS, 2)}
    said = weighed(make_folder, errors)
    assert {name: failed(held) for name, held in said.items()} == {name: {"carry_over"} for name in errors}


def test_no_sum_catches_two_errors_that_even_out(make_folder: MakeFolder) -> None:
    moved = rows_swapped("refused_security", "refused_process", ["company", "total"])
    assert uncaught(make_folder, {"one column and its total": moved}) == []
    even = {**NOW}
    for name, column, by in [
        ("refused_security", "company", 1), ("refused_process", "company", -1),
        ("refused_security", "legal_service", -1), ("refused_process", "legal_service", 1),
    ]:  # fmt: skip
        even[name, column] = (NOW[name, column] or 0) + by
    assert uncaught(make_folder, {"four cells": even}) == ["four cells"]
