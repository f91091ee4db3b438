from collections.abc import Callable

from analysis import charts, metrics, wording
from analysis.codebook import Codebook
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]
COUNTS = {
    "requests_concluded": (40, 50), "requests_granted": (20, 30), "requests_granted_in_part": (0, 0),
    "reviews_upheld": (3, 4), "reviews_corrected": (1, 1), "reviews_other": (0, 0), "lawsuits": (0, 1),
}  # fmt: skip


def listed(make_data: MakeData, book: Codebook, *names: str, without: str = "") -> charts.Exhibit:
    figures = [
        {"unit": "demo", "year": year, "indicator": name, "value": value}
        for name, values in COUNTS.items()
        for year, value in zip((2023, 2024), values, strict=True)
        if name != without
    ]
    rows = metrics.history(make_data(*figures), book, unit="demo", years=[2023, 2024], indicators=list(book.indicators))
    return charts.measures(metrics.rates(rows, book, metrics=names), book, year=2024)


def test_each_measure_stands_with_its_counts_its_change_and_its_formula(make_data: MakeData, zh: Codebook) -> None:
    exhibit = listed(make_data, zh, "substantive_disclosure", "review_correction")
    assert exhibit.table
    assert [[cell.text for cell in row] for row in exhibit.table.rows] == [
        ["实质公开率", "60.0%", "30/50", "比上年上升10.0个百分点", zh.metrics["substantive_disclosure"].note],
        ["复议纠正率", "20.0%", "1/5", "分母不足30，不评定", zh.metrics["review_correction"].note],
    ]
    assert isinstance(exhibit.finding, wording.Sentence)
    assert {basis.cell for basis in exhibit.finding.basis} == {
        f"demo-{year}/{name}"
        for year in (2023, 2024)
        for name in ("requests_granted", "requests_granted_in_part", "requests_concluded")
    }


def test_a_measure_that_lacks_a_term_is_named_and_not_computed(make_data: MakeData, zh: Codebook) -> None:
    exhibit = listed(make_data, zh, "substantive_disclosure", "review_correction", without="reviews_other")
    assert exhibit.table
    assert [row[0].text for row in exhibit.table.rows] == ["实质公开率"]
    assert "因缺数或口径不同未能计算：复议纠正率。" in exhibit.notes


def test_a_measure_on_which_sources_disagree_says_so_and_has_no_change(make_data: MakeData, zh: Codebook) -> None:
    figures = [
        {"unit": "demo", "year": year, "indicator": name, "value": values[year - 2023]}
        | ({"status": "conflicting"} if (name, year) == ("requests_granted", 2024) else {})
        for name, values in COUNTS.items()
        for year in (2023, 2024)
    ]
    data, names = make_data(*figures), list(zh.indicators)
    rows = metrics.history(data, zh, unit="demo", years=[2023, 2024], indicators=names)
    exhibit = charts.measures(metrics.rates(rows, zh, metrics=["substantive_disclosure"]), zh, year=2024)
    assert exhibit.table
    assert [cell.text for cell in exhibit.table.rows[0]][1:4] == ["60.0%", "30/50", "来源不一致，比较须谨慎"]


def test_a_year_without_any_measure_is_one_sentence(make_data: MakeData, zh: Codebook) -> None:
    exhibit = listed(make_data, zh, "review_correction", without="reviews_other")
    assert (exhibit.table, exhibit.notes) == (None, [])
    assert "2024年" in exhibit.finding
