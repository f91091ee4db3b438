"""Facts in Parquet, a file or a Hive-partitioned folder: scanned lazily, its values checked by the codebook's rules."""

from pathlib import Path

import polars as pl

from analysis.codebook import Codebook
from analysis.errors import BadData
from analysis.facts import tables


def scan(path: Path, book: Codebook) -> pl.LazyFrame:
    """The facts at `path`, typed and lazy; raises BadData where it is no Parquet, lacks a column or breaks a rule."""
    schema = tables.schema(book, "disclosures")
    try:
        facts = pl.scan_parquet(path / "**/*.parquet" if path.is_dir() else path, hive_partitioning=path.is_dir())
        lacking = [name for name in schema if name not in facts.collect_schema()]
    except (pl.exceptions.PolarsError, OSError) as error:
        what = f"this is not Parquet ({str(error).splitlines()[0]})"
        raise BadData(str(path), what, "write it again from disclosures.csv") from error
    if lacking:
        raise BadData(str(path), f"it has no column {', '.join(lacking)}", f"the columns are: {', '.join(schema)}")
    _refuse_broken(path, facts, book)
    return facts.select(pl.col(name).cast(dtype) for name, dtype in schema.items())


def _refuse_broken(path: Path, facts: pl.LazyFrame, book: Codebook) -> None:
    """Raise for the first value that breaks a rule. Every rule is about one value: each is looked at once."""
    for column in book.table("disclosures"):
        rules = list(tables.rules(column, book, {}))
        values = facts.select(column.column)
        if len(rules) > 1:  # more than whether it is there
            values = values.unique(maintain_order=True).collect().lazy()
        text = values.select(pl.col(column.column).cast(pl.String))
        for wrong, what, right in rules:
            for (found,) in text.filter(wrong).head(1).collect().iter_rows():
                fix = right or tables.nearest_of(found, column, book)
                raise BadData(f"{path}, column '{column.column}'", what.format(found), fix)
