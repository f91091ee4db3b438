"""Makes the pictures of the READMEs anew: the top of a dashboard and of the index, as a browser shows them.

python docs/pictures.py

Builds the featured dashboards in a folder of its own, opens two pages in headless Chromium and writes docs/*.png.
"""

import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from analysis import dashboards, facts

# Each picture: the page that it shows, and how much of it, in CSS pixels.
PICTURES = {
    "dashboard.png": ("yearly_dashboard-jiangsu-suqian-2024.html", 1280, 960),
    "index.png": ("index.html", 1280, 720),
}
COLOURS = 96  # enough for flat pages; a picture in a README should weigh less than a photograph
DOCS = Path(__file__).parent


def build(folder: Path) -> None:
    """The featured dashboards in `folder`; raises RuntimeError where one fails."""
    data = facts.load()
    outcomes = dashboards.build(dashboards.featured(data), data, folder, jobs=2, done=lambda _: None)
    if errors := [outcome.error for outcome in outcomes if outcome.error]:
        raise RuntimeError("; ".join(errors))


def picture(browser: Browser, page: Path, width: int, height: int) -> Image.Image:
    """The top of a page, its charts drawn."""
    context = browser.new_context(offline=True, viewport={"width": width, "height": height})
    tab = context.new_page()
    tab.goto(page.as_uri())
    if tab.locator("figure.chart").count():
        tab.wait_for_selector('html[data-charts="drawn"]', state="attached")
    shot = Image.open(io.BytesIO(tab.screenshot()))
    context.close()
    return shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)


def main() -> None:
    """Build, look, write."""
    with tempfile.TemporaryDirectory(prefix="disclosure-pictures-") as room, sync_playwright() as play:
        build(Path(room))
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        for name, (page, width, height) in PICTURES.items():
            picture(browser, Path(room) / page, width, height).save(DOCS / name, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
