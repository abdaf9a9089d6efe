"""The map of basins: what is coloured, numbered and left blank."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.typing import NDArray

from engine.pictures.basins import BasinMap, basin_colours, compose_basins, draw_basins, middles
from engine.pictures.signs import Mark
from engine.pictures.theme import Theme, palette
from engine.pictures.words import Word

SIDE = 61
WINDOW = ((-3.0, 3.0), (-3.0, 3.0))
ENDS = (Mark((-1.0, 0.0), "local minimum"), Mark((1.0, 0.0), "local minimum"))


def halves() -> NDArray[np.int64]:
    """Return a grid whose left leads to 1, whose right leads to 2, and whose top row leads nowhere."""
    numbers = np.ones((SIDE, SIDE), dtype=np.int64)
    numbers[:, 30:] = 2
    numbers[-6:] = 0
    return numbers


@pytest.fixture
def wells() -> BasinMap:
    return BasinMap(("x", "y"), WINDOW, halves(), ENDS, "wells", "evidence")


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_each_start_has_the_colour_of_its_end(
    wells: BasinMap, theme: Theme, pixels: Callable[[bytes], NDArray[np.int64]], colour: Callable[[str], Any]
) -> None:
    picture = pixels(draw_basins(wells, theme))
    shades = [palette(theme).card, *basin_colours(2, palette(theme))]
    for at, number in (((-2.0, -2.0), 1), ((2.0, -2.0), 2), ((2.0, 2.9), 0)):
        x, y = round(104 + (at[0] + 3) / 6 * 650), round(62 + (3 - at[1]) / 6 * 650)
        assert tuple(picture[y, x]) == colour(shades[number])


def test_each_end_has_its_number_beside_it(wells: BasinMap, words: Callable[[Figure], list[str]]) -> None:
    assert {"1", "2"} <= set(words(compose_basins(wells, "dark")))


def test_a_part_far_from_its_end_has_the_number_too(words: Callable[[Figure], list[str]]) -> None:
    numbers = halves()
    numbers[:12, :12] = 2
    shown = words(compose_basins(BasinMap(("x", "y"), WINDOW, numbers, ENDS), "dark"))
    assert shown.count("2") > words(compose_basins(BasinMap(("x", "y"), WINDOW, halves(), ENDS), "dark")).count("2")


def test_what_has_no_colour_is_explained(wells: BasinMap, words: Callable[[Figure], list[str]]) -> None:
    whole = BasinMap(("x", "y"), WINDOW, np.ones((SIDE, SIDE), dtype=np.int64), ENDS)
    assert "no colour:" in words(compose_basins(wells, "light"))
    assert "no colour:" not in words(compose_basins(whole, "light"))


def test_a_map_without_ends_is_drawn(words: Callable[[Figure], list[str]]) -> None:
    empty = BasinMap(("x", "y"), WINDOW, np.zeros((SIDE, SIDE), dtype=np.int64), ())
    assert "no colour:" in words(compose_basins(empty, "dark"))


def test_each_part_of_a_shape_has_a_middle() -> None:
    inside = np.zeros((20, 20), dtype=bool)
    inside[2:9, 2:9] = inside[12:17, 10:19] = True
    assert sorted(middles(inside)) == [(5, 5), (14, 14)]


def test_a_part_too_narrow_for_a_number_has_no_middle() -> None:
    inside = np.zeros((20, 20), dtype=bool)
    inside[:, 4:6] = True
    assert middles(inside) == []


@pytest.mark.parametrize(
    ("numbers", "ends"),
    [
        (np.full((3, 3), 3), ENDS),
        (np.full((3, 3), -1), ENDS),
        (np.zeros((3, 3), dtype=int), (Mark((9.0, 0.0), "local minimum"),)),
        (np.zeros((3, 3), dtype=int), ENDS * 5),
    ],
)
def test_what_does_not_fit_is_refused(numbers: NDArray[np.int64], ends: tuple[Mark, ...]) -> None:
    with pytest.raises(ValueError, match="end"):
        BasinMap(("x", "y"), WINDOW, numbers, ends)


def test_the_legend_of_nine_ends_stays_on_the_sheet() -> None:
    many = tuple(Mark((-2.7182818 + 0.6 * k, -1.4142136), "local minimum") for k in range(9))
    figure = compose_basins(BasinMap(("x", "y"), WINDOW, np.zeros((SIDE, SIDE), dtype=np.int64), many), "dark")
    low = min(artist.at[1] for artist in figure.artists if isinstance(artist, Word) and artist.at[0] > 104 + 650)
    assert low > 10
