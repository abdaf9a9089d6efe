"""What kind of critical point a place is: by the Hessian's signs, or by exact power series along two curves."""

from functools import reduce
from operator import mul
from typing import Any

from flint import arb, arb_mat, fmpq, fmpq_series

from engine.proofs.terms import Rejected, Term, derivative, number, value


def check(f: Term, place: list[arb], point: dict[str, Any]) -> None:
    """Check the kind of the one critical point in a place; refuses (Rejected) what point["class"] does not show."""
    by = point["class"]
    shown = "not decided" if by is None else (_curves if by["by"] == "curves" else _signs)(f, place, by, point)
    if (point["kind"], point["strict"]) != (shown, True if shown.startswith("local") else None):
        raise Rejected(f"that there is a {point['kind']} at {point['at'] or point['decimal']} is not shown")


def _signs(f: Term, place: list[arb], by: dict[str, Any], _point: dict[str, Any]) -> str:
    """Return what the Hessian shows: by its leading minors, or by two directions with different signs."""
    size = range(len(place))
    h = [[value(derivative(derivative(f, i), j), place, {}) for j in size] for i in size]
    minors = [arb_mat([row[:k] for row in h[:k]]).det() for k in range(1, len(place) + 1)]
    if all(each > 0 for each in minors):
        return "local minimum"
    if all(each * (-1) ** k < 0 for k, each in enumerate(minors)):
        return "local maximum"
    ways = [arb_mat([[arb(number(c))] for c in by[side]]) for side in ("up", "down")]
    rise, fall = ((way.transpose() * arb_mat(h) * way)[0, 0] for way in ways)
    return "saddle point" if rise > 0 > fall else "not decided"


def _curves(f: Term, place: list[arb], by: dict[str, Any], point: dict[str, Any]) -> str:
    """Return what two curves at[i] + c[i][0] s + c[i][1] s^2 + .. with s > 0 show: f rises along one of them."""
    at, size = [number(each) for each in point["at"]], range(len(place))
    critical = not any(any(terms(f, at, [[fmpq(i == j)] for i in size])[:1]) for j in size)
    if not critical or not all(c.overlaps(arb(each)) for c, each in zip(place, at, strict=True)):
        raise Rejected("that the place stated is the critical point is not shown")
    ways = ([[number(c) for c in each] for each in by[side]] for side in ("up", "down"))
    rise, fall = (next(c for c in terms(f, at, way) if c != 0) for way in ways)
    return "saddle point" if rise > 0 > fall else "not decided"


def terms(f: Term, at: list[fmpq], ways: list[list[fmpq]]) -> list[fmpq]:
    """Return the coefficients of f along a curve from s on."""
    coefficients: list[fmpq] = _along(f, [fmpq_series([c, *way]) for c, way in zip(at, ways, strict=True)]).coeffs()
    return coefficients[1:]


def _along(term: Term, curve: list[fmpq_series]) -> fmpq_series:
    """Return the power series of a term along a curve; raises an error where that is not rational."""
    match term:
        case ("num", q):
            return fmpq_series([q])
        case ("var", i):
            return curve[i]
        case ("add" | "mul" as kind, parts):
            series = [_along(each, curve) for each in parts]
            return reduce(mul, series) if kind == "mul" else sum(series, fmpq_series([]))
        case ("pow", base, ("num", q)) if q.q < 3:
            power = (_along(base, curve).sqrt() if q.q == 2 else _along(base, curve)) ** abs(int(q.p))
            return power if q > 0 else fmpq_series([1]) / power
        case ("call", name, of):
            return fmpq_series(getattr(_along(of, curve), name)())
    raise Rejected("a power series is not known")
