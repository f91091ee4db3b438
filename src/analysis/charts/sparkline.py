"""A figure's past at the size of a word: lines only over years that may be joined, a dot for each figure."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from analysis import wording
from analysis.charts.theme import top
from analysis.codebook import Codebook

WIDTH, HEIGHT, EDGE = 132, 30, 4  # pixels


def sparkline(rows: pl.DataFrame, book: Codebook, *, years: Sequence[int]) -> dict[str, Any]:
    """What a card draws of one figure's past: `lines` and `dots` in pixels, hollow where not exact, and its `text`.

    What counts otherwise does not flatten the rest: it stands at the upper edge.

    Rows of one indicator and scope of metrics.history; `years` are those of the page. Empty for a single figure.
    """
    held = rows.filter(pl.col("value").is_not_null()).sort("year")
    if held.height < 2:
        return {}
    alike = held.filter(pl.col("status") != "definition_differs")
    first, last, most = years[0], years[-1], max(top(alike["value"]), 1.0)
    placed = held.with_columns(
        x=(EDGE + (pl.col("year") - first) / (last - first) * (WIDTH - 2 * EDGE)).round(1),
        y=(HEIGHT - EDGE - pl.col("value").clip(upper_bound=most) / most * (HEIGHT - 2 * EDGE)).round(1),
        hollow=(pl.col("status") != "reported") | (pl.col("qualifier") != "exact"),
    )
    joined = placed.filter(pl.col("segment").is_not_null()).group_by("segment", maintain_order=True).agg("x", "y")
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "lines": [" ".join(f"{x},{y}" for x, y in zip(*points, strict=True)) for _, *points in joined.iter_rows()],
        "dots": placed.select("x", "y", "hollow").rows(),
        "text": _described(held, book, years),
        "period": wording.period(years, book),
    }


def _described(held: pl.DataFrame, book: Codebook, years: Sequence[int]) -> str:
    points = [
        book.word("alt_point", year=row["year"], figure=wording.figure(row, book)) for row in held.iter_rows(named=True)
    ]
    label = wording.scoped(held.row(0, named=True), book)
    return book.word("alt_series", label=label, period=wording.period(years, book), points=wording.listed(points, book))
