"""Systems solved as on paper: the right ends, in steps that say the same, or nothing at all."""

import itertools
from collections.abc import Iterable, Iterator
from random import Random

import pytest
import sympy
from sympy import Expr, Symbol

from engine.answering.by_hand import MAX_LINES, solved
from engine.building import build, symbol
from engine.calculus import derivatives
from engine.reading import read_expression

X, Y = symbol("x"), symbol("y")


def gradient(f: str) -> tuple[Expr, ...]:
    return derivatives.gradient(build(read_expression(f).tree), (X, Y))


def points(ends: Iterable[dict[Symbol, Expr]]) -> set[tuple[Expr, ...]]:
    return {(end[X], end[Y]) for end in ends}


@pytest.mark.parametrize(
    ("f", "ends"),
    [
        ("x^3+y^3-3x*y", {("0", "0"), ("1", "1")}),
        ("x^3*y-x*y", {("-1", "0"), ("0", "0"), ("1", "0")}),
        ("100x+80y-x^2-y^2-0.5x*y", {("128/3", "88/3")}),
        ("x*exp(-x^2-y^2)", {("-sqrt(2)/2", "0"), ("sqrt(2)/2", "0")}),
        ("ln(1+x^2+y^2)-x/2", {("2-sqrt(3)", "0"), ("2+sqrt(3)", "0")}),
        ("x*y/(1+x^2+y^2)", {("0", "0")}),
        ("x^4+y^2+x", {("-2^(1/3)/2", "0")}),
        ("x+2y", set()),
    ],
)
def test_the_ends_are_the_solutions(f: str, ends: set[tuple[str, str]]) -> None:
    hand = solved(gradient(f), (X, Y))
    assert hand is not None
    wanted = {tuple(build(read_expression(each).tree) for each in end) for end in ends}
    assert points(hand.ends) == wanted


@pytest.mark.parametrize("f", ["(x^2+y-11)^2+(x+y^2-7)^2", "sin(x)+y^2", "x^4-4x*y+y^4+x", "|x|+y^2"])
def test_what_is_long_is_given_up(f: str) -> None:
    assert solved(gradient(f), (X, Y)) is None


def test_a_set_of_solutions_leaves_variables_free() -> None:
    hand = solved(gradient("(x+2y-1)^2"), (X, Y))
    assert hand is not None
    assert [set(end) for end in hand.ends] == [{X}]


def test_a_contradiction_ends_a_case() -> None:
    hand = solved((X**2 - Y**2 - 1, X - Y), (X, Y))
    assert hand is not None
    assert hand.ends == ()
    assert hand.lines[-1].found == ()


@pytest.mark.parametrize("seed", range(80))
def test_no_solution_that_newtons_method_reaches_is_missing(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - systems to be solved, no secret
    monomials = [X**2, X * Y, Y**2, X, Y, sympy.S.One]
    system = [sympy.Add(*(random.choice((0, 0, 1, -1, 2)) * each for each in monomials)) for _ in range(2)]
    hand = solved(system, (X, Y))
    if hand is None:
        return
    assert len(hand.lines) <= MAX_LINES
    assert all(sympy.expand(each.xreplace(end)) == 0 for each in system for end in hand.ends)
    if all(len(end) == 2 for end in hand.ends):
        ends = [(float(end[X]), float(end[Y])) for end in hand.ends]
        assert all(min(abs(x - a) + abs(y - b) for a, b in [*ends, (1e9, 1e9)]) < 1e-6 for x, y in reached(system))


def reached(system: list[Expr]) -> Iterator[tuple[float, float]]:
    """Yield the solutions that Newton's method comes to from a grid of starts."""
    values = sympy.lambdify((X, Y), [*system, *(sympy.diff(each, v) for each in system for v in (X, Y))])
    for start in itertools.product((-3.1, -0.9, 0.4, 2.3), repeat=2):
        x, y = start
        for _ in range(40):
            f, g, a, b, c, d = values(x, y)
            determinant = a * d - b * c
            if abs(determinant) < 1e-9:
                break
            x, y = x - (d * f - b * g) / determinant, y - (a * g - c * f) / determinant
        f, g, *_ = values(x, y)
        if abs(f) + abs(g) < 1e-12 and abs(x) + abs(y) < 1e6:
            yield x, y


def test_equations_that_fill_a_sheet_are_left() -> None:
    assert solved(gradient("(x-y^2/2)^4+(y-1)^6+(x+y^3)^3"), (X, Y)) is None
