"""Critical points with one parameter, by intervals of its values."""

from random import Random

import pytest
import sympy as sp
from sympy import Expr, symbols

from engine.calculus.signs import decimal
from engine.critical import branches, find
from engine.critical.parameters import Case
from engine.values import Budget

X, Y = symbols("x y", real=True)
A = symbols("a", real=True)
FUNCTIONS = (
    X**3 - 3 * A * X + Y**2,
    X**3 + Y**3 - 3 * A * X * Y,
    X**4 + Y**4 - 4 * A * X * Y,
    X * Y * (A - X - Y),
    X**2 + Y**2 + A * X**2 * Y,
    A * X**4 + Y**2 - X**2,
    X**2 * Y + A * Y + X**2,
    (X - A) ** 2 + A * (Y - 1) ** 2,
    A * X * Y - A * X,
    (A - 1) * (X**2 + Y),
)


def holds(case: Case, value: sp.Rational) -> bool:
    """Tell whether the conditions of a case hold for a value of the parameter."""
    relations = {"> 0": 1, "= 0": 0, "< 0": -1}
    return all(sp.sign(each.of.xreplace({A: value})) == relations[each.relation] for each in case.when)


@pytest.mark.parametrize("f", FUNCTIONS)
def test_the_cases_agree_with_a_search_for_every_value(f: Expr, budget: Budget) -> None:
    cases = branches(f, (X, Y), A, budget)
    assert cases is not None
    random = Random(str(f))  # noqa: S311 - the same values every time
    for value in [sp.S.Zero, *(sp.Rational(random.randint(-40, 40), random.randint(1, 9)) for _ in range(6))]:
        chosen = [case for case in cases if holds(case, value)]
        listed = {
            (tuple(round(decimal(c.xreplace({A: value})), 9) for c in case.at), case.kind)
            for case in chosen
            if case.at is not None
        }
        searched = find(f.xreplace({A: value}), (X, Y), budget)
        assert chosen
        assert listed == {(tuple(round(c, 9) for c in point.decimal), point.kind) for point in searched.points}
        assert bool(searched.sets) == any(case.equations for case in chosen)


def test_values_of_f_are_formulas_too(budget: Budget) -> None:
    cases = branches(X**3 - 3 * A * X + Y**2, (X, Y), A, budget)
    assert cases is not None
    assert {case.at: case.value for case in cases if case.at}[sp.sqrt(A), 0] == -2 * A ** sp.Rational(3, 2)


@pytest.mark.parametrize("f", [X**4 + A * X**2 + X + Y**2, (X - A) ** 2 * (Y - 1) ** 2, sp.exp(A * X) + Y**2])
def test_what_has_no_short_formulas_is_left(f: Expr, budget: Budget) -> None:
    assert branches(f, (X, Y), A, budget) is None
