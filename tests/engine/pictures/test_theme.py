from collections.abc import Callable
from itertools import pairwise

import pytest

from engine.pictures.sheet import band_colours
from engine.pictures.theme import Theme, palette

Colour = Callable[[str], tuple[int, int, int]]


def luminance(colour: tuple[int, int, int]) -> float:
    """Relative luminance as the accessibility guidelines define it (WCAG 2.2)."""
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("what", ["ink", "quiet", "curve", "accent"])
def test_what_is_written_or_drawn_on_the_card_is_readable(theme: Theme, what: str, colour: Colour) -> None:
    colours = palette(theme)
    assert contrast(colour(getattr(colours, what)), colour(colours.card)) >= 4.5


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_ink_stands_out_on_every_band(theme: Theme, colour: Colour) -> None:
    colours = palette(theme)
    assert all(contrast(colour(colours.ink), colour(band)) >= 3 for band in band_colours(14, colours))


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_higher_band_is_lighter(theme: Theme, colour: Colour) -> None:
    shades = [luminance(colour(band)) for band in band_colours(14, palette(theme))]
    assert all(low < high for low, high in pairwise(shades))
