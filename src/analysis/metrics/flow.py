"""Requests in and out: what was carried in and received beside what was concluded and carried out."""

import polars as pl

from analysis.codebook import Codebook
from analysis.facts import CELL
from analysis.metrics.history import EXACT, leading
from analysis.metrics.parts import parts

BALANCE = "requests_balance"
DIVIDED = "requests_concluded"  # the term that is shown by its parts where they are complete
OF_YEAR = ["unit", "year"]


def flow(rows: pl.DataFrame, book: Codebook) -> pl.DataFrame:
    """The terms of the balance of requests by unit and year, each on its `side` ("in", "out"); rows of a panel.

    `usable`: exact and in the scope of the year; `total`: of the side, null unless all its terms are usable; `apart`:
    in less out, null unless both are known. Where the outcomes of the requests concluded are complete they follow them
    as rows whose `term` is not their own `indicator`.
    """
    rule = book.identities[BALANCE]
    places = {addend.indicator: (at, side) for side, sums in (("in", rule.left), ("out", rule.right))
              for at, addend in enumerate(sums)}  # fmt: skip
    terms = _in_one_scope(rows.filter(pl.col("applicant") == "total", pl.col("indicator").is_in(list(places))))
    name = pl.col("indicator").cast(pl.String)
    sided = terms.with_columns(
        term=name,
        side=name.replace_strict({term: side for term, (_, side) in places.items()}, return_dtype=pl.String),
        place=name.replace_strict({term: at for term, (at, _) in places.items()}, return_dtype=pl.Int64),
    )
    summed = _balanced(sided)
    every = pl.concat([summed, _outcomes(summed, rows, book)])
    return every.sort(*OF_YEAR, "side", "place", maintain_order=True).drop("place")


def _in_one_scope(rows: pl.DataFrame) -> pl.DataFrame:
    """One row a cell, in the scope of the year's first stated figure where it has one, with `usable`."""
    stated = leading(rows).filter(pl.col("value").is_not_null()).sort(*OF_YEAR, "indicator", maintain_order=True)
    scopes = stated.group_by(OF_YEAR, maintain_order=True).agg(pl.col("scope").first().alias("of_year"))
    joined = rows.join(scopes, on=OF_YEAR, how="left", maintain_order="left")
    fits = joined.with_columns(
        fits=(pl.col("value").is_not_null() & (pl.col("scope") == pl.col("of_year"))).fill_null(value=False)
    )
    one = fits.sort("fits", descending=True, maintain_order=True).unique(CELL, keep="first", maintain_order=True)
    return one.with_columns(usable=pl.col("fits") & EXACT).drop("fits", "of_year")


def _balanced(terms: pl.DataFrame) -> pl.DataFrame:
    """The terms with the total of their side and the difference between the sides."""
    side = [*OF_YEAR, "side"]
    total = pl.when(pl.col("usable").all().over(side)).then(pl.col("value").sum().over(side))
    summed = terms.with_columns(total=total)
    of = {name: pl.col("total").filter(pl.col("side") == name).first().over(OF_YEAR) for name in ("in", "out")}
    return summed.with_columns(apart=of["in"] - of["out"])


def _outcomes(terms: pl.DataFrame, rows: pl.DataFrame, book: Codebook) -> pl.DataFrame:
    """The outcomes of the requests concluded where they add up to it in its scope, with the columns of `terms`."""
    whole = terms.filter(pl.col("term") == DIVIDED, "usable")
    shared = [*OF_YEAR, "scope", "usable", "term", "side", "place", "total", "apart"]
    outcomes = parts(rows, book, wholes=[DIVIDED]).filter("complete").drop("total")
    return outcomes.join(whole.select(shared), on=[*OF_YEAR, "scope"], maintain_order="left").select(terms.columns)
