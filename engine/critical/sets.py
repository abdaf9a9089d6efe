"""What a rational function has along a set of critical points."""

from collections.abc import Sequence

from flint import fmpq, fmpq_mpoly, fmpq_poly

from engine.critical.components import Component
from engine.critical.definite import between, signs, univariate
from engine.critical.found import Kind
from engine.critical.places import hessian_at, verdict
from engine.critical.polynomials import leading, remainder, terms
from engine.critical.quotients import Quotient
from engine.critical.roots import RATIONAL, isolated
from engine.critical.signature import Signature, algebraic, characteristic
from engine.critical.solutions import Place
from engine.critical.tower import Tower
from engine.values import Budget

_UP = ("positive", "nonnegative")
_DOWN = ("negative", "nonpositive")


def kind_along(function: Quotient, component: Component, budget: Budget) -> Kind:
    """Return the kind which every point of a set of critical points has, "not decided" where none is proven.

    An extremum on such a set is never strict: f is constant along it.
    """
    level = _level(function, component.basis)
    if level is None:
        return "not decided"
    gap = function.above - function.below * level
    if gap.is_zero():
        return "local minimum"
    found = signs(gap * function.below, budget)
    if found in _UP:
        return "local minimum"
    if found in _DOWN:
        return "local maximum"
    if len(component.basis) == 1:
        kind = _hypersurface(gap, function.below, component.basis[0], budget)
        if kind != "not decided":
            return kind
    return _flat(function, component, budget)


def kind_known(tower: Tower, equations: Sequence[fmpq_mpoly], budget: Budget) -> Kind:
    """Return the kind along a set in variables and kernels, where f is nowhere below, or above, its value there."""
    first = len(tower.variables)
    relations = [r for i in range(first, len(tower.symbols)) for r in [tower.relation(i)] if r is not None]
    level = _level(tower.function, [*equations, *relations])
    if level is None:
        return "not decided"
    gap = tower.function.above - tower.function.below * level
    for same in (gap, remainder(gap, relations)):
        product = same * tower.function.below
        found = "nonnegative" if product.is_zero() else tower.signs(product, budget)
        if found in _UP:
            return "local minimum"
        if found in _DOWN:
            return "local maximum"
    return "not decided"


def _level(function: Quotient, basis: Sequence[fmpq_mpoly]) -> fmpq | None:
    """Return the value of f on a set, where it is seen to be one rational number on all of it."""
    above, below = (remainder(part, basis) for part in (function.above, function.below))
    if below.is_zero():
        return None
    ratio = above.leading_coefficient() / below.leading_coefficient() if not above.is_zero() else fmpq(0)
    return ratio if (above - below * ratio).is_zero() else None


def _hypersurface(gap: fmpq_mpoly, below: fmpq_mpoly, surface: fmpq_mpoly, budget: Budget) -> Kind:
    """Decide from f - c = g^k h / below: the sign of h, and whether g^k changes sign across g = 0."""
    power = 0
    while (gap % surface).is_zero():
        gap, power = divmod(gap, surface)[0], power + 1
    rest = signs(gap * below, budget)
    if power % 2 == 0 and rest in _UP:
        return "local minimum"
    if power % 2 == 0 and rest in _DOWN:
        return "local maximum"
    # linear, so g changes sign at every point of the surface
    if power % 2 and surface.total_degree() == 1 and rest in ("positive", "negative"):
        return "saddle point"
    return "not decided"


def _flat(function: Quotient, component: Component, budget: Budget) -> Kind:
    """Decide along a straight line or, for a quadratic f, a plane.

    Where as few eigenvalues are 0 as the set has dimensions, their signs decide (Morse and Bott); along
    a line that holds between the zeros of one coefficient of the characteristic polynomial.
    """
    quadratic = function.above.total_degree() == 2
    if not function.below.is_constant() or any(poly.total_degree() != 1 for poly in component.basis):
        return "not decided"
    if component.dim > 1 and not quadratic:
        return "not decided"
    start, direction = _parametrised(component.basis, function.above.context().nvars())
    breaks = _breaks(function, start, direction)
    if breaks.degree() < 0:
        return "not decided"
    kinds: set[Kind] = set()
    for t in between(breaks):
        at = tuple(fmpq_poly([s + d * t]) for s, d in zip(start, direction, strict=True))
        signature = algebraic(hessian_at(function, Place(RATIONAL, at)), RATIONAL)
        normal = Signature(signature.negative, signature.zero - component.dim, signature.positive)
        kinds.add(normal.kind)
    for root in isolated(breaks) if breaks.degree() > 0 else []:
        at = tuple(root.reduce(fmpq_poly([s, d])) for s, d in zip(start, direction, strict=True))
        kinds.add(verdict(function, Place(RATIONAL if root.modulus.degree() == 1 else root, at), budget).kind)
    return kinds.pop() if len(kinds) == 1 else "not decided"


def _parametrised(basis: Sequence[fmpq_mpoly], count: int) -> tuple[list[fmpq], list[fmpq]]:
    """Return a point of a flat set, and a direction in it."""
    solved = {leading(poly).index(1): poly for poly in basis}
    free = next(i for i in range(count) if i not in solved)
    start, direction = [fmpq(0)] * count, [fmpq(int(i == free)) for i in range(count)]
    for index, poly in solved.items():
        for exponents, coefficient in terms(poly):
            if not any(exponents):
                start[index] = -coefficient
            elif exponents[free]:
                direction[index] = -coefficient
    return start, direction


def _breaks(function: Quotient, start: Sequence[fmpq], direction: Sequence[fmpq]) -> fmpq_poly:
    """Return a polynomial in the parameter that is zero where more eigenvalues than one are."""
    if function.above.total_degree() == 2:
        return fmpq_poly([1])
    context = function.above.context()
    images = [context.gen(0) * d + s for s, d in zip(start, direction, strict=True)]
    size = context.nvars()
    matrix = [
        [univariate(function.above.derivative(i).derivative(j).compose(*images, ctx=context), 0) for j in range(size)]
        for i in range(size)
    ]
    return characteristic(matrix, None)[1]
