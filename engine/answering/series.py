"""Functions of one small positive number t, as far as their first powers of t, all coefficients exact.

For what happens when one leaves a point: t is the way gone, and its powers may be fractions, since a root
of t is no power of a whole exponent. Everything is proven, or not stated.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import sympy
from sympy import Expr

from engine.answering.tidying import tidied
from engine.building import build, symbol
from engine.calculus import derivatives, domain
from engine.calculus.signs import sign
from engine.errors import Refused
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, names_in

_ORDER = Fraction(7)
_TERMS = 4
_INNER = "z"


class UnsureError(Exception):
    """Nothing is proven."""


class OutsideError(Exception):
    """Proven: for small positive t there is no real value."""


@dataclass(frozen=True, slots=True)
class Series:
    """Terms c t^e, exponents rising from 0 and coefficients not written as 0, and an error of O(t^order).

    order: infinite where these terms are all.
    """

    terms: tuple[tuple[Fraction, Expr], ...]
    order: Fraction | float

    @classmethod
    def of(cls, terms: Mapping[Fraction, Expr], order: Fraction | float) -> "Series":
        """Return the series of terms; those from its order or the seventh power on are left out."""
        if any(exponent >= min(order, _ORDER) for exponent in terms):
            order = min(order, _ORDER)
        tidy = {exponent: tidied(value) for exponent, value in terms.items() if exponent < order}
        return cls(tuple((exponent, tidy[exponent]) for exponent in sorted(tidy) if tidy[exponent] != 0), order)

    @property
    def is_zero(self) -> bool:
        """Whether it is zero, without any error."""
        return not self.terms and self.order == math.inf

    @property
    def leading(self) -> tuple[Fraction, Expr] | None:
        """The first term that is proven not to be zero; None where all is zero. Raises UnsureError."""
        for exponent, value in self.terms:
            found = sign(value)
            if found is None:
                raise UnsureError
            if found:
                return exponent, value
        if self.order == math.inf:
            return None
        raise UnsureError

    def side(self) -> int:
        """Return the sign for small positive t. Raises UnsureError."""
        leading = self.leading
        return 0 if leading is None else int(sign(leading[1]) or 0)

    def coefficient(self, exponent: int) -> Expr:
        """Return the coefficient of a power of t."""
        return dict(self.terms).get(Fraction(exponent), sympy.S.Zero)

    def __add__(self, other: "Series") -> "Series":
        total = dict(self.terms)
        for exponent, value in other.terms:
            total[exponent] = total.get(exponent, sympy.S.Zero) + value
        return Series.of(total, min(self.order, other.order))

    def __mul__(self, other: "Series") -> "Series":
        total: dict[Fraction, Expr] = {}
        for first, a in self.terms:
            for second, b in other.terms:
                total[first + second] = total.get(first + second, sympy.S.Zero) + a * b
        return Series.of(total, math.inf if self.is_zero or other.is_zero else min(self.order, other.order))

    def times(self, factor: Expr, shift: Fraction = Fraction(0)) -> "Series":
        """Return the series times a number and a power of t."""
        terms = {exponent + shift: factor * value for exponent, value in self.terms}
        return Series.of(terms, self.order + shift)


def constant(value: Expr) -> Series:
    """Return the series of a number."""
    return Series.of({Fraction(0): value}, math.inf)


def along(tree: Node, values: Mapping[str, Series]) -> Series:
    """Return the series of a tree whose variables are series. Raises UnsureError, OutsideError."""
    try:
        return _series(tree, values)
    except Refused:
        raise UnsureError from None


def _series(node: Node, values: Mapping[str, Series]) -> Series:
    if not names_in(node):
        return constant(build(node))
    match node:
        case Name() if node.name in values:
            return values[node.name]
        case Negative():
            return _series(node.of, values).times(sympy.S.NegativeOne)
        case Binary():
            return _binary(node, values)
        case Apply():
            return _applied(node, [_series(each, values) for each in node.arguments])
        case _:
            raise UnsureError


def _binary(node: Binary, values: Mapping[str, Series]) -> Series:
    if node.sign == "^":
        return _power(node, values)
    left, right = _series(node.left, values), _series(node.right, values)
    match node.sign:
        case "+":
            return left + right
        case "-":
            return left + right.times(sympy.S.NegativeOne)
        case "*":
            return left * right
        case _:
            return left * _raised(right, sympy.S.NegativeOne)


def _power(node: Binary, values: Mapping[str, Series]) -> Series:
    exponent = _series(node.right, values)
    if node.left == Constant("e"):
        return _smooth("exp", exponent, ())
    base = _series(node.left, values)
    if not names_in(node.right) and build(node.right).is_Rational:
        return _raised(base, build(node.right))
    return _smooth("exp", exponent * _smooth("ln", base, ()), ())


def _raised(base: Series, exponent: Expr) -> Series:
    """Return a rational power, by the binomial series of 1 + what is small."""
    if exponent.is_Integer and exponent >= 0:
        return _whole(base, int(exponent))
    leading = base.leading
    if leading is None:
        if exponent < 0:
            raise UnsureError
        return base
    start, value = leading
    if not exponent.is_Integer and sign(value) != 1:
        raise OutsideError
    if start and exponent < 0:
        raise UnsureError
    small = _without_first(base).times(1 / value, -start)
    coefficients = [sympy.binomial(exponent, k) for k in range(_TERMS + 1)]
    return _composed(coefficients, small).times(value**exponent, start * Fraction(int(exponent.p), int(exponent.q)))


def _whole(base: Series, exponent: int) -> Series:
    result = constant(sympy.S.One)
    while exponent:
        if exponent & 1:
            result = result * base
        base, exponent = base * base, exponent >> 1
    return result


def _without_first(series: Series) -> Series:
    """Return the series without its leading term, and without terms before it that are proven to be zero."""
    leading = series.leading
    return Series(tuple(term for term in series.terms if leading is None or term[0] > leading[0]), series.order)


def _composed(coefficients: list[Expr], small: Series) -> Series:
    """Return the sum of c_k small^k; the terms from the first one left out on are the error."""
    total, power = constant(coefficients[0]), constant(sympy.S.One)
    for each in coefficients[1:]:
        power = power * small
        total = total + power.times(each)
    if not small.terms:
        return Series(total.terms, small.order)
    first = small.terms[0][0]
    return Series.of(dict(total.terms), min(total.order, len(coefficients) * first, small.order))


def _applied(node: Apply, inner: list[Series]) -> Series:
    first, *others = inner
    match node.function:
        case "sqrt":
            return _raised(first, sympy.S.Half)
        case "abs":
            return first.times(sympy.Integer(first.side()))
        case "sign":
            return constant(sympy.Integer(first.side()))
        case "relu":
            return first if first.side() > 0 else constant(sympy.S.Zero)
        case "max" | "min":
            turn = 1 if node.function == "max" else -1
            for other in others:
                first = first if (first + other.times(sympy.S.NegativeOne)).side() * turn >= 0 else other
            return first
        case _ if any(names_in(each) for each in node.arguments[1:]):
            raise UnsureError
        case function:
            return _smooth(function, first, node.arguments[1:])


def _smooth(function: str, inner: Series, others: tuple[Node, ...]) -> Series:
    """Return a function of a series by its Taylor series, where it is proven to be smooth."""
    start, inside = inner.coefficient(0), symbol(_INNER)
    applied = Apply(function, (Name(_INNER), *others))
    for condition in domain.conditions(applied):
        if condition.holds(condition.smooth, condition.of.xreplace({inside: start})) is not True:
            raise UnsureError
    each, coefficients = build(applied), []
    for k in range(_TERMS + 1):
        coefficients.append(derivatives.at(each, {inside: start}) / math.factorial(k))
        (each,) = derivatives.gradient(each, [inside])
    rest = Series(tuple(term for term in inner.terms if term[0] > 0), inner.order)
    return _composed(coefficients, rest)
