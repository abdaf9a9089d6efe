"""Finite differences beside the exact gradient: errors, the best step, and the order that was observed."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import sympy
from flint import arb
from sympy import Expr

from engine.answering import numeric_values, piecewise
from engine.answering.numeric_values import Method, Numbers, Row
from engine.answering.onesided import Leaving, leave
from engine.answering.place import Place, decimal
from engine.answering.scalar import Scalar
from engine.building import build, written_with_decimals
from engine.calculus import derivatives, domain, pieces, signs
from engine.errors import NotInDomain, Refused, TooLarge, WrongUsage
from engine.reading import Expression, Point
from engine.reading.tree import Node

STEPS = tuple(float(f"1e-{k}") for k in range(1, 15))
EPSILON = 2.0**-52
_BITS = 256
_ABOVE_ROUNDING = 100.0
_AGREE = 0.1
_LARGEST_STEP = 1e100


@dataclass(frozen=True, slots=True)
class Numeric:
    """Difference quotients at a point, and what they should give.

    whole:  f as it was read; place.scalar is the piece that f is near the point, where f has cases.
    exact:  the partial derivatives there; None for one that does not exist, or not surely.
    sides:  at a kink what happens to the left and to the right for each variable; None elsewhere.
    value:  f there as a double.
    single: whether one step was asked for.
    """

    whole: Expression
    place: Place
    partials: tuple[Expr, ...]
    exact: tuple[Expr | None, ...]
    sides: tuple[tuple[Leaving, Leaving], ...] | None
    value: float
    rows: tuple[Row, ...]
    single: bool

    @classmethod
    def of(cls, f: Expression, at: Point, h: Node | None) -> "Numeric":
        """Return the difference quotients; refuses (NotInDomain) a point where f does not exist, or not surely."""
        scalar = piecewise.ordinary(_near(f, at), f.variables)
        sides = None
        try:
            place = Place.of(scalar, at)
        except NotInDomain as refused:
            place = _existing(scalar, at, refused)
            sides = _both_sides(place, refused)
        point = tuple(map(decimal, place.coordinates))
        value = numeric_values.value(f.tree, f.variables, point)
        if value is None:
            raise TooLarge("f is no double-precision number there: it overflows on the way.", option="at")
        partials = derivatives.gradient(scalar.expression, scalar.symbols)
        steps = STEPS if h is None else (_step(h),)
        turned = sides is None and numeric_values.is_analytic(f.tree)
        rows = numeric_values.rows(f.tree, f.variables, point, steps, turned=turned)
        exact = place.every(partials) if sides is None else tuple(map(_from_both, sides))
        return cls(f, place, partials, exact, sides, value, rows, h is not None)

    @property
    def is_piece(self) -> bool:
        """Whether f has cases, of which one counts near the point."""
        return self.whole.tree != self.place.scalar.read.tree

    @property
    def methods(self) -> tuple[Method, ...]:
        """The methods used, the complex step last."""
        return tuple(self.rows[0].found)

    def error(self, row: Row, method: Method) -> float | None:
        """Return the largest error of a method's numbers; None where one is missing or the derivative is."""
        return _error(row.found[method], self.exact)

    def errors(self, method: Method) -> list[tuple[float, float]]:
        """Return (h, error) for each step at which the method has one, the largest step first."""
        found = ((row.h, self.error(row, method)) for row in self.rows)
        return [(h, error) for h, error in found if error is not None]

    def best(self, method: Method) -> tuple[float, float] | None:
        """Return the step with the smallest error, and that error; None where there is no error to compare."""
        return min(self.errors(method), key=lambda each: each[1], default=None)

    def order(self, method: Method) -> float | None:
        """Return how the error falls with h where rounding does not count yet; None where that is not seen."""
        floor = EPSILON * (abs(self.value) or 1.0)
        found = [
            (h, e) for h, e in self.errors(method) if e > _ABOVE_ROUNDING * floor / (1 if method == "complex" else h)
        ]
        seen = [_slope(a, b) for a, b in pairwise(found)]
        agreed = [b for a, b in pairwise(seen) if abs(a - b) < _AGREE and b > 0.5]
        return agreed[-1] if agreed else None

    def degree(self) -> int | None:
        """Return the largest degree of f in one of its variables, up to 2; None where it is higher or no polynomial."""
        expression, symbols = self.place.scalar.expression, self.place.scalar.symbols
        if self.sides is not None or self.is_piece or not expression.is_polynomial(*symbols):
            return None
        degrees = sympy.Poly(expression, *symbols).degree_list()
        return max(degrees) if max(degrees) <= 2 else None


def _slope(first: tuple[float, float], second: tuple[float, float]) -> float:
    return math.log(first[1] / second[1]) / math.log(first[0] / second[0])


def _error(found: Numbers, exact: Sequence[Expr | None]) -> float | None:
    worst = arb(0)
    for number, expression in zip(found, exact, strict=True):
        ball = None if expression is None else signs.ball(expression, _BITS)
        if number is None or ball is None:
            return None
        worst = worst.max(abs(arb(number) - ball))
    return float(worst.mid())


def _step(h: Node) -> float:
    """Return the step as a double; refuses (at `h`) what is none above 0."""
    exact = build(h)
    try:
        found = decimal(exact) if signs.sign(exact) == 1 else 0.0
    except Refused:
        found = 0.0
    if not 0 < found < _LARGEST_STEP:
        raise WrongUsage("h is a step: a number above 0 that a double holds.", option="h", suggestions=("1e-6",))
    return found


def _near(f: Expression, at: Point) -> Expression:
    """Return f without cases: the piece that it is all around the point."""
    if not pieces.by_cases(f.tree):
        return f
    blank = Scalar(f, sympy.S.Zero, f.variables, (), written_with_decimals(f.tree))
    place = Place.of(blank, at)
    try:
        return replace(f, tree=pieces.near(f.tree, place.values, place.where))
    except Refused as refused:
        refused.span = (0, len(at.text))
        raise refused.at_option("at") from None


def _existing(scalar: Scalar, at: Point, refused: Refused) -> Place:
    """Return a point at which f exists without being smooth; raises the refusal where it does not exist."""
    blank = Place.of(replace(scalar, conditions=()), at)
    try:
        domain.check_exists(scalar.conditions, blank.values, "")
    except Refused:
        raise refused from None
    return Place(scalar, blank.values)


def _both_sides(place: Place, refused: Refused) -> tuple[tuple[Leaving, Leaving], ...]:
    """Return what f does to the left and to the right along each axis; raises the refusal where that is not sure."""
    scalar = place.scalar
    size = range(len(scalar.names))
    found = []
    for i in size:
        axis = [sympy.Integer(int(i == j)) for j in size]
        back = leave(scalar, place.values, [-each for each in axis])
        found.append((back, leave(scalar, place.values, axis)))
    # Away from the point, the slope to the left has the other sign.
    sides = tuple((replace(back, rate=None if back.rate is None else -back.rate), there) for back, there in found)
    if any(each.going == "unsure" for pair in sides for each in pair) or any(_gap(pair) is None for pair in sides):
        raise refused
    return sides


def _gap(sides: tuple[Leaving, Leaving]) -> int | None:
    """Return the sign of the difference of the slopes of both sides, 1 where one has none; None: not decided."""
    left, right = (each.rate for each in sides)
    return 1 if left is None or right is None else signs.sign(left - right)


def _from_both(sides: tuple[Leaving, Leaving]) -> Expr | None:
    """Return the partial derivative by its definition, None where the sides do not agree."""
    return sides[1].rate if _gap(sides) == 0 else None
