"""The parts of wholes over the years: shares where they may be told, counts elsewhere, nothing across a break."""

from collections.abc import Callable, Sequence

import polars as pl
import pytest
from drawn import Row, cells, drawn, fact

from analysis import charts, metrics
from analysis.charts import Exhibit
from analysis.codebook import Codebook
from analysis.facts import Disclosures
from analysis.wording import Sentence

MakeData = Callable[..., Disclosures]
OUTCOMES = [
    "requests_granted", "requests_granted_in_part", "requests_refused", "requests_unavailable",
    "requests_not_processed", "requests_other_outcome",
]  # fmt: skip
REPLIES = [
    "requests_already_public", "requests_granted", "requests_granted_in_part", "requests_refused",
    "unavailable_not_held", "unavailable_not_existing", "other_told_to_amend", "other_told_other_route",
]  # fmt: skip


def outcomes(year: int, *values: float, total: float) -> list[Row]:
    parts = [fact(year, name, value) for name, value in zip(OUTCOMES, values, strict=True)]
    return [*parts, fact(year, "requests_concluded", total)]


def replies(year: int, *values: float, total: float) -> list[Row]:
    parts = [fact(year, name, value) for name, value in zip(REPLIES, values, strict=True)]
    return [*parts, fact(year, "requests_concluded", total)]


def composed(data: Disclosures, book: Codebook, years: Sequence[int], *wholes: str, topic: str) -> Exhibit:
    rows = metrics.history(data, book, unit="demo", years=years, indicators=book.by_group("requests", "disputes"))
    return charts.composition(metrics.parts(rows, book, wholes=wholes), book, topic=topic)


def of_concluded(data: Disclosures, book: Codebook, *years: int) -> Exhibit:
    return composed(data, book, years, "requests_concluded", topic="outcomes")


def test_a_complete_year_is_a_stack_from_0_to_100(make_data: MakeData, zh: Codebook) -> None:
    exhibit = of_concluded(make_data(*outcomes(2024, 20, 5, 10, 4, 1, 0, total=40)), zh, 2024)
    slices = [(row["label"], row["low"], row["high"]) for row in drawn(exhibit, "bar")]
    assert slices == [
        ("予以公开", 0, 50), ("部分公开", 50, 62.5), ("不予公开", 62.5, 87.5), ("无法提供", 87.5, 97.5),
        ("不予处理", 97.5, 100), ("其他处理", 100, 100),
    ]  # fmt: skip
    assert [row["shown"] for row in drawn(exhibit, "text")] == ["50.0%", "12.5%", "25.0%", "10.0%"]
    assert exhibit.finding == "2024年办理结果总计40件中，予以公开最多：20件（50.0%）"
    assert cells(exhibit)[:2] == [["办理结果总计", "40"], ["予以公开", "20（50.0%）"]]


def test_the_title_is_bound_to_the_part_and_its_whole(make_data: MakeData, zh: Codebook) -> None:
    finding = of_concluded(make_data(*outcomes(2024, 20, 5, 10, 4, 1, 0, total=40)), zh, 2024).finding
    assert isinstance(finding, Sentence)
    assert [basis.cell for basis in finding.basis] == ["demo-2024/requests_granted", "demo-2024/requests_concluded"]


def test_parts_that_do_not_add_up_get_no_share_but_their_counts(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*outcomes(2023, 30, 0, 5, 4, 1, 0, total=40), *outcomes(2024, 20, 5, 10, 4, 1, 0, total=41))
    exhibit = of_concluded(data, zh, 2023, 2024)
    assert {row["year"] for row in drawn(exhibit, "bar")} == {2023}
    assert [(row["year"], row["mark"]) for row in drawn(exhibit, "text") if "mark" in row] == [(2024, "∑?")]
    assert [row["text"] for row in drawn(exhibit, "text", chart=1)] == ["20", "5", "10", "4", "1", "0"]
    note = "2024年办理结果总计：各项之和为40，总数为41，故不计算占比。"
    assert note in exhibit.notes
    assert isinstance(exhibit.notes[exhibit.notes.index(note)], Sentence)


def test_a_small_whole_shows_counts_and_never_a_share(make_data: MakeData, zh: Codebook) -> None:
    exhibit = of_concluded(make_data(*outcomes(2024, 2, 0, 1, 0, 0, 0, total=3)), zh, 2024)
    assert exhibit.finding == "2024年办理结果总计3件中，予以公开最多：2件；总数不足30，不计算占比"
    assert len(exhibit.charts) == 1
    assert [row["label"] for row in drawn(exhibit, "circle")] == ["予以公开", "不予公开"]
    assert not any("%" in text for row in cells(exhibit) for text in row)
    assert "总数不足30的年度只列数量，不计算占比。" in exhibit.notes


def test_a_small_year_between_large_ones_is_marked_as_such(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*outcomes(2023, 30, 0, 5, 4, 1, 0, total=40), *outcomes(2024, 2, 0, 1, 0, 0, 0, total=3))
    exhibit = of_concluded(data, zh, 2023, 2024)
    assert [(row["year"], row["mark"]) for row in drawn(exhibit, "text") if "mark" in row] == [(2024, "<30")]
    assert {row["year"] for row in drawn(exhibit, "circle", chart=1)} == {"2024"}


def test_the_smallest_whole_with_shares_has_as_many_cases_as_are_judged(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*outcomes(2023, 29, 0, 0, 0, 0, 0, total=29), *outcomes(2024, 30, 0, 0, 0, 0, 0, total=30))
    assert {row["year"] for row in drawn(of_concluded(data, zh, 2023, 2024), "bar")} == {2024}


@pytest.mark.parametrize(("gap", "mark"), [({"status": "blank"}, "□"), ({"status": "worded"}, "—"), (None, "∅")])
def test_a_gap_among_counts_has_its_mark_and_is_no_zero(
    make_data: MakeData, zh: Codebook, gap: dict[str, str] | None, mark: str
) -> None:
    given = [] if gap is None else [fact(2024, "requests_granted", None, **gap)]
    rest = [row for row in outcomes(2024, 9, 5, 10, 4, 1, 0, total=40) if row["indicator"] != "requests_granted"]
    before = outcomes(2023, 2, 0, 1, 0, 0, 0, total=3)
    exhibit = of_concluded(make_data(*before, *rest, *given), zh, 2023, 2024)
    granted = {row["year"]: row["text"] for row in drawn(exhibit, "text") if row["label"] == "予以公开"}
    assert granted == {"2023": "2", "2024": mark}


def test_a_year_without_report_is_marked_and_not_drawn(make_data: MakeData, zh: Codebook) -> None:
    large = [outcomes(year, 30, 0, 5, 4, 1, 0, total=40) for year in (2021, 2023)]
    exhibit = of_concluded(make_data(*large[0], *large[1]), zh, 2021, 2022, 2023)
    assert [(row["year"], row["mark"]) for row in drawn(exhibit, "text") if "mark" in row] == [(2022, "×")]
    assert next(row[1:] for row in cells(exhibit)) == ["40", "40"]


def test_what_counts_otherwise_since_a_break_is_another_series_behind_a_rule(make_data: MakeData, zh: Codebook) -> None:
    before = replies(2018, 10, 20, 0, 5, 5, 5, 0, 5, total=50)
    after = outcomes(2019, 20, 5, 10, 4, 1, 0, total=40)
    exhibit = of_concluded(make_data(*before, *after), zh, 2018, 2019)
    labels = {year: [row["label"] for row in drawn(exhibit, "bar") if row["year"] == year] for year in (2018, 2019)}
    assert "不予公开（2019年前）" in labels[2018]
    assert "不予公开" in labels[2019]
    assert not {"不予公开", "其他处理"} & set(labels[2018])
    assert "予以公开" in set(labels[2018]) & set(labels[2019])
    assert [(row["year"], row["text"]) for row in drawn(exhibit, "rule")] == [(2018.5, "2019年口径调整")]
    assert "“不予公开”的口径在2019年改变：2019年起不予公开的理由改变。" in exhibit.notes


def test_every_series_of_a_stack_has_a_look_of_its_own(make_data: MakeData, zh: Codebook) -> None:
    before = replies(2018, 10, 20, 0, 5, 5, 5, 0, 5, total=50)
    exhibit = of_concluded(make_data(*before, *outcomes(2019, 20, 5, 10, 4, 1, 0, total=40)), zh, 2018, 2019)
    looks = {(row["label"], row["fill"], row["stroke"]) for row in drawn(exhibit, "bar")}
    assert len({look[0] for look in looks}) == len(looks) == len({look[1:] for look in looks})


def test_years_on_one_side_of_a_break_have_no_rule(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*[row for year in (2019, 2020) for row in outcomes(year, 20, 5, 10, 4, 1, 0, total=40)])
    exhibit = of_concluded(data, zh, 2019, 2020)
    assert drawn(exhibit, "rule") == []
    assert not any("口径" in note for note in exhibit.notes)


def test_counts_on_both_sides_of_a_break_are_plots_of_their_own(make_data: MakeData, zh: Codebook) -> None:
    before = [fact(2018, name, value) for name, value in (("reviews", 3), ("reviews_upheld", 2), ("reviews_other", 1))]
    after = [fact(2019, name, value) for name, value in (("reviews", 4), ("reviews_upheld", 3), ("reviews_pending", 1))]
    exhibit = composed(make_data(*before, *after), zh, [2018, 2019], "reviews", topic="review_results")
    years = [{row["year"] for row in drawn(exhibit, "text", chart=chart)} for chart in range(len(exhibit.charts))]
    assert years == [{"2018"}, {"2019"}]


def test_two_routes_of_lawsuits_stand_apart(make_data: MakeData, zh: Codebook) -> None:
    results = {"": 3, "_upheld": 2, "_corrected": 0, "_other": 0, "_pending": 1}
    routes = ("lawsuits_direct", "lawsuits_after_review")
    figures = [fact(2024, f"{route}{result}", value) for route in routes for result, value in results.items()]
    wholes = ["lawsuits", "lawsuits_direct", "lawsuits_after_review"]
    exhibit = composed(make_data(*figures), zh, [2024], *wholes, topic="lawsuit_results")
    titles = [chart.to_dict()["title"]["text"] for chart in exhibit.charts]
    assert titles == ["行政诉讼总计", "未经复议直接起诉总计", "复议后起诉总计"]
    pending = [row["text"] for row in drawn(exhibit, "text", chart=1) if row["label"] == "直接起诉尚未审结"]
    assert pending == ["1"]
    assert "2024年复议后起诉总计3件中，复议后起诉结果维持最多：2件；总数不足30，不计算占比。" in exhibit.notes


def test_channels_of_requests_are_said_to_be_no_part_of_the_form_since_2019(make_data: MakeData, zh: Codebook) -> None:
    before = [
        fact(2018, "requests_received", 40), fact(2018, "requests_received_in_person", 10),
        fact(2018, "requests_received_by_fax", 0), fact(2018, "requests_received_online", 20),
        fact(2018, "requests_received_by_mail", 10),
    ]  # fmt: skip
    data = make_data(*before, fact(2019, "requests_received", 50), fact(2020, "requests_received", 50))
    exhibit = composed(data, zh, [2018, 2019, 2020], "requests_received", topic="channels_of_requests")
    assert exhibit.finding == "2018年新收申请数40件中，网络申请数最多：20件（50.0%）"
    assert "2019—2020年的报告格式不分列申请渠道。" in exhibit.notes
    assert [(row["year"], row["mark"]) for row in drawn(exhibit, "text") if "mark" in row] == [(2019, "∅"), (2020, "∅")]
    alone = composed(data, zh, [2019, 2020], "requests_received", topic="channels_of_requests")
    assert alone.finding == "2020年新收申请数50件；其分项：报告未提及；2020年的报告格式不分列申请渠道"
    assert not (alone.charts)
    assert not (alone.table)
    assert not (alone.notes)


def test_without_any_part_only_that_is_said(make_data: MakeData, zh: Codebook) -> None:
    exhibit = composed(make_data(fact(2024, "hearings", 1)), zh, [2024], "reviews", topic="review_results")
    assert exhibit.finding == "2024年没有数字：行政复议总计（报告未提及）"
    assert not (exhibit.charts)
    assert not (exhibit.table)
    assert not (exhibit.notes)


def test_eighteen_years_stand_in_one_plot_and_numbers_lose_their_decimal(make_data: MakeData, zh: Codebook) -> None:
    years = list(range(2019, 2037))
    data = make_data(*[row for year in years for row in outcomes(year, 20, 5, 10, 4, 1, 0, total=40)])
    exhibit = of_concluded(data, zh, *years)
    assert len(exhibit.charts) == 1
    assert {row["year"] for row in drawn(exhibit, "bar")} == set(years)
    assert {row["shown"] for row in drawn(exhibit, "text")} == {"50", "12", "25", "10"}


def test_a_slice_that_is_not_all_never_reads_100(make_data: MakeData, zh: Codebook) -> None:
    years = list(range(2019, 2029))
    data = make_data(*[row for year in years for row in outcomes(year, 999, 0, 1, 0, 0, 0, total=1000)])
    assert {row["shown"] for row in drawn(of_concluded(data, zh, *years), "text")} == {"99"}


def test_years_that_lack_the_same_are_told_together(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*[fact(year, name, 2) for year in (2010, 2011) for name in ("requests_granted", "reviews")])
    notes = of_concluded(data, zh, 2010, 2011).notes
    assert "2010年、2011年办理结果总计：6项报告未提及，缺总数，故不计算占比。" in notes


def test_applicants_are_composed_alike(make_data: MakeData, zh: Codebook) -> None:
    kinds = list(zh.terms["applicant"])
    values = dict(zip(kinds, [40, 30, 5, 2, 1, 1, 1], strict=True))
    figures = [fact(2024, "requests_received", value, applicant=kind) for kind, value in values.items()]
    rows = metrics.history(
        make_data(*figures), zh, unit="demo", years=[2024], indicators=["requests_received"], applicants=kinds
    )
    exhibit = charts.composition(metrics.applicants(rows, indicator="requests_received"), zh, topic="applicants")
    assert exhibit.finding == "2024年新收申请数40件中，自然人最多：30件（75.0%）"
    assert pl.DataFrame(drawn(exhibit, "bar"))["label"].to_list() == [zh.term("applicant", kind) for kind in kinds[1:]]


def test_years_of_different_scopes_are_said_not_to_compare(make_data: MakeData, zh: Codebook) -> None:
    scopes = {2023: "region", 2024: "own"}
    figures = [row | {"scope": scopes[year]} for year in scopes for row in outcomes(year, 20, 5, 10, 4, 1, 0, total=40)]
    both = of_concluded(make_data(*figures), zh, 2023, 2024)
    assert "各年度统计范围不同，不宜相互比较：全地区：2023年；本机关：2024年。" in both.notes
    assert both.charts[0].to_dict()["title"]["subtitle"] == "%"
    assert of_concluded(make_data(*figures), zh, 2024).charts[0].to_dict()["title"]["subtitle"] == "%、本机关"


def test_a_count_with_its_marks_has_room_in_its_year(make_data: MakeData, zh: Codebook) -> None:
    plain = of_concluded(make_data(*outcomes(2024, 2, 0, 1, 0, 0, 0, total=3)), zh, 2024)
    marked = [row | {"qualifier": "approx"} for row in outcomes(2024, 20000, 0, 1, 0, 0, 0, total=3)]
    widths = [exhibit.charts[0].to_dict()["width"] for exhibit in (plain, of_concluded(make_data(*marked), zh, 2024))]
    assert widths[1] > widths[0] == 27


def reviews(*given: tuple[str, float, dict[str, str]]) -> list[Row]:
    rest = {"reviews": 100, "reviews_upheld": 60, "reviews_corrected": 40, "reviews_other": 0, "reviews_pending": 0}
    differing = {name: (value, said) for name, value, said in given}
    return [
        fact(2024, name, differing.get(name, (value, {}))[0], **differing.get(name, (value, {}))[1])
        for name, value in rest.items()
    ]


def of_reviews(data: Disclosures, book: Codebook) -> list[Exhibit]:
    """Both exhibits of parts: over the years, and of one year."""
    rows = metrics.history(data, book, unit="demo", years=[2024], indicators=book.by_group("disputes"))
    held = metrics.parts(rows, book, wholes=["reviews"])
    return [
        charts.composition(held, book, topic="review_results"),
        charts.structure(held, book, year=2024, topic="review_results"),
    ]


def test_approximate_parts_and_wholes_are_told_as_such_with_their_shares(make_data: MakeData, zh: Codebook) -> None:
    approx = {"qualifier": "approx"}
    data = make_data(*reviews(("reviews", 100, approx), ("reviews_upheld", 60, approx)))
    over_time, of_year = of_reviews(data, zh)
    assert over_time.finding == "2024年行政复议总计约100件中，复议结果维持最多：约60件（约60.0%）"
    assert of_year.finding == over_time.finding
    assert cells(over_time)[:3] == [
        ["行政复议总计", "约 100"], ["复议结果维持", "约 60（约60.0%）"], ["复议结果纠正", "40（约40.0%）"]
    ]  # fmt: skip
    assert [row[:3] for row in cells(of_year)][:3] == [
        ["行政复议总计", "约 100", ""], ["复议结果维持", "约 60", "约60.0%"], ["复议结果纠正", "40", "约40.0%"]
    ]  # fmt: skip
    assert of_year.charts[0].to_dict()["title"]["subtitle"] == "2024年，总计约100件"
    assert [row["shown"] for row in drawn(over_time, "text")] == ["约60%", "约40%"]
    assert all(any("约 约数" in note for note in exhibit.notes) for exhibit in (over_time, of_year))


def test_a_narrow_stack_has_no_number_that_is_not_marked_as_approximate(make_data: MakeData, zh: Codebook) -> None:
    years = list(range(2019, 2029))
    rows = [row for year in years for row in outcomes(year, 20, 5, 10, 4, 1, 0, total=40)]
    marked = [row | {"qualifier": "approx"} if row["year"] == 2028 else row for row in rows]
    shown = {row["year"]: row["shown"] for row in drawn(of_concluded(make_data(*marked), zh, *years), "text")}
    assert (shown.get(2027), shown.get(2028)) == ("10", None)


@pytest.mark.parametrize(
    ("differing", "why"),
    [
        (("reviews_upheld", 60, {"qualifier": "at_least"}), "复议结果维持（不少于60件）"),
        (("reviews", 100, {"qualifier": "at_least"}), "行政复议总计（不少于100件）"),
        (("reviews_upheld", 60, {"status": "definition_differs"}), "复议结果维持（口径不同）"),
        (
            ("reviews", 100, {"scope": "region"}),
            "复议结果维持、复议结果纠正、复议其他结果、复议尚未审结（统计范围不同）",
        ),
    ],
)
def test_what_cannot_be_divided_gives_no_share_and_is_named(
    make_data: MakeData, zh: Codebook, differing: tuple[str, float, dict[str, str]], why: str
) -> None:
    for exhibit in of_reviews(make_data(*reviews(differing)), zh):
        assert not any("%" in text for row in cells(exhibit) for text in row)
        assert "%" not in exhibit.finding
        assert any(note.startswith("2024年行政复议总计：") and why in note for note in exhibit.notes)


def test_a_whole_whose_sources_conflict_is_told_as_such(make_data: MakeData, zh: Codebook) -> None:
    over_time, of_year = of_reviews(make_data(*reviews(("reviews", 100, {"status": "conflicting"}))), zh)
    assert over_time.finding == "2024年行政复议总计100件（来源不一致）中，复议结果维持最多：60件（60.0%）"
    assert cells(over_time)[0] == ["行政复议总计", "≠ 100"]
    assert of_year.charts[0].to_dict()["title"]["subtitle"] == "2024年，总计100件（来源不一致）"
    assert any("≠ 来源不一致" in note for note in over_time.notes)


def test_a_stated_zero_among_counts_is_a_square_and_no_gap(make_data: MakeData, zh: Codebook) -> None:
    before = outcomes(2023, 2, 1, 1, 0, 0, 0, total=4)
    exhibit = of_concluded(make_data(*before, *outcomes(2024, 3, 0, 1, 0, 0, 0, total=4)), zh, 2023, 2024)
    zeros = {(row["label"], row["year"]) for row in drawn(exhibit, "square")}
    assert (("部分公开", "2024") in zeros, ("部分公开", "2023") in zeros) == (True, False)
    assert not zeros & {(row["label"], row["year"]) for row in drawn(exhibit, "circle")}
