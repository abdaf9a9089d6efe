"""How far out critical points can be: a cube outside of which the slope along the rays from the origin has one sign."""

from collections.abc import Sequence
from itertools import product

import numpy as np
import sympy as sp
from sympy import Dummy, Expr, Rational, S, Symbol, diff, expand

from engine.critical.spans import Array
from engine.critical.tapes import NoTapeError, Tape
from engine.values import Budget

_REACHES = (5, 10, 20)
_PARTS = {0: 1, 1: 32, 2: 8}
_FINER = 4
_BOUNDED: dict[type[Expr], tuple[float, float]] = {
    sp.sin: (-1.0, 1.0),
    sp.cos: (-1.0, 1.0),
    sp.tanh: (-1.0, 1.0),
}
# the least value of z e^z, rounded down
_DIP = Rational(-368, 1000)


def reach(f: Expr, variables: Sequence[Symbol], budget: Budget) -> int | None:
    """Return R so that no critical point has |v| > R for one of the variables, None where none is proven.

    Every other letter of f may stand in sines and cosines only.
    """
    if not 0 < len(variables) <= len(_PARTS) or f.atoms(sp.Function) - f.atoms(sp.exp, *_BOUNDED):
        return None
    if any(not power.exp.is_Integer or power.exp < 0 for power in f.atoms(sp.Pow)):
        return None
    slope = sp.Add(*(v * diff(f, v) for v in variables))
    parts = _parts(expand(slope))
    if parts is None:
        return None
    for turn in (1, -1):
        polys = _gathered(parts, turn)
        for far in _REACHES:
            if budget.left() < 0:
                return None
            if all(_positive(poly, variables, far) for poly in polys):
                return far
    return None


def _parts(slope: Expr) -> dict[Expr, Expr] | None:
    """Return a sum of P e^q as {q: P} with polynomials P in variables and bounded functions; None where it is none."""
    found: dict[Expr, Expr] = {}
    for term in sp.Add.make_args(slope):
        exponent, rest = S.Zero, S.One
        for factor in sp.Mul.make_args(term):
            if isinstance(factor, sp.exp) and factor.free_symbols:
                exponent += factor.args[0]
            else:
                rest *= factor
        bare = rest.xreplace({call: Dummy() for call in rest.atoms(*_BOUNDED) if call.free_symbols})
        if not bare.is_polynomial(*bare.free_symbols):
            return None
        exponent = expand(exponent)
        found[exponent] = found.get(exponent, S.Zero) + rest
    return {exponent: poly for exponent, poly in found.items() if poly != 0}


def _gathered(parts: dict[Expr, Expr], turn: int) -> list[Expr]:
    """Return polynomials: where all are positive, the sum of the parts has the sign `turn`."""
    plain, others = turn * parts.get(S.Zero, S.Zero), []
    for exponent, poly in parts.items():
        share = sp.cancel(turn * poly / exponent) if exponent != 0 else S.Zero
        if share.is_Rational and share > 0:
            plain += share * _DIP
        elif exponent != 0:
            others.append(turn * poly)
    return others if plain == 0 else [plain, *others]


def _positive(poly: Expr, variables: Sequence[Symbol], far: int) -> bool:
    """Tell whether a polynomial in variables and bounded functions is positive where one variable is beyond far."""
    calls = sorted((call for call in poly.atoms(*_BOUNDED) if call.free_symbols), key=str)
    names = {call: Dummy(f"b{i}", real=True) for i, call in enumerate(calls)}
    t = Dummy("t", positive=True)
    across = [Dummy(f"s{i}", real=True) for i in range(len(variables) - 1)]
    bare = poly.xreplace(names)
    if not bare.free_symbols <= {*variables, *names.values()}:
        return False
    degree = sp.Poly(bare, *variables).total_degree()
    for side, turn in product(range(len(variables)), (1, -1)):
        direction = [*across[:side], sp.Integer(turn), *across[side:]]
        scaled = expand(
            t**degree * expand(bare.xreplace({v: d / t for v, d in zip(variables, direction, strict=True)}))
        )
        try:
            tape = Tape.of(scaled, (t, *names.values(), *across))
        except NoTapeError:
            return False
        if not _everywhere(tape, [_BOUNDED[call.func] for call in calls], len(across), far):
            return False
    return True


def _everywhere(tape: Tape, bounds: Sequence[tuple[float, float]], count: int, far: int) -> bool:
    """Tell whether a tape is positive for 0 <= t <= 1/far, with its other arguments within bounds and within +-1."""
    ends = np.linspace(-1.0, 1.0, _PARTS[count] + 1)
    cells = np.array(list(product(range(_PARTS[count]), repeat=count)), int).reshape(_PARTS[count] ** count, count)
    rest = (ends[cells], ends[cells + 1])
    lo, hi = (_rows(rest[k], [0.0, np.nextafter(1 / far, 1.0)][k], [pair[k] for pair in bounds]) for k in (0, 1))
    for _ in range(_FINER):
        left = ~np.broadcast_to(tape.run(lo, hi, order=0).jet.value.lo > 0, (len(lo),))
        if not left.any():
            return True
        lo, hi = lo[left], hi[left]
        for side in (0, *range(lo.shape[1] - count, lo.shape[1])):
            lower, upper = hi.copy(), lo.copy()
            lower[:, side] = upper[:, side] = lo[:, side] / 2 + hi[:, side] / 2
            lo, hi = np.concatenate([lo, upper]), np.concatenate([lower, hi])
    return False


def _rows(across: Array, first: float, bounds: Sequence[float]) -> Array:
    fixed = np.broadcast_to(np.array([first, *bounds]), (len(across), 1 + len(bounds)))
    return np.hstack([fixed, across])
