"""Functions of one number: how each bends and whether it rises, where its argument lies."""

from dataclasses import dataclass
from typing import Literal

import sympy as sp
from sympy import Expr, S

from engine.calculus.signs import sign
from engine.convexity.orthant import POSITIVE, UP, Signs
from engine.convexity.signs import DOWN, Signed

Turn = Literal[-1, 0, 1]


@dataclass(frozen=True, slots=True)
class Atom:
    """A function of a number, in words; it bends up (1) or down (-1), and rises, falls or does neither (0)."""

    inner: Expr
    shown: str
    bends: Literal[-1, 1]
    rises: Turn
    strict: bool = True


def atom(expr: Expr, signed: Signed) -> Atom | None:
    """Return the outermost function of an expression and how it bends where its argument lies; None if not one way."""
    if isinstance(expr, sp.exp):
        return Atom(expr.args[0], "e^u", 1, 1)
    if expr.is_Pow:
        return _power(expr, signed)
    if (cubed := odd_size(expr)) is not None:
        inner, exponent = cubed
        return Atom(inner, f"|u|^{exponent}", 1, _turn(signed.of(inner)))
    if len(expr.args) != 1:
        return None
    inner = expr.args[0]
    side = signed.of(inner)
    if isinstance(expr, sp.log):
        return Atom(inner, "ln u", -1, 1)
    if isinstance(expr, sp.Abs):
        return Atom(inner, "|u|", 1, _turn(side), strict=False)
    if isinstance(expr, sp.cosh):
        return Atom(inner, "cosh u", 1, _turn(side))
    if isinstance(expr, sp.acosh):
        return Atom(inner, "arcosh u", -1, 1)
    return _odd(expr, inner, side)


def odd_size(expr: Expr) -> tuple[Expr, Expr] | None:
    """Return u and 2k + 1 for |u|^(2k + 1), which SymPy writes u^2k |u|; None for anything else."""
    if not (expr.is_Mul and len(expr.args) == 2):
        return None
    size = next((arg for arg in expr.args if isinstance(arg, sp.Abs)), None)
    if size is None:
        return None
    rest, inner = expr / size, size.args[0]
    if rest.is_Pow and rest.base == inner and rest.exp.is_Integer and rest.exp > 0 and rest.exp % 2 == 0:
        return inner, rest.exp + 1
    return None


def _turn(side: Signs) -> Turn:
    return 1 if side <= UP else -1 if side <= DOWN else 0


# Those that bend up where u is positive, with what they do on the other side, and those that bend down there.
_UP_RIGHT = {sp.sinh: "sinh u", sp.asin: "arcsin u", sp.atanh: "artanh u"}
_DOWN_RIGHT = {sp.tanh: "tanh u", sp.atan: "arctan u", sp.asinh: "arsinh u"}


def _odd(expr: Expr, inner: Expr, side: Signs) -> Atom | None:
    turn = _turn(side)
    if turn == 0:
        return None
    where = "u ≥ 0" if turn == 1 else "u ≤ 0"
    if expr.func in _UP_RIGHT:
        return Atom(inner, f"{_UP_RIGHT[expr.func]} for {where}", turn, 1)
    if expr.func in _DOWN_RIGHT:
        return Atom(inner, f"{_DOWN_RIGHT[expr.func]} for {where}", -1 if turn == 1 else 1, 1)
    if isinstance(expr, sp.acos):
        return Atom(inner, f"arccos u for {where}", -1 if turn == 1 else 1, -1)
    return None


def _power(expr: Expr, signed: Signed) -> Atom | None:
    base, exponent = expr.base, expr.exp
    if not base.free_symbols:
        rises = sign(sp.log(base)) if sign(base) == 1 else None
        return None if not rises else Atom(exponent, f"{base}^u", 1, 1 if rises == 1 else -1)
    if exponent.free_symbols:
        return None
    side = signed.of(base)
    if exponent.is_Integer and exponent % 2 == 0 and exponent > 0:
        return Atom(base, f"u^{exponent}", 1, _turn(side))
    if exponent.is_Integer and (side == frozenset((-1,)) or (side <= DOWN and exponent > 0)):
        return _left(base, exponent)
    if not side <= UP and exponent.is_Integer:
        return None
    return _right(base, exponent, side)


def _left(base: Expr, exponent: Expr) -> Atom:
    """Return a power of a number that is not positive."""
    even = exponent % 2 == 0
    if exponent > 0:
        return Atom(base, f"u^{exponent} for u ≤ 0", -1, 1)
    return Atom(base, f"u^({exponent}) for u < 0", 1 if even else -1, 1 if even else -1)


def _right(base: Expr, exponent: Expr, side: Signs) -> Atom | None:
    """Return a power of a number that is not negative; where the exponent asks for that, it is none."""
    shown = f"u^{exponent}" if exponent.is_Integer and exponent > 0 else f"u^({exponent})"
    below, above = sign(exponent), sign(exponent - S.One)
    if below == -1 and (side == POSITIVE or not exponent.is_Integer):
        return Atom(base, f"{shown} for u > 0", 1, -1)
    if below != 1 or above is None or above == 0:
        return None
    shown = "√u" if exponent == S.Half else f"{shown} for u ≥ 0"
    return Atom(base, shown, 1 if above == 1 else -1, 1)
