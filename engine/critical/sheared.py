"""Functions that are simpler in slanted coordinates, u = x + h(y) in place of x, or in moved ones, u = x + 1.

Such a change has an inverse everywhere and the slope 1, so that the points, their kinds and the determinant of
the Hessian are the same in both; single second derivatives are not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sympy import (
    Add,
    Dummy,
    Expr,
    Float,
    Function,
    Poly,
    Pow,
    S,
    Symbol,
    cos,
    cosh,
    exp,
    expand,
    preorder_traversal,
    sin,
    sinh,
    tanh,
)

from engine.building import unbuild
from engine.calculus.signs import decimal
from engine.critical.found import CriticalPoint, Found
from engine.critical.separate import summands
from engine.spelling import formula as spell

_CALLS = (exp, sin, cos, sinh, cosh, tanh)
_MOST_TRIED = 4
_SHORT = 120  # operations: longer ones are not multiplied out


@dataclass(frozen=True, slots=True)
class Sheared:
    """A function with variable - shift put in for a variable; shift: in the other variables."""

    of: Expr
    variable: Symbol
    shift: Expr

    def back(self, found: Found, variables: tuple[Symbol, ...]) -> Found:
        """Return what the function itself has."""
        there = {self.variable: self.variable + self.shift}
        return replace(
            found,
            points=tuple(self._point(each, variables) for each in found.points),
            sets=tuple(
                replace(one, equations=tuple(expand(e.xreplace(there)) for e in one.equations)) for one in found.sets
            ),
            kinks=tuple(expand(each.xreplace(there)) for each in found.kinks),
        )

    def _point(self, point: CriticalPoint, variables: tuple[Symbol, ...]) -> CriticalPoint:
        here, near = (dict(zip(variables, each, strict=True)) for each in (point.at, point.decimal))
        moved = expand(here[self.variable] - self.shift.xreplace(here))
        if moved.has(Float):
            # of one coordinate at least only the decimals are proven
            number = near[self.variable] - float(self.shift.xreplace({v: Float(n, 17) for v, n in near.items()}))
            moved = Float(repr(number), 17)
        else:
            number = decimal(moved)
        at, numbers = here | {self.variable: moved}, near | {self.variable: number}
        places = tuple(at[v] for v in variables), tuple(numbers[v] for v in variables)
        return replace(point, at=places[0], decimal=places[1], test=self._test(point.test))

    def _test(self, test: str) -> str:
        """Return a test that says of which function its second derivatives are."""
        if not self.shift.free_symbols or "f_" not in test:
            return test
        slanted = spell.of(unbuild(self.variable + self.shift)).text
        replaced = spell.variable(str(self.variable)).text
        return f"g is f with {slanted} as a coordinate in place of {replaced}, and {test.replace('f_', 'g_')}"


def sheared(f: Expr, variables: tuple[Symbol, ...]) -> Sheared | None:
    """Return f in slanted coordinates, where it is then rational or a sum of more independent parts; else None.

    Also where an exponential or a wave is then one of a variable alone.
    """
    moved = next((each for v in variables for each in [_moved(f, v)] if each), None)
    if moved is not None or len(variables) == 1:
        return moved
    for tried, (inner, variable, shift) in enumerate(_shifts(f, variables)):
        if tried == _MOST_TRIED:
            return None
        # the sum that gave the shift is put in as it is then: what cancels need not be worked out
        held, rest = Dummy(), expand(inner.xreplace({variable: variable - shift}))
        g = f.xreplace({inner: held}).xreplace({variable: variable - shift}).xreplace({held: rest})
        g = expand(g) if g.count_ops() < _SHORT else g
        rational = g.is_rational_function(*variables) and not f.is_rational_function(*variables)
        if rational or len(summands(g, variables)) > len(summands(f, variables)):
            return Sheared(g, variable, shift)
    return None


def _moved(f: Expr, variable: Symbol) -> Sheared | None:
    """Return f moved along a variable that stands with one number in all exponentials, sines and cosines of it."""
    inside = [call.args[0] for call in f.atoms(*_CALLS) if variable in call.free_symbols]
    if not all(each.free_symbols == {variable} and each.is_polynomial(variable) for each in inside):
        return None
    lines = [Poly(each, variable).all_coeffs() for each in inside]
    shifts = {line[1] / line[0] for line in lines if len(line) == 2}
    shift = shifts.pop() if len(shifts) == 1 and all(len(line) == 2 for line in lines) else S.Zero
    if not shift.is_Rational or shift == 0:
        return None
    return Sheared(f.xreplace({variable: variable - shift}), variable, shift)


def _shifts(f: Expr, variables: tuple[Symbol, ...]) -> Iterator[tuple[Expr, Symbol, Expr]]:
    """Give the sums in which a variable stands beside a part in others, the variable, and that part, each once."""
    seen = set()
    for inner in preorder_traversal(f):
        if not isinstance(inner, Add):
            continue
        for variable in variables:
            slope = inner.coeff(variable)
            if not slope.is_Rational or slope == 0:
                continue
            # a part of the variable alone moves nothing
            rest = expand((inner - slope * variable) / slope)
            shift = Add(*(term for term in Add.make_args(rest) if term.free_symbols))
            if variable in shift.free_symbols or not shift.free_symbols or (variable, shift) in seen:
                continue
            seen.add((variable, shift))
            if shift.atoms(Function, Pow):
                yield inner, variable, shift
