"""What the chart of small counts encodes, and what its words say of every count."""

from collections.abc import Callable

import pytest
from drawn import Row, drawn, history
from drawn import fact as stated

from analysis import charts, metrics, wording
from analysis.charts import Exhibit
from analysis.codebook import Codebook
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]


def held(year: int, value: float | None, indicator: str = "hearings", **said: object) -> Row:
    return stated(year, indicator, value, **said)


def shown(data: Disclosures, book: Codebook, years: list[int], *indicators: str) -> Exhibit:
    asked = indicators or ("hearings",)
    rows = history(data, book, years, *asked)
    return charts.counts(metrics.leading(rows), book, topic="meetings")


def test_a_zero_is_a_square_with_its_number_and_a_gap_is_its_mark(make_data: MakeData, zh: Codebook) -> None:
    exhibit = shown(make_data(held(2021, 4), held(2022, 0), held(2023, None, status="blank")), zh, [2021, 2022, 2023])
    assert [(row["year"], row["value"], row["text"]) for row in drawn(exhibit, "square")] == [("2022", 0, "0")]
    assert [(row["year"], row["value"]) for row in drawn(exhibit, "circle")] == [("2021", 4)]
    gaps = [row for row in drawn(exhibit, "text") if row["value"] is None]
    assert [(row["year"], row["text"], row["why"]) for row in gaps] == [("2023", "□", "填报为空")]
    numbers = [row["text"] for row in drawn(exhibit, "text") if row["value"] is not None]
    assert numbers == ["4", "0"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([3, 5], "2022年听证会次数5次，比上年增加2次（上年3）"),
        ([3, 0], "2022年听证会次数0次，比上年减少3次（上年3）"),
        ([0, 2], "2022年听证会次数2次，上年为0，增加2次，不计算同比"),
        ([0, 0], "2022年听证会次数0次，上年也为0"),
        ([40, 50], "2022年听证会次数50次，比上年增加10次（+25.0%）"),
        ([3, None], "2022年听证会次数：填报为空；最近一次有数是2021年：3次"),
    ],
)
def test_each_count_is_compared_with_the_year_before_in_words(
    make_data: MakeData, zh: Codebook, values: list[float | None], said: str
) -> None:
    facts = [
        held(year, value, **({} if value is not None else {"status": "blank"}))
        for year, value in zip((2021, 2022), values, strict=True)
    ]
    note = shown(make_data(*facts), zh, [2021, 2022]).notes[0]
    assert note == said
    assert isinstance(note, wording.Sentence)
    assert note.basis


def test_the_finding_knows_the_cells_of_its_year(make_data: MakeData, zh: Codebook) -> None:
    exhibit = shown(make_data(held(2021, 4), held(2022, 6)), zh, [2021, 2022])
    assert exhibit.finding == "2022年：听证会次数6次"
    assert isinstance(exhibit.finding, wording.Sentence)
    assert [basis.cell for basis in exhibit.finding.basis] == ["demo-2022/hearings"]


def test_what_has_no_cell_and_is_not_told_is_said_for_the_years_concerned(make_data: MakeData, book: Codebook) -> None:
    conferences = [held(year, 2, "press_conferences") for year in (2018, 2019, 2022)]
    data = make_data(held(2021, 1), held(2020, 5, "reviews"), held(2017, 1, "reviews"), *conferences)
    exhibit = shown(data, book, list(range(2017, 2023)), "hearings", "press_conferences")
    wanted = {
        "zh": "报告格式没有下列表格项，报告正文也未提及，多少次无从得知，不等于没有："
        "听证会次数（2018—2020年、2022年）；新闻发布会次数（2020—2021年）。",
        "en": "The form has no cell for these and the text does not tell: how many is unknown, which is not none: "
        "Public hearings (2018-2020, 2022); Press conferences (2020-2021).",
    }
    assert wanted[book.language] in exhibit.notes


def test_a_cell_that_the_form_has_or_that_was_not_collected_is_not_said_to_be_lacking(
    make_data: MakeData, zh: Codebook
) -> None:
    reports = [{"unit": "demo", "year": 2022, "coverage": "selected"}]
    data = make_data(held(2017, 3, "online_interviews"), held(2018, 3, "online_interviews"), reports=reports)
    exhibit = shown(data, zh, [2017, 2018, 2022], "press_conferences", "online_interviews")
    assert [note for note in exhibit.notes if "没有下列表格项" in note] == []


def test_counts_of_several_scopes_say_so_and_are_not_compared(make_data: MakeData, zh: Codebook) -> None:
    exhibit = shown(make_data(held(2021, 3, scope="own"), held(2022, 9, scope="region")), zh, [2021, 2022])
    assert "2022年听证会次数（全地区）9次，与上年统计范围不同，不作比较" in exhibit.notes
    assert "听证会次数各年统计范围不同，不相比较：本机关（2021年）、全地区（2022年）。" in exhibit.notes


def test_approximate_counts_are_hollow_and_marked(make_data: MakeData, zh: Codebook) -> None:
    exhibit = shown(make_data(held(2021, 3), held(2022, 9, qualifier="approx")), zh, [2021, 2022])
    assert [(row["text"], row["exact"]) for row in drawn(exhibit, "circle")] == [("3", True), ("约 9", False)]


@pytest.mark.parametrize(("years", "plots"), [(1, 1), (2, 1), (10, 1), (11, 2), (18, 2)])
def test_more_years_than_a_phone_shows_become_several_plots(
    make_data: MakeData, zh: Codebook, years: int, plots: int
) -> None:
    span = list(range(2026 - years, 2026))
    exhibit = shown(make_data(*[held(year, 3) for year in span]), zh, span)
    assert len(exhibit.charts) == plots
    found = [row["year"] for chart in range(plots) for row in drawn(exhibit, "circle", chart=chart)]
    assert found == [str(year) for year in span]


def test_no_count_at_all_is_silent_and_says_why(make_data: MakeData, zh: Codebook) -> None:
    exhibit = shown(make_data(held(2021, 3, "reviews")), zh, [2021])
    assert exhibit.finding == "2021年没有数字：听证会次数（报告未提及）"
    assert (list(exhibit.charts), exhibit.table, list(exhibit.notes)) == ([], None, [])
