"""Polynomial equations solved as on paper: factors set to zero, one variable at a time put into the rest.

Nothing is guessed: each line says the same as the lines before it, and what does not come out in a few
lines is given up. Whoever shows the lines compares their end with the solutions found the other way.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sympy
from sympy import Expr, Poly, S, Symbol

from engine.answering.short_roots import StuckError, roots
from engine.calculus.signs import sign

MAX_LINES = 30
_MAX_DEPTH = 4
_LONG = 60
_MOST = 140  # operations of all equations, multiplied out: more fill a sheet
_Known = tuple[tuple[Symbol, Expr], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is done: `given` (each = 0), with `put` put in, says that one of `found` holds.

    found: a variable and its value, or None and an expression that is 0; nothing where there is no solution.
    depth: how many cases this line stands in.
    """

    rule: str
    given: tuple[Expr, ...]
    put: tuple[Symbol, Expr] | None
    found: tuple[tuple[Symbol | None, Expr], ...]
    depth: int


@dataclass(frozen=True, slots=True)
class Solved:
    """All lines, and what they come to: values of variables, of the rest where not all are fixed."""

    lines: tuple[Line, ...]
    ends: tuple[dict[Symbol, Expr], ...]


def solved(equations: Sequence[Expr], variables: Sequence[Symbol]) -> Solved | None:
    """Return how a system (each = 0) is solved for real variables; None where that is not short.

    Factors of e^u and denominators, which are nowhere zero, are left out first.
    """
    try:
        whole = _Paper(tuple(variables))
        start = [whole.cleared(each) for each in equations]
        if sum(sympy.count_ops(each) for each in start) > _MOST:
            return None
        ends = list(whole.solve(tuple(start), (), 0))
    except StuckError:
        return None
    return Solved(tuple(whole.lines), tuple(_resolved(each) for each in ends))


class _Paper:
    """What is written down while solving."""

    def __init__(self, variables: tuple[Symbol, ...]) -> None:
        self.variables = variables
        self.lines: list[Line] = []

    def write(
        self,
        rule: str,
        given: Expr | tuple[Expr, ...],
        found: Sequence[tuple[Symbol | None, Expr]],
        depth: int,
        put: tuple[Symbol, Expr] | None = None,
    ) -> None:
        """Write a line, unless it says nothing new; raises StuckError where it gets too long."""
        if given in [value if variable is None else variable - value for variable, value in found]:
            return
        if put is None and any(
            (each.given, each.found, each.put) == ((given,), tuple(found), None) for each in self.lines
        ):
            return
        if len(self.lines) >= MAX_LINES or depth > _MAX_DEPTH or any(sympy.count_ops(e) > _LONG for _, e in found):
            raise StuckError
        self.lines.append(Line(rule, given if isinstance(given, tuple) else (given,), put, tuple(found), depth))

    def cleared(self, equation: Expr) -> Expr:
        """Return a polynomial that is zero where the equation holds, in the domain of the function."""
        if sympy.count_ops(equation) > 3 * _LONG:
            raise StuckError
        above, below = sympy.fraction(sympy.together(equation))
        for each in sorted(above.atoms(sympy.exp), key=str):
            shorter = sympy.expand(sympy.powsimp(sympy.expand(above / each)))
            above = shorter if not shorter.has(each) else above
        above = sympy.expand(above)
        if not above.is_polynomial(*self.variables) or above.free_symbols - set(self.variables):
            raise StuckError
        if below.is_Rational and not equation.has(sympy.exp):
            return sympy.expand(above / below)
        self.write("solve-system", equation, ((None, above),), 0)
        return above

    def solve(self, equations: tuple[Expr, ...], known: _Known, depth: int) -> Iterator[_Known]:
        """Yield what is known at the end of each case."""
        left = tuple(each for each in dict.fromkeys(equations) if not self._holds(each))
        for each in left:
            if not each.free_symbols:
                self.write("solve-system", each, (), depth)
                return
        if not left:
            yield known
            return
        for step in (self._one_variable, self._linear, self._factors, self._together):
            found = step(left, known, depth)
            if found is not None:
                yield from found
                return
        raise StuckError

    @staticmethod
    def _holds(equation: Expr) -> bool:
        """Tell whether an equation is 0 = 0; raises StuckError where that is not decided."""
        if equation.free_symbols:
            return False
        found = sign(equation)
        if found is None:
            raise StuckError
        return found == 0

    def _one_variable(self, left: tuple[Expr, ...], known: _Known, depth: int) -> Iterator[_Known] | None:
        """Solve the equation of lowest degree that has one variable only."""
        alone = [each for each in left if len(each.free_symbols) == 1]
        if not alone:
            return None
        each = min(alone, key=lambda e: Poly(e, *e.free_symbols).degree())
        (variable,) = each.free_symbols
        values = roots(each, variable)
        self.write("solve-system" if len(values) < 2 else "case-split", each, [(variable, v) for v in values], depth)
        return self._each(left, each, variable, values, known, depth)

    def _each(
        self, left: tuple[Expr, ...], used: Expr, variable: Symbol, values: Sequence[Expr], known: _Known, depth: int
    ) -> Iterator[_Known]:
        inside = depth + (len(values) > 1)
        for value in values:
            rest = self._put_in([each for each in left if each != used], variable, value, inside)
            yield from self.solve(rest, (*known, (variable, value)), inside)

    def _put_in(self, rest: Sequence[Expr], variable: Symbol, value: Expr, depth: int) -> tuple[Expr, ...]:
        made = []
        for each in rest:
            if variable not in each.free_symbols:
                made.append(each)
                continue
            after = sympy.expand(sympy.fraction(sympy.together(each.xreplace({variable: value})))[0])
            self.write("solve-system", each, ((None, after),), depth, (variable, value))
            made.append(after)
        return tuple(made)

    def _linear(self, left: tuple[Expr, ...], known: _Known, depth: int) -> Iterator[_Known] | None:
        """Solve for a variable whose factor is nowhere zero, and put it into the rest."""
        ways = []
        for each in left:
            for variable in sorted(each.free_symbols, key=self.variables.index):
                line = Poly(each, variable)
                # Where the rest is a number other than 0, a factor of 0 would leave no solution.
                if line.degree() == 1 and (line.LC().is_Rational or (line.nth(0).is_Rational and line.nth(0) != 0)):
                    value = sympy.expand(-line.nth(0) / line.LC())
                    size = (not line.LC().is_Rational, sympy.count_ops(value), -self.variables.index(variable))
                    ways.append((size, each, variable, value))
        if not ways:
            return None
        _, each, variable, value = min(ways, key=lambda way: way[0])
        self.write("solve-system", each, ((variable, value),), depth)
        return self._each(left, each, variable, (value,), known, depth)

    def _factors(self, left: tuple[Expr, ...], known: _Known, depth: int) -> Iterator[_Known] | None:
        """Split into the cases in which one of the factors of an equation is zero."""
        for each in left:
            if not all(value.is_Rational for value in Poly(each, *self.variables).coeffs()):
                continue
            number, factors = sympy.factor_list(each)
            parts = tuple(base for base, _ in factors)
            if len(parts) > 1 or (parts and factors[0][1] > 1):
                written = sympy.Mul(number, *(base**times for base, times in factors))
                return self._split(left, each, written, parts, known, depth)
        return None

    def _split(
        self,
        left: tuple[Expr, ...],
        each: Expr,
        written: Expr,
        parts: Sequence[Expr],
        known: _Known,
        depth: int,
    ) -> Iterator[_Known]:
        """Go through the factors of an equation; written: the equation as their product."""
        split = len(parts) > 1
        ends = [(part, S.Zero) if part.is_Symbol else (None, part) for part in parts]
        self.write("case-split" if split else "solve-system", written, ends, depth)
        others = tuple(other for other in left if other != each)
        for part in parts:
            yield from self.solve((part, *others), known, depth + split)

    def _together(self, left: tuple[Expr, ...], known: _Known, depth: int) -> Iterator[_Known] | None:
        """Add or subtract two equations where that leaves one variable or none."""
        for one, other in itertools.combinations(left, 2):
            for total in (sympy.expand(one + other), sympy.expand(one - other)):
                if len(total.free_symbols) <= 1:
                    self.write("solve-system", (one, other), ((None, total),), depth)
                    return self.solve((total, *(each for each in left if each != other)), known, depth)
        return None


def _resolved(known: _Known) -> dict[Symbol, Expr]:
    """Return the values with later ones put into earlier ones."""
    found: dict[Symbol, Expr] = {}
    for variable, value in reversed(known):
        found[variable] = sympy.expand(value.xreplace(found))
    return found
