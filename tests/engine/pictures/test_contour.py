import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.typing import NDArray

from engine.pictures.contour import ContourMap, compose, draw, field_grid, has_equal_axes, height_grid
from engine.pictures.sheet import Window
from engine.pictures.signs import SHAPES, Kind, Mark
from engine.pictures.theme import Theme, palette
from engine.pictures.words import Word

Chart = Callable[..., ContourMap]
Named = Callable[[Figure, str], list[Any]]
Words = Callable[[Figure], list[str]]
Pixels = Callable[[bytes], NDArray[np.int64]]
Colour = Callable[[str], tuple[int, int, int]]
NARROW = ((-4.0, 4.0), (0.0, 4000.0))


def drawn_arrow(figure: Figure, named: Named) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Tail and direction of the arrow at the point, in pixels."""
    outline = named(figure, "gradient")[0].get_paths()[0].vertices
    tail = (outline[0] + outline[6]) / 2
    return tail, (outline[3] - tail) / np.hypot(*(outline[3] - tail))


def on_screen(figure: Figure, places: object) -> NDArray[np.float64]:
    return np.asarray(figure.axes[0].transData.transform(np.asarray(places)))


@pytest.mark.parametrize("arrow", [(2.0, 4.0), (-3.0, 1.0), (0.0, -2.0), (1e-9, 1e-9), (1e200, -1e200)])
def test_the_arrow_points_the_way_of_the_gradient(arrow: tuple[float, float], bowl: ContourMap, named: Named) -> None:
    _, direction = drawn_arrow(compose(replace(bowl, arrow=arrow), "dark"), named)
    larger = max(map(abs, arrow))
    expected = np.array(arrow) / larger / np.hypot(arrow[0] / larger, arrow[1] / larger)
    assert direction == pytest.approx(expected, abs=1e-6)


def test_the_arrow_starts_at_the_point(bowl: ContourMap, named: Named) -> None:
    figure = compose(bowl, "dark")
    assert drawn_arrow(figure, named)[0] == pytest.approx(on_screen(figure, (1, 2)), abs=0.5)


def test_the_level_curve_passes_through_the_point(bowl: ContourMap, named: Named) -> None:
    figure = compose(bowl, "dark")
    curve = on_screen(figure, named(figure, "level curve")[0].get_paths()[0].vertices)
    assert np.hypot(*(curve - on_screen(figure, (1, 2))).T).min() < 5
    radii = np.hypot(*named(figure, "level curve")[0].get_paths()[0].vertices.T)
    assert radii == pytest.approx(np.sqrt(5), abs=0.002)


def test_the_arrow_is_at_right_angles_to_the_level_curve(chart: Chart, named: Named) -> None:
    given = chart(lambda x, y: x * x * y - y, point=(1.5, 2.0), arrow=(6.0, 1.25))
    figure = compose(given, "dark")
    tail, direction = drawn_arrow(figure, named)
    curve = on_screen(figure, named(figure, "level curve")[0].get_paths()[0].vertices)
    near = int(np.hypot(*(curve - tail).T).argmin())
    along = curve[near + 2] - curve[near - 2]
    assert abs(along @ direction) / np.hypot(*along) < 0.03


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_arrow_is_seen_where_it_should_be(theme: Theme, bowl: ContourMap, pixels: Pixels, colour: Colour) -> None:
    figure = compose(bowl, theme)
    picture = pixels(draw(bowl, theme))
    x, y = on_screen(figure, (1 + 0.4, 2 + 0.8))
    assert tuple(picture[round(picture.shape[0] - y), round(x)]) == colour(palette(theme).accent)


def test_a_vanishing_gradient_has_no_arrow(bowl: ContourMap, named: Named) -> None:
    assert named(compose(replace(bowl, point=(0.0, 0.0), arrow=(0.0, 0.0)), "dark"), "gradient") == []


@pytest.mark.parametrize("window", [((-4.0, 4.0), (-4.0, 4.0)), ((0.0, 12.0), (-2.0, 2.0)), ((1.0, 2.0), (-1.0, 2.0))])
def test_a_unit_is_as_long_up_as_across(window: Window, chart: Chart) -> None:
    figure = compose(chart(lambda x, y: x + y * y, window=window), "dark")
    origin, across, up = on_screen(figure, [(0, 0), (1, 0), (0, 1)])
    assert across[0] - origin[0] == pytest.approx(up[1] - origin[1])


def test_axes_of_different_scales_are_owned_up_to(chart: Chart, words: Words) -> None:
    given = chart(lambda x, y: x * x + y, window=NARROW, point=(1.0, 2000.0), arrow=(2.0, 1.0))
    assert not has_equal_axes(NARROW)
    assert any("different scales" in text for text in words(compose(given, "dark")))


def test_equal_axes_need_no_excuse(bowl: ContourMap, words: Words) -> None:
    assert not any("different scales" in text for text in words(compose(bowl, "dark")))


@pytest.mark.parametrize("at", [(0.0, 0.0), (-4.0, -4.0), (4.0, 4.0), (-4.0, 4.0)])
def test_every_mark_and_its_label_are_inside_the_picture(
    at: tuple[float, float], bowl: ContourMap, named: Named
) -> None:
    figure = compose(replace(bowl, marks=(Mark(at, "local minimum", "a rather long label"),)), "dark")
    (mark,) = named(figure, "local minimum")
    x, y = mark.get_xydata()[0]
    assert (x, y) == pytest.approx(on_screen(figure, at))
    assert 12 < x < figure.bbox.width - 12
    assert 12 < y < figure.bbox.height - 12


@pytest.mark.parametrize("kind", SHAPES)
def test_each_kind_of_mark_has_its_name_in_the_legend(kind: Kind, bowl: ContourMap, words: Words) -> None:
    assert kind in words(compose(replace(bowl, marks=(Mark((1, 1), kind),)), "light"))


def test_each_kind_of_mark_has_its_own_shape() -> None:
    assert len(set(SHAPES.values())) == len(SHAPES) == 4


def test_labels_of_marks_do_not_cover_each_other(bowl: ContourMap, words: Words) -> None:
    crowd = tuple(Mark((0.01 * k, 0.0), "not decided", f"label {k}") for k in range(30))
    shown = [text for text in words(compose(replace(bowl, marks=crowd), "dark")) if text.startswith("label")]
    assert 1 <= len(shown) <= 6


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_hole_in_the_domain_keeps_the_card(theme: Theme, chart: Chart, pixels: Pixels, colour: Colour) -> None:
    given = chart(lambda x, y: np.log(np.where(x * y > 0, x * y, np.nan)))
    figure, picture = compose(given, theme), pixels(draw(given, theme))
    left, bottom = on_screen(figure, (-3.9, 0.1)).round().astype(int)
    right, top = on_screen(figure, (-0.1, 3.9)).round().astype(int)
    hole = picture[picture.shape[0] - top : picture.shape[0] - bottom, left:right]
    assert (hole == colour(palette(theme).card)).all()


def test_a_pole_is_drawn_without_a_cliff(chart: Chart, pixels: Pixels, colour: Colour) -> None:
    given = chart(lambda x, y: 1 / (x - 0.01) + 0 * y)
    figure, picture = compose(given, "dark"), pixels(draw(given, "dark"))
    x, y = on_screen(figure, (0.01, 1.1))
    assert tuple(picture[round(picture.shape[0] - y), round(x)]) == colour(palette("dark").card)


def test_a_constant_has_one_colour_and_says_so(chart: Chart, words: Words, named: Named) -> None:
    figure = compose(chart(lambda x, _: 3 + 0 * x, point=(1.0, 1.0), arrow=(0.0, 0.0)), "dark")
    assert "is 3" in words(figure)
    assert len(figure.axes[0].collections) == 1
    assert named(figure, "field") == []


def test_a_map_without_values_says_so(chart: Chart, words: Words) -> None:
    figure = compose(chart(lambda x, _: np.nan * x, point=(1.0, 1.0)), "dark")
    assert "no value found" in words(figure)


def test_a_function_of_one_of_two_variables_is_drawn(chart: Chart) -> None:
    assert draw(chart(lambda x, y: x**3 + 0 * y, point=(1.0, 1.0), arrow=(3.0, 0.0)), "dark")


@pytest.mark.parametrize(("scale", "label"), [(1e12, "5×10¹²"), (1e-12, "5×10⁻¹²")])
def test_huge_and_tiny_values_have_short_labels(scale: float, label: str, chart: Chart, words: Words) -> None:
    texts = words(compose(chart(lambda x, y: scale * (x * x + y)), "dark"))
    assert not any("…" in text for text in texts)
    assert any(text.endswith(label[-5:]) for text in texts)


@pytest.mark.parametrize("power", [-300, -250, 250, 299, 305])
def test_extreme_values_do_no_harm(power: int, chart: Chart) -> None:
    size = 10.0**power
    assert draw(chart(lambda x, y: size * x + size * y, point=(1.0, 1.0), arrow=(size, size)), "dark")


@pytest.mark.parametrize("window", [((-1e-280, 1e-280), (0.0, 1e280)), ((1e16, 1e16 + 64), (-1e-3, 1e-3))])
def test_extreme_windows_do_no_harm(window: Window, chart: Chart) -> None:
    assert draw(chart(lambda x, _: x / 3, window=window), "light")


def test_field_arrows_are_limited_and_point_uphill(chart: Chart, named: Named) -> None:
    figure = compose(chart(lambda x, y: np.exp(x * x) + 0 * y), "dark")
    for path in named(figure, "field")[0].get_paths():
        tail = (path.vertices[0] + path.vertices[6]) / 2
        step = path.vertices[3] - tail
        assert np.hypot(*step) < 50
        assert step[0] * (tail[0] - on_screen(figure, (0, 0))[0]) > 0


def test_a_label_of_a_level_stands_wholly_in_the_frame(bowl: ContourMap) -> None:
    figure = compose(bowl, "dark")
    labels = [artist for artist in figure.artists if isinstance(artist, Word) and artist.align == "middle"]
    low, high = on_screen(figure, [(-4, -4), (4, 4)])
    inside = [artist for artist in labels if artist.at[1] > low[1] and artist.at[0] > low[0]]
    assert inside
    assert all(artist.at[0] < high[0] - 10 and artist.at[1] < high[1] - 10 for artist in inside)


@pytest.mark.parametrize("title", ["$x^2$ \\frac{", "漢字 😀 \0\n\u202e", "w" * 400])
def test_any_title_and_name_are_shown_as_plain_text(title: str, bowl: ContourMap) -> None:
    assert draw(replace(bowl, title=title, names=(title[:8], title[:8])), "dark")


def test_a_title_too_long_is_cut_with_an_ellipsis(bowl: ContourMap, words: Words) -> None:
    assert any(text.endswith("…") for text in words(compose(replace(bowl, title="long " * 80), "dark")))


def test_no_number_is_cut_in_the_legend(bowl: ContourMap, words: Words) -> None:
    arrow = (-1.23456e-12, -9.87654e-12)
    assert not any("…" in text for text in words(compose(replace(bowl, arrow=arrow), "dark")))


@pytest.mark.parametrize(
    "wrong",
    [
        {"point": (5.0, 0.0)},
        {"point": (float("nan"), 0.0)},
        {"arrow": (float("inf"), 0.0)},
        {"marks": (Mark((0.0, -4.1), "saddle point"),)},
        {"window": ((1.0, 1.0), (0.0, 1.0))},
        {"window": ((0.0, float("inf")), (0.0, 1.0))},
        {"heights": np.zeros((1, 5))},
        {"field": (np.zeros((3, 3)), np.zeros((3, 4)))},
    ],
)
def test_what_cannot_be_drawn_is_refused(wrong: dict[str, Any], bowl: ContourMap) -> None:
    with pytest.raises(ValueError, match=r"window|arrow|heights|field"):
        replace(bowl, **wrong)


def test_the_field_stands_in_the_middle_of_its_cells() -> None:
    x, y = field_grid(((0.0, 4.0), (0.0, 2.0)), (2, 4))
    assert x[0].tolist() == [0.5, 1.5, 2.5, 3.5]
    assert y[:, 0].tolist() == [0.5, 1.5]


def test_the_heights_reach_from_edge_to_edge() -> None:
    x, y = height_grid(((0.0, 4.0), (-1.0, 1.0)), (3, 5))
    assert (x[0, 0], x[0, -1], y[0, 0], y[-1, 0]) == (0.0, 4.0, -1.0, 1.0)


def test_the_same_map_is_the_same_picture_in_every_thread(bowl: ContourMap) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(lambda _: draw(bowl, "dark"), range(8)))) == 1


def test_drawing_changes_no_setting(bowl: ContourMap) -> None:
    before = dict(mpl.rcParams)
    draw(bowl, "dark")
    assert dict(mpl.rcParams) == before


def test_drawing_needs_no_pyplot() -> None:
    script = "import sys, engine.pictures.contour, engine.pictures.curve; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=60).returncode == 0
