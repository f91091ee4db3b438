"""A page by keyboard alone: everything is reached in reading order, seen when it is, and nothing holds the reader."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from browser.visiting import PHONE, opened

LEAST = 24  # CSS pixels that a target is wide and high
REACHED = "a[href], button, summary, input, select, [tabindex='0'], .scroll"
# Number the places that a reader is to reach, in the order of the document.
NUMBER = f"""() => {{
  const places = [...document.querySelectorAll("{REACHED}")].filter((place) => place.checkVisibility() &&
    (!place.matches(".scroll:not([tabindex])") || place.scrollWidth > place.clientWidth));
  places.forEach((place, number) => place.dataset.number = number);
  return places.length;
}}"""
FOCUSED = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const {outlineStyle, outlineWidth} = getComputedStyle(focused), box = focused.getBoundingClientRect();
  return {
    number: Number(focused.dataset.number ?? -1), html: focused.outerHTML.slice(0, 80),
    seen: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && box.width > 0 && box.top < innerHeight
      && box.bottom > 0 && box.left >= 0,
  };
}"""
SMALL = f"""() => [...document.querySelectorAll("button, summary, nav a, .pages a, input, select")]
  .filter((place) => place.checkVisibility())
  .map((place) => [place.outerHTML.slice(0, 80), place.getBoundingClientRect()])
  .filter(([, box]) => box.width < {LEAST} || box.height < {LEAST})
  .map(([html, box]) => `${{html}} ${{box.width.toFixed(1)}} x ${{box.height.toFixed(1)}}`)"""


def walk(page: Page) -> list[dict[str, Any]]:
    """Where the Tab key leads from the top of a page until it leaves it."""
    places: int = page.evaluate(NUMBER)
    met: list[dict[str, Any]] = []
    for _ in range(places + 5):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None or (met and focused["number"] == met[0]["number"]):
            break
        met.append(focused)
    assert [place["number"] for place in met] == list(range(places)), [place["html"] for place in met]
    return met


def test_everything_is_reached_in_reading_order_and_seen(chromium: Browser, pages: list[Path]) -> None:
    for path in pages:
        with opened(chromium, path) as (page, _):
            met = walk(page)
            assert met, path.name
            assert [place["html"] for place in met if not place["seen"]] == [], path.name


def test_the_first_key_offers_to_skip_to_the_content(chromium: Browser, pages: list[Path]) -> None:
    for path in pages:
        with opened(chromium, path) as (page, _):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.matches('.skip')"), path.name
            page.keyboard.press("Enter")
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.closest('#content') !== null"), path.name


def test_a_table_opens_and_closes_by_key(chromium: Browser, pages: list[Path]) -> None:
    with opened(chromium, pages[0]) as (page, _):
        closed = page.locator("details:not([open])").first.element_handle()
        closed.query_selector("summary").focus()
        page.keyboard.press("Enter")
        assert closed.evaluate("details => details.open && details.querySelector('table').checkVisibility()")
        page.keyboard.press("Space")
        assert not closed.evaluate("details => details.open")


def test_escape_takes_the_words_at_the_pointer_away(chromium: Browser, pages: list[Path]) -> None:
    with opened(chromium, pages[0]) as (page, _):
        page.locator("figure.chart .role-mark :is(path, line)").first.hover(force=True)
        page.wait_for_selector(".tip:visible")
        assert page.locator(".tip").inner_text()
        page.keyboard.press("Escape")
        assert page.locator(".tip").is_hidden()


def test_targets_are_large_enough(chromium: Browser, pages: list[Path]) -> None:
    for path in pages:
        with opened(chromium, path, viewport=PHONE) as (page, _):
            assert page.evaluate(SMALL) == [], path.name
