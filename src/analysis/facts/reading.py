"""Loads a data folder: units, reports and the one long table of facts, lazily."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from analysis import codebook, paths
from analysis.codebook import Codebook
from analysis.errors import BadParameter, Missing, Unknown, nearest
from analysis.facts import corrections, parquet, tables, writing

KEY = ["unit", "year", "indicator", "applicant", "scope"]


def invented(unit: str) -> bool:
    """Whether a unit's id is that of an invented one: "demo", or what begins with "demo-"."""
    return unit.partition("-")[0] == "demo"


@dataclass(frozen=True)
class Unit:
    """A body that reports: its id, its names and its rank; `parent` and `parent_level` are None at the top."""

    unit: str
    name: str
    name_en: str
    level: str
    parent: str | None
    parent_level: str | None

    @property
    def invented(self) -> bool:
        """Whether it is an invented unit, made by `disclosure demo`."""
        return invented(self.unit)

    def named(self, language: str) -> str:
        """Its name in a language."""
        return self.name if language == "zh" else self.name_en


@dataclass(frozen=True)
class Disclosures:
    """A data folder, opened: who reports, what reports there are, and every fact (lazy, corrections applied)."""

    folder: Path
    units: pl.DataFrame
    reports: pl.DataFrame
    facts: pl.LazyFrame
    stale_corrections: pl.DataFrame

    def own(self, table: str) -> pl.DataFrame:
        """A table that only a user's own folder holds (descriptor.ONE_S_OWN); empty where there is none."""
        return _optional(self.folder / f"{table}.csv", {"units.unit": self.units["unit"]})

    def unit(self, unit: str) -> Unit:
        """Who `unit` is; raises Unknown with the nearest ids."""
        row = self.units.filter(pl.col("unit") == unit)
        if row.is_empty():
            fix = nearest(unit, self.units["unit"].to_list()) or "the ids are in the first column of units.csv"
            raise Unknown(f"unit '{unit}'", "there is no such unit in the data", fix)
        above = self.units.select(parent="unit", parent_level="level")
        return Unit(**row.join(above, on="parent", how="left").select(*Unit.__dataclass_fields__).row(0, named=True))

    def below(self, unit: str) -> list[str]:
        """`unit` and all units below it, however deep."""
        found = [self.unit(unit).unit]
        for above in found:
            found += self.units.filter(pl.col("parent") == above)["unit"].to_list()
        return found

    def names(self, units: Collection[str], language: str) -> dict[str, str]:
        """What the units are called in a language, by id."""
        held = self.units.select("unit", "name" if language == "zh" else "name_en")
        return dict(held.filter(pl.col("unit").is_in(list(units))).iter_rows())

    def reports_of(self, units: Collection[str], years: Collection[int]) -> pl.DataFrame:
        """The reports of the units named for the reporting years named."""
        return self.reports.filter(pl.col("unit").is_in(list(units)), pl.col("year").is_in(list(years)))

    def refuse_year(self, where: str, year: int) -> None:
        """Raise BadParameter, naming `where` it was given, for a year outside those of all reports."""
        known = sorted(self.reports["year"])
        if not known or not known[0] <= year <= known[-1]:
            fix = f"give a year from {known[0]} to {known[-1]}" if known else "add reports first: disclosure ingest"
            raise BadParameter(where, f"there is no report of any unit for {year}", fix)

    def years_among(self, units: Collection[str], *, until: int) -> list[int]:
        """The reporting years from the first with a report of one of the units to `until`; raises BadParameter."""
        self.refuse_year("parameter 'year'", until)
        first = self.reports.filter(pl.col("unit").is_in(list(units)))["year"].min()
        return list(range(min(int(str(first)), until) if first is not None else until, until + 1))

    def years(self, unit: str, *, since: int = 0, until: int = 0) -> list[int]:
        """The reporting years from `since` to `until`; 0 stands for the first or last year with a report of `unit`."""
        self.unit(unit)
        reported = self.reports.filter(pl.col("unit") == unit)["year"].to_list()
        if not reported:
            raise Unknown(f"unit '{unit}'", "the data hold no report of it", "take a unit below it, or add its reports")
        for name, year in {"since": since, "until": until}.items():
            if year:
                self.refuse_year(f"parameter '{name}'", year)
        last = until or max(reported)
        first = since or min(reported)
        if since > last:
            raise BadParameter("parameter 'since'", f"{since} is later than {last}", "let the years run forward")
        return list(range(min(first, last), last + 1))


def load(folder: Path | None = None) -> Disclosures:
    """The data folder (default: the one that the command or $DISCLOSURE_DATA names, else the repository's).

    `disclosures` may be a CSV file, a Parquet file or a Hive-partitioned Parquet folder. Raises BadData where a
    table breaks the codebook's rules, with file, line, column and value.
    """
    folder = folder or paths.data()
    writing.complete(folder)
    book = codebook.load()
    units = _units(folder, book)
    known = {"units.unit": units["unit"]}
    reports = tables.read(folder / "reports.csv", book, known=known)
    _refuse_misnamed(folder / "reports.csv", reports)
    known["reports.report"] = reports["report"]
    facts = _facts(folder, book, known)
    corrected = corrections.apply(facts, _optional(folder / "corrections.csv", known))
    return Disclosures(folder, units, reports, corrected.facts, corrected.stale)


def pick(
    data: Disclosures,
    *,
    units: Collection[str] | None = None,
    years: Collection[int] | None = None,
    indicators: Collection[str] | None = None,
) -> pl.LazyFrame:
    """The facts of the units, reporting years and indicators named; None takes all."""
    wanted = {"unit": units, "year": years, "indicator": indicators}
    return data.facts.filter(
        *[pl.col(name).is_in(list(values)) for name, values in wanted.items() if values is not None]
    )


def _refuse_misnamed(path: Path, reports: pl.DataFrame) -> None:
    """A report whose id is not its unit and year: so that there is one for each unit and year."""
    right = pl.format("{}-{}", "unit", "year")
    odd = reports.with_row_index("row").with_columns(right=right).filter(pl.col("report") != pl.col("right"))
    for row, report, name in odd.select("row", "report", "right").head(1).iter_rows():
        raise tables.refuse(path, row, "report", f"'{report}' is not the id of its unit and year", f"name it {name}")


def _optional(path: Path, known: dict[str, pl.Series]) -> pl.DataFrame:
    """The rows of a table that a folder need not hold; none where it has no such file."""
    book = codebook.load()
    if path.is_file():
        return tables.read(path, book, known=known)
    return pl.DataFrame(schema=tables.schema(book, path.stem))


def _units(folder: Path, book: Codebook) -> pl.DataFrame:
    path = folder / "units.csv"
    units = tables.read(path, book)
    units = tables.read(path, book, known={"units.unit": units["unit"]})
    parents = dict(units.select("unit", "parent").iter_rows())
    for row, unit in enumerate(units["unit"]):
        above, seen = parents[unit], {unit}
        while above:
            if above == unit:
                raise tables.refuse(
                    path, row, "parent", f"'{unit}' is above itself", "name the unit that it belongs to"
                )
            if above in seen:  # it is only below such a ring
                break
            seen.add(above)
            above = parents[above]
    return units


def _facts(folder: Path, book: Codebook, known: dict[str, pl.Series]) -> pl.LazyFrame:
    names = ("disclosures.csv", "disclosures.parquet", "disclosures")
    held = [folder / name for name in names if (folder / name).exists()]
    if len(held) != 1:
        what = "it holds none" if not held else f"it holds {' and '.join(path.name for path in held)}"
        raise Missing(str(folder), f"{what} of the forms that facts have", f"keep one of: {', '.join(names)}")
    path = held[0]
    if path.suffix == ".csv":
        facts = tables.read(path, book, known=known)
        _refuse_contradictions(path, facts, book)
        return facts.lazy()
    return parquet.scan(path, book)


def _refuse_contradictions(path: Path, facts: pl.DataFrame, book: Codebook) -> None:
    """A value where the status says none, none where it says one, or two values of one cell not marked conflicting."""
    valued = [name for name, status in book.statuses.items() if status.has_value]
    has_value = pl.col("status").cast(pl.String).is_in(valued)
    rows = facts.with_row_index("row")
    for row, status in rows.filter(has_value & pl.col("value").is_null()).select("row", "status").head(1).iter_rows():
        raise tables.refuse(
            path, row, "value", f"a figure that is '{status}' has no value", "give the value, or the status 'blank'"
        )
    for row, value in (
        rows.filter(~has_value & pl.col("value").is_not_null()).select("row", "value").head(1).iter_rows()
    ):
        raise tables.refuse(
            path, row, "status", f"a blank cell has the value {value:g}", "empty the value, or mend the status"
        )
    status = pl.col("status").cast(pl.String)
    apart = rows.filter(has_value, status != "definition_differs").filter(
        pl.col("value").n_unique().over(KEY) > 1, status != "conflicting"
    )
    for row, value in apart.select("row", "value").head(1).iter_rows():
        raise tables.refuse(
            path,
            row,
            "status",
            f"another row gives another value than {value:g} for the same figure",
            "keep both rows and mark both 'conflicting'",
        )
