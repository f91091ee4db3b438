"""Rates: numerator over denominator, computed only where every term is stated, in one scope and definition."""

from collections.abc import Collection, Sequence
from functools import reduce
from operator import add

import polars as pl

from analysis.codebook import Addend, Codebook
from analysis.metrics.history import leading

SCHEMA = {
    "unit": pl.String, "year": pl.Int16, "metric": pl.String, "scope": pl.String, "numerator": pl.Float64,
    "denominator": pl.Float64, "value": pl.Float64, "judged": pl.Boolean, "reason": pl.String,
    "missing": pl.List(pl.String), "uncertain": pl.Boolean, "points": pl.Float64,
}  # fmt: skip


def rates(rows: pl.DataFrame, book: Codebook, *, metrics: Collection[str]) -> pl.DataFrame:
    """One row for each unit, year and metric: `numerator`, `denominator`, `value` (in the metric's unit), `judged`.

    `value` is null where a term is missing, of another scope or definition, or the denominator is zero; `reason` is
    then the key of the sentence that says so and `missing` names the terms. `judged` is False under the
    codebook's minimum of cases. Difference on the year: `points`, null unless both years are judged, in one `scope`,
    and no term counts otherwise from the later year on.
    """
    if not metrics:
        return pl.DataFrame(schema=SCHEMA)
    terms = {name: [*book.metrics[name].numerator, *book.metrics[name].denominator] for name in metrics}
    cells = leading(rows).with_columns(
        term=pl.concat_str(pl.col("indicator").cast(pl.String), pl.lit("@"), pl.col("applicant").cast(pl.String))
    )
    every = pl.concat([_rate(cells, name, terms[name], book) for name in metrics])
    before = every.select("unit", "metric", "scope", year=pl.col("year") + 1, before="value", judged_before="judged")
    joined = every.join(before, on=["unit", "metric", "scope", "year"], how="left", nulls_equal=True).join(
        _changed(book, terms), on=["metric", "year"], how="left"
    )
    comparable = pl.col("judged") & pl.col("judged_before") & pl.col("broken").is_null()
    points = pl.when(comparable).then(pl.col("value") - pl.col("before"))
    order = pl.col("metric").cast(pl.Enum(list(metrics)))
    return (
        joined.with_columns(points=points, metric=order)
        .drop("before", "judged_before", "broken")
        .sort("unit", "metric", "year")
        .select(*SCHEMA)
    )


def _changed(book: Codebook, terms: dict[str, list[Addend]]) -> pl.DataFrame:
    """The years in which a term of a metric begins to count otherwise."""
    changed = [
        (name, entry.from_year, True)
        for name, addends in terms.items()
        for addend in addends
        for entry in book.changes(addend.indicator)
    ]
    schema = {"metric": pl.String, "year": pl.Int16, "broken": pl.Boolean}
    return pl.DataFrame(changed, schema=schema, orient="row").unique()


def _rate(cells: pl.DataFrame, name: str, terms: list[Addend], book: Codebook) -> pl.DataFrame:
    metric = book.metrics[name]
    found = _gathered(cells, list(dict.fromkeys(_term(term) for term in terms)))
    counted = found.with_columns(numerator=_total(metric.numerator), denominator=_total(metric.denominator))
    reason = (
        pl.when(pl.col("missing").list.len() > 0)
        .then(pl.lit("term_missing"))
        .when(pl.col("scopes") > 1)
        .then(pl.lit("scopes_differ"))
        .when(pl.col("denominator") <= 0)
        .then(pl.lit("denominator_zero"))
        .otherwise(None)
    )
    value = pl.when(pl.col("reason").is_null()).then(pl.col("numerator") / pl.col("denominator") * 100)
    judged = pl.col("denominator") >= book.minimum_cases
    rated = counted.with_columns(reason=reason, metric=pl.lit(name)).with_columns(value=value, judged=judged)
    return rated.select([column for column in SCHEMA if column != "points"])


def _gathered(cells: pl.DataFrame, terms: list[str]) -> pl.DataFrame:
    """A row for each unit and year with a column for each term, `scope`, how many `scopes`, and what is `missing`."""
    usable = pl.col("value").is_not_null() & (pl.col("status") != "definition_differs")
    found = (
        cells.filter(pl.col("term").is_in(terms))
        .group_by("unit", "year", maintain_order=True)
        .agg(
            *[pl.col("value").filter(pl.col("term") == term).first().alias(term) for term in terms],
            scopes=pl.col("scope").filter(usable).n_unique(),
            scope=pl.col("scope").filter(usable).first(),
            usable=pl.col("term").filter(usable),
            uncertain=((pl.col("qualifier") != "exact") | (pl.col("status") != "reported")).any(),
        )
    )
    missing = [[term for term in terms if term not in held] for held in found["usable"]]
    return found.with_columns(missing=pl.Series(missing, dtype=pl.List(pl.String)))


def _term(term: Addend) -> str:
    return f"{term.indicator}@{term.applicant}"


def _total(terms: Sequence[Addend]) -> pl.Expr:
    """Sum of the terms; null as soon as one is."""
    return reduce(add, [pl.col(_term(term)) * term.sign for term in terms])
