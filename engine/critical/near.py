"""Classification in balls, for points whose exact numbers are of a high degree and slow to work with."""

from collections.abc import Callable, Sequence

import sympy as sp
from flint import arb, arb_mat, ctx, fmpq_mpoly
from sympy import Expr, Symbol

from engine.calculus.balls import power, side
from engine.calculus.signs import decimal
from engine.critical.found import CriticalPoint
from engine.critical.polynomials import terms
from engine.critical.signature import from_signs, shown, test_sentence

# Exact numbers of a higher degree tell a reader nothing, and take longer than all the rest.
DEGREE_SHOWN = 16


def enclosed(poly: fmpq_mpoly, numbers: Sequence[arb], bits: int) -> arb:
    """Return a ball round the value of a polynomial at numbers given by balls."""
    with ctx.workprec(bits):
        powers = [{0: arb(1)} for _ in numbers]
        total = arb(0)
        for exponents, coefficient in terms(poly):
            term = arb(coefficient)
            for known, number, exponent in zip(powers, numbers, exponents, strict=True):
                if exponent not in known:
                    known[exponent] = power(number, exponent)
                term *= known[exponent]
            total += term
    return total


def point(
    f: Expr,
    variables: Sequence[Symbol],
    at: tuple[Expr, ...],
    hessian: Callable[[int], list[list[arb]] | None],
) -> CriticalPoint | None:
    """Return what f has at a critical point, None where balls do not decide, as they never do for an eigenvalue 0.

    hessian: gives balls round the Hessian's entries for a number of bits, None where it cannot.
    """
    for bits in (128, 512):
        matrix = hessian(bits)
        if matrix is None:
            return None
        with ctx.workprec(bits):
            found = [side(c) for c in arb_mat(matrix).charpoly().coeffs()]
            determinant = matrix[0][0] * matrix[-1][-1] - matrix[0][-1] * matrix[0][-1]
        proven = [each for each in found if each is not None]
        if len(proven) == len(found) and proven[0]:
            break
    else:
        return None
    signature = from_signs(proven)
    extremum = signature.kind in ("local minimum", "local maximum")
    value = placed(f, variables, at)
    texts = [shown(None, number) for number in (matrix[0][0], determinant)]
    return CriticalPoint(
        at=at,
        decimal=tuple(decimal(coordinate) for coordinate in at),
        kind=signature.kind,
        strict=True if extremum else None,
        degenerate=False,
        value=value,
        value_decimal=decimal(value),
        test=test_sentence(texts[0], texts[1], signature, variables),
    )


def placed(f: Expr, variables: Sequence[Symbol], at: tuple[Expr, ...]) -> Expr:
    """Return f with coordinates put in; nothing is worked out where SymPy would isolate roots for that, in minutes."""
    with sp.evaluate(not any(coordinate.has(sp.CRootOf) for coordinate in at)):
        return f.xreplace(dict(zip(variables, at, strict=True)))
