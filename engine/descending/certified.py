"""The lowest point of a logistic loss: found in floats, then enclosed with proof, since it seldom has a closed form."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from flint import arb, arb_mat, ctx, fmpq

from engine.descending.spectrum import Rows

_BITS = 192
_TURNS = 200
_RADIUS = 1e-9


def logistic_minimum(features: Rows, positive: Sequence[bool], l2: Fraction) -> tuple[float, ...] | None:
    """Return where the mean of the losses and l2 times the parameters' squares is lowest, proven to 9 digits.

    None where the proof fails. It is interval Newton: a box that its own Newton step maps into itself
    holds exactly one zero of the gradient.
    """
    x, y = np.array(features, dtype=float), np.array(positive, dtype=float)
    at = np.zeros(x.shape[1])
    for _ in range(_TURNS):
        chance = 0.5 * (1 + np.tanh(x @ at / 2))
        slope = x.T @ (chance - y) / len(y) + 2 * float(l2) * at
        curved = x.T @ (x * (chance * (1 - chance))[:, None]) / len(y) + 2 * float(l2) * np.eye(len(at))
        try:
            step = np.linalg.solve(curved, slope)
        except np.linalg.LinAlgError:
            return None
        size = float(np.abs(step).max())
        if not np.isfinite(size):
            return None
        # Far out a full step can overshoot.
        at = at - step * min(1.0, 2.0 / size if size else 1.0)
        if size < 1e-15 * (1 + float(np.abs(at).max())):
            break
    return _proven(features, positive, l2, list(map(float, at)))


def _proven(features: Rows, positive: Sequence[bool], l2: Fraction, at: Sequence[float]) -> tuple[float, ...] | None:
    with ctx.workprec(_BITS):
        rows = [[_ball(each) for each in row] for row in features]
        held, size = 2 * _ball(l2) * len(rows), len(at)
        middle = [arb(each) for each in at]
        box = [arb(each, _RADIUS * (1 + max(map(abs, at)))) for each in at]
        wrong = [_chance(row, middle) - int(good) for row, good in zip(rows, positive, strict=True)]
        spread = [chance * (1 - chance) for chance in (_chance(row, box) for row in rows)]
        slope = [_dot([row[i] for row in rows], wrong) + held * middle[i] for i in range(size)]
        curved = [
            _dot([row[i] * row[j] for row in rows], spread) + (held if i == j else 0)
            for i in range(size)
            for j in range(size)
        ]
        try:
            step = arb_mat(size, size, curved).solve(arb_mat(size, 1, slope))
        except ZeroDivisionError:
            return None
        moved = [each - step[i, 0] for i, each in enumerate(middle)]
        if all(outer.contains_interior(inner) for outer, inner in zip(box, moved, strict=True)):
            return tuple(0.0 if each.contains(0) else float(each.mid()) for each in moved)
    return None


def _ball(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))


def _dot(left: Sequence[arb], right: Sequence[arb]) -> arb:
    return sum((a * b for a, b in zip(left, right, strict=True)), arb(0))


def _chance(row: Sequence[arb], at: Sequence[arb]) -> arb:
    return 1 / (1 + (-_dot(row, at)).exp())
