"""What a change of a region is made of, and how much of a total its largest units hold."""

import math

import polars as pl

from analysis.codebook import Codebook

LARGEST = [1, 3, 5]  # units; beside them a tenth of all
SHARES = {
    "largest": pl.Int64, "tenth": pl.Boolean, "units": pl.Int64, "numerator": pl.Float64, "denominator": pl.Float64,
    "share": pl.Float64, "judged": pl.Boolean,
}  # fmt: skip


def drivers(rows: pl.DataFrame, book: Codebook, *, year: int) -> pl.DataFrame:
    """One row a unit of metrics.compared: its figure of `year`, the one before, and its part in the region's change.

    `kind`: "counted" (comparable in both years), "only_now", "only_before", "apart" (figures that cannot be compared),
    "neither". `difference` is null unless counted: the sum of the differences is the change of the counted units. No
    row is counted across a break of comparability.
    """
    changes = [entry for name in rows["indicator"].unique() for entry in book.changes(str(name))]
    broken = any(entry.from_year == year and entry.degree == "break" for entry in changes)
    held = {"value": "previous", "place": "place_before", "status": "previous_status"}
    before = rows.filter(pl.col("year") == year - 1).select("unit", **{name: pl.col(of) for of, name in held.items()})
    now, last = pl.col("place") != "gap", (pl.col("place_before") != "gap").fill_null(value=False)
    both = (pl.col("place") == "exact") & (pl.col("place_before") == "exact").fill_null(value=False)
    kind = (
        pl.when(both & pl.lit(not broken))
        .then(pl.lit("counted"))
        .when(now & last)
        .then(pl.lit("apart"))
        .when(now)
        .then(pl.lit("only_now"))
        .when(last)
        .then(pl.lit("only_before"))
        .otherwise(pl.lit("neither"))
    )
    joined = rows.filter(pl.col("year") == year).join(before, on="unit", how="left").with_columns(kind=kind)
    difference = pl.when(pl.col("kind") == "counted").then(pl.col("value") - pl.col("previous"))
    return joined.with_columns(difference=difference).sort(-pl.col("difference").abs(), "unit", nulls_last=True)


def concentration(rows: pl.DataFrame, book: Codebook, *, year: int) -> pl.DataFrame:
    """How much of the total of the comparable figures of `year` the largest units hold; rows of metrics.compared.

    One row for each number of `largest` units up to half of the `units`: `tenth` (exactly a tenth of them),
    `numerator`, `denominator`, `share` in percent, `judged` (False under the codebook's minimum of cases). No row in a
    field too small to rank, or if all is 0.
    """
    held = rows.filter(pl.col("year") == year, pl.col("place") == "exact")
    sizes = sorted(held["value"], reverse=True)
    total = math.fsum(sizes)
    if len(sizes) < book.smallest_field or not total:
        return pl.DataFrame(schema=SHARES)
    units, judged = len(sizes), total >= book.minimum_cases
    counts = sorted({*LARGEST, math.ceil(units / 10)})
    parts = {count: math.fsum(sizes[:count]) for count in counts if count <= units / 2}
    lines = [
        (count, count * 10 == units, units, part, total, part / total * 100, judged) for count, part in parts.items()
    ]
    return pl.DataFrame(lines, schema=SHARES, orient="row")
