import numpy as np
import pytest

from engine.pictures.levels import choose, steps, tame, without_leaps

X, Y = np.meshgrid(np.linspace(-2, 2, 101), np.linspace(-2, 2, 101))


def test_levels_are_round_and_even_where_that_shows_the_shape() -> None:
    assert choose(X**2 + Y**2) == pytest.approx(np.arange(0.5, 8, 0.5))


def test_a_pole_does_not_flatten_the_rest() -> None:
    heights = 1 / (X**2 + Y**2 + 1e-9)
    counts, _ = np.histogram(heights, bins=[-np.inf, *choose(heights), np.inf])
    assert counts.max() < heights.size / 4


def test_one_wild_value_does_not_flatten_the_rest() -> None:
    heights = X + Y
    heights[0, 0] = 1e200
    assert len([level for level in choose(heights) if -4 < level < 4]) >= 6


@pytest.mark.parametrize("value", [0.0, 3.0, -1e12, 1e-300])
def test_a_flat_map_has_no_levels(value: float) -> None:
    assert choose(np.full((5, 5), value)) == []


def test_rounding_noise_on_a_constant_has_no_levels() -> None:
    assert choose(np.sin(X) ** 2 + np.cos(X) ** 2) == []


def test_a_map_without_values_has_no_levels() -> None:
    assert choose(np.full((5, 5), np.nan)) == []


@pytest.mark.parametrize("scale", [1e-250, 1e-12, 1.0, 1e12, 1e250])
def test_levels_rise_inside_the_range_at_every_scale(scale: float) -> None:
    heights = scale * (X + X * Y)
    levels = choose(heights)
    assert len(levels) >= 6
    assert heights.min() < levels[0]
    assert levels[-1] < heights.max()
    assert (np.diff(levels) > 0).all()


def test_steps_are_round_numbers() -> None:
    assert steps(-0.31, 0.31, 6) == [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3]


def test_infinite_heights_are_undefined() -> None:
    assert np.isnan(tame(np.array([np.inf, -np.inf, 1e305, np.nan]))).all()


def test_a_leap_over_a_pole_is_left_out() -> None:
    x = np.linspace(-1, 1, 100)
    heights = np.tile(1 / x, (3, 1))
    kept = without_leaps(heights, choose(heights))
    assert np.isnan(kept[0, 49:51]).all()
    assert np.isfinite(kept[0, :49]).all()


def test_a_steep_slope_is_no_leap() -> None:
    heights = np.tile(np.tanh(1000 * np.linspace(-1, 1, 100)), (3, 1))
    assert np.isfinite(without_leaps(heights, choose(heights))).all()
