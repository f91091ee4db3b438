import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from nbconvert.exporters import get_exporter
from nbformat import NotebookNode, v4

from analysis import notebooks, paths
from analysis.dashboards import page

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


@pytest.fixture(scope="module")
def anhua() -> str:
    """The page of the first user: Anhua County, 2013."""
    return page.render(notebooks.run("yearly_dashboard", {}), notebook="yearly_dashboard")


@pytest.fixture(scope="module")
def suqian() -> str:
    return page.render(
        notebooks.run("yearly_dashboard", {"unit": "jiangsu-suqian", "year": 2024}), notebook="yearly_dashboard"
    )


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<(style|script)\b.*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL))


@pytest.mark.parametrize("figure", ["4566条", "5次", "3次", "0件", "96个", "19个", "80个", "10个"])
def test_anhua_s_page_shows_its_figures(anhua: str, figure: str) -> None:
    assert figure in text_of(anhua)


def test_anhua_s_page_says_where_and_that_nothing_is_earlier(anhua: str) -> None:
    text = text_of(anhua)
    assert "出处：一(二)1" in text
    assert "没有更早的数字可比" in text
    assert "2013年度政府信息公开年度报告" in text
    assert "<svg" in anhua


def test_suqian_s_page_shows_the_requests_and_their_change(suqian: str) -> None:
    text = text_of(suqian)
    assert "3525件 比上年增加14件（+0.4%）" in text
    assert "1431（40.6%）" in text
    assert "来源不一致：170件（四·复议总计，表格）、134件（全地区，一(二)（全市备案案件），正文）" in text


def test_suqian_s_page_holds_no_number_that_its_facts_do_not(suqian: str) -> None:
    """Every integer of the requests table is a cell of the report or a sum of its parts."""
    table = re.search(r"自然人</th>.*?</table>", suqian, re.DOTALL)
    assert table
    numbers = {int(number) for number in re.findall(r"<td>(?:∑ )?(\d+)</td>", table.group())}
    data = paths.ROOT / "data" / "disclosures.csv"
    cells = {
        line.split(",")[5]
        for line in data.read_text(encoding="utf-8").splitlines()
        if line.startswith("jiangsu-suqian,2024")
    }
    sums = {88, 92, 902, 941, 34, 115, 117, 465, 469}
    assert numbers - sums <= {int(float(cell)) for cell in cells if cell}


def without_script(html: str) -> str:
    """A page as it is where no script runs: the three elements of ours taken out, of which one is more than data."""
    rest, count = re.subn(r"<script(?: type=\"[^\"]+\" id=\"[a-z]+\")?>.*?</script>", "", html, flags=re.DOTALL)
    assert count == 3
    return rest


@pytest.mark.parametrize("name", ["anhua", "suqian"])
def test_a_page_loads_nothing_and_runs_its_own_script_alone(name: str, request: pytest.FixtureRequest) -> None:
    html: str = request.getfixturevalue(name)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    ours = re.search(r"<script>(.*?)</script>", html, re.DOTALL)
    assert policy
    assert ours
    digest = b64encode(sha256(ours[1].encode()).digest()).decode()
    rules = unescape(policy[1]).split("; ")
    assert {"default-src 'none'", f"script-src 'sha256-{digest}'", "base-uri 'none'", "form-action 'none'"} <= {*rules}
    assert not any(word in policy[1] for word in ("unsafe-eval", "http", "*", "connect-src"))
    rest = without_script(html)
    assert not re.search(r"<(script|link|iframe|object|embed|form)\b", rest)
    assert not re.search(r'\b(src|srcset|action|poster|data)="', rest)
    assert not re.search(r"@import|url\((?!#)", rest)
    assert not re.search(r"\bon[a-z]+=", rest)
    assert {
        link for link in re.findall(r'href="([^"#]+)"', rest) if not link.startswith(("http://", "https://"))
    } == set()


def test_pages_of_a_web_server_share_their_style_and_script() -> None:
    html = page.render(notebooks.run("yearly_dashboard", {}), notebook="yearly_dashboard", shared=True)
    for asset in page.assets():
        assert f'"{asset.file}"' in html
        assert asset.text not in html
    assert "script-src 'self'" in unescape(html)
    assert len(html.encode()) < 150_000


@pytest.mark.parametrize("name", ["anhua", "suqian"])
def test_a_page_is_a_document_that_can_be_read_aloud(name: str, request: pytest.FixtureRequest) -> None:
    html: str = request.getfixturevalue(name)
    assert '<html lang="zh-CN">' in html
    assert html.count("<h1>") == 1
    html = without_script(html)
    assert html.count("<svg ") == html.count('role="img" aria-label="图：')
    assert html.count("<table") == html.count("<caption>")
    assert len(re.findall(r"<section id=\"[^\"]+\"(?: class=\"solo\")?>.*?</section>", html, re.DOTALL)) > 4
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(set(ids)) == len(ids)


def test_every_chart_has_its_table_behind_it(suqian: str) -> None:
    for section in re.findall(r"<section.*?</section>", suqian, re.DOTALL):
        assert ('<figure class="chart">' in section) <= ("<table" in section)


def place(notebook: str) -> str:
    """The parameter that says whose page it is."""
    return "region" if "region" in notebooks.parameters(notebook) else "unit"


def test_hostile_text_from_data_is_shown_not_run(
    make_folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    below = {"unit": "demo-east", "name": f"{HOSTILE}东", "name_en": HOSTILE, "level": "county", "parent": "demo"}
    units = [{"unit": "demo", "name": HOSTILE, "name_en": HOSTILE, "level": "city"}, below]
    reports = [{"unit": "demo", "year": 2023, "title": HOSTILE}, {"unit": "demo", "year": 2024, "title": HOSTILE}]
    figures = [
        {"unit": unit, "year": year, "indicator": name, "value": 5, "evidence": HOSTILE, "scope": scope}
        for unit in ("demo", "demo-east")
        for year in (2023, 2024)
        for name in ("published_items", "hearings", "requests_received")
        for scope in ("own", "region")
    ]  # fmt: skip
    monkeypatch.setenv(paths.DATA_VARIABLE, str(make_folder(*figures, units=units, reports=reports)))
    for name in notebooks.names():
        given: dict[str, str | int] = {place(name): "demo"} | (
            {"year": 2024} if name in {"yearly_dashboard", "unit_comparison"} else {}
        )
        html = page.render(notebooks.run(name, given), notebook=name)
        rest = without_script(html)
        assert "<script" not in rest
        assert "<img" not in rest
        assert "&lt;script&gt;" in rest


@pytest.mark.parametrize("name", notebooks.names())
def test_a_notebook_says_nothing_beside_its_exhibits(name: str) -> None:
    unit = {"unit": "shanghai-general-office"} if place(name) == "unit" else {"region": "shanghai"}
    executed = notebooks.run(name, unit | ({"year": 2019} if name == "yearly_dashboard" else {}))
    assert [
        output for cell in executed.cells for output in cell.get("outputs", []) if output.output_type == "stream"
    ] == []


def test_a_notebook_without_a_masthead_makes_no_page() -> None:
    with pytest.raises(ValueError, match="shows no masthead"):
        page.render(v4.new_notebook(cells=[v4.new_code_cell("1")]), notebook="empty")


def test_a_failed_cell_makes_no_page() -> None:
    error = v4.new_output("error", ename="ZeroDivisionError", evalue="division by zero", traceback=[])
    cell: NotebookNode = v4.new_code_cell("1/0", outputs=[error])
    with pytest.raises(ValueError, match="ZeroDivisionError: division by zero"):
        page.render(v4.new_notebook(cells=[cell]), notebook="broken")


def test_nbconvert_knows_the_page_as_disclosure() -> None:
    exporter = get_exporter("disclosure")()
    text, _ = exporter.from_notebook_node(notebooks.run("request_trends", {"unit": "jiangsu-suqian"}))
    assert "<title>宿迁市（依申请公开：收到、办理与争议、报告年度 2023—2024）</title>" in text
