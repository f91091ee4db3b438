"""What a chart draws: its layers with their marks and rows, for tests of charts."""

from typing import Any

from analysis.charts import Exhibit


def drawn(exhibit: Exhibit, mark: str, *, chart: int = 0) -> list[dict[str, Any]]:
    """The rows of every layer of a chart with this mark."""
    spec = exhibit.charts[chart].to_dict()
    rows: list[dict[str, Any]] = []
    for layer in spec["layer"]:
        kind = layer["mark"] if isinstance(layer["mark"], str) else layer["mark"]["type"]
        if kind == mark:
            rows += spec["datasets"][layer.get("data", spec.get("data", {}))["name"]]
    return rows


def cells(exhibit: Exhibit) -> list[list[str]]:
    """The texts of an exhibit's table."""
    assert exhibit.table
    return [[cell.text for cell in row] for row in exhibit.table.rows]
