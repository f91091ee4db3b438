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
            yield _applicants(frames, rule, book)
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
        wide = wide.filter(pl.any_horizontal(pl.col(term.indicator).is_not_null() for term in asked))
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
    """No share is above all or below none of its base."""
    for metric in book.metrics.values():
        if metric.unit == "percent":
            above, below = _sum(metric.numerator), _sum(metric.denominator)
            rows = frames.stated.filter(above.is_not_null())
            yield judged(rows, "rate_in_range", above, below, metric.metric, above.is_between(0, below + TOLERANCE))


def blanks(frames: Frames, book: Codebook) -> Iterator[pl.DataFrame]:
    """A blank cell whose sum knows all other terms: is it 0, as one would read it?"""
    keys = frames.gaps.select(ROW).unique()
    wide = frames.unfilled.join(keys, on=ROW, how="semi")
    for rule in book.identities.values():
        if rule.between_years or rule.left[0].indicator == "*":
            continue
        rows = wide.filter(pl.col("edition").is_in(rule.editions))
        terms = [(term, term.sign) for term in rule.left] + [(term, -term.sign) for term in rule.right]
        for term, sign in terms:
            gaps = frames.gaps.filter(pl.col("indicator") == term.indicator).select(ROW)
            others = [pl.col(other.indicator) * other_sign for other, other_sign in terms if other != term]
            proven = -sign * pl.sum_horizontal(*others, ignore_nulls=False)
            held = rows.filter(pl.col(term.indicator).is_null()).join(gaps, on=ROW, how="semi")
            yield judged(held, "proven_blank", pl.lit(0.0), proven, term.indicator)


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


def _applicants(frames: Frames, rule: Identity, book: Codebook) -> pl.DataFrame:
    """The row sums: of every indicator with a column for each kind of applicant."""
    names = [name for name, entry in book.indicators.items() if entry.by_applicant]
    columns = [term.applicant for term in rule.right]
    long = (
        frames.printed.filter(pl.col("edition").is_in(rule.editions))
        .unpivot(names, index=ROW, variable_name="indicator", value_name="value")
        .filter(pl.col("value").is_not_null())
    )
    wide = long.pivot("applicant", index=["unit", "year", "scope", "indicator"], values="value")
    wide = wide.with_columns(
        pl.lit(None, pl.Float64).alias(name) for name in ["total", *columns] if name not in wide.columns
    ).filter(pl.any_horizontal(pl.col(columns).is_not_null()))
    found = judged(
        wide.with_columns(applicant=pl.lit("total")),
        rule.identity,
        pl.col("total"),
        pl.sum_horizontal(*columns, ignore_nulls=False),
        "",
    )
    return found.with_columns(indicator=wide["indicator"])


def _sum(terms: Sequence[Addend]) -> pl.Expr:
    """The terms of a side added up; null where one is missing."""
    columns = [pl.col(f"{LAST if term.before else ''}{term.indicator}") * term.sign for term in terms]
    return pl.sum_horizontal(*columns, ignore_nulls=False)
