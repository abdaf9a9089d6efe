"""Signs by enclosures: the region's box, and halves of it, with ranges that are certain."""

from collections.abc import Sequence

import numpy as np
from sympy import Expr, Pow, Symbol

from engine.calculus.balls import ball
from engine.convexity.orthant import ALL, POSITIVE, UP, Signs
from engine.convexity.region import Region
from engine.critical.spans import INF, Array, of_ball
from engine.critical.tapes import NoTapeError, Tape
from engine.values import Budget

_MOST = 4096
_TURNS = 14


def enclosed(expr: Expr, region: Region, budget: Budget, turns: int = _TURNS) -> Signs:
    """Return the signs that ranges over boxes leave; a bounded box is halved as long as that may help."""
    tape = tape_of(expr, region.variables)
    if tape is None:
        return ALL
    low, high = box_of(region)
    lows, highs = low[None], high[None]
    bounded = bool(np.isfinite(low).all() and np.isfinite(high).all())
    turned = 0
    for turn in range(turns if bounded else 1):
        value = tape.run(lows, highs, order=0).jet.value
        least, most = (np.broadcast_to(each, len(lows)) for each in (value.lo, value.hi))
        if turn == 0 and not bounded:
            return _signs(float(least[0]), float(most[0]))
        if turned == 0:
            turned = 1 if (least > 0).any() or not (most < 0).any() else -1
        if (turned * np.where(turned > 0, most, least) < 0).any():
            return ALL
        open_ = ~(least > 0) if turned > 0 else ~(most < 0)
        if not open_.any():
            return frozenset((turned,))
        if 2 * open_.sum() > _MOST or budget.left() <= 0:
            return ALL
        lows, highs = _halves(lows[open_], highs[open_], turn % len(low))
    return ALL


def _signs(least: float, most: float) -> Signs:
    if least >= 0:
        return POSITIVE if least > 0 else UP
    if most <= 0:
        return frozenset((-1,)) if most < 0 else frozenset((-1, 0))
    return ALL


def _halves(lows: Array, highs: Array, index: int) -> tuple[Array, Array]:
    middle = (lows[:, index] + highs[:, index]) / 2
    left, right = highs.copy(), lows.copy()
    left[:, index], right[:, index] = middle, middle
    return np.concatenate([lows, right]), np.concatenate([left, highs])


def box_of(region: Region) -> tuple[Array, Array]:
    """Return doubles below and above every point of the region."""
    low, high = np.full(len(region.variables), -INF), np.full(len(region.variables), INF)
    for i, ends in enumerate(region.ends().values()):
        for end, into, take in ((ends.low, low, "lo"), (ends.high, high, "hi")):
            near = None if end is None else ball(end, 64)
            if near is not None:
                into[i] = float(getattr(of_ball(near), take))
    return low, high


def tape_of(expr: Expr, variables: Sequence[Symbol]) -> Tape | None:
    """Return the operations of an expression for ranges; None where it has functions without known ranges."""
    # SymPy takes e^(pi ln u) back to u^pi, so that such powers are not written in other functions
    if any(not (each.exp.free_symbols or each.exp.is_Rational) for each in expr.atoms(Pow) if each.base.free_symbols):
        return None
    try:
        return Tape.of(expr, variables)
    except NoTapeError:
        return None
