"""Rules about the reports themselves: who has not reported, titles, statements taken over from the year before."""

from collections.abc import Iterator

import polars as pl
from rapidfuzz import fuzz

from analysis.checks.frames import Frames
from analysis.checks.sums import judged
from analysis.codebook import Codebook
from analysis.facts import Disclosures

YEAR = r"20\d\d"
USUAL = 0.5  # of the units with the same parent


def titles(data: Disclosures) -> Iterator[pl.DataFrame]:
    """The years that a title names hold the reporting year; unknown where it names none."""
    named = pl.col("title").str.extract_all(YEAR)
    rows = data.reports.with_columns(applicant=pl.lit("total"), scope=pl.lit("unstated"), named=named)
    rows = rows.with_columns(first=pl.col("named").list.first().cast(pl.Float64))
    holds = pl.when(pl.col("named").list.len() > 0).then(pl.col("named").list.contains(pl.col("year").cast(pl.String)))
    yield judged(rows, "title_year", pl.col("first"), pl.col("year").cast(pl.Float64), "", holds)


def unreported(data: Disclosures) -> Iterator[pl.DataFrame]:
    """Whether each unit reported in the years in which it is known that it should.

    These are the years between its reports, and those in which most of the units with the same parent did. A
    unit that has units below it and never reported itself is a place, not an office: nobody knows whether it should.
    """
    units = data.units.select("unit", "parent")
    reports = data.reports.select("unit", "year", reported=pl.lit(value=True))
    span = reports.group_by("unit").agg(first=pl.col("year").min(), last=pl.col("year").max())
    places = data.units.select(unit=pl.col("parent")).drop_nulls().unique().with_columns(place=pl.lit(value=True))
    beside = units.join(reports.join(units, on="unit").select("parent", "year").unique(), on="parent")
    own = span.select("unit", year=pl.int_ranges("first", pl.col("last") + 1, dtype=pl.Int16)).explode("year")
    asked = pl.concat([beside.select("unit", "year"), own]).unique()
    rows = (
        asked.join(units, on="unit")
        .join(reports, on=["unit", "year"], how="left")
        .join(span, on="unit", how="left")
        .join(places, on="unit", how="left")
        .with_columns(pl.col("reported", "place").fill_null(value=False), applicant=pl.lit("total"))
        .filter(pl.col("last").is_not_null() | ~pl.col("place"))
        .with_columns(most=pl.col("reported").mean().over("parent", "year") > USUAL, scope=pl.lit("unstated"))
        .sort("unit", "year")
    )
    between = pl.col("year").is_between("first", "last").fill_null(value=False)
    expected = between | (pl.col("most") & pl.col("parent").is_not_null())
    holds = pl.when(pl.col("reported") | expected).then("reported")
    empty = pl.lit(None, pl.Float64)
    yield judged(rows, "unreported", empty, empty, "", holds)


def covered(frames: Frames, data: Disclosures) -> Iterator[pl.DataFrame]:
    """As many reports of units below are held as the unit says that it has checked."""
    below = data.reports.join(data.units.select("unit", "parent"), on="unit").group_by(unit="parent", year="year").len()
    below = below.with_columns(pl.col("unit").cast(frames.stated.schema["unit"], strict=False), pl.col("len"))
    rows = frames.stated.filter(pl.col("units_checked").is_not_null()).join(below, on=["unit", "year"], how="left")
    yield judged(rows, "units_covered", pl.col("units_checked"), pl.col("len").cast(pl.Float64), "units_checked")


def statements(data: Disclosures, book: Codebook) -> Iterator[pl.DataFrame]:
    """How like the problems and measures of a report are to those of the year before, numbers left aside."""
    limits = book.rules["unchanged_statements"].limits
    text = pl.col("text").str.replace_all(r"\d+", "#").str.join("")
    held = data.own("statements").sort("source", "number").group_by("source", maintain_order=True).agg(text)
    rows = data.reports.join(held, left_on="report", right_on="source").select("unit", "year", "text")
    last = rows.select("unit", pl.col("year") + 1, last="text")
    rows = rows.join(last, on=["unit", "year"], how="left").with_columns(
        applicant=pl.lit("total"), scope=pl.lit("unstated")
    )
    pairs = zip(rows["text"], rows["last"], strict=True)
    alike = [_similarity(*pair, shortest=limits["shortest"], least=limits["similarity"]) for pair in pairs]
    rows = rows.with_columns(alike=pl.Series(alike, dtype=pl.Float64))
    most = pl.lit(limits["similarity"])
    yield judged(rows, "unchanged_statements", pl.col("alike"), most, "", pl.col("alike") < most)


def _similarity(text: str, last: str | None, *, shortest: float, least: float) -> float | None:
    """Percent; 0 where it is below `least`, None where either text is missing or too short to tell."""
    if last is None or min(len(text), len(last)) < shortest:
        return None
    return round(fuzz.ratio(text, last, score_cutoff=least), 1)
