"""Constrained extrema as a topic: what is read, what is said, what is refused."""

from collections.abc import Callable

import pytest

from engine.errors import NotInDomain, NotSupported, Refused, WrongKind, WrongLength, WrongUsage
from engine.values import Json, Worked

Data = Callable[..., Json]
Work = Callable[..., Worked]


def best(found: Json, end: str) -> tuple[str | None, bool | None, list[list[str]]]:
    return found["best"][end], found["attained"][end], found["best_at"][end]


def test_a_product_on_a_circle(data: Data) -> None:
    found = data("optimize", f="x*y", subject="x^2+y^2=1")
    assert best(found, "max") == ("1/2", True, [["-sqrt(2)/2", "-sqrt(2)/2"], ["sqrt(2)/2", "sqrt(2)/2"]])
    assert found["complete"] == "proven"
    assert found["variables"] == ["x", "y"]


def test_a_candidate_has_all_that_the_contract_names(data: Data) -> None:
    (found,) = data("optimize", f="x*y", subject="x+y=10")["candidates"]
    assert found["at"] == ["5", "5"]
    assert found["decimal"] == [5.0, 5.0]
    assert (found["value"], found["kind"]) == ("25", "local maximum")
    assert (found["multipliers"], found["binding"], found["regular"]) == (["5"], [True], True)


def test_without_bound_the_best_is_infinity_and_not_attained(data: Data) -> None:
    found = data("optimize", f="x*y", subject="x+y=10")
    assert best(found, "min") == ("-oo", False, [])
    assert found["reach"]["min"] == "unbounded"


def test_what_is_not_proven_is_null(data: Data) -> None:
    found = data("optimize", f="exp(x)+y", subject="x^2+y^2=1")
    assert best(found, "max") == (None, None, [])
    assert found["complete"] == "not proven"


@pytest.mark.parametrize(
    "subject",
    [
        "x+y<=10; x>=0; y>=0",
        "x+y<=10, x>=0, y>=0",
        "x+y ≤ 10; x, y ≥ 0",
        "x+y<=10 with x,y>=0",
        "10 >= x+y; 0 <= x; 0 <= y",
        "g(x,y) = x+y <= 10; x>=0 and y>=0",
    ],
)
def test_a_budget_is_read_however_it_is_written(data: Data, subject: str) -> None:
    assert best(data("optimize", f="x*y", subject=subject), "max") == ("25", True, [["5", "5"]])


def test_binding_and_slack_are_said_of_the_best_point(worked: Work) -> None:
    lines = worked("optimize", f="x*y", subject="x+y<=10; x,y>=0").lines
    assert "At the maximum x + y <= 10 is binding and x >= 0, y >= 0 are slack." in lines


def test_a_multiplier_is_checked_by_solving_again(data: Data) -> None:
    (change,) = data("optimize", f="x*y", subject="x+y=10", goal="max")["sensitivity"]
    assert (change["multiplier"], change["from"], change["to"]) == ("5", "10", "1001/100")
    assert change["rate_decimal"] == pytest.approx(5, abs=0.01)


def test_a_multiplier_at_a_cusp_has_no_price(data: Data) -> None:
    assert data("optimize", f="x", subject="y^2=x^3", goal="min")["sensitivity"] == []


def test_being_forced_to_use_all_of_it_is_said(worked: Work) -> None:
    lines = worked("optimize", f="sqrt(x)+sqrt(y)-0.1x-0.1y", subject="x+y=80", goal="max").lines
    assert any(line.startswith("λ < 0: using all of it costs something") for line in lines)


def test_a_point_tells_which_way_to_move(data: Data) -> None:
    profit = "50(100sqrt(g)+80sqrt(i)+10sqrt(g*i))-1000(g+i)"
    found = data("optimize", f=profit, subject="g+i=50", goal="max", at="25,25")
    assert found["gradient_at"] == ["-250", "-350"]
    assert found["move"] == ["50", "-50"]


def test_within_a_limit_a_point_may_leave_the_edge(data: Data) -> None:
    profit = "50(100sqrt(g)+80sqrt(i)+10sqrt(g*i))-1000(g+i)"
    assert data("optimize", f=profit, subject="g+i<=50", goal="max", at="25,25")["move"] == ["-250", "-350"]


def test_a_limit_that_holds_back_is_kept_to(data: Data) -> None:
    assert data("optimize", f="x+2y", subject="x+y<=4", goal="max", at="2,2")["move"] == ["-1/2", "1/2"]


def test_downhill_for_a_minimum(data: Data) -> None:
    assert data("optimize", f="x*y", subject="x+y=10", goal="min", at="3,7")["move"] == ["-2", "2"]


def test_the_study_hours_move_from_the_others_to_science(worked: Work) -> None:
    hours = "sqrt(x)+sqrt(y)+sqrt(z)-0.01(x^2+y^2+z^2)"
    found = worked("optimize", f=hours, subject="x+y+z=30", goal="max", at="10,12,8")
    assert found.data["move_decimal"] == pytest.approx([-0.00162883, -0.0554051, 0.057034], abs=1e-7)
    assert any("with more z and less x, y" in line for line in found.lines)


def test_at_the_best_point_no_way_is_better(worked: Work) -> None:
    lines = worked("optimize", f="x*y", subject="x+y=10", at="5,5").lines
    assert any(line.startswith("No direction inside of the constraints is better at (5, 5)") for line in lines)


def test_variables_of_the_constraints_count(worked: Work) -> None:
    found = worked("optimize", f="z^2", subject="x^2+y^2+z^2=1", at="1,0,0")
    assert found.data["variables"] == ["x", "y", "z"]
    assert found.data["at"] == ["1", "0", "0"]
    said = "x, y stand in the constraints only; they are variables too. For a constant, write a number in its place."
    assert said in found.lines


def test_the_answer_begins_with_what_was_read(worked: Work) -> None:
    assert worked("optimize", f="x*y", subject="x^2+y^2=1").lines[:3] == (
        "f(x, y) = xy",
        "subject to x² + y² = 1",
        "∇f = (y, x) = λ (2x, 2y)",
    )


def test_the_steps_are_those_of_lagrange(data: Data) -> None:
    found = data("optimize", f="x*y", subject="x+y=10", steps="none")["steps"]
    steps = [step for step in found if not step["depth"]][3:]
    assert [each["rule"] for each in steps] == [
        "lagrangian-or-substitution",
        "stationarity",
        "use-constraint",
        "solve-system",
        "check-extremum",
        "function-value",
    ]
    assert steps[1]["result"] == "y = lamda*(1), x = lamda*(1)"


def test_the_goal_chooses_what_is_said(worked: Work) -> None:
    lines = worked("optimize", f="x^2+y^2", subject="x+y=1", goal="min").lines
    assert "minimum: f = 1/2 at (1/2, 1/2)" in lines
    assert not any("maximum" in line for line in lines)


def test_contradicting_constraints_are_said(worked: Work) -> None:
    found = worked("optimize", f="x+y", subject="x^2+y^2=-1")
    assert found.data["infeasible"]
    assert "No point satisfies all constraints: proven, so there is nothing to optimise." in found.lines


def test_the_map_shows_the_constraint(worked: Work) -> None:
    pictures = worked("optimize", f="x*y", subject="x^2+y^2=1", pictures=True).pictures
    assert pictures[1].alt.endswith("The lines are the constraints x^2 + y^2 = 1.")
    assert "Local maximum at (0.70711, 0.70711)." in pictures[1].alt


def test_a_way_to_move_is_drawn(worked: Work) -> None:
    pictures = worked("optimize", f="x*y", subject="x+y=10", at="3,7", pictures=True, theme="light").pictures
    assert "The point (3, 7) is marked." in pictures[1].alt


def test_three_variables_have_no_map(worked: Work) -> None:
    assert len(worked("optimize", f="x+y+z", subject="x^2+y^2+z^2=1", pictures=True).pictures) == 1


@pytest.mark.parametrize(
    ("options", "kind", "option"),
    [
        ({"subject": "x^2+y^2"}, WrongKind, "subject"),
        ({"subject": "x != y"}, NotSupported, "subject"),
        ({"subject": "1 = 2"}, WrongUsage, "subject"),
        ({"subject": "x+y=10", "at": "1,2"}, NotInDomain, "at"),
        ({"subject": "x+y<10", "at": "5,5"}, NotInDomain, "at"),
        ({"subject": "x+y=10", "at": "1,2,3"}, WrongLength, "at"),
        ({"subject": "x+y=10", "goal": "best"}, WrongUsage, "goal"),
        ({"subject": "x+1/(2-2)=1"}, NotInDomain, "subject"),
    ],
)
def test_what_does_not_fit_is_refused(data: Data, options: dict[str, str], kind: type[Refused], option: str) -> None:
    with pytest.raises(kind) as refused:
        data("optimize", f="x*y", **options)
    assert refused.value.option == option


def test_the_words_subject_to_in_f_begin_the_constraints(data: Data) -> None:
    found = data("optimize", f="x*y subject to x+y=10", goal="maximum")
    assert (found["best"]["max"], found["goal"]) == ("25", "max")


def test_an_open_region_is_not_said_to_be_closed(worked: Work) -> None:
    found = worked("optimize", f="x*y", subject="x+y=10, x>0, y>0")
    (why,) = [line for line in found.lines if line.startswith("Maximum: ")]
    assert why.startswith("Maximum: with its excluded edges the region is closed and bounded")
    assert why.endswith("it is not on an excluded edge.")


def test_a_logarithm_is_not_said_to_be_continuous_on_the_closed_region(worked: Work) -> None:
    found = worked("optimize", f="ln(x)+ln(y)", subject="x+y<=2")
    assert any("a function that f rises with is continuous on it" in line for line in found.lines)


def test_a_bounded_region_is_not_said_to_go_on_without_end(worked: Work) -> None:
    found = worked("optimize", f="x*y/(x^2+y^2)", subject="x^2+y^2<=1")
    assert any("not proven to be continuous up to all edges" in line for line in found.lines)


def test_limits_at_both_ends_of_a_line_decide(data: Data) -> None:
    found = data("optimize", f="(0.15a+0.08b)/sqrt(0.04a^2+0.01b^2+0.01a*b)", subject="a+b=1")
    assert best(found, "max") == ("19*sqrt(15)/75", True, [["22/71", "49/71"]])
    assert best(found, "min") == ("-7/20", False, [])


def test_a_function_that_repeats_itself_on_a_line_has_both_ends(data: Data) -> None:
    found = data("optimize", f="sin(x)+cos(y)", subject="x+y=pi")
    assert best(found, "max") == ("sqrt(2)", True, [["3*pi/4", "pi/4"]])
    assert best(found, "min") == ("-sqrt(2)", True, [["-pi/4", "5*pi/4"]])


def test_one_period_says_nothing_where_the_variable_stands_alone_too(data: Data) -> None:
    found = data("optimize", f="x^2+sin(y)", subject="x-y=1")
    assert found["attained"] == {"min": None, "max": None}


def test_a_line_with_a_pole_is_not_decided_by_its_ends(data: Data) -> None:
    found = data("optimize", f="1/sqrt(x^2*y^2)", subject="x+y=3")
    assert found["best"]["max"] in (None, "oo")


def test_a_cone_is_unbounded_although_each_of_its_slices_is_bounded(data: Data) -> None:
    found = data("optimize", f="x+y", subject="x^2+y^2=r^2")
    assert found["reach"] == {"min": "unbounded", "max": "unbounded"}


def test_letters_for_constants_are_said_to_be_variables(worked: Work) -> None:
    found = worked("optimize", f="a*x+b*y", subject="x^2+y^2=1")
    said = "All letters are variables here, a, b too. For a constant, write a number in its place."
    assert said in found.lines


def test_what_is_not_solved_is_handed_on(worked: Work) -> None:
    assert worked("optimize", f="x*y", subject="x+y=pi").actions == ("/critical f=x*(pi - x)",)
    assert worked("optimize", f="e^x+y", subject="x^2+y^2<=1").actions == ("/critical f=e^x+y",)


def test_the_edge_of_the_domain_is_no_contradiction_to_a_minimum_there(worked: Work) -> None:
    found = worked("optimize", f="|x|+|y|", subject="x^2+y^2=1")
    assert "The gradient exists where x ≠ 0 and y ≠ 0." in found.lines


def test_one_number_is_not_written_twice(worked: Work) -> None:
    found = worked("optimize", f="0.3x", subject="x<=1.1")
    assert any(line.endswith("f = 0.33, λ = 0.3") for line in found.lines)


def test_best_points_on_sets_are_said_beside_the_single_ones(worked: Work) -> None:
    found = worked("optimize", f="x*y*z", subject="x+y+z=1; x,y,z>=0")
    assert any(
        line.startswith("minimum: f = 0 at ") and line.endswith(" and on the sets above") for line in found.lines
    )


def test_a_multiplier_has_no_letter_of_a_variable(worked: Work) -> None:
    lines = worked("optimize", f="lambda*x", subject="lambda+x=1").lines
    assert "∇f = (x, λ) = μ (1, 1)" in lines
    assert "(1/2, 1/2): local maximum, f = 1/4, μ = 1/2" in lines


def test_what_was_not_examined_is_told_as_it_is_typed(worked: Work) -> None:
    lines = worked("optimize", f="x+y", subject="|x|+|y|<=1").lines
    assert not any("Abs(" in line for line in lines)
