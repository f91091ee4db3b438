import gzip
import json
import re
from base64 import b64decode
from html import unescape
from io import BytesIO
from typing import Any

import altair as alt
import polars as pl
import pytest
import vl_convert
from PIL import Image, ImageChops

from analysis.charts import theme
from analysis.dashboards import drawing

HOSTILE = '</text><script>alert(1)</script>"'


def spec(*names: str, description: str = "three bars") -> dict[str, Any]:
    """A chart with bars that are half transparent, labels, a rule and a title."""
    frame = pl.DataFrame({"name": names or ["a", "b", "c"], "size": [1.5, 7 / 3, 0.123456]})
    base = alt.Chart(frame).encode(alt.X("size:Q"), alt.Y("name:N"))
    layers = base.mark_bar(opacity=0.25), base.mark_text(dx=9).encode(alt.Text("name:N")), base.mark_rule(color="red")
    layers += (base.mark_text(angle=30).encode(alt.Text("size:Q")),)
    return alt.layer(*layers, title="Sizes", width=theme.WIDTH, description=description).to_dict()


def picture(svg: str) -> Image.Image:
    """What a drawing looks like."""
    return Image.open(BytesIO(vl_convert.svg_to_png(svg, scale=2))).convert("RGB")


def tiles() -> dict[str, Any]:
    """A map of tiles, most of them alike, with a letter or a number on each."""
    cells = [
        {"x": x, "y": y, "said": str(x * y) if x * y % 3 == 0 else "×", "held": x * y % 5 == 0}
        for x in range(9)
        for y in range(7)
    ]
    base = alt.Chart(pl.DataFrame(cells)).encode(alt.X("x:O"), alt.Y("y:O"))
    tile = base.mark_rect(stroke="gray", strokeWidth=0.5).encode(
        color=alt.condition(alt.datum.held, alt.value("steelblue"), alt.value("white"))
    )
    return alt.layer(tile, base.mark_text().encode(alt.Text("said:N")), description="tiles").to_dict()


@pytest.mark.parametrize(("given", "shrinks"), [(spec(), 2), (tiles(), 5)], ids=["bars", "tiles"])
def test_a_slim_drawing_looks_like_vega_s_own(given: dict[str, Any], shrinks: int) -> None:
    vega = vl_convert.vegalite_to_svg(given, vl_version=drawing.VEGALITE)
    slim = str(drawing.svg(given, 1))
    dressed = slim.replace("<svg ", f'<svg font-family="{theme.FONT}" ', 1)  # in a page its font is the page's
    assert len(slim) < len(vega) / shrinks
    apart = ImageChops.difference(picture(vega), picture(dressed)).convert("L")
    assert picture(vega).getbbox() is not None
    assert sum(count for shade, count in enumerate(apart.histogram()) if shade > 64) == 0


def test_what_is_seen_through_keeps_its_place_above_what_it_covers() -> None:
    frame = pl.DataFrame({"x": [1, 2], "x2": [5, 6]})
    bars = alt.Chart(frame).mark_bar(opacity=0.5).encode(alt.X("x:Q"), alt.X2("x2:Q"), alt.YValue(20))
    given = bars.properties(description="two bars, one over the other").to_dict()
    assert len(re.findall(r'<path[^>]+opacity="0.5"', drawing.svg(given, 1))) == 2


def test_a_drawing_says_in_words_what_it_shows() -> None:
    assert 'role="img" aria-label="three bars"' in drawing.svg(spec(), 1)


def test_texts_of_a_drawing_are_text() -> None:
    svg = drawing.svg(spec(HOSTILE, "b", "c", description=HOSTILE), 1)
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg


def test_no_two_drawings_of_a_page_share_an_id_and_each_has_the_same_in_every_build() -> None:
    clipped = alt.Chart(pl.DataFrame({"x": [1, 2]})).mark_line(clip=True).encode(alt.X("x:Q"), alt.Y("x:Q"))
    given = clipped.properties(description="clipped").to_dict()
    ids = [set(re.findall(r'id="([^"]+)"', drawing.svg(given, number))) for number in (1, 2)]
    assert all(ids)
    assert not ids[0] & ids[1]
    assert drawing.svg(given, 1) == drawing.svg(given, 1)
    used = re.search(r"url\(#([^)]+)\)", drawing.svg(given, 2))
    assert used
    assert used[1] in ids[1]


def test_a_text_that_looks_like_an_id_stays_as_it_is() -> None:
    told = 'see url(#clip) id="clip"'
    assert told in unescape(drawing.svg(spec(told, "b", "c"), 1))


def unpacked(text: str) -> dict[str, Any]:
    return json.loads(gzip.decompress(b64decode(text)))


def test_charts_are_packed_with_one_configuration_and_the_same_bytes_each_time() -> None:
    packed = drawing.packed([spec(), spec("x", "y", "z")])
    assert packed == drawing.packed([spec(), spec("x", "y", "z")])
    held = unpacked(packed)
    assert held["config"] == spec()["config"]
    assert [{**own, "config": held["config"], "$schema": spec()["$schema"]} for own in held["specs"]] == [
        spec(),
        spec("x", "y", "z"),
    ]


def test_a_page_without_charts_packs_none() -> None:
    assert unpacked(drawing.packed([])) == {"config": {}, "specs": []}


def test_a_chart_with_a_configuration_of_its_own_is_refused() -> None:
    other = spec() | {"config": {"background": "red"}}
    with pytest.raises(ValueError, match="differ in their configuration"):
        drawing.packed([spec(), other])
