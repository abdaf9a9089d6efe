"""What a function with absolute values has at a place where some of them are zero: by its slopes and bends there."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2

from flint import arb, arb_mat, ctx
from sympy import Abs, Dummy, Expr, Symbol, diff

from engine.calculus.balls import ball, side
from engine.critical.certificates import inertia
from engine.critical.rays import Way

_BITS = 256


@dataclass(frozen=True, slots=True)
class Crease:
    """A function F(x, |u|, ...) at a place where some of the u are zero, all numbers in balls.

    slope: the gradient of F by x.
    lifts: the derivative of F by each |u|.
    folds: the gradients of the u.
    """

    slope: tuple[arb, ...]
    lifts: tuple[arb, ...]
    folds: tuple[tuple[arb, ...], ...]


def crease(f: Expr, variables: Sequence[Symbol], at: Sequence[Expr], active: Sequence[Expr]) -> Way | None:
    """Return what f does round a place: "up" for a strict minimum, "down" for a maximum, "both" for neither.

    active: the absolute values in f that are zero there; one alone must be at a place where F is stationary
    along u = 0. None where that is not decided.
    Source: f'(p; d) = F_x d + sum F_|u| |u' d|; where that is zero along a single fold only, the bend of
    F - m u along the fold decides (second-order conditions of exact penalty functions).
    """
    here = _balls(variables, at)
    flat = here and _flattened(f, active, here)
    if not here or flat is None:
        return None
    inner, sizes = flat
    rest = {size: arb(0) for size in sizes}
    with ctx.workprec(_BITS):
        slope = _values([diff(inner, v) for v in variables], here | rest)
        lifts = _values([diff(inner, size) for size in sizes], here | rest)
        folds = [_values([diff(call.args[0], v) for v in variables], here) for call in active]
        if slope is None or lifts is None:
            return None
        known = [fold for fold in folds if fold is not None]
        if len(known) != len(folds):
            return None
        found = Crease(slope, lifts, tuple(known))
        if len(active) == 1:
            return _single(found, inner, active[0].args[0], variables, here | rest)
        return _corner(found) if len(variables) == 2 else None


def _balls(variables: Sequence[Symbol], at: Sequence[Expr]) -> dict[Expr, arb]:
    found = {v: ball(c, _BITS) for v, c in zip(variables, at, strict=True)}
    known = {v: near for v, near in found.items() if near is not None}
    return known if len(known) == len(found) else {}


def _flattened(f: Expr, active: Sequence[Expr], here: dict[Expr, arb]) -> tuple[Expr, list[Symbol]] | None:
    """Return f with symbols for the active absolute values, the others written without bars."""
    names: dict[Expr, Expr] = {call: Dummy(f"a{i}", real=True) for i, call in enumerate(active)}
    for call in f.atoms(Abs) - set(active):
        turn = side(ball(call.args[0], _BITS, here))
        if not turn or call.args[0].has(Abs):
            return None
        names[call] = turn * call.args[0]
    return f.xreplace(names), [names[call] for call in active]


def _values(expressions: Sequence[Expr], here: dict[Expr, arb]) -> tuple[arb, ...] | None:
    found = [ball(each, _BITS, here) for each in expressions]
    known = [each for each in found if each is not None]
    return tuple(known) if len(known) == len(found) else None


def _single(found: Crease, inner: Expr, fold: Expr, variables: Sequence[Symbol], here: dict[Expr, arb]) -> Way | None:
    """Decide at one fold."""
    normal, lift = found.folds[0], found.lifts[0]
    pivot = max(range(len(variables)), key=lambda i: float(abs(normal[i]).lower()))
    if side(normal[pivot]) is None:
        return None
    share = found.slope[pivot] / normal[pivot]
    if any(not (a - share * b).contains(0) for a, b in zip(found.slope, normal, strict=True)):
        return "both"
    across = side(abs(lift) - abs(share))
    if not across:
        return None
    if across < 0:
        return "both"
    if len(variables) == 1:
        return "up" if lift > 0 else "down"
    bend = _bend(inner, fold, share, normal, pivot, variables, here)
    signature = None if bend is None else inertia(bend)
    if signature is None:
        return None
    if lift > 0:
        return "both" if signature.negative else "up"
    return "both" if signature.positive else "down"


def _bend(
    inner: Expr,
    fold: Expr,
    share: arb,
    normal: tuple[arb, ...],
    pivot: int,
    variables: Sequence[Symbol],
    here: dict[Expr, arb],
) -> arb_mat | None:
    """Return the second derivatives of F - m u along directions in the fold."""
    size = len(variables)
    above = [_values([diff(inner, v, w) for w in variables], here) for v in variables]
    below = [_values([diff(fold, v, w) for w in variables], here) for v in variables]
    rows = [
        [a - share * b for a, b in zip(one, other, strict=True)]
        for one, other in zip(above, below, strict=True)
        if one is not None and other is not None
    ]
    if len(rows) != size:
        return None
    along = [
        [arb(1) if i == j else -normal[j] / normal[pivot] if i == pivot else arb(0) for j in range(size) if j != pivot]
        for i in range(size)
    ]
    basis = arb_mat(along)
    return basis.transpose() * arb_mat(rows) * basis


def _corner(found: Crease) -> Way | None:
    """Decide in the plane where several folds meet: between neighbouring folds the slope is linear in the direction."""
    rays = []
    for a, b in found.folds:
        # a fold's own directions, and the ones across, so that neighbours are less than half a turn apart
        rays += [(-b, a), (b, -a), (a, b), (-a, -b)]
    rays.sort(key=lambda ray: atan2(float(ray[1].mid()), float(ray[0].mid())))
    sides = [side(_slope(found, ray)) for ray in rays]
    if 1 in sides and -1 in sides:
        return "both"
    if all(each == 1 for each in sides):
        return "up"
    return "down" if all(each == -1 for each in sides) else None


def _slope(found: Crease, ray: tuple[arb, arb]) -> arb:
    """Return the one-sided derivative along a direction; a direction in a fold may be off by its rounding."""
    a, b = ray
    total = found.slope[0] * a + found.slope[1] * b
    for lift, fold in zip(found.lifts, found.folds, strict=True):
        total += lift * abs(fold[0] * a + fold[1] * b)
    return total
