"""Two editions of the data side by side, and what became of each figure since it was first published."""

import polars as pl

from analysis.codebook import Codebook
from analysis.facts.reading import KEY, Disclosures

CELL = [*KEY, "source"]


def diff(old: Disclosures, new: Disclosures, book: Codebook) -> pl.DataFrame:
    """The figures that `new` lacks, has more, or has otherwise, in the order of the key.

    Columns: the key, `source`, `change` (vanished, new, changed; abrupt: changed as by the rule "jump"), `old` and
    `new` (values; null: none, or different ones), `old_said` and `new_said` (all values and statuses as text).
    """
    joined = _cells(old).join(_cells(new), on=CELL, how="full", coalesce=True, suffix="_new").collect()
    limits = book.rules["jump"].limits
    most, least = pl.max_horizontal("value", "value_new"), pl.min_horizontal("value", "value_new")
    both = pl.col("value").is_not_null() & pl.col("value_new").is_not_null()
    abrupt = both & (most >= limits["floor"]) & (most >= limits["times"] * least)
    change = (
        pl.when(pl.col("said_new").is_null())
        .then(pl.lit("vanished"))
        .when(pl.col("said").is_null())
        .then(pl.lit("new"))
        .when(abrupt)
        .then(pl.lit("abrupt"))
        .otherwise(pl.lit("changed"))
    )
    apart = joined.filter(pl.col("said").ne_missing(pl.col("said_new"))).with_columns(change=change)
    names = {"value": "old", "value_new": "new", "said": "old_said", "said_new": "new_said"}
    return apart.select(*CELL, "change", *names).rename(names).sort(CELL)


def versions(data: Disclosures) -> pl.DataFrame:
    """Every figure as it was first published and as it stands now.

    Columns: the key, `source`, `method`, `first` (as an earlier version of the report gave it, if there was one),
    `printed` (as the report gives it now), `value` (corrected where a person did so), `published_on`, `revised_on`,
    `corrected_on`, `reason`. Null: no such value, no such day.
    """
    earlier = (
        data.own("revisions").with_columns(pl.col(pl.Enum).cast(pl.String)).sort("replaced_on", maintain_order=True)
    )
    earlier = earlier.group_by(*CELL, "method", maintain_order=True).agg(
        first=pl.col("value").first(), revised_on=pl.col("replaced_on").last(), revised=pl.lit(value=True)
    )
    corrections = data.own("corrections").with_columns(pl.col(pl.Enum).cast(pl.String))
    corrections = corrections.group_by(CELL, maintain_order=True).agg(
        corrected_on=pl.col("on").last(), reason=pl.col("reason").last()
    )
    facts = data.facts.with_columns(pl.col(pl.Enum).cast(pl.String)).collect()
    reports = data.reports.select("published_on", source="report")
    return (
        facts.select(*CELL, "method", "printed", "value", "corrected")
        .join(earlier, on=[*CELL, "method"], how="full", coalesce=True)
        .join(corrections, on=CELL, how="left")
        .join(reports, on="source", how="left")
        .with_columns(
            *[pl.when(pl.col("corrected")).then(name).alias(name) for name in ("corrected_on", "reason")],
            first=pl.when(pl.col("revised").fill_null(value=False)).then("first").otherwise("printed"),
        )
        .select(*CELL, "method", "first", "printed", "value", "published_on", "revised_on", "corrected_on", "reason")
        .sort(CELL)
    )


def _cells(data: Disclosures) -> pl.LazyFrame:
    """One row for each cell: its value where it has one, and all that is said of it as text."""
    number = pl.col("value").cast(pl.String).str.strip_suffix(".0").fill_null("")
    rounded = pl.when(pl.col("qualifier") != "exact").then(pl.format(" {}", "qualifier")).otherwise(pl.lit(""))
    said = pl.format("{} {}{}", number, "status", rounded).str.strip_chars()
    return (
        data.facts.with_columns(pl.col(pl.Enum).cast(pl.String))
        .group_by(CELL)
        .agg(
            value=pl.when(pl.col("value").n_unique() == 1).then(pl.col("value").first()),
            said=said.sort().str.join(", "),
        )
    )
