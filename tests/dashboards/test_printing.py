"""A page on paper says what the page says, in any language; a machine that would print boxes is refused."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from analysis import notebooks
from analysis.dashboards import page, printing
from analysis.errors import Missing

needs_browser = pytest.mark.usefixtures("chromium_program")
PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>东山县（看板）</title></head><body>
<nav>目录</nav><h1>东山县</h1><h2>听证会五次</h2><table><thead><tr><th scope="col">指标</th></tr></thead>
<tbody><tr><th scope="row">听证会</th></tr></tbody></table><p id="said">未运行</p>
<script>document.getElementById("said").textContent = "已运行"; fetch("https://example.com/")</script></body></html>"""


def told(printed: bytes) -> str:
    with pypdfium2.PdfDocument(printed) as document:
        return "".join(sheet.get_textpage().get_text_range() for sheet in document)


@pytest.fixture(scope="module", params=["zh", "en"])
def suqian(request: pytest.FixtureRequest) -> str:
    given = {"unit": "jiangsu-suqian", "language": request.param}
    return page.render(notebooks.run("publication_volume", given), notebook="publication_volume")


@needs_browser
def test_a_printed_page_says_all_that_the_page_says_and_repeats_only_heads(suqian: str) -> None:
    """Every letter and digit as often as on the page; more are only running heads, page numbers and heads of tables."""
    printed = told(printing.pdf(suqian, printing.browser()))
    text = printing.visible(suqian)
    on_paper, on_page = (Counter(sign for sign in each if sign.isalnum()) for each in (printed, text))
    assert on_page - on_paper == Counter()
    again = Counter("".join(re.findall(r"<title>(.*?)</title>", suqian) + re.findall(r"<thead>.*?</thead>", suqian)))
    assert set(on_paper - on_page) <= set(again) | set("0123456789")


@needs_browser
def test_the_same_page_gives_the_same_bytes_and_names_no_moment(suqian: str) -> None:
    first, second = (printing.pdf(suqian, printing.browser()) for _ in range(2))
    assert first == second
    assert b"CreationDate" not in first
    assert b"ModDate" not in first


@needs_browser
def test_a_printed_page_is_tagged_outlined_titled_and_on_a4() -> None:
    html = PAGE.replace("<body>", "<style>@page { size: A4 }</style><body>")
    with pypdfium2.PdfDocument(printing.pdf(html, printing.browser())) as document:
        assert document.is_tagged()
        assert document.get_metadata_value("Title") == "东山县（看板）"
        assert [mark.get_title() for mark in document.get_toc()] == ["东山县", "听证会五次"]
        assert [tuple(map(round, sheet.get_size())) for sheet in document] == [(595, 842)]


@needs_browser
def test_scripts_are_not_run_on_paper() -> None:
    text = told(printing.pdf(PAGE, printing.browser()))
    assert "未运行" in text
    assert "已运行" not in text


@needs_browser
def test_a_page_that_links_its_style_is_printed_in_it() -> None:
    css, script = page.assets()
    linked = f'<link rel="stylesheet" href="{css.file}">'
    policy = f"<meta http-equiv=\"Content-Security-Policy\" content=\"style-src 'self' 'unsafe-inline'\">{linked}"
    html = PAGE.replace("</head>", f"{policy}</head>")
    assert "目录" not in told(printing.pdf(html, printing.browser(), beside=[css]))  # page.css hides it on paper
    assert script.file not in html


@needs_browser
def test_without_a_chinese_font_nothing_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    latin = next(Path("/usr/share/fonts").rglob("*Liberation*.ttf"), None)
    if latin is None:
        pytest.skip("no Latin font to leave alone on this machine")
    (tmp_path / "fonts.conf").write_text(
        f"<fontconfig><dir>{latin.parent}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>"
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    with pytest.raises(Missing, match=r"lost in print: .*[\s\S]*install a font"):
        printing.pdf(PAGE, printing.browser())


@needs_browser
def test_a_page_of_the_suite_is_refused_by_the_sizes_of_boxes_alone(
    suqian: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should a browser some day write the text behind boxes whole, their likeness still tells them."""
    printed = printing.pdf(suqian, printing.browser())
    monkeypatch.setattr(printing, "_read", lambda _: (printing._signs(told(printed)), {(1.0, 1.0)}))
    with pytest.raises(Missing, match="install a font"):
        printing._refuse_loss(suqian, printed)


def fake(tmp_path: Path, script: str) -> str:
    """A browser that does something else than print."""
    path = tmp_path / "browser"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("script", "what"),
    [
        ("exit 3", "ended with 3"),
        ("for word; do case $word in --print-to-pdf=*) echo %PDF > ${word#*=};; esac; done", "ended with 0"),
        ("sleep 9", "more than 0.2 seconds"),
    ],
)
def test_a_browser_that_prints_nothing_or_half_of_it_is_named(
    script: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "SECONDS", 0.2 if "sleep" in script else 9)
    with pytest.raises(Missing, match=f"printed no page: it .*{what}"):
        printing.pdf(PAGE, fake(tmp_path, script))


def test_nothing_of_a_print_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(Missing):
        printing.pdf(PAGE, fake(tmp_path, "exit 1"))
    assert [path.name for path in tmp_path.iterdir()] == ["browser"]


@pytest.mark.parametrize(("root", "words"), [(0, ["--no-sandbox"]), (1000, [])])
def test_the_sandbox_is_left_only_where_chromium_would_not_start_in_it(
    root: int, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: root)
    assert printing._unboxed() == words


def test_the_browser_is_the_one_that_is_named_or_the_first_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = fake(tmp_path, "exit 0")
    monkeypatch.setenv(printing.VARIABLE, named)
    assert printing.browser() == named
    monkeypatch.delenv(printing.VARIABLE)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Missing, match="no Chromium, Chrome or Edge"):
        printing.browser()
    for name in ("msedge", "chromium"):
        shutil.copy(named, tmp_path / name)
    assert printing.browser() == str(tmp_path / "chromium")


def test_a_browser_that_is_named_but_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(printing.VARIABLE, "/nowhere/chromium")
    with pytest.raises(Missing, match=r"\$DISCLOSURE_BROWSER: '/nowhere/chromium' is no program"):
        printing.browser()


def test_bytes_keep_their_places_when_what_changes_is_taken_out() -> None:
    raw = b"1 0 obj /CreationDate (D:20260101010101+00'00') /ID (node00000244) x (node00000245) (node00000244) endobj"
    lasting = printing._lasting(raw)
    assert len(lasting) == len(raw)
    assert lasting.count(b"(node00000000)") == 2
    assert b"2026" not in lasting
    assert lasting.index(b"endobj") == raw.index(b"endobj")
