"""The steps of a gradient: in the lines, in the data, on the card."""

from collections.abc import Callable

import pytest

from engine.values import Json, Worked

Data = Callable[..., Json]
Solve = Callable[..., Worked]


def test_short_steps_are_the_lines_of_a_teacher(worked: Solve) -> None:
    assert worked("grad", f="(3x+2y)^4", wrt="x").lines[1:3] == (
        "∂f/∂x = 4(3x + 2y)³ ∂/∂x(3x + 2y)   [chain rule; power rule]",
        "      = 12(3x + 2y)³   [power rule; y held constant]",
    )


def test_all_steps_have_a_line_for_every_rule(worked: Solve) -> None:
    lines = worked("grad", f="x*e^(2x)", steps="all").lines
    assert [line.partition("[")[2].rstrip("]") for line in lines if "[" in line] == [
        "power rule",
        "constant factor",
        "derivative of exp",
        "chain rule",
        "product rule",
    ]


def test_without_steps_only_the_results_are_shown(worked: Solve) -> None:
    found = worked("grad", f="x*e^(2x)", steps="none")
    assert [step["rule"] for step in found.data["steps"]] == ["partial-x", "assemble-gradient"]
    assert not any("rule" in line for line in found.lines)


def test_the_rules_stand_before_the_derivative_they_lead_to(data: Data) -> None:
    steps = data("grad", f="x^2*y")["steps"]
    assert [(step["rule"], step["depth"]) for step in steps] == [
        ("power", 2), ("hold-constant", 1), ("partial-x", 0),
        ("power", 2), ("hold-constant", 1), ("partial-y", 0),
        ("assemble-gradient", 0),
    ]  # fmt: skip


def test_every_step_reads_back_and_is_true(data: Data) -> None:
    import sympy

    found = data("grad", f="x*sqrt(x*y)/(1+e^(x*y))+max(x,y)*sigmoid(x)+log_2(x)+|x-9|", wrt="x")
    names = {name: sympy.Symbol(name, real=True) for name in ("x", "y")}
    at = {names["x"]: sympy.Rational(7, 5), names["y"]: sympy.Rational(4, 5)}
    steps = [step for step in found["steps"] if step["depth"]]
    assert steps
    for step in steps:
        before, after = (sympy.sympify(step[key], locals=names) for key in ("input", "result"))
        assert abs(sympy.N((sympy.diff(before, names["x"]) - after).subs(at), 30)) < 1e-20, step


def test_steps_that_cannot_be_checked_are_withheld_and_the_gradient_is_not(worked: Solve) -> None:
    found = worked("grad", f="sqrt(1-x^2-y^2)+ln(x+y-100)")
    assert any("withheld" in line for line in found.lines)
    assert all(step["depth"] == 0 for step in found.data["steps"])
    assert found.data["gradient"][0] == "-x/sqrt(-x**2 - y**2 + 1) + 1/(x + y - 100)"


def test_too_many_rules_are_shown_in_their_short_form(worked: Solve) -> None:
    f = "+".join(f"({n}x+{n * n}*y-1)^{n}" for n in range(2, 14))
    found = worked("grad", f=f, wrt="x", steps="all")
    assert any("more than 40 rules" in line for line in found.lines)
    assert len(found.data["steps"]) > 40


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("f", ["(3x+2y)^4", "80exp(-((x-3)^2+(y-2)^2)/10)", "theta_1*x^x+ln(1+e^(-w*x))"])
def test_the_steps_can_be_typeset(worked: Solve, f: str, theme: str) -> None:
    names = [picture.name for picture in worked("grad", pictures=True, theme=theme, f=f).pictures]
    assert names[0] == "formulas.png"


def test_the_alternative_text_says_the_steps(worked: Solve) -> None:
    alt = worked("grad", pictures=True, f="(3x+2y)^4").pictures[0].alt
    assert "the derivative by x of open bracket 3 x plus 2 y close bracket (chain rule; power rule)" in alt
