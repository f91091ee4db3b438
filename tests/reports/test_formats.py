"""What is printed in the forms' tables comes back exactly, in every format, order, page break and character set."""

import string
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rendering import Cell, Report, Table, cut, docx, html, pdf, xlsx

from analysis import reports
from analysis.codebook import load, vocabulary
from analysis.reports import files, forms
from analysis.reports.characters import plain, tidy
from analysis.reports.document import Grid

Printed = dict[tuple[str, str], str]  # indicator and applicant -> the cell as printed
Texts = Iterator[str]

LABELS = {table: [label for label in vocabulary().labels if label.table == table] for table in ("requests", "disputes")}
STATISTICS = [label for label in vocabulary().labels if label.table == "statistics"]
APPLICANTS = {name: words.split("|") for name, words in vocabulary().words["tables"]["applicants"].items()}
GROUPS = {"refused": "不予公开", "unavailable": "无法提供", "not_processed": "不予处理", "other": "其他处理"}
ALONE = ["requests_received", "requests_carried_in", "requests_carried_out"]
SINGLE = ["requests_granted", "requests_granted_in_part", "requests_other_outcome", "requests_concluded"]
ROWS = {"standard_2019": 23, "standard_2021": 25}
HEADER_ROWS = 3
SURE_ROWS = ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "四、结转下年度继续办理"]
WAYS = ["行政复议", "未经复议直接起诉", "复议后起诉"]
DECISIONS = {"licence_decisions": "行政许可", "penalty_decisions": "行政处罚", "coercion_decisions": "行政强制"}
CELLS: dict[str, tuple[float | None, str]] = {  # what is printed -> value and status
    **dict.fromkeys(["-", "/", "—", "无"], (None, "worded")),
    **{
        text: (value, "reported")
        for text, value in [("0", 0.0), ("１２", 12.0), ("1,234", 1234.0), ("12，345", 12345.0)]
    },
    **{text: (value, "reported") for text, value in [("124件", 124.0), ("3①", 3.0), ("96171.6", 96171.6)]},
    "": (None, "blank"),
}
RECEIVED = "一、2023年，本机关共收到政府信息公开申请"
CELL = st.integers(0, 99_999).map(str) | st.sampled_from(sorted(CELLS))
FORMATS = [pytest.param(html, 30, id="html"), pytest.param(docx, 12, id="docx"), pytest.param(xlsx, 15, id="xlsx")]
FORMATS += [pytest.param(pdf, 6, id="pdf")]
PATIENT = [
    *(HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example),
    HealthCheck.function_scoped_fixture,  # the one file is written anew for each example
]


class Form(NamedTuple):
    """Tables as they are printed, and what stands in which of their cells."""

    tables: list[Table]
    printed: Printed


def texts(draw: st.DrawFn, number: int) -> Texts:
    return iter(draw(st.lists(CELL, min_size=number, max_size=number)))


def ordered(draw: st.DrawFn, things: list, *, shuffled: bool) -> list:
    return draw(st.permutations(things)) if shuffled else things


def spelling(draw: st.DrawFn, words: tuple[str, ...] | list[str]) -> str:
    return draw(st.sampled_from(list(words)))


@st.composite
def requests_table(draw: st.DrawFn, edition: str, *, rows: bool = False, columns: bool = False) -> Form:
    """Section 3 of an edition; with its `rows` behind the first, or the `columns` and their header, in any order."""
    first, *others = _blocks(draw, edition, shuffled=rows)
    blocks = [first, *ordered(draw, others, shuffled=rows)]
    header, applicants = _applicants(draw, shuffled=columns)
    held = texts(draw, ROWS[edition] * len(applicants))
    printed: Printed = {}
    table = header
    for block in blocks:
        for indicator, cells in block:
            row = {(indicator, applicant): next(held) for applicant in applicants}
            printed |= row
            table = [*table, [*cells, *(Cell(text) for text in row.values())]]
    return Form([table], printed)


def _blocks(draw: st.DrawFn, edition: str, *, shuffled: bool) -> Iterator[list[tuple[str, list[Cell]]]]:
    """The rows of the form, each with the cells of its label; those that share a merged cell stay together."""
    old = edition == "standard_2019"
    words = {label.indicator: spelling(draw, label.row) for label in LABELS["requests"]}
    left_out = [name for name in words if (name.startswith("other_") if old else name == "requests_other_outcome")]
    words = {name: word for name, word in words.items() if name not in left_out}
    assert len(words) == ROWS[edition]
    for number, name in enumerate(ALONE[:2]):
        yield [(name, [Cell(f"{'一二'[number]}、{words[name]}", across=3)])]
    yield list(_results(words, draw, shuffled=shuffled))
    yield [(ALONE[2], [Cell(f"四、{words[ALONE[2]]}", across=3)])]


def _results(words: dict[str, str], draw: st.DrawFn, *, shuffled: bool) -> Iterator[tuple[str, list[Cell]]]:
    """The rows of what became of requests, in the merged cell of all of them."""
    single = [[(name, [Cell(f"（一）{words[name]}", across=2)])] for name in SINGLE if name in words]
    groups = [list(_group(words, prefix, draw, shuffled=shuffled)) for prefix in GROUPS]
    parts = ordered(draw, [*single[:2], *[group for group in groups if group], *single[2:]], shuffled=shuffled)
    rows = [row for part in parts for row in part]
    for number, (name, cells) in enumerate(rows):
        yield name, [*([Cell("三、本年度办理结果", down=len(rows))] if not number else []), *cells]


def _group(words: dict[str, str], prefix: str, draw: st.DrawFn, *, shuffled: bool) -> Iterator[tuple[str, list[Cell]]]:
    names = ordered(draw, [name for name in words if name.startswith(f"{prefix}_")], shuffled=shuffled)
    for number, name in enumerate(names):
        head = [] if number else [Cell(f"（三）{GROUPS[prefix]}", down=len(names))]
        yield name, [*head, Cell(f"{number + 1}.{words[name]}")]


def _applicants(draw: st.DrawFn, *, shuffled: bool) -> tuple[Table, list[str]]:
    """The three rows of the header, and the applicants in its order; organisations stand together below one cell."""
    names = list(APPLICANTS)
    inner = ordered(draw, names[1:-1], shuffled=shuffled)
    outer = ordered(draw, [[names[0]], inner, [names[-1]]], shuffled=shuffled)
    second = [
        Cell("法人或其他组织", across=5) if len(part) > 1 else Cell(spelling(draw, APPLICANTS[part[0]]), down=2)
        for part in outer
    ]
    third = [Cell(spelling(draw, APPLICANTS[name])) for name in inner]
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    return [[Cell(note, 3, 3), Cell("申请人情况", across=7)], second, third], [name for part in outer for name in part]


@st.composite
def disputes_table(draw: st.DrawFn, *, columns: bool = False) -> Form:
    """Section 4: one row of fifteen figures; with the `columns` of each way in any order."""
    held = texts(draw, len(LABELS["disputes"]))
    ways = {
        way: ordered(draw, [each for each in LABELS["disputes"] if each.under == way], shuffled=columns) for way in WAYS
    }
    results = {way: [Cell(spelling(draw, label.column)) for label in ways[way]] for way in WAYS}
    table = [
        [Cell("行政复议", across=5), Cell("行政诉讼", across=10)],
        [*(cell._replace(down=2) for cell in results[WAYS[0]]), *(Cell(way, across=5) for way in WAYS[1:])],
        [*results[WAYS[1]], *results[WAYS[2]]],
    ]
    printed = {(label.indicator, "total"): next(held) for way in WAYS for label in ways[way]}
    return Form([[*table, [Cell(text) for text in printed.values()]]], printed)


@st.composite
def active_table_2021(draw: st.DrawFn) -> Form:
    """Section 2 since 2021: rules and documents, decisions, charges."""
    held = texts(draw, 10)
    documents = {
        "规章": ["rules_issued", "rules_repealed", "rules_in_force"],
        "行政规范性文件": [f"normative_documents_{what}" for what in ("issued", "repealed", "in_force")],
    }
    single = {**DECISIONS, "charges_income": "行政事业性收费"}
    printed = {(name, "total"): next(held) for name in [*chain(*documents.values()), *single]}
    table = [_heads("第二十条第（一）项"), _row("信息内容", ["本年制发件数", "本年废止件数", "现行有效件数"])]
    table += [_row(word, [printed[name, "total"] for name in names]) for word, names in documents.items()]
    for name, word in single.items():
        money = name == "charges_income"
        column = "本年收费金额（单位：万元）" if money else "本年处理决定数量"
        table += [_heads("第二十条第（五）项"), [Cell("信息内容"), Cell(column, across=3)]]
        table.append([Cell(word), Cell(printed[name, "total"], across=3)])
    return Form([table], printed)


@st.composite
def active_table_2019(draw: st.DrawFn) -> Form:
    """Section 2 of 2019 and 2020: other columns, other services and procurement beside them."""
    held, beside = texts(draw, 12), texts(draw, 20)
    documents = {
        "规章": ["rules_issued", "", "rules_in_force"],
        "规范性文件": ["normative_documents_issued", "published_normative_documents", "normative_documents_in_force"],
    }
    decisions = {**DECISIONS, "other_service_decisions": "其他对外管理服务事项"}
    printed: Printed = {}
    table = [_heads("第二十条第（一）项"), _row("信息内容", ["本年新制作数量", "本年新公开数量", "对外公开总数量"])]
    for word, names in documents.items():
        printed |= (row := {(name, "total"): next(held) for name in names})
        table.append(_row(word, list(row.values())))
    printed.pop(("", "total"))
    table += [_heads("第二十条第（五）项"), _row("信息内容", ["上一年项目数量", "本年增/减", "处理决定数量"])]
    for name, word in decisions.items():
        printed[name, "total"] = next(held)
        table.append(_row(word, [next(beside), next(beside), printed[name, "total"]]))
    table += [_heads("第二十条第（九）项"), [Cell("信息内容"), Cell("采购项目数量"), Cell("采购总金额", across=2)]]
    printed |= (row := {(name, "total"): next(held) for name in ("procurement_projects", "procurement_amount")})
    number, amount = row.values()
    return Form([[*table, [Cell("政府集中采购"), Cell(number), Cell(amount, across=2)]]], printed)


def _heads(text: str) -> list[Cell]:
    return [Cell(text, across=4)]


def _row(word: str, cells: list[str]) -> list[Cell]:
    return [Cell(word), *map(Cell, cells)]


@st.composite
def statistical_table(draw: st.DrawFn, *, rows: bool = False) -> Form:
    """The table of 2014 to 2018; with its `rows` in any order, reviews and lawsuits each together."""
    held = texts(draw, len(STATISTICS))
    disputes = [[label for label in STATISTICS if label.indicator.startswith(name)] for name in ("reviews", "lawsuits")]
    alone = [[label] for label in STATISTICS if label not in chain(*disputes)]
    labels = list(chain(*ordered(draw, [*alone, *disputes], shuffled=rows)))
    printed = {(label.indicator, "total"): next(held) for label in labels}
    table = [[Cell("统 计 指 标"), Cell("单位"), Cell("统计数")], [Cell("一、主动公开情况"), Cell(""), Cell("")]]
    for label in labels:
        unit = "万元" if label.indicator == "fees_collected" else load().indicators[label.indicator].unit
        text = f"（一）{spelling(draw, label.row)}"
        table.append([Cell(text), Cell(unit), Cell(printed[label.indicator, "total"])])
    return Form([table], printed)


@st.composite
def standard_report(draw: st.DrawFn, *, shuffled: bool = False) -> Form:
    """The three tables of an edition; with rows and columns in any order."""
    edition = draw(st.sampled_from(sorted(ROWS)))
    active = draw(active_table_2019() if edition == "standard_2019" else active_table_2021())
    requests = draw(requests_table(edition, rows=shuffled, columns=shuffled))
    disputes = draw(disputes_table(columns=shuffled))
    printed = {**active.printed, **requests.printed, **disputes.printed}
    return Form([*active.tables, *requests.tables, *disputes.tables], printed)


def report(form: Form) -> Report:
    """A report with the tables of `form`, each behind a paragraph."""
    prose = "本年度，我市深入贯彻落实《条例》，持续加强政府信息公开工作，不断提高政府工作透明度，及时回应社会关切。"
    parts: Report = ["东山县2023年政府信息公开工作年度报告", f"一、总体情况。{prose}{prose}"]
    for number, table in enumerate(form.tables):
        parts += [f"{'二三四五'[number]}、各项情况。{prose}{prose}", table]
    return [*parts, f"五、存在的问题及改进情况。{prose}{prose}"]


def meant(indicator: str, text: str) -> tuple[float | None, str]:
    """What a printed cell says of an indicator: in its unit, and with which status."""
    value, status = CELLS[text] if text in CELLS else (float(text), "reported")
    if value is None:
        return value, status
    return round(value * (10_000 if indicator == "fees_collected" else 1), 6), status


def comes_back(form: Form, grids: tuple[Grid, ...]) -> None:
    """Assert that the tables read are the tables printed: every cell once, and where it says it stands."""
    figures = forms.read(grids).figures
    held = {(figure.indicator, figure.applicant): (figure.value, figure.status) for figure in figures}
    assert held == {cell: meant(cell[0], text) for cell, text in form.printed.items()}
    assert len(figures) == len(held)
    for figure in figures:
        grid, row, column = figure.place
        assert grids[grid].rows[row][column] == figure.quote
        assert tidy(figure.quote) == tidy(form.printed[figure.indicator, figure.applicant])


def within(examples: int) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Run a property so often, however long one example takes, on the same examples each time.

    To look for the smallest report that fails would take minutes; the assertion names the cells that differ.
    """
    phases = (Phase.explicit, Phase.generate)
    return settings(
        max_examples=examples, deadline=None, suppress_health_check=PATIENT, derandomize=True, phases=phases
    )


Render = Callable[[Report], bytes]


@pytest.mark.parametrize(("render", "examples"), FORMATS)
def test_every_cell_of_the_standard_forms_comes_back_as_printed(render: Render, examples: int) -> None:
    @within(examples)
    @given(standard_report())
    def run(form: Form) -> None:
        comes_back(form, files.document(render(report(form)), "a report").grids)

    run()


@pytest.mark.parametrize(("render", "examples"), FORMATS)
def test_rows_and_columns_in_another_order_are_still_known_by_their_labels(render: Render, examples: int) -> None:
    @within(examples)
    @given(standard_report(shuffled=True))
    def run(form: Form) -> None:
        comes_back(form, files.document(render(report(form)), "a report").grids)

    run()


@pytest.mark.parametrize(("render", "examples"), FORMATS)
@pytest.mark.parametrize("rows", [False, True], ids=["in order", "shuffled"])
def test_every_cell_of_the_statistical_table_comes_back_as_printed(
    render: Render, examples: int, *, rows: bool
) -> None:
    @within(examples // 2)
    @given(statistical_table(rows=rows))
    def run(form: Form) -> None:
        comes_back(form, files.document(render(report(form)), "a report").grids)

    run()


@pytest.mark.parametrize("label", ["（七）总计", "3.其他"])
def test_a_first_row_with_a_short_label_is_no_header(label: str) -> None:
    heads = [Cell(text) for text in ["", *(words[-1] for words in APPLICANTS.values())]]
    rows = [[Cell(text) for text in [row, *"1234567"]] for row in [label, *SURE_ROWS]]
    figures = forms.read(files.document(html([RECEIVED, [heads, *rows]]), "a report").grids).figures
    assert [figure.value for figure in figures] == [1, 2, 3, 4, 5, 6, 7] * len(rows)


@pytest.mark.parametrize("edition", sorted(ROWS))
def test_a_page_break_in_the_requests_table_loses_nothing(edition: str) -> None:
    @within(6)
    @given(requests_table(edition), st.data())
    def run(form: Form, data: st.DataObject) -> None:
        table = form.tables[0]
        parts = cut(table, data.draw(st.integers(HEADER_ROWS + 2, len(table) - 4)))
        comes_back(form, files.document(pdf([*report(Form([], {})), *parts]), "a report").grids)

    run()


@pytest.mark.parametrize("render", [html, docx, xlsx, pdf])
@pytest.mark.parametrize("row", [HEADER_ROWS + 1, -1], ids=["first", "last"])
def test_a_page_break_behind_the_first_row_or_before_the_last_keeps_it(render: Render, row: int) -> None:
    @within(2)
    @given(requests_table("standard_2021"))
    def run(form: Form) -> None:
        table = form.tables[0]
        parts = cut(table, row % len(table))
        comes_back(form, files.document(render([*report(Form([], {})), *parts]), "a report").grids)

    run()


@pytest.mark.parametrize("odd", ["——", "--", "N/A", "+3", "1-2", "12.", "1,23", "二十", "约5", "件"])
def test_an_odd_cell_takes_no_other_cell_of_its_row_with_it(odd: str) -> None:
    table = [[Cell(text) for text in [label, *"123456", odd]] for label in SURE_ROWS]
    figures = forms.read(files.document(html([RECEIVED, table]), "a report").grids).figures
    assert [figure.value for figure in figures if figure.applicant != "total"] == [1, 2, 3, 4, 5, 6] * len(table)
    assert [figure.quote for figure in figures if figure.applicant == "total"] == [odd] * len(table)


SENTENCES = [
    "2023年，本机关共收到政府信息公开申请１２３件，全部按时办结。",
    "全年召开新闻发布会12场，举行听证会3次。",
    "主动公开政府信息1，234条，其中⽹站公开1,000条；微信公开234条。",
    "⼀、总体情况。我⺠政局⾼度重视⽇常⼯作。",
    "本年度未发生行政复议、行政诉讼案件。",
    "（⼆）依申请公开情况(含上年结转)：无.",
    "3.⽉度培训二十⼀次，参训人员１．２万人次",
    "存在问题：⼀是力度不够；二是更新不及时。",
]
GAPS = ["", "\n", "\n\n", " ", "\u3000\u3000", "\t", "\u00a0", "\r\n", "\u200b", "\ufeff", " \n \n", "\u2028"]
PIECES = st.sampled_from(SENTENCES) | st.sampled_from(GAPS)


def one_kind(text: str) -> str:
    """Text in plain characters as one line; a comma among digits and one between clauses are the same."""
    return plain(text).text.replace("\n", "").replace(",", "，")


def wrapped_at(text: str, width: int) -> str:
    """`text` with its lines broken after `width` characters, as a printed page breaks them."""
    lines = text.split("\n")
    pieces = [line[start : start + width] for line in lines for start in range(0, max(len(line), 1), width)]
    return "\n".join(pieces)


@given(st.lists(PIECES, min_size=1, max_size=12).map("".join), st.sampled_from([0, 7, 20, 33]), st.data())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_span_of_plain_characters_quotes_the_original(text: str, width: int, data: st.DataObject) -> None:
    original = wrapped_at(text, width) if width else text
    whole = plain(original)
    length = len(whole.text.rstrip("\n"))
    if not length:
        assert not original.strip("\u200b\ufeff" + string.whitespace + "\u3000\u00a0\u2028")
        return
    start = data.draw(st.integers(0, length - 1))
    end = data.draw(st.integers(start + 1, length))
    first, last = whole.span(start, end)
    assert 0 <= first < last <= len(original)
    assert one_kind(original[first:last]) == whole.text[start:end].replace("\n", "").replace(",", "，")
    assert list(whole.at) == sorted(whole.at)
    assert whole.place(first) <= start


@given(st.lists(PIECES, max_size=10).map("".join), st.integers(1, 99_999), st.sampled_from([0, 24, 33, 40]))
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_place_of_every_figure_in_prose_quotes_it(tmp_path: Path, text: str, number: int, width: int) -> None:
    file = tmp_path / "report.txt"
    prose = f"{RECEIVED}{number}件。\n{text}"
    title = "东山县2023年政府信息公开工作年度报告"
    file.write_text(f"{title}\n{wrapped_at(prose, width) if width else prose}", encoding="utf-8")
    reading = reports.read(file)
    assert ("requests_received", float(number)) in {(figure.indicator, figure.value) for figure in reading.figures}
    original = reading.document.text
    for figure in reading.figures:
        assert isinstance(figure.place, reports.Span)
        assert one_kind(original[figure.place.start : figure.place.end]) == one_kind(figure.quote)
    for count in reading.counts:
        assert one_kind(original[count.place.start : count.place.end]) in one_kind(count.quote)
    for statement in reading.statements:
        assert original[statement.place.start : statement.place.end] == statement.text


@given(standard_report())
@within(5)
def test_figures_are_the_same_in_every_character_set(tmp_path: Path, form: Form) -> None:
    title, *rest = report(form)
    parts: Report = [title, "一、总体情况。举办新闻发布会１２场，召开听证会3次。", *rest]
    rare: Report = [*parts, "𠮷㙟䶮村信息公开点。"]  # none of these is in GBK
    sets = [(parts, "utf-8", None), (parts, "utf-8-sig", "utf-8"), (parts, "gbk", None), (parts, "gb18030", None)]
    sets += [(rare, "gb18030", "gb2312"), (rare, "gb18030", "gbk"), (rare, "utf-8", None), (parts, "utf-16", None)]
    file = tmp_path / "report.html"
    held = []
    for printed, charset, declared in sets:
        file.write_bytes(html(printed, charset=charset, declared=declared))
        held.append(reports.read(file).figures)
    comes_back(form, reports.read(file).document.grids)
    assert [figures == held[0] for figures in held] == [True] * len(sets)
    assert {"press_conferences", "hearings"} <= {figure.indicator for figure in held[0]}
