"""Opens the files of the codebook."""

import csv
import tomllib
from typing import Any

from analysis import paths


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file, as text."""
    with (paths.CODEBOOK / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def entries(name: str) -> dict[str, Any]:
    """The entries of a TOML file, in its order."""
    return tomllib.loads((paths.CODEBOOK / name).read_text(encoding="utf-8"))
