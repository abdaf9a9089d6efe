"""Critical points of any smooth function in a window: all of them, by branch and prune, each certified."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from flint import arb, ctx
from sympy import Abs, Expr, Float, Pow, Symbol, diff, fraction, together

from engine.calculus.balls import ball, side
from engine.calculus.signs import decimal, sign
from engine.critical.boxes import Pruned, prune
from engine.critical.certificates import System, certified, inertia
from engine.critical.closed import closed_forms
from engine.critical.found import Box, CriticalPoint, Found
from engine.critical.kernels import plain
from engine.critical.leftovers import Bounds, Leftover, leftovers
from engine.critical.near import placed
from engine.critical.outer import core
from engine.critical.signature import shown, test_sentence
from engine.critical.spans import Array
from engine.critical.tapes import NoTapeError, Tape
from engine.values import Budget

Window = Sequence[tuple[Expr, Expr]]

_WIDER = 1.3e-6  # of the window on each side, so that a zero on its edge is inside of some box
_BITS = 192
_PROOF = "interval arithmetic shows a single zero of the gradient near each point, and none elsewhere in the window"
_ROUGH = (
    "interval arithmetic shows a single zero of the gradient, or an extremum at a kink, near each point, "
    "and none elsewhere in the window"
)
_MISSING = "proven; what lies in the open boxes is not decided"
_SHORT = "proven, search of the window not finished"


@dataclass(slots=True)
class _Gathered:
    """What a search has found so far."""

    points: list[CriticalPoint]
    open: list[Box]
    missing: list[str]


def windowed(
    f: Expr, variables: tuple[Symbol, ...], window: Window, periods: tuple[Expr, ...], budget: Budget
) -> Found:
    """Return the smooth critical points of f in a window, its edges included, and what stayed open.

    periods: of the gradient, 0 where there is none; of a periodic variable the window is one period, and
             of two points that are one period apart the left one is left out.
    Raises NoTapeError for a function whose ranges are not known, refuses (NotSupported) one that cannot be derived.
    """
    inner = core(f).of
    tape, system = Tape.of(inner, variables), System.of(f, variables)
    lo, hi = (np.array([decimal(end[k]) for end in window]) for k in (0, 1))
    room = (hi - lo) * _WIDER
    found = prune(tape, lo - room, hi + room * 1.1, budget, _tops(inner, variables))
    gathered = _Gathered([], [], [])
    _certify(f, system, found, window, periods, budget, gathered)
    for left in leftovers(f, variables, found.open, budget):
        _settle(left, window, periods, gathered)
    if not found.finished:
        gathered.missing.append(f"{_counted(gathered)} {_SHORT}")
    elif gathered.open and not gathered.missing:
        gathered.missing.append(f"{_counted(gathered)} {_MISSING}")
    points = tuple(sorted(gathered.points, key=lambda point: point.decimal))
    proof = _PROOF if all(point.smooth for point in points) else _ROUGH
    why = "; ".join(dict.fromkeys(gathered.missing)) or proof
    return Found(
        points,
        (),
        "not proven" if gathered.missing else "proven in window",
        f"{why}.",
        periods,
        open=tuple(gathered.open),
        window=tuple(window),
    )


def _counted(gathered: _Gathered) -> str:
    count = len(gathered.points)
    return f"{count} point{'s' * (count != 1)}"


def _tops(f: Expr, variables: tuple[Symbol, ...]) -> list[Tape]:
    """Return the numerators of the partial derivatives of a function with poles, and without kinks.

    At a kink an extremum need not be a zero of the numerators.
    """
    if f.has(Abs) or any(not power.exp.is_Integer and power.base.free_symbols for power in f.atoms(Pow)):
        return []
    firsts = [diff(plain(f), v) for v in variables]
    if not any(power.exp.is_negative and power.base.free_symbols for each in firsts for power in each.atoms(Pow)):
        return []
    try:
        return [Tape.of(fraction(together(each))[0], variables) for each in firsts]
    except NoTapeError:
        return []


def _certify(
    f: Expr,
    system: System,
    found: Pruned,
    window: Window,
    periods: tuple[Expr, ...],
    budget: Budget,
    gathered: _Gathered,
) -> None:
    """Take up each zero once, with its certificate; one without stays open."""
    kept: list[tuple[Array, Array]] = []
    for centre, low, high in zip(found.centres, found.low, found.high, strict=True):
        if budget.left() < 0:
            gathered.open.append(_box(low, high))
            found.finished = False
            continue
        zero = certified(system, [float(each) for each in centre])
        if zero is None or not _inside(zero, low, high):
            gathered.open.append(_box(low, high))
        elif not any(_inside(zero, *other) for other in kept):
            kept.append((low, high))
            _take(f, system, zero, window, periods, gathered)


def _inside(zero: Sequence[arb], low: Array, high: Array) -> bool:
    """Tell whether a zero is well inside of a box."""
    return all(
        np.nextafter(a, np.inf) < float(each.mid()) < np.nextafter(b, -np.inf)
        for each, a, b in zip(zero, low, high, strict=True)
    )


def _box(low: Array, high: Array) -> Bounds:
    return tuple((float(a), float(b)) for a, b in zip(low, high, strict=True))


def _take(
    f: Expr, system: System, zero: tuple[arb, ...], window: Window, periods: tuple[Expr, ...], gathered: _Gathered
) -> None:
    """Take up a certified zero that lies in the window."""
    where = [
        _against(each, *ends, periodic=period != 0) for each, ends, period in zip(zero, window, periods, strict=True)
    ]
    if False in where:
        return
    exact = closed_forms(system, zero)
    point = _described(f, system, zero, exact)
    inside = [
        _within(each, known, ends, half_open=period != 0)
        for each, known, ends, period in zip(zero, exact, window, periods, strict=True)
    ]
    if False in inside:
        return
    if None in inside:
        gathered.missing.append("whether a point lies on the edge of the window is not decided")
    gathered.points.append(point)


def _against(value: arb, low: Expr, high: Expr, *, periodic: bool) -> bool | None:
    """Tell whether a number is between two others; None at an edge."""
    return _within(value, None, (low, high), half_open=periodic)


def _within(value: arb, exact: Expr | None, ends: tuple[Expr, Expr], *, half_open: bool) -> bool | None:
    """Tell whether a number lies between two ends, the lower one included unless half_open."""
    sides: list[int | None] = []
    for end, turn in ((ends[0], 1), (ends[1], -1)):
        near = ball(end, _BITS)
        found = None if near is None else side((value - near) * turn)
        if found is None and exact is not None:
            found = sign(turn * (exact - end))
        sides.append(found)
    if -1 in sides or (half_open and sides[0] == 0):
        return False
    return None if None in sides else True


def _described(f: Expr, system: System, zero: tuple[arb, ...], exact: tuple[Expr | None, ...]) -> CriticalPoint:
    """Return what f has at a certified zero of its gradient."""
    numbers = tuple(
        float(each.mid()) + 0.0 if known is None else decimal(known) for each, known in zip(zero, exact, strict=True)
    )
    at = tuple(Float(repr(n), 17) if known is None else known for known, n in zip(exact, numbers, strict=True))
    with ctx.workprec(_BITS):
        matrix = system.slopes(zero)
        signature = None if matrix is None else inertia(matrix)
    value, level = _level(f, system.unknowns, zero, exact)
    if matrix is None or signature is None:
        return CriticalPoint(
            at,
            numbers,
            "not decided",
            None,
            degenerate=False,
            value=value,
            value_decimal=level,
            test="the signs of the eigenvalues are not proven",
        )
    last = len(numbers) - 1
    with ctx.workprec(_BITS):
        determinant = matrix[0, 0] * matrix[last, last] - matrix[0, last] * matrix[0, last]
    test = test_sentence(shown(None, matrix[0, 0]), shown(None, determinant), signature, system.unknowns)
    strict = True if signature.kind in ("local minimum", "local maximum") else None
    return CriticalPoint(
        at, numbers, signature.kind, strict, degenerate=False, value=value, value_decimal=level, test=test
    )


def _level(
    f: Expr, variables: tuple[Symbol, ...], zero: tuple[arb, ...], exact: tuple[Expr | None, ...]
) -> tuple[Expr, float]:
    """Return the value of f there, exact where the place is."""
    known = [each for each in exact if each is not None]
    if len(known) == len(exact):
        value = placed(f, variables, tuple(known))
        return value, decimal(value)
    near = ball(f, _BITS, dict(zip(variables, zero, strict=True)))
    level = float("nan") if near is None else float(near.mid()) + 0.0
    return Float(repr(level), 17), level


def _settle(left: Leftover, window: Window, periods: tuple[Expr, ...], gathered: _Gathered) -> None:
    """Take up what is known of open boxes that belong together."""
    if left.point is not None:
        sides = [
            (sign(c - low) or 0, sign(high - c) or 0) for c, (low, high) in zip(left.point.at, window, strict=True)
        ]
        # of two points one period apart the right one stays
        inside = all(
            below >= int(period != 0) and above >= 0 for (below, above), period in zip(sides, periods, strict=True)
        )
        if inside and all(point.at != left.point.at for point in gathered.points):
            gathered.points.append(left.point)
    if not left.closed:
        gathered.open.append(left.box)
