"""Branch and prune: every zero of a gradient in a window, each proven to be there and to be the only one near.

A box is dropped where the ranges prove that no zero is in it, replaced by a smaller one that holds all its
zeros, or halved. What stays undecided is handed back as open, never dropped.
Source: Neumaier, Interval Methods for Systems of Equations, chapters 1 and 5 (Krawczyk's operator).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from engine.critical.krawczyk import Contracted, contract, inflated
from engine.critical.ranges import Mask
from engine.critical.spans import Array
from engine.critical.tapes import Tape
from engine.values import Budget

_CHUNK = 2048
_MOST = 60_000  # boxes looked at
_FINEST = 2e-6  # of the window: boxes as small as this whose Hessian may be singular stay open
_SMALL = 1e-7  # of the window: a zero is then as good as found
_MOST_OPEN = 3000
_NEAR = 1e-4  # of the window: small enough to look for the zero itself
_MOST_VAIN = 40  # near a degenerate zero every box looks promising
_OFF = (0.4871, 0.5129, 0.4931, 0.5069)  # halving off the middle keeps the usual zeros off the faces


@dataclass(slots=True)
class Pruned:
    """What is left of a window.

    centres, low, high: for each zero a place near it and a box in which it is the only one, shape (k, n).
    open:     boxes in which it is not known how many zeros are, as (low, high).
    finished: whether all other places were shown to have none.
    vain:     how many places looked promising and were none.
    """

    size: int
    centres: list[Array] = field(default_factory=list)
    low: list[Array] = field(default_factory=list)
    high: list[Array] = field(default_factory=list)
    open: list[tuple[Array, Array]] = field(default_factory=list)
    finished: bool = True
    vain: int = 0

    def covered(self, lo: Array, hi: Array) -> Mask:
        """Tell which boxes lie in a box that holds one known zero."""
        if not self.low or not len(lo):
            return np.zeros(len(lo), bool)
        low, high = np.array(self.low), np.array(self.high)
        found: Mask = np.any(np.all((lo[:, None] >= low) & (hi[:, None] <= high), axis=2), axis=1)
        return found

    def take(self, centre: Array, low: Array, high: Array) -> None:
        """Take up a proven zero."""
        self.centres.append(centre)
        self.low.append(low)
        self.high.append(high)


def prune(tape: Tape, lo: Array, hi: Array, budget: Budget, tops: Sequence[Tape] = ()) -> Pruned:
    """Return the zeros of the gradient in the box from lo to hi (shape n), and what stays open.

    tops: numerators of the partial derivatives, for boxes that reach poles.
    A third of the time is left to whoever works with them.
    """
    reserve = budget.left() / 3
    found, scale = Pruned(len(lo)), hi - lo
    lows, highs = lo[None].copy(), hi[None].copy()
    seen = turn = 0
    while len(lows):
        if budget.left() < reserve or seen > _MOST or len(found.open) > _MOST_OPEN:
            found.open += list(zip(lows, highs, strict=True))
            found.finished = False
            break
        part = slice(max(0, len(lows) - _CHUNK), len(lows))
        seen += len(lows[part])
        box = contract(tape, *_uncovered(found, lows[part], highs[part]), tops)
        left = _step(tape, box, found, scale, turn)
        lows, highs = (
            np.concatenate(pair) for pair in zip((lows[: part.start], highs[: part.start]), left, strict=True)
        )
        turn += 1
    _uncover(found)
    return found


def _uncovered(found: Pruned, lo: Array, hi: Array) -> tuple[Array, Array]:
    free = ~found.covered(lo, hi)
    return lo[free], hi[free]


def _step(tape: Tape, box: Contracted, found: Pruned, scale: Array, turn: int) -> tuple[Array, Array]:
    """Return the boxes that are left of some boxes, after taking up what is proven in them."""
    _proven(tape, box, found, scale)
    stay = ~found.covered(box.lo, box.hi)
    lo, hi, shrunk = box.lo[stay], box.hi[stay], box.shrunk[stay]
    width = ((hi - lo) / scale).max(axis=1, initial=0.0)
    done = (width < _FINEST) & ~box.regular[stay] | (width < _SMALL)
    found.open += list(zip(lo[done], hi[done], strict=True))
    lo, hi, shrunk, weight = lo[~done], hi[~done], shrunk[~done], box.weight[stay][~done]
    again = shrunk < 0.5
    halves = _halved(lo[~again], hi[~again], weight[~again], _OFF[turn % len(_OFF)])
    return np.concatenate([lo[again], halves[0]]), np.concatenate([hi[again], halves[1]])


def _proven(tape: Tape, box: Contracted, found: Pruned, scale: Array) -> None:
    """Take up the zeros that are proven, and those that small boxes point at, where a wider box proves them."""
    small = ((box.hi - box.lo) / scale).max(axis=1, initial=0.0) < _NEAR
    hopeful = box.unique | (box.regular & small & (found.vain < _MOST_VAIN))
    chosen = np.flatnonzero(hopeful & ~found.covered(box.lo, box.hi))
    if not len(chosen):
        return
    wide = inflated(tape, (box.lo[chosen] + box.hi[chosen]) / 2, scale)
    for place, i in enumerate(chosen):
        lo, hi = box.lo[i], box.hi[i]
        if found.covered(lo[None], hi[None])[0]:
            continue
        if wide.proven[place] and ((wide.lo[place] <= lo) & (hi <= wide.hi[place])).all():
            found.take(wide.centre[place], wide.lo[place], wide.hi[place])
        elif box.unique[i]:
            found.take((lo + hi) / 2, box.outer_lo[i], box.outer_hi[i])
        else:
            found.vain += 1


def _halved(lo: Array, hi: Array, weight: Array, share: float) -> tuple[Array, Array]:
    """Return both parts of every box, cut across the side that matters most."""
    rows = np.arange(len(lo))
    side = (weight * (hi - lo)).argmax(axis=1) if len(lo) else np.zeros(0, int)
    cut = lo[rows, side] + share * (hi[rows, side] - lo[rows, side])
    upper, lower = lo.copy(), hi.copy()
    upper[rows, side] = cut
    lower[rows, side] = cut
    return np.concatenate([lo, upper]), np.concatenate([lower, hi])


def _uncover(found: Pruned) -> None:
    """Drop open boxes in which a zero taken up later is the only one."""
    if found.open:
        lo, hi = (np.array(each) for each in zip(*found.open, strict=True))
        hidden = found.covered(lo, hi)
        found.open = [box for box, known in zip(found.open, hidden, strict=True) if not known]
