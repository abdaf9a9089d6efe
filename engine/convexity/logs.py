"""Logarithms of sums of exponentials, and what is like them: functions whose logarithm is convex."""

import sympy as sp
from sympy import Expr

from engine.calculus.signs import sign
from engine.convexity.lengths import multiplied
from engine.convexity.proof import Slopes
from engine.convexity.region import slopes_of
from engine.convexity.signs import Signed

Logarithms = tuple[Expr, ...]


def logarithms(expr: Expr, signed: Signed) -> Logarithms | None:
    """Return the logarithms w of positive terms e^w whose sum an expression is; None where it is no such sum."""
    found: list[Expr] = []
    for term in sp.Add.make_args(multiplied(expr.replace(sp.cosh, lambda u: (sp.exp(u) + sp.exp(-u)) / 2))):
        whole = []
        for factor in sp.Mul.make_args(term):
            if isinstance(factor, sp.exp):
                whole.append(factor.args[0])
            elif factor.is_Pow and _is_exponential(factor, signed):
                whole.append(factor.exp * sp.log(factor.base))
            elif not factor.free_symbols and sign(factor) == 1:
                whole.append(sp.log(factor))
            else:
                return None
        found.append(sp.Add(*whole))
    return tuple(found)


def _is_exponential(power: Expr, signed: Signed) -> bool:
    """Tell whether a power has a positive number as base, or a negative one as exponent of a positive base."""
    if not power.base.free_symbols:
        return sign(power.base) == 1
    return not power.exp.free_symbols and sign(power.exp) == -1 and signed.is_positive(power.base)


def apart(found: Logarithms, signed: Signed) -> Slopes:
    """Return the gradients of the differences, where all logarithms are affine: along them the sum bends strictly."""
    slopes = [slopes_of(each, signed.region.variables) for each in found]
    known = [each for each in slopes if each is not None]
    if len(known) < len(slopes):
        return ()
    return tuple(tuple(a - b for a, b in zip(each, known[0], strict=True)) for each in known[1:])
