"""Rows for other programs, as every verb prints them."""

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

from cyclopts import Parameter

Format = Annotated[Literal["table", "csv", "json"], Parameter(name="--format", help="How rows are printed.")]


def print_rows(rows: Sequence[Mapping[str, Any]], format_: str, columns: Iterable[str]) -> None:
    """Print `rows` as JSON or, with these `columns`, as CSV."""
    if format_ == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
    else:
        writer = csv.DictWriter(sys.stdout, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
