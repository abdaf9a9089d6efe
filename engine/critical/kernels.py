"""A function as a rational function of its variables and of kernels: exp(x y), sqrt(1 - x^2), cos(x), pi, ..."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import sympy as sp
from sympy import Dummy, Expr, S, Symbol

from engine.calculus.signs import sign

# exp: e^(term); angle: a sine with its cosine beside it; root: inner^(1/degree) > 0; size: |inner| > 0;
# log, atan, atanh: of inner; constant: a real number that is no root of a rational.
Name = Literal["exp", "sine", "cosine", "root", "size", "log", "atan", "atanh", "constant"]
_INVERSE: dict[type[Expr], Name] = {sp.log: "log", sp.atan: "atan", sp.atanh: "atanh"}
_MOST_TURNS = 12
_MOST_ANGLES = 5  # each doubles what sine and cosine of their sum are written with


class NoKernelError(Exception):
    """A function that has no place here."""


@dataclass(frozen=True, slots=True)
class Kernel:
    """A kernel, the symbol that stands for it, and its argument, itself in symbols for kernels."""

    name: Name
    symbol: Symbol
    expr: Expr
    inner: Expr
    degree: int = 1
    positive: bool = False


@dataclass(slots=True)
class Rewriting:
    """Rewrites expressions into kernels; collects what has to hold for them to be defined and smooth.

    nonzero, positive: what must not be zero, or must be positive, where f is differentiable.
    edges: roots' arguments (f may exist, but not be smooth, where they are zero).
    kinks: arguments of absolute values, the same.
    """

    variables: Sequence[Symbol]
    kernels: dict[Expr, Kernel] = field(default_factory=dict)
    nonzero: list[Expr] = field(default_factory=list)
    positive: list[Expr] = field(default_factory=list)
    edges: list[Expr] = field(default_factory=list)
    kinks: list[Expr] = field(default_factory=list)
    _units: dict[tuple[str, Expr], Expr] = field(default_factory=dict)

    def run(self, f: Expr) -> Expr:
        """Return f in kernels. Raises NoKernelError where a function has no kernel."""
        f = plain(f)
        for name, kinds in (("exp", (sp.exp,)), ("sine", (sp.sin, sp.cos))):
            for call in f.atoms(*kinds):
                for term, factor in _linear(call.args[0]).items():
                    known = self._units.get((name, term), S.Zero)
                    self._units[name, term] = sp.gcd(known, factor)
        return self._of(f)

    def _of(self, expr: Expr) -> Expr:
        if expr.is_Rational or expr in self.variables:
            return expr
        if expr.is_Add or expr.is_Mul:
            return expr.func(*map(self._of, expr.args))
        if expr.is_Pow and expr.base is not S.Exp1:
            return self._power(expr)
        if not (expr.free_symbols or isinstance(expr, sp.exp)):
            return self._constant(expr)
        return self._function(expr)

    def _power(self, expr: Expr) -> Expr:
        base, exponent = expr.args
        if not exponent.is_Rational:
            raise NoKernelError
        if exponent < 0 and base.free_symbols:
            self.nonzero.append(base)
        if exponent.is_Integer:
            return self._of(base) ** exponent
        if base.free_symbols:
            self.positive.append(base)
            self.edges.append(base)
        elif sign(base) != 1:
            raise NoKernelError
        kernel = self._kernel("root", base ** sp.Rational(1, exponent.q), base, int(exponent.q), positive=True)
        return kernel**exponent.p

    def _exp(self, exponent: Expr) -> Expr:
        parts = []
        for term, factor in _linear(exponent).items():
            unit = self._units.get(("exp", term), factor)
            power = factor / unit
            if not power.is_Integer:
                raise NoKernelError
            parts.append(self._kernel("exp", sp.exp(unit * term), unit * term, positive=True) ** power)
        return sp.Mul(*parts)

    def _angle(self, angle: Expr) -> tuple[Expr, Expr]:
        """Return sine and cosine of a sum of multiples of the angles known here."""
        sine, cosine = S.Zero, S.One
        parts = _linear(angle)
        if len(parts) > _MOST_ANGLES:
            raise NoKernelError
        for term, factor in parts.items():
            if not term.free_symbols:
                turn = (self._value(sp.sin(factor * term)), self._value(sp.cos(factor * term)))
            else:
                unit = self._units.get(("sine", term), factor)
                turn = self._turned(unit * term, factor / unit)
            sine, cosine = sine * turn[1] + cosine * turn[0], cosine * turn[1] - sine * turn[0]
        return sp.expand(sine), sp.expand(cosine)

    def _turned(self, angle: Expr, times: Expr) -> tuple[Expr, Expr]:
        if not times.is_Integer or abs(times) > _MOST_TURNS:
            raise NoKernelError
        one = (self._kernel("sine", sp.sin(angle), angle), self._kernel("cosine", sp.cos(angle), angle))
        sine, cosine = S.Zero, S.One
        for _ in range(abs(times)):
            sine, cosine = sine * one[1] + cosine * one[0], cosine * one[1] - sine * one[0]
        return (sine if times > 0 else -sine), cosine

    def _value(self, constant: Expr) -> Expr:
        if isinstance(constant, (sp.sin, sp.cos)):
            return self._constant(constant)
        return self._of(constant)

    def _constant(self, expr: Expr) -> Expr:
        side = sign(expr)
        if side is None or side == 0:
            raise NoKernelError
        return side * self._kernel("constant", side * expr, side * expr, positive=True)

    def _function(self, expr: Expr) -> Expr:
        inner = expr.args[0]
        if isinstance(expr, sp.exp):
            return self._exp(inner)
        if isinstance(expr, (sp.sin, sp.cos)):
            sine, cosine = self._angle(inner)
            return sine if isinstance(expr, sp.sin) else cosine
        if isinstance(expr, sp.Abs):
            self.nonzero.append(inner)
            self.kinks.append(inner)
            return self._kernel("size", expr, inner, positive=True)
        name = _INVERSE.get(expr.func)
        if name is None:
            raise NoKernelError
        if name == "log":
            self.positive.append(inner)
        if name == "atanh":
            self.positive.append(1 - inner**2)
        return self._kernel(name, expr, inner)

    def _kernel(self, name: Name, expr: Expr, inner: Expr, degree: int = 1, *, positive: bool = False) -> Symbol:
        if expr not in self.kernels:
            # the argument of a constant plays no part in derivatives, only a root has an equation
            argument = self._of(inner) if inner.free_symbols or name == "root" else S.Zero
            self.kernels[expr] = Kernel(name, Dummy(name), expr, argument, degree, positive)
        return self.kernels[expr].symbol


def plain(f: Expr) -> Expr:
    """Return f with hyperbolic functions in exp, tan and its like in sin and cos, and powers a^b as exp(b ln a)."""
    hyperbolic = (sp.sinh, sp.cosh, sp.tanh, sp.coth, sp.sech, sp.csch)
    f = f.replace(lambda e: isinstance(e, hyperbolic), lambda e: e.rewrite(sp.exp))
    f = f.replace(sp.tan, lambda u: sp.sin(u) / sp.cos(u)).replace(sp.cot, lambda u: sp.cos(u) / sp.sin(u))
    f = f.replace(sp.sec, lambda u: 1 / sp.cos(u)).replace(sp.csc, lambda u: 1 / sp.sin(u))
    f = f.replace(sp.asinh, lambda u: sp.log(u + sp.sqrt(1 + u**2)))
    return f.replace(
        lambda e: e.is_Pow and e.base is not S.Exp1 and not e.exp.is_Rational,
        lambda e: sp.exp(e.exp * sp.log(e.base)),
    )


def _linear(expr: Expr) -> dict[Expr, Expr]:
    """Return a sum as {term: rational factor}."""
    found: dict[Expr, Expr] = {}
    for part in sp.Add.make_args(sp.expand(expr)):
        factor, term = part.as_coeff_Mul(rational=True)
        found[term] = found.get(term, S.Zero) + factor
    return {term: factor for term, factor in found.items() if factor != 0}
