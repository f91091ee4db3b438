"""Whether a picture shows something, and letters rather than the empty boxes of a font without them."""

import io
from collections.abc import Mapping
from itertools import combinations

from PIL import Image, ImageChops

SIDE = 24  # pixels to which a letter is brought before it is compared
INK = 100  # of 255: what is darker is part of a letter on white, or lighter on a dark ground


def colours(picture: bytes) -> int:
    """How many colours a picture has; a blank one has few."""
    return len(Image.open(io.BytesIO(picture)).convert("RGB").getcolors(1 << 24) or [])


def alike(letters: Mapping[str, Image.Image]) -> list[str]:
    """Letters without ink, and pairs of different letters that look the same."""
    shapes = {letter: _shape(picture) for letter, picture in letters.items()}
    blank = [letter for letter, shape in shapes.items() if shape.getextrema()[0] == shape.getextrema()[1]]
    same = [
        one + other
        for one, other in combinations(shapes, 2)
        if ImageChops.difference(shapes[one], shapes[other]).getbbox() is None
    ]
    return blank + same


def _shape(picture: Image.Image) -> Image.Image:
    """The picture's letter alone, black or white."""
    grey = picture.convert("L")
    return grey.resize((SIDE, SIDE)).point(lambda value: 255 * (value > INK))


def chinese(text: str) -> bool:
    """Whether a letter is a Chinese one."""
    return "\u4e00" <= text <= "\u9fff"
