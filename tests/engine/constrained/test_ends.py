"""Whether there is a minimum and a maximum, and what proves it."""

from collections.abc import Callable

import pytest
from sympy import S, log, oo, sqrt

from engine.answering.optima import posed
from engine.answering.scalar import Scalar
from engine.answering.subjects import read_subject
from engine.constrained import Optimum
from engine.constrained.bounded import bounded
from engine.reading import read_expression
from engine.values import Budget

Solve = Callable[[str, str], Optimum]
ATTAINED, MISSED, UNBOUNDED, OPEN = "attained", "not attained", "unbounded", "not proven"


@pytest.mark.parametrize(
    ("f", "subject", "least", "greatest"),
    [
        ("x*y", "x^2+y^2=1", (ATTAINED, -S.Half), (ATTAINED, S.Half)),
        ("x*y", "x^3+y^3=16", (UNBOUNDED, -oo), (ATTAINED, 4)),
        ("x*y", "2x+3y=24", (UNBOUNDED, -oo), (ATTAINED, 24)),
        ("x*y*z", "x+y+z=3", (UNBOUNDED, -oo), (UNBOUNDED, oo)),
        ("x^2+y^2", "x+y>=10", (ATTAINED, 50), (UNBOUNDED, oo)),
        ("x^2", "x*y=1", (MISSED, 0), (UNBOUNDED, oo)),
        ("x+y", "x*y=1", (UNBOUNDED, -oo), (UNBOUNDED, oo)),
        ("x+y+z", "x*y*z=27; x,y,z>=0", (ATTAINED, 9), (UNBOUNDED, oo)),
        ("x+1/x+y", "x>0; y>=0", (ATTAINED, 2), (UNBOUNDED, oo)),
        ("1/(x^2+1)", "x+y=0", (MISSED, 0), (ATTAINED, 1)),
        ("x/y", "x^2+y^2=1", (UNBOUNDED, -oo), (UNBOUNDED, oo)),
        ("-3x-x^3", "x*y>=1; x>=0", (UNBOUNDED, -oo), (MISSED, 0)),
        ("x^2+y^2-3z^2", "z=x*y", (UNBOUNDED, -oo), (UNBOUNDED, oo)),
    ],
)
def test_both_ends_are_known(
    solved: Solve, f: str, subject: str, least: tuple[str, object], greatest: tuple[str, object]
) -> None:
    found = solved(f, subject)
    assert (found.least.reach, found.least.value) == least
    assert (found.greatest.reach, found.greatest.value) == greatest


def test_an_excluded_edge_is_not_reached(solved: Solve) -> None:
    found = solved("x*y", "x+y=10; x>0; y>0")
    assert (found.least.reach, found.least.value) == (MISSED, 0)
    assert (found.greatest.reach, found.greatest.at) == (ATTAINED, ((5, 5),))


def test_an_open_disc_has_no_best_point_of_a_saddle(solved: Solve) -> None:
    found = solved("x*y", "x^2+y^2<1")
    assert (found.least.reach, found.greatest.reach) == (MISSED, MISSED)


def test_a_rising_function_of_a_simpler_one_is_best_at_the_same_points(solved: Solve) -> None:
    found = solved("exp(x*y)", "x^3+y^3=16")
    assert (found.least.reach, found.least.value) == (MISSED, 0)
    assert found.greatest.at == ((2, 2),)


def test_a_falling_function_turns_the_ends_round(solved: Solve) -> None:
    found = solved("-2*sqrt((x-3)^2+y^2)", "x^2+y^2=1")
    assert (found.least.value, found.greatest.value) == (-8, -4)


def test_a_sum_of_logarithms_falls_without_bound_at_the_edge(solved: Solve) -> None:
    found = solved("ln(x)+ln(y)", "x+y=10")
    assert found.least.reach == UNBOUNDED
    assert (found.greatest.reach, found.greatest.value) == (ATTAINED, 2 * log(5))


def test_a_product_of_powers_under_a_budget(solved: Solve) -> None:
    found = solved("x^0.3*y^0.7", "4x+5y<=100")
    assert found.greatest.at == ((S(15) / 2, 14),)


def test_a_concave_function_has_its_local_maximum_as_the_maximum(solved: Solve) -> None:
    found = solved("ln(x)+y", "x+y<=3; x>=0; y>=0")
    assert (found.greatest.reach, found.greatest.at) == (ATTAINED, ((1, 2),))
    assert found.least.reach == OPEN


def test_constraints_with_roots_can_bound_a_region(solved: Solve) -> None:
    found = solved("2x+3y", "sqrt(x)+sqrt(y)=5")
    assert (found.least.value, found.greatest.value) == (30, 75)


@pytest.mark.parametrize(
    ("subject", "closed"),
    [
        ("x^8+y^6+x*y=2", True),
        ("x^4+y^4+z^4=1; w=x+y", True),
        ("x^2+x*y+y^2<=3", True),
        ("x+y<=3; x>=0; y>=0", True),
        ("x^2+4x*y+y^2<=3", False),
        ("x^4-x^2*y^2+y^4>=1", False),
        ("x^4+y^2-3x^2*y<=1", False),
        ("x+y<=3; x>=0", False),
        ("x^2-y^2=1", False),
        ("x^2<=1", False),
    ],
)
def test_only_a_bounded_region_is_called_bounded(budget: Budget, subject: str, closed: bool) -> None:  # noqa: FBT001
    f = read_expression("x+y")
    limits = read_subject(subject, f)
    problem = posed(Scalar.of(f, limits.names), limits)
    assert bounded(problem.closure, problem.variables, budget) == closed


def test_a_pole_inside_of_the_region_is_seen(solved: Solve) -> None:
    found = solved("1/x", "-1<=x<=1")
    assert (found.least.reach, found.greatest.reach) == (UNBOUNDED, UNBOUNDED)


def test_a_pole_outside_of_the_region_does_no_harm(solved: Solve) -> None:
    found = solved("1/x+1/y", "1<=x<=2; 1<=y<=2")
    assert (found.least.value, found.greatest.value) == (1, 2)


def test_a_constraint_with_a_pole_excludes_that_point(solved: Solve) -> None:
    found = solved("x", "1/x>=0; x<=5")
    assert found.greatest.at == ((5,),)
    assert found.least.reach != ATTAINED


def test_a_pole_that_cancels_is_no_best_point_and_hides_none(solved: Solve) -> None:
    found = solved("(3x-x^3)/x", "y^2=x^3-x")
    assert found.greatest.reach != ATTAINED
    assert solved("(x^2-x)/x", "0<=x<=2").least.reach != ATTAINED


def test_a_bound_on_a_fraction_bounds_nothing(solved: Solve) -> None:
    assert solved("1/(x^2+1)", "x+y=0").least.reach == MISSED


@pytest.mark.parametrize("subject", ["x^2+y^2=-1", "x+y=1; x-y=3; x=5", "x>=1; x<=0", "x^2+y^2<=1; x+y>=2"])
def test_contradicting_constraints_are_infeasible_proven(solved: Solve, subject: str) -> None:
    assert solved("x+y", subject).infeasible


@pytest.mark.parametrize("subject", ["x^2+y^2<=1; x+y>=1", "x*y=0", "x>=1; x<=1"])
def test_what_is_feasible_is_not_called_infeasible(solved: Solve, subject: str) -> None:
    assert not solved("x+y", subject).infeasible


def test_what_cannot_be_solved_is_not_proven(solved: Solve) -> None:
    found = solved("exp(x)+y", "x^2+y^2=1")
    assert (found.complete, found.least.reach, found.greatest.reach) == ("not proven", OPEN, OPEN)


def test_a_constant_is_its_own_minimum(solved: Solve) -> None:
    found = solved("5", "x>=1; y>=0")
    assert (found.least.value, found.greatest.value) == (5, 5)


def test_the_study_hours_of_the_course(solved: Solve) -> None:
    hours = "sqrt(x)+sqrt(y)+sqrt(z)-0.01(x^2+y^2+z^2)"
    forced, free = solved(hours, "x+y+z=30").greatest, solved(hours, "x+y+z<=30").greatest
    assert forced.at == ((10, 10, 10),)
    assert forced.decimal == pytest.approx(6.48683, abs=1e-5)
    assert [float(each) for each in free.at[0]] == pytest.approx([8.54988] * 3, abs=1e-5)
    assert free.decimal == pytest.approx(6.57904, abs=1e-5)


def test_the_marketing_split_of_the_course(solved: Solve) -> None:
    profit = "50(100sqrt(g)+80sqrt(i)+10sqrt(g*i))-1000(g+i)"
    forced, free = solved(profit, "g+i=50"), solved(profit, "g+i<=50")
    assert [float(each) for each in forced.greatest.at[0]] == pytest.approx([27.6262, 22.3738], abs=1e-4)
    assert forced.greatest.decimal == pytest.approx(7631.54, abs=0.01)
    assert (free.greatest.value, free.greatest.at) == (13600, ((S(256) / 25, S(196) / 25),))


def test_the_best_portfolio_of_the_course(solved: Solve) -> None:
    found = solved("(0.08+0.07a)/sqrt(0.04a^2-0.01a+0.01)", "0<=a<=1")
    assert found.greatest.at == ((S(22) / 71,),)
    assert found.greatest.value == 19 * sqrt(15) / 75
