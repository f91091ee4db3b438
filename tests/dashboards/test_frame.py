import re
from base64 import b64encode
from hashlib import sha256
from html import unescape

import pytest

from analysis import codebook
from analysis.dashboards import frame

HOSTILE = '</style><script>alert(1)</script>"; } * { display: none } \\'
CSS, SCRIPT = frame.Asset("css", "p { color: red; }"), frame.Asset("js", "let p = 1;")


def rendered(*, title: str = "标题", shared: bool = False) -> str:
    """The frame alone, around nothing."""
    return frame.render("frame.html", title=title, book=codebook.load("zh"), css=CSS, script=SCRIPT, shared=shared)


def policy(html: str) -> dict[str, str]:
    """The rules of a page's policy by their names."""
    held = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert held
    return dict(rule.split(" ", 1) for rule in unescape(held[1]).split("; "))


def digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_every_style_and_script_of_a_page_is_named_by_its_digest_and_nothing_else_is_allowed() -> None:
    html = rendered()
    rules = policy(html)
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["script-src"] == digest(SCRIPT.text)
    assert rules["style-src"].split() == [digest(text) for text in re.findall(r"<style>(.*?)</style>", html, re.DOTALL)]
    assert rules["img-src"] == "data:"  # a chart on its way to a PNG
    assert set(rules) == {"default-src", "script-src", "style-src", "img-src", "base-uri", "form-action"}


def test_a_page_of_a_web_server_names_its_own_files_by_what_they_hold() -> None:
    html = rendered(shared=True)
    assert policy(html)["script-src"] == "'self'"
    assert CSS.text not in html
    assert SCRIPT.text not in html
    for asset in (CSS, SCRIPT):
        assert asset.file in html
        assert re.fullmatch(r"assets/[0-9a-f]{12}\.(css|js)", asset.file)
    assert frame.Asset("js", "let p = 2;").file != SCRIPT.file


def test_a_title_cannot_leave_the_style_sheet_that_prints_it() -> None:
    html = rendered(title=HOSTILE)
    assert len(re.findall(r"</style>", html)) == 2
    assert "<script>alert" not in html
    printed = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    said = re.fullmatch(r'@page \{ @top-right \{ content: "((?:\w|\\[0-9a-f]{6})*)"; \} \}', printed)
    assert said
    assert re.sub(r"\\([0-9a-f]{6})", lambda found: chr(int(found[1], 16)), said[1]) == HOSTILE


@pytest.mark.parametrize("text", ["a </script> b", "a </STYLE> b", "<!-- </ScRiPt"])
def test_an_asset_that_would_end_its_own_element_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="end its own element"):
        _ = frame.Asset("js", text).inline
