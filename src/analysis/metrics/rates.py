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
    "gap": pl.String, "limit": pl.String, "uncertain": pl.Boolean, "torn": pl.Boolean,
}  # fmt: skip
ON_THE_YEAR_BEFORE = {
    "points": pl.Float64, "percent": pl.Float64, "before_numerator": pl.Float64, "before_denominator": pl.Float64,
    "before_uncertain": pl.Boolean,
}  # fmt: skip
SCHEMA = OF_THE_YEAR | {"firm": pl.Boolean} | ON_THE_YEAR_BEFORE


def rates(rows: pl.DataFrame, book: Codebook, *, metrics: Collection[str]) -> pl.DataFrame:
    """One row for each unit, year and metric: `numerator`, `denominator`, `value` (in the metric's unit), `judged`.

    `value` is null where a term is missing, of another scope or definition, the denominator is not above zero, terms
    that are only 'at least' leave no limit, or parts do not add up that should; `reason` is then the key of the
    sentence that says so and `gap` the status of the missing terms where they share one. `judged` is False under the
    codebook's minimum of cases. A term may be `uncertain` or `torn` (sources disagree), or make the value a `limit`
    ("at_least", "at_most"); `firm` is judged and none of these. Change on the year: `points`, and `percent` of a ratio
    in units, null unless both years are judged and neither torn nor a limit, both are of one `scope`, and no term
    counts otherwise from the later year on; `before_...` is of the year before.
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
    firm = pl.col("judged") & ~pl.col("uncertain") & ~pl.col("torn") & pl.col("limit").is_null()
    return every.with_columns(metric=order, firm=firm).sort("unit", "metric", "year").select(*SCHEMA)


def _compared(rates: pl.DataFrame, asked: Sequence[Metric], book: Codebook) -> pl.DataFrame:
    """Each rate's change on the year before, where the two may be compared."""
    settled = pl.col("judged") & ~pl.col("torn") & pl.col("limit").is_null()
    carried = {f"before_{name}": name for name in ("numerator", "denominator", "uncertain")}
    before = rates.select(
        "unit", "metric", "scope", year=pl.col("year") + 1, before="value", settled_before=settled, **carried
    )
    joined = rates.join(before, on=["unit", "metric", "scope", "year"], how="left", nulls_equal=True).join(
        _changed(book, asked), on=["metric", "year"], how="left"
    )
    comparable = settled & pl.col("settled_before") & pl.col("broken").is_null()
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
    found = _gathered(cells, metric)
    counted = found.with_columns(numerator=_total(metric.numerator), denominator=_total(metric.denominator))
    above, below = pl.col("numerator"), pl.col("denominator")
    reason = (
        pl.when("lacking")
        .then(pl.lit("term_missing"))
        .when(pl.col("scopes") > 1)
        .then(pl.lit("scopes_differ"))
        .when((below < 0) & (not metric.difference))
        .then(pl.lit("denominator_negative"))
        .when((below == 0) & (not metric.difference))
        .then(pl.lit("denominator_zero"))
        .when("raised", "lowered")
        .then(pl.lit("no_limit"))
        .otherwise(None)
    )
    value = pl.when(pl.col("reason").is_null()).then(
        above - below if metric.difference else above / below * metric.factor
    )
    enough = pl.lit(value=True) if metric.difference else pl.col(metric.cases) >= book.minimum_cases
    rated = counted.with_columns(reason=reason, metric=pl.lit(metric.metric)).with_columns(
        value=value,
        judged=enough.and_(pl.col("reason").is_null()),
        limit=pl.when("raised").then(pl.lit("at_least")).when("lowered").then(pl.lit("at_most")),
    )
    return rated.select(*OF_THE_YEAR)


def _gathered(cells: pl.DataFrame, metric: Metric) -> pl.DataFrame:
    """A row for each unit and year with a column for each term, `scope`, how many `scopes`, and if one is `lacking`.

    `gap` is the status of what is missing, if they have one in common; `raised` and `lowered`: a term that is only
    'at least' leaves the measure room above, or below.
    """
    terms = list(dict.fromkeys(_term(term) for term in metric.terms))
    rising = {_term(term) for term in metric.numerator if term.sign > 0}
    rising |= {_term(term) for term in metric.denominator if term.sign < 0}
    falling = {_term(term) for term in metric.numerator if term.sign < 0}
    falling |= {_term(term) for term in metric.denominator if term.sign > 0}
    term, status, qualifier = pl.col("term"), pl.col("status"), pl.col("qualifier")
    usable = pl.col("value").is_not_null() & (status != "definition_differs")
    floors = term.filter(usable, qualifier == "at_least")
    gaps = status.filter(~usable).unique()
    return (
        cells.filter(term.is_in(terms))
        .group_by("unit", "year", maintain_order=True)
        .agg(
            *[pl.col("value").filter(term == name).first().alias(name) for name in terms],
            scopes=pl.col("scope").filter(usable).n_unique(),
            scope=pl.col("scope").filter(usable).first(),
            lacking=term.filter(usable).n_unique() < len(terms),
            gap=pl.when(gaps.len() == 1).then(gaps.first()),
            uncertain=((qualifier == "approx") | ~status.is_in(["reported", "conflicting"])).filter(usable).any(),
            torn=(usable & (status == "conflicting")).any(),
            raised=floors.is_in(rising).any(),
            lowered=floors.is_in(falling).any(),
        )
    )


def _term(term: Addend) -> str:
    return f"{term.indicator}@{term.applicant}"


def _total(terms: Sequence[Addend]) -> pl.Expr:
    """Sum of the terms; null as soon as one is."""
    return reduce(add, [pl.col(_term(term)) * term.sign for term in terms])
