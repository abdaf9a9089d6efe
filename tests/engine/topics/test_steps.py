"""How much of the way is shown: none, as a teacher writes, or every rule."""

from collections.abc import Callable

import pytest

from engine.desk import solve
from engine.values import Budget, Json, Worked

Work = Callable[..., Worked]
Data = Callable[..., Json]

# For each topic its options, the option that chooses, and a line that stands only in the short form and in all.
SHOWN: tuple[tuple[str, dict[str, str], str, str], ...] = (
    ("hessian", {"f": "x^2*y"}, "steps", "∂²f/∂y∂x = 2x"),
    ("critical", {"f": "x^2+y^2-2x"}, "steps", "∇f = 0: 2x - 2 = 0, 2y = 0"),
    ("optimize", {"f": "x*y", "subject": "x+y=10"}, "steps", "∇f = (y, x) = λ (1, 1)"),
    ("descent", {"f": "x^2+y", "start": "1,1", "rate": "0.1"}, "working", "∂f/∂x = 2x"),
    ("loss", {"model": "w*x", "data": "(1,3),(2,5)", "at": "1"}, "steps", "predictions = (1, 2)"),
    ("plot", {"f": "x^2*y"}, "steps", "∂f/∂x = 2xy"),
)


def has(found: Worked, start: str) -> bool:
    return any(line.startswith(start) for line in found.lines)


@pytest.mark.parametrize(("topic", "options", "option", "line"), SHOWN)
def test_without_steps_only_the_result_is_shown(
    worked: Work, topic: str, options: dict[str, str], option: str, line: str
) -> None:
    assert not has(worked(topic, **options, **{option: "none"}), line)
    assert has(worked(topic, **options, **{option: "short"}), line)
    assert has(worked(topic, **options, **{option: "all"}), line)


@pytest.mark.parametrize(("topic", "options", "option", "_line"), SHOWN)
def test_all_steps_show_every_rule(worked: Work, topic: str, options: dict[str, str], option: str, _line: str) -> None:
    def reasons(shown: str) -> int:
        return sum(line.endswith("]") and "   [" in line for line in worked(topic, **options, **{option: shown}).lines)

    assert reasons("all") > reasons("short") or reasons("short") == 0
    assert reasons("all") > reasons("none") == 0


@pytest.mark.parametrize(("topic", "options", "option", "_line"), SHOWN)
def test_without_steps_the_data_has_the_stages_only(
    data: Data, topic: str, options: dict[str, str], option: str, _line: str
) -> None:
    rules = {each["rule"] for each in data(topic, **options, **{option: "none"})["steps"]}
    assert not rules & {"power", "hold-constant", "constant-multiple"}
    assert {each["rule"] for each in data(topic, **options)["steps"]} >= rules


def test_a_hessian_names_its_stages(data: Data) -> None:
    steps = data("hessian", f="x^2*y+y^2", at="1,2")["steps"]
    assert [each["rule"] for each in steps if not each["depth"]] == [
        "partial-x",
        "partial-y",
        "assemble-gradient",
        "second-partial",
        "mixed-partial",
        "second-partial",
        "assemble-matrix",
        "evaluate-at-point",
        "discriminant",
    ]


def test_critical_points_name_their_stages(data: Data) -> None:
    steps = data("critical", f="x^3+y^3-3x*y")["steps"]
    assert [each["rule"] for each in steps if not each["depth"]] == [
        "partial-x",
        "partial-y",
        "assemble-gradient",
        "set-gradient-zero",
        "solve-system",
        "second-partial",
        "mixed-partial",
        "second-partial",
        "assemble-matrix",
        *["evaluate-at-point", "discriminant", "classification-rule"] * 2,
    ]


def test_an_equation_with_factors_is_split_into_cases(worked: Work) -> None:
    lines = worked("critical", f="x*y*(1-x-y)").lines
    assert any("⟹  y = 0 or 2x + y - 1 = 0" in line for line in lines)
    assert any("y = 0 in" in line and line.startswith("   ") for line in lines)


def test_a_linear_equation_is_put_into_the_other(worked: Work) -> None:
    lines = worked("critical", f="3x^2+2x*y+y^3").lines
    assert "6x + 2y = 0  ⟹  y = -3x" in lines
    assert "y = -3x in 2x + 3y² = 0  ⟹  27x² + 2x = 0" in lines


def test_equations_that_are_long_by_hand_say_so(worked: Work) -> None:
    found = worked("critical", f="x^4-4x*y+y^4+x")
    assert any("more than a few lines by hand" in line for line in found.lines)
    assert not any(each["depth"] and each["rule"] == "solve-system" for each in found.data["steps"])


def test_where_the_test_is_inconclusive_what_decided_is_a_step_of_its_own(data: Data) -> None:
    steps = data("critical", f="x^4+y^4", at="0,0")["steps"]
    assert [(each["rule"], each["result"]) for each in steps[-2:]] == [
        ("test-inconclusive", "inconclusive"),
        ("check-extremum", "local minimum"),
    ]


def test_a_semidefinite_matrix_with_both_signs_decides_all_the_same(data: Data) -> None:
    (step,) = [s for s in data("critical", f="x^2-y^2+z^4", at="0,0,0")["steps"] if s["rule"] == "classification-rule"]
    assert step["result"] == "saddle point"


def test_a_point_at_a_kink_is_no_solution_of_the_equations(data: Data) -> None:
    steps = data("critical", f="|x|+|y|")["steps"]
    assert [each["result"] for each in steps if each["rule"] == "solve-system"] == ["no solution"]
    assert steps[-1]["rule"] == "check-extremum"


def test_the_discriminant_is_worked_out(worked: Work) -> None:
    assert "D = 6·6 - (-3)² = 27" in worked("hessian", f="x^3+y^3-3x*y", at="1,1").lines


def test_the_points_of_one_period_are_not_said_to_be_all(worked: Work) -> None:
    lines = worked("critical", f="sin(x)*cos(y)").lines
    assert any("8 critical points in one period, and all others are these shifted" in line for line in lines)
    assert any("of 2π in x and of 2π in y" in line for line in lines)


def test_the_window_is_named(worked: Work) -> None:
    lines = worked("critical", f="x^3-3x*y+y^3", window="x=0.5..2, y=0.5..2").lines
    assert any("all in the window x = 0.5..2, y = 0.5..2, proven" in line for line in lines)


def test_a_local_extremum_is_not_said_to_be_global(worked: Work) -> None:
    assert any("need not be the largest or smallest" in line for line in worked("critical", f="x^3+y^3-3x*y").lines)
    assert not any("need not be the largest" in line for line in worked("critical", f="x*y").lines)


def test_factorials_have_steps(worked: Work) -> None:
    assert "∂f/∂x = 12x   [power rule]" in worked("partial", f="3! x^2", wrt="x").lines


def test_the_direction_of_a_gradient_is_a_step(data: Data) -> None:
    assert data("grad", f="x^2+y^2", at="3/2,2")["steps"][-1] == {
        "rule": "normalise-direction",
        "input": "(3, 4) / (5)",
        "result": "(3/5, 4/5)",
        "depth": 0,
    }


def test_lagranges_equations_are_solved_by_hand(worked: Work) -> None:
    lines = worked("optimize", f="x+2y", subject="x^2+y^2=1").lines
    assert "y = 2x in x² + y² - 1 = 0  ⟹  5x² - 1 = 0" in lines


def test_a_variable_called_lambda_is_no_multiplier(data: Data) -> None:
    steps = data("optimize", f="lambda*y", subject="lambda+y=10")["steps"]
    (stationary,) = [each["result"] for each in steps if each["rule"] == "stationarity"]
    assert "mu*(1)" in stationary


@pytest.mark.parametrize(
    ("topic", "options"), [("critical", {"f": "x^3+y^3-3x*y"}), ("optimize", {"f": "x*y", "subject": "x+y=10"})]
)
def test_where_the_time_is_up_nothing_found_is_not_said_to_be_no_solution(topic: str, options: dict[str, str]) -> None:
    found = solve(topic, options, budget=Budget(deadline=3.0, now=lambda: 2.9))
    (ends,) = [each["result"] for each in found.data["steps"] if each["rule"] == "solve-system"]
    assert ends == "none found"


def test_an_equation_without_solutions_is_said_to_have_none(data: Data) -> None:
    (ends,) = [
        each["result"]
        for each in data("critical", f="x+2y")["steps"]
        if each["rule"] == "solve-system" and not each["depth"]
    ]
    assert ends == "no solution"
