"""A page is small enough for an e-mail, and for a slow line where it shares style and script with others."""

from pathlib import Path

from analysis import notebooks
from analysis.dashboards import Dashboard, page

MEGABYTE = 1_000_000
LARGEST = 1.2 * MEGABYTE
LARGEST_SHARED = 150_000


def test_a_yearly_dashboard_is_small_enough_for_an_e_mail(edition: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in edition.glob("yearly_dashboard-*.html")}
    assert len(sizes) > 10
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}


def test_a_page_that_shares_style_and_script_is_small(edition: Path, shown: list[Dashboard]) -> None:
    assets = sum(len(asset.text.encode()) for asset in page.assets())
    sizes = {path.name: path.stat().st_size - assets for path in edition.glob("*-*.html")}
    del sizes["index-en.html"]
    assert {name: size for name, size in sizes.items() if size > LARGEST_SHARED} == {}
    one = shown[0]
    shared = page.render(notebooks.run(one.notebook, one.parameters), notebook=one.notebook, shared=True)
    assert abs(len(shared.encode()) - sizes[one.file]) < 200
