"""The invented region: the same bytes every time, whole, balanced where it should be, and marked as invented."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest

from analysis import checks, codebook, demo, facts, paths
from analysis.codebook import Codebook, opening
from analysis.demo import flaws, tables
from analysis.demo.world import World
from analysis.errors import BadParameter, Missing, Unknown
from analysis.facts import Disclosures

YEARS = range(2008, 2026)
MAKING = "import sys; from pathlib import Path; from analysis import demo; demo.make(Path(sys.argv[1]), units=6, years=range(2012, 2022), seed=int(sys.argv[2]))"  # noqa: E501


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo.make(tmp_path_factory.mktemp("demo") / "data", units=96, years=YEARS, seed=1).folder


@pytest.fixture(scope="module")
def data(folder: Path) -> Disclosures:
    return facts.load(folder)


@pytest.fixture(scope="module")
def found(data: Disclosures) -> pl.DataFrame:
    return checks.run(data, codebook.load("zh")).filter(pl.col("verdict") == "fail")


@pytest.fixture
def world(zh: Codebook) -> World:
    return World(1, YEARS, zh, **opening.entries("demo.toml"))


def test_the_same_arguments_give_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    for name, seed, hashing in (("one", "7", "1"), ("two", "7", "2"), ("other", "8", "1")):
        words = [sys.executable, "-c", MAKING, str(tmp_path / name), seed]
        subprocess.run(words, check=True, env={**os.environ, "PYTHONHASHSEED": hashing})
    one, two, other = (contents(tmp_path / name) for name in ("one", "two", "other"))
    assert one == two
    assert one["units.csv"] == other["units.csv"]
    assert one["disclosures.csv"] != other["disclosures.csv"]


def test_a_folder_holds_every_table_and_its_description(folder: Path, data: Disclosures) -> None:
    assert set(contents(folder)) == {f"{name}.csv" for name in tables.TABLES} | {"datapackage.json"}
    assert '"name": "growths"' in (folder / "datapackage.json").read_text(encoding="utf-8")
    for table in ("corrections", "revisions", "statements", "growths"):
        assert data.own(table).height > 0, table
    assert data.stale_corrections.is_empty()


def test_what_was_made_is_counted(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []

    def done(number: int, total: int) -> None:
        heard.append((number, total))

    made = demo.make(tmp_path, units=3, years=range(2019, 2021), seed=1, done=done)
    data = facts.load(tmp_path)
    assert (made.units, made.reports, made.figures) == (
        data.units.height,
        data.reports.height,
        data.facts.collect().height,
    )
    assert heard == [(number, made.units) for number in range(1, made.units + 1)]


def test_every_unit_is_invented_and_says_so(data: Disclosures, zh: Codebook) -> None:
    assert all(data.unit(unit).invented for unit in data.units["unit"])
    assert data.units["note"].unique().to_list() == [zh.word("invented")]
    assert facts.load(paths.ROOT / "data").units.filter(pl.col("unit").str.starts_with("demo")).is_empty()
    assert data.reports["url"].drop_nulls().str.starts_with("https://demo.example/").all()


def test_a_county_stands_below_a_city_beside_others_and_above_departments_and_townships(data: Disclosures) -> None:
    levels = dict(data.units.filter(pl.col("parent") == "demo").group_by("level").len().iter_rows())
    assert sum(levels.values()) == 96
    assert set(levels) == {"department", "township"}
    counties = data.units.filter(pl.col("parent") == "demo-city")
    assert counties["level"].cast(pl.String).unique().to_list() == ["county"]
    assert counties.height > codebook.load().smallest_field
    assert data.unit("demo").parent == "demo-city"


@pytest.mark.parametrize("units", [1, 2, 96, 3000])
def test_ids_and_names_are_unique_however_many_there_are(units: int, world: World) -> None:
    held = world.places(units)
    assert sum(place.parent == "demo" for place in held) == units
    for name in ("unit", "name", "name_en"):
        assert len({getattr(place, name) for place in held}) == len(held), name


def test_no_name_is_that_of_a_real_unit(world: World) -> None:
    units = facts.load(paths.ROOT / "data").units
    held = world.places(world.most)
    assert not {place.name for place in held} & set(units["name"])
    assert not {place.name_en for place in held} & set(units["name_en"])
    chinese, english = " ".join(units["name"]), set(re.findall(r"[A-Za-z]+", " ".join(units["name_en"])))
    sisters = [(zh, en) for _, zh, en in world.names["sisters"]]
    pairs = [
        (first[0] + second[0], first[1] + second[1])
        for first in world.names["first"]
        for second in world.names["second"]
    ]
    assert [pair for pair in [*sisters, *pairs] if pair[0] in chinese or pair[1] in english] == []


def test_every_edition_status_qualifier_and_coverage_occurs(data: Disclosures, zh: Codebook) -> None:
    assert set(data.reports["edition"]) == set(zh.editions)
    told = data.facts.filter(pl.col("year") < 2014).collect()
    assert {"requests_concluded", "requests_refused", "staff_fulltime", "units_checked"} <= set(told["indicator"])
    assert set(data.reports["coverage"]) == set(zh.terms["coverage"])
    held = data.facts.collect()
    assert set(held["status"]) == {name for name, entry in zh.statuses.items() if entry.stored}
    assert set(held["qualifier"]) == set(zh.terms["qualifier"])
    assert {"own", "region", "unstated"} <= set(held["scope"])
    assert held["corrected"].any()
    names = ["published_items", "requests_refused", "requests_received", "hearings", "other_fee_unpaid"]
    rows = facts.panel(data, zh, units=data.units["unit"].to_list(), years=list(YEARS), indicators=names)
    assert set(rows["status"]) == set(zh.statuses)


def test_reports_give_every_cell_of_their_form_and_no_other(data: Disclosures, zh: Codebook) -> None:
    whole = data.reports.filter(pl.col("coverage") != "selected").select("unit", "year", "edition")
    cells = data.facts.filter(pl.col("method") == "table").collect().join(whole, on=["unit", "year"])
    filled = {(rule.left[0].indicator, form) for rule in zh.identities.values() if rule.fills for form in rule.editions}
    for edition, kinds in {"narrative_2008": 0, "statistical_2014": 1, "standard_2019": 7, "standard_2021": 7}.items():
        printed = {
            (name, kind)
            for name, entry in zh.indicators.items()
            if entry.in_table(edition) and (name, edition) not in filled
            for kind in list(zh.terms["applicant"])[: kinds if entry.by_applicant else 1]
        }
        held = cells.filter(pl.col("edition") == edition)
        for _, report in held.group_by("unit", "year"):
            assert set(report.select("indicator", "applicant").iter_rows()) == printed, edition


def test_what_is_wrong_with_the_county_is_found_in_its_years(found: pl.DataFrame) -> None:
    seeded = {
        "unreported": 2011,
        "units_covered": 2013,
        "title_year": 2014,
        "prose_table": 2016,
        "stated_growth": 2016,
        "proven_blank": 2020,
        "request_applicants": 2021,
        "unchanged_statements": 2023,
        "normative_documents_kept": 2023,
        "carry_over": 2024,
    }
    mine = set(found.filter(pl.col("unit") == "demo").select("rule", "year").iter_rows())
    assert set(seeded.items()) <= mine
    assert any(year == 2022 and codebook.load().rules[rule].severity == "error" for rule, year in mine)


def test_every_flaw_that_the_codebook_names_is_handled_where_the_table_says(world: World) -> None:
    assert {*world.flaws, *world.county} == {*flaws.FLAWS}
    source = Path(flaws.__file__).parent
    for name, module in flaws.FLAWS.items():
        if isinstance(module, str):
            assert f'"{name}"' in (source / f"{module}.py").read_text(encoding="utf-8"), name


@pytest.mark.parametrize(("table", "entry"), [("flaws", 0.5), ("county", [2020])])
def test_a_flaw_that_nothing_makes_is_refused_and_nothing_is_written(
    table: str, entry: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries: dict[str, Any] = opening.entries("demo.toml")
    entries[table]["tenfolds"] = entry
    say(entries, monkeypatch)
    with pytest.raises(Unknown, match="'tenfolds'"):
        demo.make(tmp_path, units=1, years=range(2020, 2022), seed=1)
    assert contents(tmp_path) == {}


@pytest.mark.parametrize(("tenfold", "corrected"), [(0.0, 1.0), (1.0, 0.0), (1.0, 1.0)])
def test_only_what_has_a_zero_too_many_is_corrected(tenfold: float, corrected: float, world: World) -> None:
    town = world.places(5)[-1]
    rates, likely = {**world.rates, "corrected": corrected}, {**dict.fromkeys(world.flaws, 0.0), "tenfold": tenfold}
    plan = flaws.planned(town, replace(world, rates=rates, flaws=likely), Random(1))  # noqa: S311 no secret
    assert {"corrected" in names for names in plan.values()} == {tenfold == corrected == 1}


@pytest.mark.parametrize(("units", "seed"), [(96, 1), (6, 3), (6, 1), (6, 2), (6, 4), (6, 5)])
def test_the_county_states_its_main_figures_in_its_latest_year(units: int, seed: int, tmp_path: Path) -> None:
    demo.make(tmp_path, units=units, years=YEARS, seed=seed)
    of_county = facts.load(tmp_path).facts.filter(pl.col("unit") == "demo", pl.col("applicant") == "total").collect()
    stated = of_county.filter(pl.col("status") == "reported", pl.col("qualifier") == "exact")
    main = {"published_items", "hearings", "press_conferences", "requests_received"}
    assert main <= set(stated.filter(pl.col("year") == YEARS[-1])["indicator"])
    assert any(not main <= set(stated.filter(pl.col("year") == year)["indicator"]) for year in YEARS)


def test_errors_are_few(data: Disclosures, found: pl.DataFrame, zh: Codebook) -> None:
    grave = [name for name, rule in zh.rules.items() if rule.severity == "error"]
    spoiled = found.filter(pl.col("rule").cast(pl.String).is_in(grave)).select("unit", "year").unique()
    assert 5 < spoiled.height < 0.05 * data.reports.height
    jumps = found.filter(pl.col("rule") == "jump")
    assert jumps.height < 0.01 * data.reports.height


def say(entries: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let demo.toml hold `entries`."""

    def opened(_: str) -> dict[str, Any]:
        return entries

    monkeypatch.setattr(opening, "entries", opened)


@pytest.fixture
def faultless(monkeypatch: pytest.MonkeyPatch) -> None:
    entries: dict[str, Any] = opening.entries("demo.toml")
    entries["flaws"] = dict.fromkeys(entries["flaws"], 0)
    entries["county"] = {name: [] for name in entries["county"]}
    entries["rates"] |= dict.fromkeys(("never", "missing", "zeros_blank", "zeros_dash", "selected", "tables"), 0)
    say(entries, monkeypatch)


@pytest.mark.usefixtures("faultless")
def test_where_no_flaw_is_seeded_every_sum_holds_in_every_column_and_year(tmp_path: Path, zh: Codebook) -> None:
    demo.make(tmp_path, units=30, years=YEARS, seed=3)
    findings = checks.run(facts.load(tmp_path), zh)
    failed = findings.filter(pl.col("verdict") == "fail")
    assert set(failed["rule"]) <= {"jump"}
    assert failed.height < 10
    weighed = set(findings.filter(pl.col("verdict") == "pass")["rule"])
    assert {name for name, rule in zh.identities.items() if not rule.fills} <= weighed
    assert {"carry_over", "prose_table", "stated_growth", "units_covered", "part_within_whole"} <= weighed


@pytest.mark.parametrize(("units", "years"), [(1, range(2008, 2009)), (1, range(2014, 2015)), (2, range(2025, 2026))])
def test_one_unit_and_one_year_are_a_region_too(units: int, years: range, tmp_path: Path, zh: Codebook) -> None:
    demo.make(tmp_path, units=units, years=years, seed=1)
    data = facts.load(tmp_path)
    assert set(data.reports["year"]) == set(years)
    checks.run(data, zh)


@pytest.mark.parametrize(
    ("units", "years", "where"),
    [
        (0, YEARS, "--units"),
        (-3, YEARS, "--units"),
        (5_000, YEARS, "--units"),
        (5, range(2005, 2010), "--years"),
        (5, range(2020, 2102), "--years"),
        (5, range(2020, 2010), "--years"),
    ],
)
def test_numbers_that_cannot_be_are_refused_before_anything_is_written(
    units: int, years: range, where: str, tmp_path: Path
) -> None:
    with pytest.raises(BadParameter, match=where):
        demo.make(tmp_path / "new", units=units, years=years, seed=1)
    assert not (tmp_path / "new").exists()


def _file(folder: Path) -> None:
    folder.write_text("mine")


def _stranger(folder: Path) -> None:
    demo.make(folder, units=1, years=range(2020, 2021), seed=1)
    (folder / "notes.txt").write_text("mine")


def _judged(folder: Path) -> None:
    demo.make(folder, units=1, years=range(2020, 2021), seed=1)
    (folder / "verdicts.csv").write_text("what a person said")


def _real(folder: Path) -> None:
    folder.mkdir()
    (folder / "units.csv").write_bytes((paths.ROOT / "data" / "units.csv").read_bytes())


def _no_units(folder: Path) -> None:
    folder.mkdir()
    (folder / "corrections.csv").write_text("mine")


@pytest.mark.parametrize("put", [_file, _stranger, _judged, _real, _no_units])
def test_what_is_no_earlier_demo_is_left_alone(put: Callable[[Path], None], tmp_path: Path) -> None:
    put(tmp_path / "data")
    before = contents(tmp_path / "data") if (tmp_path / "data").is_dir() else (tmp_path / "data").read_bytes()
    with pytest.raises(Missing, match="new or empty"):
        demo.make(tmp_path / "data", units=2, years=range(2020, 2022), seed=2)
    after = contents(tmp_path / "data") if (tmp_path / "data").is_dir() else (tmp_path / "data").read_bytes()
    assert before == after


def test_an_earlier_demo_gives_way_and_leaves_nothing(tmp_path: Path) -> None:
    demo.make(tmp_path / "one", units=4, years=range(2012, 2020), seed=1)
    for name in ("one", "two"):
        demo.make(tmp_path / name, units=2, years=range(2020, 2022), seed=2)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_run_that_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    demo.make(tmp_path, units=2, years=range(2020, 2022), seed=1)
    before = contents(tmp_path)

    def broken(number: int, _: int) -> None:
        if number == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo.make(tmp_path, units=5, years=range(2020, 2022), seed=2, done=broken)
    assert contents(tmp_path) == before
