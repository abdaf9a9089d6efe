"""Critical points of a polynomial with one parameter: formulas in it, by intervals of its values.

Outside of finitely many values of the parameter the number of complex critical points does not change, none of
them runs away and none is degenerate: the leading coefficients of a Groebner basis and the elimination of the
Hessian's determinant give these values. Between two of them real points neither come nor go nor change their
kind, so that one sample shows all there are; formulas are taken from the factors of the eliminants and proven.
Source: Kalkbrener, On the stability of Groebner bases under specializations (1997); Lazard and Rouillier,
Solving parametric polynomial systems (2007).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import sympy as sp
from sympy import Expr, Poly, Rational, S, Symbol, diff, expand

from engine.calculus.signs import decimal
from engine.critical.found import CriticalPoint, Found
from engine.critical.parameters import Case, Condition
from engine.critical.search import find
from engine.values import Budget

_NEAR = 1e-9
_MOST_DEGREE, _MOST_VALUES, _MOST_FORMULAS = 6, 6, 60
# Nothing interrupts SymPy's elimination: of degree 4 and five terms it was seen to take 4 s.
_MOST_TERMS, _FEWEST_TERMS = 8, 4


class _UnknownError(Exception):
    """What is asked for is not within reach here."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Values of the parameter: one value where low is high, else all between; what is there, point by point."""

    low: Expr
    high: Expr
    points: tuple[tuple[tuple[Expr, ...], CriticalPoint], ...]
    found: Found

    def says(self) -> frozenset[tuple[tuple[Expr, ...], str, bool | None]]:
        return frozenset((formula, point.kind, point.strict) for formula, point in self.points)


def branches(f: Expr, variables: tuple[Symbol, ...], parameter: Symbol, budget: Budget) -> tuple[Case, ...] | None:
    """Return the critical points for all values of a parameter; None where that is not within reach.

    A case has one point; cases with the same conditions belong together, and for each value of the
    parameter those of one condition hold. A case without a point and without equations: no critical point.
    """
    if not 0 < len(variables) <= 2 or not f.is_polynomial(*variables, parameter):
        return None
    whole = Poly(f, *variables, parameter)
    few = _MOST_TERMS if Poly(f, *variables).total_degree() < 4 else _FEWEST_TERMS
    if whole.total_degree() > _MOST_DEGREE or len(whole.terms()) > few or whole.domain not in (sp.QQ, sp.ZZ):
        return None
    try:
        return _cases(_parts(f, variables, parameter, budget), f, variables, parameter)
    except _UnknownError:
        return None


def _parts(f: Expr, variables: tuple[Symbol, ...], parameter: Symbol, budget: Budget) -> list[_Part]:
    gradient = [expand(diff(f, v)) for v in variables]
    basis = sp.groebner(gradient, *variables, parameter, order="lex", domain=sp.QQ)
    formulas = [_formulas(gradient, v, variables, parameter) for v in variables]
    breaks = [*_leading(basis.exprs, variables, parameter), _degenerate(f, gradient, variables, parameter)]
    breaks += [radicand for each in formulas for _, radicand in each]
    values = _values(breaks, parameter)
    known = _proven(gradient, variables, formulas)
    ends: list[Expr] = [-S.Infinity, *values, S.Infinity]
    found = []
    for low, high in pairwise(ends):
        found.append(_part(f, variables, parameter, known, (low, high), budget))
        if high is not S.Infinity:
            found.append(_part(f, variables, parameter, known, (high, high), budget))
    return _merged(found, parameter)


def _leading(basis: Sequence[Expr], variables: tuple[Symbol, ...], parameter: Symbol) -> list[Expr]:
    """Return the leading coefficients, polynomials in the parameter; raises where a generic system is not finite."""
    heads, pure = [], set()
    for each in basis:
        poly = Poly(each, *variables, domain=sp.QQ[parameter])
        heads.append(poly.coeffs()[0])
        monomial = poly.LM().exponents
        if not any(monomial):
            pure = set(range(len(variables)))
        elif sum(e > 0 for e in monomial) == 1:
            pure.add(next(i for i, e in enumerate(monomial) if e))
    if len(pure) < len(variables):
        raise _UnknownError
    return heads


def _degenerate(f: Expr, gradient: Sequence[Expr], variables: tuple[Symbol, ...], parameter: Symbol) -> Expr:
    """Return a polynomial that is zero where a critical point is degenerate."""
    determinant = expand(sp.hessian(f, variables).det(method="berkowitz"))
    return _eliminated([*gradient, determinant], variables, parameter)


def _eliminated(equations: Sequence[Expr], away: Sequence[Symbol], kept: Symbol, *others: Symbol) -> Expr:
    basis = sp.groebner(equations, *away, kept, *others, order="lex", domain=sp.QQ).exprs
    inside = [each for each in basis if not each.free_symbols & set(away)]
    if not inside:
        raise _UnknownError
    return inside[0]


def _formulas(
    gradient: Sequence[Expr], variable: Symbol, variables: tuple[Symbol, ...], parameter: Symbol
) -> list[tuple[Expr, Expr]]:
    """Return formulas that a coordinate may have, each with what has to be positive under its root (1 without)."""
    others = tuple(v for v in variables if v != variable)
    eliminant = _eliminated(gradient, others, variable, parameter)
    found: list[tuple[Expr, Expr]] = []
    for factor, _ in sp.factor_list(eliminant)[1]:
        poly = Poly(factor, variable)
        if poly.degree() == 1:
            a, b = poly.all_coeffs()
            found.append((sp.cancel(-b / a), a))
        elif poly.degree() == 2:
            a, b, c = poly.all_coeffs()
            radicand = sp.factor(b**2 - 4 * a * c)
            for turn in (1, -1):
                root = sp.sqrt(expand(radicand / 4) if b == 0 else radicand)
                top = turn * root if b == 0 else -b + turn * root
                found.append((top / a if b == 0 else top / (2 * a), radicand * a))
    return found


def _values(breaks: Sequence[Expr], parameter: Symbol) -> list[Expr]:
    """Return the real zeros of polynomials in the parameter, rising; raises where one is not rational."""
    values: set[Expr] = set()
    for each in breaks:
        for factor, _ in sp.factor_list(each)[1]:
            poly = Poly(factor, parameter)
            if poly.degree() == 1:
                values.add(-poly.all_coeffs()[1] / poly.all_coeffs()[0])
            elif poly.count_roots():
                raise _UnknownError
    if len(values) > _MOST_VALUES:
        raise _UnknownError
    return sorted(values)


def _proven(
    gradient: Sequence[Expr], variables: tuple[Symbol, ...], formulas: Sequence[Sequence[tuple[Expr, Expr]]]
) -> list[tuple[Expr, ...]]:
    """Return the combinations of formulas at which the gradient is proven to be zero, wherever they are real."""
    choices = [[formula for formula, _ in each] for each in formulas]
    count = 1
    for each in choices:
        count *= len(each)
    if count > _MOST_FORMULAS:
        raise _UnknownError
    return [
        at
        for at in product(*choices)
        if all(_vanishes(g.xreplace(dict(zip(variables, at, strict=True)))) for g in gradient)
    ]


def _vanishes(value: Expr) -> bool:
    """Tell whether an expression in a parameter and square roots is zero identically."""
    return bool(expand(sp.numer(sp.together(expand(value)))) == 0)


def _part(
    f: Expr,
    variables: tuple[Symbol, ...],
    parameter: Symbol,
    known: Sequence[tuple[Expr, ...]],
    ends: tuple[Expr, Expr],
    budget: Budget,
) -> _Part:
    """Return what is there for one value of the parameter, or between two; formulas where all points have one."""
    low, high = ends
    value = _sample(low, high)
    found = find(f.xreplace({parameter: value}), variables, budget)
    if found.complete != "proven" or (low != high and found.sets):
        raise _UnknownError
    if low == high:
        return _Part(low, high, tuple((point.at, point) for point in found.points), found)
    placed = [(formula, [c.xreplace({parameter: value}) for c in formula]) for formula in known]
    points = tuple((_matching(point, placed), point) for point in found.points)
    if len({formula for formula, _ in points}) < len(points):
        raise _UnknownError
    return _Part(low, high, points, found)


def _matching(point: CriticalPoint, placed: Sequence[tuple[tuple[Expr, ...], Sequence[Expr]]]) -> tuple[Expr, ...]:
    """Return the formula whose values are those of a point."""
    for formula, at in placed:
        if all(c.is_real and abs(decimal(c) - d) < _NEAR for c, d in zip(at, point.decimal, strict=True)):
            return formula
    raise _UnknownError


def _sample(low: Expr, high: Expr) -> Rational:
    if low == high:
        return low
    if low is -S.Infinity and high is S.Infinity:
        return S.One
    if low is -S.Infinity:
        return high - 1
    return low + 1 if high is S.Infinity else (low + high) / 2


def _merged(parts: list[_Part], parameter: Symbol) -> list[_Part]:
    """Join intervals with the value between them where nothing changes there."""
    left = list(parts)
    place = 1
    while place + 1 < len(left):
        before, here, after = left[place - 1 : place + 2]
        value = {parameter: here.low}
        moved = frozenset((tuple(expand(c.xreplace(value)) for c in at), *rest) for at, *rest in before.says())
        same = before.says() == after.says() and not here.found.sets and moved == here.says()
        if same:
            left[place - 1 : place + 2] = [_Part(before.low, after.high, before.points, before.found)]
        else:
            place += 2
    return left


def _cases(parts: Sequence[_Part], f: Expr, variables: tuple[Symbol, ...], parameter: Symbol) -> tuple[Case, ...]:
    found: list[Case] = []
    for part in parts:
        when = _when(part, parameter)
        for at, point in part.points:
            value = point.value if part.low == part.high else expand(f.xreplace(dict(zip(variables, at, strict=True))))
            found.append(Case(when, at, point.kind, point.strict, value, ()))
        # without an equation every point is meant; no case has none of both
        found += [
            Case(when, None, each.kind, each.strict, None, each.equations or (S.Zero,)) for each in part.found.sets
        ]
        if not part.points and not part.found.sets:
            found.append(Case(when, None, "not decided", None, None, ()))
    return tuple(found)


def _when(part: _Part, parameter: Symbol) -> tuple[Condition, ...]:
    if part.low == part.high:
        return (Condition(parameter - part.low, "= 0"),)
    low = () if part.low is -S.Infinity else (Condition(parameter - part.low, "> 0"),)
    return low if part.high is S.Infinity else (*low, Condition(parameter - part.high, "< 0"))
