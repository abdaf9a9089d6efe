"""A point of the search: exact values and signs of expressions there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from flint import arb, arb_mat, fmpq_poly
from sympy import CRootOf, Dummy, Expr, Matrix, Symbol, expand

from engine.calculus.balls import ball, side
from engine.calculus.signs import decimal, is_real_finite, sign
from engine.critical.near import DEGREE_SHOWN, placed
from engine.critical.polynomials import expression, ring
from engine.critical.quotients import NotRationalError, Quotient, read
from engine.critical.signature import Signature, algebraic, from_signs
from engine.critical.solutions import Place


@dataclass(frozen=True, slots=True)
class Here:
    """A point; `place` has its coordinates as elements of Q(t) where they are algebraic."""

    variables: tuple[Symbol, ...]
    at: tuple[Expr, ...]
    place: Place | None
    known: dict[Expr, tuple[fmpq_poly, fmpq_poly] | None] = field(default_factory=dict, compare=False, repr=False)

    @property
    def decimals(self) -> tuple[float, ...]:
        """The coordinates as decimals."""
        return tuple(decimal(each) for each in self.at)

    def sign(self, expr: Expr) -> int | None:
        """Return the sign of an expression here, None where it is not proven or there is no value."""
        found = side(self._ball(expr, 192))
        if found is not None:
            return found
        parts = self._parts(expr)
        if parts is not None and self.place is not None:
            above, below = (self.place.root.sign(part) for part in parts)
            return above * below if below else None
        return sign(expand(self._put(expr)))

    def value(self, expr: Expr) -> Expr | None:
        """Return the value of an expression here, in the shortest form known; None where it has none."""
        if self.place is not None and self.place.root.modulus.degree() > DEGREE_SHOWN:
            return self._put(expr) if self._ball(expr, 192) is not None else None
        parts = self._parts(expr)
        if parts is None or self.place is None:
            value = self._put(expr)
            return value if is_real_finite(value) else None
        root, (above, below) = self.place.root, parts
        return None if root.sign(below) == 0 else root.expression(_divided(above, below, self.place))

    def signature(self, matrix: Sequence[Sequence[Expr]]) -> Signature | None:
        """Return the signature of a symmetric matrix here, None where it is not proven."""
        for bits in (128, 512):
            balls = [
                [near for entry in row for near in [self._ball(entry, bits)] if near is not None] for row in matrix
            ]
            if all(len(row) == len(matrix) for row in balls):
                found = [side(c) for c in arb_mat(balls).charpoly().coeffs()]
                proven = [each for each in found if each is not None]
                if len(proven) == len(found):
                    return from_signs(proven)
        if self.place is not None and self.place.root.modulus.degree() > DEGREE_SHOWN:
            return None
        return self._exactly(matrix)

    def _exactly(self, matrix: Sequence[Sequence[Expr]]) -> Signature | None:
        parts = [[part for entry in row for part in [self._parts(entry)] if part is not None] for row in matrix]
        if self.place is not None and all(len(row) == len(matrix) for row in parts):
            place = self.place
            entries = [[_divided(above, below, place) for above, below in row] for row in parts]
            return algebraic(entries, place.root)
        if any(coordinate.has(CRootOf) for coordinate in self.at):
            return None
        entries = Matrix([[expand(self._put(entry)) for entry in row] for row in matrix])
        found = [sign(c) for c in reversed(entries.charpoly(Dummy(), simplify=expand).all_coeffs())]
        proven = [each for each in found if each is not None]
        return from_signs(proven) if len(proven) == len(found) else None

    def _parts(self, expr: Expr) -> tuple[fmpq_poly, fmpq_poly] | None:
        """Return numerator and denominator of a rational function as elements of Q(t), None where it is none."""
        if expr not in self.known:
            found = None if self.place is None else _quotient(expr, self.variables)
            if found is None or self.place is None:
                self.known[expr] = None
            else:
                above, below = (self.place.root.reduce(self.place.value(p)) for p in (found.above, found.below))
                self.known[expr] = (above, below)
        return self.known[expr]

    def _ball(self, expr: Expr, bits: int) -> arb | None:
        balls = {
            v: near
            for v, c in zip(self.variables, self.at, strict=True)
            for near in [ball(c, bits)]
            if near is not None
        }
        return ball(expr, bits, balls) if len(balls) == len(self.at) else None

    def _put(self, expr: Expr) -> Expr:
        return placed(expr, self.variables, self.at)


def cancelled(expr: Expr, variables: tuple[Symbol, ...]) -> Expr:
    """Return a rational function in lowest terms, anything else as it is."""
    found = _quotient(expr, variables)
    if found is None or expr.is_polynomial(*variables):
        return expr
    return expression(found.above, variables) / expression(found.below, variables)


def _divided(above: fmpq_poly, below: fmpq_poly, place: Place) -> fmpq_poly:
    if below.degree() < 1:
        return above / below[0]
    return place.root.reduce(above * place.root.inverse(below))


@lru_cache(maxsize=512)
def _quotient(expr: Expr, variables: tuple[Symbol, ...]) -> Quotient | None:
    try:
        return read(expr, variables, ring(len(variables)))
    except NotRationalError:
        return None
