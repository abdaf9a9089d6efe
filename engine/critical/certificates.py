"""The last word on a zero of a gradient: existence in a ball of 2^-100, and the signs of the Hessian in it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from flint import arb, arb_mat, ctx
from sympy import Dummy, Expr, Symbol, cse, diff, numbered_symbols

from engine.calculus.balls import ball
from engine.calculus.derivatives import gradient
from engine.critical.signature import Signature

_BITS = 192
_RADIUS = -100
_STEPS = 8
_NEAR, _DONE = 1e-8, 1e-32


@dataclass(frozen=True, slots=True)
class System:
    """Equations in as many unknowns, and their derivatives; parts that occur twice are worked out once.

    parts: a name for each part, which stands for it in later parts, in values and in slopes.
    """

    unknowns: tuple[Symbol, ...]
    equations: tuple[Expr, ...]
    _parts: tuple[tuple[Symbol, Expr], ...]
    _values: tuple[Expr, ...]
    _slopes: tuple[tuple[Expr, ...], ...]

    @classmethod
    def of(cls, f: Expr, variables: Sequence[Symbol]) -> "System":
        """Return the system gradient = 0. Refuses (NotSupported) what cannot be derived."""
        firsts = gradient(f, variables)
        size = range(len(variables))
        upper = {(i, j): gradient(firsts[i], variables[j : j + 1])[0] for i in size for j in size if i <= j}
        return cls._built(variables, firsts, [[upper[min(i, j), max(i, j)] for j in size] for i in size])

    @classmethod
    def between(cls, equations: Sequence[Expr], unknowns: Sequence[Symbol]) -> "System":
        """Return a system of equations of any kind."""
        return cls._built(unknowns, equations, [[diff(equation, v) for v in unknowns] for equation in equations])

    @classmethod
    def _built(cls, unknowns: Sequence[Symbol], equations: Sequence[Expr], rates: Sequence[Sequence[Expr]]) -> "System":
        size = len(unknowns)
        flat = [*equations, *(rate for row in rates for rate in row)]
        parts, short = cse(flat, symbols=numbered_symbols(cls=Dummy), order="none")
        rows = tuple(tuple(short[size + i * size : size + (i + 1) * size]) for i in range(size))
        return cls(tuple(unknowns), tuple(equations), tuple(parts), tuple(short[:size]), rows)

    def values(self, at: Sequence[arb]) -> arb_mat | None:
        """Return balls round the equations' left sides as a column, None where they are not defined."""
        found = self._balls(at, self._values)
        return None if found is None else arb_mat([[each] for each in found])

    def slopes(self, at: Sequence[arb]) -> arb_mat | None:
        """Return balls round the derivatives, None where they are not defined."""
        size = len(self.unknowns)
        found = self._balls(at, [rate for row in self._slopes for rate in row])
        return None if found is None else arb_mat([found[i * size : (i + 1) * size] for i in range(size)])

    def _balls(self, at: Sequence[arb], wanted: Sequence[Expr]) -> list[arb] | None:
        known = dict(zip(self.unknowns, at, strict=True))
        for name, part in self._parts:
            value = ball(part, _BITS, known)
            # a part that is undefined here may still not be wanted
            if value is not None:
                known[name] = value
        cached: dict[Expr, arb | None] = {}
        for each in wanted:
            if each not in cached:
                cached[each] = known[each] if each in known else ball(each, _BITS, known)
        found = [cached[each] for each in wanted]
        sound = [each for each in found if each is not None]
        return sound if len(sound) == len(found) else None


def certified(system: System, near: Sequence[float]) -> tuple[arb, ...] | None:
    """Return balls round a proven zero of a system near a place, None where there is no proof.

    Source: Krawczyk's operator maps the balls into their inside, so it has a fixed point there.
    """
    with ctx.workprec(_BITS):
        at = [arb(value) for value in near]
        slopes, size = None, 1.0
        for _ in range(_STEPS):
            # the slopes of a place near enough serve again
            slopes = system.slopes(at) if slopes is None or size > _NEAR else slopes
            values = None if slopes is None else system.values(at)
            if slopes is None or values is None:
                return None
            try:
                step = arb_mat(slopes.mid()).solve(values)
            except ZeroDivisionError:
                return None
            size = max(abs(float(step[i, 0].mid())) for i in range(len(at)))
            at = [(each - step[i, 0]).mid() for i, each in enumerate(at)]
            if not all(each.is_finite() for each in at):
                return None
            if size < _DONE:
                break
        return _contracted(system, at)


def _contracted(system: System, at: list[arb]) -> tuple[arb, ...] | None:
    size = len(at)
    radius = arb(2) ** _RADIUS * max([abs(each).upper() for each in at] + [arb(1)], key=float)
    box = [arb(each, radius) for each in at]
    values, around = system.values(at), system.slopes(box)
    if values is None or around is None:
        return None
    one = arb_mat([[int(i == j) for j in range(size)] for i in range(size)])
    try:
        near = arb_mat(around.mid()).inv()
    except ZeroDivisionError:
        return None
    shift = (one - near * around) * arb_mat([[arb(0, radius)] for _ in at]) - near * values
    if not all(abs(shift[i, 0]) < radius for i in range(size)):
        return None
    return tuple(each + shift[i, 0] for i, each in enumerate(at))


def inertia(matrix: arb_mat) -> Signature | None:
    """Return the signs of the eigenvalues of a symmetric matrix without the eigenvalue 0, None where not proven.

    Source: Sylvester's law of inertia, and Gershgorin's theorem for V'HV with about the eigenvectors in V.
    """
    size = matrix.nrows()
    middle = np.array([[float(matrix[i, j].mid()) for j in range(size)] for i in range(size)])
    if not np.isfinite(middle).all():
        return None
    scale = np.abs(middle).max() or 1.0
    vectors = arb_mat(np.linalg.eigh(middle / scale)[1].tolist())
    near = vectors.transpose() * matrix * vectors
    signs = []
    for i in range(size):
        rest = sum((abs(near[i, j]) for j in range(size) if j != i), arb(0))
        if not abs(near[i, i]) > rest:
            return None
        signs.append(bool(near[i, i] > 0))
    return Signature(signs.count(False), 0, signs.count(True))
