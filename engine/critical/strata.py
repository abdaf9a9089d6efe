"""Where extrema can sit on the seams and corners of a function in polynomial pieces: exactly, and none missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from flint import fmpq_mpoly
from sympy import Abs, Expr, Pow, S, Symbol

from engine.critical.components import Component, components
from engine.critical.polynomials import Ring, expression, irreducibles, polynomial, remainder, ring
from engine.critical.quotients import NotRationalError, read
from engine.critical.solutions import Place, solutions
from engine.values import Budget

_MOST_SYSTEMS = 96


@dataclass(slots=True)
class Seams:
    """What the seams of a function have.

    points:   exact places, with the absolute values that are zero there; every isolated extremum on a seam is
              among them.
    sets:     equations of sets on which f may have extrema everywhere.
    examined: the expressions whose zeros were looked at.
    missing:  why there may be more, or nothing.
    """

    points: dict[tuple[Expr, ...], tuple[Expr, ...]] = field(default_factory=dict)
    sets: list[tuple[Expr, ...]] = field(default_factory=list)
    examined: set[Expr] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)


def seams(f: Expr, variables: tuple[Symbol, ...], budget: Budget) -> Seams:
    """Return the places on seams and corners of f where it can have an extremum.

    f: in absolute values of polynomials and, apart from them, roots of polynomials.
    Source: an extremum of f is one of the smooth function that f is on the seam; there the gradients of that
    function and of the seam's equations are linearly dependent, and so they are at singular points of the seam.
    """
    context, found = ring(len(variables)), Seams()
    _roots(f, variables, context, found, budget)
    sizes: dict[Expr, list[fmpq_mpoly]] = {}
    for call in f.atoms(Abs):
        poly = polynomial(call.args[0], variables, context)
        if poly is None:
            found.missing.append(f"where {call.args[0]} = 0, which is no polynomial, f need not be differentiable")
        else:
            sizes[call] = irreducibles(poly)
            found.examined.add(call.args[0])
    folds = list({str(factor): factor for factors in sizes.values() for factor in factors}.values())
    count = 0
    for size in range(1, len(variables) + 1):
        for chosen in combinations(folds, size):
            for system, beside in _systems(f, variables, context, sizes, chosen, found):
                count += 1
                if count > _MOST_SYSTEMS or budget.left() < 0:
                    found.missing.append("the seams and corners of f are too many to look at all")
                    return found
                _solve(system, beside, sizes, variables, context, found, budget)
    return found


def _systems(
    f: Expr,
    variables: tuple[Symbol, ...],
    context: Ring,
    sizes: dict[Expr, list[fmpq_mpoly]],
    chosen: tuple[fmpq_mpoly, ...],
    found: Seams,
) -> Iterator[tuple[list[fmpq_mpoly], list[fmpq_mpoly]]]:
    """Return the equations for extrema where all chosen folds are zero, with what must be positive there."""
    if len(chosen) == len(variables):
        yield list(chosen), []
        return
    flat = {call: S.Zero for call, factors in sizes.items() if any(each in chosen for each in factors)}
    others = [call for call in sizes if call not in flat]
    for turns in product((1, -1), repeat=len(others)):
        branch = f.xreplace(flat | {call: turn * call.args[0] for call, turn in zip(others, turns, strict=True)})
        try:
            function = read(branch, variables, context)
        except NotRationalError:
            found.missing.append("f is not in polynomial pieces, so its seams were not searched")
            return
        above, below = function.above, function.below
        slopes = [below * above.derivative(i) - above * below.derivative(i) for i in range(len(variables))]
        rows = [slopes, *([fold.derivative(i) for i in range(len(variables))] for fold in chosen)]
        minors = [
            _determinant([[row[i] for i in columns] for row in rows])
            for columns in combinations(range(len(variables)), len(rows))
        ]
        beside = [turn * _known(call, variables, context) for call, turn in zip(others, turns, strict=True)]
        yield [*chosen, *minors], beside


def _known(call: Expr, variables: tuple[Symbol, ...], context: Ring) -> fmpq_mpoly:
    poly = polynomial(call.args[0], variables, context)
    if poly is None:
        raise AssertionError
    return poly


def _determinant(rows: Sequence[Sequence[fmpq_mpoly]]) -> fmpq_mpoly:
    if len(rows) == 1:
        return rows[0][0]
    total = rows[0][0] * 0
    for i, entry in enumerate(rows[0]):
        rest = [[*row[:i], *row[i + 1 :]] for row in rows[1:]]
        total += entry * _determinant(rest) * (-1) ** i
    return total


def _solve(
    system: list[fmpq_mpoly],
    beside: list[fmpq_mpoly],
    sizes: dict[Expr, list[fmpq_mpoly]],
    variables: tuple[Symbol, ...],
    context: Ring,
    found: Seams,
    budget: Budget,
) -> None:
    parts, complete = components([poly for poly in system if not poly.is_zero()], context, budget)
    if not complete:
        found.missing.append("the time was too short for the seams of f")
    for part in parts:
        if part.dim > 0:
            if not _never(part, beside):
                _wide(part, variables, found)
            continue
        places = solutions(part.basis, context, budget)
        if places is None:
            found.missing.append("the seams of f have too many complex corners for the time")
        for place in places or []:
            if all(_sign(place, poly) > 0 for poly in beside):
                zero = [call for call, factors in sizes.items() if any(_sign(place, each) == 0 for each in factors)]
                found.points[place.expressions()] = tuple(zero)


def _sign(place: Place, poly: fmpq_mpoly) -> int:
    return place.root.sign(place.value(poly))


def _never(part: Component, beside: list[fmpq_mpoly]) -> bool:
    """Return whether expressions are seen not to be positive together anywhere on a set."""
    left = [remainder(poly, part.basis) for poly in beside]
    if any(poly.is_constant() and not poly.leading_coefficient() > 0 for poly in left if not poly.is_zero()):
        return True
    if any(poly.is_zero() for poly in left):
        return True
    monic = [poly / abs(poly.leading_coefficient()) for poly in left]
    return any((one + other).is_zero() for one, other in combinations(monic, 2))


def _wide(part: Component, variables: tuple[Symbol, ...], found: Seams) -> None:
    equations = tuple(expression(poly, variables).as_content_primitive()[1] for poly in part.basis)
    if equations not in found.sets:
        found.sets.append(equations)


def _roots(f: Expr, variables: tuple[Symbol, ...], context: Ring, found: Seams, budget: Budget) -> None:
    """Take up the singular zeros of what stands under roots; where it changes sign is the edge of the domain."""
    for power in f.atoms(Pow):
        if not (power.exp.is_Rational and not power.exp.is_Integer and power.base.free_symbols):
            continue
        poly = polynomial(power.base, variables, context)
        if poly is None:
            continue
        found.examined.add(power.base)
        system = [poly, *(poly.derivative(i) for i in range(len(variables)))]
        _solve(system, [], {}, variables, context, found, budget)
