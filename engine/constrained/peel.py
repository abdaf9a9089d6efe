"""A function is a rising or falling function of a simpler one: both are best at the same points."""

from dataclasses import dataclass
from math import lcm

import sympy as sp
from sympy import Add, Dummy, Expr, Mul, S, Symbol

from engine.calculus.signs import sign


@dataclass(frozen=True, slots=True)
class Peeled:
    """f = outer(inner), where outer rises or falls wherever f exists."""

    inner: Expr
    outer: Expr
    hole: Symbol
    rising: bool

    def limit(self, bound: Expr) -> Expr:
        """Return what f comes to where inner comes to a bound, maybe an infinite one."""
        found = self.outer.xreplace({self.hole: bound})
        if found.has(S.ComplexInfinity) or found.has(S.NaN):
            # a logarithm or a negative power at zero, the left end of what it is taken of
            return S.NegativeInfinity if self.rising else S.Infinity
        return found


def peeled(f: Expr) -> Peeled:
    """Return f as a function of the simplest expression that is seen to have its extrema at the same points."""
    hole = Dummy("t", real=True)
    outer: Expr = hole
    rising = True
    while True:
        found = _layer(f)
        if found is None:
            return Peeled(f, outer, hole, rising)
        inner, layer, mark, up = found
        outer, f, rising = outer.xreplace({hole: layer.xreplace({mark: hole})}), inner, rising == up


def _layer(f: Expr) -> tuple[Expr, Expr, Symbol, bool] | None:
    """Return the inside, the outermost layer, its hole, and whether it rises."""
    mark = Dummy("t", real=True)
    logs = _logarithms(f)
    if logs is not None:
        inner, scale, shift = logs
        return inner, scale * sp.log(mark) + shift, mark, bool(scale.is_positive)
    if f.is_Add:
        rest, constant = f.as_independent(*f.free_symbols, as_Add=True)[::-1]
        return (rest, mark + constant, mark, True) if constant != 0 and sign(constant) is not None else None
    if isinstance(f, sp.exp):
        return f.args[0], sp.exp(mark), mark, True
    if f.is_Mul:
        constant, rest = f.as_independent(*f.free_symbols, as_Add=False)
        side = None if constant == 1 else sign(constant)
        if side:
            return rest, constant * mark, mark, side > 0
    return _power(f, mark)


def _power(f: Expr, mark: Symbol) -> tuple[Expr, Expr, Symbol, bool] | None:
    """Take off a root of something that cannot be negative where it exists: a product of broken powers."""
    factors = [each.as_base_exp() for each in Mul.make_args(f)]
    if not all(e.is_Rational and not e.is_Integer and b.free_symbols for b, e in factors):
        return None
    ways = {bool(e > 0) for _, e in factors}
    if len(ways) != 1:
        return None
    rising = ways.pop()
    common = lcm(*(int(e.q) for _, e in factors))
    inner = Mul(*(b ** abs(e * common) for b, e in factors))
    return inner, mark ** (sp.Rational(1, common) * (1 if rising else -1)), mark, rising


def _logarithms(f: Expr) -> tuple[Expr, Expr, Expr] | None:
    """Return (p, s, c) where f = s ln p + c is a sum of logarithms with weights of one sign."""
    weights: list[tuple[Expr, Expr]] = []
    shift = S.Zero
    for term in Add.make_args(f):
        if not term.free_symbols:
            shift += term
            continue
        weight, rest = term.as_coeff_Mul(rational=True)
        if not isinstance(rest, sp.log) or sign(shift) is None:
            return None
        weights.append((weight, rest.args[0]))
    if len({bool(w > 0) for w, _ in weights}) != 1:
        return None
    common = lcm(*(int(w.q) for w, _ in weights))
    scale = sp.Rational(1, common) * (1 if weights[0][0] > 0 else -1)
    return Mul(*(u ** abs(w * common) for w, u in weights)), scale, shift
