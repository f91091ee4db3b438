import csv
import json
from typing import Any

import pytest

from analysis import codebook, facts, paths
from analysis.codebook import Codebook

DATA = paths.ROOT / "data"
TABLES = ["units", "reports", "disclosures", "corrections"]


def resources(book: Codebook) -> dict[str, dict[str, Any]]:
    return {resource["name"]: resource for resource in json.loads(facts.describe(book))["resources"]}


def fields(book: Codebook, table: str) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in resources(book)[table]["schema"]["fields"]}


def test_the_shipped_descriptor_is_the_generated_one() -> None:
    assert (DATA / "datapackage.json").read_text(encoding="utf-8") == facts.describe(codebook.load("en"))


def test_the_descriptor_is_a_data_package_of_the_four_tables(book: Codebook) -> None:
    package = json.loads(facts.describe(book))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert [resource["path"] for resource in package["resources"]] == [f"{table}.csv" for table in TABLES]


@pytest.mark.parametrize("table", TABLES)
def test_the_fields_are_the_columns_of_the_shipped_file(zh: Codebook, table: str) -> None:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert list(fields(zh, table)) == header == list(facts.schema(zh, table))


@pytest.mark.parametrize("table", TABLES)
def test_every_closed_list_is_given_whole(zh: Codebook, table: str) -> None:
    given = {name: field.get("constraints", {}).get("enum") for name, field in fields(zh, table).items()}
    wanted = {column.column: zh.lists[column.one_of] if column.one_of else None for column in zh.table(table)}
    assert given == wanted


def test_the_status_of_a_fact_may_be_any_that_is_stored(zh: Codebook) -> None:
    assert fields(zh, "disclosures")["status"]["constraints"]["enum"] == [
        "reported",
        "definition_differs",
        "estimated",
        "conflicting",
        "blank",
        "worded",
    ]


def test_bounds_are_numbers_of_the_fields_own_type(zh: Codebook) -> None:
    year, value = (fields(zh, "disclosures")[name] for name in ("year", "value"))
    assert (year["type"], year["constraints"]) == ("integer", {"required": True, "minimum": 2000, "maximum": 2100})
    assert (value["type"], value["constraints"]) == ("number", {"minimum": 0})
    assert isinstance(year["constraints"]["minimum"], int)


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        ("units", {"parent": ("units", "unit")}),
        ("reports", {"unit": ("units", "unit")}),
        ("disclosures", {"unit": ("units", "unit"), "source": ("reports", "report")}),
        ("corrections", {"unit": ("units", "unit"), "source": ("reports", "report")}),
    ],
)
def test_foreign_keys_point_to_fields_that_are_there(
    zh: Codebook, table: str, keys: dict[str, tuple[str, str]]
) -> None:
    found = {}
    for key in resources(zh)[table]["schema"]["foreignKeys"]:
        target = key["reference"].get("resource", table)  # without a resource it is the table itself
        assert set(key["reference"]["fields"]) <= set(fields(zh, target))
        found[key["fields"][0]] = (target, key["reference"]["fields"][0])
    assert found == keys


@pytest.mark.parametrize(("table", "primary"), [("units", ["unit"]), ("reports", ["report"]), ("disclosures", None)])
def test_ids_are_primary_keys(zh: Codebook, table: str, primary: list[str] | None) -> None:
    assert resources(zh)[table]["schema"].get("primaryKey") == primary
