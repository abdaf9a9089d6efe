"""Derivatives, without simplify: what the rules of differentiation give, and values at a point."""

from collections.abc import Mapping, Sequence

import sympy
from sympy import Expr, Matrix, Symbol

from engine.errors import NotInDomain, NotSupported

_SMALL = 60  # operations of a transcendental constant that is still worth multiplying out


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
    real = f.replace(sympy.Abs, _RealAbs).replace(sympy.sign, _RealSign)
    found = sympy.diff(real, variable).replace(_RealAbs, sympy.Abs).replace(_RealSign, sympy.sign)
    if found.has(sympy.DiracDelta):
        # The kink itself is outside of every statement made; beside it the derivative of a sign is 0.
        found = found.replace(lambda e: isinstance(e, sympy.DiracDelta), lambda _: sympy.S.Zero)
    # The square of a sign is 1 beside the kink.
    found = found.replace(
        lambda e: e.is_Pow and e.exp.is_even and isinstance(e.base, sympy.sign), lambda _: sympy.S.One
    )
    if found.has(*_UNFINISHED):
        raise NotSupported(f"I cannot differentiate this by {variable} surely.")
    return found


def at(expression: Expr, values: Mapping[Symbol, Expr]) -> Expr:
    """Return the exact value at a point, multiplied out where it is a constant.

    Refuses (NotInDomain) infinities and what is not real.
    """
    value = expression.xreplace(dict(values))
    if value.has(sympy.zoo, sympy.nan, sympy.oo, -sympy.oo):
        raise NotInDomain("There is no finite value at this point.")
    if value.free_symbols:
        return value
    if value.is_algebraic or sympy.count_ops(value) <= _SMALL:
        value = sympy.expand(value)
    if value.is_real is False:
        raise NotInDomain("There is no real value at this point.")
    return value


def norm(vector: Sequence[Expr]) -> Expr:
    """Return the Euclidean length, exact."""
    return sympy.sqrt(sympy.expand(sympy.Add(*(entry**2 for entry in vector))))
