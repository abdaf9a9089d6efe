"""Krawczyk's operator on many boxes at once: what of a box can hold zeros of the gradient, and how many."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.critical.ranges import Mask
from engine.critical.spans import Array, Span
from engine.critical.tapes import Ranges, Tape

_ROUNDING = 2.0**-44
_RADII = 2.0 ** -np.arange(3, 34, 2)


@dataclass(frozen=True, slots=True, eq=False)
class Contracted:
    """Boxes with all zeros of the boxes before.

    outer_lo, outer_hi: the boxes before.
    unique:  one zero, proven, and no other in the outer box.
    regular: at most one zero in the outer box.
    index:   which of the boxes given each one comes from.
    shrunk:  the share of the widest side that is left.
    weight:  how much each side matters to the gradient.
    """

    lo: Array
    hi: Array
    outer_lo: Array
    outer_hi: Array
    unique: Mask
    regular: Mask
    index: NDArray[np.int64]
    shrunk: Array
    weight: Array


@dataclass(frozen=True, slots=True, eq=False)
class Wide:
    """Places near zeros, and round each a box that is proven to hold one zero; proven: where there is one."""

    centre: Array
    lo: Array
    hi: Array
    proven: Mask


def contract(tape: Tape, lo: Array, hi: Array, tops: Sequence[Tape] = ()) -> Contracted:
    """Return what is left of boxes, shape (m, n); those without a zero are left out.

    tops: numerators of partial derivatives, each of which is zero wherever in its domain the gradient is.
    """
    ranges = tape.run(lo, hi)
    keep = ~ranges.void
    for partial in ranges.jet.first:
        if partial is not None:
            keep &= np.broadcast_to(partial.has_zero(), keep.shape)
    _drop(keep, ranges.whole, lo, hi, tops)
    lo, hi, whole = lo[keep], hi[keep], ranges.whole[keep]
    middle, spread = _hessian(ranges, keep)
    whole &= np.isfinite(middle).all(axis=(1, 2)) & np.isfinite(spread).all(axis=(1, 2))
    middle, spread = np.where(whole[:, None, None], middle, 0.0), np.where(whole[:, None, None], spread, 0.0)
    inner_lo, inner_hi, regular = _image(tape, lo, hi, middle, spread)
    regular &= whole
    inner_lo, inner_hi = np.where(whole[:, None], inner_lo, -np.inf), np.where(whole[:, None], inner_hi, np.inf)
    unique = regular & (inner_lo > lo).all(axis=1) & (inner_hi < hi).all(axis=1)
    new_lo, new_hi = np.maximum(lo, inner_lo), np.minimum(hi, inner_hi)
    there = (new_lo <= new_hi).all(axis=1)
    shrunk = ((new_hi - new_lo).max(axis=1, initial=0.0)) / np.maximum((hi - lo).max(axis=1, initial=0.0), 1e-300)
    weight = np.where(whole[:, None], (np.abs(middle) + spread).max(axis=1, initial=0.0), 1.0)
    weight += 1e-6 * weight.max(axis=1, keepdims=True, initial=1e-6)
    index = np.flatnonzero(keep)
    return Contracted(
        lo=new_lo[there],
        hi=new_hi[there],
        outer_lo=lo[there],
        outer_hi=hi[there],
        unique=unique[there],
        regular=regular[there],
        index=index[there],
        shrunk=shrunk[there],
        weight=weight[there],
    )


def _drop(keep: Mask, whole: Mask, lo: Array, hi: Array, tops: Sequence[Tape]) -> None:
    """Strike out boxes that reach a pole, and on which a numerator is not zero."""
    for top in tops:
        chosen = np.flatnonzero(keep & ~whole)
        if len(chosen):
            zero = top.run(lo[chosen], hi[chosen], order=0).jet.value.has_zero()
            keep[chosen] = np.broadcast_to(zero, chosen.shape)


def _hessian(ranges: Ranges, keep: Mask) -> tuple[Array, Array]:
    """Return middles and half widths of the second derivatives of the boxes kept, shape (m, n, n)."""
    size = len(ranges.jet.first)
    middle, spread = np.zeros((2, int(keep.sum()), size, size))
    for (i, j), each in ranges.jet.second.items():
        if each is None:
            continue
        low, high = (np.broadcast_to(end, keep.shape)[keep] for end in (each.lo, each.hi))
        with np.errstate(all="ignore"):
            centre = low / 2 + high / 2
            middle[:, i, j] = middle[:, j, i] = centre
            spread[:, i, j] = spread[:, j, i] = np.maximum(high - centre, centre - low) * (1 + _ROUNDING)
    return middle, spread


def _image(tape: Tape, lo: Array, hi: Array, middle: Array, spread: Array) -> tuple[Array, Array, Mask]:
    """Return the image of boxes under Krawczyk's operator, and where that contracts."""
    centre = lo / 2 + hi / 2
    half = np.maximum(hi - centre, centre - lo) * (1 + _ROUNDING) + 5e-324
    near = _inverse(middle)
    with np.errstate(all="ignore"):
        there = tape.run(centre, centre, order=1)
        slope, doubt = _gradient(there.jet.first, len(lo))
        step = np.einsum("mij,mj->mi", near, slope)
        size = np.abs(near)
        error = np.einsum("mij,mj->mi", size, doubt + _ROUNDING * np.abs(slope))
        product = np.einsum("mij,mjk->mik", near, middle)
        rounding = _ROUNDING * np.einsum("mij,mjk->mik", size, np.abs(middle))
        rest = np.abs(np.eye(lo.shape[1]) - product) + np.einsum("mij,mjk->mik", size, spread) * (1 + _ROUNDING)
        rest = (rest + rounding) * (1 + _ROUNDING)
        radius = (error + np.einsum("mij,mj->mi", rest, half)) * (1 + _ROUNDING)
        radius += _ROUNDING * (np.abs(centre) * 2.0**-6 + np.abs(step))
        low, high = centre - step - radius, centre - step + radius
    fine = np.isfinite(low).all(axis=1) & np.isfinite(high).all(axis=1) & there.whole
    low, high = np.where(fine[:, None], low, -np.inf), np.where(fine[:, None], high, np.inf)
    return low, high, fine & (rest.sum(axis=2).max(axis=1, initial=0.0) < 0.99)


def _gradient(partials: tuple[Span | None, ...], count: int) -> tuple[Array, Array]:
    middle, spread = np.zeros((2, count, len(partials)))
    for i, each in enumerate(partials):
        if each is not None:
            middle[:, i] = each.lo / 2 + each.hi / 2
            spread[:, i] = np.maximum(each.hi - middle[:, i], middle[:, i] - each.lo) * (1 + _ROUNDING)
    return middle, spread


def _inverse(matrices: Array) -> Array:
    """Return about the inverse of each matrix, zeros where it has none."""
    if not len(matrices):
        return matrices
    scale = np.abs(matrices).max(axis=(1, 2))
    sound = np.abs(np.linalg.det(matrices / np.where(scale > 0, scale, 1.0)[:, None, None])) > 1e-10
    safe = np.where(sound[:, None, None], matrices, np.eye(matrices.shape[1]))
    return np.where(sound[:, None, None], np.linalg.inv(safe), 0.0)


def inflated(tape: Tape, centre: Array, scale: Array) -> Wide:
    """Return the widest of some boxes round the zero near each place that is proven to hold no other one."""
    for _ in range(4):
        centre = _newton(tape, centre)
    count, size = centre.shape
    half = _RADII[:, None] * scale
    lo, hi = (np.concatenate([c + turn * half for c in centre]) for turn in (-1, 1))
    box = contract(tape, lo, hi)
    lows, highs, proven = np.full((count, size), np.inf), np.full((count, size), -np.inf), np.zeros(count, bool)
    # from narrow to wide, so that the widest stays
    for i in np.flatnonzero(box.unique)[::-1]:
        place = box.index[i] // len(_RADII)
        lows[place], highs[place], proven[place] = box.outer_lo[i], box.outer_hi[i], True
    return Wide(centre, lows, highs, proven)


def _newton(tape: Tape, centre: Array) -> Array:
    """Return places nearer to zeros, as far as a step of Newton's method brings one there."""
    there = tape.run(centre, centre)
    slope, _ = _gradient(there.jet.first, len(centre))
    middle, _ = _hessian(there, np.ones(len(centre), bool))
    step: Array = np.einsum("mij,mj->mi", _inverse(np.nan_to_num(middle)), np.nan_to_num(slope))
    return centre - step
