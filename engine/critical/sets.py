"""What a rational function has along a set of critical points."""

from collections.abc import Sequence
from itertools import combinations

from flint import fmpq, fmpq_mpoly, fmpq_poly

from engine.critical.components import Component
from engine.critical.definite import between, signs, univariate
from engine.critical.domain import changes_everywhere
from engine.critical.found import Kind
from engine.critical.places import hessian_at, verdict
from engine.critical.polynomials import Ring, occurring, remainder, ring, terms
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
    return _graph(function, component, budget)


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
    return _crossing(tower, gap * tower.function.below, equations, budget)


def _crossing(tower: Tower, gap: fmpq_mpoly, equations: Sequence[fmpq_mpoly], budget: Budget) -> Kind:
    """Decide from gap = g^k h where g has the variables only and changes sign everywhere, and h is never zero."""
    first = len(tower.variables)
    if len(equations) != 1 or any(tuple(equations[0].degrees())[first:]):
        return "not decided"
    surface, power = equations[0], 0
    while (gap % surface).is_zero():
        gap, power = divmod(gap, surface)[0], power + 1
    if not tower.never_zero(gap, budget):
        return "not decided"
    if power % 2 == 0:
        rest = tower.signs(gap, budget)
        return "local minimum" if rest in _UP else "local maximum" if rest in _DOWN else "not decided"
    bare = ring(first).from_dict({m[:first]: c for m, c in terms(surface)})
    return "saddle point" if changes_everywhere(bare, bare.context(), budget) else "not decided"


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
    # h is no multiple of g, so it is not zero on any piece of the surface; where it is, saddle points are near
    if power % 2 and changes_everywhere(surface, surface.context(), budget):
        return "saddle point"
    return "not decided"


def _graph(function: Quotient, component: Component, budget: Budget) -> Kind:
    """Decide for a polynomial along the graph of polynomials in some of the variables.

    Where a second-order minor of the Hessian is nowhere positive and not zero all over, there are saddle points
    in every piece of the graph, and with them everywhere. Where as few eigenvalues are 0 as the set has
    dimensions, their signs decide (Morse and Bott).
    """
    images = graph(component.basis, function.above.context())
    if images is None or not function.below.is_constant():
        return "not decided"
    context = function.above.context()
    size = context.nvars()
    upper = {(i, j): function.above.derivative(i).derivative(j) for i in range(size) for j in range(i, size)}
    hessian = {ij: each.compose(*images, ctx=context) for ij, each in upper.items()}
    for i, j in combinations(range(size), 2):
        minor = hessian[i, i] * hessian[j, j] - hessian[i, j] ** 2
        if not minor.is_zero() and signs(minor, budget) in _DOWN:
            return "saddle point"
    if component.dim == 1:
        return _curve(function, hessian, images, budget)
    constant = all(entry.is_constant() for entry in hessian.values())
    return (
        _normal(function, [fmpq_poly([poly(*[0] * size)]) for poly in images], component.dim)
        if constant
        else "not decided"
    )


def graph(basis: Sequence[fmpq_mpoly], context: Ring) -> list[fmpq_mpoly] | None:
    """Return every variable as a polynomial in the free ones, which stand for themselves; None where this is not so."""
    images, left = [context.gen(i) for i in range(context.nvars())], list(basis)
    while left:
        found = next(((poly, i) for poly in left for i in occurring(poly) if _solves(poly, i)), None)
        if found is None:
            return None
        poly, index = found
        slope = poly.derivative(index).leading_coefficient()
        value = context.gen(index) - poly / slope
        step = [value if i == index else context.gen(i) for i in range(context.nvars())]
        images = [image.compose(*step, ctx=context) for image in images]
        left = [each for each in (one.compose(*step, ctx=context) for one in left) if not each.is_zero()]
    return images


def _solves(poly: fmpq_mpoly, index: int) -> bool:
    return bool(poly.degrees()[index] == 1 and poly.derivative(index).is_constant())


def _curve(
    function: Quotient, hessian: dict[tuple[int, int], fmpq_mpoly], images: Sequence[fmpq_mpoly], budget: Budget
) -> Kind:
    """Decide along a curve, between the zeros of one coefficient of the characteristic polynomial and at them."""
    size = len(images)
    free = next((i for poly in images for i in occurring(poly)), 0)
    entries = {ij: univariate(entry, free) for ij, entry in hessian.items()}
    along = [univariate(image, free) for image in images]
    matrix = [[entries[min(i, j), max(i, j)] for j in range(size)] for i in range(size)]
    breaks = characteristic(matrix, None)[1]
    if breaks.degree() < 0:
        return "not decided"
    kinds = {_normal(function, [fmpq_poly([each(t)]) for each in along], 1) for t in between(breaks)}
    for root in isolated(breaks) if breaks.degree() > 0 else []:
        at = tuple(root.reduce(each) for each in along)
        kinds.add(verdict(function, Place(RATIONAL if root.modulus.degree() == 1 else root, at), budget).kind)
    return kinds.pop() if len(kinds) == 1 else "not decided"


def _normal(function: Quotient, at: Sequence[fmpq_poly], dim: int) -> Kind:
    """Return the kind at a rational place from the eigenvalues across a set of some dimension."""
    signature = algebraic(hessian_at(function, Place(RATIONAL, tuple(at))), RATIONAL)
    return Signature(signature.negative, signature.zero - dim, signature.positive).kind
