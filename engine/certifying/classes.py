"""What shows the kind of a critical point to the checker: the Hessian, with two directions, or two curves."""

from collections.abc import Iterator, Sequence
from itertools import permutations, product

import numpy as np
from flint import arb, fmpq, fmpq_mat

from engine.critical import CriticalPoint
from engine.proofs.classes import check, terms
from engine.proofs.terms import Rejected, Term, derivative, value
from engine.values import Budget, Json

Vector = list[fmpq]
_SHAPES = ((1, 2), (1, 3), (2, 3))
_SLOPES = tuple(fmpq(n, d) for n, d in ((1, 1), (-1, 1), (2, 1), (-2, 1), (1, 2), (-1, 2), (3, 2), (-3, 2)))
_SIMPLE = tuple(map(fmpq, (0, 1, -1, 2, -2)))


def classed(term: Term, point: CriticalPoint, place: list[arb], at: list[str], budget: Budget) -> Json | None:
    """Return what shows the kind of a critical point to the checker; None where nothing known does.

    place: balls round it; at: its coordinates as they stand in the certificate.
    """
    saddle = point.kind == "saddle point"
    given = {"at": at, "kind": point.kind, "strict": point.strict}
    signs = {"by": "signs"} | (_directions(term, place) if saddle else {})
    if _shows(term, place, given | {"class": signs}):
        return signs
    if not saddle or not point.degenerate or not all(c.is_Rational for c in point.at):
        return None
    centre = [fmpq(int(c.p), int(c.q)) for c in point.at]
    try:
        found = _curves(term, centre, _frame(term, centre), budget)
    except (Rejected, ArithmeticError, ValueError):  # a series with terms that are not rational
        return None
    return found if _shows(term, place, given | {"class": found}) else None


def _shows(term: Term, place: list[arb], point: Json) -> bool:
    try:
        check(term, place, point)
    except Exception:  # noqa: BLE001 - whatever does not pass is not used
        return False
    return True


def _directions(term: Term, place: list[arb]) -> Json:
    """Return directions in which the Hessian is greatest and least, with simple coordinates."""
    size = range(len(place))
    hessian = [[float(value(derivative(derivative(term, i), j), place, {}).mid()) for j in size] for i in size]
    vectors = np.linalg.eigh(np.nan_to_num(hessian))[1]
    down, up = ([str(fmpq(round(c * 64), 64)) for c in vectors[:, k]] for k in (0, -1))
    return {"up": up, "down": down}


def _frame(term: Term, at: Vector) -> list[Vector]:
    """Return vectors that span the space, the last of them the Hessian's kernel."""
    size = range(len(at))
    bends = {(i, j): _bend(term, at, [[fmpq(k in (i, j))] for k in size]) for i in size for j in size}
    hessian = fmpq_mat(
        [[2 * bends[i, i] if i == j else bends[i, j] - bends[i, i] - bends[j, j] for j in size] for i in size]
    )
    reduced, rank = hessian.rref()
    pivots = [next(j for j in size if reduced[i, j] != 0) for i in range(rank)]
    vectors = [[fmpq(int(i == j)) for i in size] for j in pivots]
    for free in (j for j in size if j not in pivots):
        vector = [fmpq(int(i == free)) for i in size]
        for row, pivot in enumerate(pivots):
            vector[pivot] = -reduced[row, free]
        vectors.append(vector)
    return vectors


def _bend(term: Term, at: Vector, way: list[Vector]) -> fmpq:
    found = terms(term, at, way)
    return found[1] if len(found) > 1 else fmpq(0)


def _way(frame: Sequence[Vector], steps: Sequence[tuple[fmpq, int]]) -> list[Vector]:
    """Return the curve on which the j-th vector is taken a[j] s^p[j] times, as coefficients for each variable."""
    top = max(power for _, power in steps)
    return [
        [sum((a * v[i] for (a, p), v in zip(steps, frame, strict=True) if p == k), fmpq(0)) for k in range(1, top + 1)]
        for i in range(len(frame))
    ]


def _steps(count: int) -> Iterator[list[tuple[fmpq, int]]]:
    """Return straight lines, and curves in the planes of two vectors."""
    for direction in product(_SIMPLE, repeat=min(count, 3)):
        yield [(a, 1) for a in direction] + [(fmpq(0), 1)] * (count - len(direction))
    for (i, j), (p, q), slope, turn in product(permutations(range(count), 2), _SHAPES, _SLOPES, (fmpq(1), fmpq(-1))):
        steps = [(fmpq(0), 1)] * count
        steps[i], steps[j] = (turn, p), (slope, q)
        yield steps


def _curves(term: Term, at: Vector, frame: list[Vector], budget: Budget) -> Json:
    """Return a curve along which f rises, and one along which it falls, as far as some are found."""
    found: Json = {"by": "curves"}
    for steps in _steps(len(at)):
        way = _way(frame, steps)
        lowest = next((c for c in terms(term, at, way) if c != 0), 0)
        if lowest != 0:
            found.setdefault("up" if lowest > 0 else "down", [[str(c) for c in each] for each in way])
        if len(found) == 3 or budget.left() < 0:
            break
    return found
