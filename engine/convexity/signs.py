"""Which signs an expression can have in a region, from how it is built, as a polynomial, and by enclosures."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import sympy as sp
from sympy import Expr, S

from engine.calculus.signs import sign
from engine.convexity.affine import combined
from engine.convexity.boxes import enclosed
from engine.convexity.lengths import is_short, multiplied, over_one
from engine.convexity.orthant import ALL, POSITIVE, UP, Signs, polynomial_signs
from engine.convexity.region import Ends, Region
from engine.critical.kernels import Kernel, NoKernelError, Rewriting
from engine.values import Budget

NONE: Signs = frozenset()
DOWN: Signs = frozenset((-1, 0))
_LONG = 400
_TURNS = 3
_ORDERED = (sp.Abs, sp.Max, sp.Min)
_ODD = (sp.sinh, sp.tanh, sp.atan, sp.asinh, sp.asin, sp.sign)


@dataclass(slots=True)
class Signed:
    """Finds the signs of expressions in one region; what was found is kept."""

    region: Region
    budget: Budget
    known: dict[Expr, Signs] = field(default_factory=dict)
    seen: dict[Expr, Signs] = field(default_factory=dict)

    def of(self, expr: Expr) -> Signs:
        """Return the signs that the expression may have where it is defined; all three where nothing is proven."""
        if expr not in self.known:
            self.known[expr] = ALL
            self.known[expr] = self._found(expr)
        return self.known[expr]

    def at_sight(self, expr: Expr) -> Signs:
        """Return the signs as far as they are seen from how the expression is built: for terms and angles."""
        if expr in self.known:
            return self.known[expr]
        if expr not in self.seen:
            if not expr.free_symbols:
                return self.of(expr)
            found = self._by_parts(expr) & self._built(expr, self.at_sight)
            self.seen[expr] = found if len(found) == 1 else found & self._affine(expr)
        return self.seen[expr]

    def is_positive(self, expr: Expr) -> bool:
        """Tell whether an expression is proven to be positive everywhere in the region."""
        return self.of(expr) == POSITIVE

    def is_up(self, expr: Expr) -> bool:
        """Tell whether an expression is proven to be nowhere negative."""
        return self.of(expr) <= UP

    def _found(self, expr: Expr) -> Signs:
        if not expr.free_symbols:
            found = sign(expr)
            return ALL if found is None else frozenset((found,))
        signs = self._by_parts(expr) & self._built(expr, self.of)
        harder = (self._polynomial, self._enclosed) if expr.is_polynomial() else (self._enclosed, self._polynomial)
        for way in (self._affine, self._glanced, *harder):
            if len(signs) == 1 or self.budget.left() <= 0:
                return signs
            signs &= way(expr)
        return signs

    def _by_parts(self, expr: Expr) -> Signs:
        """Return the signs of a multiple of what the region asks for."""
        for part in self.region.parts:
            turn = _ratio(expr, part.of)
            if turn:
                return frozenset((turn,)) if part.strict else frozenset((0, turn))
        return ALL

    def _affine(self, expr: Expr) -> Signs:
        return combined(expr, self.region) or ALL

    def _built(self, expr: Expr, of: Callable[[Expr], Signs]) -> Signs:
        """Return the signs that the outermost operation leaves, from those of its arguments."""
        if expr.is_Add:
            return _sum([self.at_sight(each) for each in expr.args])
        if expr.is_Mul:
            return _product(map(of, expr.args))
        if isinstance(expr, (sp.exp, sp.cosh)):
            return POSITIVE
        if expr.is_Pow:
            return _power(of(expr.base), expr.exp)
        if isinstance(expr, _ODD):
            return of(expr.args[0])
        if isinstance(expr, sp.tan):
            return _product(self._wave(expr.args[0] + turn) for turn in (0, S.Pi / 2))
        if isinstance(expr, sp.log):
            return of(multiplied(expr.args[0] - 1))
        if isinstance(expr, (sp.acos, sp.acosh)):
            return UP
        if isinstance(expr, (sp.sin, sp.cos)):
            return self._wave(expr.args[0] + (S.Pi / 2 if isinstance(expr, sp.cos) else 0))
        return _ordered(expr, [of(arg) for arg in expr.args]) if isinstance(expr, _ORDERED) else ALL

    def _wave(self, angle: Expr) -> Signs:
        """Return the signs of the sine of an angle that stays within one half turn."""
        for turn in range(-_TURNS, _TURNS):
            low, high = (self._angle(each) for each in (angle - turn * S.Pi, (turn + 1) * S.Pi - angle))
            if low <= UP and high <= UP:
                way = -1 if turn % 2 else 1
                return frozenset((way,)) if low == high == POSITIVE else frozenset((0, way))
        return ALL

    def _angle(self, expr: Expr) -> Signs:
        found = self.at_sight(expr)
        return found if len(found) == 1 or not expr.free_symbols else found & self._enclosed(expr)

    def _polynomial(self, expr: Expr) -> Signs:
        """Return the signs as a quotient of polynomials in the variables and in kernels such as e^x."""
        if expr.count_ops() > _LONG:
            return ALL
        rewriting = Rewriting(self.region.variables)
        try:
            whole = over_one(rewriting.run(expr))
        except NoKernelError:
            return ALL
        if whole is None:
            return ALL
        ends = self.region.ends()
        for each in rewriting.kernels.values():
            ends[each.symbol] = self._kernel(each)
        above, below = whole
        found = self._factor(above, ends)
        # a denominator that is zero leaves no value
        return _product([found, self._factor(below, ends) - {0}])

    def _factor(self, expr: Expr, ends: dict[Expr, Ends]) -> Signs:
        factors: list[Signs] = []
        for factor in sp.Mul.make_args(expr):
            if not factor.free_symbols:
                factors.append(self.of(factor))
            elif factor.is_Pow and factor.exp.is_Integer and factor.exp % 2 == 0:
                factors.append(UP if 0 in self._factor(factor.base, ends) else POSITIVE)
            elif is_short(factor):
                factors.append(polynomial_signs(sp.expand(factor), ends, self.budget))
            else:
                return ALL
        return _product(factors)

    def _kernel(self, kernel: Kernel) -> Ends:
        """Return between which numbers a kernel lies."""
        if kernel.name in ("sine", "cosine"):
            return Ends(S.NegativeOne, S.One)
        inner = kernel.expr.args[0] if kernel.expr.args else kernel.expr
        if kernel.name == "exp":
            side = self.of(inner)
            if side <= UP:
                return Ends(low=S.One, above=side == POSITIVE)
            return Ends(S.Zero, S.One, above=True, below=side == frozenset((-1,))) if side <= DOWN else _ABOVE
        if kernel.name == "constant":
            return _ABOVE
        if kernel.name == "root":
            return Ends(low=S.Zero, above=self.of(inner) == POSITIVE)
        if kernel.name == "size":
            return Ends(low=S.Zero)
        side = self.of(kernel.expr)
        if side <= UP:
            return Ends(low=S.Zero, above=side == POSITIVE)
        return Ends(high=S.Zero, below=side == frozenset((-1,))) if side <= DOWN else Ends()

    def _glanced(self, expr: Expr) -> Signs:
        return enclosed(expr, self.region, self.budget, turns=1)

    def _enclosed(self, expr: Expr) -> Signs:
        return enclosed(expr, self.region, self.budget)


def _product(factors: Iterable[Signs]) -> Signs:
    found = POSITIVE
    for each in factors:
        found = frozenset(a * b for a in found for b in each)
    return found


def _sum(terms: Sequence[Signs]) -> Signs:
    for turn in (1, -1):
        turned = [frozenset(turn * s for s in each) for each in terms]
        if all(each <= UP for each in turned):
            return frozenset((turn,)) if POSITIVE in turned else frozenset((0, turn))
    return ALL


def _power(base: Signs, exponent: Expr) -> Signs:
    if exponent.is_Integer and exponent % 2:
        return base
    if exponent.is_Integer:
        return frozenset(s * s for s in base) if exponent > 0 else POSITIVE
    # such powers exist for bases that are not negative only, those with negative exponents for positive ones
    return POSITIVE if base == POSITIVE or sign(exponent) == -1 else UP


def _ordered(expr: Expr, signs: Sequence[Signs]) -> Signs:
    """Return the signs of an absolute value, a maximum or a minimum."""
    if isinstance(expr, sp.Abs):
        return frozenset(abs(each) for each in signs[0])
    if not all(signs):
        return ALL
    choose = max if isinstance(expr, sp.Max) else min
    low, high = choose(min(s) for s in signs), choose(max(s) for s in signs)
    return frozenset(range(low, high + 1))


def _ratio(expr: Expr, part: Expr) -> int | None:
    """Return the sign of a constant that makes a part of the region the expression; None where there is none."""
    ratio = expr / part
    if ratio.free_symbols and expr.is_Add and part.is_Add:
        first, other = expr.as_poly(), part.as_poly()
        if first is None or other is None or first.gens != other.gens or first.monoms() != other.monoms():
            return None
        ratio = first.LC() / other.LC()
        if (first - ratio * other).as_expr() != 0:
            return None
    return None if ratio.free_symbols else sign(ratio)


_ABOVE = Ends(low=S.Zero, above=True)
