"""Cells, labels and tables of the forms: known by their labels wherever they stand, as printed and no more."""

import pytest

from analysis.codebook import load, vocabulary
from analysis.reports import cells, flattened, forms, labels
from analysis.reports.document import Document, Grid
from analysis.reports.entries import Cell, Figure

Table = list[list[str]]
APPLICANTS = list(load().terms["applicant"])  # total first
COLUMNS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
HEADER = [["", "", "", *COLUMNS]]
RECEIVED = "一、本年新收政府信息公开申请数量"
CARRIED_IN = "二、上年结转政府信息公开申请数量"
GRANTED = "（一）予以公开"
CONCLUDED = "（七）总计"
CARRIED_OUT = "四、结转下年度继续办理"
WAYS = ["行政复议", "未经复议直接起诉", "复议后起诉"]
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def read(*tables: Table) -> forms.Tables:
    return forms.read(tuple(Grid(0, tuple(tuple(row) for row in table)) for table in tables))


def values(*tables: Table) -> dict[str, float | None]:
    """The figures of the totals."""
    return {each.indicator: each.value for each in read(*tables).figures if each.applicant == "total"}


def row(label: str, *figures: str | int) -> list[str]:
    """A row of section 3, its label in three cells."""
    return [label, label, label, *map(str, figures)]


def requests(*rows: list[str]) -> Table:
    return [*HEADER, *rows]


SMALL = requests(
    row(RECEIVED, 1, 2, 0, 0, 0, 0, 3),
    row(CARRIED_IN, 1, 0, 0, 0, 0, 0, 1),
    row(GRANTED, 2, 0, 0, 0, 0, 0, 2),
    row(CONCLUDED, 2, 1, 0, 0, 0, 0, 3),
    row(CARRIED_OUT, 0, 1, 0, 0, 0, 0, 1),
)
SMALL_TOTALS = {
    "requests_received": 3,
    "requests_carried_in": 1,
    "requests_granted": 2,
    "requests_concluded": 3,
    "requests_carried_out": 1,
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (None, "blank", False)),
        (" \u3000\n", (None, "blank", False)),
        ("0", (0.0, "reported", False)),
        ("12", (12.0, "reported", False)),
        (" 12 ", (12.0, "reported", False)),
        ("１２", (12.0, "reported", False)),
        ("1,234", (1234.0, "reported", False)),
        ("1，234", (1234.0, "reported", False)),
        ("1,234,567", (1234567.0, "reported", False)),
        ("96171.6", (96171.6, "reported", False)),
        ("124件", (124.0, "reported", False)),
        ("3.5万元", (3.5, "reported", False)),
        ("3（到期自动废止）", (3.0, "reported", True)),
        ("3(到期自动废止)", (3.0, "reported", True)),
        ("3［注］", (3.0, "reported", True)),
        ("-", (None, "worded", False)),
        ("—", (None, "worded", False)),
        ("/", (None, "worded", False)),
        ("无", (None, "worded", False)),
        ("不适用", (None, "worded", False)),
        ("约100", (None, "worded", False)),
        ("100余", (None, "worded", False)),
        ("12.3.4", (None, "worded", False)),
        ("12/3", (None, "worded", False)),
        ("-5", (None, "worded", False)),
        ("12,34", (None, "worded", False)),
        ("9" * 21, (None, "worded", False)),
    ],
)
def test_what_stands_in_a_cell_is_never_stripped_to_its_digits(text: str, expected: tuple) -> None:
    assert tuple(cells.value(text)) == expected


@pytest.mark.parametrize(
    "printed",
    [
        "（一）予以公开",
        "(一)予以公开",
        "予以公开",
        "一、予以公开",
        "1.予以公开",
        "予 以 公 开",
        "予以公开（注1）",
        "予以公开①",
        "（一）“予以公开”",
        "予以公开*",
    ],
)
def test_a_label_is_known_with_numbering_notes_and_spaces(printed: str) -> None:
    found = labels.row("requests", printed)
    assert found
    assert found.indicator == "requests_granted"


@pytest.mark.parametrize(
    ("printed", "indicator"),
    [
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "requests_granted_in_part"),
        ("3.危及“三安全一稳定”", "refused_security"),
        ("3.危及'三安全一稳定'", "refused_security"),
        ("2.其他法律、行政法规禁止公开", "refused_other_law"),
        ("（七）合计", "requests_concluded"),
        ("四、结转至下年度继续办理", "requests_carried_out"),
        ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "other_not_corrected"),
        ("3.其它", "other_other"),
    ],
)
def test_the_spellings_of_a_label_mean_the_same(printed: str, indicator: str) -> None:
    found = labels.row("requests", printed)
    assert found
    assert found.indicator == indicator


@pytest.mark.parametrize("printed", ["公开", "申请", "项目", "", "三、本年度办理结果", "自然人", "不予公开"])
def test_other_words_are_no_row_of_the_requests_table(printed: str) -> None:
    assert labels.row("requests", printed) is None


def test_rows_are_known_by_their_labels_in_any_order() -> None:
    assert values([*HEADER, *reversed(SMALL[1:])]) == SMALL_TOTALS


def test_columns_are_known_by_their_header_in_any_order() -> None:
    swapped = [[*line[:3], line[9], *line[4:9], line[3]] for line in SMALL]
    figures = {(each.indicator, each.applicant): each.value for each in read(swapped).figures}
    assert figures["requests_received", "total"] == 3
    assert figures["requests_received", "natural_person"] == 1


def test_every_cell_has_its_applicant_and_its_place() -> None:
    received = [each for each in read(SMALL).figures if each.indicator == "requests_received"]
    assert {each.applicant: (each.value, each.place) for each in received} == {
        name: (float(SMALL[1][place]), Cell(0, 1, place))
        for place, name in enumerate([*APPLICANTS[1:], APPLICANTS[0]], start=3)
    }


def test_a_blank_column_stays_blank() -> None:
    table = [[*line[:4], "" if line[3] not in COLUMNS else line[4], *line[5:]] for line in SMALL]
    figures = [each for each in read(table).figures if each.applicant == "company"]
    assert [(each.value, each.status) for each in figures] == [(None, "blank")] * 5


def test_a_table_goes_on_without_its_header_on_the_next_page() -> None:
    assert values(SMALL[:3], [*SMALL[3:]]) == SMALL_TOTALS


def test_a_page_may_change_the_number_of_columns_before_the_figures() -> None:
    narrow = [[line[0], *line[3:]] for line in SMALL[3:]]
    assert values(SMALL[:3], narrow) == SMALL_TOTALS


def test_a_column_of_remarks_behind_the_total_is_left_out_on_every_page() -> None:
    table = [[*line, "" if number else "备注"] for number, line in enumerate(SMALL)]
    assert values(table) == SMALL_TOTALS
    assert values(table[:3], table[3:]) == SMALL_TOTALS


@pytest.mark.parametrize("figures_below", [True, False])
def test_a_label_cut_by_a_page_is_one_label(figures_below: bool) -> None:
    held, empty = ["2", "0", "0", "0", "0", "0", "2"], [""] * 7
    above = row("2.没有现成信息需", *(empty if figures_below else held))
    below = row("要另行制作", *(held if figures_below else empty))
    found = values([*SMALL, above], [below, row("3.补正后申请内容仍不明确", 0, 0, 0, 0, 0, 0, 0)])
    assert found == SMALL_TOTALS | {"unavailable_needs_creation": 2, "unavailable_unclear": 0}


def test_a_row_that_no_form_has_is_doubtful_and_gives_no_figure() -> None:
    found = read([*SMALL, row("5.属于历史遗留问题", 1, 0, 0, 0, 0, 0, 1)])
    assert {each.indicator for each in found.figures} == set(SMALL_TOTALS)
    assert [(doubt.doubt, doubt.values["label"]) for doubt in found.doubts] == [("row_unknown", "5.属于历史遗留问题")]


@pytest.mark.parametrize(("text", "doubt"), [("无", "cell_worded"), ("3（重复）", "cell_noted")])
def test_words_in_a_cell_are_doubtful(text: str, doubt: str) -> None:
    found = read(requests(row(RECEIVED, 1, 2, 0, 0, 0, 0, text), row(CARRIED_IN, 1, 0, 0, 0, 0, 0, 1)))
    assert [(each.doubt, each.values["text"]) for each in found.doubts] == [(doubt, text)]


ACTIVE_2021 = [
    ["第二十条第（一）项"] * 4,
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "1", "2", "30"],
    ["行政规范性文件", "4", "5", "60"],
    ["第二十条第（五）项"] * 4,
    ["信息内容", "本年处理决定数量", "本年处理决定数量", "本年处理决定数量"],
    ["行政许可", "700", "700", "700"],
    ["第二十条第（六）项"] * 4,
    ["信息内容", "本年处理决定数量", "本年处理决定数量", "本年处理决定数量"],
    ["行政处罚", "80", "80", "80"],
    ["行政强制", "9", "9", "9"],
    ["第二十条第（八）项"] * 4,
    ["信息内容", "本年收费金额（单位：万元）", "本年收费金额（单位：万元）", "本年收费金额（单位：万元）"],
    ["行政事业性收费", "96171.6", "96171.6", "96171.6"],
]


def test_section_2_since_2021() -> None:
    found = read(ACTIVE_2021)
    assert found.edition == "standard_2021"
    assert len(found.figures) == 10
    assert {each.indicator: each.value for each in found.figures} == {
        "rules_issued": 1,
        "rules_repealed": 2,
        "rules_in_force": 30,
        "normative_documents_issued": 4,
        "normative_documents_repealed": 5,
        "normative_documents_in_force": 60,
        "licence_decisions": 700,
        "penalty_decisions": 80,
        "coercion_decisions": 9,
        "charges_income": 96171.6,
    }


def test_section_2_of_2019_and_2020() -> None:
    table = [
        ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
        ["规章", "1", "2", "30"],
        ["规范性文件", "4", "5", "60"],
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["行政许可", "11", "12", "700"],
        ["其他对外管理服务事项", "13", "14", "50"],
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["行政处罚", "15", "16", "80"],
        ["行政强制", "17", "18", "9"],
        ["信息内容", "上一年项目数量", "本年增/减", "本年增/减"],
        ["行政事业性收费", "19", "20", "20"],
        ["信息内容", "采购项目数量", "采购总金额", "采购总金额"],
        ["政府集中采购", "21", "22000", "22000"],
    ]
    found = read(table)
    assert found.edition == "standard_2019"
    assert {each.indicator: each.value for each in found.figures} == {
        "rules_issued": 1,
        "rules_in_force": 30,
        "normative_documents_issued": 4,
        "published_normative_documents": 5,
        "normative_documents_in_force": 60,
        "licence_decisions": 700,
        "other_service_decisions": 50,
        "penalty_decisions": 80,
        "coercion_decisions": 9,
        "procurement_projects": 21,
        "procurement_amount": 22000,
    }


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [("采购总金额", "120", 120), ("采购总金额（万元）", "120", 1200000), ("采购总金额", "120万元", 1200000)],
)
def test_procurement_comes_in_yuan(column: str, text: str, expected: float) -> None:
    table = [["信息内容", "采购项目数量", column], ["政府集中采购", "2", text]]
    assert values(table)["procurement_amount"] == expected


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("本年收费金额（单位：万元）", "12", 12),
        ("本年收费金额（单位：元）", "120000", 12),
        ("本年收费金额（单位：万元）", "12万元", 12),
    ],
)
def test_charges_come_in_ten_thousand_yuan(column: str, text: str, expected: float) -> None:
    assert values([["信息内容", column], ["行政事业性收费", text]]) == {"charges_income": expected}


FIFTEEN = list(range(1, 16))
DISPUTES = [label.indicator for label in vocabulary().labels if label.table == "disputes"]


def disputes() -> Table:
    return [
        ["行政复议"] * 5 + ["行政诉讼"] * 10,
        RESULTS + ["未经复议直接起诉"] * 5 + ["复议后起诉"] * 5,
        RESULTS * 3,
        [str(value) for value in FIFTEEN],
    ]


def test_section_4_in_one_table() -> None:
    assert values(disputes()) == dict(zip(DISPUTES, FIFTEEN, strict=True))


def test_section_4_in_two_tables() -> None:
    whole = disputes()
    left = [line[:5] for line in whole]
    right = [line[5:] for line in whole]
    assert values(left, right) == dict(zip(DISPUTES, FIFTEEN, strict=True))


def test_section_4_whose_merged_cells_a_copy_has_dropped() -> None:
    table = [
        ["行政复议", "行政诉讼"],
        [*RESULTS, "未经复议直接起诉", "复议后起诉"],
        RESULTS * 2,
        [str(value) for value in FIFTEEN],
    ]
    assert values(table) == dict(zip(DISPUTES, FIFTEEN, strict=True))


def test_section_4_with_its_figures_on_the_next_page() -> None:
    assert values(disputes()[:3], disputes()[3:]) == dict(zip(DISPUTES, FIFTEEN, strict=True))


def test_section_4_with_the_ways_in_another_order() -> None:
    table = disputes()
    swapped = [[*line[:5], *line[10:], *line[5:10]] for line in table]
    assert values(swapped) == dict(zip(DISPUTES, FIFTEEN, strict=True))


def test_section_4_flattened_with_a_glued_header() -> None:
    text = "行政复议\n行政诉讼\n" + "\n".join([*RESULTS, "未经复议直接起诉", "复议后起诉", *RESULTS, *RESULTS])
    document = flattened.restore(Document(text + "\n" + " ".join(map(str, FIFTEEN)) + "\n五、存在问题"))
    figures = {each.indicator: each.value for each in forms.read(document.grids).figures}
    assert figures == dict(zip(DISPUTES, FIFTEEN, strict=True))
    assert document.text.endswith("五、存在问题")


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("".join(RESULTS * 3), id="all results"),
        pytest.param(
            f"{''.join(RESULTS)}未经复议直接起诉复议后起诉\n{''.join(RESULTS * 2)}", id="with the ways between"
        ),
        pytest.param(
            f"行政复议行政诉讼\n{' '.join(RESULTS)}\n未经复议直接起诉 复议后起诉\n{' '.join(RESULTS * 2)}",
            id="only the ways",
        ),
    ],
)
def test_section_4_flattened_with_labels_glued_together(header: str) -> None:
    figures = {
        each.indicator: each.value for each in flat(f"四、复议和诉讼\n{header}\n{' '.join(map(str, FIFTEEN))}\n")
    }
    assert figures == dict(zip(DISPUTES, FIFTEEN, strict=True))


STATISTICS = [
    ["一、主动公开情况", "", ""],
    ["（一）主动公开政府信息数", "条", "4566"],
    ["其中：主动公开规范性文件数", "条", "12"],
    ["2.政府网站公开政府信息数", "条", "3000"],
    ["三、依申请公开情况", "", ""],
    ["（一）收到申请数", "件", "9"],
    ["四、行政复议数量", "件", "6"],
    ["（一）维持具体行政行为数", "件", "3"],
    ["（二）被依法纠错数", "件", "2"],
    ["（三）其他情形数", "件", "1"],
    ["五、行政诉讼数量", "件", "15"],
    ["（一）维持具体行政行为或者驳回原告诉讼请求数", "件", "6"],
    ["（二）被依法纠错数", "件", "5"],
    ["（三）其他情形数", "件", "4"],
    ["七、依申请公开信息收取的费用", "万元", "0.12"],
    ["（四）政府信息公开专项经费", "万元", "26"],
    ["（三）接受培训人员数", "人次", "320"],
]
STATISTICS_VALUES = {
    "published_items": 4566,
    "published_normative_documents": 12,
    "published_items_website": 3000,
    "requests_received": 9,
    "reviews": 6,
    "reviews_upheld": 3,
    "reviews_corrected": 2,
    "reviews_other": 1,
    "lawsuits": 15,
    "lawsuits_upheld": 6,
    "lawsuits_corrected": 5,
    "lawsuits_other": 4,
    "fees_collected": 1200,
    "dedicated_funding": 26,
    "training_attendees": 320,
}


def test_the_statistical_table() -> None:
    found = read(STATISTICS)
    assert found.edition == "statistical_2014"
    assert {each.indicator: each.value for each in found.figures} == STATISTICS_VALUES


def test_the_statistical_table_without_a_column_of_measure_words() -> None:
    assert values([[line[0], line[2]] for line in STATISTICS]) == STATISTICS_VALUES


def test_the_statistical_table_with_its_measure_words_last() -> None:
    assert values([[line[0], line[2], line[1]] for line in STATISTICS]) == STATISTICS_VALUES


def test_the_statistical_table_in_two_blocks_side_by_side() -> None:
    left, right = STATISTICS[:14], [*STATISTICS[14:], *[["", "", ""]] * 11]
    assert values([[*one, *other] for one, other in zip(left, right, strict=True)]) == STATISTICS_VALUES


def test_a_statistical_table_with_last_year_beside_does_not_give_last_year() -> None:
    table = [["指标", "单位", "2017年", "2018年"]] + [
        [line[0], line[1], "7" if line[2] else "", line[2]] for line in STATISTICS
    ]
    assert values(table).get("published_items") != 7


def test_the_statistical_table_with_measure_words_in_its_labels() -> None:
    table = [[f"{line[0]}（{line[1]}）" if line[1] else line[0], line[2]] for line in STATISTICS]
    assert values(table) == STATISTICS_VALUES


def test_the_statistical_table_over_two_pages_keeps_what_its_parts_stand_under() -> None:
    assert values(STATISTICS[:11], STATISTICS[11:]) == STATISTICS_VALUES


@pytest.mark.parametrize(
    ("unit", "text", "expected"), [("万元", "0.12", 1200), ("元", "1200", 1200), ("万元", "1200元", 1200)]
)
def test_fees_come_in_yuan(unit: str, text: str, expected: float) -> None:
    table = [*STATISTICS[:12], ["七、依申请公开信息收取的费用", unit, text]]
    assert values(table)["fees_collected"] == expected


def test_a_blank_figure_of_the_statistical_table_stays_blank() -> None:
    found = read([*STATISTICS[:5], ["（一）收到申请数", "件", ""], *STATISTICS[6:]])
    received = [each for each in found.figures if each.indicator == "requests_received"]
    assert [(each.value, each.status) for each in received] == [(None, "blank")]


@pytest.mark.parametrize(
    ("tables", "edition"),
    [
        ([ACTIVE_2021], "standard_2021"),
        ([[["信息内容", "本年新制作数量"], ["规章", "1"]]], "standard_2019"),
        ([STATISTICS], "statistical_2014"),
        ([[["姓名", "电话"], ["张某", "123"]]], None),
        ([], None),
    ],
)
def test_the_edition_is_known_by_the_labels(tables: list[Table], edition: str | None) -> None:
    assert read(*tables).edition == edition


@pytest.mark.parametrize(
    "table",
    [
        [["序号", "部门", "公开条数"], ["1", "县民政局", "120"]],
        [["行政许可", "12"], ["行政处罚", "3"]],
        [["总计", "1", "2", "3", "4", "5", "6", "7"]],
        [["其他", "1", "2", "3", "4", "5", "6", "7"], ["总计", "1", "2", "3", "4", "5", "6", "7"]],
        [[""]],
    ],
)
def test_other_tables_give_no_figures_but_a_doubt_where_they_hold_many(table: Table) -> None:
    found = read(table)
    numbers = sum(cell.isdigit() for row in table for cell in row)
    assert (found.figures, found.edition) == ([], None)
    assert [doubt.values["count"] for doubt in found.doubts] == ([str(numbers)] if numbers > 4 else [])


def flat(text: str) -> list[Figure]:
    return forms.read(flattened.restore(Document(text)).grids).figures


LINES = [
    (RECEIVED, "1 2 0 0 0 0 3"),
    (CARRIED_IN, "1 0 0 0 0 0 1"),
    (GRANTED, "2 0 0 0 0 0 2"),
    ("1.属于国家秘密", "0 0 0 0 0 0 0"),
    ("2.其他法律行政法规禁止公开", "0 0 0 0 0 0 0"),
    (CONCLUDED, "2 1 0 0 0 0 3"),
    (CARRIED_OUT, "0 1 0 0 0 0 1"),
]
FLAT_TOTALS = SMALL_TOTALS | {"refused_state_secret": 0, "refused_other_law": 0}
FLATTENED = {
    "one row a line": "\n".join(f"{label} {figures}" for label, figures in LINES),
    "bars between": "\n".join(f"{label} | {figures.replace(' ', ' | ')} |" for label, figures in LINES),
    "one cell a line": "\n".join(f"{label}\n{figures}".replace(" ", "\n") for label, figures in LINES),
    "everything on one line": " ".join(f"{label} {figures}" for label, figures in LINES),
}


@pytest.mark.parametrize("text", FLATTENED.values(), ids=FLATTENED)
def test_flattened_requests_are_restored(text: str) -> None:
    figures = {
        each.indicator: each.value for each in flat(f"三、申请情况\n{text}\n四、复议") if each.applicant == "total"
    }
    assert figures == FLAT_TOTALS


def test_a_flattened_table_is_taken_out_of_the_text() -> None:
    text = f"三、申请情况\n{FLATTENED['one row a line']}\n四、复议"
    assert flattened.restore(Document(text)).text == "三、申请情况\n四、复议"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 1 2 30\n行政规范性文件 4 5 60", id="spaces"
        ),
        pytest.param(
            "信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n1\n2\n30\n行政规范性文件\n4\n5\n60", id="lines"
        ),
        pytest.param(
            "信息内容本年制发件数本年废止件数现行有效件数\n规章1 2 30\n行政规范性文件4 5 60", id="a glued header"
        ),
    ],
)
def test_flattened_section_2_is_restored(text: str) -> None:
    figures = {each.indicator: each.value for each in flat(text)}
    assert figures["rules_in_force"] == 30
    assert figures["normative_documents_repealed"] == 5
    assert len(figures) == 6


def test_as_many_glued_digits_as_columns_are_a_figure_each() -> None:
    text = "信息内容 本年制发件数 本年废止件数 现行有效件数\n规章000\n行政规范性文件010"
    assert {each.indicator: each.value for each in flat(text)} == {
        "rules_issued": 0,
        "rules_repealed": 0,
        "rules_in_force": 0,
        "normative_documents_issued": 0,
        "normative_documents_repealed": 1,
        "normative_documents_in_force": 0,
    }


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n".join(" ".join(cell for cell in line if cell) for line in STATISTICS), id="spaces"),
        pytest.param("\n".join(cell for line in STATISTICS for cell in line if cell), id="one cell a line"),
    ],
)
def test_a_flattened_statistical_table_is_restored(text: str) -> None:
    assert {each.indicator: each.value for each in flat(text)} == STATISTICS_VALUES


@pytest.mark.parametrize(
    "text",
    [
        "我局处理行政许可 12 件、行政处罚 3 件，制定规章 0 件。",
        "本年新收政府信息公开申请数量 12 件，上年结转政府信息公开申请数量 3 件，予以公开 5 件。",
        "本年制发件数有所下降，规章 1 件，行政规范性文件 2 件。",
        "（一）予以公开\n（二）部分公开\n1.属于国家秘密\n2.其他法律行政法规禁止公开\n",
        "行政复议结果维持 1 件，结果纠正 2 件，其他结果 3 件，尚未审结 4 件，总计 10 件。",
    ],
)
def test_prose_that_mentions_labels_is_no_table(text: str) -> None:
    document = Document(text)
    assert flattened.restore(document) == document


def test_a_page_break_below_the_first_line_of_headings_loses_no_review() -> None:
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    ways = ["未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4]
    found = read([[*results, *ways], [*[""] * 5, *results, *results], [str(number) for number in range(15)]])
    assert {
        each.indicator: each.value for each in found.figures if each.indicator in {"reviews_upheld", "reviews"}
    } == {
        "reviews_upheld": 0,
        "reviews": 4,
    }
    assert len(found.figures) == 15
