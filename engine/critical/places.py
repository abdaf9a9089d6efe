"""What a rational function has at an algebraic point where its gradient is zero."""

from collections.abc import Sequence
from dataclasses import dataclass

from flint import arb, ctx, fmpq_poly
from sympy import Expr, Symbol

from engine.calculus.signs import decimal
from engine.critical import near
from engine.critical.degenerate import Local, classified, lift
from engine.critical.found import CriticalPoint, Kind
from engine.critical.near import DEGREE_SHOWN
from engine.critical.polynomials import rational, ring
from engine.critical.quotients import Quotient
from engine.critical.roots import Root
from engine.critical.signature import Entries, Signature, algebraic, shown, test_sentence
from engine.critical.solutions import Place
from engine.values import Budget


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
    root, at = place.root, place.expressions()
    if root.modulus.degree() > DEGREE_SHOWN:
        soon = near.point(f, variables, at, lambda bits: _enclosed(function, place, bits))
        if soon is not None:
            return soon
    found = verdict(function, place, budget)
    bottom, h = place.value(function.below), found.hessian
    first = _shown(root, h[0][0], bottom**2)
    determinant = _shown(root, h[0][0] * h[-1][-1] - h[0][-1] * h[0][-1], bottom**4)
    test = test_sentence(first, determinant, found.signature, variables)
    strict = True if isolated and found.kind in ("local minimum", "local maximum") else found.strict
    if root.modulus.degree() <= DEGREE_SHOWN:
        value = root.expression(place.value(function.above) * root.inverse(bottom))
    else:
        value = near.placed(f, variables, at)
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


def _shown(root: Root, above: fmpq_poly, below: fmpq_poly) -> str:
    exact = None
    if root.modulus.degree() <= DEGREE_SHOWN:
        exact = root.reduce(above * root.inverse(below))
    number = root.ball(root.reduce(above), 256) / root.ball(root.reduce(below), 256)
    return shown(rational(exact[0]) if exact is not None and exact.degree() < 1 else None, number)


def hessian_at(function: Quotient, place: Place) -> Entries:
    """Return the Hessian times the square of the denominator, at a point where that is not zero.

    Where the gradient of P/Q is zero, that is Q P'' - P Q'', without a division.
    """
    size, root = len(place.at), place.root
    above, below = place.value(function.above), place.value(function.below)
    entries: Entries = [[fmpq_poly([0])] * size for _ in range(size)]
    for i in range(size):
        up, down = function.above.derivative(i), function.below.derivative(i)
        for j in range(i, size):
            value = below * place.value(up.derivative(j)) - above * place.value(down.derivative(j))
            entries[i][j] = entries[j][i] = root.reduce(value)
    return entries


def _enclosed(function: Quotient, place: Place, bits: int) -> list[list[arb]]:
    """Return balls round the Hessian's entries."""
    numbers = [place.root.ball(coordinate, bits) for coordinate in place.at]
    above, below = (near.enclosed(part, numbers, bits) for part in (function.above, function.below))
    size = len(numbers)
    upper: dict[tuple[int, int], arb] = {}
    for i in range(size):
        up, down = function.above.derivative(i), function.below.derivative(i)
        for j in range(i, size):
            first, second = (near.enclosed(part.derivative(j), numbers, bits) for part in (up, down))
            with ctx.workprec(bits):
                upper[i, j] = (below * first - above * second) / (below * below)
    return [[upper[min(i, j), max(i, j)] for j in range(size)] for i in range(size)]


def _local(function: Quotient, place: Place) -> Local:
    """Return above(x) below(p) - above(p) below(x): near the point p it has the signs of f(x) - f(p)."""
    root, count = place.root, len(place.at)
    context = ring(count + 1)
    images = [context.gen(i) + lift(coordinate, context) for i, coordinate in enumerate(place.at)]
    above, below = (part.compose(*images, ctx=context) for part in (function.above, function.below))
    top, bottom = (lift(place.value(part), context) for part in (function.above, function.below))
    return Local((above * bottom - top * below) % lift(root.modulus, context), root, None)
