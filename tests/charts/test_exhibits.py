"""What every chart encodes: the frame behind it, its finding, its gaps, its text alternative, its table."""

from collections.abc import Callable

import polars as pl
import pytest
from drawn import Row, cells, drawn, fact, history

from analysis import charts, metrics, wording
from analysis.charts import Exhibit
from analysis.charts.exhibit import Cell, Table
from analysis.codebook import Codebook
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]
UNIT = "demo"


@pytest.fixture
def received(make_data: MakeData) -> Disclosures:
    return make_data(
        fact(2016, "requests_refused", 4), fact(2018, "requests_refused", 6), fact(2019, "requests_refused", 5),
        fact(2020, "requests_refused", 9, qualifier="approx"),
        fact(2021, "requests_refused", 7, status="definition_differs"),
    )  # fmt: skip


def test_a_line_joins_only_years_that_may_be_joined(received: Disclosures, zh: Codebook) -> None:
    exhibit = charts.over_time(history(received, zh, list(range(2016, 2022)), "requests_refused"), zh, topic="past")
    segments = {row["year"]: row["segment"] for row in drawn(exhibit, "line")}
    assert len({segments[2016], segments[2018], segments[2019]}) == 3
    assert segments[2019] == segments[2020]
    assert 2021 not in segments


@pytest.mark.parametrize(
    ("values", "below"),
    [
        ([5, 9, 6], {2021, 2023}),
        ([9, 5, 9], {2022}),
        ([9, 1, 9], set[int]()),  # no room between the point and the axis
        ([9, 9, 9], set[int]()),
        ([5, None, None], set[int]()),
    ],
)
def test_a_number_stands_below_its_point_where_the_line_comes_from_above(
    values: list[float | None], below: set[int], make_data: MakeData, zh: Codebook
) -> None:
    figures = [fact(year, "hearings", value) for year, value in zip(range(2021, 2024), values, strict=True)]
    stated = [row if row["value"] != "" else row | {"status": "blank"} for row in figures]
    rows = history(make_data(*stated), zh, [2021, 2022, 2023], "hearings")
    (chart,) = charts.over_time(rows, zh, topic="past").charts
    spec = chart.to_dict()
    assert {
        row["year"]
        for layer in spec["layer"]
        if layer["mark"]["type"] == "text" and layer["mark"].get("dy", 0) > 0
        for row in spec["datasets"][layer["data"]["name"]]
    } == below


def test_a_gap_is_marked_and_a_break_has_its_rule(received: Disclosures, zh: Codebook) -> None:
    exhibit = charts.over_time(history(received, zh, list(range(2016, 2022)), "requests_refused"), zh, topic="past")
    assert [row for row in drawn(exhibit, "text") if row.get("mark")] == [
        {"year": 2017, "mark": "×", "told": "2017年不予公开无报告"}
    ]
    assert [row["year"] for row in drawn(exhibit, "rule")] == [2018.5]


def test_a_plot_begins_with_the_first_figure(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(fact(2011, "reviews", 1), fact(2023, "hearings", 3), fact(2024, "hearings", 4))
    exhibit = charts.over_time(history(data, zh, list(range(2011, 2025)), "hearings"), zh, topic="past")
    assert exhibit.charts[0].to_dict()["layer"][0]["encoding"]["x"]["axis"]["values"] == [2023, 2024]
    assert cells(exhibit) == [["听证会次数（次）", "报告未提及", "3", "4"], ["同比", "", "", "+1（上年3）"]]


def test_what_is_not_exact_is_hollow_and_shaped(received: Disclosures, zh: Codebook) -> None:
    exhibit = charts.over_time(history(received, zh, list(range(2016, 2022)), "requests_refused"), zh, topic="past")
    kinds = {row["year"]: row["kind"] for row in drawn(exhibit, "point")}
    assert kinds == {2016: "exact", 2018: "exact", 2019: "exact", 2020: "approx", 2021: "definition_differs"}


def test_the_text_alternative_tells_every_year(received: Disclosures, book: Codebook) -> None:
    exhibit = charts.over_time(history(received, book, [2018, 2019, 2020], "requests_refused"), book, topic="past")
    told = exhibit.charts[0].to_dict()["description"]
    wanted = {
        "zh": "图：不予公开，2018—2020年。2018年6件、2019年5件、2020年约9件。",
        "en": "Chart of Refused, 2018-2020. 2018: 6 cases, 2019: 5 cases, 2020: about 9 cases.",
    }
    assert told == wanted[book.language]


def test_the_table_behind_says_why_a_figure_is_missing(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(fact(2019, "hearings", 3), fact(2020, "reviews", 1), fact(2021, "hearings", None, status="blank"))
    exhibit = charts.over_time(history(data, zh, [2018, 2019, 2020, 2021], "hearings"), zh, topic="past")
    assert cells(exhibit) == [["听证会次数（次）", "3", "报告未提及", "填报为空"]]


def test_scopes_are_lines_of_their_own(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(
        *[fact(year, "published_items", 10 * year, scope=scope) for year in (2023, 2024) for scope in ("own", "region")]
    )
    exhibit = charts.over_time(history(data, zh, [2023, 2024], "published_items"), zh, topic="past")
    assert {(row["scope"], row["year"]) for row in drawn(exhibit, "line")} == {
        ("本机关", 2023), ("本机关", 2024), ("全地区", 2023), ("全地区", 2024)
    }  # fmt: skip


def test_one_year_is_shown_as_figures_not_as_a_plot(make_data: MakeData, zh: Codebook) -> None:
    exhibit = charts.over_time(
        history(make_data(fact(2013, "sub_sites", 80)), zh, [2013], "sub_sites"), zh, topic="carriers"
    )
    assert (list(exhibit.charts), exhibit.content["cards"][0]["figure"]) == ([], "80个")
    assert exhibit.finding == "2013年子站数80个，所列年度中没有更早的数字可比"


def test_small_counts_are_dots_with_their_number(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(fact(2022, "hearings", 5), fact(2023, "hearings", 0), fact(2023, "press_conferences", 3))
    rows = metrics.leading(history(data, zh, [2022, 2023], "hearings", "press_conferences"))
    exhibit = charts.counts(rows, zh, topic="meetings")
    assert [(row["label"], row["year"], row["text"]) for row in drawn(exhibit, "circle")] == [
        ("听证会次数", "2022", "5"), ("新闻发布会次数", "2023", "3")
    ]  # fmt: skip
    assert [(row["label"], row["year"], row["text"]) for row in drawn(exhibit, "square")] == [
        ("听证会次数", "2023", "0")
    ]
    assert [row["why"] for row in drawn(exhibit, "text") if row["value"] is None] == ["报告未提及"]
    assert exhibit.finding == "2023年：听证会次数0次，新闻发布会次数3次"


OUTCOMES = ["requests_granted", "requests_granted_in_part", "requests_refused", "requests_unavailable",
            "requests_not_processed", "requests_other_outcome"]  # fmt: skip


def outcomes(year: int, *values: float, total: float) -> list[dict[str, object]]:
    parts = [fact(year, name, value) for name, value in zip(OUTCOMES, values, strict=True)]
    return [*parts, fact(year, "requests_concluded", total)]


def test_parts_are_bars_with_shares_and_the_year_before(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*outcomes(2023, 10, 0, 5, 4, 1, 0, total=20), *outcomes(2024, 20, 5, 10, 4, 1, 0, total=40))
    rows = metrics.parts(
        history(data, zh, [2023, 2024], "requests_concluded", *OUTCOMES), zh, wholes=["requests_concluded"]
    )
    exhibit = charts.structure(rows, zh, year=2024, topic="outcomes")
    assert [(row["text"], row["previous"]) for row in drawn(exhibit, "bar")][:2] == [
        ("20（50.0%）", 10),
        ("5（12.5%）", 0),
    ]
    assert exhibit.finding == "2024年办理结果总计40件中，予以公开最多：20件（50.0%）"


def test_parts_of_a_small_whole_are_bars_without_shares(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*outcomes(2024, 10, 0, 5, 4, 1, 0, total=20))
    rows = metrics.parts(history(data, zh, [2024], "requests_concluded", *OUTCOMES), zh, wholes=["requests_concluded"])
    exhibit = charts.structure(rows, zh, year=2024, topic="outcomes")
    assert [row["text"] for row in drawn(exhibit, "bar")] == ["10", "0", "5", "4", "1", "0"]
    assert exhibit.finding == "2024年办理结果总计20件中，予以公开最多：10件；总数不足30，不计算占比"
    assert "总数不足30的年度只列数量，不计算占比。" in exhibit.notes


def test_a_rate_stands_with_its_counts_and_a_small_one_unjudged(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*outcomes(2023, 10, 0, 5, 4, 1, 0, total=20), *outcomes(2024, 20, 5, 10, 4, 1, 0, total=40))
    rows = metrics.rates(
        history(data, zh, [2023, 2024], "requests_concluded", *OUTCOMES), zh, metrics=["substantive_disclosure"]
    )
    exhibit = charts.rates(rows, zh, topic="rates")
    assert cells(exhibit) == [["实质公开率", "50.0%（10/20），分母不足30，不评定", "62.5%（25/40）"]]
    assert [row["solid"] for row in drawn(exhibit, "line")] == [False, True]
    assert exhibit.finding == "2024年实质公开率62.5%（25/40）"


def test_a_unit_stands_among_its_peers_or_is_not_ranked(make_data: MakeData, zh: Codebook) -> None:
    names = ["demo-east", "demo-west", *[f"demo-n{number}" for number in range(4)]]
    units = [{"unit": "demo", "name": "市", "name_en": "City", "level": "city"}] + [
        {"unit": name, "name": name, "name_en": name, "level": "county", "parent": "demo"} for name in names
    ]
    figures = [{"unit": name, "year": 2024, "indicator": "hearings", "value": size} for size, name in enumerate(names)]
    few = [{"unit": name, "year": 2024, "indicator": "press_conferences", "value": 1} for name in names[:2]]
    data = make_data(*figures, *few, units=units)
    rows = metrics.peers(
        data, zh, unit="demo-east", year=2024, indicators=["hearings", "press_conferences"], among="level"
    )
    exhibit = charts.standing(rows, zh, unit=data.unit("demo-east"), among="level", year=2024)
    assert exhibit.finding == "2024年听证会次数在6个有可比数字的县区级单位中按数量居第6位"
    assert len(drawn(exhibit, "point")) == 6
    assert [row[1] for row in cells(exhibit) if row[0] == "新闻发布会次数"] == ["", ""]


def test_headlines_say_their_change_and_place(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(fact(2023, "requests_received", 3511), fact(2024, "requests_received", 3525))
    rows = metrics.leading(history(data, zh, [2023, 2024], *zh.topics["headlines"].indicators))
    shown = {card["label"]: card for card in charts.headlines(rows, zh, topic="headlines", year=2024).content["cards"]}
    assert shown["新收申请数"]["figure"] == "3525件"
    assert shown["新收申请数"]["change"] == "比上年增加14件（+0.4%）"
    assert shown["新收申请数"]["place"] == "出处：一(一)"
    assert shown["听证会次数"]["figure"] == "报告未提及"


def test_doubts_name_what_is_not_simply_reported(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(
        fact(2024, "reviews", 170, status="conflicting"),
        fact(2024, "reviews", 134, status="conflicting", method="prose"),
        fact(2024, "published_items", 140000, qualifier="approx"), fact(2024, "lawsuits", None, status="blank"),
        fact(2024, "hearings", 4, status="estimated", evidence="2025年报推算"),
    )  # fmt: skip
    every = history(data, zh, [2023, 2024], *zh.indicators)
    notes = charts.doubts(every, data.reports_of([UNIT], [2023, 2024]), data.stale_corrections, [], zh).notes
    assert notes == [
        "2024年“听证会次数”4次系推算：2025年报推算。",
        "2024年“行政复议总计”来源不一致：170件（一(一)，表格）、134件。与其他年份比较时采用第一个。",
        "约数：2024年主动公开政府信息数约14万条。",
        "2024年报告表格中有1格为空，视为未报，不作0处理：行政诉讼总计。",
        "以下年度没有报告：2023年。",
        "以下年度的报告没有记录网址，出处只能凭报告原文核对：2024年。",
    ]


def test_a_corrected_figure_tells_what_was_printed(make_data: MakeData, zh: Codebook) -> None:
    entry = fact(2024, "hearings", None, printed=51, corrected=5, reason="typing error", by="office", on="2025-02-01")
    entry |= {"applicant": "total", "scope": "unstated", "source": f"{UNIT}-2024"}
    del entry["value"]
    data = make_data(fact(2024, "hearings", 51), corrections=[entry])
    every = history(data, zh, [2024], "hearings")
    assert (
        "2024年“听证会次数”报告原载51，更正为5次。"
        in charts.doubts(every, data.reports_of([UNIT], [2024]), data.stale_corrections, [], zh).notes
    )


def test_a_revised_figure_tells_what_was_first_published(make_data: MakeData, zh: Codebook) -> None:
    source = {"source": f"{UNIT}-2023", "applicant": "total", "scope": "unstated", "status": "reported"}
    earlier = [
        {
            **fact(2023, "hearings", value),
            **source,
            "qualifier": "exact",
            "evidence": "二",
            "method": "table",
            "replaced_on": day,
        }
        for value, day in ((4, "2024-03-01"), (6, "2024-04-01"))
    ]
    data = make_data(fact(2023, "hearings", 5), fact(2024, "hearings", 8), revisions=earlier)
    rows = history(data, zh, [2023, 2024], "hearings")
    notes = charts.doubts(rows, data.reports_of([UNIT], [2023, 2024]), data.stale_corrections, [], zh).notes
    assert notes[0] == "2023年“听证会次数”最初公布为4次，现报告改为5次。"
    assert wording.change(metrics.leading(rows).row(1, named=True), zh) == "比上年增加3次（上年5），上年最初公布为4次"


def test_a_cell_filled_with_words_is_told_as_one_and_never_as_zero(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(fact(2024, "hearings", None, status="worded", evidence="一(二) “-”"))
    rows = history(data, zh, [2024], "hearings")
    notes = charts.doubts(rows, data.reports_of([UNIT], [2024]), data.stale_corrections, [], zh).notes
    assert notes[0] == "2024年报告表格中有1格填写的是“-”“无”等文字或符号，不是数字，不作0处理：听证会次数。"
    assert cells(charts.ledger(rows, zh, year=2024)) == [["听证会次数", "未填数字", "一(二) “-”（表格）"]]
    assert charts.over_time(rows, zh, topic="past").finding == "2024年没有数字：听证会次数（未填数字）"


def test_silence_says_for_each_figure_why(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(fact(2024, "staff", 7))
    exhibit = charts.over_time(history(data, zh, [2024], "hearings", "procurement_projects"), zh, topic="past")
    assert exhibit.finding == "2024年没有数字：听证会次数（报告未提及）；政府集中采购项目数（格式无此项）"


def test_a_computed_total_is_not_said_to_stand_in_the_report(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(fact(2024, "lawsuits_direct", 25), fact(2024, "lawsuits_after_review", 52))
    rows = history(data, zh, [2024], "lawsuits", "lawsuits_direct", "lawsuits_after_review")
    (card,) = charts.headlines(
        metrics.leading(rows.filter(pl.col("indicator") == "lawsuits")), zh, topic="disputes", year=2024
    ).content["cards"]
    assert card["place"] == "计算：行政诉讼 = 未经复议直接起诉 + 复议后起诉"
    ledger = charts.ledger(rows, zh, year=2024)
    assert ledger.finding == "2024年共收录2个数字，每个都注明出处，另由分项算出1个"
    assert cells(ledger)[0][:2] == ["行政诉讼总计", "∑ 77件"]


def test_a_title_keeps_the_scope(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(
        fact(2023, "published_items", 50, scope="region"), fact(2024, "published_items", 60, scope="region")
    )
    exhibit = charts.over_time(history(data, zh, [2023, 2024], "published_items"), zh, topic="past")
    assert exhibit.finding == "2024年主动公开政府信息数（全地区）60条，比上年增加10条（+20.0%）"


def test_a_small_base_gives_both_counts_and_no_percentage(make_data: MakeData, book: Codebook) -> None:
    data = make_data(fact(2023, "hearings", 1), fact(2024, "hearings", 7))
    exhibit = charts.over_time(history(data, book, [2023, 2024], "hearings"), book, topic="past")
    wanted = {
        "zh": "2024年听证会次数7次，比上年增加6次（上年1）",
        "en": "Public hearings in 2024: 7, up 6 on the year before (from 1)",
    }
    assert exhibit.finding == wanted[book.language]


def test_a_form_before_a_change_tells_what_it_counted(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(fact(2019, "rules_in_force", 524))
    every = history(data, zh, [2019], "rules_in_force")
    notes = charts.doubts(every, data.reports_of([UNIT], [2019]), data.stale_corrections, [], zh).notes
    assert "“现行有效规章数”的口径在2021年改变：2019—2020年为“对外公开总数量”。" in notes


CONFLICT = {"status": "conflicting"}


def test_a_title_tells_that_the_sources_of_a_figure_conflict(make_data: MakeData, book: Codebook) -> None:
    rows = history(make_data(fact(2024, "requests_received", 170, **CONFLICT)), book, [2024], "requests_received")
    first = metrics.leading(rows)
    wanted = {"zh": "170件（来源不一致）", "en": "170 cases (sources conflict)"}[book.language]
    assert wanted in charts.headlines(first, book, topic="headlines", year=2024).finding
    assert wanted in charts.counts(first, book, topic="meetings").finding


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ([], CONFLICT, "2024年行政复议总计170件（来源不一致），所列年度中没有更早的数字可比"),
        ([fact(2023, "reviews", 9, qualifier="at_least")], CONFLICT,
         "2024年行政复议总计170件（来源不一致），原文为“不少于”，不计算增减"),
        ([fact(2023, "reviews", 170)], CONFLICT, "2024年行政复议总计170件，与上年相同，来源不一致，比较须谨慎"),
        ([], {"status": "definition_differs"}, "2024年行政复议总计170件（口径不同），所列年度中没有更早的数字可比"),
    ],
)  # fmt: skip
def test_a_figure_in_doubt_is_told_as_one_whether_or_not_it_is_compared(
    make_data: MakeData, zh: Codebook, before: list[Row], now: dict[str, str], said: str
) -> None:
    data = make_data(*before, fact(2024, "reviews", 170, **now))
    assert wording.finding(history(data, zh, [2023, 2024], "reviews").to_dicts(), zh) == said


def table(length: int, width: int = 2) -> Table:
    return Table("", ["-"] * width, [[Cell("-")] * width] * length)


def test_a_short_table_is_open_without_a_chart_or_beside_a_single_one(make_data: MakeData, zh: Codebook) -> None:
    rows = history(make_data(*[fact(year, "hearings", 3) for year in (2023, 2024)]), zh, [2023, 2024], "hearings")
    (chart,) = charts.over_time(rows, zh, topic="past").charts
    shown = {
        (count, held): Exhibit("", "", zh, charts=[chart] * count, table=table(*held)).opened
        for count in (0, 1, 2)
        for held in ((20, 2), (21, 2), (20, 8))
    }
    assert {key for key, opened in shown.items() if opened} == {(0, (20, 2)), (0, (20, 8)), (1, (20, 2))}
    assert Exhibit("", "", zh, table=table(99), table_open=True).opened
    assert not Exhibit("", "", zh, table=table(1), table_open=False).opened


@pytest.mark.parametrize(("years", "period"), [([2024], "报告年度 2024"), ([2023, 2024], "报告年度 2023—2024")])
def test_the_masthead_tells_the_years_that_it_is_given(
    make_data: MakeData, zh: Codebook, years: list[int], period: str
) -> None:
    data = make_data(*[fact(year, "hearings", 3) for year in (2023, 2024)])
    shown = charts.masthead(data.reports, zh, title="yearly_dashboard", unit=data.unit(UNIT), years=years)
    assert shown.content["facts"][0] == period
