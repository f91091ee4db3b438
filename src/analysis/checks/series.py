"""Rules between a report's text and its tables, and between one year and the next."""

from collections.abc import Iterator

import polars as pl

from analysis.checks.frames import LAST, ROW, Frames, with_last
from analysis.checks.sums import TOLERANCE, judged
from analysis.codebook import Codebook
from analysis.facts import Disclosures

ROUNDING = 0.1  # a rounded figure within a tenth of the exact one tells the same


def prose(frames: Frames) -> Iterator[pl.DataFrame]:
    """What the text says, beside the table's cell of the same indicator; one of several sentences is enough."""
    cell = ["unit", "year", "indicator"]
    names = frames.told["indicator"].cast(pl.String).unique(maintain_order=True).to_list()
    if not names:
        return
    table = (
        frames.printed.filter(pl.col("applicant") == "total")
        .unpivot(names, index=[*ROW, "edition"], variable_name="indicator", value_name="table")
        .filter(pl.col("table").is_not_null())
        .select(*cell, "table")
        .unique(cell, keep="none")
    )
    blank = frames.gaps.filter(pl.col("applicant") == "total").select(*cell, table=pl.lit(None, pl.Float64))
    table = pl.concat([table.with_columns(pl.col("indicator").cast(blank.schema["indicator"])), blank])
    said = frames.told.filter(~pl.col("scope").is_in(["portal", "platform"])).select(
        *cell, "scope", "value", "qualifier"
    )
    both = table.unique(cell).join(said, on=cell).with_columns(agrees=_agrees())
    one = (
        both.sort(pl.col("agrees").not_(), "scope", "value", nulls_last=True)
        .group_by(cell, maintain_order=True)
        .first()
    )
    rows = one.with_columns(applicant=pl.lit("total"))
    found = judged(rows, "prose_table", pl.col("table"), pl.col("value"), "", pl.col("agrees"))
    yield found.with_columns(indicator=rows["indicator"].cast(pl.String))


def _agrees() -> pl.Expr:
    table, told = pl.col("table"), pl.col("value")
    return (
        pl.when(pl.col("qualifier") == "exact")
        .then(table == told)
        .when(pl.col("qualifier") == "at_least")
        .then(table >= told)
        .otherwise((table - told).abs() <= ROUNDING * table)
    )


def jumps(frames: Frames, book: Codebook) -> Iterator[pl.DataFrame]:
    """A figure beside that of the year before, where both count the same thing."""
    limits = book.rules["jump"].limits
    wide = with_last(frames.stated, list(book.indicators))
    reported = frames.stated.select("unit", (pl.col("year") + 1).cast(pl.Int16)).unique()
    wide = wide.join(reported, on=["unit", "year"], how="semi")
    for name in book.indicators:
        rows = wide.filter(pl.col(name).is_not_null(), ~pl.col("year").is_in(_breaks(name, book)))
        now, last = pl.col(name), pl.col(f"{LAST}{name}")
        most, least = pl.max_horizontal(now, last), pl.min_horizontal(now, last)
        holds = pl.when(last.is_not_null()).then((most < limits["floor"]) | (most < limits["times"] * least))
        yield judged(rows, "jump", last, now, name, holds)


def _breaks(indicator: str, book: Codebook) -> list[int]:
    """The years from which on an indicator counts something else than before."""
    return [entry.from_year for entry in book.changes(indicator) if entry.degree == "break"]


def growths(frames: Frames, data: Disclosures, book: Codebook) -> Iterator[pl.DataFrame]:
    """The growth that a report tells, beside that of its figure on the year before."""
    apart = book.rules["stated_growth"].limits["apart"]
    told = data.own("growths").join(data.reports.select("unit", "year", source="report"), on="source")
    told = told.with_columns(pl.col("unit").cast(frames.stated.schema["unit"]), pl.col("indicator").cast(pl.String))
    for name in told["indicator"].unique(maintain_order=True):
        wide = with_last(frames.stated.filter(pl.col(name).is_not_null()), [name])
        rows = told.filter(pl.col("indicator") == name, ~pl.col("year").is_in(_breaks(name, book)))
        rows = rows.join(wide, on=["unit", "year", "scope"])
        last = pl.col(f"{LAST}{name}")
        growth = pl.when(last > 0).then(((pl.col(name) - last) / last * 100).round(2))
        holds = (pl.col("percent") - growth).abs() <= apart + TOLERANCE
        rows = rows.sort(holds, descending=True, nulls_last=True).unique(ROW, keep="first", maintain_order=True)
        yield judged(rows, "stated_growth", pl.col("percent"), growth, name, holds)


def unchanged(frames: Frames, book: Codebook) -> Iterator[pl.DataFrame]:
    """How many figures that are not 0 both years state, and how many of them are the same."""
    names = list(book.indicators)
    wide = with_last(frames.stated.filter(pl.col("scope") == "unstated"), names)
    both = [(pl.col(name) > 0) & pl.col(f"{LAST}{name}").is_not_null() for name in names]
    same = [each & (pl.col(name) == pl.col(f"{LAST}{name}")) for each, name in zip(both, names, strict=True)]
    rows = wide.with_columns(both=pl.sum_horizontal(both), same=pl.sum_horizontal(same)).filter(pl.col("both") > 0)
    few = pl.col("both") < book.rules["unchanged_figures"].limits["least"]
    holds = pl.when(~few).then(pl.col("same") < pl.col("both"))
    yield judged(rows, "unchanged_figures", pl.col("same").cast(pl.Float64), pl.col("both").cast(pl.Float64), "", holds)
