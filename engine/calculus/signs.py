"""Rigorous decisions about exact real constants: their sign, their decimal, whether they exist."""

from flint import arb
from sympy import Expr, Rational, S, expand

from engine.calculus.balls import NoValueError, OpenError, ball, evaluate, is_zero, side
from engine.errors import NotInDomain, TooLarge

__all__ = ["ball", "decimal", "is_real_finite", "sign"]

_PRECISIONS = (64, 192, 640, 2000)
_LONG_BITS, _LONG_TEXT = 130, 60
_TINY = arb(2) ** -1080  # below half of the smallest float


def sign(expr: Expr) -> int | None:
    """Return -1, 0 or 1, the proven sign of a constant, or None where nothing is proven.

    Zero is proven by rational arithmetic or by a separation bound of algebraic numbers; beside
    transcendental factors only where all their algebraic coefficients are zero.
    """
    if expr.is_Rational:
        return int(expr.p > 0) - int(expr.p < 0)
    if expr.free_symbols:
        return None
    for bits in _PRECISIONS[:2]:
        found = side(ball(expr, bits))
        if found is not None:
            return found
    if is_zero(expr):
        return 0
    return next((s for s in (side(ball(expr, bits)) for bits in _PRECISIONS[2:]) if s is not None), None)


def decimal(expr: Expr, digits: int = 15) -> float:
    """Return the float next to a constant, right to `digits` significant digits (17 at most).

    Refuses (NotInDomain) what is undefined, not real or not enclosed, (TooLarge) what no float holds.
    """
    for bits in (64, 256, 1024, 4096):
        value = ball(expr, bits)
        if value is None:
            continue
        if value.rel_accuracy_bits() > 3.4 * digits or abs(value) < _TINY:
            near = float(value.mid()) + 0.0  # never -0.0
            if abs(near) == float("inf"):
                raise TooLarge(f"{_named(expr)} is too large to be written as a decimal.")
            return near
    raise NotInDomain(f"{_named(expr)} has no real value that can be computed.")


def _named(expr: Expr) -> str:
    """Return a constant as it is said in a refusal; one that fills lines is only "a number here"."""
    if any(max(abs(int(n.p)), int(n.q)).bit_length() > _LONG_BITS for n in expr.atoms(Rational)):
        return "A number here"
    text = str(expr)
    return text if len(text) <= _LONG_TEXT else "A number here"


def is_real_finite(expr: Expr) -> bool | None:
    """Return whether a constant is a finite real number, None where that is not decided."""
    if expr.has(S.NaN, S.ComplexInfinity, S.Infinity, S.NegativeInfinity):
        return False
    if expr.has(S.ImaginaryUnit):
        real, imaginary = expand(expr).as_real_imag()
        across = sign(imaginary)
        return is_real_finite(real) if across == 0 else None if across is None else False
    for bits in _PRECISIONS:
        try:
            if evaluate(expr, bits).is_finite():
                return True
        except NoValueError:
            return False
        except OpenError:
            continue
    return None
