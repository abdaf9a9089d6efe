"""The two ends of the values of f: which candidate is the best, and what proves that."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sympy import Expr, Pow, S, log

from engine.calculus.balls import ball, side
from engine.calculus.signs import decimal, sign
from engine.constrained.bounded import bounded
from engine.constrained.found import End
from engine.constrained.here import Here
from engine.constrained.line import limits, repeats
from engine.constrained.peel import Peeled
from engine.constrained.plane import extent
from engine.constrained.problem import Constraint, Problem
from engine.critical.polynomials import polynomial, ring
from engine.values import Budget

_CLOSED = "the region is closed and bounded and {f} continuous on it, so that a best point exists"
_EDGED = "with its excluded edges the region is closed and bounded and {f} continuous on it: a best point exists"
_INSIDE = (
    "the points that are better than any one are in a bounded part of the region, where {f} continuous, so that a "
    "best point exists"
)
_EDGED_INSIDE = (
    "the points that are better than any one are in a bounded part of the region, and {f} continuous there, excluded "
    "edges included: a best point exists"
)
_STAYS = "; it is not on an excluded edge"
_REACHED = "; the best value is also taken inside of the region"
_GAPS = "f is not proven to be continuous up to all edges of the region, and I found no other proof"
_FAR = "the region is not proven to be bounded, and I found no other proof"
_CURVES = "the values that f takes were worked out exactly along curves that meet all of them"
_LINE = "the constraints leave one variable, f is continuous in it, and its limits at both ends were worked out"
_PERIOD = "the constraints leave one variable, in which f repeats itself: one period has all its values"
_CONSTANT = "f is constant"
_NEAR = "f comes as near to it as you like"


@dataclass(frozen=True, slots=True)
class Level:
    """A value of the function inside at a candidate of the closed region.

    feasible: False where a strict inequality excludes the point.
    regular:  whether feasible points are near it even then.
    single:   False for a point that only stands for a set.
    """

    value: Expr
    here: Here
    feasible: bool
    regular: bool
    single: bool


@dataclass(frozen=True, slots=True)
class Ends:
    """Finds both ends from the levels of all candidates.

    problem: with the function inside, which f rises or falls with.
    empty:   whether it is proven that no point satisfies some constraints.
    """

    f: Expr
    core: Peeled
    problem: Problem
    levels: Sequence[Level]
    empty: Callable[[Sequence[Constraint]], bool]
    budget: Budget

    def both(self) -> tuple[End, End]:
        """Return the least and the greatest value of f; all candidates must be known."""
        low, high = self._inner()
        return (low, high) if self.core.rising else (high, low)

    def repeated(self) -> tuple[End, End] | None:
        """Return both ends where candidates of one period are known and decide; None where they do not."""
        if not self.levels or not repeats(self.problem):
            return None
        low, high = self._best(1, _PERIOD), self._best(-1, _PERIOD)
        return (low, high) if self.core.rising else (high, low)

    def _inner(self) -> tuple[End, End]:
        p = self.problem
        if not p.f.free_symbols:
            return self._best(1, _CONSTANT), self._best(-1, _CONSTANT)
        if self._continuous():
            if bounded(p.closure, p.variables, self.budget):
                why = self._told(_EDGED if p.strict else _CLOSED)
                return self._best(1, why), self._best(-1, why)
            least, greatest = self._inside(1), self._inside(-1)
        else:
            least = greatest = None
        if least is not None and greatest is not None:
            return least, greatest
        low, high = extent(p, self.budget)
        line = limits(p) if None in (low, high) else None
        found = [self._against(low, 1), self._against(high, -1)]
        if line is not None:
            found = [self._against(line[0], 1, _LINE), self._against(line[1], -1, _LINE)]
        return least or found[0], greatest or found[1]

    def _continuous(self) -> bool:
        """Return whether the function is continuous on the closed region, as far as that is proven."""
        p = self.problem
        if polynomial(p.f, p.variables, ring(len(p.variables))) is not None:
            return True
        at_risk = [edge.of for edge in p.edges if edge.exists in ("≠ 0", "> 0")]
        return all(self.empty([*p.closure, Constraint(of, "=")]) for of in at_risk)

    def _inside(self, way: int) -> End | None:
        """Return the best value where all points that are as good lie in a bounded part."""
        p = self.problem
        if not self.levels or not bounded(p.closure, p.variables, self.budget, way * p.f):
            return None
        return self._best(way, self._told(_EDGED_INSIDE if p.strict else _INSIDE))

    def _told(self, why: str) -> str:
        """Return a reason, said of f or, where a logarithm or a negative power is taken off, of what is left."""
        whole = not self.core.outer.has(log) and not any(p.exp.is_negative for p in self.core.outer.atoms(Pow))
        name = "f is" if whole else f"a function that f {'rises' if self.core.rising else 'falls'} with is"
        return why.format(f=name)

    def _best(self, way: int, why: str) -> End:
        """Return the smallest (way 1) or largest (way -1) level, given that one is the best."""
        best: list[Level] = []
        for level in self.levels:
            found = way if not best else compare(best[0].value, level.value)
            if found is None:
                return unknown("two values could not be told apart")
            if found == way:
                best = [level]
            elif found == 0:
                best.append(level)
        if not best:
            return unknown("there is no candidate")
        inside = [each for each in best if each.feasible]
        if inside:
            value = inside[0].here.value(self.f)
            at = tuple(dict.fromkeys(each.here.at for each in inside if each.single))
            if value is None:
                return unknown("its value is not known")
            if self.problem.strict and why not in (_CURVES, _CONSTANT):
                why += _STAYS if len(inside) == len(best) else _REACHED
            return End("attained", value, decimal(value), at, why)
        if any(each.regular for each in best):
            return self._missed(best[0].value, "at an edge that is excluded")
        return unknown("the best point lies on an edge that is excluded")

    def _against(self, bound: Expr | None, way: int, why: str = _CURVES) -> End:
        """Return the end, given the bound that the values keep to apart from single ones."""
        if bound is None:
            p = self.problem
            return unknown(_GAPS if bounded(p.closure, p.variables, self.budget) else _FAR)
        if bound == -way * S.Infinity:
            return self._missed(bound, "through the region")
        best = self._best(way, why)
        if not self.levels:
            return best if bound.is_infinite else self._missed(bound, "far out")
        found = compare(self._level(way), bound) if bound.is_finite else -way
        if found is None:
            return unknown("two values could not be told apart")
        return self._missed(bound, "far out") if found == way else best

    def _level(self, way: int) -> Expr:
        """Return the smallest or largest level; they were told apart before."""
        best = self.levels[0].value
        for level in self.levels:
            if compare(best, level.value) == way:
                best = level.value
        return best

    def _missed(self, bound: Expr, where: str) -> End:
        value = self.core.limit(bound)
        if value.is_infinite:
            way = "grows beyond" if value == S.Infinity else "falls below"
            return End("unbounded", value, None, (), f"f {way} every number, proven along a way {where}")
        return End("not attained", value, decimal(value), (), f"{_NEAR}, {where}, and is never there")


def compare(one: Expr, other: Expr) -> int | None:
    """Return the sign of the difference, None where it is not proven; numbers of one spelling are equal at once."""
    if one == other:
        return 0
    for bits in (64, 256, 1024):
        a, b = ball(one, bits), ball(other, bits)
        found = None if a is None or b is None else side(a - b)
        if found is not None:
            return found
    return sign(one - other)


def unknown(why: str) -> End:
    """Return an end of which nothing is proven."""
    return End("not proven", None, None, (), why)
