from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from engine.pictures.contour import ContourMap, compose
from engine.pictures.sheet import Window

Chart = Callable[..., ContourMap]
Named = Callable[[Figure, str], list[Any]]
Words = Callable[[Figure], list[str]]


@pytest.mark.parametrize("heading", [(3.0, 4.0), (-1.0, 0.0), (1e-9, -1e-9)])
def test_the_second_arrow_points_the_way_of_the_direction(
    heading: tuple[float, float], bowl: ContourMap, named: Named
) -> None:
    figure = compose(replace(bowl, heading=heading), "dark")
    outline = named(figure, "heading")[0].get_paths()[0].vertices
    along = outline[3] - (outline[0] + outline[6]) / 2
    assert along / np.hypot(*along) == pytest.approx(np.array(heading) / np.hypot(*heading), abs=1e-6)


def test_the_direction_is_in_the_legend(bowl: ContourMap, words: Words) -> None:
    assert "(0.6, 0.8)" in words(compose(replace(bowl, heading=(0.6, 0.8)), "dark"))


@pytest.mark.parametrize("window", [((-4.0, 4.0), (-4.0, 4.0)), ((0.0, 2.0), (1.0, 3.0)), ((-40.0, 40.0), (0.0, 4.0))])
def test_the_tangent_is_a_line_of_equal_height_to_first_order(window: Window, chart: Chart, named: Named) -> None:
    given = chart(lambda x, y: x * x + 4 * y * y, window=window, point=(2.0, 1.0), arrow=(4.0, 8.0), tangent=True)
    figure = compose(given, "dark")
    (drawn,) = named(figure, "tangent")
    ends = figure.axes[0].transData.inverted().transform(np.column_stack([drawn.get_xdata(), drawn.get_ydata()]))
    assert ends @ np.array([4, 8]) == pytest.approx(16.0, abs=1e-6)
    assert np.hypot(*(ends[1] - ends[0])) > 0


@pytest.mark.parametrize("heading", [(0.0, 0.0), (float("nan"), 1.0), (float("inf"), 0.0)])
def test_what_is_no_direction_is_refused(heading: tuple[float, float], bowl: ContourMap) -> None:
    with pytest.raises(ValueError, match="direction"):
        replace(bowl, heading=heading)


def test_a_tangent_needs_a_gradient(bowl: ContourMap) -> None:
    with pytest.raises(ValueError, match="tangent"):
        replace(bowl, arrow=(0.0, 0.0), tangent=True)
