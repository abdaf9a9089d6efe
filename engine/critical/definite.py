"""Which signs a polynomial takes on the whole of R^n, where that can be proven."""

from collections.abc import Sequence
from itertools import pairwise, product
from typing import Literal

from flint import arb, fmpq, fmpq_mat, fmpq_mpoly, fmpq_poly

from engine.calculus.balls import real_roots
from engine.critical.polynomials import groebner, occurring, terms
from engine.critical.solutions import solutions
from engine.values import Budget

Signs = Literal["positive", "nonnegative", "negative", "nonpositive", "indefinite", "unknown"]
_TURNED: dict[Signs, Signs] = {
    "positive": "negative",
    "nonnegative": "nonpositive",
    "negative": "positive",
    "nonpositive": "nonnegative",
    "indefinite": "indefinite",
    "unknown": "unknown",
}


def signs(poly: fmpq_mpoly, budget: Budget) -> Signs:
    """Return the signs that a polynomial, not the zero one, takes for real arguments.

    "nonnegative" says that no value is negative; that zero is taken is then likely, not proven.
    """
    constant, factors = poly.factor()
    up, strict, known = constant > 0, True, True
    for factor, multiplicity in factors:
        found = _irreducible(factor, budget)
        strict = strict and found in ("positive", "negative")
        if multiplicity % 2 == 0:
            continue
        if found == "indefinite":
            return found  # it changes sign somewhere where the other factors, coprime to it, are not zero
        known = known and found != "unknown"
        up = up == (found in ("positive", "nonnegative"))
    plain: Signs = "positive" if strict else "nonnegative"
    return "unknown" if not known else plain if up else _TURNED[plain]


def _irreducible(poly: fmpq_mpoly, budget: Budget) -> Signs:
    inside, found = occurring(poly), terms(poly)
    if found[0][1] < 0:
        return _TURNED[_irreducible(-poly, budget)]
    if len(inside) == 1:
        # irreducible, so every real root is simple
        return "indefinite" if count_roots(univariate(poly, inside[0])) else "positive"
    if all(c > 0 and not any(e % 2 for e in m) for m, c in found):
        return "nonnegative" if any(found[-1][0]) else "positive"
    if poly.total_degree() == 1 or _both_signs(poly, inside):
        return "indefinite"
    return _harder(poly, inside, budget)


def _harder(poly: fmpq_mpoly, inside: Sequence[int], budget: Budget) -> Signs:
    if poly.total_degree() == 2:
        return _quadric(poly)
    if len(inside) == 2:
        return _plane(poly, inside, budget)
    return _completed(poly, inside, budget)


def univariate(poly: fmpq_mpoly, index: int) -> fmpq_poly:
    """Return a polynomial in which only one variable occurs as one in one variable."""
    coefficients = [fmpq(0)] * (int(poly.degrees()[index]) + 1)
    for exponents, coefficient in terms(poly):
        coefficients[exponents[index]] = coefficient
    return fmpq_poly(coefficients)


def count_roots(poly: fmpq_poly) -> int:
    """Return the number of different real roots of a polynomial that is not zero."""
    return len(_roots(poly))


def between(poly: fmpq_poly) -> list[fmpq]:
    """Return a rational number in each interval that the real roots leave, from left to right."""
    roots = _roots(poly)
    if not roots:
        return [fmpq(0)]
    inner = [(left + right) / 2 for (_, left), (right, _) in pairwise(roots)]
    return [roots[0][0] - 1, *inner, roots[-1][1] + 1]


def _roots(poly: fmpq_poly) -> list[tuple[fmpq, fmpq]]:
    """Return disjoint rational bounds round the real roots."""
    if poly.degree() < 1:
        return []
    squarefree = (poly // poly.gcd(poly.derivative())).numer()
    bits = 64
    while True:
        balls = real_roots(tuple(int(c) for c in squarefree.coeffs()), bits)
        if all(a < b for a, b in pairwise(balls)):
            return [(_exact(b.lower()), _exact(b.upper())) for b in balls]
        bits *= 2


def _exact(number: arb) -> fmpq:
    mantissa, exponent = number.mid().man_exp()
    return fmpq(mantissa) * fmpq(2) ** int(exponent)


def positive_roots(signs_: Sequence[int]) -> int:
    """Return the number of positive roots of a polynomial that has real roots only, from its coefficients' signs.

    Source: Descartes' rule of signs, which is exact for such polynomials.
    """
    return sum(a != b for a, b in pairwise([each for each in signs_ if each]))


def _both_signs(poly: fmpq_mpoly, inside: Sequence[int]) -> bool:
    values = (-2, -1, 0, 1, 2) if len(inside) < 4 else (-1, 0, 1)
    found = set()
    point = [fmpq(0)] * len(poly.degrees())
    for sample in product(values, repeat=min(len(inside), 6)):
        for index, value in zip(inside, sample, strict=False):
            point[index] = fmpq(value)
        result = poly(*point)
        if result != 0:
            found.add(result > 0)
        if len(found) == 2:
            return True
    return False


def _quadric(poly: fmpq_mpoly) -> Signs:
    size = len(poly.degrees())
    matrix = fmpq_mat(size + 1, size + 1)
    for exponents, coefficient in terms(poly):
        places = [i for i, e in enumerate(exponents) for _ in range(e)]
        i, j = [*places, size, size][:2]
        matrix[i, j] += coefficient / 2
        matrix[j, i] += coefficient / 2
    positive, rank = positive_roots([int(c > 0) - int(c < 0) for c in matrix.charpoly().coeffs()]), matrix.rank()
    if positive < rank:
        return "indefinite"
    # zero is taken where the kernel reaches the last coordinate, the homogenising one
    without = fmpq_mat([row[:-1] for row in matrix.tolist()])
    return "nonnegative" if without.rank() == rank else "positive"


def _plane(poly: fmpq_mpoly, inside: Sequence[int], budget: Budget) -> Signs:
    """Decide in two variables: the sign is constant on the vertical strips between critical abscissas."""
    first, second = inside
    name = f"v{second}"
    highest = int(poly.degrees()[second])
    lead = poly.context().from_dict(
        {(*m[:second], 0, *m[second + 1 :]): c for m, c in terms(poly) if m[second] == highest}
    )
    for abscissa in between(univariate(poly.discriminant(name) * lead, first)):
        if count_roots(univariate(poly.subs({f"v{first}": abscissa}), second)):
            return "indefinite"  # a simple root: off the roots of the discriminant there are no others
    up = terms(poly.subs({f"v{first}": abscissa, name: 0}))[0][1] > 0
    plain: Signs = "nonnegative" if _touches(poly, inside, budget) else "positive"
    return plain if up else _TURNED[plain]


def _touches(poly: fmpq_mpoly, inside: Sequence[int], budget: Budget) -> bool:
    """Return whether a polynomial without a sign change may be zero somewhere: its partials are, too."""
    context = poly.context()
    others = [context.gen(i) for i in range(context.nvars()) if i not in inside]
    basis = groebner([poly, *(poly.derivative(i) for i in inside), *others], context, budget)
    if basis is None or basis[0].is_constant():
        return basis is None
    return solutions(basis, context, budget) != []


def _completed(poly: fmpq_mpoly, inside: Sequence[int], budget: Budget) -> Signs:
    """Complete the square in a variable v: a v^2 + b v + c with a constant a > 0 has the signs of 4ac - b^2."""
    context = poly.context()
    for index in inside:
        parts: list[dict[tuple[int, ...], fmpq]] = [{}, {}, {}]
        if int(poly.degrees()[index]) != 2:
            continue
        for exponents, coefficient in terms(poly):
            parts[exponents[index]][(*exponents[:index], 0, *exponents[index + 1 :])] = coefficient
        c, b, a = (context.from_dict(part) for part in parts)
        if a.is_constant() and a.leading_coefficient() > 0:
            found = signs(4 * a * c - b * b, budget)
            return "indefinite" if found in ("negative", "nonpositive") else found
    return "unknown"
