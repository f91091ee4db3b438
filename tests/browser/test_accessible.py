"""WCAG 2.2 AA on the page as it stands in the browser: axe-core finds nothing, in both languages, wide and narrow."""

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from browser.glyphs import colours
from browser.visiting import DESKTOP, OPEN, PHONE, opened

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """(tags) => axe.run(document, {runOnly: tags, resultTypes: ["violations"]}).then(({violations}) =>
  violations.flatMap(({id, nodes}) => nodes.map(({html, failureSummary}) =>
    `${id}: ${html.slice(0, 160)} ${failureSummary}`)))"""


def audit(page: Page) -> list[str]:
    """What axe-core finds wrong with a page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate(RUN, TAGS)


def test_axe_finds_nothing(chromium: Browser, pages: list[Path]) -> None:
    found: dict[tuple[str, int], list[str]] = {}
    for path in pages:
        with opened(chromium, path, bypass_csp=True) as (page, _):
            page.evaluate(OPEN)
            for screen in (DESKTOP, PHONE):
                page.set_viewport_size(screen)
                found[path.name, screen["width"]] = audit(page)
    assert {place: faults for place, faults in found.items() if faults} == {}


@pytest.mark.parametrize("wish", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}], ids=str)
def test_axe_finds_nothing_where_colours_are_forced_or_motion_is_unwanted(
    chromium: Browser, pages: list[Path], wish: dict[str, Any]
) -> None:
    for path in pages[:2]:
        with opened(chromium, path, bypass_csp=True, **wish) as (page, _):
            assert audit(page) == [], path.name
            assert page.evaluate("document.getAnimations().length") == 0
            assert colours(page.screenshot()) > 20


@pytest.mark.parametrize(
    ("spoiled", "fault"),
    [
        ("document.querySelector('figure.chart [role=img]').removeAttribute('aria-label')", "role-img-alt"),
        ("document.querySelector('main p').style.color = '#ccc'", "color-contrast"),
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
    ],
)
def test_axe_finds_what_is_wrong(chromium: Browser, pages: list[Path], spoiled: str, fault: str) -> None:
    with opened(chromium, pages[0], bypass_csp=True) as (page, _):
        page.evaluate(spoiled)
        assert fault in {line.split(":")[0] for line in audit(page)}
