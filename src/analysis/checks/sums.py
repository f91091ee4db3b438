"""Rules within the tables: sums, parts and wholes, rates, and what sums say of blank cells."""

from collections.abc import Iterator, Sequence

import polars as pl

from analysis.checks.frames import LAST, ROW, SCHEMA, Frames, with_last
from analysis.codebook import Addend, Codebook, Identity

TOLERANCE = 1e-6  # of amounts with decimals


def identities(frames: Frames, book: Codebook) -> Iterator[pl.DataFrame]:
    """Every sum of the codebook, in each edition and column that has it."""
    for rule in book.identities.values():
        if rule.left[0].indicator == "*":
            yield from _applicants(frames, rule, book)
            continue
        wide = frames.unfilled if rule.fills else frames.printed
        terms = [*rule.left, *rule.right]
        if rule.between_years:
            wide = with_last(wide, [term.indicator for term in terms if term.before])
            wide = wide.filter(pl.col("year") > min(book.editions[name].from_year for name in rule.editions))
        wide = wide.filter(pl.col("edition").is_in(rule.editions))
        if not rule.by_applicant:
            wide = wide.filter(pl.col("applicant") == "total")
        asked = [rule.left[0]] if rule.fills else [term for term in terms if not term.before]
        stated = pl.any_horizontal(pl.col(term.indicator).is_not_null() for term in asked)
        lost = pl.col("whole").fill_null(value=False) & (pl.col("applicant") == "total") & (not rule.fills)
        wide = wide.filter(stated | lost)
        yield judged(wide, rule.identity, _sum(rule.left), _sum(rule.right), rule.left[0].indicator)


def parts(frames: Frames, book: Codebook) -> Iterator[pl.DataFrame]:
    """No part is more than its whole, where one form prints both: what texts count as a part need not be one."""
    for name, entry in book.indicators.items():
        whole = book.indicators.get(entry.part_of)
        both = [form for form in book.editions if whole and entry.in_table(form) and whole.in_table(form)]
        if both:
            rows = frames.printed.filter(pl.col("edition").is_in(both), pl.col(name).is_not_null())
            holds = pl.col(name) <= pl.col(entry.part_of) + TOLERANCE
            yield judged(rows, "part_within_whole", pl.col(name), pl.col(entry.part_of), name, holds)


def rates(frames: Frames, book: Codebook) -> Iterator[pl.DataFrame]:
    """No share is above all or below none of its base; of one part `parts` says so."""
    for metric in book.metrics.values():
        if metric.unit == "percent" and not metric.whole:
            above, below = _sum(metric.numerator), _sum(metric.denominator)
            rows = _with_columns(frames, [*metric.numerator, *metric.denominator]).filter(above.is_not_null())
            yield judged(rows, "rate_in_range", above, below, metric.metric, above.is_between(0, below + TOLERANCE))


def blanks(frames: Frames, book: Codebook) -> Iterator[pl.DataFrame]:
    """A blank cell of which a sum knows all other terms: is it 0, as one would read it?"""
    found = [*_in_columns(frames, book), *_in_rows(frames, book)]
    order = pl.col("verdict").replace_strict({"fail": 0, "pass": 1, "unknown": 2}, return_dtype=pl.Int8)
    yield (
        pl.concat(found).sort(order, maintain_order=True).unique([*ROW, "indicator"], keep="first", maintain_order=True)
    )


def _in_columns(frames: Frames, book: Codebook) -> Iterator[pl.DataFrame]:
    wide = frames.printed.join(frames.gaps.select(ROW).unique(), on=ROW, how="semi")
    for rule in book.identities.values():
        if rule.between_years or rule.left[0].indicator == "*":
            continue
        rows = wide.filter(pl.col("edition").is_in(rule.editions))
        terms = [(term, term.sign) for term in rule.left] + [(term, -term.sign) for term in rule.right]
        for term, sign in terms:
            others = [pl.col(other.indicator) * other_sign for other, other_sign in terms if other != term]
            proven = -sign * pl.sum_horizontal(*others, ignore_nulls=False)
            held = rows.filter(pl.col(term.indicator).is_null()).join(_gaps(frames, term.indicator), on=ROW, how="semi")
            yield judged(held, "proven_blank", pl.lit(0.0), _possible(proven), term.indicator)


def _in_rows(frames: Frames, book: Codebook) -> Iterator[pl.DataFrame]:
    """The blank cells of one row of the requests table: the total less the other kinds of applicant."""
    kinds = list(book.terms["applicant"])
    for name, entry in book.indicators.items():
        gaps = _gaps(frames, name)
        if not entry.by_applicant or gaps.is_empty():
            continue
        cell = ["unit", "year", "scope"]
        long = frames.printed.select(*ROW, name).join(gaps.select(cell).unique(), on=cell, how="semi")
        wide = long.pivot("applicant", index=cell, values=name, aggregate_function="first")
        wide = wide.with_columns(pl.lit(None, pl.Float64).alias(kind) for kind in kinds if kind not in wide.columns)
        for kind in kinds:
            others = pl.sum_horizontal(
                *[pl.col(other) for other in kinds if other not in {kind, "total"}], ignore_nulls=False
            )
            proven = others if kind == "total" else pl.col("total") - others
            blank = gaps.filter(pl.col("applicant") == kind)
            held = wide.filter(pl.col(kind).is_null()).join(blank, on=cell)
            yield judged(held, "proven_blank", pl.lit(0.0), _possible(proven), name)


def _possible(proven: pl.Expr) -> pl.Expr:
    """What a sum leaves for a cell; nothing is proven where that is below 0, as the sum itself is wrong."""
    return pl.when(proven >= 0).then(proven)


def _gaps(frames: Frames, indicator: str) -> pl.DataFrame:
    return frames.gaps.filter(pl.col("indicator") == indicator).select(ROW)


def judged(
    rows: pl.DataFrame, rule: str, left: pl.Expr, right: pl.Expr, indicator: str, holds: pl.Expr | None = None
) -> pl.DataFrame:
    """A finding for each of `rows`: whether `holds` (by default: both sides are equal); unknown where it is null."""
    holds = (left - right).abs() <= TOLERANCE if holds is None else holds
    verdict = pl.when(holds).then(pl.lit("pass")).when(~holds).then(pl.lit("fail")).otherwise(pl.lit("unknown"))
    return rows.select(
        rule=pl.lit(rule),
        verdict=verdict,
        unit="unit",
        year="year",
        indicator=pl.lit(indicator),
        applicant="applicant",
        scope="scope",
        left=left,
        right=right,
    ).select(SCHEMA)


def _applicants(frames: Frames, rule: Identity, book: Codebook) -> Iterator[pl.DataFrame]:
    """The row sums: of every indicator with a column for each kind of applicant."""
    names = [name for name, entry in book.indicators.items() if entry.by_applicant]
    report = ["unit", "year", "scope"]
    rows = frames.printed.filter(pl.col("edition").is_in(rule.editions))
    wide = rows.pivot("applicant", index=report, values=names, separator="@").with_columns(applicant=pl.lit("total"))
    for name in names:
        total, *kinds = [f"{name}@{term.applicant}" for term in (rule.left[0], *rule.right)]
        lacking = [column for column in (total, *kinds) if column not in wide.columns]
        held = wide.with_columns(pl.lit(None, pl.Float64).alias(column) for column in lacking)
        held = held.filter(pl.any_horizontal(pl.col(kinds).is_not_null()))
        yield judged(held, rule.identity, pl.col(total), pl.sum_horizontal(*kinds, ignore_nulls=False), name)


def _with_columns(frames: Frames, terms: Sequence[Addend]) -> pl.DataFrame:
    """The exact totals, beside them the figures of the columns of applicants that `terms` name."""
    wide = frames.exact
    for term in terms:
        if term.applicant != "total":
            column = frames.printed.filter(pl.col("applicant") == term.applicant)
            column = column.select("unit", "year", "scope", pl.col(term.indicator).alias(_column(term)))
            wide = wide.join(column, on=["unit", "year", "scope"], how="left")
    return wide


def _sum(terms: Sequence[Addend]) -> pl.Expr:
    """The terms of a side added up; null where one is missing."""
    return pl.sum_horizontal(*[pl.col(_column(term)) * term.sign for term in terms], ignore_nulls=False)


def _column(term: Addend) -> str:
    applicant = f"@{term.applicant}" if term.applicant != "total" else ""
    return f"{LAST if term.before else ''}{term.indicator}{applicant}"
