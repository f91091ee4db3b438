"""The parts of a whole, with shares only where they are complete."""

from collections.abc import Sequence

import polars as pl

from analysis.codebook import Codebook
from analysis.metrics.history import leading


def parts(rows: pl.DataFrame, book: Codebook, *, wholes: Sequence[str]) -> pl.DataFrame:
    """The parts of each of `wholes` by unit and year: `whole`, `value`, `total`, `share` in percent and `complete`.

    `share` is null unless every part is stated, in one scope, and the parts add up to the whole as it is stated.
    """
    first = leading(rows).filter(pl.col("applicant") == "total")
    return pl.concat([_parts(first, book, whole) for whole in wholes])


def _parts(first: pl.DataFrame, book: Codebook, whole: str) -> pl.DataFrame:
    totals = first.filter(pl.col("indicator") == whole).select("unit", "year", total="value", total_scope="scope")
    held = first.filter(pl.col("indicator").is_in(_parts_in_use(first, book, whole))).join(
        totals, on=["unit", "year"], how="left"
    )
    group = ["unit", "year"]
    complete = (
        pl.col("value").is_not_null().all().over(group)
        & (pl.col("value").sum().over(group) == pl.col("total"))
        & (pl.col("scope").eq_missing(pl.col("total_scope"))).all().over(group)
    ).fill_null(value=False)
    share = pl.when("complete", pl.col("total") > 0).then(pl.col("value") / pl.col("total") * 100)
    return held.with_columns(whole=pl.lit(whole), complete=complete).with_columns(share=share).drop("total_scope")


def _parts_in_use(rows: pl.DataFrame, book: Codebook, whole: str) -> list[str]:
    """The parts that the forms of the years at hand have or that are stated: others would be empty rows."""
    absent = ["not_applicable", "report_missing"]
    possible = set(rows.filter(pl.col("value").is_not_null() | ~pl.col("status").is_in(absent))["indicator"])
    return [name for name in book.parts(whole) if name in possible] or book.parts(whole)


def applicants(rows: pl.DataFrame, *, indicator: str) -> pl.DataFrame:
    """Who applied: the six kinds of applicant as the parts of `indicator`, in the columns of metrics.parts."""
    first = leading(rows.filter(pl.col("indicator") == indicator))
    kinds = first.filter(pl.col("applicant") != "total")
    totals = first.filter(pl.col("applicant") == "total").select("unit", "year", total="value")
    group = ["unit", "year"]
    held = kinds.join(totals, on=group, how="left")
    complete = (
        (pl.col("value").is_not_null().all() & (pl.col("value").sum() == pl.col("total").first()))
        .over(group)
        .fill_null(value=False)
    )
    share = pl.when("complete", pl.col("total") > 0).then(pl.col("value") / pl.col("total") * 100)
    return held.with_columns(whole=pl.lit(indicator), complete=complete).with_columns(share=share)
