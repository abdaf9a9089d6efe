"""The paper plots are drawn on: pixels, lines, arrows, axes.

Every place is in pixels from the lower left corner, so what a picture claims (a direction, a right
angle) can be computed before it is drawn. None of matplotlib's settings is changed.
"""

import math
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import IdentityTransform
from numpy.typing import NDArray

from engine.pictures.labels import ALL_DIGITS, number
from engine.pictures.levels import steps
from engine.pictures.theme import Palette
from engine.pictures.words import DPI, SMALL, TEXT, Align, printable, width_of, write

Window = tuple[tuple[float, float], tuple[float, float]]
Places = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the sheet, in pixels, and the part of the plane it shows."""

    left: float
    bottom: float
    width: float
    height: float
    window: Window

    def scale(self) -> tuple[float, float]:
        """Return the pixels per unit, across and up."""
        (x0, x1), (y0, y1) = self.window
        return self.width / (x1 - x0), self.height / (y1 - y0)

    def place(self, x: Any, y: Any) -> Places:  # noqa: ANN401 - numbers or arrays of them, as in numpy
        """Return the pixels of points of the plane, shape (..., 2)."""
        (x0, _), (y0, _) = self.window
        across, up = self.scale()
        return np.stack([self.left + (np.asarray(x) - x0) * across, self.bottom + (np.asarray(y) - y0) * up], axis=-1)


def is_drawable(low: float, high: float) -> bool:
    """Return whether an axis from low to high has a length that floats can scale."""
    return low < high and math.isfinite(high - low) and high - low > 1e-290


def sheet(width: float, height: float, colours: Palette) -> Figure:
    """Return an empty figure of that many pixels."""
    return Figure(figsize=(round(width) / DPI, round(height) / DPI), dpi=DPI, facecolor=colours.card)


def png(figure: Figure) -> bytes:
    """Return the drawn figure as an opaque PNG.

    Written here and without filters, since flat colours pack best so: half the time of the usual
    encoder, and smaller. Format: PNG specification, third edition, sections 5 and 11.
    """
    pixels = raster(figure)
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), dtype=np.uint8)
    rows[:, 1:] = pixels.reshape(height, -1)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.tobytes(), 3)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def raster(figure: Figure) -> NDArray[np.uint8]:
    """Return the pixels of the drawn figure, shape (height, width, 3)."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]  # the library leaves it untyped
    return np.asarray(canvas.buffer_rgba())[:, :, :3]  # type: ignore[no-untyped-call]  # the same


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def band_colours(count: int, colours: Palette) -> list[str]:
    """Return a colour for each band, lowest first, even steps of a perceptually uniform map."""
    name, first, last = colours.bands
    shades = [0.5] if count == 1 else [each / (count - 1) for each in range(count)]
    whole = colormaps[name]
    return [to_hex(whole(first + (last - first) * shade)) for shade in shades]


def line(figure: Figure, places: Places, **how: Any) -> None:  # noqa: ANN401 - matplotlib's own keywords
    """Draw a line or marks through places, shape (n, 2), in pixels."""
    figure.add_artist(Line2D(places[:, 0], places[:, 1], transform=IdentityTransform(), **how))


def fill(figure: Figure, outlines: Places, **how: Any) -> None:  # noqa: ANN401 - matplotlib's own keywords
    """Fill polygons, shape (n, corners, 2), in pixels."""
    figure.add_artist(PolyCollection(list(outlines), transform=IdentityTransform(), **how))


def arrows(tails: Places, tips: Places, thick: float) -> Places:
    """Return the outlines, shape (n, 7, 2), of straight arrows so many pixels thick."""
    along = tips - tails
    length = np.hypot(along[:, 0], along[:, 1])[:, None]
    along = along / length
    across = np.stack([-along[:, 1], along[:, 0]], axis=-1)
    neck = tips - along * np.minimum(4 * thick, 0.6 * length)
    half, barb = across * thick / 2, across * np.minimum(2 * thick, 0.35 * length)
    return np.stack([tails + half, neck + half, neck + barb, tips, neck - barb, neck - half, tails - half], axis=1)


def ticks(low: float, high: float, pixels: float, *, up: bool) -> dict[float, str]:
    """Return the marks of an axis so many pixels long, and their labels: six or fewer, none touching the next."""
    for count in (6, 5, 4, 3, 2):
        labels = {each: number(each, ALL_DIGITS) for each in steps(low, high, count)}
        needed = 2 * SMALL if up else max((width_of(each, SMALL) for each in labels.values()), default=0) + SMALL
        if len(labels) * needed <= pixels:
            return labels
    return {}


def axes(figure: Figure, frame: Frame, colours: Palette) -> Axes:
    """Return bare axes that fill the frame: places for what matplotlib computes in units of the plane."""
    width, height = figure.get_size_inches() * DPI
    box = (frame.left / width, frame.bottom / height, frame.width / width, frame.height / height)
    made = figure.add_axes(box, facecolor=colours.card, autoscale_on=False)
    made.set(xlim=frame.window[0], ylim=frame.window[1])
    made.set_axis_off()
    return made


def rule(figure: Figure, frame: Frame, names: tuple[str, str], colours: Palette) -> None:
    """Draw the frame with ticks, their labels and the names of the variables."""
    (x0, x1), (y0, y1) = frame.window
    left, bottom, right, top = frame.left, frame.bottom, frame.left + frame.width, frame.bottom + frame.height
    across, up = ticks(x0, x1, frame.width, up=False), ticks(y0, y1, frame.height, up=True)
    strokes = [[(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]]
    for value, label in across.items():
        x = float(frame.place(value, y0)[0])
        strokes.append([(x, bottom), (x, bottom - 6)])
        write(figure, (x, bottom - 19), label, SMALL, colours.ink, "middle")
    for value, label in up.items():
        y = float(frame.place(x0, value)[1])
        strokes.append([(left, y), (left - 6, y)])
        write(figure, (left - 11, y), label, SMALL, colours.ink, "right")
    _strokes(figure, strokes, colours.quiet)
    middle = ((left + right) / 2, (bottom + top) / 2)
    write(figure, (middle[0], bottom - 46), printable(names[0]), TEXT, colours.ink, "middle")
    up_name = printable(names[1])
    turned: Align = "turned" if width_of(up_name, TEXT) > 26 else "middle"
    write(figure, (22, middle[1]), up_name, TEXT, colours.ink, turned)


def _strokes(figure: Figure, strokes: list[list[tuple[float, float]]], colour: str) -> None:
    """Draw many lines as one, which is much faster."""
    places = [each for stroke in strokes for each in (*stroke, (np.nan, np.nan))]
    line(figure, np.array(places), color=colour, linewidth=1)


def tags(figure: Figure, places: Places, texts: Sequence[str], colours: Palette) -> None:
    """Write labels into boxes (middle and half size, shape (n, 4)), on patches of the card's colour."""
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
    outlines = places[:, None, :2] + places[:, None, 2:] * corners
    fill(figure, outlines, facecolors=colours.card, linewidths=0, alpha=0.7)
    for (x, y), text in zip(places[:, :2], texts, strict=True):
        write(figure, (x, y), text, SMALL, colours.ink, "middle")
