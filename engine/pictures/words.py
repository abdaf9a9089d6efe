"""Text on plots: measured, cut to fit, written; never read as markup.

The font is named by its file, so that no setting and no font of the machine changes a picture.
"""

from functools import cache
from pathlib import Path
from typing import Final, Literal

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags

DPI: Final = 100
TITLE: Final = 24
TEXT: Final = 20
SMALL: Final = 18
FONT: Final = str(Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf")
Align = Literal["left", "middle", "right", "turned"]
_BACK: Final[dict[Align, float]] = {"left": 0.0, "middle": 0.5, "right": 1.0, "turned": 0.5}
_HALF_CAPITAL: Final = 0.36


@cache
def font(pixels: float) -> FontProperties:
    """Return the one font of all plots, so many pixels high."""
    return FontProperties(fname=FONT, size=pixels * 72 / DPI)


def printable(text: str) -> str:
    """Return the text on one line, with the replacement character for what the font cannot show."""
    face = get_font(FONT)
    return "".join(
        each if face.get_char_index(ord(each)) else "\N{REPLACEMENT CHARACTER}" for each in " ".join(text.split())
    )


def width_of(text: str, pixels: float) -> float:
    """Return how wide the text is drawn, in pixels, without kerning (so rather too much)."""
    return pixels * sum(map(_advance, text))


@cache
def _advance(character: str) -> float:
    """Return the width of a character over the size of the font: laying text out to measure it costs 50 times more."""
    glyph = get_font(FONT).load_char(ord(character), LoadFlags.NO_SCALE)
    return glyph.horiAdvance / get_font(FONT).units_per_EM


def fitted(text: str, pixels: float, width: float) -> str:
    """Return the printable text, cut with an ellipsis where it would be wider than that."""
    shown = printable(text)
    if width_of(shown, pixels) <= width:
        return shown
    while shown and width_of(shown + "…", pixels) > width:
        shown = shown[:-1]
    return shown.rstrip() + "…"


class Word(Artist):
    """A line of text that is never read as markup.

    It draws itself with the renderer's own call: the library's text is measured three times over
    and takes twice as long.
    """

    def __init__(self, at: tuple[float, float], text: str, pixels: float, colour: str, align: Align) -> None:
        super().__init__()
        self.set_zorder(4)
        self.at, self.text, self.pixels, self.colour, self.align = at, text, pixels, colour, align

    def draw(self, renderer: RendererBase) -> None:
        """Draw, with half the height of a capital below the place."""
        x, y = self.at
        back, low = _BACK[self.align] * width_of(self.text, self.pixels), _HALF_CAPITAL * self.pixels
        if self.align == "turned":
            self._put(renderer, x + low, y - back, 90)
        else:
            self._put(renderer, x - back, y - low, 0)

    def _put(self, renderer: RendererBase, x: float, y: float, angle: float) -> None:
        gc = renderer.new_gc()
        gc.set_foreground(self.colour)
        _, height = renderer.get_canvas_width_height()
        renderer.draw_text(gc, round(x), round(height - y), self.text, font(self.pixels), angle)
        gc.restore()


def write(
    figure: Figure, at: tuple[float, float], text: str, pixels: float, colour: str, align: Align = "left"
) -> None:
    """Write printable text that starts, has its middle or ends at a place; "turned" is upward."""
    figure.add_artist(Word(at, text, pixels, colour, align))
