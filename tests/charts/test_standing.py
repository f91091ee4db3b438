"""What a rank says: among how many, shared with how many, from which cells."""

from collections.abc import Callable

import pytest

from analysis import charts, metrics, wording
from analysis.charts import Exhibit
from analysis.codebook import Codebook
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]
Row = dict[str, object]
UNITS: list[Row] = [{"unit": f"c{at}", "name": f"县{at}", "name_en": f"C{at}", "level": "county"} for at in range(8)]


def shown(data: Disclosures, book: Codebook, unit: str = "c0") -> Exhibit:
    rows = metrics.peers(data, book, unit=unit, year=2024, indicators=["hearings"], among="level")
    return charts.standing(rows, book, unit=data.unit(unit), among="level", year=2024)


def figures(*values: float) -> list[Row]:
    return [
        {"unit": f"c{at}", "year": 2024, "indicator": "hearings", "value": value} for at, value in enumerate(values)
    ]


def test_a_rank_tells_its_field_and_the_statistic_its_coverage(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*figures(5, 9, 3, 2, 1), units=UNITS, reports=[{"unit": "c6", "year": 2024}])
    exhibit = shown(data, zh)
    assert exhibit.finding == "2024年听证会次数在5个有可比数字的县区级单位中按数量居第2位"
    assert "县区级单位共8个，2024年有报告的6个" in exhibit.statistic
    title = exhibit.charts[0].to_dict()["title"]
    assert (title["text"], title["subtitle"]) == ("听证会次数", "位次2/5、次")


def test_a_shared_rank_is_said_to_be_shared(make_data: MakeData, book: Codebook) -> None:
    exhibit = shown(make_data(*figures(5, 5, 3, 2, 1), units=UNITS), book)
    wanted = {"zh": "1（并列）", "en": "1 (tied)"}[book.language]
    assert wanted in exhibit.finding
    assert exhibit.table
    assert [row[1].text for row in exhibit.table.rows] == [wanted, wanted, "3", "4", "5"]


def test_a_rank_knows_the_cells_that_it_is_taken_from(make_data: MakeData, zh: Codebook) -> None:
    finding = shown(make_data(*figures(5, 9, 3, 2, 1), units=UNITS), zh).finding
    assert isinstance(finding, wording.Sentence)
    assert finding.basis[0].cell == "c0-2024/hearings"
    assert {basis.cell for basis in finding.basis} == {f"c{at}-2024/hearings" for at in range(5)}


@pytest.mark.parametrize(
    ("values", "finding"),
    [
        ([5], "2024年没有其他县区级单位的同范围数字可供比较"),
        ([5, 6, 7, 8], "2024年有可比数字的县区级单位不足5个，不作排位"),
    ],
)
def test_a_small_field_is_not_ranked(make_data: MakeData, zh: Codebook, values: list[float], finding: str) -> None:
    exhibit = shown(make_data(*figures(*values), units=UNITS), zh)
    assert (exhibit.finding, list(exhibit.charts)) == (finding, [])


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"qualifier": "approx"}, {"zh": "听证会次数约100次", "en": "Public hearings: about 100"}),
        (
            {"status": "conflicting"},
            {"zh": "听证会次数100次（来源不一致）", "en": "Public hearings: 100 (sources conflict)"},
        ),
    ],
)
def test_a_figure_of_the_unit_that_is_not_exact_is_said_to_be_why_it_has_no_rank(
    make_data: MakeData, book: Codebook, said: Row, told: dict[str, str]
) -> None:
    own, *others = figures(100, 9, 3, 2, 1, 5)
    exhibit = shown(make_data(own | said, *others, units=UNITS), book)
    start = {
        "zh": "2024年本单位的数字不是可比的准确数，不参加排位：",
        "en": "2024: this unit's own figure is not exact or does not compare, so it is not ranked: ",
    }[book.language]
    assert exhibit.finding.replace(" times", "") == start + told[book.language]
    assert (list(exhibit.charts), exhibit.table, list(exhibit.notes)) == ([], None, [])


def test_beside_a_rank_the_figures_that_are_not_exact_are_noted(make_data: MakeData, zh: Codebook) -> None:
    rough: Row = {"unit": "c0", "year": 2024, "indicator": "press_conferences", "value": 7, "qualifier": "at_least"}
    data = make_data(*figures(5, 9, 3, 2, 1), rough, units=UNITS)
    rows = metrics.peers(data, zh, unit="c0", year=2024, indicators=["hearings", "press_conferences"], among="level")
    exhibit = charts.standing(rows, zh, unit=data.unit("c0"), among="level", year=2024)
    assert exhibit.finding.endswith("按数量居第2位")
    (note,) = exhibit.notes
    assert note.startswith("2024年本单位的数字不是可比的准确数，不参加排位：")
    assert "不少于7" in note
    alone = charts.standing(rows, zh, unit=data.unit("c0"), among="none", year=2024)
    assert "不是可比的准确数" not in alone.finding
