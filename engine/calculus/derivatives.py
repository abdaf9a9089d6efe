"""Derivatives, without simplify: what the rules of differentiation give, and values at a point."""

import math
from collections.abc import Mapping, Sequence

import sympy
from sympy import Expr, Matrix, Symbol

from engine.calculus import signs
from engine.errors import NotInDomain, NotSupported

_SMALL = 60  # operations and terms of a transcendental constant that is still worth multiplying out
_MOST_BITS = 512  # of a number that is looked through for square factors
_MANY = 400  # terms of an algebraic one


class _RealAbs(sympy.Function):  # type: ignore[misc]  # SymPy ships no types
    """|u| for real u: SymPy's own cannot know that a root or logarithm is real where it exists."""

    def fdiff(self, argindex: int = 1) -> Expr:  # noqa: ARG002 - the base class's signature
        """Return the derivative beside the kink."""
        return _RealSign(self.args[0])


class _RealSign(sympy.Function):  # type: ignore[misc]  # the same
    """The sign of a real u."""

    def fdiff(self, argindex: int = 1) -> Expr:  # noqa: ARG002 - the base class's signature
        """Return the derivative beside the jump."""
        return sympy.S.Zero


_KINKED = (sympy.Abs, sympy.sign, sympy.Max, sympy.Min, sympy.Heaviside, sympy.DiracDelta)
_UNFINISHED = (sympy.Derivative, sympy.Subs, sympy.re, sympy.im, sympy.conjugate, sympy.arg)


def gradient(f: Expr, variables: Sequence[Symbol]) -> tuple[Expr, ...]:
    """Return the partial derivatives of f in the order of the variables, as the rules give them.

    They hold where f is smooth (engine.calculus.domain). Refuses (NotSupported) what SymPy leaves undone.
    """
    return tuple(_derivative(f, variable) for variable in variables)


def hessian(f: Expr, variables: Sequence[Symbol]) -> Matrix:
    """Return the n x n matrix of second partial derivatives, symmetric where f is smooth."""
    first = gradient(f, variables)
    size = range(len(variables))
    upper = {(i, j): _derivative(first[i], variables[j]) for i in size for j in size if i <= j}
    return Matrix(len(variables), len(variables), lambda i, j: upper[min(i, j), max(i, j)])


def _derivative(f: Expr, variable: Symbol) -> Expr:
    found = _beside_kinks(f, variable) if f.has(*_KINKED) else sympy.diff(f, variable)
    if found.has(*_UNFINISHED):
        raise NotSupported(f"I cannot differentiate this by {variable} surely.")
    return found


def _beside_kinks(f: Expr, variable: Symbol) -> Expr:
    """Return the derivative where no part of f is at its kink or jump: outside of every statement made."""
    real = f.replace(sympy.Abs, _RealAbs).replace(sympy.sign, _RealSign)
    found = sympy.diff(real, variable).replace(_RealAbs, sympy.Abs).replace(_RealSign, sympy.sign)
    if found.has(sympy.DiracDelta):
        # Beside a jump the derivative of a sign is 0.
        found = found.replace(lambda e: isinstance(e, sympy.DiracDelta), lambda _: sympy.S.Zero)
    # The square of a sign is 1 beside the kink.
    return found.replace(lambda e: e.is_Pow and e.exp.is_even and isinstance(e.base, sympy.sign), lambda _: sympy.S.One)


def at(expression: Expr, values: Mapping[Symbol, Expr]) -> Expr:
    """Return the exact value at a point, multiplied out where it is a constant.

    Refuses (NotInDomain) infinities and what is not real.
    """
    value = expression.xreplace(dict(values))
    if value.has(sympy.zoo, sympy.nan, sympy.oo, -sympy.oo):
        raise NotInDomain("There is no finite value at this point.")
    if value.free_symbols:
        return value
    value = _multiplied(value)
    if signs.is_real_finite(value) is False:
        raise NotInDomain("There is no real value at this point.")
    return value


def algebraic(constant: Expr) -> bool:
    """Tell whether a constant is made of rational numbers, roots of polynomials and powers of these only.

    False decides nothing: SymPy's own answer computes each part to hundreds of digits first.
    """
    made = constant.has(sympy.Function, sympy.NumberSymbol)
    return not made and all(power.exp.is_Rational for power in constant.atoms(sympy.Pow))


def _multiplied(constant: Expr) -> Expr:
    """Return a constant multiplied out, unless that makes it longer than it is worth."""
    most = _MANY if algebraic(constant) else _SMALL - sympy.count_ops(constant)
    return sympy.expand(constant) if _terms(constant) <= most else constant


def _terms(value: Expr) -> int:
    """Return a bound of the terms that multiplying out gives."""
    if value.is_Add:
        return sum(map(_terms, value.args))
    if value.is_Mul:
        return math.prod(map(_terms, value.args))
    if value.is_Pow and value.exp.is_Integer and value.base.is_Add:
        inner, power = _terms(value.base), abs(int(value.exp))
        return math.comb(inner + power - 1, power)
    return 1


def norm(vector: Sequence[Expr]) -> Expr:
    """Return the Euclidean length, exact."""
    total = sympy.Add(*(entry**2 for entry in vector))
    total = sympy.expand(total) if total.free_symbols else _multiplied(total)
    if total.is_Rational and max(total.p, total.q).bit_length() > _MOST_BITS:
        return _length_of_long(vector)
    return sympy.sqrt(total)


def _length_of_long(vector: Sequence[Expr]) -> Expr:
    """Return the length of rational numbers; nothing is factored, what they have in common comes out."""
    common = sympy.gcd_list(list(vector))
    rest = sum(((entry / common) ** 2 for entry in vector), sympy.S.Zero)
    root, exactly = sympy.integer_nthroot(rest.p, 2)
    return common * (root if exactly else sympy.Pow(rest, sympy.S.Half, evaluate=rest.p.bit_length() <= _MOST_BITS))
