"""Where a function is defined and smooth: exact checks at points, and whether anything is left unexamined."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import product

from flint import arb, fmpq, fmpq_mpoly
from sympy import Expr, Rational, S, Symbol

from engine.calculus.balls import ball, side
from engine.calculus.signs import sign
from engine.critical.components import components
from engine.critical.definite import signs
from engine.critical.kernels import Rewriting
from engine.critical.polynomials import Ring, groebner, polynomial, ring
from engine.critical.quotients import NotRationalError, read
from engine.critical.solutions import Place, solutions
from engine.values import Budget

_SAMPLES = tuple(Rational(n, 3) for n in (0, 3, -3, 1, 6, -1, -6, 4, -4, 9, -9))


@dataclass(frozen=True, slots=True)
class Domain:
    """What must not be zero, and what must be positive, where f has a gradient."""

    nonzero: tuple[Expr, ...]
    positive: tuple[Expr, ...]

    def holds(self, here: dict[Expr, Expr]) -> bool | None:
        """Return whether a point, given by the values of the variables, is inside; None if not decided."""
        balls = {v: near for v, c in here.items() for near in [ball(c, 256)] if near is not None}
        found = [_held(e, here, balls, None) for e in self.nonzero]
        found += [_held(e, here, balls, 1) for e in self.positive]
        return False if False in found else None if None in found else True


def _held(expr: Expr, here: dict[Expr, Expr], balls: dict[Expr, arb], wanted: int | None) -> bool | None:
    """Return whether an expression is not zero, or has the sign wanted."""
    found = side(ball(expr, 256, balls))
    if found is None:
        # SymPy's substitution can take long where it meets roots of polynomials
        found = sign(expr.xreplace(here))
    if found is None:
        return None
    return found != 0 if wanted is None else found == wanted


def domain(rewriting: Rewriting) -> Domain:
    """Return the domain that a rewriting has met, without conditions that always hold."""
    nonzero, positive = (dict.fromkeys(each) for each in (rewriting.nonzero, rewriting.positive))
    return Domain(
        tuple(e for e in nonzero if not (e.is_positive or e.is_negative)),
        tuple(e for e in positive if not e.is_positive),
    )


def poles(rewriting: Rewriting) -> list[fmpq_mpoly]:
    """Return, for a rational function, the polynomials that must not be zero; they may share factors."""
    context = ring(len(rewriting.variables))
    found = []
    for base in dict.fromkeys(rewriting.nonzero):
        part = read(base, rewriting.variables, context)
        found += [p for p in (part.above, part.below) if not p.is_constant()]
    return found


def unexamined(rewriting: Rewriting, budget: Budget, examined: Collection[Expr] = ()) -> str | None:
    """Return where f may exist without being smooth inside its domain, None where there is no such point.

    examined: expressions whose zeros are looked at elsewhere.

    A root's argument may be zero on the edge of the domain, where it changes sign: an edge is not searched.
    """
    context = ring(len(rewriting.variables))
    for inner in dict.fromkeys([*rewriting.kinks, *rewriting.edges]):
        if inner.is_positive or inner.is_negative or inner in examined:
            continue
        poly = polynomial(inner, rewriting.variables, context)
        if poly is None:
            try:
                part = read(inner, rewriting.variables, context)
            except NotRationalError:
                return f"where {inner} = 0"
            poly = part.above * part.below
        if signs(poly, budget) in ("positive", "negative"):
            continue
        if inner in rewriting.kinks or not changes_everywhere(poly, context, budget):
            return f"where {inner} = 0"
    return None


def changes_everywhere(poly: fmpq_mpoly, context: Ring, budget: Budget) -> bool:
    """Return whether a polynomial is proven to have a nonzero gradient at each of its real zeros."""
    parts, complete = components([poly, *(poly.derivative(i) for i in range(context.nvars()))], context, budget)
    return complete and all(part.dim == 0 and solutions(part.basis, context, budget) == [] for part in parts)


def outside(poly: fmpq_mpoly, basis: tuple[fmpq_mpoly, ...], budget: Budget) -> bool:
    """Return whether a polynomial is proven to be zero all over the zero set of a basis (Rabinowitsch)."""
    count = poly.context().nvars()
    context = ring(count + 1)
    images = [context.gen(i) for i in range(count)]
    lifted = [each.compose(*images, ctx=context) for each in (poly, *basis)]
    found = groebner([context.gen(count) * lifted[0] - 1, *lifted[1:]], context, budget)
    return found is not None and found[0].is_constant()


def crosses(equation: Expr, variables: Sequence[Symbol], inside: Domain) -> bool:
    """Return whether an expression is proven to be zero somewhere in a domain.

    It is where it has different signs at two corners of a box on all of which it is defined.
    """
    values = _SAMPLES if len(variables) < 3 else _SAMPLES[:5]
    known: dict[int, tuple[Expr, ...]] = {}
    for sample in product(values, repeat=min(len(variables), 4)):
        point = (*sample, *(S.Zero for _ in variables[4:]))
        found = side(ball(equation.xreplace(dict(zip(variables, point, strict=True))), 64))
        if found:
            known.setdefault(found, point)
            other = known.get(-found)
            if other is not None and _whole(equation, variables, (point, other), inside):
                return True
    return False


def _whole(equation: Expr, variables: Sequence[Symbol], corners: tuple[tuple[Expr, ...], ...], inside: Domain) -> bool:
    """Return whether an expression is proven to be defined on the box between two points of the domain."""
    box = {}
    for variable, one, other in zip(variables, *corners, strict=True):
        middle, half = (one + other) / 2, abs(one - other) / 2
        box[variable] = arb(fmpq(middle.p, middle.q), fmpq(half.p, half.q))
    if ball(equation, 64, box) is None:
        return False
    return all(side(ball(e, 64, box)) for e in inside.nonzero) and all(
        side(ball(e, 64, box)) == 1 for e in inside.positive
    )


def meets(equations: Sequence[Expr], variables: Sequence[Symbol], inside: Domain) -> bool:
    """Return whether some simple point of the domain is proven to solve all equations."""
    for sample in product(_SAMPLES[:5], repeat=min(len(variables), 4)):
        here = dict(zip(variables, (*sample, *(S.Zero for _ in variables[4:])), strict=True))
        if inside.holds(here) and all(sign(equation.xreplace(here)) == 0 for equation in equations):
            return True
    return False


def zero_at(place: Place, polys: tuple[fmpq_mpoly, ...] | list[fmpq_mpoly]) -> list[bool]:
    """Return for each polynomial whether it is zero at a place."""
    return [place.root.sign(place.value(poly)) == 0 for poly in polys]
