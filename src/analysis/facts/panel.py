"""The complete panel: for every unit, year and indicator asked for, its figure or what kind of gap there is."""

from collections.abc import Sequence

import polars as pl

from analysis.codebook import Codebook, Identity
from analysis.facts.reading import KEY, Disclosures, pick

CELL = ["unit", "year", "indicator", "applicant"]
PRECEDENCE = ["table", "computed", "hand", "prose"]  # which of several statements of one figure stands first


def panel(
    data: Disclosures,
    book: Codebook,
    *,
    units: Sequence[str],
    years: Sequence[int],
    indicators: Sequence[str],
    applicants: Sequence[str] = ("total",),
) -> pl.DataFrame:
    """One row for each unit, year, indicator, applicant and stated scope, sorted; a gap is one row without scope.

    Columns: the key, `value`, `status` (also of gaps), `qualifier`, `source`, `evidence`, `method`, `printed`,
    `corrected`, `first` and `first_qualifier` (as first published, where a new version of the report changed it),
    `edition`, `others` (differing values that other places give for the same figure). A total that the
    form does not print is computed from its parts when all are there (method "computed").
    """
    wanted = _with_parts(list(indicators), book)
    stated = pick(data, units=units, years=years, indicators=wanted).collect()
    stated = _with_first(stated.with_columns(pl.col(pl.Enum).cast(pl.String)), data)
    facts = _one_row_a_figure(_with_totals(stated, data, book)).filter(pl.col("applicant").is_in(list(applicants)))
    grid = _grid(units, years, indicators, applicants, data, book)
    full = grid.join(facts, on=CELL, how="left", maintain_order="left")
    full = full.with_columns(status=pl.col("status").fill_null(pl.col("gap"))).drop("gap")
    order = {"indicator": list(book.indicators), "applicant": list(book.terms["applicant"])}
    return full.with_columns(pl.col(name).cast(pl.Enum(words)) for name, words in order.items()).sort(
        *KEY, nulls_last=True
    )


def pivot(rows: pl.DataFrame, *, on: str = "year") -> pl.DataFrame:
    """A panel spread out: one row for each unit, indicator, applicant and scope, one column for each year (or `on`)."""
    index = [name for name in KEY if name != on]
    return rows.pivot(on, index=index, values="value", aggregate_function="first", sort_columns=True)


def _with_parts(indicators: list[str], book: Codebook) -> list[str]:
    parts = [part for rule in book.identities.values() if rule.fills for part in _filling(rule, indicators)]
    return list(dict.fromkeys([*indicators, *parts]))


def _filling(rule: Identity, indicators: list[str]) -> list[str]:
    return [addend.indicator for addend in rule.right] if rule.left[0].indicator in indicators else []


def _with_first(facts: pl.DataFrame, data: Disclosures) -> pl.DataFrame:
    """The value that was first published and how exact it was, where the report now gives another."""
    cell = [*KEY, "method"]
    revisions = data.own("revisions").with_columns(pl.col(pl.Enum).cast(pl.String))
    known = revisions.filter(pl.col("value").is_not_null()).sort("replaced_on", maintain_order=True)
    earlier = known.group_by(cell).agg(first=pl.col("value").first(), first_qualifier=pl.col("qualifier").first())
    other = pl.col("first") != pl.col("printed")
    return facts.join(earlier, on=cell, how="left").with_columns(
        pl.when(other).then(name).alias(name) for name in ("first", "first_qualifier")
    )


def _with_totals(facts: pl.DataFrame, data: Disclosures, book: Codebook) -> pl.DataFrame:
    editions = data.reports.select("unit", "year", edition=pl.col("edition").cast(pl.String))
    facts = facts.join(editions, on=["unit", "year"], how="left")
    for rule in book.identities.values():
        if rule.fills:
            facts = pl.concat([facts, _totals(facts, rule, book)], how="diagonal")
    return facts.drop("edition")


def _totals(facts: pl.DataFrame, rule: Identity, book: Codebook) -> pl.DataFrame:
    """The left side of `rule`, where the table prints every part; as exact as its least exact part."""
    parts = [addend.indicator for addend in rule.right]
    terms = facts.filter(
        pl.col("indicator").is_in(parts),
        pl.col("edition").is_in(rule.editions),
        pl.col("method").is_in(["table", "computed"]),
        pl.col("status") != "definition_differs",
    )
    terms = terms.sort(pl.col("value").is_null(), maintain_order=True).unique(
        [*KEY, "source"], keep="first", maintain_order=True
    )
    exactness = pl.Enum(list(book.terms["qualifier"]))
    before = pl.coalesce("first", "printed")
    revised = pl.col("first").is_not_null().any() & before.is_not_null().all()
    sums = terms.group_by("unit", "year", "applicant", "scope", "source", "edition", maintain_order=True).agg(
        pl.col("value").sum(),
        pl.when(pl.col("printed").is_not_null().all()).then(pl.col("printed").sum()).alias("printed"),
        pl.col("qualifier").cast(exactness).max().cast(pl.String),
        first=pl.when(revised).then(before.sum()),
        first_qualifier=pl.when(revised).then(
            pl.coalesce("first_qualifier", "qualifier").cast(exactness).max().cast(pl.String)
        ),
        corrected=pl.col("corrected").any(),
        status=pl.when((pl.col("status") == "conflicting").any())
        .then(pl.lit("conflicting"))
        .otherwise(pl.lit("reported")),
        held=pl.col("indicator").filter(pl.col("value").is_not_null()).n_unique(),
    )
    return sums.filter(pl.col("held") == len(parts)).select(
        pl.exclude("held"),
        indicator=pl.lit(rule.left[0].indicator),
        method=pl.lit("computed"),
        evidence=pl.lit(rule.label),
    )


def _one_row_a_figure(facts: pl.DataFrame) -> pl.DataFrame:
    """For each figure the statement that stands first, differing `others` beside it; a conflict marks the cell."""
    rank = pl.col("method").replace_strict(PRECEDENCE, range(len(PRECEDENCE)), return_dtype=pl.Int8)
    conflicting = (pl.col("status") == "conflicting").any().over(CELL)
    facts = facts.sort(*CELL, pl.col("value").is_null(), rank).with_columns(
        status=pl.when(conflicting & pl.col("value").is_not_null()).then(pl.lit("conflicting")).otherwise("status")
    )
    first = facts.group_by(KEY, maintain_order=True).agg(
        pl.all().first(), others=pl.col("value").drop_nulls().unique(maintain_order=True)
    )
    return first.with_columns(others=pl.col("others").list.set_difference(pl.concat_list("value")))


def _grid(
    units: Sequence[str],
    years: Sequence[int],
    indicators: Sequence[str],
    applicants: Sequence[str],
    data: Disclosures,
    book: Codebook,
) -> pl.DataFrame:
    """Every cell asked for, with the `edition` of its report and what `gap` it is where nothing is stated."""
    columns = pl.DataFrame(
        [
            (name, applicant)
            for name in dict.fromkeys(indicators)
            for applicant in applicants
            if applicant == "total" or book.indicators[name].by_applicant
        ],
        schema={"indicator": pl.String, "applicant": pl.String},
        orient="row",
    )
    reports = data.reports.select(
        "unit", "year", pl.col("edition", "coverage").cast(pl.String), reported=pl.lit(value=True)
    )
    return (
        pl.DataFrame({"unit": list(dict.fromkeys(units))}, schema={"unit": pl.String})
        .join(pl.DataFrame({"year": sorted(set(years))}, schema={"year": pl.Int16}), how="cross")
        .join(columns, how="cross")
        .join(reports, on=["unit", "year"], how="left")
        .join(_cells(book), on=["indicator", "edition"], how="left")
        .join(_splits(book), on="edition", how="left")
        .with_columns(gap=_gap())
        .drop("reported", "place", "coverage", "split")
    )


def _cells(book: Codebook) -> pl.DataFrame:
    """The `place` of each indicator in each edition: "table", "sum" (of parts, never printed), "prose" or "none".

    Where a form has no cell for what other editions tell in prose, the text may still state it.
    """
    filling = [rule for rule in book.identities.values() if rule.fills]
    sums = {(rule.left[0].indicator, edition) for rule in filling for edition in rule.editions}
    rows: list[tuple[str, str, str]] = []
    for name, entry in book.indicators.items():
        for edition in entry.cells:
            told = "prose" if any(each.endswith("prose") for each in entry.cells.values()) else "none"
            place = "sum" if (name, edition) in sums else "table" if entry.in_table(edition) else told
            rows.append((name, edition, place))
    return pl.DataFrame(rows, schema={"indicator": pl.String, "edition": pl.String, "place": pl.String}, orient="row")


def _splits(book: Codebook) -> pl.DataFrame:
    """Whether each edition's requests table is split by kind of applicant."""
    splits = [(entry.edition, entry.by_applicant) for entry in book.editions.values()]
    return pl.DataFrame(splits, schema={"edition": pl.String, "split": pl.Boolean}, orient="row")


def _gap() -> pl.Expr:
    """What it means that a report's figure is not among the facts."""
    read = (pl.col("coverage") == "full") | ((pl.col("coverage") == "tables") & (pl.col("place") != "prose"))
    return (
        pl.when(pl.col("reported").is_null())
        .then(pl.lit("report_missing"))
        .when((pl.col("place") == "none") | ((pl.col("applicant") != "total") & ~pl.col("split")))
        .then(pl.lit("not_applicable"))
        .when(read & (pl.col("place") == "sum"))
        .then(pl.lit("parts_missing"))
        .when(read)
        .then(pl.lit("not_found"))
        .otherwise(pl.lit("not_collected"))
    )
