"""Two real reports against what was read in them by eye, and invented ones like them that are always there."""

import csv
from pathlib import Path

import pytest

from analysis import paths, reports
from analysis.reports import Cell, Figure, Reading, Span
from analysis.reports.characters import plain

SHARED = paths.ROOT.parent / "shared"
ANHUA, HUAIAN = SHARED / "reports" / "anhua-county-2013.txt", SHARED / "reports" / "huaian-city-2024.pdf"
needs_sources = pytest.mark.skipif(
    not SHARED.joinpath("reports").is_dir(), reason="the real reports lie outside the repository"
)

Told = set[tuple[str, float | None]]


def prose(reading: Reading) -> Told:
    return {(each.indicator, each.value) for each in reading.figures if each.method == "prose"}


def cells(reading: Reading) -> dict[tuple[str, str], float | None]:
    return {(each.indicator, each.applicant): each.value for each in reading.figures if each.method == "table"}


def doubts(reading: Reading) -> list[str]:
    return sorted(doubt.doubt for doubt in reading.doubts)


def read_text(folder: Path, text: str, **known: str | int) -> Reading:
    file = folder / "report.txt"
    file.write_text(text, encoding="utf-8")
    return reports.read(file, **known)  # type: ignore[arg-type]


ANHUA_FIGURES = {
    ("published_items", 4566),
    ("hearings", 5),
    ("press_conferences", 3),
    ("requests_received", 0),
    ("reviews", 0),
    ("lawsuits", 0),
    ("fees_collected", 0),
    ("units_checked", 96),
    ("special_columns", 19),
    ("sub_sites", 80),
    ("demonstration_sites_applied", 19),
    ("demonstration_sites_accepted", 10),
}
HUAIAN_FIGURES = {
    ("published_items_website", 5500),
    ("press_conferences", 12),
    ("policy_interpretations", 21),
    ("gazette_issues", 6),
    ("rules_issued", 1),
    ("published_policy_documents", 11),
    ("requests_received", 3119),
    ("requests_concluded", 3050),
    ("requests_carried_in", 34),
    ("requests_carried_out", 103),
    ("reviews", 351),
    ("reviews_upheld", 72),
    ("reviews_corrected", 64),
    ("reviews_other", 178),
    ("reviews_pending", 37),
    ("lawsuits", 46),
    ("lawsuits_upheld", 25),
    ("lawsuits_corrected", 5),
    ("lawsuits_other", 9),
    ("lawsuits_pending", 7),
    ("fees_collected", 3940),
}


@pytest.fixture(scope="module")
def anhua() -> Reading:
    return reports.read(ANHUA)


@pytest.fixture(scope="module")
def huaian() -> Reading:
    return reports.read(HUAIAN)


@needs_sources
def test_anhua_gives_its_twelve_figures_and_nothing_else(anhua: Reading) -> None:
    assert len(anhua.figures) == 12
    assert prose(anhua) == ANHUA_FIGURES
    assert doubts(anhua) == []


@needs_sources
def test_anhua_is_known_by_its_name_and_year(anhua: Reading) -> None:
    assert (anhua.title, anhua.unit, anhua.year) == ("2013年度政府信息公开年度报告", "安化县人民政府", 2013)
    assert (anhua.edition, anhua.published_on) == ("narrative_2008", "2014-02-28")


@needs_sources
def test_anhua_s_items_were_published_on_the_portal_by_all(anhua: Reading) -> None:
    assert [each.scope for each in anhua.figures if each.indicator == "published_items"] == ["portal"]


@needs_sources
def test_anhua_names_three_problems_and_measures_for_the_next_year(anhua: Reading) -> None:
    kinds = [each.kind for each in anhua.statements]
    assert kinds.count("problem") == 3
    assert kinds[:3] == ["problem"] * 3
    assert kinds.count("measure") >= 6


@needs_sources
def test_huaian_s_tables_equal_the_golden_cells(huaian: Reading) -> None:
    with (SHARED / "data" / "form_tables.csv").open(encoding="utf-8", newline="") as file:
        golden = {
            (row["indicator"], row["applicant"]): float(row["value"])
            for row in csv.DictReader(file)
            if (row["unit_name"], row["year"]) == ("淮安市", "2024")
        }
    assert len(golden) == 200
    assert sum(each.method == "table" for each in huaian.figures) == 200
    assert cells(huaian) == golden


@needs_sources
def test_huaian_s_prose_gives_what_it_says_and_nothing_else(huaian: Reading) -> None:
    assert prose(huaian) == HUAIAN_FIGURES
    website = next(each for each in huaian.figures if each.indicator == "published_items_website")
    assert website.qualifier == "at_least"


@needs_sources
def test_huaian_s_prose_and_tables_agree(huaian: Reading) -> None:
    assert doubts(huaian) == []
    told, printed = dict(prose(huaian)), cells(huaian)
    both = [name for name in told if (name, "total") in printed and name.startswith("re")]
    assert len(both) == 9
    assert {name: told[name] for name in both} == {name: printed[name, "total"] for name in both}


@needs_sources
def test_huaian_s_new_media_accounts_and_inspections_are_counts_without_an_indicator(huaian: Reading) -> None:
    assert [(each.value, each.reason) for each in huaian.counts] == [(95, "no_meaning"), (4, "no_meaning")]


@needs_sources
def test_huaian_names_two_problems_and_says_what_it_will_do(huaian: Reading) -> None:
    problems = [each.text for each in huaian.statements if each.kind == "problem"]
    measures = [each.text for each in huaian.statements if each.kind == "measure"]
    assert [text[:6] for text in problems] == ["政策解读质量", "政务公开队伍"]
    assert "针对存在问题" in measures[0]


@needs_sources
@pytest.mark.parametrize("file", [ANHUA, HUAIAN], ids=lambda file: file.name)
def test_every_quote_stands_in_the_document_where_it_is_said_to(file: Path) -> None:
    check_places(reports.read(file))


def check_places(reading: Reading) -> None:
    for each in [*reading.figures, *reading.counts, *reading.statements]:
        said = each.text if isinstance(each, reports.Statement) else each.quote
        if isinstance(each.place, Cell):
            assert reading.document.grids[each.place.grid].rows[each.place.row][each.place.column] == said
            continue
        printed = reading.document.text[each.place.start : each.place.end]
        if isinstance(each, Figure | reports.Statement):
            assert bare(printed) == bare(said)
        else:
            assert bare(printed) in bare(said)


def bare(text: str) -> str:
    return plain(text).text.replace("\n", "")


NARRATIVE = """东山县人民政府2013年政府信息公开年度报告
发布时间:2014-03-05 00:00  信息来源:县政务中心  浏览数:
    根据《条例》的规定,现公布东山县人民政府2013年度政府信息公开年度报告。统计期限自2013年1月1日至12月31日。

一、主要工作情况
(一)健全机构和制度
    县委常委、常务副县长任组长的领导小组每季度研究一次工作,进一步完善了新闻发布会制度、责任追究等一系列制度。
    按照国办发〔2013〕100号文件和一站两网三系统的部署,对全县88个部门单位2012年度信息公开报告的编制和公布情况进行了检查。
(二)拓宽渠道
    1、召开重大事项决策公开听证会4次,新闻发布会2次。开设主要工作专题专栏15个,全年共完成了60个子站网站群的建设。
    2、认真落实“四公开”,先后申报公共企事业单位办事公开示范点12个,通过验收授牌7个,其中县一中被评为市级示范点。
    3、动态公开受理、承办、审核、批准、办结等五个审批环节。
(三)主动公开政府信息
    县政府督促各乡镇、县直各单位在政府门户网站上共发布信息 3208条,内容涉及“3+2”战略实施等方面,比上年增加512条。
(四)其他情况
    2013年,县政府没有接到属于受理范围的依申请公开事项;没有收取任何费用;没有发生因政府信息公开申请行政复议、提起行政诉讼的情况。

二、存在的主要问题
    1、个别单位对信息公开工作重视不够。
    2、有的单位公开的信息不全面。

三、改进措施
    2014年,计划召开新闻发布会6次,公开信息5000条。

责任编辑:政务公开股
[打印] [收藏] [关闭]
"""
NARRATIVE_FIGURES = {
    ("published_items", 3208),
    ("hearings", 4),
    ("press_conferences", 2),
    ("requests_received", 0),
    ("reviews", 0),
    ("lawsuits", 0),
    ("fees_collected", 0),
    ("units_checked", 88),
    ("special_columns", 15),
    ("sub_sites", 60),
    ("demonstration_sites_applied", 12),
    ("demonstration_sites_accepted", 7),
}


def test_a_narrative_report_gives_its_figures_and_nothing_else(tmp_path: Path) -> None:
    reading = read_text(tmp_path, NARRATIVE)
    assert prose(reading) == NARRATIVE_FIGURES
    assert (reading.unit, reading.year, reading.edition) == ("东山县人民政府", 2013, "narrative_2008")
    assert reading.published_on == "2014-03-05"
    assert doubts(reading) == []


def test_the_other_counts_of_a_narrative_report_stay_listed(tmp_path: Path) -> None:
    reading = read_text(tmp_path, NARRATIVE)
    assert {each.value for each in reading.counts} <= {512, 5, 1}
    assert 512 in {each.value for each in reading.counts}


def test_the_problems_and_plans_of_a_narrative_report_are_statements(tmp_path: Path) -> None:
    said = read_text(tmp_path, NARRATIVE).statements
    assert [(each.kind, each.text) for each in said] == [
        ("problem", "个别单位对信息公开工作重视不够。"),
        ("problem", "有的单位公开的信息不全面。"),
        ("measure", "2014年,计划召开新闻发布会6次,公开信息5000条。"),
    ]


HEADER = "\t".join(["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"])
REQUESTS = {
    "一、本年新收政府信息公开申请数量": ("requests_received", [30, 5, 0, 0, 2, 3, 40]),
    "二、上年结转政府信息公开申请数量": ("requests_carried_in", [2, 0, 0, 0, 0, 0, 2]),
    "（一）予以公开": ("requests_granted", [20, 3, 0, 0, 2, 2, 27]),
    "（二）部分公开": ("requests_granted_in_part", [5, 1, 0, 0, 0, 1, 7]),
    "（七）总计": ("requests_concluded", [29, 5, 0, 0, 2, 3, 39]),
    "四、结转下年度继续办理": ("requests_carried_out", [3, 0, 0, 0, 0, 0, 3]),
}
STANDARD = f"""东山市人民政府2024年政府信息公开工作年度报告
本报告由东山市人民政府办公室编制。统计期限自2024年1月1日至2024年12月31日。
一、总体情况
（一）主动公开情况。2024年，市政府网站主动公开各类政府信息2100余条，通过文字、图片等形式制作政策解读14个，制作《东山市人民政府公报》6期，组织召开了“稳就业若干政策”“一流营商环境”等新闻发布会9场。
（二）依申请公开情况。2024年，全市共受理政府信息公开申请40件，答复39件（含上年度结转申请2件，另有3件顺延到下年度答复）。政府信息公开行政复议15件，其中结果维持5件，结果纠正4件，其他结果3件，尚未审结3件；政府信息公开行政诉讼6件。
（三）平台建设情况。截至目前，全市在运维政务新媒体共计75个。
三、收到和处理政府信息公开申请情况
{HEADER}
{chr(10).join(chr(9).join([label, *map(str, row)]) for label, (_, row) in REQUESTS.items())}
五、存在的主要问题及改进情况
一是政策解读质量仍需提升；二是队伍建设还需加强。下一步，我市将举办新闻发布会20场。
六、其他需要报告的事项
2024年，市政府全年收取政府信息公开信息处理费120元。
"""
STANDARD_FIGURES = {
    ("published_items_website", 2100),
    ("policy_interpretations", 14),
    ("gazette_issues", 6),
    ("press_conferences", 9),
    ("requests_received", 40),
    ("requests_concluded", 39),
    ("requests_carried_in", 2),
    ("requests_carried_out", 3),
    ("reviews", 15),
    ("reviews_upheld", 5),
    ("reviews_corrected", 4),
    ("reviews_other", 3),
    ("reviews_pending", 3),
    ("lawsuits", 6),
    ("fees_collected", 120),
}


def test_a_standard_report_gives_its_prose_its_cells_and_nothing_else(tmp_path: Path) -> None:
    reading = read_text(tmp_path, STANDARD)
    applicants = [
        *("natural_person", "company", "research_institution", "public_interest_organisation"),
        *("legal_service", "other_organisation", "total"),
    ]
    assert prose(reading) == STANDARD_FIGURES
    assert cells(reading) == {
        (name, applicant): value
        for name, row in REQUESTS.values()
        for applicant, value in zip(applicants, row, strict=True)
    }
    assert [each.value for each in reading.counts] == [75]
    assert doubts(reading) == []


def test_prose_that_differs_from_the_table_is_doubtful_and_both_stay(tmp_path: Path) -> None:
    reading = read_text(tmp_path, STANDARD.replace("申请40件", "申请44件").replace("全市共受理", "共受理"))
    received = [each for each in reading.figures if (each.indicator, each.applicant) == ("requests_received", "total")]
    assert sorted((each.method, each.value) for each in received) == [("prose", 44), ("table", 40)]
    assert [(each.doubt, each.values["table"], each.values["prose"]) for each in reading.doubts] == [
        ("prose_differs", "40", "44")
    ]


def test_figures_of_different_scopes_both_stay(tmp_path: Path) -> None:
    reading = read_text(tmp_path, NARRATIVE.replace("(四)其他情况", "(四)其他情况\n    全县召开听证会6次。"))
    hearings = [each for each in reading.figures if each.indicator == "hearings"]
    assert {each.value for each in hearings} == {4, 6}


def test_two_sentences_of_one_scope_that_differ_are_marked(tmp_path: Path) -> None:
    reading = read_text(tmp_path, NARRATIVE.replace("(四)其他情况", "(四)其他情况\n    召开听证会6次。"))
    hearings = [each for each in reading.figures if each.indicator == "hearings"]
    assert sorted((each.value, each.status) for each in hearings) == [(4, "conflicting"), (6, "conflicting")]
    assert doubts(reading) == ["conflicting"]


def test_a_figure_that_is_said_twice_is_one_figure(tmp_path: Path) -> None:
    reading = read_text(tmp_path, NARRATIVE.replace("(四)其他情况", "(四)其他情况\n    召开听证会4次。"))
    assert [each.value for each in reading.figures if each.indicator == "hearings"] == [4]


def test_a_round_figure_beside_an_exact_one_only_repeats_it(tmp_path: Path) -> None:
    reading = read_text(tmp_path, STANDARD.replace("2100余条", "2100余条。政府网站全年公开信息2134条"))
    website = [each for each in reading.figures if each.indicator == "published_items_website"]
    assert [(each.value, each.qualifier, each.status) for each in website] == [(2134, "exact", "reported")]
    assert (2100, "repeated") in {(each.value, each.reason) for each in reading.counts}


def test_unit_and_year_that_a_person_gives_stand_for_what_the_file_does_not_say(tmp_path: Path) -> None:
    text = "政府信息公开年度报告\n全年召开听证会4次。\n"
    assert doubts(read_text(tmp_path, text)) == ["unit_unknown", "year_unknown"]
    reading = read_text(tmp_path, text, unit="东山县人民政府", year=2013)
    assert (reading.unit, reading.year, prose(reading)) == ("东山县人民政府", 2013, {("hearings", 4)})
    assert doubts(reading) == []


def test_without_a_year_no_figure_is_taken_from_prose(tmp_path: Path) -> None:
    assert read_text(tmp_path, "政府信息公开年度报告\n全年召开听证会4次。\n").figures == ()


def test_tables_of_another_form_than_the_year_s_are_doubtful(tmp_path: Path) -> None:
    table = "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n规章\t1\t1\t3\n规范性文件\t4\t4\t9\n"
    reading = read_text(tmp_path, STANDARD + table)
    assert [(each.doubt, each.values) for each in reading.doubts] == [
        ("edition_differs", {"found": "standard_2019", "year": "2024"})
    ]
    assert reading.edition == "standard_2019"


@pytest.mark.parametrize("text", [NARRATIVE, STANDARD], ids=["narrative", "standard"])
def test_what_was_read_stands_where_it_is_said_to(tmp_path: Path, text: str) -> None:
    check_places(read_text(tmp_path, text))


def test_a_reading_is_the_same_every_time(tmp_path: Path) -> None:
    assert read_text(tmp_path, STANDARD) == read_text(tmp_path, STANDARD)


def test_evidence_names_the_section_the_words_and_their_place(tmp_path: Path) -> None:
    figure = next(each for each in read_text(tmp_path, NARRATIVE).figures if each.indicator == "hearings")
    assert isinstance(figure.place, Span)
    assert figure.evidence == f"一(二)1 “听证会4次” [{figure.place.start}-{figure.place.end}]"
