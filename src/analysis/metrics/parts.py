"""The parts of a whole, with shares only where they are complete."""

from collections.abc import Sequence

import polars as pl

from analysis.codebook import Codebook
from analysis.metrics.history import leading

WHOLE = ["unit", "year", "whole"]
STATED = ["scope", "status", "qualifier", "evidence", "method", "corrected"]  # of a whole, beside its value


def parts(rows: pl.DataFrame, book: Codebook, *, wholes: Sequence[str]) -> pl.DataFrame:
    """The parts of each of `wholes` by unit and year: `value`, `whole`, `share`, `complete`.

    The whole as it is stated: its value is `total`, its other columns begin with `total_`. `share`, in percent, is
    null unless every part is stated, in one scope and definition, none as a lower bound, and the parts add up to the
    whole. A year whose form has none of the parts, and that states none, keeps them all as the gaps that they are.
    """
    first = leading(rows.filter(pl.col("applicant") == "total"))
    held = [_in_use(first, book, whole).with_columns(whole=pl.lit(whole)) for whole in wholes]
    return _with_shares(pl.concat(held), first.filter(pl.col("indicator").is_in(list(wholes))))


def applicants(rows: pl.DataFrame, *, indicator: str) -> pl.DataFrame:
    """Who applied: the six kinds of applicant as the parts of `indicator`, in the columns of metrics.parts."""
    first = leading(rows.filter(pl.col("indicator") == indicator))
    kinds = first.filter(pl.col("applicant") != "total").with_columns(whole=pl.lit(indicator))
    return _with_shares(kinds, first.filter(pl.col("applicant") == "total"))


def _with_shares(held: pl.DataFrame, totals: pl.DataFrame) -> pl.DataFrame:
    stated = totals.select(
        "unit",
        "year",
        whole=pl.col("indicator").cast(pl.String),
        total="value",
        **{f"total_{name}": pl.col(name) for name in STATED},
    )
    joined = held.join(stated, on=WHOLE, how="left", maintain_order="left")
    complete = (
        pl.col("value").is_not_null().all().over(WHOLE)
        & (pl.col("value").sum().over(WHOLE) == pl.col("total"))
        & (pl.col("scope").eq_missing(pl.col("total_scope"))).all().over(WHOLE)
        & _divisible("").all().over(WHOLE)
        & _divisible("total_")
    ).fill_null(value=False)
    share = pl.when("complete", pl.col("total") > 0).then(pl.col("value") / pl.col("total") * 100)
    return joined.with_columns(complete=complete).with_columns(share=share)


def _divisible(of: str) -> pl.Expr:
    """Whether a figure may stand in a share: counted as the others, and not as a lower bound."""
    return (pl.col(f"{of}status") != "definition_differs") & (pl.col(f"{of}qualifier") != "at_least")


def _in_use(rows: pl.DataFrame, book: Codebook, whole: str) -> pl.DataFrame:
    """The rows of the parts of `whole` that the form of their year has, or that are stated all the same.

    Where that is none, as many as other years use, or all.
    """
    names = book.parts(whole)
    of = rows.filter(pl.col("indicator").is_in(names))
    cells = [
        book.indicators[name].cells.get(edition, "") for name, edition in of.select("indicator", "edition").iter_rows()
    ]
    printed = pl.Series(cells, dtype=pl.String) != ""
    used = set(of.filter(printed | of["value"].is_not_null())["indicator"]) or set(names)
    keep = pl.col("known") | ~pl.col("known").any().over("unit", "year") | pl.col("edition").is_null()
    known = of.with_columns(known=printed | of["value"].is_not_null())
    return known.filter(keep, pl.col("indicator").is_in(list(used))).drop("known")
