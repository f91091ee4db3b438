"""What the page that compares units encodes: ranks, bands, panels, contributions, maps, shares, rates, oversight."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from drawn import Row, cells, drawn

from analysis import charts, checks, codebook, facts, metrics, wording
from analysis.charts import Exhibit
from analysis.charts.names import stretches
from analysis.codebook import Codebook
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]
YEAR = 2021


def places(count: int) -> list[Row]:
    """A region and `count` units below it."""
    region: Row = {"unit": "demo", "name": "示例市", "name_en": "Demo City", "level": "city"}
    named = [(f"u{number:03}", f"示例市{number}号县", f"County {number}") for number in range(count)]
    return [
        region,
        *({"unit": unit, "name": zh, "name_en": en, "level": "county", "parent": "demo"} for unit, zh, en in named),
    ]


def figure(number: int, value: float | str, year: int = YEAR, **said: object) -> Row:
    return {"unit": f"u{number:03}", "year": year, "indicator": "published_items", "value": value, **said}


def figures(*values: float, year: int = YEAR) -> list[Row]:
    return [figure(number, value, year) for number, value in enumerate(values)]


class Page:
    """What a notebook has in hand when it shows an exhibit."""

    def __init__(self, data: Disclosures, book: Codebook, *years: int, indicator: str = "published_items") -> None:
        self.data = data
        self.book = book
        self.field = metrics.field(data, book, region="demo")
        self.names = data.names(self.field.units, book.language)
        self.years = list(years or (YEAR,))
        self.rows = metrics.compared(data, book, units=self.field.units, years=self.years, indicator=indicator)

    def show(self, name: str) -> Exhibit:
        """The exhibit of the last year."""
        year = self.years[-1]
        said: dict[str, Any] = {"among": self.field, "names": self.names, "year": year}
        if name == "drivers":
            return charts.drivers(metrics.drivers(self.rows, self.book, year=year), self.book, **said)
        if name == "bands":
            return charts.bands(self.rows, self.book, among=self.field)
        if name in {"multiples", "heat"}:
            del said["year"]
        return getattr(charts, name)(self.rows, self.book, **said)


ALL = ["ranking", "bands", "multiples", "drivers", "heat", "concentration"]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("count", [1, 2, 5, 18])
@pytest.mark.parametrize("years", [(YEAR,), (YEAR - 1, YEAR), tuple(range(2008, 2026))], ids=len)
def test_every_exhibit_stands_for_any_number_of_units_and_years(
    make_data: MakeData, book: Codebook, name: str, count: int, years: tuple[int, ...]
) -> None:
    held = [row for year in years for row in figures(*range(count), year=year)]
    exhibit = Page(make_data(*held, units=places(count)), book, *years).show(name)
    assert exhibit.finding
    assert all(chart.to_dict()["description"] for chart in exhibit.charts)
    assert exhibit.table or not exhibit.charts


@pytest.mark.parametrize("name", ALL)
def test_without_any_figure_nothing_is_drawn_and_it_is_said(make_data: MakeData, book: Codebook, name: str) -> None:
    data = make_data(figure(0, 3) | {"indicator": "staff"}, units=places(3))
    exhibit = Page(data, book, YEAR - 1, YEAR).show(name)
    assert (list(exhibit.charts), bool(exhibit.finding)) == ([], True)


@pytest.mark.parametrize("name", ["ranking", "drivers", "concentration", "bands"])
def test_a_finding_knows_the_cells_of_its_figures(make_data: MakeData, zh: Codebook, name: str) -> None:
    held = [*figures(1, 2, 3, 4, 5), *figures(5, 5, 5, 5, 9, year=YEAR - 1)]
    finding: Any = Page(make_data(*held, units=places(5)), zh, YEAR - 1, YEAR).show(name).finding
    assert f"u004-{YEAR}/published_items" in {basis.cell for basis in finding.basis}


# --- ranking


def test_ranks_are_shared_and_what_is_not_exact_is_hollow_and_unranked(make_data: MakeData, zh: Codebook) -> None:
    held = [*figures(4, 9, 4, 2, 1), figure(5, 7, qualifier="approx"), figure(6, "", status="blank")]
    exhibit = Page(make_data(*held, units=places(8)), zh).show("ranking")
    bars = [(row["unit"], row["text"], row["exact"]) for row in drawn(exhibit, "bar")]
    assert bars[:4] == [
        ("1  示例市1号县", "9", True), ("–  示例市5号县", "约 7", False), ("2  示例市0号县", "4", True),
        ("2  示例市2号县", "4", True),
    ]  # fmt: skip
    assert exhibit.finding == (
        "2021年主动公开政府信息数：8个县区级单位中有5个有可比数字，最多的是示例市1号县（9条），最少的是示例市4号县（1条）"
    )
    assert cells(exhibit)[-2:] == [["示例市6号县", "", "□ 填报为空", ""], ["示例市7号县", "", "× 无报告", ""]]
    assert "没有数字的2个：□ 填报为空1个、× 无报告1个；缺数不作0，不排位。" in exhibit.notes


def test_another_scope_stands_apart_and_is_never_drawn(make_data: MakeData, zh: Codebook) -> None:
    held = [row | {"scope": "own"} for row in figures(4, 9, 4, 2, 1)]
    exhibit = Page(make_data(*held, figure(5, 7000, scope="region"), units=places(6)), zh).show("ranking")
    assert max(row["value"] for row in drawn(exhibit, "bar")) == 9
    assert exhibit.notes[0] == "统计范围不同，不参加排位：示例市5号县（全地区）7000条。"


def test_a_small_field_is_listed_and_not_ranked(make_data: MakeData, zh: Codebook) -> None:
    exhibit = Page(make_data(*figures(4, 9), units=places(2)), zh).show("ranking")
    assert list(exhibit.charts) == []
    assert exhibit.finding == "2021年主动公开政府信息数：2个县区级单位中有可比数字的只有2个，不足5个，不作排位"
    assert [row[:3] for row in cells(exhibit)] == [["示例市1号县", "", "9"], ["示例市0号县", "", "4"]]


def test_of_very_many_units_the_two_ends_are_drawn_and_it_is_said(make_data: MakeData, zh: Codebook) -> None:
    exhibit = Page(make_data(*figures(*range(300)), units=places(300)), zh).show("ranking")
    first, last = ([row["value"] for row in drawn(exhibit, "bar", chart)] for chart in (0, 1))
    assert (first[0], last[-1], len(first), len(last), len(exhibit.charts)) == (299, 0, 34, 34, 2)
    assert "共300个，图中只画最前和最后各34个。" in exhibit.notes
    assert "共300行，表中只列200行。" in exhibit.notes
    assert len(cells(exhibit)) == 200


def test_an_axis_leaves_out_the_region_that_all_names_share(make_data: MakeData, zh: Codebook) -> None:
    exhibit = Page(make_data(*figures(*range(6)), units=places(6)), zh).show("ranking")
    axis = exhibit.charts[0].to_dict()["layer"][0]["encoding"]["y"]["axis"]
    assert axis["labelExpr"] == "replace(datum.label, \"\\u793a\\u4f8b\\u5e02\", '')"


def test_an_english_axis_leaves_out_the_comma_with_the_region(make_data: MakeData) -> None:
    book = codebook.load("en")
    units = [row if row["unit"] == "demo" else row | {"name_en": f"{row['unit']}, Demo City"} for row in places(6)]
    exhibit = Page(make_data(*figures(*range(6)), units=units), book).show("ranking")
    axis = exhibit.charts[0].to_dict()["layer"][0]["encoding"]["y"]["axis"]
    assert axis["labelExpr"] == "replace(datum.label, \", Demo City\", '')"


def test_plots_are_even_and_too_many_entries_leave_the_middle_out() -> None:
    assert [len(plot) for plot in stretches(list(range(56)))] == [28, 28]
    assert [len(plot) for plot in stretches(list(range(96)))] == [32, 32, 32]
    assert stretches(list(range(103)))[1][-1] == 102
    assert stretches([]) == []


# --- bands


def test_a_small_year_shows_dots_and_no_band(make_data: MakeData, zh: Codebook) -> None:
    held = [*figures(1, 2, 3, year=2019), *figures(0, 10, 20, 30, 40, year=2020), *figures(0, 10, 20, 30, 40)]
    exhibit = Page(make_data(*held, units=places(6)), zh, 2018, 2019, 2020, 2021).show("bands")
    assert {row["year"] for row in drawn(exhibit, "area")} == {2020, 2021}
    assert [row["year"] for row in drawn(exhibit, "point") if "p50" not in row] == [2019, 2019, 2019]
    assert {row["year"]: row["count"] for row in drawn(exhibit, "text") if "text" not in row} == {
        2019: 3,
        2020: 5,
        2021: 5,
    }
    assert cells(exhibit)[-1] == ["2019年", "3", "", "", ""]
    assert exhibit.finding == "2021年主动公开政府信息数：5个县区级单位的中位数为20条，中间一半在10条与30条之间"


def test_a_band_breaks_where_the_indicator_changes_and_a_lone_year_is_a_bar(make_data: MakeData, zh: Codebook) -> None:
    held = [
        row | {"indicator": "requests_refused"} for year in (2018, 2019, 2020) for row in figures(*range(5), year=year)
    ]
    data = make_data(*held, units=places(5))
    exhibit = Page(data, zh, 2018, 2019, 2020, indicator="requests_refused").show("bands")
    assert {row["year"] for row in drawn(exhibit, "bar")} == {2018}
    assert {row["year"] for row in drawn(exhibit, "line")} == {2019, 2020}
    assert [row["year"] for row in drawn(exhibit, "rule")] == [2018.5]


# --- multiples


def test_each_panel_has_its_own_scale_and_gaps_stay_gaps(make_data: MakeData, zh: Codebook) -> None:
    held = [
        figure(0, 10, 2018), figure(0, 20, 2019), figure(0, "", 2020, status="blank"), figure(0, 5, 2021),
        figure(1, 9000, 2020), figure(1, 8000, 2021, qualifier="approx"),
        figure(2, 7, 2020), figure(2, 700, 2021, status="definition_differs"), figure(3, 7, 2021, scope="region"),
    ]  # fmt: skip
    exhibit = Page(make_data(*held, units=places(5)), zh, 2018, 2019, 2020, 2021).show("multiples")
    points = {(row["unit"][3], row["year"]): row for row in drawn(exhibit, "point")}
    assert [points["0", year]["height"] for year in (2018, 2019, 2020, 2021)] == [0.5, 1.0, None, 0.25]
    assert points["0", 2019]["segment"] != points["0", 2021]["segment"]
    assert (points["0", 2020]["mark"], points["0", 2020]["segment"]) == ("□", None)
    assert (points["1", 2021]["exact"], points["1", 2021]["text"]) == (False, "约 8000")
    assert (points["2", 2021]["mark"], points["2", 2021]["height"]) == ("※", None)
    assert {unit for unit, _ in points} == {"0", "1", "2"}
    assert (
        exhibit.finding
        == "2018—2021年主动公开政府信息数：5个县区级单位中，3个至少有一年有同一统计范围的数，其中3个有两年以上"
    )


def test_no_panel_joins_across_a_change(make_data: MakeData, zh: Codebook) -> None:
    held = [figure(0, 4, year) | {"indicator": "requests_refused"} for year in (2018, 2019)]
    exhibit = Page(make_data(*held, units=places(2)), zh, 2018, 2019, indicator="requests_refused").show("multiples")
    assert len({row["segment"] for row in drawn(exhibit, "line")}) == 2
    assert [row["year"] for row in drawn(exhibit, "rule") if "year" in row] == [2018.5]


def test_panels_are_split_over_pages_and_of_very_many_units_the_largest_shown(
    make_data: MakeData, zh: Codebook
) -> None:
    held = [row for year in (2020, 2021) for row in figures(*range(100), year=year)]
    held = [row for row in held if (row["unit"], row["year"]) != ("u099", 2020)]
    exhibit = Page(make_data(*held, units=places(100)), zh, 2020, 2021).show("multiples")
    assert [len({row["unit"] for row in drawn(exhibit, "line", chart)}) for chart in range(4)] == [24] * 4
    assert "有同一统计范围的数的单位共100个，只画最近年度最大的96个。" in exhibit.notes
    assert exhibit.finding.endswith("100个至少有一年有同一统计范围的数，其中99个有两年以上")
    assert cells(exhibit)[0][0] == "示例市99号县"


# --- drivers


def test_bars_and_all_others_add_up_to_the_change_that_is_told(make_data: MakeData, zh: Codebook) -> None:
    held = [*figures(*range(100, 130), year=2020), *figures(*range(100, 160, 2))]
    exhibit = Page(make_data(*held, units=places(30)), zh, 2020, 2021).show("drivers")
    bars = drawn(exhibit, "bar")
    assert (len(bars), bars[-1]["unit"]) == (13, "其余18个")
    assert sum(row["difference"] for row in bars) == 435
    assert cells(exhibit)[-1] == ["合计（30个）", "3435", "3870", "+435"]
    assert exhibit.finding == (
        "2021年主动公开政府信息数：两年都有可比数字的30个县区级单位合计3870条，比上年增加435条（+12.7%），"
        "增加最多的是示例市29号县（29条）"
    )


def test_units_of_one_year_are_named_and_never_counted(make_data: MakeData, zh: Codebook) -> None:
    held = [figure(0, 10, 2020), figure(0, 4), figure(1, 500), figure(2, 900, 2020)]
    exhibit = Page(make_data(*held, units=places(4)), zh, 2020, 2021).show("drivers")
    assert cells(exhibit) == [["示例市0号县", "10", "4", "−6"]]
    assert list(exhibit.notes) == [
        "只有2021年有数字的1个，不算作增加：示例市1号县。",
        "只有2020年有数字的1个，不算作减少：示例市2号县。",
        "2020年和2021年都没有数字的1个：示例市3号县。",
    ]


def test_units_that_moved_alike_are_all_named_and_those_that_did_not_are_among_the_others(
    make_data: MakeData, zh: Codebook
) -> None:
    held = [*figures(40, 50, 60, 35, 35, year=2020), *figures(45, 55, 60, 35, 34)]
    exhibit = Page(make_data(*held, units=places(5)), zh, 2020, 2021).show("drivers")
    assert exhibit.finding.endswith("增加最多的是示例市0号县、示例市1号县（各5条），减少最多的是示例市4号县（1条）")
    assert [(row["unit"], row["difference"]) for row in drawn(exhibit, "bar")] == [
        ("示例市0号县", 5), ("示例市1号县", 5), ("示例市4号县", -1), ("其余2个", 0)
    ]  # fmt: skip


def test_a_single_unit_that_is_left_bears_its_own_name(make_data: MakeData, book: Codebook) -> None:
    held = [*figures(*range(100, 113), year=2020), *figures(*range(100, 126, 2))]
    exhibit = Page(make_data(*held, units=places(13)), book, 2020, 2021).show("drivers")
    wanted = {"zh": "示例市0号县", "en": "County 0"}[book.language]
    assert (len(drawn(exhibit, "bar")), drawn(exhibit, "bar")[-1]["unit"]) == (13, wanted)


def test_of_few_units_the_differences_are_listed_and_nothing_is_totalled(make_data: MakeData, book: Codebook) -> None:
    held = [*figures(1, 5, 5, 5, year=2020), *figures(90, 7, 5, 4)]
    exhibit = Page(make_data(*held, units=places(7)), book, 2020, 2021).show("drivers")
    assert (list(exhibit.charts), exhibit.statistic) == ([], "")
    assert [row[1:] for row in cells(exhibit)] == [
        ["1", "90", "+89"], ["5", "7", "+2"], ["5", "5", "0"], ["5", "4", "−1"]
    ]  # fmt: skip
    assert (
        exhibit.finding
        == {
            "zh": "2021年主动公开政府信息数：7个县区级单位中两年都有可比数字的只有4个，不足5个，只列增减，不作合计",
            "en": "Items of government information published, 2021: comparable in both years: 4 of 7 County-level "
            "units, fewer than 5; differences are listed, not totalled",
        }[book.language]
    )


def test_a_base_of_zero_has_a_change_and_no_rate(make_data: MakeData, zh: Codebook) -> None:
    held = [*figures(0, 0, 0, 0, 0, year=2020), *figures(4, 0, 0, 0, 0)]
    exhibit = Page(make_data(*held, units=places(5)), zh, 2020, 2021).show("drivers")
    assert "上年为0，增加4条，不计算同比" in exhibit.finding


def test_nothing_is_compared_across_a_break(make_data: MakeData, zh: Codebook) -> None:
    held = [row | {"indicator": "requests_refused"} for year in (2018, 2019) for row in figures(1, 2, 3, year=year)]
    exhibit = Page(make_data(*held, units=places(3)), zh, 2018, 2019, indicator="requests_refused").show("drivers")
    assert exhibit.finding == "2019年起“不予公开”口径变更，不与上年比较，不计算变化来源"
    assert (list(exhibit.charts), exhibit.table) == ([], None)


# --- heat


def test_a_map_has_a_number_beside_each_colour_and_the_mark_of_each_gap(make_data: MakeData, zh: Codebook) -> None:
    held = [
        *figures(1, 2, 3, 4, 5), figure(5, 9, qualifier="at_least"), figure(6, 9, scope="region"),
        figure(7, "", status="worded"), figure(0, 5, 2020),
    ]  # fmt: skip
    exhibit = Page(make_data(*held, units=places(9)), zh, 2020, 2021).show("heat")
    marks = {(row["unit"][3], row["year"]): row["mark"] for row in drawn(exhibit, "text")}
    assert [marks[str(number), "2021"] for number in range(9)] == ["1", "1", "2", "3", "4", "≥", "◇", "—", "×"]
    assert marks["0", "2020"] == "•"
    kinds = {(row["unit"][3], row["year"]): row["kind"] for row in drawn(exhibit, "rect")}
    assert (kinds["4", "2021"], kinds["5", "2021"]) == ("4 最高四分之一", "• 有数，不分档")
    assert ("7", "2021") not in kinds
    assert ["× 无报告", "8", "1"] in cells(exhibit)


def test_equal_figures_have_no_quarter_and_no_shade(make_data: MakeData, zh: Codebook) -> None:
    exhibit = Page(make_data(*figures(7, 7, 7, 7, 7, 7), units=places(6)), zh).show("heat")
    assert {(row["mark"], row["kind"]) for row in drawn(exhibit, "rect")} == {("•", "• 有数，不分档")}


def test_of_very_many_units_those_with_most_gaps_are_mapped(make_data: MakeData, zh: Codebook) -> None:
    held = [*figures(*range(120)), *figures(*range(100), year=2020)]
    exhibit = Page(make_data(*held, units=places(120)), zh, 2020, 2021).show("heat")
    shown = {row["unit"] for chart in range(len(exhibit.charts)) for row in drawn(exhibit, "text", chart)}
    assert len(shown) == 96
    assert {f"示例市{number}号县" for number in range(100, 120)} <= shown
    assert "共120个单位，只画缺数最多的96个。" in exhibit.notes


# --- concentration, rates, oversight


def test_shares_stand_with_their_counts(make_data: MakeData, zh: Codebook) -> None:
    exhibit = Page(make_data(*figures(50, 20, 10, 10, 5, 5), units=places(7)), zh).show("concentration")
    assert cells(exhibit) == [["最大的1个", "50/100", "50.0%"], ["最大的3个", "80/100", "80.0%"]]
    assert [row["share"] for row in drawn(exhibit, "text")] == [50, 80]
    assert exhibit.finding == (
        "2021年主动公开政府信息数：6个有可比数字的县区级单位合计100条，最多的示例市0号县50条，占50.0%"
    )


def test_a_small_total_gives_counts_and_no_bar(make_data: MakeData, zh: Codebook) -> None:
    exhibit = Page(make_data(*figures(5, 4, 3, 2, 1), units=places(5)), zh).show("concentration")
    assert list(exhibit.charts) == []
    assert cells(exhibit) == [["最大的1个", "5/15", "分母不足30，不评定"]]
    assert exhibit.finding == (
        "2021年主动公开政府信息数：5个有可比数字的县区级单位合计15条，最多的示例市0号县5条，合计不足30，不评定占比"
    )


def test_only_a_tenth_of_the_units_is_called_ten_percent(make_data: MakeData, zh: Codebook) -> None:
    exhibit = Page(make_data(*figures(*range(1, 11)), units=places(10)), zh).show("concentration")
    assert [row[0] for row in cells(exhibit)] == ["最大的1个（10%）", "最大的3个", "最大的5个"]


def test_units_that_share_the_first_place_have_a_share_each(make_data: MakeData, book: Codebook) -> None:
    exhibit = Page(make_data(*figures(100, 100, 40, 30, 30), units=places(5)), book).show("concentration")
    wanted = {"zh": "最多的示例市0号县、示例市1号县各100条，各占33.3%", "en": "100 items each, 33.3% of it each"}
    assert exhibit.finding.endswith(wanted[book.language])


def _axes(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The layers with an axis of heights."""
    return [layer for layer in spec.get("layer", []) if layer["encoding"].get("y", {}).get("axis")]


@pytest.mark.parametrize("name", ["ranking", "drivers", "concentration", "bands", "multiples"])
def test_a_number_under_a_unit_of_ten_thousand_is_not_grouped_by_it(
    make_data: MakeData, zh: Codebook, name: str
) -> None:
    held = [
        row | {"indicator": "dedicated_funding"}
        for year, more in ((2020, 0), (2021, 200_000))
        for row in figures(*(223_456 + more * at for at in range(1, 6)), year=year)
    ]
    page = Page(make_data(*held, units=places(5)), zh, 2020, 2021, indicator="dedicated_funding")
    exhibit = page.show(name)
    said = [exhibit.finding, *[text for row in cells(exhibit) for text in row]]
    for chart in exhibit.charts:
        spec = chart.to_dict()
        rows = [row for held in spec["datasets"].values() for row in held]
        said += [spec["description"], *[row["text"] for row in rows if row.get("text")]]
        said += [layer["encoding"]["y"]["axis"].get("labelExpr", "") for layer in _axes(spec)]
    assert [text for text in said if "万" in text.replace("万元", "")] == []


@pytest.mark.parametrize(("share", "median"), [(100, "0.03万元"), (1, "3万元"), (4, "0.75万元")])
def test_a_quantile_is_never_coarser_than_its_figures(
    make_data: MakeData, zh: Codebook, share: float, median: str
) -> None:
    held = [row | {"indicator": "dedicated_funding"} for row in figures(*(at / share for at in range(1, 6)))]
    exhibit = Page(make_data(*held, units=places(5)), zh, indicator="dedicated_funding").show("bands")
    assert f"中位数为{median}" in exhibit.finding
    band = drawn(exhibit, "bar")[0]
    reach = exhibit.charts[0].to_dict()["layer"][0]["encoding"]["y"]["scale"]["domain"][1]
    assert band["p90"] < reach < 2 * band["p90"]


def rated(
    granted: dict[int, tuple[float, float]],
    make_data: MakeData,
    book: Codebook,
    count: int,
    said: dict[int, Row] | None = None,
) -> Exhibit:
    """Substantive disclosure of units by number, with what is `said` of their figures."""
    held = [
        figure(number, value) | {"indicator": indicator} | (said or {}).get(number, {})
        for number, (some, all_) in granted.items()
        for indicator, value in [
            ("requests_granted", some), ("requests_granted_in_part", 0), ("requests_concluded", all_),
        ]
    ]  # fmt: skip
    data = make_data(*held, units=places(count))
    page = Page(data, book)
    terms = facts.panel(data, book, units=page.field.units, years=[YEAR], indicators=book.by_group("requests"))
    rows = metrics.rates(terms, book, metrics=["substantive_disclosure"])
    return charts.rates_by_unit(rows, book, among=page.field, names=page.names, year=YEAR)


def test_too_few_cases_have_their_counts_and_no_dot(make_data: MakeData, zh: Codebook) -> None:
    exhibit = rated({0: (20, 40), 1: (29, 29), 2: (36, 40)}, make_data, zh, 4)
    assert [(row["unit"], row["value"]) for row in drawn(exhibit, "point")] == [
        ("示例市2号县", 90),
        ("示例市0号县", 50),
    ]
    assert [row["text"] for row in drawn(exhibit, "text")] == ["90.0%  36/40", "50.0%  20/40", "29/29，不评定"]
    assert exhibit.finding == "2021年实质公开率：4个县区级单位中3个可以计算，分母不少于30且数字准确的只有2个，不作比较"
    assert "另有1个单位缺数、口径不同或分母为0，各项都不计算。" in exhibit.notes


def test_without_a_single_judged_unit_there_is_a_table_and_no_plot(make_data: MakeData, zh: Codebook) -> None:
    exhibit = rated({0: (2, 4), 1: (1, 2)}, make_data, zh, 2)
    assert list(exhibit.charts) == []
    assert cells(exhibit) == [["示例市0号县", "2/4，不评定"], ["示例市1号县", "1/2，不评定"]]


def test_the_ends_of_a_judged_field_are_named_with_their_counts(make_data: MakeData, zh: Codebook) -> None:
    exhibit = rated({number: (10 * number, 50) for number in range(5)}, make_data, zh, 5)
    assert exhibit.finding.endswith("最高示例市4号县（80.0%，40/50），最低示例市0号县（0.0%，0/50）")


def test_units_that_share_an_end_are_all_named(make_data: MakeData, zh: Codebook) -> None:
    exhibit = rated({0: (10, 50), 1: (20, 100), 2: (20, 50), 3: (25, 50), 4: (50, 100)}, make_data, zh, 5)
    assert exhibit.finding.endswith(
        "最高示例市3号县（50.0%，25/50）、示例市4号县（50.0%，50/100），"
        "最低示例市0号县（20.0%，10/50）、示例市1号县（20.0%，20/100）"
    )


def test_rates_that_are_all_equal_have_no_ends(make_data: MakeData, zh: Codebook) -> None:
    exhibit = rated(dict.fromkeys(range(5), (25, 50)), make_data, zh, 5)
    assert exhibit.finding == "2021年实质公开率：5个县区级单位中5个可以计算，其中5个分母不少于30且数字准确，均为50.0%"
    assert isinstance(exhibit.finding, wording.Sentence)
    assert len(exhibit.finding.basis) == 15


@pytest.mark.parametrize("doubt", [{"qualifier": "approx"}, {"status": "conflicting"}])
def test_a_doubtful_rate_is_hollow_and_no_end(make_data: MakeData, zh: Codebook, doubt: Row) -> None:
    exhibit = rated({number: (10 * number, 50) for number in range(6)}, make_data, zh, 6, {5: doubt})
    assert exhibit.finding.startswith("2021年实质公开率：6个县区级单位中6个可以计算，其中5个")
    assert "最高示例市4号县（80.0%，40/50）" in exhibit.finding
    assert [row["solid"] for row in drawn(exhibit, "point")] == [False, True, True, True, True, True]


def test_a_rate_of_another_scope_stands_apart(make_data: MakeData, zh: Codebook) -> None:
    own: dict[int, Row] = {number: {"scope": "own"} for number in range(1, 6)}
    counts = {0: (90.0, 100.0)} | {number: (10.0 * number, 100.0) for number in range(1, 6)}
    exhibit = rated(counts, make_data, zh, 6, {**own, 0: {"scope": "region"}})
    name, other = zh.term("scope", "own"), zh.term("scope", "region")
    assert exhibit.finding.startswith(f"2021年实质公开率（{name}）：6个县区级单位中5个可以计算")
    assert "最高示例市5号县（50.0%，50/100）" in exhibit.finding
    assert "示例市0号县" not in {row["unit"] for row in drawn(exhibit, "point")}
    assert exhibit.charts[0].to_dict()["title"]["subtitle"] == f"%、{name}"
    assert f"统计范围不同，不参加排位：示例市0号县（{other}，90.0%，90/100）。" in exhibit.notes
    assert cells(exhibit)[-1] == ["示例市0号县", f"90.0%（90/100，{other}）"]
    assert exhibit.table
    assert exhibit.table.heads[1] == f"实质公开率（{name}）"


def test_a_field_too_large_to_draw_says_what_is_drawn(make_data: MakeData, zh: Codebook) -> None:
    exhibit = rated({number: (number, 200) for number in range(105)}, make_data, zh, 105)
    assert [len(drawn(exhibit, "point", chart)) for chart in range(2)] == [34, 34]
    assert "共105个，图中只画最前和最后各34个。" in exhibit.notes
    few = rated({number: (number, 200) for number in range(100)}, make_data, zh, 100)
    assert not [note for note in few.notes if "图中只画" in note]


def test_a_cell_without_a_rate_says_why(make_data: MakeData, zh: Codebook) -> None:
    held = [
        figure(number, value) | {"indicator": indicator}
        for number, counts in {0: (20, 40, 5), 1: (0, 0, 5), 2: (10, 40, 0)}.items()
        for indicator, value in zip(
            ("requests_granted", "requests_concluded", "requests_carried_in"), counts, strict=True
        )
    ]
    more = [
        figure(number, 0) | {"indicator": name}
        for number in range(3)
        for name in ("requests_granted_in_part", "requests_received", "requests_carried_out")
    ]
    page = Page(make_data(*held, *more, units=places(3)), zh)
    terms = facts.panel(page.data, zh, units=page.field.units, years=[YEAR], indicators=zh.by_group("requests"))
    rows = metrics.rates(terms, zh, metrics=["substantive_disclosure", "carry_over_share"])
    exhibit = charts.rates_by_unit(rows, zh, among=page.field, names=page.names, year=YEAR)
    assert {tuple(line) for line in cells(exhibit)} == {
        ("示例市0号县", "50.0%（20/40）", "0/5，不评定"),
        ("示例市1号县", "分母为0，不计算", "0/5，不评定"),
        ("示例市2号县", "25.0%（10/40）", "分母为0，不计算"),
    }


def test_no_rate_is_said_so(make_data: MakeData, zh: Codebook) -> None:
    exhibit = rated({0: (1, 0)}, make_data, zh, 2)
    assert (exhibit.finding, exhibit.table) == ("2021年没有可以计算的比率", None)


def overseen(data: Disclosures, book: Codebook) -> Exhibit:
    below = data.below("demo")
    rows = metrics.checked(data, book, units=below, year=YEAR)
    return charts.oversight(rows, book, names=data.names(below, book.language), year=YEAR)


def test_oversight_has_columns_only_for_what_is_stated(make_data: MakeData, zh: Codebook) -> None:
    checked = {"unit": "demo", "year": YEAR, "indicator": "units_checked", "value": 3}
    data = make_data(checked, figure(0, 8) | {"indicator": "sub_sites"}, figure(1, 5), units=places(3))
    exhibit = overseen(data, zh)
    assert exhibit.table
    assert list(exhibit.table.heads) == ["单位", "检查年度报告的部门单位数（个）", "子站数（个）"]
    assert cells(exhibit) == [["示例市", "3", "∅"], ["示例市0号县", "∅", "8"]]
    assert exhibit.finding == "2021年示例市报告称检查了3个；数据中其下有3个单位，2个有当年报告"


def test_oversight_without_figures_is_silent(make_data: MakeData, zh: Codebook) -> None:
    exhibit = overseen(make_data(figure(0, 5), units=places(2)), zh)
    assert (exhibit.table, list(exhibit.notes), exhibit.finding[:9]) == (None, [], "2021年没有数字")


def doubted(page: Page, *, rules: bool = False) -> Exhibit:
    found = checks.against(page.data, page.book, units=list(page.field.units), years=page.years) if rules else []
    return charts.doubts_among(page.rows, page.data.stale_corrections, found, page.book, names=page.names)


def test_doubts_name_the_units_and_their_figures(make_data: MakeData, zh: Codebook) -> None:
    held = [*figures(4, 9), figure(2, 7, qualifier="approx"), figure(3, 8, scope="own")]
    exhibit = doubted(Page(make_data(*held, units=places(4)), zh))
    assert list(exhibit.notes) == [
        "不排位、不计入合计的数字1个（约数）：2021年示例市2号县：约7条。",
        "只比较统计范围为“未注明范围”的数字；其他范围的1个数字只列出，不比较。",
    ]


def test_doubts_cover_every_year_and_kind_of_mark(make_data: MakeData, book: Codebook) -> None:
    held = [
        figure(0, 100, 2008, qualifier="approx"), *figures(4, 9), figure(2, 7, status="estimated"),
        figure(3, 8, status="definition_differs"), figure(4, 6, status="estimated", qualifier="at_least"),
    ]  # fmt: skip
    exhibit = doubted(Page(make_data(*held, units=places(5)), book, 2008, YEAR))
    assert sorted(exhibit.notes) == sorted(
        {
            "zh": [
                "不排位、不计入合计的数字1个（约数）：2008年示例市0号县：约100条。",
                "推算的数字1个：2021年示例市2号县：推 7条。",
                "不排位、不计入合计的数字1个（口径不同）：2021年示例市3号县：※ 8条。",
                "不排位、不计入合计的数字1个（不少于）：2021年示例市4号县：推 不少于6条。",
            ],
            "en": [
                "Neither ranked nor totalled (approximate, 1): County 0, 2008: about 100 items.",
                "Derived figures (1): County 2, 2021: 推 7 items.",
                "Neither ranked nor totalled (definition differs, 1): County 3, 2021: ※ 8 items.",
                "Neither ranked nor totalled (at least, 1): County 4, 2021: 推 at least 6 items.",
            ],
        }[book.language]
    )


def test_of_very_many_doubtful_figures_the_first_are_named_the_latest_before(make_data: MakeData, zh: Codebook) -> None:
    held = [figure(number, 5, year, qualifier="approx") for number in range(10) for year in (2020, 2021)]
    (note,) = doubted(Page(make_data(*held, units=places(10)), zh, 2020, YEAR)).notes
    assert note.startswith("不排位、不计入合计的数字20个（约数）：2021年示例市0号县：约5条、2021年示例市1号县")
    assert note.endswith("、2020年示例市1号县：约5条、等另外8个。")


def test_a_jump_is_told_and_nothing_is_said_to_be_in_order(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(figure(0, 100, 2020), figure(0, 100_000), figure(1, 5, 2020), figure(1, 5), units=places(2))
    exhibit = doubted(Page(data, zh, 2020, YEAR), rules=True)
    assert [note for note in exhibit.notes if note.startswith("示例市0号县：") and "10万条" in note]
    assert exhibit.finding == "读这些数字时须注意的1点"


def test_only_where_nothing_is_marked_nothing_is_doubted(make_data: MakeData, zh: Codebook) -> None:
    exhibit = doubted(Page(make_data(*figures(4, 9), units=places(2)), zh), rules=True)
    told = "“主动公开政府信息数”的数字均为报告原数，没有特殊标记，核对中也未发现不符"
    assert (exhibit.finding, list(exhibit.notes)) == (told, [])


def filed(make_data: MakeData, units: int, *years: int) -> Disclosures:
    return make_data(*[row for year in years for row in figures(*range(units), year=year)], units=places(units))


@pytest.mark.parametrize(("units", "listed", "more"), [(6, 18, None), (30, 60, "另有30份报告，见data/reports.csv。")])
def test_of_many_sources_those_of_the_last_two_years_are_listed(
    make_data: MakeData, zh: Codebook, units: int, listed: int, more: str | None
) -> None:
    page = Page(filed(make_data, units, 2019, 2020, 2021), zh, 2019, 2020, 2021)
    reports = page.data.reports_of(page.field.units, page.years)
    exhibit = charts.sources(reports, zh, names=page.names)
    assert (len(exhibit.content["sources"]), list(exhibit.notes)) == (listed, [more] if more else [])
    assert exhibit.finding == f"所用数字出自{units * 3}份报告"


def test_units_of_one_name_are_told_apart(make_data: MakeData, zh: Codebook) -> None:
    units = [row | {"name": "某局"} if row["unit"] != "demo" else row for row in places(5)]
    exhibit = Page(make_data(*figures(1, 2, 3, 4, 5), units=units), zh).show("ranking")
    assert len({row["unit"] for row in drawn(exhibit, "bar")}) == 5
    assert cells(exhibit)[0][0] == "某局（u004）"


def test_no_gap_is_drawn_as_zero(make_data: MakeData, zh: Codebook) -> None:
    held = [*figures(1, 2, 3, 4, 5), figure(5, "", status="blank")]
    page = Page(make_data(*held, units=places(7)), zh, 2020, 2021)
    assert 0 not in [row["value"] for row in drawn(page.show("ranking"), "bar")]
    assert pl.Series([row["count"] for row in drawn(page.show("bands"), "text") if "text" not in row]).to_list() == [5]


def test_panels_begin_with_the_first_figure(make_data: MakeData, zh: Codebook) -> None:
    held = [figure(0, 3, 2019), figure(0, 4, 2021), figure(1, 2, 2020)]
    exhibit = Page(make_data(*held, units=places(2)), zh, *range(2008, 2022)).show("multiples")
    assert {row["year"] for row in drawn(exhibit, "line")} == {2019, 2020, 2021}
    assert exhibit.finding.startswith("2019—2021年")
