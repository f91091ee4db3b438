"""What the page on data quality says: findings, agreement of text and tables, who reported when."""

from collections.abc import Callable

import pytest
from drawn import cells, drawn

from analysis import charts, checks, facts, metrics
from analysis.codebook import Codebook
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]
YEAR = 2024


def fact(unit: str, indicator: str, value: float, **more: object) -> dict[str, object]:
    return {"unit": unit, "year": YEAR, "indicator": indicator, "value": value, **more}


@pytest.fixture
def data(make_data: MakeData) -> Disclosures:
    return make_data(
        fact("demo-east", "reviews", 12), fact("demo-east", "reviews_upheld", 12),
        fact("demo-east", "reviews_other", 0), fact("demo-east", "reviews_corrected", 1),
        fact("demo-east", "reviews_pending", 0),
        fact("demo-east", "requests_received", 30),
        fact("demo-east", "requests_received", 31, method="prose", scope="region"),
        fact("demo-east", "requests_carried_in", 5),
        fact("demo-east", "requests_carried_in", 5, method="prose", scope="region"),
    )  # fmt: skip


def told(data: Disclosures, book: Codebook, **wanted: str) -> list[checks.Finding]:
    return checks.told(checks.run(data, book, units=["demo-east"], years=[YEAR]), data, book, **wanted)


def test_the_gravest_is_said_first_and_counts_are_those_of_the_findings(data: Disclosures, zh: Codebook) -> None:
    found = checks.run(data, zh, units=["demo-east"], years=[YEAR])
    exhibit = charts.weighed(found, told(data, zh, verdict="fail"), zh, year=YEAR)
    assert exhibit.finding == "2024年的数字：错误1处、不一致1处"
    assert sum(int(row[2]) for row in cells(exhibit)) == found.filter(found["verdict"] == "fail").height


def test_each_finding_is_a_sentence_with_its_standing(data: Disclosures, zh: Codebook) -> None:
    exhibit = charts.findings(told(data, zh, verdict="fail"), zh, names={"demo-east": "东山县人民政府"}, year=YEAR)
    assert exhibit.finding == "2024年须说明或更正的有2处，另有提示0处"
    assert [row[1] for row in cells(exhibit)] == ["错误", "不一致"]
    assert [row[-1] for row in cells(exhibit)] == ["未核实", "未核实"]


def test_nothing_amiss_is_said_so(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(fact("demo-east", "hearings", 5))
    found = checks.run(data, zh, units=["demo-east"], years=[YEAR])
    assert charts.weighed(found, [], zh, year=YEAR).finding == "2024年的数字核对后未发现不符"
    assert charts.findings([], zh, names={}, year=YEAR).finding == "2024年没有须说明或更正之处"
    assert charts.agreement([], zh, names={}, year=YEAR).table is None


def test_text_and_table_stand_side_by_side(data: Disclosures, zh: Codebook) -> None:
    names = {"demo-east": "东山县人民政府"}
    exhibit = charts.agreement(told(data, zh, rule="prose_table"), zh, names=names, year=YEAR)
    assert exhibit.finding == "2024年正文与表格都有的2个数字中，1个不同"
    assert cells(exhibit) == [["东山县人民政府，新收申请数", "30", "31", "不同"]]
    assert exhibit.notes == ["其余1个一致，不列。"]


def test_the_map_marks_every_unit_and_year_without_a_report(data: Disclosures, zh: Codebook) -> None:
    names = {"demo-east": "东山县", "demo-west": "西山县"}
    exhibit = charts.coverage(data.reports_of(names, [2023, YEAR]), zh, names=names, years=[2023, YEAR])
    assert exhibit.finding == "2024年2个单位中，收录了1个单位的报告，1个没有"
    assert exhibit.notes == ["2024年没有报告的单位：西山县。"]
    assert sorted((row["unit"], row["year"], row["mark"]) for row in drawn(exhibit, "text")) == [
        ("东山县", "2023", "×"), ("东山县", "2024", ""), ("西山县", "2023", "×"), ("西山县", "2024", "×"),
    ]  # fmt: skip
    assert "东山县：2024" in exhibit.charts[0].to_dict()["description"]


def test_doubts_of_a_page_hold_what_is_wrong_with_its_figures(data: Disclosures, zh: Codebook) -> None:
    rows = metrics.history(data, zh, unit="demo-east", years=[YEAR], indicators=["reviews"])
    against = checks.against(data, zh, units=["demo-east"], years=[YEAR])
    notes = charts.doubts(rows, data.reports_of(["demo-east"], [YEAR]), data.stale_corrections, against, zh).notes
    assert notes[0].startswith("2024年“行政复议总计”不平")
    assert not [note for note in notes if "新收申请数" in note]


def test_a_corrected_figure_carries_its_mark(make_data: MakeData, zh: Codebook) -> None:
    said = {"printed": 51, "corrected": 5, "reason": "typing error", "by": "office", "on": "2025-02-01"}
    entry = fact("demo-east", "hearings", 0, **said)
    entry |= {"applicant": "total", "scope": "unstated", "source": f"demo-east-{YEAR}"}
    del entry["value"]
    data = make_data(fact("demo-east", "hearings", 51), corrections=[entry])
    rows = metrics.history(data, zh, unit="demo-east", years=[YEAR], indicators=["hearings"])
    ledger = charts.ledger(rows, zh, year=YEAR)
    assert cells(ledger)[0][1] == "改 5次"
    assert ledger.notes == ["图例：改 更正"]


def test_what_is_missing_is_counted_by_the_kind_of_gap(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(
        fact("demo-east", "hearings", 5), fact("demo-east", "reviews", 0) | {"value": "", "status": "blank"}
    )
    rows = facts.panel(data, zh, units=["demo-east"], years=[YEAR], indicators=["hearings", "reviews", "staff"])
    exhibit = charts.gaps(rows, zh, names={"demo-east": "东山县"}, year=YEAR)
    assert exhibit.finding.startswith(f"{YEAR}年报告格式要求或正文可载的数字中，有1个，缺")
    assert cells(exhibit)[0] == ["□ 填报为空", "1", "行政复议总计"]
