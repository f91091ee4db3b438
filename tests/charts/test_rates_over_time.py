"""What the chart of measures encodes: values with their counts, hollow what is not firm, nothing across a break."""

from collections.abc import Callable

import pytest
from drawn import Row, cells, drawn

from analysis import charts, metrics, wording
from analysis.charts import Exhibit
from analysis.codebook import Codebook
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]


def stated(year: int, refused: float | None, concluded: float, **said: object) -> list[Row]:
    cells = {"requests_refused": refused, "requests_concluded": concluded}
    held = {name: value for name, value in cells.items() if value is not None}
    return [{"unit": "demo", "year": year, "indicator": name, "value": value, **said} for name, value in held.items()]


def shown(
    data: Disclosures, book: Codebook, years: list[int], names: list[str] | None = None, topic: str = "outcomes"
) -> Exhibit:
    asked = names or ["requests_refused_share"]
    terms = [term.indicator for name in asked for term in book.metrics[name].terms]
    rows = metrics.history(data, book, unit="demo", years=years, indicators=list(dict.fromkeys(terms)))
    return charts.rates(metrics.rates(rows, book, metrics=asked), book, topic=topic)


def test_a_line_joins_neither_gaps_nor_breaks_nor_small_years(make_data: MakeData, zh: Codebook) -> None:
    sizes = {2015: 100, 2016: 100, 2018: 100, 2019: 100, 2020: 100, 2021: 20, 2022: 100}
    data = make_data(*[row for year, size in sizes.items() for row in stated(year, 10, size)])
    exhibit = shown(data, zh, list(range(2015, 2023)))
    segments = {row["year"]: row["segment"] for row in drawn(exhibit, "line")}
    assert segments[2015] == segments[2016]
    assert segments[2019] == segments[2020]
    assert len({segments[year] for year in (2016, 2018, 2019, 2021, 2022)}) == 5


def test_a_rule_stands_where_a_term_counts_otherwise(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*[row for year in (2018, 2019, 2020) for row in stated(year, 10, 100)])
    exhibit = shown(data, zh, [2018, 2019, 2020])
    assert [row["year"] for row in drawn(exhibit, "rule")] == [2018.5]
    assert [row["label"] for row in drawn(exhibit, "text") if "label" in row] == ["2019年口径调整"]
    assert drawn(shown(data, zh, [2019, 2020]), "rule") == []


def test_rules_near_each_other_share_one_label(make_data: MakeData, zh: Codebook) -> None:
    years = [2018, 2019, 2020, 2021, 2022]
    others = [
        {"unit": "demo", "year": year, "indicator": name, "value": 5}
        for year in years
        for name in ("requests_granted", "requests_granted_in_part", "requests_not_processed", "requests_other_outcome")
    ]
    data = make_data(*others, *[row for year in years for row in stated(year, 10, 100)])
    exhibit = shown(data, zh, years, ["substantive_disclosure_of_decided"], topic="rates")
    assert [row["year"] for row in drawn(exhibit, "rule")] == [2018.5, 2020.5]
    labels = [(row["year"], row["label"]) for row in drawn(exhibit, "text") if "label" in row]
    assert labels == [(2020.5, "2019、2021年口径调整")]


def test_years_of_differing_scopes_say_theirs(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*stated(2021, 10, 100, scope="own"), *stated(2022, 20, 100, scope="region"))
    exhibit = shown(data, zh, [2021, 2022])
    own, region = zh.term("scope", "own"), zh.term("scope", "region")
    assert cells(exhibit) == [["不予公开占比", f"10.0%（10/100，{own}）", f"20.0%（20/100，{region}）"]]
    assert f"不予公开占比：各年度统计范围不同，不宜相互比较：{own}：2021年；{region}：2022年。" in exhibit.notes
    assert [row["counts"] for row in drawn(exhibit, "point")] == [f"10/100，{own}", f"20/100，{region}"]
    assert f"2022年20.0%（20/100，{region}）" in exhibit.charts[0].to_dict()["description"]


def test_years_of_one_scope_do_not_repeat_it(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*stated(2021, 10, 100, scope="own"), *stated(2022, 20, 100, scope="own"))
    exhibit = shown(data, zh, [2021, 2022])
    assert cells(exhibit)[0][1:3] == ["10.0%（10/100）", "20.0%（20/100）"]
    assert not [note for note in exhibit.notes if "统计范围" in note]


def test_a_year_on_which_sources_disagree_is_hollow_and_not_called_approximate(
    make_data: MakeData, zh: Codebook
) -> None:
    data = make_data(*stated(2021, 10, 100), *stated(2022, 20, 100, status="conflicting"))
    exhibit = shown(data, zh, [2021, 2022])
    assert [(row["solid"], row["text"]) for row in drawn(exhibit, "line")] == [(True, "10.0%"), (False, "20.0%")]
    assert cells(exhibit)[0][1:] == ["10.0%（10/100）", "20.0%（20/100），来源不一致，比较须谨慎"]


def test_what_is_small_or_approximate_is_hollow_and_says_so(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*stated(2020, 3, 20), *stated(2021, 10, 100), *stated(2022, 10, 100, qualifier="approx"))
    exhibit = shown(data, zh, [2020, 2021, 2022])
    assert [(row["year"], row["solid"], row["text"]) for row in drawn(exhibit, "line")] == [
        (2020, False, "15.0%"), (2021, True, "10.0%"), (2022, False, "约10.0%")
    ]  # fmt: skip
    assert cells(exhibit)[0][1] == "15.0%（3/20），分母不足30，不评定"


def test_a_year_that_is_not_computed_is_no_point_and_its_cell_says_why(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*stated(2020, 5, 50), *stated(2022, 0, 0), *stated(2024, 8, 50))
    exhibit = shown(data, zh, [2020, 2021, 2022, 2023, 2024], ["requests_refused_share", "review_correction"])
    assert [row["year"] for row in drawn(exhibit, "line")] == [2020, 2024]
    assert cells(exhibit) == [["不予公开占比", "10.0%（5/50）", "16.0%（8/50）"]]
    assert "因缺数或口径不同未能计算：复议纠正率。" in exhibit.notes


def test_cells_of_years_that_others_give_tell_the_gap(make_data: MakeData, zh: Codebook) -> None:
    rows = [{"unit": "demo", "year": year, "indicator": "reviews", "value": 5} for year in (2021, 2022)]
    data = make_data(*stated(2021, 5, 50), *stated(2022, None, 50), *rows)
    exhibit = shown(data, zh, [2021, 2022], ["requests_refused_share", "reviews_per_hundred"])
    assert cells(exhibit)[0] == ["不予公开占比", "10.0%（5/50）", "分项不全", ""]
    assert cells(exhibit)[1] == ["每百件办结的复议数", "10.0（5/50）", "10.0（5/50）", "与上年相同"]


def test_the_table_ends_with_the_change_of_the_last_year(make_data: MakeData, book: Codebook) -> None:
    exhibit = shown(make_data(*stated(2021, 5, 50), *stated(2022, 10, 50)), book, [2021, 2022])
    wanted = {"zh": "比上年上升10.0个百分点", "en": "up 10.0 percentage points on the year before"}
    assert cells(exhibit)[0][-1] == wanted[book.language]
    assert exhibit.table
    assert exhibit.table.heads[-1] == {"zh": "2022年比上年", "en": "Change in 2022"}[book.language]


def test_measures_of_other_topics_stand_in_the_table_alone(make_data: MakeData, zh: Codebook) -> None:
    exhibit = shown(make_data(*stated(2021, 5, 50)), zh, [2021], ["requests_refused_share"], topic="rates")
    assert list(exhibit.charts) == []
    assert cells(exhibit) == [["不予公开占比", "10.0%（5/50）"]]
    assert list(exhibit.notes) == ["增减按未舍入的数计算。"]


def test_a_difference_falls_below_zero_and_shows_both_its_counts(make_data: MakeData, zh: Codebook) -> None:
    facts = [
        {"unit": "demo", "year": year, "indicator": name, "value": value}
        for year, out in ((2021, 7), (2022, 4))
        for name, value in (("requests_carried_out", out), ("requests_carried_in", 5))
    ]
    exhibit = shown(make_data(*facts), zh, [2021, 2022], ["backlog_change"], topic="rates")
    assert [(row["value"], row["text"], row["counts"], row["solid"]) for row in drawn(exhibit, "line")] == [
        (2, "+2件", "7−5", True),
        (-1, "−1件", "4−5", True),
    ]
    lines = [layer for layer in exhibit.charts[0].to_dict()["layer"] if layer["mark"]["type"] == "line"]
    low, high = lines[0]["encoding"]["y"]["scale"]["domain"]
    assert low < -1
    assert high > 2
    assert exhibit.finding == "2022年结转增减−1件（4−5）"


def test_of_many_years_only_the_ends_and_far_extremes_are_labelled(make_data: MakeData, zh: Codebook) -> None:
    refused = {2008: 10, 2009: 60, 2012: 50, 2016: 5, 2024: 20, 2025: 30}
    years = list(range(2008, 2026))
    exhibit = shown(make_data(*[row for y in years for row in stated(y, refused.get(y, 12), 100)]), zh, years)
    assert sorted(row["year"] for row in drawn(exhibit, "text") if "text" in row) == [2009, 2016, 2025]


@pytest.mark.parametrize(
    ("facts", "finding"),
    [
        ([], "没有两个以上年度的数字，看不出走势"),
        (stated(2021, None, 50), "2021年没有可以计算的比率（分项不全）"),
        (stated(2021, 0, 0), "2021年没有可以计算的比率（分母为0，不计算）"),
    ],
)
def test_nothing_computed_is_one_line_that_says_why(
    make_data: MakeData, zh: Codebook, facts: list[Row], finding: str
) -> None:
    years = [2021] if facts else []
    exhibit = shown(make_data(*(facts or stated(2021, 1, 2))), zh, years)
    assert (exhibit.finding, list(exhibit.charts), exhibit.table, list(exhibit.notes)) == (finding, [], None, [])


def test_the_finding_knows_both_its_cells(make_data: MakeData, zh: Codebook) -> None:
    finding = shown(make_data(*stated(2021, 5, 50)), zh, [2021]).finding
    assert isinstance(finding, wording.Sentence)
    assert [basis.cell for basis in finding.basis] == ["demo-2021/requests_refused", "demo-2021/requests_concluded"]


def test_the_text_alternative_gives_every_value_with_its_counts(make_data: MakeData, book: Codebook) -> None:
    exhibit = shown(make_data(*stated(2021, 5, 50), *stated(2022, 9, 50)), book, [2021, 2022])
    wanted = {
        "zh": "图：不予公开占比，2021—2022年。2021年10.0%（5/50）、2022年18.0%（9/50）。",
        "en": "Chart of Refused: share of requests concluded, 2021-2022. 2021: 10.0% (5/50), 2022: 18.0% (9/50).",
    }
    assert exhibit.charts[0].to_dict()["description"] == wanted[book.language]


def test_parts_that_no_form_of_the_years_has_are_not_said_to_lack(make_data: MakeData, zh: Codebook) -> None:
    facts = [*stated(2021, 5, 50), {"unit": "demo", "year": 2021, "indicator": "refused_internal", "value": 5}]
    exhibit = shown(make_data(*facts), zh, [2021], zh.metrics_of("refusal_grounds"), topic="refusal_grounds")
    (lacking,) = [note for note in exhibit.notes if "未能计算" in note]
    assert "涉及个人隐私" not in lacking
    assert "属于国家秘密" in lacking
