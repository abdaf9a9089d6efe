"""Determinants in their short form: r for polar coordinates, not r cos^2 t + r sin^2 t.

Nothing is searched: squares of a sine go into its cosine (or the other way) by sin^2 + cos^2 = 1, the same for
sinh and cosh by cosh^2 - sinh^2 = 1, and the rest is polynomial arithmetic.
"""

from collections.abc import Iterator, Sequence
from itertools import permutations

import sympy
from flint import arb
from sympy import Dummy, Expr, Matrix, S
from sympy.combinatorics.permutations import Permutation

from engine.calculus.balls import ball

MAX_SIZE = 4
_LONG = 90
_POWER = 4
_FACTORED = 60
_TERMS = 3000
_BITS = 128
_PAIRS = ((sympy.sin, sympy.cos, 1, -1), (sympy.sinh, sympy.cosh, -1, 1))
_PLACES = (0.7310585, 0.3679412, 0.5403023, 0.8687137, 0.6931471, 0.4161468, 0.9092974, 0.2784645)


def determinant(matrix: Matrix) -> Expr | None:
    """Return the determinant of a square matrix as a short formula; None where it is too large for one."""
    size = matrix.shape[0]
    if all(each.is_Rational for each in matrix):
        return matrix.det()
    if size > MAX_SIZE or _count(matrix) > _TERMS:
        return None
    return short(sympy.Add(*products(matrix)))


def products(matrix: Matrix) -> Iterator[Expr]:
    """Yield the signed products of entries that a determinant is the sum of."""
    size = matrix.shape[0]
    for order in permutations(range(size)):
        factors = [matrix[row, column] for row, column in enumerate(order)]
        if S.Zero not in factors:
            yield Permutation(list(order)).signature() * sympy.Mul(*factors)


def _count(matrix: Matrix) -> int:
    """Return at most how many terms the determinant has when it is multiplied out."""
    found = 1
    for row in matrix.tolist():
        found *= sum(len(sympy.Add.make_args(each)) for each in row if each != 0)
    return found


def short(value: Expr) -> Expr:
    """Return the shortest of some forms of an expression, all equal wherever it is defined."""
    powers = (each for each in value.atoms(sympy.Pow) if each.base.is_Add and each.exp.is_Rational)
    if value.is_Rational or sympy.count_ops(value) > _LONG or any(abs(each.exp) > _POWER for each in powers):
        return value
    above, below = sympy.fraction(sympy.together(value))
    forms = [value, _expanded(value)]
    above = _expanded(above)
    if sympy.count_ops(above) > 2 * _LONG:
        return value
    for each in dict.fromkeys((above, *_reduced(above))):
        forms += [each / below, _factored(each) / below]
    forms = [each for each in forms if each == value or same(each, value)]
    return min(forms, key=_length)


def _expanded(value: Expr) -> Expr:
    return sympy.expand(value, power_base=False, power_exp=False, log=False)


def _length(value: Expr) -> tuple[int, str]:
    """Return how long an expression is, brackets counted as some letters more: 2xy - x^2, not -x(x - 2y)."""
    text = str(value)
    products = [each for each in sympy.preorder_traversal(value) if each.is_Mul]
    return len(text) + 3 * sum(arg.is_Add for each in products for arg in each.args), text


def _factored(value: Expr) -> Expr:
    return sympy.factor(value) if sympy.count_ops(value) <= _FACTORED else value


def _reduced(value: Expr) -> tuple[Expr, ...]:
    """Return the expression with all squares of sines, or all squares of cosines, put into the other one."""
    found = []
    for side in (0, 1):
        done = value
        for pair in _PAIRS:
            for argument in sorted({each.args[0] for each in value.atoms(*pair[:2])}, key=str):
                done = _without_squares(done, argument, pair, side)
        found.append(done)
    return tuple(found)


def _without_squares(value: Expr, argument: Expr, pair: Sequence[object], side: int) -> Expr:
    sine, cosine, kept, turned = pair
    one, other = Dummy("s"), Dummy("c")
    plain = value.xreplace({sine(argument): one, cosine(argument): other})  # type: ignore[operator]  # a function of SymPy's
    away, stays = (one, other) if side == 0 else (other, one)
    # sin^2 = 1 - cos^2; sinh^2 = cosh^2 - 1 and cosh^2 = 1 + sinh^2.
    square = kept + turned * stays**2 if side == 0 else 1 + turned * stays**2
    collected = sympy.Add(
        *(
            sympy.Mul(*(_lowered(factor, away, square) for factor in sympy.Mul.make_args(term)))
            for term in sympy.Add.make_args(plain)
        )
    )
    return sympy.expand(collected).xreplace({one: sine(argument), other: cosine(argument)})  # type: ignore[operator]  # the same


def _lowered(factor: Expr, away: Dummy, square: Expr) -> Expr:
    base, exponent = factor.as_base_exp()
    if base != away or not exponent.is_Integer or exponent < 2:
        return factor
    return away ** (exponent % 2) * square ** (exponent // 2)


def same(one: Expr, other: Expr) -> bool:
    """Tell whether two expressions have one value at some points, each enclosed: no slip gets through unseen."""
    symbols = sorted(one.free_symbols | other.free_symbols, key=str)
    seen = 0
    for turn in range(24):
        at = {s: arb(_PLACES[(i + turn) % 8] * (1 + turn) * (-1) ** (turn * i)) for i, s in enumerate(symbols)}
        first, second = ball(one, _BITS, at), ball(other, _BITS, at)
        if first is None or second is None:
            continue
        if not first.overlaps(second):
            return False
        seen += 1
        if seen == 3:
            break
    return seen >= 2
