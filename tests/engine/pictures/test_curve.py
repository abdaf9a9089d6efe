from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.typing import NDArray

from engine.pictures.curve import Curve, compose_curve, draw_curve
from engine.pictures.theme import Theme, palette

Named = Callable[[Figure, str], list[Any]]
Words = Callable[[Figure], list[str]]
Pixels = Callable[[bytes], NDArray[np.int64]]
Colour = Callable[[str], tuple[int, int, int]]
XS = np.linspace(-3, 3, 400)
SQUARE = Curve("x", XS, XS**2, (1.0, 1.0), 2.0, "f(x) = x²")


def test_the_tangent_passes_through_the_point_with_its_slope(named: Named) -> None:
    figure = compose_curve(SQUARE, "dark")
    graph = named(figure, "curve")[0].get_xydata()
    across, up = (graph[-1, 0] - graph[0, 0]) / 6, (graph[0, 1] - graph[:, 1].min()) / 9
    ends = named(figure, "tangent")[0].get_xydata()
    rise = (ends[1, 1] - ends[0, 1]) / up / ((ends[1, 0] - ends[0, 0]) / across)
    assert rise == pytest.approx(2, rel=1e-3)
    point = named(figure, "point")[0].get_xydata()[0]
    share = (point[0] - ends[0, 0]) / (ends[1, 0] - ends[0, 0])
    assert ends[0] + share * (ends[1] - ends[0]) == pytest.approx(point)


def test_the_slope_is_stated(words: Words) -> None:
    assert "slope 2" in words(compose_curve(SQUARE, "dark"))
    assert "slope ≈ 0.3333" in words(compose_curve(replace(SQUARE, slope=1 / 3), "dark"))


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_card_is_the_ground(theme: Theme, pixels: Pixels, colour: Colour) -> None:
    picture = pixels(draw_curve(SQUARE, theme))
    assert tuple(picture[0, 0]) == colour(palette(theme).card)
    assert (picture == colour(palette(theme).curve)).all(axis=2).any()


def test_nothing_is_drawn_outside_the_frame(pixels: Pixels, colour: Colour) -> None:
    picture = pixels(draw_curve(Curve("x", XS, np.tan(2 * XS)), "dark"))
    rows, columns = np.nonzero((picture == colour(palette("dark").curve)).all(axis=2))
    in_plot = columns < 700
    assert rows[in_plot].min() >= 62
    assert rows[in_plot].max() <= picture.shape[0] - 68


def test_a_pole_breaks_the_curve(named: Named) -> None:
    graph = named(compose_curve(Curve("x", XS, 1 / XS), "dark"), "curve")[0].get_xydata()
    assert np.isnan(graph).any(axis=1).sum() == 1


def test_a_pole_does_not_flatten_the_rest(named: Named) -> None:
    graph = named(compose_curve(Curve("x", XS, 1 / XS), "dark"), "curve")[0].get_xydata()
    assert np.abs(graph[0, 1] - graph[170, 1]) > 20


def test_the_undefined_part_is_left_out(named: Named) -> None:
    ys = np.log(np.where(XS > 0, XS, np.nan))
    graph = named(compose_curve(Curve("x", XS, ys), "dark"), "curve")[0].get_xydata()
    assert np.isnan(graph[:200, 1]).all()
    assert np.isfinite(graph[200:]).all()


def test_a_graph_without_values_says_so(words: Words) -> None:
    assert "no value found" in words(compose_curve(Curve("x", XS, np.nan * XS), "dark"))


@pytest.mark.parametrize("size", [1e-300, 1e-12, 1e12, 1e299, 1e305])
def test_extreme_values_do_no_harm(size: float) -> None:
    assert draw_curve(Curve("x", XS, size * XS, (0.0, 0.0), size), "light")


@pytest.mark.parametrize("slope", [0.0, 1e-308, 1e308, -1e308])
def test_extreme_slopes_do_no_harm(slope: float) -> None:
    assert draw_curve(replace(SQUARE, slope=slope), "dark")


def test_a_constant_is_a_level_line(named: Named) -> None:
    graph = named(compose_curve(Curve("x", XS, 3 + 0 * XS, (1.0, 3.0), 0.0), "dark"), "curve")[0].get_xydata()
    assert np.ptp(graph[:, 1]) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"point": (4.0, 0.0)},
        {"point": (0.0, float("nan"))},
        {"slope": float("inf")},
        {"point": None},
        {"xs": XS[::-1]},
        {"ys": XS[:5]},
        {"xs": np.full(400, np.nan)},
    ],
)
def test_what_cannot_be_drawn_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"place|point"):
        replace(SQUARE, **wrong)


def test_the_same_curve_is_the_same_picture() -> None:
    assert draw_curve(SQUARE, "dark") == draw_curve(SQUARE, "dark")


def test_a_chord_joins_two_places_of_the_graph(named: Named, words: Words) -> None:
    joined = replace(SQUARE, point=None, slope=None, chord=(float(XS[100]), float(XS[300])))
    figure = compose_curve(joined, "dark")
    ends, graph = (named(figure, name)[0].get_xydata() for name in ("chord", "curve"))
    assert ends.shape == (2, 2)
    for end in ends:
        assert np.abs(graph - end).max(axis=1).min() < 0.5
    assert "chord" in words(figure)


def test_a_chord_from_a_place_without_a_value_is_refused() -> None:
    with pytest.raises(ValueError, match="chord"):
        replace(SQUARE, chord=(0.0, 99.0))
