"""Which candidates there are, and what they are along the constraints."""

from collections.abc import Callable

import pytest
from sympy import Expr, Rational, S, sqrt

from engine.constrained import Candidate, Optimum

Solve = Callable[[str, str], Optimum]


def kinds(found: Optimum) -> dict[tuple[Expr, ...], str]:
    return {each.at: each.kind for each in found.candidates}


def at(found: Optimum, *place: int) -> Candidate:
    return next(each for each in found.candidates if each.at == tuple(map(S, place)))


def test_all_candidates_on_a_circle_are_exact(solved: Solve) -> None:
    half = sqrt(2) / 2
    assert kinds(solved("x*y", "x^2+y^2=1")) == {
        (half, half): "local maximum",
        (-half, -half): "local maximum",
        (half, -half): "local minimum",
        (-half, half): "local minimum",
    }


def test_a_point_between_two_better_directions_is_a_saddle(solved: Solve) -> None:
    found = solved("x*y*z", "x+y+z=3")
    assert at(found, 3, 0, 0).kind == "saddle point"
    assert at(found, 1, 1, 1).kind == "local maximum"


def test_the_multipliers_of_two_constraints(solved: Solve) -> None:
    found = solved("x^2+y^2+z^2", "x^2+y^2=1; x+y+z=1")
    top = max(found.candidates, key=lambda each: each.value_decimal)
    assert top.multipliers == (sqrt(2) + 3, 2 + 2 * sqrt(2))


def test_a_multiplier_belongs_to_the_constraint_as_typed(solved: Solve) -> None:
    assert at(solved("x*y", "x+y<=10; x>=0; y>=0"), 5, 5).multipliers == (5, 0, 0)
    assert at(solved("x^2", "x>=1"), 1).multipliers == (2,)
    assert at(solved("x^2", "1<=x"), 1).multipliers == (2,)
    assert at(solved("x^2", "-x<=-1"), 1).multipliers == (-2,)


def test_multipliers_of_both_signs_are_no_extremum(solved: Solve) -> None:
    assert at(solved("x^2-2x*y+2y", "0<=x<=3; 0<=y<=2"), 3, 2).kind == "neither"


def test_the_best_point_of_an_edge_need_not_be_best_beside_it(solved: Solve) -> None:
    found = solved("-x^2-y^2+4x", "x<=1")
    assert kinds(found) == {(S.One, S.Zero): "local maximum"}
    assert kinds(solved("-x^2-y^2+4x", "x<=3"))[2, 0] == "local maximum"
    assert kinds(solved("-x^2-y^2+4x", "x<=3"))[3, 0] == "neither"


@pytest.mark.parametrize("subject", ["y^2=x^3", "y^2-x^3=0"])
def test_a_cusp_is_a_candidate_without_multipliers(solved: Solve, subject: str) -> None:
    tip = at(solved("x", subject), 0, 0)
    assert (tip.kind, tip.multipliers, tip.regular) == ("local minimum", None, False)


def test_the_crossing_of_a_curve_with_itself_is_singular(solved: Solve) -> None:
    assert solved("x", "(x^2+y^2)^2=x^2-y^2").singular == ((S.Zero, S.Zero),)


def test_infinitely_many_candidates_are_a_set(solved: Solve) -> None:
    (ring,) = solved("z^2", "x^2+y^2+z^2=1").sets
    assert (ring.dim, ring.values, ring.kind) == (1, (0,), "local minimum")


def test_a_set_that_enters_the_region_only_in_part_is_listed(solved: Solve) -> None:
    (line,) = solved("(x+y)^2", "0<=x<=3; -1<=y<=1").sets
    assert line.values == (0,)


def test_a_set_inside_of_another_is_not_listed(solved: Solve) -> None:
    found = solved("x*y*z", "x>=0; y>=0; z>=0; x+y+z<=3")
    assert sorted(map(str, (each.equations for each in found.sets))) == ["(x,)", "(y,)", "(z,)"]


def test_a_double_constraint_is_the_same_set(solved: Solve) -> None:
    (line,) = solved("x+y", "(x+y-1)^2=0").sets
    assert line.values == (1,)


def test_where_a_root_is_zero_is_a_candidate(solved: Solve) -> None:
    found = solved("sqrt(x)+sqrt(y)", "x+y=8")
    assert set(kinds(found)) == {(S.Zero, S(8)), (S(4), S(4)), (S(8), S.Zero)}


def test_a_kink_is_a_candidate(solved: Solve) -> None:
    assert at(solved("|x|+|y|", "x^2+y^2=1"), 1, 0).kind == "local minimum"


def test_a_flat_point_is_decided_by_higher_terms(solved: Solve) -> None:
    assert at(solved("x^3+y", "y=0"), 0, 0).kind == "saddle point"
    assert at(solved("x^4+y", "y=0"), 0, 0).kind == "local minimum"


def test_an_isolated_feasible_point_says_so(solved: Solve) -> None:
    assert at(solved("x+y", "x=1; y=2"), 1, 2).kind == "isolated point"


def test_equations_that_repeat_each_other_prove_nothing(solved: Solve) -> None:
    assert solved("x*y", "x^2+y^2=1; 2x^2+2y^2=2").complete == "not proven"


def test_linear_equations_may_repeat_each_other(solved: Solve) -> None:
    found = solved("x*y", "x+y=2; 2x+2y=4; x>=0; y>=0")
    assert {(S.Zero, S(2)), (S.One, S.One), (S(2), S.Zero)} <= set(kinds(found))


def test_a_constraint_that_repeats_itself_proves_nothing(solved: Solve) -> None:
    assert solved("y", "sin(x)=y").complete == "not proven"


def test_points_where_the_constraint_does_not_exist_are_left_out(solved: Solve) -> None:
    assert set(kinds(solved("x+y", "1/x+1/y=1"))) == {(S(2), S(2))}


def test_roots_of_degree_four_stay_exact(solved: Solve) -> None:
    found = solved("(x-1)^2+(y-2)^2", "x^2/4+y^2=1")
    assert [each.value_decimal for each in found.candidates] == pytest.approx([13.78701188804814, 1.212988111951863])


def test_a_rational_optimum_of_a_ratio(solved: Solve) -> None:
    found = solved("(0.08+0.07a)/sqrt(0.04a^2-0.01a+0.01)", "0<=a<=1")
    assert kinds(found)[Rational(22, 71),] == "local maximum"
