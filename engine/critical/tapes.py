"""A function as a list of single operations, run over boxes: ranges of its value, gradient and Hessian."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import sympy as sp
from sympy import Expr, S, Symbol

from engine.calculus.balls import ball
from engine.critical.ranges import RULES, Jet, Mask, Run, plus, times
from engine.critical.spans import Array, Span, constant, of_ball


class NoTapeError(Exception):
    """A function whose ranges are not known here."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """A jet over m boxes, and what is known of the domain.

    void:  no point of the box is in the domain.
    whole: every point is, and f is twice differentiable there. Else the ranges hold where it is:
           at a kink, for the generalised gradient.
    """

    jet: Jet
    void: Mask
    whole: Mask


Step = Callable[[Run, list[Jet]], Jet]


@dataclass(slots=True)
class Tape:
    """The operations of a function, each once."""

    variables: tuple[Symbol, ...]
    steps: list[Step] = field(default_factory=list)
    known: dict[Expr, int] = field(default_factory=dict)
    result: int = 0

    @classmethod
    def of(cls, f: Expr, variables: Sequence[Symbol]) -> "Tape":
        """Return the tape of a function. Raises NoTapeError for a function without known ranges."""
        tape = cls(tuple(variables))
        tape.result = tape.place(f)
        return tape

    def run(self, lo: Array, hi: Array, order: int = 2) -> Ranges:
        """Return the ranges of the function over boxes, given by arrays of shape (m, n).

        order: 2 with second derivatives, 1 without, 0 the value only.
        """
        run = Run(len(self.variables), order, np.zeros(len(lo), bool), np.ones(len(lo), bool))
        jets: list[Jet] = []
        with np.errstate(all="ignore"):
            for i in range(run.count):
                jet = run.flat(Span(lo[:, i], hi[:, i]))
                one = constant(1.0)
                jets.append(Jet(jet.value, tuple(one if i == j else None for j in range(run.count)), jet.second))
            for step in self.steps:
                jets.append(step(run, jets))
        return Ranges(jets[self.result], run.void, run.whole)

    def place(self, expr: Expr) -> int:
        """Return where the result of an expression stands, after taking it up."""
        if expr in self.variables:
            return self.variables.index(expr)
        if expr not in self.known:
            step = self._step(expr)
            self.known[expr] = len(self.variables) + len(self.steps)
            self.steps.append(step)
        return self.known[expr]

    def _step(self, expr: Expr) -> Step:
        if not expr.free_symbols:
            value = ball(expr, 96)
            if value is None:
                raise NoTapeError
            span = of_ball(value)
            return lambda run, _: run.flat(span)
        if expr.is_Add or expr.is_Mul:
            places = [self.place(arg) for arg in expr.args]
            return _folded(_plus if expr.is_Add else _times, places)
        if isinstance(expr, (sp.Max, sp.Min)):
            raise NoTapeError
        if expr.is_Pow and expr.base is not S.Exp1:
            return self._power(expr)
        rule = RULES.get(expr.func)
        if rule is None or len(expr.args) != 1:
            if expr.func in _REWRITTEN:
                rewritten = self.place(_REWRITTEN[expr.func](expr.args[0]))
                return lambda _, jets: jets[rewritten]
            raise NoTapeError
        inner = self.place(expr.args[0])
        return lambda run, jets: rule(run, jets[inner])

    def _power(self, expr: Expr) -> Step:
        base, exponent = expr.args
        if not exponent.is_Rational:
            # not as one expression: SymPy would write it as this power again
            slope, inner = self.place(exponent), self.place(sp.log(base))
            return lambda run, jets: RULES[sp.exp](run, _times(run, jets[slope], jets[inner]))
        place = self.place(base)
        if exponent.is_Integer:
            whole = int(exponent)
            return lambda run, jets: _integer_power(run, jets[place], whole)
        return lambda run, jets: _root_power(run, jets[place], exponent)


def _folded(two: Callable[[Run, Jet, Jet], Jet], places: list[int]) -> Step:
    def step(run: Run, jets: list[Jet]) -> Jet:
        result = jets[places[0]]
        for place in places[1:]:
            result = two(run, result, jets[place])
        return result

    return step


def _plus(_run: Run, a: Jet, b: Jet) -> Jet:
    first = tuple(plus(p, q) for p, q in zip(a.first, b.first, strict=True))
    return Jet(a.value + b.value, first, {key: plus(each, b.second.get(key)) for key, each in a.second.items()})


def _times(run: Run, a: Jet, b: Jet) -> Jet:
    u, v = a.value, b.value
    first = tuple(plus(times(p, v), times(u, q)) for p, q in zip(a.first, b.first, strict=True))
    second: dict[tuple[int, int], Span | None] = {}
    for i, j in a.second if run.order > 1 else ():
        own = plus(times(a.second[i, j], v), times(u, b.second[i, j]))
        mixed = times(a.first[i], b.first[j])
        mixed = times(mixed, constant(2.0)) if i == j else plus(mixed, times(a.first[j], b.first[i]))
        second[i, j] = plus(own, mixed)
    return Jet(u * v, first, second)


def _integer_power(run: Run, inner: Jet, n: int) -> Jet:
    u = inner.value
    if n == 2:
        return run.chained(inner, u.power(2), u * constant(2.0), constant(2.0))
    if n < 0:
        run.whole &= ~u.has_zero()
        run.void |= (u.lo == 0) & (u.hi == 0)
    rate = u.power(n - 1) * constant(float(n))
    return run.chained(inner, u.power(n), rate, u.power(n - 2) * constant(float(n * (n - 1))))


def _root_power(run: Run, inner: Jet, exponent: sp.Rational) -> Jet:
    u, near = inner.value, ball(exponent, 96)
    if near is None:
        raise NoTapeError
    r = of_ball(near)
    run.whole &= u.lo > 0
    run.void |= u.hi < 0
    low = constant(1.0)
    rate = r * u.raised(float(exponent - 1))
    return run.chained(inner, u.raised(float(exponent)), rate, r * (r - low) * u.raised(float(exponent - 2)))


_REWRITTEN: dict[type[Expr], Callable[[Expr], Expr]] = {
    sp.tan: lambda u: sp.sin(u) / sp.cos(u),
    sp.cot: lambda u: sp.cos(u) / sp.sin(u),
    sp.sec: lambda u: 1 / sp.cos(u),
    sp.csc: lambda u: 1 / sp.sin(u),
    sp.acos: lambda u: sp.pi / 2 - sp.asin(u),
    sp.atanh: lambda u: (sp.log(1 + u) - sp.log(1 - u)) / 2,
    sp.acosh: lambda u: sp.log(u + sp.sqrt(u - 1) * sp.sqrt(u + 1)),
    sp.coth: lambda u: sp.cosh(u) / sp.sinh(u),
    sp.sech: lambda u: 1 / sp.cosh(u),
    sp.csch: lambda u: 1 / sp.sinh(u),
}
