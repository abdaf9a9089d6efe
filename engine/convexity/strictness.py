"""Whether a convex function bends on every line: proven, disproven, or open."""

from collections.abc import Sequence

import sympy as sp
from flint import fmpq, fmpq_mat
from sympy import Expr, Matrix, Rational

from engine.calculus.derivatives import gradient
from engine.convexity.against import Looked
from engine.convexity.hessian import bent, determinant
from engine.convexity.lengths import over_one
from engine.convexity.proof import Proof
from engine.convexity.signs import Signed
from engine.convexity.smooth import is_smooth
from engine.critical.polynomials import dimension, groebner, polynomial, rational, ring
from engine.values import Budget


def strictness(proof: Proof, looked: Looked, signed: Signed, budget: Budget) -> bool | None:
    """Return whether f, for which there is a proof, is strictly convex or concave; None where that is open."""
    variables = signed.region.variables
    table = _slopes(proof, len(variables))
    if table.rank() == len(variables):
        return True
    if any(_is_straight(looked.f, way, signed) for way in _others(table)):
        return False
    inner = Signed(signed.region.inner(), budget)
    matrix = looked.matrix
    if matrix is not None and is_smooth(looked.f, inner):
        size = matrix.rows
        if size == 1:
            # analytic, so that the second derivative is zero at single points only
            return True if _is_zero(matrix[0, 0]) is False else None
        whole = determinant(matrix) if size <= 4 and budget.left() > 0 else None
        if whole is not None and _is_zero(whole):
            return False
        # on an edge that belongs to the region the second derivatives need to be right, too
        if is_smooth(looked.f, signed) and _bends(proof, matrix, whole, signed, budget):
            return True
    return False if looked.flat(budget) is not None else None


def _bends(proof: Proof, matrix: Matrix, whole: Expr | None, signed: Signed, budget: Budget) -> bool:
    if proof.bent is not None and proof.bent.definite and signed.region.is_open():
        return True
    found = bent(proof.way * matrix, signed.region.variables, signed)
    return (found is not None and found.definite) or (whole is not None and _at_points(whole, signed, budget))


def _at_points(whole: Expr, signed: Signed, budget: Budget) -> bool:
    """Tell whether the determinant, nowhere negative in all of space, is zero at single points at most."""
    if signed.region.parts:
        return False
    variables = signed.region.variables
    context = ring(len(variables))
    poly = polynomial(whole, variables, context)
    if poly is None or poly.is_zero():
        return False
    # where a polynomial that changes no sign is zero, its partial derivatives are zero too
    basis = groebner([poly, *(poly.derivative(i) for i in range(len(variables)))], context, budget)
    return basis is not None and (basis[0].is_constant() or dimension(basis, len(variables)) == 0)


def _slopes(proof: Proof, size: int) -> fmpq_mat:
    """Return the rational gradients along which the proof says that f bends strictly, one in each row."""
    rows = [row for row in proof.strict if all(each.is_Rational for each in row)]
    return fmpq_mat([[fmpq(int(each.p), int(each.q)) for each in row] for row in rows] or [[fmpq(0)] * size])


def _others(table: fmpq_mat) -> list[tuple[Rational, ...]]:
    """Return a direction for each column without a pivot, at a right angle to all rows."""
    reduced, rank = table.rref()
    pivots = [next(j for j in range(table.ncols()) if reduced[i, j] != 0) for i in range(rank)]
    found = []
    for free in (j for j in range(table.ncols()) if j not in pivots):
        way = [fmpq(int(j == free)) for j in range(table.ncols())]
        for i, pivot in enumerate(pivots):
            way[pivot] = -reduced[i, free]
        found.append(tuple(rational(each) for each in way))
    return found


def _is_straight(f: Expr, way: Sequence[Expr], signed: Signed) -> bool:
    """Tell whether f changes at a constant rate in a direction, so that it is affine on the lines that go there."""
    variables = signed.region.variables
    if not is_smooth(f, Signed(signed.region.inner(), signed.budget)):
        return False
    rate = sp.Add(*(step * slope for step, slope in zip(way, gradient(f, variables), strict=True)))
    if (short := over_one(rate)) is not None:
        rate = short[0] / short[1]
    bend = sp.Add(*(step * slope for step, slope in zip(way, gradient(rate, variables), strict=True)))
    return _is_zero(bend) is True


def _is_zero(expr: Expr) -> bool | None:
    """Tell whether an expression is zero everywhere; None where neither is seen."""
    short = over_one(expr)
    above = expr if short is None else short[0]
    if above == 0:
        return True
    found = above.free_symbols
    for start in (1, 2, 3):
        at = {s: sp.Rational(start + 3 * i, 7 + i) for i, s in enumerate(sorted(found, key=str))}
        value = above.xreplace(at)
        if value.is_number and value.is_zero is False:
            return False
    return None
