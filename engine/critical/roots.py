"""Real algebraic numbers: polynomials in one real root of an irreducible polynomial."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

import sympy as sp
from flint import arb, arb_poly, ctx, fmpq, fmpq_mat, fmpq_poly
from sympy import Expr, Symbol

from engine.calculus.balls import ball, real_roots
from engine.calculus.signs import sign
from engine.critical.polynomials import rational

# Not the learner's x: that one is a real symbol, and what is substituted for it must not reach in here.
_X = Symbol("x")


@dataclass(frozen=True, slots=True)
class Root:
    """A real root t: coefficients (constant first) of its irreducible primitive polynomial, its place among the roots.

    An element of Q(t) is a fmpq_poly in t, anywhere below.
    """

    coefficients: tuple[int, ...]
    index: int

    @property
    def modulus(self) -> fmpq_poly:
        """The irreducible polynomial."""
        return fmpq_poly(list(self.coefficients))

    def reduce(self, element: fmpq_poly) -> fmpq_poly:
        """Return the canonical form; equal elements become the same polynomial."""
        return element % self.modulus

    def inverse(self, element: fmpq_poly) -> fmpq_poly:
        """Return the inverse of an element that is not zero."""
        return element.xgcd(self.modulus)[1] % self.modulus

    def ball(self, element: fmpq_poly, bits: int) -> arb:
        """Return a ball round the value of an element."""
        with ctx.workprec(bits):
            return arb_poly(element)(real_roots(self.coefficients, bits)[self.index])

    def sign(self, element: fmpq_poly) -> int:
        """Return the exact sign of an element."""
        element = self.reduce(element)
        if element.degree() < 1:
            constant = element[0]
            return int(constant > 0) - int(constant < 0)
        # An element whose canonical form is not zero is not zero, so some precision shows its sign.
        for doubling in count():
            value = self.ball(element, 64 << doubling)
            if value > 0 or value < 0:
                return 1 if value > 0 else -1
        raise AssertionError

    def expression(self, element: fmpq_poly, among: Sequence[tuple[int, ...]] | None = None) -> Expr:
        """Return an element as a rational, a short radical, or a CRootOf of its minimal polynomial.

        among: irreducible polynomials of which one is known to be that.
        """
        element = self.reduce(element)
        if element.degree() < 1:
            return rational(element[0])
        choices = [self.minimal(element)] if among is None else among
        for doubling in count():
            bits = 64 << doubling
            value = self.ball(element, bits)
            near = [(c, i) for c in choices for i, root in enumerate(real_roots(c, bits)) if root.overlaps(value)]
            if len(near) == 1:
                return written(*near[0])
        raise AssertionError

    def minimal(self, element: fmpq_poly) -> tuple[int, ...]:
        """Return the coefficients of the minimal polynomial of an element over Q, primitive, constant first."""
        exact = [(int(c.p), int(c.q)) for c in self.reduce(element).coeffs()]
        return _minimal(self.coefficients, tuple(exact))


@lru_cache(maxsize=256)
def _minimal(modulus: tuple[int, ...], element: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    # conjugate points ask for the same again and again
    over, column = fmpq_poly(list(modulus)), fmpq_poly([fmpq(p, q) for p, q in element])
    rows = []
    for _ in range(over.degree()):
        rows.append([column[i] for i in range(over.degree())])
        column = column * fmpq_poly([0, 1]) % over
    return irreducible(fmpq_mat(rows).charpoly())[0]


RATIONAL = Root((0, 1), 0)


def irreducible(polynomial: fmpq_poly) -> tuple[tuple[int, ...], ...]:
    """Return the coefficients of the irreducible factors over Q, primitive, constant first."""
    return tuple(tuple(int(c) for c in factor.coeffs()) for factor, _ in polynomial.numer().factor()[1])


def isolated(polynomial: fmpq_poly) -> list[Root]:
    """Return the real roots of a polynomial, once each."""
    return [Root(c, index) for c in irreducible(polynomial) for index in range(len(real_roots(c, 64)))]


def written(coefficients: tuple[int, ...], index: int) -> Expr:
    """Return a real root of an irreducible polynomial as an expression: short radicals, else CRootOf."""
    choices = _radicals(coefficients)
    if choices:
        for doubling in count():
            bits = 64 << doubling
            wanted = real_roots(coefficients, bits)[index]
            near = [e for e in choices for b in [ball(e, bits)] if b is None or b.overlaps(wanted)]
            if len(near) == 1:
                return near[0]
    return sp.CRootOf(sp.Poly(list(reversed(coefficients)), _X), index)


def _radicals(coefficients: tuple[int, ...]) -> list[Expr]:
    """Return the real roots in radicals where these are short; [] where not."""
    degree = len(coefficients) - 1
    inner = [i for i, c in enumerate(coefficients) if c and 0 < i < degree]
    if degree == 1:
        return [sp.Rational(-coefficients[0], coefficients[1])]
    if not inner:
        root = sp.Abs(sp.Rational(coefficients[0], coefficients[-1])) ** sp.Rational(1, degree)
        return [root, -root] if degree % 2 == 0 else [root if coefficients[0] * coefficients[-1] < 0 else -root]
    if degree == 2:
        return _quadratic(*coefficients)
    if degree == 4 and inner == [2]:
        squares = [y for y in _quadratic(*coefficients[::2]) if sign(y) == 1]
        return [s * sp.sqrt(y) for y in squares for s in (1, -1)]
    return []


def _quadratic(c: int, b: int, a: int) -> list[Expr]:
    middle, spread = sp.Rational(-b, 2 * a), sp.Rational(b * b - 4 * a * c, 4 * a * a)
    return [middle - sp.sqrt(spread), middle + sp.sqrt(spread)]
