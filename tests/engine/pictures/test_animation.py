"""Paths that grow on a contour map."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image, ImageSequence

from engine.pictures.animation import FRAMES, WIDTH, Animation, draw_animation, draw_still
from engine.pictures.contour import ContourMap, placed
from engine.pictures.theme import Theme, palette
from engine.pictures.trail import draw_routes, named_before

PATH = tuple((2.5 * 0.9**k, 2.0 * 0.7**k) for k in range(48))


def frames(content: bytes) -> list[np.ndarray]:
    """Return all frames as they are seen, shape (height, width, 3)."""
    return [
        np.asarray(each.convert("RGB")).astype(int) for each in ImageSequence.Iterator(Image.open(io.BytesIO(content)))
    ]


def spot(given: ContourMap, theme: Theme, at: tuple[float, float], height: int) -> tuple[int, int]:
    """Return the row and the column at which a place of the plane is painted."""
    figure, frame = placed(given, theme)
    scale = WIDTH / (figure.get_size_inches()[0] * 100)
    x, y = frame.place(*at) * scale
    return height - round(float(y)), round(float(x))


def is_painted(picture: np.ndarray, where: tuple[int, int], colour: str) -> bool:
    """Tell whether a pixel has a colour."""
    return bool((picture[where] == [int(colour[i : i + 2], 16) for i in (1, 3, 5)]).all())


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_head_of_every_frame_stands_where_the_path_is(bowl: ContourMap, theme: Theme) -> None:
    seen = frames(draw_animation(Animation(bowl, (PATH,)), theme))
    assert len(seen) == 1 + FRAMES
    for step in (0, 1, 7, 20, 47):
        where = spot(bowl, theme, PATH[step], len(seen[0]))
        assert is_painted(seen[1 + step], where, palette(theme).accent)


def test_the_first_frame_shows_the_whole_path(bowl: ContourMap) -> None:
    first = frames(draw_animation(Animation(bowl, (PATH,)), "dark"))[0]
    assert all(
        is_painted(first, spot(bowl, "dark", at, len(first)), palette("dark").accent) for at in (*PATH[:20:3], PATH[-1])
    )


def test_a_path_is_not_there_before_its_time(bowl: ContourMap) -> None:
    seen = frames(draw_animation(Animation(bowl, (PATH,)), "dark"))
    assert not is_painted(seen[1], spot(bowl, "dark", PATH[5], len(seen[0])), palette("dark").accent)
    assert is_painted(seen[6], spot(bowl, "dark", PATH[5], len(seen[0])), palette("dark").accent)


def test_48_frames_are_small_enough_to_be_sent(bowl: ContourMap) -> None:
    paths = (PATH, tuple((-x, y) for x, y in PATH), tuple((x, -y) for x, y in PATH))
    assert len(draw_animation(Animation(replace(bowl, routes=("1: a", "2: b", "3: c")), paths), "dark")) < 100_000


def test_a_long_path_has_no_more_frames_than_a_short_one(bowl: ContourMap) -> None:
    long = tuple((2.5 * 0.99**k, 2.0 * 0.98**k) for k in range(1000))
    assert len(frames(draw_animation(Animation(bowl, (long,)), "dark"))) == 1 + FRAMES


def test_a_path_that_flies_off_is_drawn_up_to_the_edge(bowl: ContourMap) -> None:
    away = ((1.0, 1.0), (-20.0, 15.0), (1e300, -1e300))
    seen = frames(draw_animation(Animation(bowl, (away,)), "dark"))
    assert is_painted(seen[1], spot(bowl, "dark", away[0], len(seen[0])), palette("dark").accent)


def test_a_path_of_one_place_is_a_point(bowl: ContourMap) -> None:
    assert len(frames(draw_animation(Animation(bowl, (((1.0, 1.0),),)), "light"))) == 2


def test_several_paths_have_a_colour_each(bowl: ContourMap) -> None:
    starts = ((2.0, 2.0), (-2.0, 2.0), (2.0, -2.0))
    first = frames(draw_animation(Animation(bowl, tuple((at,) for at in starts)), "dark"))[0]
    for at, colour in zip(starts, palette("dark").routes, strict=True):
        assert is_painted(first, spot(bowl, "dark", at, len(first)), colour)


@pytest.mark.parametrize("paths", [(), ((),), (PATH,) * 4])
def test_no_path_and_too_many_are_refused(bowl: ContourMap, paths: tuple[tuple[tuple[float, float], ...], ...]) -> None:
    with pytest.raises(ValueError, match="one to 3 paths"):
        Animation(bowl, paths)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_still_map_has_each_path_in_its_colour(
    bowl: ContourMap, named: Callable[[Figure, str], list[Any]], theme: Theme
) -> None:
    figure, frame = placed(bowl, theme)
    trails = (PATH, tuple((-x, y) for x, y in PATH), tuple((x, -y) for x, y in PATH))
    draw_routes(figure, frame, trails, palette(theme))
    assert [each.get_color() for each in named(figure, "trail")] == list(palette(theme).routes)


def test_the_numbers_of_paths_with_one_start_stand_side_by_side() -> None:
    assert named_before([np.array([5.0, 5.0]), np.array([6.0, 5.0]), np.array([90.0, 5.0])]) == [0, 1, 0]


def test_a_still_map_of_several_paths_is_a_png(bowl: ContourMap) -> None:
    assert draw_still(Animation(bowl, (PATH, PATH[::-1])), "dark").startswith(b"\x89PNG")
