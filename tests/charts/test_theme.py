"""Colours that can be read: against white, by colour-blind readers, and never as the only cue."""

from itertools import combinations

import altair as alt
import polars as pl
import pytest

from analysis.charts import theme
from analysis.charts.answering import FAINT
from analysis.charts.flow_of_year import CARRIED
from analysis.codebook import Codebook

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
BLINDNESS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    "none": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted([luminance(one), luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def seen(colour: str, blindness: str) -> list[float]:
    """CIE L*a*b* of a colour as somebody sees it."""
    rgb = linear(colour)
    red, green, blue = (sum(w * c for w, c in zip(row, rgb, strict=True)) for row in BLINDNESS[blindness])
    xyz = [
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    ]
    x, y, z = (max(part, 0.0) ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in xyz)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


def difference(one: str, other: str, blindness: str) -> float:
    pairs = zip(seen(one, blindness), seen(other, blindness), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


@pytest.mark.parametrize("colour", [*theme.PALETTE, theme.BAR, theme.ACCENT, theme.MUTED, CARRIED])
def test_graphics_reach_three_to_one_on_white(colour: str) -> None:
    assert contrast(colour, theme.PAPER) >= 3


@pytest.mark.parametrize("colour", [theme.INK, theme.MUTED, theme.ACCENT])
@pytest.mark.parametrize("ground", [theme.PAPER, theme.GROUND])
def test_text_reaches_four_and_a_half_to_one(colour: str, ground: str) -> None:
    assert contrast(colour, ground) >= 4.5


@pytest.mark.parametrize("ground", [theme.TINT, theme.BAND])
def test_dark_numbers_can_be_read_on_pale_grounds(ground: str) -> None:
    assert contrast(theme.INK, ground) >= 4.5


@pytest.mark.parametrize("ground", theme.PALETTE)
def test_dark_numbers_can_be_read_on_slices_that_do_not_stand_out(ground: str) -> None:
    faint = [round(255 * (1 - FAINT) + int(ground[at : at + 2], 16) * FAINT) for at in (1, 3, 5)]
    assert contrast(theme.INK, "#" + "".join(f"{part:02x}" for part in faint)) >= 4.5


def test_a_part_stands_out_from_the_whole_behind_it() -> None:
    assert contrast(theme.BAR, theme.TINT) >= 3


@pytest.mark.parametrize("colour", [*theme.PALETTE, theme.BAR])
def test_white_numbers_can_be_read_on_every_slice(colour: str) -> None:
    assert contrast(theme.PAPER, colour) >= 4.5


def test_the_tick_of_the_year_before_stands_out_from_its_bar() -> None:
    assert contrast(theme.INK, theme.BAR) >= 3


@pytest.mark.parametrize("blindness", list(BLINDNESS))
def test_colours_that_lie_next_to_each_other_differ_for_everybody(blindness: str) -> None:
    for one, other in zip(theme.PALETTE, theme.PALETTE[1:], strict=False):
        assert difference(one, other, blindness) >= 17, (one, other)


@pytest.mark.parametrize("blindness", list(BLINDNESS))
def test_no_two_colours_of_the_palette_are_the_same_for_anybody(blindness: str) -> None:
    for one, other in combinations(theme.PALETTE, 2):
        assert difference(one, other, blindness) >= 7.5, (one, other)


@pytest.mark.parametrize("blindness", list(BLINDNESS))
def test_what_is_carried_over_differs_from_its_neighbours_in_the_stack(blindness: str) -> None:
    for other in (theme.BAR, theme.ACCENT, *theme.PALETTE):
        assert difference(CARRIED, other, blindness) >= 10, other


def test_two_scopes_differ_in_colour_and_dash() -> None:
    assert all(one != other for one, other in combinations(theme.DASHES, 2))


def test_the_theme_is_on_and_its_fonts_hold_chinese() -> None:
    assert alt.theme.active == "disclosure"
    assert "Noto Sans CJK SC" in theme.FONT
    assert "Microsoft YaHei" in theme.FONT


def test_numbers_on_an_axis_are_grouped_as_the_language_does(book: Codebook) -> None:
    labels = theme.number_axis(book).to_dict()["labelExpr"]
    assert ("万" in labels) == (book.language == "zh")


def test_room_for_labels_does_not_depend_on_the_machine_s_fonts() -> None:
    assert theme.room(["予以公开", "无"], limit=128) == 52
    assert theme.room(["未经复议直接起诉总计未经复议"], limit=128) == 128


@pytest.mark.parametrize("values", [[], [0.0], [5.0, 90.0], [0.0, 40.0, 44.0]])
def test_sizes_that_are_alike_stand_on_a_plain_scale_from_0(values: list[float]) -> None:
    scale, ticks = theme.sizes(pl.Series(values, dtype=pl.Float64))
    assert scale.to_dict() == {"domain": [0, pytest.approx(max([*values, 1.0]) * 1.08)], "nice": False}
    assert ticks is None


def test_sizes_far_apart_stand_on_a_log_like_scale_with_0_and_powers_of_ten() -> None:
    scale, ticks = theme.sizes(pl.Series([3.0, 900.0]))
    assert scale.to_dict() == {"type": "symlog", "constant": 1, "domain": [0, 1000], "nice": False}
    assert ticks == [0, 1, 10, 100, 1000]
