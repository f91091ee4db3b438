"""Requests in and out as stacks: what is drawn and told of each side, and what is said of the balance."""

import itertools
from collections.abc import Callable

import pytest
from balanced import OUTCOMES, TERMS, stated
from drawn import cells, drawn

from analysis import charts, metrics
from analysis.charts import Exhibit
from analysis.charts.flow_of_year import HEADROOM, HEIGHT, LINE
from analysis.codebook import Codebook
from analysis.facts import Disclosures
from analysis.wording import Sentence

MakeData = Callable[..., Disclosures]


def without(*names: str) -> dict[str, float]:
    return {name: value for name, value in TERMS.items() if name not in names}


def flow(data: Disclosures, book: Codebook, *years: int) -> Exhibit:
    rows = metrics.history(data, book, unit="demo", years=years, indicators=book.by_group("requests"))
    return charts.flow(metrics.flow(rows, book), book, topic="flow")


def test_both_sides_stand_on_one_scale_with_their_totals(make_data: MakeData, zh: Codebook) -> None:
    exhibit = flow(make_data(*stated(2021, TERMS | OUTCOMES)), zh, 2021)
    slices = [(row["side"], row["label"], row["low"], row["high"]) for row in drawn(exhibit, "bar")]
    assert [each for each in slices if each[2] < each[3]] == [
        ("in", "新收", 0, 8), ("in", "上年结转", 8, 9),
        ("out", "予以公开", 0, 4), ("out", "不予公开", 4, 5), ("out", "无法提供", 5, 7), ("out", "结转下年", 7, 9),
    ]  # fmt: skip
    texts = [row["text"] for row in drawn(exhibit, "text")]
    assert texts == ["新收 8", "上年结转 1", "予以公开 4", "不予公开 1", "无法提供 2", "结转下年 2", "9", "9", "="]
    assert len(exhibit.charts) == 1


def test_labels_keep_apart_and_within_the_plot(make_data: MakeData, zh: Codebook) -> None:
    many = {"requests_granted": 990.0, "requests_granted_in_part": 1, "requests_refused": 1, "requests_unavailable": 1,
            "requests_not_processed": 1, "requests_other_outcome": 1}  # fmt: skip
    terms = {"requests_received": 995.0, "requests_carried_in": 1, "requests_concluded": 995, "requests_carried_out": 1}
    exhibit = flow(make_data(*stated(2021, terms | many)), zh, 2021)
    labels = [row for row in drawn(exhibit, "text") if row.get("side") == "out"]
    heights = [row["height"] for row in labels]
    reach = 996 * HEADROOM
    line = LINE * reach / HEIGHT
    assert all(after - before >= line - 1e-6 for before, after in itertools.pairwise(heights))
    assert max(heights) <= reach
    assert len(heights) == 7


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        (TERMS, "2021年收到与结转合计9件 = 办结7件 + 结转下年2件"),
        (TERMS | {"requests_carried_out": 1}, "2021年收到与结转合计9件，办结7件与结转下年1件合计8件，相差1件"),
        (
            without("requests_carried_in", "requests_carried_out"),
            "2021年新收8件、办结7件；缺上年结转（报告未提及）、结转下年（报告未提及），无法判断收与办是否相抵",
        ),
    ],
)
def test_the_title_says_whether_the_year_balances(
    make_data: MakeData, zh: Codebook, terms: dict[str, float], sentence: str
) -> None:
    assert flow(make_data(*stated(2021, terms)), zh, 2021).finding == sentence


def test_the_title_is_bound_to_its_cells(make_data: MakeData, zh: Codebook) -> None:
    finding = flow(make_data(*stated(2021, TERMS)), zh, 2021).finding
    assert isinstance(finding, Sentence)
    assert [basis.cell for basis in finding.basis] == [f"demo-2021/{name}" for name in TERMS]


def test_an_unequal_pair_is_marked_as_one(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*stated(2020, TERMS), *stated(2021, TERMS | {"requests_carried_out": 1}))
    exhibit = flow(data, zh, 2020, 2021)
    assert [row["text"] for row in drawn(exhibit, "text") if "side" not in row] == ["9", "8", "≠"]
    assert [row["text"] for row in drawn(exhibit, "text", chart=1) if "height" in row] == ["9", "9|≠8"]
    assert "2020—2021年可以核对的2个年度中，1个年度收与办相抵。" in exhibit.notes


def test_an_earlier_year_that_does_not_balance_is_told(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*stated(2020, TERMS | {"requests_carried_out": 1}), *stated(2021, TERMS))
    notes = flow(data, zh, 2020, 2021).notes
    assert "2020年收到与结转合计9件，办结7件与结转下年1件合计8件，相差1件。" in notes


def test_a_side_that_lacks_a_term_is_told_and_not_drawn(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*stated(2021, without("requests_carried_in")))
    exhibit = flow(data, zh, 2021)
    assert {row["side"] for row in drawn(exhibit, "bar")} == {"out"}
    assert [row["text"] for row in drawn(exhibit, "text") if row.get("side") == "in"] == ["新收 8", "上年结转 ∅"]
    assert [row["text"] for row in drawn(exhibit, "text") if "side" not in row] == ["9"]
    assert cells(exhibit)[1:3] == [["上年结转申请数", "报告未提及"], ["收到与结转合计", "不计算"]]


def test_a_zero_is_a_term_and_no_gap(make_data: MakeData, zh: Codebook) -> None:
    zero = {"requests_carried_in": 0.0, "requests_concluded": 6}
    exhibit = flow(make_data(*stated(2021, TERMS | zero)), zh, 2021)
    assert exhibit.finding == "2021年收到与结转合计8件 = 办结6件 + 结转下年2件"
    assert cells(exhibit)[1] == ["上年结转申请数", "0"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"qualifier": "approx"}, "约数"),
        ({"status": "definition_differs"}, "口径不同"),
        ({"scope": "region"}, "统计范围不同"),
    ],
)
def test_a_term_that_cannot_be_used_says_why(make_data: MakeData, zh: Codebook, said: dict[str, str], why: str) -> None:
    rest = stated(2021, without("requests_carried_out"))
    exhibit = flow(make_data(*rest, *stated(2021, {"requests_carried_out": 2}, **said)), zh, 2021)
    assert f"缺结转下年（{why}）" in exhibit.finding


def test_a_year_without_report_is_marked_between_the_others(make_data: MakeData, zh: Codebook) -> None:
    exhibit = flow(make_data(*stated(2020, TERMS), *stated(2022, TERMS)), zh, 2020, 2021, 2022)
    years = {row["year"] for row in drawn(exhibit, "bar", chart=1)}
    marks = [(row["year"], row["mark"]) for row in drawn(exhibit, "text", chart=1) if "mark" in row]
    assert (years, marks) == ({2020, 2022}, [(2021, "×")])


def test_where_the_latest_year_cannot_be_weighed_the_last_that_can_is_told(make_data: MakeData, zh: Codebook) -> None:
    exhibit = flow(make_data(*stated(2020, TERMS), *stated(2021, {"requests_received": 5})), zh, 2020, 2021)
    assert exhibit.finding.endswith("；2020年收到与结转合计9件 = 办结7件 + 结转下年2件")
    assert exhibit.charts[0].to_dict()["title"]["text"] == "2020年"


def test_a_form_without_the_cells_is_said_to_have_none(make_data: MakeData, zh: Codebook) -> None:
    before = stated(2016, {"requests_received": 8, "requests_concluded": 7})
    exhibit = flow(make_data(*before, *stated(2019, TERMS)), zh, 2016, 2019)
    said = "2016年的报告格式没有上年结转、结转下年的栏目（报告未提及），不能核对收与办是否相抵。"
    assert said in exhibit.notes
    assert {row["year"] for row in drawn(exhibit, "bar")} == {2019}
    assert len(exhibit.charts) == 1


def test_only_years_before_2019_draw_nothing(make_data: MakeData, zh: Codebook) -> None:
    exhibit = flow(make_data(*stated(2016, {"requests_received": 8, "requests_concluded": 7})), zh, 2016)
    assert (list(exhibit.charts), exhibit.table, exhibit.statistic) == ([], None, "")
    assert exhibit.finding.startswith("2016年新收8件、办结7件；缺上年结转（报告未提及）")


def test_without_any_figure_only_that_is_said(make_data: MakeData, zh: Codebook) -> None:
    exhibit = flow(make_data(*stated(2021, {"hearings": 3})), zh, 2021)
    assert exhibit.finding.startswith("2021年没有数字")
    assert not (exhibit.charts)
    assert not (exhibit.table)
    assert not (exhibit.notes)


def test_eighteen_years_number_only_the_last(make_data: MakeData, zh: Codebook) -> None:
    years = list(range(2019, 2037))
    data = make_data(*[row for year in years for row in stated(year, TERMS)])
    exhibit = flow(data, zh, *years)
    numbers = [row["year"] for row in drawn(exhibit, "text", chart=1) if "height" in row]
    assert numbers == [2036]
    assert len({row["year"] for row in drawn(exhibit, "bar", chart=1)}) == 18


def test_the_text_alternative_tells_both_sides(make_data: MakeData, book: Codebook) -> None:
    told = flow(make_data(*stated(2021, without("requests_carried_in"))), book, 2021).charts[0].to_dict()["description"]
    wanted = {
        "zh": "图：收与办，2021年。收：新收8件、上年结转报告未提及；办：办结7件、结转下年2件。",
        "en": "Chart of Requests in and out, 2021. In: received: 8 cases, carried in: not in the report; "
        "out: concluded: 7 cases, carried out: 2 cases.",
    }
    assert told == wanted[book.language]


def test_the_scope_that_a_report_names_is_told(make_data: MakeData, zh: Codebook) -> None:
    exhibit = flow(make_data(*stated(2021, TERMS, scope="region")), zh, 2021)
    assert exhibit.finding == "2021年收到与结转合计9件 = 办结7件 + 结转下年2件（全地区）"
    assert exhibit.charts[0].to_dict()["title"]["subtitle"] == "件、全地区"


def test_years_of_different_scopes_are_said_not_to_compare(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*stated(2020, TERMS, scope="region"), *stated(2021, TERMS, scope="own"))
    assert "各年度统计范围不同，不宜相互比较：全地区：2020年；本机关：2021年。" in flow(data, zh, 2020, 2021).notes
