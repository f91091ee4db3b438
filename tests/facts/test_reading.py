from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from analysis import facts
from analysis.codebook import Codebook
from analysis.errors import BadData, BadParameter, Missing, Unknown
from analysis.facts import Disclosures

Make = Callable[..., Path]
MakeData = Callable[..., Disclosures]
HEARINGS = {"unit": "demo", "year": 2024, "indicator": "hearings", "value": 5}
PROSE = {**HEARINGS, "method": "prose"}
REPORTS = [{"unit": "demo", "year": 2022}, {"unit": "demo", "year": 2020}]
REPORTS += [{"unit": "demo-east", "year": 2019}, {"unit": "demo-west", "year": 2024}]
NO_REPORT = "there is no report of any unit for"


def to_parquet(folder: Path, *, hive: bool, change: pl.Expr | None = None, drop: str = "") -> None:
    rows = facts.load(folder).facts.drop("printed", "corrected").collect().with_columns(pl.col(pl.Enum).cast(pl.String))
    rows = rows.with_columns(*([] if change is None else [change])).drop(drop or [])
    (folder / "disclosures.csv").unlink()
    if not hive:
        rows.write_parquet(folder / "disclosures.parquet")
        return
    for (year,), part in rows.partition_by("year", as_dict=True, include_key=False).items():
        place = folder / "disclosures" / f"year={year}"
        place.mkdir(parents=True)
        part.write_parquet(place / "part.parquet")


@pytest.mark.parametrize(
    ("row", "column", "what", "fix"),
    [
        ({"status": "blank"}, "status", "a blank cell has the value 5", "empty the value, or mend the status"),
        ({"value": ""}, "value", "a figure that is 'reported' has no value", "give the value, or the status 'blank'"),
    ],
)
def test_value_and_status_must_agree(
    make_folder: Make, row: dict[str, object], column: str, what: str, fix: str
) -> None:
    earlier = {**HEARINGS, "indicator": "complaints", "evidence": "first\nsecond"}
    folder = make_folder(earlier, {**HEARINGS, **row})
    with pytest.raises(BadData) as caught:
        facts.load(folder)
    assert caught.value.where == f"{folder / 'disclosures.csv'} line 4, column '{column}'"
    assert (caught.value.what, caught.value.fix) == (what, fix)


@pytest.mark.parametrize(("first", "line", "value"), [("reported", 2, 5), ("conflicting", 3, 6)])
def test_two_values_of_one_figure_are_refused_until_both_are_marked(
    make_folder: Make, first: str, line: int, value: int
) -> None:
    folder = make_folder({**HEARINGS, "status": first}, {**PROSE, "value": 6})
    with pytest.raises(BadData) as caught:
        facts.load(folder)
    assert caught.value.where == f"{folder / 'disclosures.csv'} line {line}, column 'status'"
    assert caught.value.what == f"another row gives another value than {value} for the same figure"
    assert caught.value.fix == "keep both rows and mark both 'conflicting'"


@pytest.mark.parametrize(("second", "status"), [(6, "conflicting"), (5, "reported")])
def test_marked_conflicts_and_agreeing_repetitions_are_kept(make_data: MakeData, second: int, status: str) -> None:
    held = make_data({**HEARINGS, "status": status}, {**PROSE, "value": second, "status": status}).facts.collect()
    assert held.select("value", "status").rows() == [(5, status), (second, status)]


@pytest.mark.parametrize(
    ("parents", "line", "named"),
    [({"a": "b", "b": "a"}, 2, "a"), ({"a": "", "b": "b"}, 3, "b"), ({"a": "b", "b": "c", "c": "b"}, 3, "b")],
)
def test_a_unit_above_itself_is_refused(make_folder: Make, parents: dict[str, str], line: int, named: str) -> None:
    units = [
        {"unit": name, "name": name, "name_en": name, "level": "city", "parent": parents[name]} for name in parents
    ]
    folder = make_folder(units=units)
    with pytest.raises(BadData) as caught:
        facts.load(folder)
    assert caught.value.where == f"{folder / 'units.csv'} line {line}, column 'parent'"
    assert caught.value.what == f"'{named}' is above itself"
    assert caught.value.fix == "name the unit that it belongs to"


@pytest.mark.parametrize("name", ["again-2024", "demo-2023", "demo-east-2024"])
def test_a_report_is_named_for_its_unit_and_year_so_that_there_is_one_of_each(make_folder: Make, name: str) -> None:
    first = {"unit": "demo", "year": 2024}
    folder = make_folder(reports=[first, {**first, "report": name}])
    with pytest.raises(BadData) as caught:
        facts.load(folder)
    assert caught.value.where == f"{folder / 'reports.csv'} line 3, column 'report'"
    assert caught.value.what == f"'{name}' is not the id of its unit and year"
    assert caught.value.fix == "name it demo-2024"


def test_load_opens_the_folder_that_the_environment_names(make_folder: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCLOSURE_DATA", str(make_folder(HEARINGS)))
    assert facts.load().units["unit"].to_list() == ["demo", "demo-east", "demo-west"]


@pytest.mark.parametrize("hive", [False, True])
def test_parquet_gives_the_same_facts_as_csv(make_folder: Make, hive: bool) -> None:
    blank = {**HEARINGS, "year": 2023, "value": "", "status": "blank"}
    folder = make_folder(HEARINGS, blank, {**HEARINGS, "indicator": "complaints", "value": 0})
    expected = facts.load(folder).facts.collect()
    to_parquet(folder, hive=hive)
    assert_frame_equal(facts.load(folder).facts.collect(), expected, check_row_order=False)


@pytest.mark.parametrize("name", ["disclosures.parquet", "disclosures/year=2024/part.parquet"])
def test_a_broken_parquet_file_is_refused(make_folder: Make, name: str) -> None:
    folder = make_folder(HEARINGS)
    (folder / "disclosures.csv").unlink()
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"unit,year,indicator")
    with pytest.raises(BadData) as caught:
        facts.load(folder)
    assert caught.value.where == str(folder / name.partition("/")[0])
    assert caught.value.what.startswith("this is not Parquet (")
    assert caught.value.fix == "write it again from disclosures.csv"


@pytest.mark.parametrize("hive", [False, True])
def test_parquet_that_lacks_a_column_is_refused(make_folder: Make, zh: Codebook, hive: bool) -> None:
    folder = make_folder(HEARINGS)
    to_parquet(folder, hive=hive, drop="evidence")
    with pytest.raises(BadData) as caught:
        facts.load(folder)
    assert caught.value.what == "it has no column evidence"
    assert caught.value.fix == f"the columns are: {', '.join(facts.schema(zh, 'disclosures'))}"


@pytest.mark.parametrize(
    "change", [pl.lit("hearing").alias("indicator"), pl.lit(-3.0).alias("value"), pl.lit(20133).alias("year")]
)
def test_parquet_must_keep_the_codebooks_rules_too(make_folder: Make, change: pl.Expr) -> None:
    folder = make_folder(HEARINGS)
    to_parquet(folder, hive=False, change=change)
    with pytest.raises(BadData):
        facts.load(folder).facts.collect()


@pytest.mark.parametrize(
    ("held", "what"),
    [
        ([], "it holds none"),
        (["disclosures.csv", "disclosures.parquet"], "it holds disclosures.csv and disclosures.parquet"),
        (["disclosures.csv", "disclosures"], "it holds disclosures.csv and disclosures"),
    ],
)
def test_a_folder_holds_its_facts_in_one_form(make_folder: Make, held: list[str], what: str) -> None:
    folder = make_folder()
    (folder / "disclosures.csv").unlink()
    for name in held:
        (folder / name).touch()
    with pytest.raises(Missing) as caught:
        facts.load(folder)
    assert (caught.value.where, caught.value.what) == (str(folder), f"{what} of the forms that facts have")
    assert caught.value.fix == "keep one of: disclosures.csv, disclosures.parquet, disclosures"


@pytest.mark.parametrize(
    ("wanted", "values"),
    [
        ({}, [1, 2, 3, 4]),
        ({"units": ["demo"]}, [1, 2, 3]),
        ({"units": ["demo"], "years": [2024]}, [1, 3]),
        ({"years": [2023], "indicators": ["hearings"]}, [2]),
        ({"indicators": []}, []),
    ],
)
def test_pick_takes_what_is_named_and_none_takes_all(
    make_data: MakeData, wanted: dict[str, list[object]], values: list[int]
) -> None:
    data = make_data(
        {**HEARINGS, "value": 1},
        {**HEARINGS, "value": 2, "year": 2023},
        {**HEARINGS, "value": 3, "indicator": "complaints"},
        {**HEARINGS, "value": 4, "unit": "demo-east"},
    )
    assert facts.pick(data, **wanted).collect()["value"].to_list() == values


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [
        (0, 0, [2020, 2021, 2022]), (2021, 0, [2021, 2022]), (0, 2021, [2020, 2021]), (2019, 2020, [2019, 2020]),
        (2022, 2024, [2022, 2023, 2024]), (0, 2019, [2019]),
    ],
)  # fmt: skip
def test_years_run_from_the_first_report_to_the_last(
    make_data: MakeData, since: int, until: int, years: list[int]
) -> None:
    assert make_data(reports=REPORTS).years("demo", since=since, until=until) == years


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": 2023}, ("parameter 'since'", "2023 is later than 2022", "let the years run forward")),
        ({"since": 2022, "until": 2021}, ("parameter 'since'", "2022 is later than 2021", "let the years run forward")),
        ({"since": 2018}, ("parameter 'since'", f"{NO_REPORT} 2018", "give a year from 2019 to 2024")),
        ({"until": 2025}, ("parameter 'until'", f"{NO_REPORT} 2025", "give a year from 2019 to 2024")),
        ({"until": 22}, ("parameter 'until'", f"{NO_REPORT} 22", "give a year from 2019 to 2024")),
    ],
)
def test_years_that_run_backwards_or_that_no_unit_reports_are_refused(
    make_data: MakeData, asked: dict[str, int], said: tuple[str, str, str]
) -> None:
    with pytest.raises(BadParameter) as caught:
        make_data(reports=REPORTS).years("demo", **asked)
    assert (caught.value.where, caught.value.what, caught.value.fix) == said


@pytest.mark.parametrize("asked", [{}, {"since": 2024, "until": 2024}])
def test_a_unit_without_any_report_has_no_years(make_data: MakeData, asked: dict[str, int]) -> None:
    with pytest.raises(Unknown) as caught:
        make_data(HEARINGS).years("demo-east", **asked)
    assert (caught.value.where, caught.value.what) == ("unit 'demo-east'", "the data hold no report of it")
    assert caught.value.fix == "take a unit below it, or add its reports"


@pytest.mark.parametrize(
    ("asked", "fix"),
    [
        ("demo-eas", "did you mean demo-east, demo-west, demo?"),
        ("长沙", "the ids are in the first column of units.csv"),
    ],
)
def test_an_unknown_unit_is_refused_with_the_nearest(make_data: MakeData, asked: str, fix: str) -> None:
    with pytest.raises(Unknown) as caught:
        make_data().unit(asked)
    assert (caught.value.where, caught.value.what) == (f"unit '{asked}'", "there is no such unit in the data")
    assert caught.value.fix == fix


def test_a_unit_has_its_names_its_parent_and_that_ones_level(make_data: MakeData) -> None:
    data = make_data()
    east, demo = data.unit("demo-east"), data.unit("demo")
    assert east == facts.Unit("demo-east", "东山县", "East County", "county", "demo", "city")
    assert demo == facts.Unit("demo", "示例市", "Demo City", "city", None, None)
    assert (east.named("zh"), east.named("en")) == ("东山县", "East County")


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://a.cn","b")', "<script>alert('x')</script>", "{0} %s"])
def test_text_that_looks_like_code_is_kept_verbatim(make_data: MakeData, text: str) -> None:
    units = [{"unit": "demo", "name": text, "name_en": text, "level": "city"}]
    data = make_data({**HEARINGS, "evidence": text}, units=units)
    assert (data.unit("demo").name, data.facts.collect()["evidence"].item()) == (text, text)
