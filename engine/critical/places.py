"""What a rational function has at an algebraic point where its gradient is zero."""

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq_poly
from sympy import Expr, Symbol

from engine.calculus.signs import decimal
from engine.critical.degenerate import Local, classified, lift
from engine.critical.found import CriticalPoint, Kind
from engine.critical.polynomials import rational, ring
from engine.critical.quotients import Quotient
from engine.critical.roots import Root
from engine.critical.signature import Entries, Signature, algebraic, shown, test_sentence
from engine.critical.solutions import Place
from engine.values import Budget

# A minimal polynomial of higher degree tells a reader nothing, and takes longer than all the rest.
_DEGREE_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a function has at a critical point, and why."""

    hessian: Entries
    signature: Signature
    kind: Kind
    strict: bool | None
    reason: str


def verdict(function: Quotient, place: Place, budget: Budget) -> Verdict:
    """Return what a function has at a point where its gradient is zero and its denominator is not."""
    hessian = hessian_at(function, place)
    signature = algebraic(hessian, place.root)
    if not signature.zero:
        strict = None if signature.kind == "saddle point" else True
        return Verdict(hessian, signature, signature.kind, strict, "")
    kind, strict, reason = classified(_local(function, place), hessian, signature, budget)
    return Verdict(hessian, signature, kind, strict, reason)


def critical_point(
    f: Expr, function: Quotient, variables: Sequence[Symbol], place: Place, budget: Budget, *, isolated: bool
) -> CriticalPoint:
    """Return what f, also given as a quotient, has at a point where its gradient is zero.

    isolated: whether no other critical point is near; an extremum is then strict.
    """
    root, found = place.root, verdict(function, place, budget)
    h = found.hessian
    first, determinant = _shown(root, h[0][0]), _shown(root, h[0][0] * h[-1][-1] - h[0][-1] * h[0][-1])
    test = test_sentence(first, determinant, found.signature, variables)
    strict = True if isolated and found.kind in ("local minimum", "local maximum") else found.strict
    at = place.expressions()
    level = root.reduce(place.value(function.above) * root.inverse(place.value(function.below)))
    short = root.modulus.degree() <= _DEGREE_SHOWN
    value = root.expression(level) if short else f.xreplace(dict(zip(variables, at, strict=True)))
    return CriticalPoint(
        at=at,
        decimal=tuple(decimal(coordinate) for coordinate in at),
        kind=found.kind,
        strict=strict,
        degenerate=bool(found.signature.zero),
        value=value,
        value_decimal=decimal(value),
        test=f"{test}; {found.reason}" if found.reason else test,
    )


def _shown(root: Root, element: fmpq_poly) -> str:
    element = root.reduce(element)
    return shown(rational(element[0]) if element.degree() < 1 else None, float(root.ball(element, 128).mid()))


def hessian_at(function: Quotient, place: Place) -> Entries:
    """Return the Hessian at a point where the denominator is not zero."""
    size, root = len(place.at), place.root
    entries: Entries = [[fmpq_poly([0])] * size for _ in range(size)]
    for i in range(size):
        first = function.derivative(i)
        for j in range(i, size):
            second = first.derivative(j)
            value = place.value(second.above) * root.inverse(place.value(second.below))
            entries[i][j] = entries[j][i] = root.reduce(value)
    return entries


def _local(function: Quotient, place: Place) -> Local:
    """Return (above - c below) times the sign of below: near the point it has the signs of f - c."""
    root, count = place.root, len(place.at)
    context = ring(count + 1)
    images = [context.gen(i) + lift(coordinate, context) for i, coordinate in enumerate(place.at)]
    above, below = (part.compose(*images, ctx=context) for part in (function.above, function.below))
    bottom = place.value(function.below)
    level = lift(root.reduce(place.value(function.above) * root.inverse(bottom)), context)
    poly = (above - level * below) * root.sign(bottom) % lift(root.modulus, context)
    return Local(poly, root, None)
