"""The path of a descent on a contour map."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.typing import NDArray

from engine.pictures.contour import ContourMap, compose, draw
from engine.pictures.theme import Theme, palette

TRAIL = ((2.0, 1.0), (0.8, -0.8), (0.3, 0.6), (0.1, 0.1))


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_trail_has_the_colour_of_the_learners_own(
    theme: Theme, bowl: ContourMap, pixels: Callable[[bytes], NDArray[np.int64]], colour: Callable[[str], Any]
) -> None:
    plain = replace(bowl, point=None, arrow=None)
    accent = np.array(colour(palette(theme).accent))

    def count(chart: ContourMap) -> int:
        return int((pixels(draw(chart, theme)) == accent).all(axis=2).sum())

    assert count(replace(plain, trail=TRAIL)) > count(plain) + 500


def test_the_trail_goes_through_every_place(bowl: ContourMap, named: Callable[[Figure, str], list[Any]]) -> None:
    (line,) = named(compose(replace(bowl, trail=TRAIL), "dark"), "trail")
    across = np.diff(line.get_xdata()) / np.diff([x for x, _ in TRAIL])
    assert np.ptp(across) < 1e-6


def test_a_trail_that_leaves_the_map_is_cut_at_its_edge(
    bowl: ContourMap, named: Callable[[Figure, str], list[Any]]
) -> None:
    (line,) = named(compose(replace(bowl, trail=((0.0, 0.0), (1e300, -1e300))), "dark"), "trail")
    assert line.get_clip_box() is not None
    assert np.abs(line.get_xydata()).max() < 1e6


def test_a_trail_that_flies_off_keeps_its_direction(
    bowl: ContourMap, named: Callable[[Figure, str], list[Any]]
) -> None:
    straight = tuple((3.0 * far, 4.0 * far) for far in (0.0, 0.5, -40.0, 1e9, -1e90))
    (line,) = named(compose(replace(bowl, trail=straight), "dark"), "trail")
    across, up = np.diff(line.get_xydata(), axis=0).T
    # The map has equal axes, so that the direction on the sheet is that of the plane.
    assert up / across == pytest.approx(np.full(len(up), 4 / 3))


def test_the_legend_names_the_start(bowl: ContourMap, words: Callable[[Figure], list[str]]) -> None:
    assert {"start", "(2, 1)"} <= set(words(compose(replace(bowl, trail=TRAIL), "dark")))
