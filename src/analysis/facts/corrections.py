"""Corrections are applied on load, never in place: each states what it expects to find, else it is stale."""

from typing import NamedTuple

import polars as pl

CELL = ["unit", "year", "indicator", "applicant", "scope", "source"]


class Corrected(NamedTuple):
    """Facts after the corrections, and the corrections that found something else than they expected."""

    facts: pl.LazyFrame
    stale: pl.DataFrame


def apply(facts: pl.LazyFrame, corrections: pl.DataFrame) -> Corrected:
    """`facts` with `printed` (the value as published) and `corrected` (whether a correction changed `value`)."""
    facts = facts.with_columns(printed=pl.col("value"))
    if corrections.is_empty():
        return Corrected(facts.with_columns(corrected=False), corrections)
    latest = corrections.unique(CELL, keep="last", maintain_order=True)
    wanted = latest.lazy().select(*CELL, pl.col("printed").alias("expected"), "corrected", pl.lit(True).alias("named"))
    joined = facts.join(wanted, on=CELL, how="left", maintain_order="left").with_columns(
        hit=pl.col("named").fill_null(value=False) & pl.col("printed").eq_missing(pl.col("expected"))
    )
    applied = joined.with_columns(
        value=pl.when("hit").then("corrected").otherwise("value"),
        status=pl.when(pl.col("hit") & pl.col("printed").is_null())
        .then(pl.lit("reported"))
        .otherwise(pl.col("status").cast(pl.String))
        .cast(facts.collect_schema()["status"]),
        corrected=pl.col("hit"),
    ).drop("expected", "named", "hit")
    used = joined.filter("hit").select(CELL).unique().collect()
    return Corrected(applied, latest.join(used, on=CELL, how="anti"))
