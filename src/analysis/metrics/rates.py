"""Measures: numerator over denominator, or less it, only where every term is stated, in one scope and definition."""

from collections.abc import Collection, Sequence
from functools import reduce
from operator import add

import polars as pl

from analysis.codebook import Addend, Codebook, Metric
from analysis.metrics.history import leading
from analysis.metrics.parts import parts

OF_THE_YEAR = {
    "unit": pl.String, "year": pl.Int16, "metric": pl.String, "scope": pl.String, "numerator": pl.Float64,
    "denominator": pl.Float64, "value": pl.Float64, "judged": pl.Boolean, "reason": pl.String,
    "missing": pl.List(pl.String), "gap": pl.String, "uncertain": pl.Boolean,
}  # fmt: skip
ON_THE_YEAR_BEFORE = dict.fromkeys(("points", "percent", "before_numerator", "before_denominator"), pl.Float64)
SCHEMA = OF_THE_YEAR | ON_THE_YEAR_BEFORE


def rates(rows: pl.DataFrame, book: Codebook, *, metrics: Collection[str]) -> pl.DataFrame:
    """One row for each unit, year and metric: `numerator`, `denominator`, `value` (in the metric's unit), `judged`.

    `value` is null where a term is missing, of another scope or definition, the denominator is zero, or parts do not
    add up that should; `reason` is then the key of the sentence that says so, `missing` names the terms and `gap`
    is their status where they share one. `judged` is False under the codebook's minimum of cases. Change on the year:
    `points`, and `percent` of a ratio in units, null unless both years are judged, neither has a term that is only
    'at least', both are of one `scope`, and no term counts otherwise from the later year on; `before_numerator` and
    `before_denominator` are the counts of the year before.
    """
    if not metrics:
        return pl.DataFrame(schema=SCHEMA)
    asked = [book.metrics[name] for name in metrics]
    cells = leading(rows).with_columns(
        term=pl.concat_str(pl.col("indicator").cast(pl.String), pl.lit("@"), pl.col("applicant").cast(pl.String))
    )
    every = pl.concat([_rate(cells, metric, book) for metric in asked])
    every = _compared(_adding_up(every, rows, asked, book), asked, book)
    order = pl.col("metric").cast(pl.Enum(list(metrics)))
    return every.with_columns(metric=order).sort("unit", "metric", "year").select(*SCHEMA)


def _compared(rates: pl.DataFrame, asked: Sequence[Metric], book: Codebook) -> pl.DataFrame:
    """Each rate's change on the year before, where the two may be compared."""
    firm = pl.col("judged") & ~pl.col("floor")
    counts = {f"before_{side}": side for side in ("numerator", "denominator")}
    before = rates.select(
        "unit", "metric", "scope", year=pl.col("year") + 1, before="value", firm_before=firm, **counts
    )
    joined = rates.join(before, on=["unit", "metric", "scope", "year"], how="left", nulls_equal=True).join(
        _changed(book, asked), on=["metric", "year"], how="left"
    )
    comparable = firm & pl.col("firm_before") & pl.col("broken").is_null()
    ways = {metric.metric: metric.change for metric in asked}
    way = pl.col("metric").replace_strict(ways, return_dtype=pl.String)
    difference = pl.col("value") - pl.col("before")
    return joined.with_columns(
        points=pl.when(comparable, way != "").then(difference),
        percent=pl.when(comparable, way == "percent", pl.col("before") > 0).then(difference / pl.col("before") * 100),
    )


def _changed(book: Codebook, asked: Sequence[Metric]) -> pl.DataFrame:
    """The years in which a term of a metric begins to count otherwise."""
    changed = [
        (metric.metric, entry.from_year, True)
        for metric in asked
        for term in metric.terms
        for entry in book.changes(term.indicator)
    ]
    schema = {"metric": pl.String, "year": pl.Int16, "broken": pl.Boolean}
    return pl.DataFrame(changed, schema=schema, orient="row").unique()


def _adding_up(rates: pl.DataFrame, rows: pl.DataFrame, asked: Sequence[Metric], book: Codebook) -> pl.DataFrame:
    """The rates without those of parts that should add up to their whole and do not."""
    wholes = {metric.metric: metric.whole for metric in asked if metric.adds_up}
    if not wholes:
        return rates
    whole = pl.col("metric").replace_strict(wholes, default=None, return_dtype=pl.String)
    complete = parts(rows, book, wholes=list(dict.fromkeys(wholes.values()))).select(
        "unit", "year", "whole", adds="complete"
    )
    joined = rates.with_columns(whole=whole).join(complete.unique(), on=["unit", "year", "whole"], how="left")
    apart = pl.col("reason").is_null() & pl.col("whole").is_not_null() & ~pl.col("adds").fill_null(value=False)
    return joined.with_columns(
        value=pl.when(~apart).then("value"),
        judged=pl.col("judged") & ~apart,
        reason=pl.when(apart).then(pl.lit("parts_differ")).otherwise("reason"),
    ).select(rates.columns)


def _rate(cells: pl.DataFrame, metric: Metric, book: Codebook) -> pl.DataFrame:
    found = _gathered(cells, list(dict.fromkeys(_term(term) for term in metric.terms)))
    counted = found.with_columns(numerator=_total(metric.numerator), denominator=_total(metric.denominator))
    reason = (
        pl.when(pl.col("missing").list.len() > 0)
        .then(pl.lit("term_missing"))
        .when(pl.col("scopes") > 1)
        .then(pl.lit("scopes_differ"))
        .when((pl.col("denominator") <= 0) & (not metric.difference))
        .then(pl.lit("denominator_zero"))
        .otherwise(None)
    )
    above, below = pl.col("numerator"), pl.col("denominator")
    value = pl.when(pl.col("reason").is_null()).then(
        above - below if metric.difference else above / below * metric.factor
    )
    enough = pl.lit(value=True) if metric.difference else pl.col(metric.cases) >= book.minimum_cases
    rated = counted.with_columns(reason=reason, metric=pl.lit(metric.metric)).with_columns(
        value=value, judged=enough.and_(pl.col("reason").is_null())
    )
    return rated.select(*OF_THE_YEAR, "floor")


def _gathered(cells: pl.DataFrame, terms: list[str]) -> pl.DataFrame:
    """A row for each unit and year with a column for each term, `scope`, how many `scopes`, and what is `missing`.

    `gap` is the status of what is missing, if they have one in common; `floor`: a term is only 'at least'.
    """
    usable = pl.col("value").is_not_null() & (pl.col("status") != "definition_differs")
    found = (
        cells.filter(pl.col("term").is_in(terms))
        .group_by("unit", "year", maintain_order=True)
        .agg(
            *[pl.col("value").filter(pl.col("term") == term).first().alias(term) for term in terms],
            scopes=pl.col("scope").filter(usable).n_unique(),
            scope=pl.col("scope").filter(usable).first(),
            usable=pl.col("term").filter(usable),
            gaps=pl.col("status").filter(~usable).unique(),
            uncertain=((pl.col("qualifier") != "exact") | (pl.col("status") != "reported")).any(),
            floor=(pl.col("qualifier") == "at_least").fill_null(value=False).any(),
        )
    )
    missing = [[term for term in terms if term not in held] for held in found["usable"]]
    gap = pl.when(pl.col("gaps").list.len() == 1).then(pl.col("gaps").list.first())
    return found.with_columns(missing=pl.Series(missing, dtype=pl.List(pl.String)), gap=gap)


def _term(term: Addend) -> str:
    return f"{term.indicator}@{term.applicant}"


def _total(terms: Sequence[Addend]) -> pl.Expr:
    """Sum of the terms; null as soon as one is."""
    return reduce(add, [pl.col(_term(term)) * term.sign for term in terms])
