"""A page asks for nothing, complains of nothing, runs nothing but its own script, and says all without it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from analysis import facts
from analysis.errors import BadData
from browser.hostile import TEXTS, make
from browser.visiting import CHARTS, Visit, changed, opened, visit

INTRUDER = """<script>
window.hacked = 1;
try { eval("window.hacked = 2"); } catch {}
fetch("https://example.org/fetched").catch(() => {});
const picture = new Image(); picture.src = "https://example.org/seen.png";
</script></head>"""
# What stands on a page beside its charts and what serves the script alone: buttons, words at the pointer, filters.
SAID = """() => {
  for (const closed of document.querySelectorAll("details")) closed.open = true;
  const copy = document.body.cloneNode(true);
  for (const extra of copy.querySelectorAll("SCRIPTED, figure.chart")) extra.remove();
  return copy.textContent.trim().split(/\\s+/);
}"""
UNSEEN = """() => [...document.querySelectorAll("p, li, h1, h2, th, td, dt, dd, figure, summary")]
  .filter((element) => !element.checkVisibility() && !element.closest("SCRIPTED"))
  .map((element) => element.textContent.slice(0, 40))"""
SCRIPTED = "script, .tools, .tip, .filters, .nothing, [role=status]"
CLOSED = "details:not([open]) > summary"


def test_no_page_asks_for_anything(visits: dict[str, Visit]) -> None:
    assert {name: seen.heard.asked for name, seen in visits.items() if seen.heard.asked} == {}


def test_no_page_complains_of_anything(visits: dict[str, Visit]) -> None:
    assert {name: seen.heard.said for name, seen in visits.items() if seen.heard.said} == {}


def test_every_chart_is_drawn_twice_over(visits: dict[str, Visit]) -> None:
    assert sum(len(seen.alive) for seen in visits.values()) > 100
    for name, seen in visits.items():
        still, alive = seen.still, seen.alive
        assert [chart["name"] for chart in alive] == [chart["name"] for chart in still], name
        assert all(chart["role"] == "img" and chart["name"] for chart in still + alive), name
        assert all(chart["width"] > 100 and chart["height"] > 40 for chart in alive), name
        assert [chart["name"] for chart in still + alive if not chart["shapes"]] == [], name


def test_both_drawings_of_a_chart_say_the_same(visits: dict[str, Visit]) -> None:
    differing = {
        (name, alive["name"][:40]): set(_words(still)) ^ set(_words(alive))
        for name, seen in visits.items()
        for still, alive in zip(seen.still, seen.alive, strict=True)
        if _words(still) != _words(alive)
    }
    assert differing == {}


def _words(chart: Mapping[str, Any]) -> list[str]:
    """What a chart says; where a word is cut short depends on who measured it, the drawer or the browser."""
    return sorted(re.sub(r"^(.{8}).*…", r"\1…", word) for word in chart["words"])


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_no_page_is_wider_than_its_screen(visits: dict[str, Visit], screen: str) -> None:
    assert {name: seen.widths[screen] for name, seen in visits.items() if _too_wide(seen, screen)} == {}


def _too_wide(seen: Visit, screen: str) -> bool:
    needed, had = seen.widths[screen]
    return needed > had


def test_what_is_hostile_is_shown_and_not_run(chromium: Browser, hostile: Path) -> None:
    for path in sorted(hostile.glob("*.html")):
        seen = visit(chromium, path)
        assert seen.hacked is None, path.name
        assert (seen.heard.asked, seen.heard.said) == ([], []), path.name
        assert not _too_wide(seen, "phone"), path.name
        text = path.read_text(encoding="utf-8")
        assert "window.hacked" in text, path.name
        with opened(chromium, path) as (page, _):
            assert page.locator("img, a[href^='javascript:'], [onclick], [onload], [onerror]").count() == 0, path.name
            assert "49" not in page.title()


def test_an_address_that_would_run_is_refused_with_its_data(tmp_path: Path) -> None:
    folder = make(tmp_path / "data")
    table = folder / "reports.csv"
    table.write_text(
        table.read_text(encoding="utf-8").replace("https://demo.example/</a>", "javascript:alert(1)//"), "utf-8"
    )
    with pytest.raises(BadData, match="column 'url': 'javascript:"):
        facts.load(folder)


def test_the_words_at_the_pointer_are_text(chromium: Browser, hostile: Path) -> None:
    met: set[str] = set()
    for path in sorted(hostile.glob("*-demo*.html")):
        with opened(chromium, path) as (page, heard):
            for words in _pointed_at(page):
                met |= {text for text in TEXTS if text.replace("\u202e", "") in words.replace("\u202e", "")}
            assert page.locator(".tip :not(p)").count() == 0
            assert (heard.said, page.evaluate("window.hacked")) == ([], None)
    assert len(met) > len(TEXTS) / 2


def test_a_pointer_that_wanders_over_charts_and_legends_disturbs_nothing(chromium: Browser, pages: list[Path]) -> None:
    for path in pages:
        with opened(chromium, path) as (page, heard):
            for figure in page.locator("figure.chart").all():
                figure.scroll_into_view_if_needed()
                box = figure.bounding_box()
                assert box
                for step in range(6):
                    across, down = (step + 0.5) / 6, (step * 5 % 6 + 0.5) / 6
                    page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
                for entry in figure.locator(".role-legend-symbol path").all()[:1]:
                    entry.click(force=True)
            assert (heard.said, page.evaluate("window.violations")) == ([], []), path.name


def _pointed_at(page: Page) -> Iterator[str]:
    """What the page says at some marks of each of its charts."""
    for figure in page.locator("figure.chart").all():
        shapes = figure.locator(".role-mark :is(path, line)").all()
        for shape in shapes[:: max(1, len(shapes) // 2)]:
            shape.hover(force=True)
            if page.locator(".tip").is_visible():
                yield page.locator(".tip").inner_text()


@pytest.mark.parametrize("sealed", [True, False])
def test_a_script_that_is_not_the_page_s_own_does_not_run(
    chromium: Browser, pages: list[Path], tmp_path: Path, *, sealed: bool
) -> None:
    intruded = changed(tmp_path, pages[0], "</head>", INTRUDER)
    if not sealed:
        intruded = changed(tmp_path, intruded, "Content-Security-Policy", "X-None")
    with opened(chromium, intruded) as (page, heard):
        assert page.evaluate("window.hacked") == (None if sealed else 2)
        assert bool(page.evaluate("window.violations")) == sealed
        assert any("Content Security Policy" in said for said in heard.said) == sealed
        assert ("https://example.org/fetched" in heard.asked) != sealed


def test_the_page_s_own_script_can_neither_evaluate_nor_connect(chromium: Browser, pages: list[Path]) -> None:
    with opened(chromium, pages[0]) as (page, heard):
        for attempt in INTRUSIONS:
            page.evaluate(attempt)
        refused = " ".join(page.evaluate("window.violations"))
        assert all(directive in refused for directive in ("connect-src", "img-src", "frame-src", "form-action"))
        assert set(heard.asked) <= set(heard.kept)


INTRUSIONS = [
    "fetch('https://example.org/').catch(() => {})",
    "new Promise((done) => { const i = new Image(); i.onerror = done; i.src = 'https://example.org/i.png'; })",
    "Object.assign(document.body.appendChild(document.createElement('iframe')), {src: 'https://example.org/'}).id",
    "Object.assign(document.body.appendChild(document.createElement('form')), {action: 'https://example.org/'}).submit()",
    "new Promise((done) => setTimeout(done, 100))",
]


def test_a_page_says_the_same_without_scripts(chromium: Browser, pages: list[Path]) -> None:
    for path in pages:
        with opened(chromium, path) as (page, _):
            told = page.evaluate(SAID.replace("SCRIPTED", SCRIPTED))
        with opened(chromium, path, live=False, java_script_enabled=False) as (page, heard):
            assert (heard.asked, heard.said) == ([], []), path.name
            assert page.locator(".tools, .tip").count() == 0, path.name
            while page.locator(CLOSED).count():
                page.locator(CLOSED).first.click()
            assert page.evaluate(UNSEEN.replace("SCRIPTED", SCRIPTED)) == [], path.name
            assert page.evaluate(SAID.replace("SCRIPTED", SCRIPTED)) == told, path.name
            assert all(chart["width"] > 100 for chart in page.evaluate(CHARTS)), path.name
