"""Opening a page in a browser without a network, and noting all that it does."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request
from selectolax.lexbor import LexborHTMLParser, LexborNode

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
DRAWN = 'html[data-charts="drawn"]'
HEARKEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""
CHARTS = """() => [...document.querySelectorAll("figure.chart svg")].map((svg) => {
  const {width, height} = svg.getBoundingClientRect();
  const seen = (shape) => { const box = shape.getBoundingClientRect(); return box.width + box.height > 0; };
  return {
    name: svg.closest("[role=img]")?.getAttribute("aria-label"),
    role: svg.closest("[role=img]") === svg || svg.ariaHidden === "true" ? "img" : null,
    width, height,
    shapes: [...svg.querySelectorAll(".role-mark :is(path, text, line, rect)")].filter(seen).length,
    words: [...svg.querySelectorAll("text")].map((text) => text.textContent).filter(Boolean),
  };
})"""
OPEN = "() => { for (const closed of document.querySelectorAll('details')) closed.open = true; }"
WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@dataclass
class Heard:
    """What a page asked for beside itself, what of that its own policy kept back, and whatever was said about it."""

    asked: list[str] = field(default_factory=list[str])
    kept: list[str] = field(default_factory=list[str])
    said: list[str] = field(default_factory=list[str])

    def failed(self, request: Request) -> None:
        """Notes a request that came to nothing."""
        if request.failure == "csp":
            self.kept.append(request.url)


@dataclass(frozen=True)
class Visit:
    """What opening a page came to: the charts in its file and alive, and its widths (needed, had) on two screens."""

    heard: Heard
    hacked: object
    still: list[dict[str, Any]]
    alive: list[dict[str, Any]]
    widths: dict[str, tuple[int, int]]


@contextmanager
def opened(
    browser: Browser, place: Path | str, *, live: bool = True, **choices: object
) -> Iterator[tuple[Page, Heard]]:
    """The page at `place`, its charts made to answer (unless not `live`), in a context of its own, offline."""
    address = place if isinstance(place, str) else place.as_uri()
    settings: dict[str, Any] = {"offline": True, "viewport": DESKTOP, **choices}
    context = browser.new_context(**settings)
    try:
        context.add_init_script(HEARKEN)
        page, heard = context.new_page(), Heard()
        page.on("request", lambda request: heard.asked.append(request.url))
        page.on("requestfailed", heard.failed)
        page.on("console", lambda message: heard.said.append(message.text))
        page.on("pageerror", lambda error: heard.said.append(str(error)))
        page.on("dialog", lambda dialog: (heard.said.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.goto(address)
        heard.asked.remove(address)
        if live and page.locator("figure.chart").count():
            page.wait_for_selector(DRAWN, state="attached")
        yield page, heard
    finally:
        context.close()


def visit(browser: Browser, path: Path) -> Visit:
    """What opening the page in `path` comes to, on a desk and on a phone."""
    with opened(browser, path) as (page, heard):
        alive = page.evaluate(CHARTS)
        wide = page.evaluate(WIDTHS)
        page.set_viewport_size(PHONE)
        narrow = page.evaluate(WIDTHS)
        heard.said += page.evaluate("window.violations")
        return Visit(heard, page.evaluate("window.hacked"), _still(path), alive, {"desk": wide, "phone": narrow})


def _still(path: Path) -> list[dict[str, Any]]:
    """The charts as they are drawn in the file."""
    tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
    return [
        {
            "name": svg.attributes["aria-label"],
            "role": svg.attributes["role"],
            "shapes": len(svg.css("path, rect, circle, line, polyline")),
            "words": [word for text in svg.css("text") for word in _words(text)],
        }
        for svg in tree.css("figure.chart svg")
    ]


def _words(text: LexborNode) -> list[str]:
    """What a text says: a word, or a letter for each of its places."""
    said = text.text()
    return list(said) if " " in (text.attributes.get("x") or "") else [said] if said else []


def changed(folder: Path, page: Path, old: str, new: str) -> Path:
    """A copy of `page` in `folder` in which `new` stands for the first `old`."""
    text = page.read_text(encoding="utf-8")
    assert old in text, old
    copy = folder / f"changed-{page.name}"
    copy.write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy
