"""Exact polynomials in several variables, and their Groebner bases."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import lcm
from typing import Any

import sympy as sp
from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpz_mpoly, fmpz_mpoly_ctx, fmpz_mpoly_vec
from sympy import Expr, Symbol

from engine.values import Budget

Ring = fmpq_mpoly_ctx
Exponents = tuple[int, ...]
# Terms and coefficient bits at which an attempt ends (the latter grows), and those at which all end.
_TERMS, _BITS, _MOST_BITS = 5000, 400, 6000
# Bits of coefficients whose reduction can take seconds, and the time that is too little for that.
_LONG, _LITTLE = 500, 1.0


def ring(count: int) -> Ring:
    """Return the ring of polynomials in `count` variables over Q, ordered by degrevlex."""
    return fmpq_mpoly_ctx.get([f"v{i}" for i in range(count)], Ordering.degrevlex)


def polynomial(expr: Expr, unknowns: Sequence[Symbol], context: Ring) -> fmpq_mpoly | None:
    """Return the expression as a polynomial in the unknowns, None if it is none over Q."""
    try:
        poly = sp.Poly(expr, *unknowns, domain=sp.QQ)
    except (sp.PolynomialError, sp.CoercionFailed):
        return None
    parts = {m: fmpq(int(c.numerator), int(c.denominator)) for m, c in poly.rep.to_dict().items()}
    return context.from_dict(parts)


def expression(poly: fmpq_mpoly, unknowns: Sequence[Expr]) -> Expr:
    """Return the polynomial as an expression, without taking anything apart or together."""
    return sp.Add(*(rational(c) * sp.Mul(*(u**e for u, e in zip(unknowns, m, strict=True))) for m, c in terms(poly)))


def rational(number: fmpq) -> Expr:
    """Return a SymPy rational for an exact number of flint."""
    exact = fmpq(number)
    return sp.Rational(int(exact.p), int(exact.q))


def terms(poly: fmpq_mpoly) -> list[tuple[Exponents, fmpq]]:
    """Return (exponents, coefficient) pairs, leading term first."""
    return [(tuple(int(e) for e in m), c) for m, c in zip(poly.monoms(), poly.coeffs(), strict=True)]


def irreducibles(poly: fmpq_mpoly) -> list[fmpq_mpoly]:
    """Return the different irreducible factors over Q, without constants; [] for a constant."""
    return [factor for factor, _ in poly.factor()[1]]


def occurring(poly: fmpq_mpoly) -> list[int]:
    """Return the indices of the variables that occur."""
    return [i for i, degree in enumerate(poly.degrees()) if degree > 0]


def key(poly: fmpq_mpoly) -> str:
    """Return a text that two polynomials share where they differ by a constant factor at most."""
    return str(poly / poly.leading_coefficient())


def remainder(poly: fmpq_mpoly, basis: Iterable[fmpq_mpoly]) -> fmpq_mpoly:
    """Return the remainder after division by a list; its normal form where that is a Groebner basis."""
    while True:
        before = poly
        for divisor in basis:
            poly = poly % divisor
        if poly == before:
            return poly


def groebner(polys: Sequence[fmpq_mpoly], context: Ring, budget: Budget) -> list[fmpq_mpoly] | None:
    """Return the reduced Groebner basis (degrevlex), None if it is out of reach of the budget.

    Buchberger's algorithm of FLINT, which cannot be interrupted: it is ended when the basis has grown
    a little, and starts again from the reduced basis. That is faster than one long run, too (measured
    on dense random systems: 30 s became 2 s). An attempt that was ended gives elements of the ideal,
    but may have lost some that generate it.
    """
    integral = fmpz_mpoly_ctx.get(list(context.names()), Ordering.degrevlex)
    first = [_integral(poly, integral) for poly in polys]
    now, limit, bits, took = first, len(first) + 1, _BITS, 0.0
    while bits < _MOST_BITS and budget.left() > 3 * took:
        before = budget.left()
        # declared as a list by the library's own types
        start: Any = fmpz_mpoly_vec(now, integral)
        found, complete = start.buchberger_naive(limits=(limit, _TERMS, bits))
        if complete:
            basis = [context.from_dict(dict(poly.to_dict())) for poly in _reduced(list(found), integral)]
            return [poly / poly.leading_coefficient() for poly in basis]
        if budget.left() < _LITTLE and _longest(found) > _LONG:
            return None
        # a long list is a basis with a factor added: reducing it by parts of a new one can take seconds
        now = [*first, *found] if len(first) > 2 * integral.nvars() else _reduced([*first, *found], integral)
        limit = max(limit, len(now)) + 1 + len(now) // 20
        bits += bits // 8
        took = before - budget.left()
    return None


def _reduced(polys: list[fmpz_mpoly], context: fmpz_mpoly_ctx) -> list[fmpz_mpoly]:
    vector: Any = fmpz_mpoly_vec(polys, context)
    return list(vector.autoreduction())


def _longest(polys: Iterable[fmpz_mpoly]) -> int:
    """Return the number of bits of the largest coefficient."""
    return max((int(c).bit_length() for poly in polys for c in poly.coeffs()), default=0)


def _integral(poly: fmpq_mpoly, context: fmpz_mpoly_ctx) -> fmpz_mpoly:
    scaled = poly * fmpq(lcm(*(int(c.q) for c in poly.coeffs())))
    return context.from_dict({m: int(c.p) for m, c in terms(scaled)})


def leading(poly: fmpq_mpoly) -> Exponents:
    """Return the exponents of the leading monomial."""
    return tuple(int(e) for e in poly.monomial(0))


def dimension(basis: Sequence[fmpq_mpoly], count: int) -> int:
    """Return the dimension of the complex zero set of a Groebner basis that is not (1).

    Source: Cox, Little, O'Shea, Ideals, Varieties, and Algorithms, section 9.3: the largest set of
    variables in which no leading monomial can be written.
    """
    supports = [{i for i, e in enumerate(leading(poly)) if e} for poly in basis]
    for size in range(count, 0, -1):
        for free in combinations(range(count), size):
            if not any(support <= set(free) for support in supports):
                return size
    return 0
