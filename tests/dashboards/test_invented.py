"""What is invented says so at the head of every page and in the index, on screen and in print."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import v4

from analysis import charts, codebook, dashboards, facts, notebooks
from analysis.codebook import Codebook
from analysis.dashboards import index, page
from analysis.facts import Disclosures, Unit

REAL = Unit("hunan-yiyang-anhua", "安化县", "Anhua County", "county", "hunan-yiyang", "city")
NOTICE = {
    "zh": "虚构单位，数字均为演示而造",
    "en": "Invented unit: all figures are made up for demonstration",
}


@pytest.fixture
def data(make_data: Callable[..., Disclosures]) -> Disclosures:
    return make_data({"unit": "demo-east", "year": 2013, "indicator": "hearings", "value": 5})


def masthead(unit: Unit, data: Disclosures, book: Codebook) -> str:
    """The head of the page of `unit`."""
    shown = charts.masthead(data.reports, book, title="yearly_dashboard", unit=unit, years=[2013])
    output = v4.new_output("display_data", {"text/html": shown._html("head")}, metadata={"disclosure": shown._about()})
    html = page.render(v4.new_notebook(cells=[v4.new_code_cell("masthead", outputs=[output])]), notebook="some")
    head = re.search(r"<header>(.*?)</header>", html, re.DOTALL)
    assert head
    return head.group(1)


@pytest.mark.parametrize(
    ("unit", "invented"),
    [("demo", True), ("demo-east", True), ("demolition-office", False), ("hunan-demo", False), ("hunan", False)],
)
def test_a_unit_is_invented_by_its_id(unit: str, *, invented: bool) -> None:
    assert facts.invented(unit) is invented
    assert Unit(unit, "", "", "county", None, None).invented is invented


def test_the_head_of_an_invented_unit_s_page_says_so_in_its_language(data: Disclosures, book: Codebook) -> None:
    head = masthead(data.unit("demo-east"), data, book)
    assert f'<p class="invented">{NOTICE[book.language]}</p>' in head
    assert NOTICE[book.language] not in masthead(REAL, data, book)


@pytest.mark.parametrize("name", notebooks.names())
def test_every_notebook_shows_the_masthead_that_says_so(name: str) -> None:
    assert "charts.masthead(" in notebooks.path(name).read_text(encoding="utf-8")


def test_the_notice_is_hidden_neither_on_a_phone_nor_in_print() -> None:
    css = page.assets()[0].text
    assert ".invented {" in css
    hidden = re.findall(r"([^{}]*)\{[^{}]*(?:display: none|visibility: hidden|left: -)[^{}]*\}", css)
    assert hidden
    for selectors in hidden:
        assert not re.search(r"header|\.masthead|\.invented", selectors), selectors


def test_the_index_marks_invented_units_and_no_others(
    data: Disclosures, tmp_path: Path, book: Codebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no kernel")

    monkeypatch.setattr(notebooks, "run", broken)
    plan = [dashboards.Dashboard("yearly_dashboard", {"unit": "demo-east", "language": book.language})]
    dashboards.build(plan, data, tmp_path, jobs=1, done=lambda _: None)
    assert NOTICE[book.language] in (tmp_path / index.file(book.language)).read_text(encoding="utf-8")
    entry = {"unit": REAL.unit, "name": REAL.name, "level": "county", "above": "", "notebook": "yearly_dashboard"}
    entry |= {"year": 2013, "file": "some.html", "page": True, "error": "", "parameters": {}}
    for recorded in ({}, {"invented": False}):
        assert NOTICE[book.language] not in index.render([entry | recorded], language=book.language)


def test_the_notice_is_the_codebook_s() -> None:
    assert {language: codebook.load(language).word("invented") for language in NOTICE} == NOTICE
