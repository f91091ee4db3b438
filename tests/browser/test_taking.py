"""What is taken along from a page, tables for a spreadsheet and charts as pictures: whole, safe and well named."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from nbformat import v4
from PIL import Image
from playwright.sync_api import Browser, Locator, Page

from analysis import codebook
from analysis.charts.exhibit import Cell, Exhibit, Table
from analysis.dashboards.page import render
from browser.glyphs import alike, chinese, colours
from browser.visiting import OPEN, opened

SVG = "{http://www.w3.org/2000/svg}"
MOST = 8  # tables taken from one page: of more than ten downloads Chromium drops some
PIXELS = 3  # of a picture to one of the chart
FORMULA = re.compile(r"^[\s\u200b]*[=+\-@＝＋－＠\t\r]")
FIGURE = re.compile(r"^[+-]?[\d.]+%?$")
NAME = re.compile(r"^[\w\-−]+\.(csv|svg|png)$")
# The Chinese letters of a chart's level words, each with its box in the chart.
LETTERS = """(svg) => {
  const origin = svg.getBoundingClientRect(), letters = {};
  for (const text of svg.querySelectorAll("text")) {
    const matrix = text.getScreenCTM();
    if (matrix.b || matrix.c) continue;
    [...text.textContent].forEach((letter, at) => {
      const {x, y, width, height} = text.getExtentOfChar(at);
      const [left, top] = [matrix.a * x + matrix.e - origin.x, matrix.d * y + matrix.f - origin.y];
      letters[letter] ??= [left, top, left + matrix.a * width, top + matrix.d * height];
    });
  }
  return letters;
}"""
ROWS = "(table) => [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent))"

Take = Callable[[Locator], tuple[str, bytes]]


@pytest.fixture
def page(chromium: Browser, pages: list[Path]) -> Iterator[Page]:
    with opened(chromium, pages[0]) as (page, heard):
        yield page
        assert (heard.said, [url for url in heard.asked if not url.startswith(("data:", "blob:"))]) == ([], [])


@pytest.fixture
def take(tmp_path: Path) -> Take:
    """Press a button; the name and the bytes of what comes."""

    def pressed(button: Locator) -> tuple[str, bytes]:
        with button.page.expect_download() as coming:
            button.click()
        coming.value.save_as(tmp_path / "taken")
        return coming.value.suggested_filename, (tmp_path / "taken").read_bytes()

    return pressed


def button(place: Page | Locator, kind: str) -> Locator:
    return place.locator(".tools button").filter(has_text=kind).first


def test_a_table_is_taken_whole(page: Page, take: Take) -> None:
    page.evaluate(OPEN)
    for section in page.locator("section:has(table)").all()[:MOST]:
        name, taken = take(button(section, "CSV"))
        shown = section.locator("table").first.evaluate(ROWS)
        assert NAME.match(name), name
        assert taken.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(taken.decode("utf-8-sig"), newline="")))
        assert [[cell.lstrip("'") for cell in row] for row in rows] == [
            [" ".join(cell.split()).lstrip("'") for cell in row] for row in shown
        ]


def test_no_cell_that_is_taken_is_a_formula(chromium: Browser, hostile: Path, take: Take) -> None:
    met = 0
    for path in sorted(hostile.glob("*-demo*.html")):
        with opened(chromium, path) as (page, _):
            page.evaluate(OPEN)
            for each in page.locator(".tools button").filter(has_text="CSV").all()[:MOST]:
                name, taken = take(each)
                assert NAME.match(name), name
                cells = [cell for row in csv.reader(io.StringIO(taken.decode("utf-8-sig"))) for cell in row]
                met += sum(bool(FORMULA.match(cell.removeprefix("'"))) for cell in cells if cell.startswith("'"))
                assert [cell for cell in cells if FORMULA.match(cell) and not FIGURE.match(cell)] == [], path.name
    assert met


def test_a_chart_is_taken_as_a_drawing_that_stands_alone(
    chromium: Browser, page: Page, take: Take, tmp_path: Path
) -> None:
    figure = page.locator("figure.chart").first
    name, taken = take(button(figure, "SVG"))
    assert NAME.match(name), name
    drawing = ElementTree.fromstring(taken)  # noqa: S314 our own drawing
    assert drawing.tag == f"{SVG}svg"
    assert drawing[0].tag == f"{SVG}title"
    assert drawing[0].text == figure.get_by_role("img").get_attribute("aria-label")
    assert not re.search(rb"<(script|image|foreignObject)|href=\"(?!#)|url\((?!#)", taken)
    alone = tmp_path / "alone.svg"
    alone.write_bytes(taken)
    with opened(chromium, alone, live=False) as (shown, heard):
        assert (heard.asked, heard.said) == ([], [])
        words = shown.evaluate("[...document.querySelectorAll('text')].map((text) => text.textContent)")
        assert sorted("".join(words)) == sorted("".join(figure.locator("svg text").all_text_contents()))
        assert colours(shown.screenshot()) > 20


def test_a_chart_is_taken_as_a_picture_in_real_letters(page: Page, take: Take) -> None:
    figure = page.locator("figure.chart").filter(has=page.locator("text")).first
    name, taken = take(button(figure, "PNG"))
    assert NAME.match(name), name
    assert taken.startswith(b"\x89PNG\r\n")
    svg, picture = figure.locator("svg"), Image.open(io.BytesIO(taken))
    width, height = (float(str(svg.get_attribute(side))) for side in ("width", "height"))
    assert picture.size == (PIXELS * round(width), PIXELS * round(height))
    assert colours(taken) > 20
    scale = picture.width / svg.bounding_box()["width"]
    boxes = {letter: box for letter, box in svg.evaluate(LETTERS).items() if chinese(letter)}
    assert len(boxes) > 5
    opaque = Image.new("RGBA", picture.size, "white")
    opaque.alpha_composite(picture.convert("RGBA"))
    assert alike({letter: opaque.crop([round(scale * edge) for edge in box]) for letter, box in boxes.items()}) == []


def test_a_table_in_blocks_is_taken_as_one(chromium: Browser, take: Take, tmp_path: Path) -> None:
    years = list(map(str, range(2008, 2026)))
    rows = [[Cell(f"row {row}"), *[Cell(f"{row}{year}", "number") for year in years]] for row in range(3)]
    book = codebook.load("en")
    shown = [
        Exhibit("whose", "A unit", book, block="masthead", content={"facts": [], "notice": ""}),
        Exhibit("what", "a finding", book, table=Table("all", ["first", *years], rows), table_open=True),
    ]
    cells = [
        v4.new_code_cell(
            outputs=[
                v4.new_output("display_data", {"text/html": exhibit._html(part)}, metadata={"disclosure": about})
                for part, about in (("head", exhibit._about()), ("foot", {}))
            ]
        )
        for exhibit in shown
    ]
    path = tmp_path / "wide.html"
    path.write_text(render(v4.new_notebook(cells=cells), notebook="wide"), encoding="utf-8")
    with opened(chromium, path) as (page, _):
        assert page.locator("table").count() == 2
        _, taken = take(button(page, "CSV"))
    assert list(csv.reader(io.StringIO(taken.decode("utf-8-sig"), newline=""))) == [
        ["first", *years],
        *[[cell.text for cell in row] for row in rows],
    ]
