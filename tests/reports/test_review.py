"""The reviewer's page: every figure beside its place in the report, doubts on top, nothing that a report can break."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from analysis import codebook, paths, reports
from analysis.codebook import Codebook
from analysis.reports import Cell, Count, Document, Doubt, Figure, Grid, Reading, Span, Statement, review

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
TEXT = "示例市2013年度报告\n全年召开听证会5次、新闻发布会3次，下发督办函15份。\n存在问题：公开不够及时。"
RULES = (("信息内容", "制发件数", "现行有效件数"), ("规章", "2", ""))


def span(words: str, text: str = TEXT) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def figure(indicator: str, value: float | None, place: Span | Cell, **more: str) -> Figure:
    plain = {"applicant": "total", "scope": "unstated", "status": "reported", "qualifier": "exact", "method": "prose"}
    return Figure(
        **{"section": "一(二)", "quote": "原文", **plain, **more}, indicator=indicator, value=value, place=place
    )


def reading(*figures: Figure, text: str = TEXT, grids: tuple[Grid, ...] = (), **more: object) -> Reading:
    plain = Reading(
        "demo.txt", "ab" * 32, Document(text, grids), "示例市2013年度报告", "示例市", 2013, "narrative_2008",
        "2014-02-28", figures, (), (), (), (),
    )  # fmt: skip
    return replace(plain, **more)


def parsed(*readings: Reading, book: Codebook, failures: tuple[tuple[str, str], ...] = ()) -> LexborHTMLParser:
    return LexborHTMLParser(review.page(readings, failures, book))


def where(page: LexborHTMLParser, link: LexborNode) -> LexborNode:
    """What a link within the page leads to."""
    return page.css(f'[id="{(link.attributes["href"] or "").removeprefix("#")}"]')[0]


def one(page: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    found = page.css(selector)
    assert len(found) == 1, (selector, len(found))
    return found[0]


HEARINGS = figure("hearings", 5, span("听证会5次"), scope="region")
PRESS = figure("press_conferences", 3, span("新闻发布会3次"))
LETTERS = Count("下发督办函15份", 15, "一(二)", span("15份"), "no_meaning")
LATE = Statement("problem", "公开不够及时。", "一(二)", span("公开不够及时。"))
TABLE = Grid(TEXT.index("存在问题"), RULES)
ISSUED = figure("rules_issued", 2, Cell(0, 1, 1), method="table")
IN_FORCE = figure("rules_in_force", None, Cell(0, 1, 2), method="table", status="blank", quote="")
FULL = reading(HEARINGS, PRESS, ISSUED, IN_FORCE, grids=(TABLE,), counts=(LETTERS,), statements=(LATE,))


def requests() -> Reading:
    """A requests table of one row."""
    applicants = [name for name in codebook.load().terms["applicant"] if name != "total"] + ["total"]
    row = ("一、本年新收政府信息公开申请数量", "7", "1", "0", "0", "2", "0", "10")
    figures = [
        figure("requests_received", float(row[column]), Cell(0, 0, column), applicant=name, method="table")
        for column, name in enumerate(applicants, 1)
    ]
    return reading(*figures, grids=(Grid(0, (row,)),))


def test_every_figure_leads_to_its_words_and_they_lead_back(book: Codebook) -> None:
    page = parsed(FULL, book=book)
    marks = {mark.text(): mark for mark in page.css("mark.figure[id]")}
    assert set(marks) == {"听证会5次", "新闻发布会3次"}
    for words, name, value in (("听证会5次", "hearings", "5"), ("新闻发布会3次", "press_conferences", "3")):
        row = where(page, one(marks[words], "a"))
        assert book.label(name) in row.text()
        assert where(page, one(row, "td a")).attributes["id"] == marks[words].attributes["id"]
        assert one(row, "td").text().startswith(value)


def test_every_link_of_the_page_leads_somewhere_and_ids_are_unique(book: Codebook) -> None:
    page = parsed(FULL, requests(), FULL, book=book)
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(set(ids)) == len(ids)
    links = [node.attributes["href"] or "" for node in page.css("[href]")]
    assert links
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert all(link.startswith("#") for link in links)


def test_a_figure_says_its_scope_section_and_method(zh: Codebook) -> None:
    row = one(parsed(reading(HEARINGS), book=zh), "tr[id=r1-f1]")
    assert one(row, ".note").text() == "全地区 · 一(二) · 正文"
    assert one(row, "td").text() == "5次"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"qualifier": "approx"}, "约1234567条"),
        ({"qualifier": "at_least"}, "不少于1234567条"),
        ({"status": "conflicting"}, "≠ 1234567条"),
        ({"status": "definition_differs"}, "※ 1234567条"),
    ],
)
def test_a_value_keeps_its_marks_and_every_digit(zh: Codebook, said: dict[str, str], shown: str) -> None:
    page = parsed(reading(figure("published_items", 1234567, span("5次"), **said)), book=zh)
    assert one(page, "tr[id=r1-f1] td").text() == shown


def test_a_blank_cell_is_no_zero_and_can_be_reached(zh: Codebook) -> None:
    page = parsed(FULL, book=zh)
    link = one(page, "tr[id=r1-f4] td a")
    assert link.text() == "填报为空"
    assert where(page, link).text() == "□"


def test_words_in_place_of_a_number_are_quoted(zh: Codebook) -> None:
    worded = figure("rules_issued", None, span("5次"), status="worded", quote="无")
    assert one(parsed(reading(worded), book=zh), "tr[id=r1-f1] td").text() == "“无”（不是数字）"


def test_figures_that_share_their_words_are_all_linked_from_them(zh: Codebook) -> None:
    both = span("听证会5次、新闻发布会3次")
    page = parsed(reading(figure("hearings", 5, both), figure("press_conferences", 5, both)), book=zh)
    mark = one(page, "mark.figure[id]")
    also = [link for link in page.css("a.also") if link.parent == mark.parent]
    assert [where(page, link).attributes["id"] for link in [one(mark, "a"), *also]] == ["r1-f1", "r1-f2"]
    for row in ("r1-f1", "r1-f2"):
        assert where(page, one(page, f"tr[id={row}] td a")).attributes["id"] == mark.attributes["id"]


def test_overlapping_words_are_cut_where_a_mark_begins_or_ends(zh: Codebook) -> None:
    wide, narrow, across = span("召开听证会5次、新闻发布会3次"), span("听证会5次"), span("5次、新闻")
    names = ("hearings", "press_conferences", "work_meetings")
    figures = [figure(name, 5, place) for name, place in zip(names, (wide, narrow, across), strict=True)]
    page = parsed(reading(*figures), book=zh)
    assert [mark.text() for mark in page.css("mark.figure[id]")] == ["召开", "听证会", "5次", "、新闻", "发布会3次"]
    assert not page.css("mark mark, a a")
    assert [where(page, one(page, f"tr[id=r1-f{number}] td a")).text() for number in (1, 2, 3)] == [
        "召开", "听证会", "5次",
    ]  # fmt: skip
    text = one(page, ".text")
    for label in page.css(".text .also"):
        label.decompose()
    assert "".join(paragraph.text() for paragraph in text.css("p")) == TEXT.replace("\n", "")


def test_words_across_a_line_s_end_are_marked_on_both_lines(zh: Codebook) -> None:
    text = "召开听证\n会5次"
    page = parsed(reading(figure("hearings", 5, Span(2, 8)), text=text), book=zh)
    assert [mark.text() for mark in page.css("mark.figure[id]")] == ["听证", "会5次"]
    assert where(page, one(page, "tr[id=r1-f1] td a")).text() == "听证"


@pytest.mark.parametrize("place", [Span(900, 950), Span(3, 3), Cell(0, 9, 9), Cell(7, 0, 0)])
def test_a_figure_whose_place_is_not_in_the_report_is_shown_without_a_link(zh: Codebook, place: Span | Cell) -> None:
    cell = one(parsed(reading(figure("hearings", 5, place), grids=(TABLE,)), book=zh), "tr[id=r1-f1] td")
    assert cell.text() == "5次"
    assert not cell.css("a")


def test_a_table_stands_where_it_stood(zh: Codebook) -> None:
    children = list(one(parsed(FULL, book=zh), ".text").iter())
    assert [node.tag for node in children] == ["p", "p", "div", "p"]
    assert [cell.text() for cell in children[2].css("th, td")] == [
        "信息内容",
        "制发件数",
        "现行有效件数",
        "规章",
        "2",
        "□",
    ]


def test_a_table_at_the_end_or_behind_it_is_not_lost(zh: Codebook) -> None:
    grids = (Grid(len(TEXT), RULES), Grid(len(TEXT) + 1, RULES), Grid(0, RULES))
    children = list(one(parsed(reading(grids=grids), book=zh), ".text").iter())
    assert [node.tag for node in children] == ["div", "p", "p", "p", "div", "div"]


def test_cells_before_figures_head_rows_and_words_above_head_columns(zh: Codebook) -> None:
    table = one(parsed(FULL, book=zh), ".text table")
    assert [head.text() for head in table.css("th[scope=col]")] == list(RULES[0])
    assert [head.text() for head in table.css("th[scope=row]")] == ["规章"]


def test_labels_repeated_by_joined_cells_are_drawn_once(zh: Codebook) -> None:
    rows = (
        ("三、办理结果", "（一）予以公开", "（一）予以公开", "4"),
        ("三、办理结果", "（三）不予公开", "1.属于国家秘密", "0"),
    )
    figures = [figure("requests_granted", 4, Cell(0, 0, 3)), figure("refused_state_secret", 0, Cell(0, 1, 3))]
    table = one(parsed(reading(*figures, grids=(Grid(0, rows),)), book=zh), ".text table")
    drawn = [(cell.text(), cell.attributes.get("rowspan"), cell.attributes.get("colspan")) for cell in table.css("th")]
    assert drawn == [
        ("三、办理结果", "2", None), ("（一）予以公开", None, "2"),
        ("（三）不予公开", None, None), ("1.属于国家秘密", None, None),
    ]  # fmt: skip
    assert [cell.text() for cell in table.css("td")] == ["4", "0"]


def test_the_requests_table_is_one_row_for_an_indicator_the_total_first(book: Codebook) -> None:
    page = parsed(requests(), book=book)
    table = one(page, "table.split")
    assert [head.text() for head in table.css("thead th")][1] == book.term("applicant", "total")
    assert [cell.text() for cell in table.css("td")] == ["10", "7", "1", "0", "0", "2", "0"]
    assert where(page, one(table, "td[id=r1-f1] a")).text() == "7"
    assert len(table.css("tbody tr")) == 1


def test_a_count_without_a_meaning_is_marked_in_its_own_way_and_linked(book: Codebook) -> None:
    page = parsed(FULL, book=book)
    mark = one(page, "mark.count[id]")
    assert mark.text() == "15份"
    entry = where(page, one(mark, "a"))
    assert entry.text().strip() == "下发督办函15份"
    assert where(page, one(entry, "a")).attributes["id"] == mark.attributes["id"]
    assert book.word("count_no_meaning") in one(page, ".counts").text()
    assert re.search(r"mark\.count[^{]*\{[^}]*underline dotted", page.html or "")


def test_a_problem_is_listed_and_marked(book: Codebook) -> None:
    page = parsed(FULL, book=book)
    entry = one(page, ".statements li")
    assert "公开不够及时。" in entry.text()
    assert where(page, one(entry, "a")).text() == "公开不够及时。"
    assert where(page, one(page, "a.tag")).attributes["id"] == entry.attributes["id"]


DOUBTS = {
    "year_given": {"stated": "2013", "given": "2014"},
    "title_year_differs": {"title": "2014", "period": "2013"},
    "year_unknown": {},
    "unit_unknown": {},
    "edition_differs": {"found": "standard_2021", "year": "2020"},
    "row_unknown": {"label": "其他事项"},
    "columns_unclear": {"years": "2012, 2013"},
    "cell_noted": {"cell": "一(二)", "label": "hearings", "text": "5（含网上）"},
    "cell_worded": {"cell": "一(二)", "label": "hearings", "text": "无"},
    "prose_differs": {"label": "hearings", "table": "5", "prose": "6"},
    "conflicting": {"label": "hearings", "values": "5, 6"},
    "table_unread": {"count": "6", "text": "结果维持"},
    "unit_given": {"stated": "旧名县", "given": "东山县"},
    "figures_lost": {"before": "225", "now": "3"},
}


@pytest.mark.parametrize("doubt", DOUBTS)
def test_a_doubt_stands_on_top_with_all_that_it_knows(book: Codebook, doubt: str) -> None:
    page = parsed(replace(FULL, doubts=(Doubt(doubt, DOUBTS[doubt]),)), book=book)
    said = one(page, ".doubts li").text()
    if doubt == "edition_differs":
        assert book.editions["standard_2021"].label in said
    told = {key: value for key, value in DOUBTS[doubt].items() if key not in {"found", "label"}}
    assert all(value in said for value in told.values())
    html = page.html or ""
    assert html.index('class="doubts"') < html.index('class="counts"') < html.index('class="beside"')


def test_a_doubt_leads_to_the_figures_that_it_is_about(book: Codebook) -> None:
    page = parsed(replace(FULL, doubts=(Doubt("conflicting", DOUBTS["conflicting"]),)), book=book)
    link = one(page, ".doubts a")
    assert where(page, link).attributes["id"] == "r1-f1"
    assert book.label("hearings") in one(page, ".doubts li").text()


def test_every_doubt_and_reason_that_the_readers_give_has_its_words() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (paths.ROOT / "src/analysis/reports").glob("*.py"))
    doubts = set(re.findall(r'Doubt\(\s*"(\w+)"', source)) | set(DOUBTS)
    assert doubts == set(DOUBTS)
    for language in codebook.LANGUAGES:
        assert {f"review_{doubt}" for doubt in doubts} <= set(codebook.load(language).words)


def test_a_report_without_doubts_or_figures_says_so(zh: Codebook) -> None:
    page = parsed(reading(unit=None, year=None, edition=None, published_on=None), book=zh)
    assert "没有疑点" in one(page, ".doubts").text()
    assert "没有读出数字" in one(page, ".beside").text()
    assert one(page, ".facts").text().count("未读出") == 4


def test_a_report_is_named_with_its_file_and_hash(book: Codebook) -> None:
    page = parsed(FULL, book=book)
    facts = one(page, ".facts").text()
    assert all(text in facts for text in ("示例市", "2013", "demo.txt", "2014-02-28", "abababababab"))
    assert book.editions["narrative_2008"].label in facts
    assert one(page, "code").attributes["title"] == "ab" * 32
    assert one(page, "main h2").text() == "示例市2013年度报告"


def test_several_reports_are_listed_with_their_numbers_and_failures_named(book: Codebook) -> None:
    doubtful = replace(FULL, doubts=(Doubt("unit_unknown", {}),))
    page = parsed(doubtful, FULL, book=book, failures=(("scan.pdf", "this PDF is scanned"),))
    rows = page.css("table.contents tbody tr")
    assert [[cell.text() for cell in row.css("td")] for row in rows] == [["4", "1", "1"], ["4", "0", "1"]]
    assert where(page, one(rows[1], "a")).attributes["id"] == "r2"
    assert "scan.pdf" in one(page, ".failures").text()
    assert "this PDF is scanned" in one(page, ".failures").text()
    assert not parsed(FULL, book=book).css("nav, .failures")


def test_a_page_of_failures_alone_can_be_made(book: Codebook) -> None:
    assert "scan.pdf" in one(parsed(book=book, failures=(("scan.pdf", "scanned"),)), ".failures").text()


def hostile() -> Reading:
    """A report whose every text tries to be more than text."""
    place, cell = Span(0, len(HOSTILE)), Cell(0, 0, 1)
    kept = {"section": HOSTILE, "quote": HOSTILE}
    return reading(
        figure("hearings", 1, place, **kept), figure("hearings", 2, cell, **kept),
        figure("rules_issued", None, cell, status="worded", **kept),
        text=HOSTILE, grids=(Grid(0, ((HOSTILE, HOSTILE), (HOSTILE, "1"))),), title=HOSTILE, unit=HOSTILE,
        file=HOSTILE, sha256=HOSTILE, published_on=HOSTILE,
        counts=(Count(HOSTILE, 1, HOSTILE, Span(3, 9), "no_meaning"),),
        statements=(Statement("measure", HOSTILE, HOSTILE, Span(5, 20)),),
        doubts=(Doubt("cell_worded", {"cell": HOSTILE, "label": HOSTILE, "text": HOSTILE}),),
    )  # fmt: skip


def test_hostile_text_is_shown_and_not_run(book: Codebook) -> None:
    html = review.page([hostile()], [(HOSTILE, HOSTILE)], book)
    page = LexborHTMLParser(html)
    assert not page.css("script, img, [onerror]")
    assert "<script" not in html
    assert HOSTILE in one(page, ".text table").text()
    assert HOSTILE in one(page, "title").text() or HOSTILE in one(page, "h2[id=r1-title]").text()
    assert HOSTILE in LexborHTMLParser(review.page([hostile()], [], book)).css("title")[0].text()


def pages() -> dict[str, Callable[[Codebook], str]]:
    return {
        "one": lambda book: review.page([FULL], [], book),
        "several": lambda book: review.page([FULL, requests(), hostile()], [("scan.pdf", "scanned")], book),
    }


@pytest.mark.parametrize("name", pages())
def test_the_page_loads_nothing_and_runs_nothing(book: Codebook, name: str) -> None:
    html = pages()[name](book)
    page = LexborHTMLParser(html)
    policy = one(page, 'meta[http-equiv="Content-Security-Policy"]').attributes["content"] or ""
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert not page.css("script, link, iframe, object, embed, form, img, base, [src], [action], [style]")
    assert not re.search(r"@import|url\(|https?://", html)


@pytest.mark.parametrize("name", pages())
def test_the_page_can_be_read_aloud(book: Codebook, name: str) -> None:
    page = LexborHTMLParser(pages()[name](book))
    assert one(page, "html").attributes["lang"] == {"zh": "zh-CN", "en": "en"}[book.language]
    levels = [int((node.tag or "")[1]) for node in page.css("h1, h2, h3, h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert all(node.attributes.get("scope") in {"row", "col"} for node in page.css("th"))
    assert len(page.css("table")) == len(page.css("table > caption"))
    assert all(link.text().strip() for link in page.css("a"))


@pytest.mark.parametrize(
    "name", ["narrative-zero-forms.txt", "statistical-flattened-cells.html", "standard-2021-clean.html"]
)
def test_of_a_whole_report_every_figure_and_count_stands_in_its_text_or_tables(book: Codebook, name: str) -> None:
    held = reports.read(paths.ROOT / "tests" / "reports" / "documents" / name)
    page = parsed(held, book=book)
    ids = {node.attributes["id"] for node in page.css("[id]")}
    for kind, entries in (("f", held.figures), ("c", held.counts), ("s", held.statements)):
        for number in range(1, len(entries) + 1):
            assert f"r1-{kind}{number}" in ids
            assert where(page, page.css(f"[id=r1-{kind}{number}] a[href]")[0]).text().strip()
            assert page.css(f'.text a[href="#r1-{kind}{number}"]')


def test_the_same_readings_give_the_same_bytes(book: Codebook) -> None:
    readings = [FULL, requests()]
    assert review.page(readings, [], book) == review.page(readings, [], book)


def test_colours_of_text_have_contrast_enough() -> None:
    css = (paths.ROOT / "src/analysis/reports/review.css").read_text(encoding="utf-8")
    named = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", css))

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for ink in ("ink", "accent", "muted", "doubt"):
        for ground in (
            "#ffffff",
            named["soft"],
            *((named["found"], named["here"]) if ink in {"ink", "accent"} else ()),
        ):
            assert (light(ground) + 0.05) / (light(named[ink]) + 0.05) >= 4.5, (ink, ground)
