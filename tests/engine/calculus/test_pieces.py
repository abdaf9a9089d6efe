"""Functions given by cases: what is stated inside of the pieces, and nothing at their seams."""

import random
from collections.abc import Callable

import pytest
import sympy

from engine.building import build_any
from engine.calculus.pieces import regions
from engine.desk import solve
from engine.errors import NotInDomain, NotSupported, Refused
from engine.reading import read_expression
from engine.spelling.plain import plain
from engine.values import Budget, Json

CONDITIONS = ("x>0", "y<=1", "x+y<1", "x^2+y^2<2", "0<x<1", "x>0 and y>0", "|x|<1", "x!=y", "x=y", "x>=y")
VALUES = ("x^2*y", "sin(x*y)", "e^(x-y)", "3", "x/(y^2+1)", "atan2(y, x^2+1)", "cbrt(x)")


def _solved(topic: str, **options: str) -> Json:
    return solve(topic, options, budget=Budget(deadline=60.0, now=lambda: 0.0)).data


def _drawn(draw: random.Random) -> str:
    cases = [f"{draw.choice(VALUES)}, {draw.choice(CONDITIONS)}" for _ in range(draw.randint(1, 3))]
    return "{" + "; ".join([*cases, f"{draw.choice(VALUES)}, else"]) + "}"


def _slope(f: Callable[[float, float], float], x: float, y: float) -> tuple[float, float]:
    h = 1e-6
    return (f(x + h, y) - f(x - h, y)) / (2 * h), (f(x, y + h) - f(x, y - h)) / (2 * h)


def test_inside_the_pieces_the_gradient_is_the_numeric_one() -> None:
    draw = random.Random(11)  # noqa: S311 - functions to try, no secrets
    compared = 0
    for _ in range(25):
        text = f"{draw.choice(('', 'x*', '2+'))}{_drawn(draw)}"
        x, y = (sympy.Rational(draw.randint(-300, 300), 101) for _ in "xy")
        built = build_any(read_expression(text, ("x", "y")).tree)
        value = sympy.lambdify(sympy.symbols("x y", real=True), built)
        try:
            data = _solved("grad", f=f"f(x,y)={text}", at=f"{x},{y}")
        except NotInDomain:
            assert x == 0 or y == 0
            continue
        wanted = _slope(value, float(x), float(y))
        assert data["gradient_at_decimal"] == pytest.approx(wanted, rel=1e-4, abs=1e-4), (text, x, y)
        whole = [sympy.sympify(each).subs({"x": x, "y": y}) for each in data["gradient"]]
        assert [float(each) for each in whole] == pytest.approx(wanted, rel=1e-4, abs=1e-4), (text, x, y)
        compared += 1
    assert compared > 15


@pytest.mark.parametrize(
    ("f", "at"),
    [
        ("x^2 if x>0 else -x", "0"),
        ("x^2 if x<=1 else 2x-1", "1"),
        ("{xy/(x^2+y^2), (x,y)!=(0,0); 0, else}", "0,0"),
        ("{x^2, x>0 and y>0; y, else}", "1,0"),
        ("{x, sqrt(x)<1; 0, else}", "0"),
        ("{x, x>1}", "0"),
        ("{1, x^2=2; x, else}", "sqrt(2)"),
        ("2+{x, x>0; 0, else}", "0"),
    ],
)
@pytest.mark.parametrize("topic", ["grad", "hessian"])
def test_nothing_is_stated_at_a_seam_or_without_a_case(topic: str, f: str, at: str) -> None:
    with pytest.raises(NotInDomain) as refused:
        _solved(topic, f=f, at=at)
    assert refused.value.option == "at"


def test_a_comparison_that_surely_fails_makes_the_others_no_seam() -> None:
    assert _solved("grad", f="{x^2, x>0 and y>0; y, else}", at="-1,0")["gradient_at"] == ["0", "1"]


def test_a_condition_may_have_a_kink() -> None:
    assert _solved("grad", f="{x, abs(x)<1; 0, else}", at="0")["gradient_at"] == ["1"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("x if x>=0 else y", [("x > 0", "x"), ("x < 0", "y")]),
        ("{1, x=0; x, else}", [("x != 0", "x")]),
        ("{x, 0<x<1; y, x>=1; 3, else}", [("0 < x and x < 1", "x"), ("x > 1", "y"), ("0 > x", "3")]),
        ("{x, x>0 and y>0; y, else}", [("x > 0 and y > 0", "x"), ("x < 0", "y"), ("y < 0", "y")]),
        ("{x, x>0; y, x>-1; z, else}", [("x > 0", "x"), ("x < 0 and x > -1", "y"), ("x < -1", "z")]),
    ],
)
def test_regions_are_open_and_do_not_claim_each_others_seams(typed: str, found: list[tuple[str, str]]) -> None:
    read = regions(read_expression(typed).tree)
    assert [(" and ".join(map(plain, each.comparisons)), plain(each.tree)) for each in read] == found


@pytest.mark.parametrize(
    "f", ["{x^2, x=0}", "{x, sign(x)<1; 0, else}", "{x, atan2(y,x)<1; 0, else}", "+".join(["{x, x>0; y, else}"] * 7)]
)
def test_what_has_no_open_regions_or_too_many_is_refused(f: str) -> None:
    with pytest.raises(NotSupported):
        _solved("grad", f=f)


def test_the_steps_take_every_piece_by_itself() -> None:
    rules = [each["rule"] for each in _solved("grad", f="x^2 if x>0 else sin(x)")["steps"]]
    assert rules == ["power", "sin", "cases", "partial-x", "assemble-gradient"]


@pytest.mark.parametrize(("at", "slope"), [("1,2", ["-2/5", "1/5"]), ("-1,1", ["-1/2", "-1/2"])])
def test_the_angle_has_a_gradient_beside_its_jump(at: str, slope: list[str]) -> None:
    assert _solved("grad", f="atan2(y,x)", at=at)["gradient_at"] == slope


@pytest.mark.parametrize("at", ["-1,0", "0,0"])
def test_the_angle_has_none_at_its_jump(at: str) -> None:
    with pytest.raises(NotInDomain):
        _solved("grad", f="atan2(y,x)", at=at)


@pytest.mark.parametrize("f", ["atan2(y,x)", "{x^2, x>0; y, else}"])
def test_a_function_with_a_jump_is_answered_without_a_plot(f: str) -> None:
    budget = Budget(deadline=60.0, now=lambda: 0.0)
    worked = solve("grad", {"f": f, "at": "1,2"}, budget=budget, pictures=True)
    assert [each.name for each in worked.pictures] == ["formulas.png"]
    assert any("no picture" in line for line in worked.lines)


def test_critical_points_of_cases_are_not_looked_for() -> None:
    with pytest.raises(Refused, match="no calculus"):
        _solved("critical", f="{x^2, x>0; y, else}")


def test_the_cube_root_of_a_negative_number_is_real() -> None:
    data = _solved("grad", f="cbrt(x)", at="-8")
    assert (data["value"], data["gradient_at"]) == ("-2", ["1/12"])


def test_the_cube_root_is_not_differentiable_at_zero() -> None:
    with pytest.raises(NotInDomain):
        _solved("grad", f="cbrt(x)", at="0")
