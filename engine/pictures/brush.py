"""Painting on the pixels of a finished picture: lines, heads and short texts, in few colours.

A shape is painted several times larger and made smaller again, which gives it smooth edges: a pixel is then
covered not at all, half, or wholly. Every path has a border in the card's colour, so that it is seen on any band.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from engine.pictures.theme import Palette
from engine.pictures.words import FONT

Pixels = NDArray[np.uint8]
Place = tuple[float, float]

_COLOURS: Final = 40
_CARD: Final = 2 * _COLOURS
_INKS: Final = _CARD + 1
_LIGHTEST: Final = 2  # the path colour that is also the text's
_FINER: Final = 4
_LINE, _STEP, _HEAD, _BORDER = 2.4, 2.6, 5.5, 1.8
_TEXT: Final = 13
_ROUND: Final = 3  # room round a label for its border
_HALF, _WHOLE = 64, 192  # of 255: from here on a pixel counts as half covered, as covered


class Edges(NamedTuple):
    """A rectangle of pixels, without its right and lower edge."""

    left: int
    top: int
    right: int
    bottom: int

    def slices(self) -> tuple[slice, slice]:
        """Return what cuts it out of an array of rows."""
        return slice(self.top, self.bottom), slice(self.left, self.right)

    @classmethod
    def around(cls, boxes: Iterable["Edges | None"]) -> "Edges":
        """Return the smallest rectangle that holds all of some."""
        left, top, right, bottom = zip(*(each for each in boxes if each), strict=True)
        return cls(min(left), min(top), max(right), max(bottom))


@dataclass(slots=True, eq=False)
class Brush:
    """A picture in 40 colours, and what has been painted on it.

    under:  the number of the colour of each pixel below the paint.
    border: 0, 1 or 2: whether a path's border covers the pixel not at all, half, or wholly.
    paint:  0, or for path k 1 + 2k where it covers the pixel half, 2 + 2k where it does so wholly.
    """

    under: Pixels
    border: Pixels
    paint: Pixels
    colours: Pixels
    inside: Edges

    @classmethod
    def on(cls, picture: Image.Image, colours: Palette, inside: Edges) -> "Brush":
        """Return a brush for a picture; nothing is painted outside of the edges (left, top, right, bottom)."""
        flat = picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        under = np.asarray(flat, dtype=np.uint8)
        known = np.array(flat.getpalette(), float).reshape(-1, 3)[:_COLOURS]
        base = np.vstack([known, np.zeros((_COLOURS - len(known), 3))])
        card, *inks = (_rgb(each) for each in (colours.card, *colours.routes))
        shades = [shade for ink in inks for shade in ((card + ink) / 2, ink)]
        table = np.vstack([base, (base + card) / 2, card, *shades]).round().astype(np.uint8)
        return cls(under, np.zeros_like(under), np.zeros_like(under), table, inside)

    def copy(self) -> "Brush":
        """Return the same with paint of its own."""
        return replace(self, border=self.border.copy(), paint=self.paint.copy())

    def all(self) -> Edges:
        """Return the whole picture."""
        height, width = self.under.shape
        return Edges(0, 0, width, height)

    def pixels(self, box: Edges) -> Pixels:
        """Return the number of the colour that is seen at each pixel of a rectangle."""
        cut = box.slices()
        border, paint = self.border[cut], self.paint[cut]
        seen = self.under[cut] + np.uint8(_COLOURS) * (border == 1)
        seen[border > 1] = _CARD
        return np.where(paint > 0, paint + np.uint8(_CARD), seen)

    def line(self, number: int, places: Sequence[Place]) -> Edges | None:
        """Paint the line through places, with a dot on each; return where, None where nothing is inside."""
        return self._shape(number, places, _LINE / 2, _STEP) if places else None

    def head(self, number: int, place: Place) -> Edges | None:
        """Paint a large dot; return where."""
        return self._shape(number, [place], 0.0, _HEAD)

    def label(self, number: int, text: str, place: Place) -> None:
        """Write a short text above the right of a place, in the colour of a path."""
        left, _, right, bottom = (math.ceil(each) for each in _font().getbbox(text))
        size = (right - left + 2 * _ROUND, bottom + 2 * _ROUND)
        core = Image.new("L", size)
        ImageDraw.Draw(core).text((_ROUND - left, _ROUND), text, fill=255, font=_font())
        x, y = round(place[0] + _HEAD), round(place[1] - _HEAD - size[1])
        x, y = min(max(x, self.inside.left), self.inside.right - size[0]), max(y, self.inside.top)
        self._lay(
            number, Edges(x, y, x + size[0], y + size[1]), core.filter(ImageFilter.MaxFilter(_ROUND * 2 - 1)), core
        )

    def room(self, right: Place) -> Edges:
        """Return where `write` writes."""
        width, height = _room()
        left, top = round(right[0]) - width, round(right[1]) - height // 2
        return Edges(left, top, left + width, top + height)

    def write(self, seen: Pixels, text: str, right: Place) -> None:
        """Write a short text on the pixels seen, so that it ends at a place."""
        mask = _written(text)
        ink = _INKS + 2 * _LIGHTEST
        level = np.where(mask < _HALF, _CARD, np.where(mask < _WHOLE, ink, ink + 1))
        seen[self.room(right).slices()] = level

    def _shape(self, number: int, places: Sequence[Place], half: float, dot: float) -> Edges | None:
        reach = dot + _BORDER + 1
        array = np.array(places)
        low, high = np.floor(array.min(axis=0) - reach), np.ceil(array.max(axis=0) + reach)
        left, top = (max(int(a), b) for a, b in zip(low, self.inside[:2], strict=True))
        right, bottom = (min(int(a), b) for a, b in zip(high, self.inside[2:], strict=True))
        if left >= right or top >= bottom:
            return None
        size = (right - left, bottom - top)
        moved = (array - (left, top)) * _FINER
        border, core = (_covered(size, moved, half + extra, dot + extra) for extra in (_BORDER, 0.0))
        touched = Edges(left, top, right, bottom)
        self._lay(number, touched, border, core)
        return touched

    def _lay(self, number: int, where: Edges, wide: Image.Image, narrow: Image.Image) -> None:
        """Lay a shape and its border on a rectangle, given by how much of each pixel they cover, 0 to 255."""
        border, core, box = np.asarray(wide), np.asarray(narrow), where.slices()
        edge = (border >= _HALF).astype(np.uint8) + (border >= _WHOLE)
        np.maximum(self.border[box], edge, out=self.border[box])
        level = (core >= _HALF).astype(np.uint8) + (core >= _WHOLE)
        # the border of what is painted now lies over what was painted before
        mine = self.paint[box]
        mine[(edge > 1) & (level == 0)] = 0
        mine[level > 0] = 2 * number + level[level > 0]


def _covered(size: tuple[int, int], places: NDArray[np.float64], half: float, dot: float) -> Image.Image:
    """Return how much of each pixel a line with dots covers, 0 to 255."""
    large = Image.new("L", (size[0] * _FINER, size[1] * _FINER))
    pen = ImageDraw.Draw(large)
    corners = [(float(x), float(y)) for x, y in places]
    if half and len(corners) > 1:
        pen.line(corners, fill=255, width=round(2 * half * _FINER), joint="curve")
    reach = dot * _FINER
    for x, y in corners:
        pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=255)
    return large.reduce(_FINER)


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, _TEXT)


@cache
def _room() -> tuple[int, int]:
    return round(_font().getlength("step 0000")) + 6, _TEXT + 8


def _written(text: str) -> Pixels:
    """Return how much of each pixel a text covers."""
    image = Image.new("L", _room())
    ImageDraw.Draw(image).text((image.width - 3, 3), text, fill=255, font=_font(), anchor="ra")
    return np.asarray(image)


def _rgb(colour: str) -> NDArray[np.float64]:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], float)
