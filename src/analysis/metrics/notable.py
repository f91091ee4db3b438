"""What changed most on the year before: by how many times, what can be relied on first."""

import polars as pl

from analysis.codebook import Codebook
from analysis.metrics.history import leading

RELIABILITY = pl.Enum(["firm", "care", "few"])
HALF = 0.5  # added to both sides, so that a count that became 0, or was 0, has a ratio too


def notable(rows: pl.DataFrame, book: Codebook, *, year: int) -> pl.DataFrame:
    """What changed in `year`: wholes and their parts, not the parts of these.

    Adds `difference`, `times` (the logarithm to base 2 of by how many times), `reliability` ("firm", "care", "few").
    Rows of metrics.history. Firm: exact and comparable, on a base of at least the codebook's minimum of cases.
    Then what is approximate, torn, part of what is torn or only nearly comparable, then what counts few cases;
    each the largest ratio first.
    """
    main = [name for name in rows["indicator"].unique() if not _whole(_whole(name, book), book)]
    first = leading(rows.filter(pl.col("applicant") == "total", pl.col("indicator").is_in(main)))
    held = first.filter(pl.col("year") == year, pl.col("value").is_not_null(), pl.col("previous").is_not_null())
    changed = held.filter(
        pl.col("reason").is_null() | (pl.col("reason") == "base_zero"), pl.col("value") != pl.col("previous")
    )
    exact = pl.all_horizontal(
        *(pl.col(name) == "exact" for name in ("qualifier", "previous_qualifier")),
        *(pl.col(name) == "reported" for name in ("status", "previous_status")),
        ~pl.col("near"),
    )
    torn = rows.filter(pl.col("status") == "conflicting", pl.col("year").is_between(year - 1, year))["indicator"]
    of_torn = [name for name in main if _whole(name, book) in set(torn)]
    exact &= ~pl.col("indicator").is_in(of_torn)
    few = pl.col("previous") < book.minimum_cases
    reliability = pl.when(few).then(pl.lit("few")).when(exact).then(pl.lit("firm")).otherwise(pl.lit("care"))
    return changed.with_columns(
        difference=pl.col("value") - pl.col("previous"),
        times=((pl.col("value") + HALF) / (pl.col("previous") + HALF)).log(2),
        reliability=reliability.cast(RELIABILITY),
    ).sort("reliability", pl.col("times").abs(), descending=[False, True], maintain_order=True)


def _whole(name: str, book: Codebook) -> str:
    """What an indicator is a part of; "" for none, and of nothing."""
    return book.indicators[name].part_of if name else ""
