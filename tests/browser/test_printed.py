"""A page on paper: A4, numbered, whole though its tables were closed, no heading alone, in real letters."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Browser

from browser.glyphs import alike, chinese
from browser.visiting import opened

A4 = (595, 842)  # points
MARGIN = re.compile(r"\A(?:.*\r\n){0,3}?(\d+) / (\d+)\r\n")  # Chromium writes it first: a running head, the number
BROKEN = "\ufffe"  # what PDFium reads for a hyphen at the end of a line
SCALE = 4  # pixels to a point of the picture in which letters are looked at
# What print shows of a page: its text; the same with words that are drawn twice in one place, for a halo, told once, as
# PDFium may find them; the heads of tables, which stand again on every sheet.
SHOWN = """() => {
  const told = (part, halo) => {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT), met = new Set();
    let text = "";
    while (walker.nextNode()) {
      const {parentElement: around, data} = walker.currentNode;
      if (around.closest("script, style, .skip, .tools, .tip, nav, summary, svg title")) continue;
      if (!around.checkVisibility() && !around.closest("details")) continue;
      const {x, y} = around.getBoundingClientRect(), place = `${data} ${x.toFixed()} ${y.toFixed()}`;
      if (halo || !around.closest("svg") || !met.has(place)) text += data;
      met.add(place);
    }
    return text;
  };
  const heads = [...document.querySelectorAll("thead")].map((head) => told(head, true));
  return [told(document.body, true), told(document.body, false), heads.join("")];
}"""
HEADINGS = """() => [...document.querySelectorAll("section:not(.silent) h2")].map((heading) => heading.textContent)"""
DETAILS = "() => [...document.querySelectorAll('details')].map((details) => details.open)"


@pytest.fixture(scope="module", params=["yearly_dashboard", "request_trends", "unit_comparison", "index"])
def printed(request: pytest.FixtureRequest, chromium: Browser, pages: list[Path]) -> Iterator["Printed"]:
    """A Chinese page printed: its sheets, and what it shows on a screen set to print."""
    path = next(page for page in pages if page.name.startswith(request.param))
    with opened(chromium, path) as (page, _):
        before = page.evaluate(DETAILS)
        paper = page.pdf(prefer_css_page_size=True)
        assert page.evaluate(DETAILS) == before
        page.emulate_media(media="print")
        with read(paper) as sheets:
            yield Printed(sheets, page.evaluate(SHOWN), page.evaluate(HEADINGS))


class Printed:
    """A printed page: its sheets, what stands on them, with margins and without; what it shows, its heads, headings."""

    def __init__(self, sheets: pypdfium2.PdfDocument, told: list[str], headings: list[str]) -> None:
        self.sheets = sheets
        self.texts = [sheet.get_textpage().get_text_range() for sheet in sheets]
        self.bodies = [plain(MARGIN.sub("", text)) for text in self.texts]
        self.shown, self.once, self.heads = map(plain, told)
        self.headings = list(map(plain, headings))


@contextmanager
def read(paper: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The sheets of a PDF."""
    sheets = pypdfium2.PdfDocument(paper)
    try:
        yield sheets
    finally:
        sheets.close()


def plain(text: str) -> str:
    """The letters of a text: a printed letter may stand for several that look alike, and space is the printer's."""
    return re.sub(r"[\s\u200b]+", "", unicodedata.normalize("NFKC", text.replace(BROKEN, "-")))


def test_the_sheets_are_a4_and_numbered(printed: Printed) -> None:
    assert [tuple(map(round, sheet.get_size())) for sheet in printed.sheets] == [A4] * len(printed.texts)
    numbers = [MARGIN.search(text) for text in printed.texts]
    count = str(len(printed.texts))
    assert [found and found.groups() for found in numbers] == [(str(at + 1), count) for at in range(len(numbers))]


def test_everything_is_printed(printed: Printed) -> None:
    assert Counter(printed.once) - Counter("".join(printed.bodies)) == Counter()


def test_nothing_is_printed_but_what_the_page_shows(printed: Printed) -> None:
    added = Counter("".join(printed.bodies)) - Counter(printed.shown)
    again = set(printed.heads) | set("•1234567890.")  # heads of tables on a further sheet, marks of lists
    assert set(added) <= again


def test_no_heading_stands_last_on_its_sheet(printed: Printed) -> None:
    for heading in printed.headings:
        held = [text for text in printed.bodies if heading in text]
        assert held, heading
        assert not all(text.endswith(heading) for text in held), heading


def test_chinese_letters_are_printed_as_themselves(printed: Printed) -> None:
    sheet = printed.sheets[0]
    text, picture = sheet.get_textpage(), sheet.render(scale=SCALE).to_pil()
    letters: dict[str, Image.Image] = {}
    for at, letter in enumerate(text.get_text_range()[:120]):
        if chinese(letter) and letter not in letters:
            left, bottom, right, top = text.get_charbox(at)
            letters[letter] = picture.crop(
                tuple(round(SCALE * edge) for edge in (left, A4[1] - top, right, A4[1] - bottom))
            )
    assert len(letters) > 10
    assert alike(letters) == []
