"""What the chart of levels encodes: ranges of large fields, the figures of small ones, the unit's own apart."""

from collections.abc import Callable

import pytest
from drawn import Row, drawn

from analysis import charts, metrics, wording
from analysis.charts import Exhibit
from analysis.codebook import Codebook
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]
UNITS: list[Row] = [
    {"unit": "city", "name": "北市", "name_en": "North", "level": "city"},
    *(
        {"unit": f"county-{at}", "name": f"县{at}", "name_en": f"C{at}", "level": "county", "parent": "city"}
        for at in range(8)
    ),
]


def shown(data: Disclosures, book: Codebook, units: list[str] | None = None) -> Exhibit:
    rows = metrics.levels(data, book, units=units, year=2021, indicator="published_items")
    return charts.levels(rows, book, unit="county-0", year=2021, topic="levels")


def figures(*values: float, **said: object) -> list[Row]:
    return [
        {"unit": f"county-{at}", "year": 2021, "indicator": "published_items", "value": value, **said}
        for at, value in enumerate(values)
    ]


def test_a_large_field_is_a_range_with_its_median_and_the_own_figure(make_data: MakeData, zh: Codebook) -> None:
    exhibit = shown(make_data(*figures(10, 20, 30, 40, 100), units=UNITS), zh)
    (row,) = drawn(exhibit, "bar")
    assert (row["lowest"], row["lower"], row["middle"], row["upper"], row["highest"]) == (10, 20, 30, 40, 100)
    assert row["label"] == "县区级单位|5/8"
    assert [(point["told"], point["value"], point["own"]) for point in drawn(exhibit, "point")] == [
        ("2021年县0：10条", 10, True)
    ]
    assert row["told"] == "县区级单位5个数的中位数为30条；25%—75%：20条至40条；最小至最大：10条至100条"
    assert exhibit.finding == (
        "2021年9个单位中，5个有报告，5个载有主动公开政府信息数的准确数；县区级单位5个数的中位数为30条"
    )


def test_the_diamond_is_explained_only_where_it_is_drawn(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*figures(10, 20, 30), units=UNITS)
    assert shown(data, zh).statistic.endswith("；实心菱形：本单位")
    assert "本单位" not in shown(data, zh, units=["county-1", "county-2"]).statistic


def test_a_median_is_never_coarser_than_its_figures_nor_grouped_as_its_unit_is(
    make_data: MakeData, zh: Codebook
) -> None:
    small = [row | {"indicator": "dedicated_funding"} for row in figures(0.01, 0.02, 0.03, 0.04, 0.04, 0.05)]
    large = [row | {"indicator": "dedicated_funding"} for row in figures(*[223_456.7] * 6)]
    for rows, wanted in ((small, ["0.035", "0.01至0.05"]), (large, ["223456.7", "223456.7至223456.7"])):
        data = make_data(*rows, units=UNITS)
        held = metrics.levels(data, zh, units=None, year=2021, indicator="dedicated_funding")
        exhibit = charts.levels(held, zh, unit="city", year=2021, topic="levels")
        assert exhibit.table
        assert [cell.text for cell in exhibit.table.rows[1]][4:6] == wanted
        assert exhibit.finding.endswith(f"中位数为{wanted[0]}万元")


def test_a_small_field_is_drawn_figure_by_figure(make_data: MakeData, zh: Codebook) -> None:
    exhibit = shown(make_data(*figures(10, 0), units=UNITS), zh)
    assert drawn(exhibit, "bar") == []
    assert sorted((point["value"], point["own"]) for point in drawn(exhibit, "point")) == [(0, False), (10, True)]
    assert exhibit.finding == "2021年9个单位中，2个有报告，2个载有主动公开政府信息数的准确数"


def test_the_table_tells_coverage_and_names_a_sum_for_what_it_is(make_data: MakeData, zh: Codebook) -> None:
    exhibit = shown(make_data(*figures(10, 20, 30, 40, 100), *figures(900, scope="region"), units=UNITS), zh)
    assert exhibit.table
    assert [[cell.text for cell in row] for row in exhibit.table.rows] == [
        ["地市级单位", "1", "0", "0", "", "", ""],
        ["县区级单位", "8", "5", "5", "30", "10至100", "200（5个数）"],
        ["县区级单位（全地区）", "8", "5", "1", "不足5个", "900", "900（1个数）"],
    ]
    assert exhibit.table.caption == "2021年、条"


def test_the_text_alternative_tells_every_range(make_data: MakeData, book: Codebook) -> None:
    exhibit = shown(make_data(*figures(10, 20), units=UNITS), book)
    wanted = {
        "zh": "图：主动公开政府信息数，2021年。县区级单位10条至20条。",
        "en": "Chart of Items of government information published, 2021. County-level units: 10 items to 20 items.",
    }
    assert exhibit.charts[0].to_dict()["description"] == wanted[book.language]


def test_the_finding_knows_its_figures(make_data: MakeData, zh: Codebook) -> None:
    exhibit = shown(make_data(*figures(10, 20), units=UNITS), zh)
    assert isinstance(exhibit.finding, wording.Sentence)
    assert [basis.cell for basis in exhibit.finding.basis] == [
        "county-0-2021/published_items",
        "county-1-2021/published_items",
    ]


@pytest.mark.parametrize(
    ("units", "finding"),
    [([], "没有下属单位"), (["county-7"], "2021年1个单位中，0个有报告，0个载有主动公开政府信息数的准确数")],
)
def test_nothing_to_show_is_said_and_nothing_is_drawn(
    make_data: MakeData, zh: Codebook, units: list[str], finding: str
) -> None:
    exhibit = shown(make_data(*figures(10), units=UNITS), zh, units=units)
    assert (exhibit.finding, list(exhibit.charts), exhibit.table, list(exhibit.notes)) == (finding, [], None, [])


@pytest.mark.parametrize(
    ("highest", "ticks"), [(90, [0, 1, 100]), (900, [0, 10, 1000]), (250_000, [0, 1, 100, 10_000, 1_000_000])]
)
def test_ticks_are_few_and_reach_over_the_largest(
    make_data: MakeData, zh: Codebook, highest: float, ticks: list[int]
) -> None:
    spec = shown(make_data(*figures(1, highest), units=UNITS), zh).charts[0].to_dict()
    x = spec["layer"][0]["encoding"]["x"]
    assert x["axis"]["values"] == ticks
    assert x["scale"]["domain"] == [0, ticks[-1]]


def test_departments_are_told_apart_by_the_level_above_them(make_data: MakeData, book: Codebook) -> None:
    offices: list[Row] = [
        {"unit": f"{of}-law", "name": "法", "name_en": "Law", "level": "department", "parent": of}
        for of in ("city", "county-0")
    ]
    facts = [
        {"unit": str(office["unit"]), "year": 2021, "indicator": "published_items", "value": 3} for office in offices
    ]
    exhibit = shown(make_data(*facts, units=[*UNITS, *offices]), book)
    wanted = {"zh": ["地市级部门|1/1", "县区级部门|1/1"], "en": ["Department, City|1/1", "Department, County|1/1"]}
    assert [point["label"] for point in drawn(exhibit, "point")] == wanted[book.language]
