"""Keeping signs and labels out of each other's way.

Whatever stands on a plot is a box: its middle and half its size, in pixels, as a row of an array of
shape (n, 4).
"""

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float64]

EMPTY: Boxes = np.empty((0, 4))


def boxes(middles: NDArray[np.float64], half_width: float, half_height: float) -> Boxes:
    """Return boxes of one size around middles of shape (n, 2)."""
    return np.column_stack([middles, np.broadcast_to((half_width, half_height), middles.shape)])


def clearance(wanted: Boxes, taken: Boxes) -> NDArray[np.float64]:
    """Return how far each wanted box is from the nearest taken one: above 1 they are apart, at 0 they coincide."""
    if len(taken) == 0:
        return np.full(len(wanted), np.inf)
    apart = np.abs(wanted[:, None, :2] - taken[None, :, :2])
    reach = wanted[:, None, 2:] + taken[None, :, 2:]
    nearest: NDArray[np.float64] = (apart / reach).max(axis=2).min(axis=1)
    return nearest


def within(wanted: Boxes, left: float, bottom: float, width: float, height: float) -> NDArray[np.bool_]:
    """Return, for each box, whether all of it lies in the rectangle."""
    low, high = wanted[:, :2] - wanted[:, 2:], wanted[:, :2] + wanted[:, 2:]
    inside: NDArray[np.bool_] = np.logical_and(low >= (left, bottom), high <= (left + width, bottom + height))
    return inside[:, 0] & inside[:, 1]
