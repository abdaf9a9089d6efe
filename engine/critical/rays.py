"""Whether a function rises or falls along all rays from a point, also where it is not differentiable there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np
import sympy as sp
from sympy import Abs, Dummy, Expr, S, Symbol, diff, expand

from engine.calculus.signs import sign
from engine.critical.ranges import Mask
from engine.critical.spans import Array
from engine.critical.tapes import NoTapeError, Tape
from engine.values import Budget

_REACHES = (2.0**-3, 2.0**-6, 2.0**-10)
_PARTS = {1: 1, 2: 32, 3: 12, 4: 6}
_FINER = 3
_DEEPEST = 6  # powers of t that are divided away

Way = Literal["up", "down", "both"]


@dataclass(frozen=True, slots=True)
class Star:
    """What f does along all rays p + t d, 0 < t <= reach, the largest coordinate of d being 1 or -1.

    way:  it rises strictly along all, falls strictly along all, or rises along some and falls along others.
    flat: f is differentiable at p, with the gradient 0.
    """

    way: Way
    reach: float
    flat: bool


def star(f: Expr, variables: Sequence[Symbol], at: Sequence[Expr], budget: Budget) -> Star | None:
    """Return what f does along the rays from a point, None where that is not proven.

    A point with "up" is a strict local minimum, one with "down" a strict local maximum, one with "both" neither;
    with the first two no other critical point is in the reach.
    """
    if len(variables) not in _PARTS:
        return None
    faces = []
    for side, turn in product(range(len(variables)), (1, -1)):
        face = _face(f, variables, at, side, turn)
        if face is None:
            return None
        faces.append(face)
    flat = all(face.flat for face in faces)
    for reach in _REACHES:
        ways: set[str] = set()
        for face in faces:
            if budget.left() < 0:
                return None
            ways |= face.ways(reach)
        if {"up", "down"} <= ways:
            return Star("both", reach, flat)
        if ways in ({"up"}, {"down"}):
            return Star("up" if "up" in ways else "down", reach, flat)
    return _crossed(f, variables, at, flat=flat)


def _crossed(f: Expr, variables: Sequence[Symbol], at: Sequence[Expr], *, flat: bool) -> Star | None:
    """Return "both" where single simple rays prove it: a kink or valley may hide in one direction."""
    ways: set[str] = set()
    for direction in product((S.Zero, S.One, S.NegativeOne), repeat=len(variables)):
        ray = _slope(f, variables, at, direction, ()) if any(direction) else None
        if ray is not None:
            ways |= ray.ways(_REACHES[-1])
        if {"up", "down"} <= ways:
            return Star("both", _REACHES[-1], flat)
    return None


@dataclass(frozen=True, slots=True)
class _Face:
    """The slope of f along the rays through one face of a cube, over a power of t, in t and the other coordinates.

    rising: what must be positive for the slope to be right.
    """

    slope: Tape
    flat: bool
    rising: tuple[Tape, ...]

    def ways(self, reach: float) -> set[str]:
        """Return "up" and "down" as proven somewhere on the face, and "open" where something is left."""
        count = len(self.slope.variables) - 1
        lo, hi = _grid(count, _PARTS[count + 1])
        found: set[str] = set()
        for _ in range(_FINER + 1):
            up, down = self._proven(lo, hi, reach)
            found |= {"up"} if up.any() else set()
            found |= {"down"} if down.any() else set()
            left = ~(up | down)
            if not left.any() or not count:
                break
            lo, hi = _quartered(lo[left], hi[left])
        return found | ({"open"} if left.any() else set())

    def _proven(self, lo: Array, hi: Array, reach: float) -> tuple[Mask, Mask]:
        start = np.zeros((len(lo), 1))
        along = self.slope.run(np.hstack([start, lo]), np.hstack([start + reach, hi]), order=1)
        first = self.slope.run(np.hstack([start, lo]), np.hstack([start, hi]), order=0).jet.value
        value, bend = along.jet.value, along.jet.first[0]
        shape, sound = len(lo), ~along.void
        for each in self.rising:
            sound &= each.run(np.hstack([start, lo]), np.hstack([start + reach, hi]), order=0).jet.value.lo > 0
        rising, falling = (np.zeros(shape, bool), np.zeros(shape, bool))
        if bend is not None:
            # the slope starts from zero or above, and grows
            rising = np.broadcast_to((first.lo >= 0) & (bend.lo > 0), shape)
            falling = np.broadcast_to((first.hi <= 0) & (bend.hi < 0), shape)
        up = np.broadcast_to(value.lo > 0, shape) | rising
        return up & sound, (np.broadcast_to(value.hi < 0, shape) | falling) & sound


def _face(f: Expr, variables: Sequence[Symbol], at: Sequence[Expr], side: int, turn: int) -> _Face | None:
    across = tuple(Dummy(f"s{i}", real=True) for i in range(len(variables) - 1))
    return _slope(f, variables, at, (*across[:side], sp.Integer(turn), *across[side:]), across)


def _slope(
    f: Expr, variables: Sequence[Symbol], at: Sequence[Expr], direction: Sequence[Expr], across: tuple[Symbol, ...]
) -> _Face | None:
    t = Dummy("t", positive=True)
    along = {v: c + t * d for v, c, d in zip(variables, at, direction, strict=True)}
    rising: list[Expr] = []
    blown = _blown(f, along, t, rising)
    if blown is None:
        return None
    slope = _expanded(diff(blown, t))
    if slope.has(sp.Heaviside, sp.Derivative, sp.DiracDelta):
        return None
    flat = _at_zero(slope, t) == 0
    for _ in range(_DEEPEST):
        if _at_zero(slope, t) != 0:
            break
        slope = _expanded(slope / t)
    try:
        return _Face(Tape.of(slope, (t, *across)), flat, tuple(Tape.of(each, (t, *across)) for each in rising))
    except NoTapeError:
        return None


def _expanded(expr: Expr) -> Expr:
    """Return a sum multiplied out, but for what stands in absolute values, signs and roots."""
    kept = [part for part in expr.atoms(Abs, sp.sign, sp.Pow) if not part.is_Pow or not part.exp.is_Integer]
    names = {part: Dummy(real=True) for part in kept}
    return expand(expr.xreplace(names)).xreplace({name: part for part, name in names.items()})


def _at_zero(slope: Expr, t: Symbol) -> Expr:
    value = slope.xreplace({t: S.Zero})
    return value if value.has(S.NaN, S.ComplexInfinity) else expand(value)


def _blown(f: Expr, along: dict[Symbol, Expr], t: Symbol, rising: list[Expr]) -> Expr | None:
    """Return f along a ray with the powers of t taken out of absolute values and roots; None where that fails.

    rising: gets what must be positive for that to be right.
    """
    if f in along:
        return along[f]
    if not f.args:
        return f
    parts = [_blown(arg, along, t, rising) for arg in f.args]
    known = [part for part in parts if part is not None]
    if len(known) != len(parts):
        return None
    if isinstance(f, Abs):
        steady = _steady(known[0], t)
        if steady is not None:
            # what rises from zero is its own absolute value
            rising.append(diff(steady, t))
            return steady
        return _taken(known[0], t, lambda inner: sp.Mul(*map(Abs, sp.Mul.make_args(inner))), S.One)
    if f.is_Pow and f.exp.is_Rational and not f.exp.is_Integer:
        return _taken(known[0], t, lambda inner: inner**f.exp, f.exp)
    return f.func(*known)


def _steady(inner: Expr, t: Symbol) -> Expr | None:
    """Return what is no polynomial and zero at the start, turned so that it rises from there; else None."""
    if inner.is_polynomial(t) or expand(inner.xreplace({t: S.Zero})) != 0:
        return None
    slope = diff(inner, t).xreplace({t: S.Zero})
    side = None if slope.free_symbols else sign(expand(slope))
    return side * inner if side else None


def _taken(inner: Expr, t: Symbol, function: Callable[[Expr], Expr], exponent: Expr) -> Expr | None:
    """Return t^(k exponent) function(v) where inner = t^k v and v is not zero for all t = 0."""
    start = inner.xreplace({t: S.Zero})
    if not start.free_symbols and not start.has(S.NaN, S.ComplexInfinity) and sign(expand(start)):
        return function(inner)
    poly = sp.Poly(expand(inner), t) if expand(inner).is_polynomial(t) else None
    if poly is None:
        return None
    lowest = min(monomial[0] for monomial in poly.monoms())
    rest = sp.Add(*(c * t ** (m[0] - lowest) for m, c in poly.terms()))
    return t ** (lowest * exponent) * function(sp.factor(rest))


def _grid(count: int, parts: int) -> tuple[Array, Array]:
    """Return the cells of a grid on [-1, 1]^count, shape (cells, count)."""
    ends = np.linspace(-1.0, 1.0, parts + 1)
    cells = np.array(list(product(range(parts), repeat=count)), int).reshape(parts**count, count)
    return ends[cells], ends[cells + 1]


def _quartered(lo: Array, hi: Array) -> tuple[Array, Array]:
    """Return every cell cut in the middle of all its sides."""
    middle = lo / 2 + hi / 2
    lows, highs = [], []
    for upper in product((False, True), repeat=lo.shape[1]):
        lows.append(np.where(upper, middle, lo))
        highs.append(np.where(upper, hi, middle))
    return np.concatenate(lows), np.concatenate(highs)
