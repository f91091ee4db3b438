"""The Data Package (v2) descriptor of a data folder, generated from the codebook."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.codebook import Codebook, Column

TABLES = ("units", "reports", "disclosures", "corrections")
ONE_S_OWN = ("revisions", "statements", "growths", "verdicts")  # written by commands; the repository ships none


def own(folder: Path) -> list[str]:
    """The tables of a user's own that `folder` holds."""
    return [name for name in ONE_S_OWN if (folder / f"{name}.csv").is_file()]


def describe(book: Codebook, own: Sequence[str] = ()) -> str:
    """The text of datapackage.json: every table, and those of a user's `own`, with columns, constraints, references."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "government-information-disclosure",
        "title": "Figures of annual reports on government information disclosure",
        "resources": [_resource(book, table) for table in (*TABLES, *own)],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(book: Codebook, table: str) -> dict[str, Any]:
    columns = book.table(table)
    schema: dict[str, Any] = {"fields": [_field(column, book) for column in columns], "missingValues": [""]}
    if unique := [column.column for column in columns if column.unique]:
        schema["primaryKey"] = unique
    if references := [column for column in columns if column.refers_to]:
        schema["foreignKeys"] = [_foreign_key(column, table) for column in references]
    return {
        "name": table,
        "type": "table",
        "path": f"{table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column, book: Codebook) -> dict[str, Any]:
    bound = int if column.type == "integer" else float
    constraints = {
        "required": column.required or None,
        "unique": column.unique or None,
        "pattern": column.pattern or None,
        "minimum": None if column.minimum is None else bound(column.minimum),
        "maximum": None if column.maximum is None else bound(column.maximum),
        "enum": book.lists[column.one_of] if column.one_of else None,
    }
    field = {"name": column.column, "type": column.type, "description": column.description}
    held = {name: value for name, value in constraints.items() if value is not None}
    return field | ({"constraints": held} if held else {})


def _foreign_key(column: Column, table: str) -> dict[str, Any]:
    resource, _, field = column.refers_to.partition(".")
    target = {"resource": resource, "fields": [field]} if resource != table else {"fields": [field]}
    return {"fields": [column.column], "reference": target}
