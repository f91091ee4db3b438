"""Rules about the reports themselves: who has not reported, titles, statements taken over from the year before."""

import re
from collections.abc import Iterator
from functools import reduce

import polars as pl

from analysis.checks.frames import ROW, SCHEMA, Frames
from analysis.checks.sums import judged
from analysis.codebook import Codebook
from analysis.facts import Disclosures

YEAR = r"20\d\d"


def titles(data: Disclosures) -> Iterator[pl.DataFrame]:
    """The years that a title names hold the reporting year; unknown where it names none."""
    named = pl.col("title").str.extract_all(YEAR)
    rows = data.reports.with_columns(applicant=pl.lit("total"), scope=pl.lit("unstated"), named=named)
    rows = rows.with_columns(first=pl.col("named").list.first().cast(pl.Float64))
    holds = pl.when(pl.col("named").list.len() > 0).then(
        pl.col("named").list.contains(pl.col("year").cast(pl.String))
    )
    yield judged(rows, "title_year", pl.col("first"), pl.col("year").cast(pl.Float64), "", holds)


def unreported(data: Disclosures) -> Iterator[pl.DataFrame]:
    """Whether each unit reported in the years in which others with the same parent did.

    A unit that has units below it and never reported itself is a place, not an office: nobody knows whether it should.
    """
    units = data.units.select("unit", "parent").filter(pl.col("parent").is_not_null())
    reports = data.reports.select("unit", "year", reported=pl.lit(value=True))
    years = reports.join(units, on="unit").select("parent", "year").unique()
    above = data.units.select(unit=pl.col("parent")).drop_nulls().unique().with_columns(above=pl.lit(value=True))
    ever = reports.select("unit").unique().with_columns(ever=pl.lit(value=True))
    rows = (
        units.join(years, on="parent")
        .join(reports, on=["unit", "year"], how="left")
        .join(above, on="unit", how="left")
        .join(ever, on="unit", how="left")
        .with_columns(applicant=pl.lit("total"), scope=pl.lit("unstated"))
        .sort("unit", "year")
    )
    place = pl.col("above").is_not_null() & pl.col("ever").is_null()
    holds = pl.when(~place).then(pl.col("reported").is_not_null())
    empty = pl.lit(None, pl.Float64)
    yield judged(rows, "unreported", empty, empty, "", holds)


def covered(frames: Frames, data: Disclosures) -> Iterator[pl.DataFrame]:
    """As many reports of units below are held as the unit says that it has checked."""
    below = data.reports.join(data.units.select("unit", "parent"), on="unit").group_by(unit="parent", year="year").len()
    below = below.with_columns(pl.col("unit").cast(frames.stated.schema["unit"], strict=False), pl.col("len"))
    rows = frames.stated.filter(pl.col("units_checked").is_not_null()).join(below, on=["unit", "year"], how="left")
    yield judged(
        rows, "units_covered", pl.col("units_checked"), pl.col("len").cast(pl.Float64), "units_checked"
    )
