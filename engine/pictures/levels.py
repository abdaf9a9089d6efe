"""Which heights get a level line, and where a surface leaps over a pole."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.pictures.labels import ALL_DIGITS

Grid = NDArray[np.float64]

COUNT: Final = 12
# Outside these a difference of two heights, or its share of a picture, is no longer a number.
LARGEST: Final = 1e300
_SMALLEST: Final = 1e-290
_TAIL: Final = 0.02
_ROUND: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


def steps(low: float, high: float, count: int) -> list[float]:
    """Return the multiples of a round step in [low, high], about `count` of them."""
    step = round_step((high - low) / count)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return sorted({_rounded(each * step) for each in range(first, last + 1)})


def _rounded(value: float) -> float:
    """Return the decimal that a multiple of a round step stands for."""
    return float(f"{value:.{ALL_DIGITS}g}")


def round_step(about: float) -> float:
    """Return the one of 1, 2, 2.5 and 5 times a power of ten that is nearest, by ratio."""
    power = 10.0 ** math.floor(math.log10(about))
    return power * min(_ROUND, key=lambda each: abs(math.log(each * power / about)))


def tame(heights: Grid) -> Grid:
    """Return the heights with NaN for whatever is infinite or too large to subtract."""
    return np.where(np.abs(heights) <= LARGEST, heights, np.nan)


def choose(heights: Grid) -> list[float]:
    """Return round heights for level lines, rising, strictly inside the range; none where the map is flat.

    Evenly spaced while that shows the shape. Where a pole or a steep slope would leave most of the
    map in one band, spaced by area instead (quantiles, rounded).
    """
    seen = heights[np.isfinite(heights)]
    if seen.size == 0:
        return []
    low, high = float(seen.min()), float(seen.max())
    if high - low <= max(1e-12 * max(abs(low), abs(high)), _SMALLEST):
        return []
    inner_low, inner_high = (float(each) for each in np.quantile(seen, (_TAIL, 1 - _TAIL)))
    spread = inner_high - inner_low
    has_tails = 0 < spread < 0.4 * (high - low)
    even = steps(inner_low, inner_high, COUNT) if has_tails else steps(low, high, COUNT)
    by_area = _by_area(seen)
    chosen = by_area if _fullest(seen, even) > 0.55 and len(by_area) >= 4 else even
    return [each for each in chosen if low < each < high]


def _fullest(seen: Grid, levels: list[float]) -> float:
    """Return the largest share of the map that lies in one band."""
    counts, _ = np.histogram(seen, bins=[-np.inf, *levels, np.inf])
    return float(counts.max()) / seen.size


def _by_area(seen: Grid) -> list[float]:
    """Return quantiles, each rounded as far as its distance to its neighbours allows."""
    raw = np.unique(np.quantile(seen, np.linspace(_TAIL, 1 - _TAIL, COUNT)))
    gaps = np.diff(raw)
    found = set()
    for each, gap in zip(raw, np.minimum(np.append(gaps, np.inf), np.append(np.inf, gaps)), strict=True):
        if math.isfinite(gap):
            unit = round_step(float(gap))
            found.add(_rounded(round(float(each) / unit) * unit))
    return sorted(found)


def without_leaps(heights: Grid, levels: list[float]) -> Grid:
    """Return the heights, with NaN on both sides where they leap from far above all levels to far below.

    Lines drawn through such a leap would show a cliff where the function has a pole.
    """
    if not levels:
        return heights
    span = levels[-1] - levels[0]
    high, low = heights > levels[-1] + span, heights < levels[0] - span
    leaps = np.zeros(heights.shape, dtype=bool)
    for here, there in ((np.s_[:-1, :], np.s_[1:, :]), (np.s_[:, :-1], np.s_[:, 1:])):
        pair = (high[here] & low[there]) | (low[here] & high[there])
        leaps[here] |= pair
        leaps[there] |= pair
    return np.where(leaps, np.nan, heights)
