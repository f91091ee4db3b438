"""Measures of the facts: change on the year, rates, parts, standing among peers. Nothing missing becomes 0."""

from collections.abc import Collection, Sequence
from functools import reduce
from operator import add

import polars as pl

from analysis.codebook import Addend, Codebook
from analysis.errors import BadParameter
from analysis.facts import Disclosures, panel

SERIES = ["unit", "indicator", "applicant", "scope"]
CELL = ["unit", "year", "indicator", "applicant"]
PEERS = ("level", "parent", "none")


def history(
    data: Disclosures,
    book: Codebook,
    *,
    unit: str,
    years: Sequence[int],
    indicators: Sequence[str],
    applicants: Collection[str] = ("total",),
) -> pl.DataFrame:
    """The panel of one unit with its changes and the stretches that a line may join: what charts over years take.

    Rows stand in the order of `indicators`, so that a page shows them as its topic lists them.
    """
    rows = panel(data, book, units=[unit], years=years, indicators=indicators, applicants=list(applicants))
    position = (
        pl.col("indicator").cast(pl.String).replace_strict({name: place for place, name in enumerate(indicators)})
    )
    return segments(changes(rows, book), book).sort(position, "year", "applicant", maintain_order=True)


def changes(rows: pl.DataFrame, book: Codebook) -> pl.DataFrame:
    """A panel with each figure's change on the year before.

    Adds `previous`, `previous_status`, `previous_qualifier`, `difference`, `percent`, `near` (comparable with care
    only) and `reason`, the key of the sentence that says why a change is not computed (null where it is, or where
    there is no figure).
    """
    before = rows.select(
        *SERIES, year=pl.col("year") + 1, previous="value", previous_status="status", previous_qualifier="qualifier"
    )
    elsewhere = (
        rows.group_by(*CELL)
        .agg(
            pl.col("status").first().alias("status_before"), pl.col("value").is_not_null().any().alias("stated_before")
        )
        .with_columns(pl.col("year") + 1)
    )
    joined = rows.join(before, on=["year", *SERIES], how="left", nulls_equal=True).join(elsewhere, on=CELL, how="left")
    joined = joined.with_columns(
        pl.col("previous_status").fill_null(pl.col("status_before")), degree=_degree(book, joined)
    ).with_columns(reason=_no_change())
    computed = pl.col("reason").is_null() & pl.col("value").is_not_null()
    difference = pl.when(computed).then(pl.col("value") - pl.col("previous"))
    percent = pl.when(computed).then((pl.col("value") - pl.col("previous")) / pl.col("previous") * 100)
    return joined.with_columns(
        difference=difference, percent=percent, near=(pl.col("degree") == "near").fill_null(value=False)
    ).drop("status_before", "stated_before", "degree")


def _degree(book: Codebook, rows: pl.DataFrame) -> pl.Series:
    """How far each row's year is comparable with the year before: "break", "near" or null."""
    known = {(entry.indicator, entry.from_year): entry.degree for entry in book.comparability}
    return pl.Series([known.get(cell) for cell in rows.select("indicator", "year").iter_rows()], dtype=pl.String)


def _no_change() -> pl.Expr:
    def either(name: str, value: str) -> pl.Expr:
        return (pl.col(name) == value) | (pl.col(f"previous_{name}") == value)

    return (
        pl.when(pl.col("value").is_null())
        .then(None)
        .when(pl.col("previous").is_null() & pl.col("stated_before"))
        .then(pl.lit("other_scope"))
        .when(pl.col("previous").is_null())
        .then(pl.lit("base_missing"))
        .when(pl.col("degree") == "break")
        .then(pl.lit("break"))
        .when(either("status", "definition_differs"))
        .then(pl.lit("definition_differs"))
        .when(either("qualifier", "at_least"))
        .then(pl.lit("at_least"))
        .when(pl.col("previous") == 0)
        .then(pl.lit("base_zero"))
        .otherwise(None)
    )


def segments(rows: pl.DataFrame, book: Codebook) -> pl.DataFrame:
    """A panel with `segment`: the stretch of years over which a line may be drawn, null where no line may be.

    A gap, a change of definition and every break of comparability end a stretch.
    """
    rows = rows.sort(*SERIES, "year").with_columns(degree=_degree(book, rows.sort(*SERIES, "year")))
    joinable = pl.col("value").is_not_null() & (pl.col("status") != "definition_differs")
    follows = (pl.col("year").diff() == 1) & joinable.shift() & pl.col("degree").is_null()
    starts = (~follows.over(SERIES)).fill_null(value=True)
    segment = pl.when(joinable).then(starts.cum_sum().over(SERIES))
    return rows.with_columns(segment=segment).drop("degree")


def with_past(rows: pl.DataFrame) -> pl.DataFrame:
    """The indicators of a history that have a figure in more than one year."""
    stated = rows.filter(pl.col("value").is_not_null()).group_by("indicator").agg(pl.col("year").n_unique())
    return rows.join(stated.filter(pl.col("year") > 1), on="indicator", how="semi", maintain_order="left")


def leading(rows: pl.DataFrame) -> pl.DataFrame:
    """One row a cell, in the order given: of differing scopes the one in a table, else the one stated most often.

    The other figures stand in `beside`.
    """
    held = rows.with_columns(
        in_table=pl.col("method").is_in(["table", "computed"]).fill_null(value=False),
        years=pl.col("value").is_not_null().sum().over(SERIES),
    )
    beside = (
        pl.struct("scope", "value", "qualifier", "method")
        .sort_by("in_table", "years", descending=True)
        .slice(1)
        .alias("beside")
    )
    first = held.group_by(CELL, maintain_order=True).agg(
        pl.all().sort_by("in_table", "years", descending=True).first(), beside
    )
    return first.select(*rows.columns, "beside")


def rates(rows: pl.DataFrame, book: Codebook, *, metrics: Collection[str]) -> pl.DataFrame:
    """One row for each unit, year and metric: `numerator`, `denominator`, `value` (in the metric's unit), `judged`.

    `value` is null where a term is missing, of another scope or definition, or the denominator is zero; `reason` is
    then the key of the sentence that says so and `missing` names the terms. `judged` is False under the
    codebook's minimum of cases. Difference on the year: `points`, null unless both years are computed.
    """
    terms = {name: [*book.metrics[name].numerator, *book.metrics[name].denominator] for name in metrics}
    cells = leading(rows).with_columns(
        term=pl.concat_str(pl.col("indicator").cast(pl.String), pl.lit("@"), pl.col("applicant").cast(pl.String))
    )
    frames = [_rate(cells, name, terms[name], book) for name in metrics]
    every = pl.concat(frames) if frames else pl.DataFrame()
    before = every.select("unit", "metric", year=pl.col("year") + 1, before="value", judged_before="judged")
    joined = every.join(before, on=["unit", "metric", "year"], how="left").join(
        _breaks(book, terms), on=["metric", "year"], how="left"
    )
    comparable = pl.col("judged") & pl.col("judged_before") & pl.col("broken").is_null()
    points = pl.when(comparable).then(pl.col("value") - pl.col("before"))
    order = pl.col("metric").cast(pl.Enum(list(metrics)))
    return (
        joined.with_columns(points=points, metric=order)
        .drop("before", "judged_before", "broken")
        .sort("unit", "metric", "year")
    )


def _breaks(book: Codebook, terms: dict[str, list[Addend]]) -> pl.DataFrame:
    """The years in which a term of a metric begins to count otherwise, beyond comparison."""
    broken = [
        (name, entry.from_year, True)
        for name, addends in terms.items()
        for addend in addends
        for entry in book.changes(addend.indicator)
        if entry.degree == "break"
    ]
    return pl.DataFrame(
        broken, schema={"metric": pl.String, "year": pl.Int16, "broken": pl.Boolean}, orient="row"
    ).unique()


def _rate(cells: pl.DataFrame, name: str, terms: list[Addend], book: Codebook) -> pl.DataFrame:
    metric = book.metrics[name]
    names = list(dict.fromkeys(_term(term) for term in terms))
    used = cells.filter(pl.col("term").is_in(names))
    usable = pl.col("value").is_not_null() & (pl.col("status") != "definition_differs")
    found = used.group_by("unit", "year", maintain_order=True).agg(
        *[pl.col("value").filter(pl.col("term") == name).first().alias(name) for name in names],
        scopes=pl.col("scope").filter(usable).n_unique(),
        missing=pl.col("indicator").filter(~usable).cast(pl.String),
        uncertain=((pl.col("qualifier") != "exact") | (pl.col("status") != "reported")).any(),
    )
    counted = found.with_columns(numerator=_total(metric.numerator), denominator=_total(metric.denominator))
    reason = (
        pl.when((pl.col("missing").list.len() > 0) | pl.col("numerator").is_null() | pl.col("denominator").is_null())
        .then(pl.lit("term_missing"))
        .when(pl.col("scopes") > 1)
        .then(pl.lit("scopes_differ"))
        .when(pl.col("denominator") <= 0)
        .then(pl.lit("denominator_zero"))
        .otherwise(None)
    )
    value = pl.when(pl.col("reason").is_null()).then(pl.col("numerator") / pl.col("denominator") * 100)
    return (
        counted.with_columns(reason=reason)
        .with_columns(value=value, judged=pl.col("denominator") >= book.minimum_cases)
        .select(
            "unit",
            "year",
            pl.lit(name).alias("metric"),
            "numerator",
            "denominator",
            "value",
            "judged",
            "reason",
            "missing",
            "uncertain",
        )
    )


def _term(term: Addend) -> str:
    return f"{term.indicator}@{term.applicant}"


def _total(terms: Sequence[Addend]) -> pl.Expr:
    """Sum of the terms; null as soon as one is."""
    return reduce(add, [pl.col(_term(term)) * term.sign for term in terms])


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


def peers(
    data: Disclosures, book: Codebook, *, unit: str, year: int, indicators: Sequence[str], among: str
) -> pl.DataFrame:
    """`unit` and its peers ("level": of its level; "parent": those with its parent too) for the figures it states.

    One row for each indicator and unit with a figure of the same scope: `name`, `name_en`, `value`, `own`, `rank`
    (1 is the largest, ties share it), `field` (units with a figure), `reporting` (units with a report that year).
    """
    if among not in PEERS:
        raise BadParameter(
            "parameter 'peers'", f"'{among}' is no way to choose peers", f"take one of: {', '.join(PEERS)}"
        )
    group = _peer_units(data, unit, among)
    reporting = data.reports.filter(pl.col("year") == year, pl.col("unit").is_in(group)).height
    rows = leading(panel(data, book, units=group, years=[year], indicators=indicators))
    rows = rows.filter(
        pl.col("value").is_not_null(), ~pl.col("status").is_in(["definition_differs"]), pl.col("qualifier") == "exact"
    )
    own = rows.filter(pl.col("unit") == unit).select("indicator", "scope", own_value="value")
    field = rows.join(own, on=["indicator", "scope"], how="inner")
    names = data.units.select("unit", "name", "name_en")
    return (
        field.join(names, on="unit")
        .with_columns(
            own=pl.col("unit") == unit,
            rank=pl.col("value").rank("min", descending=True).over("indicator").cast(pl.Int64),
            field=pl.len().over("indicator"),
            reporting=pl.lit(reporting),
        )
        .sort("indicator", "rank", "unit")
    )


def _peer_units(data: Disclosures, unit: str, among: str) -> list[str]:
    if among == "none":
        return [unit]
    mine = data.units.filter(pl.col("unit") == unit)
    same = data.units.filter(pl.col("level") == mine["level"].item())
    return (same if among == "level" else same.filter(pl.col("parent").eq_missing(mine["parent"].item())))[
        "unit"
    ].to_list()
