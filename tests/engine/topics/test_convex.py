"""Convexity as a topic: what is said, and what it rests on."""

from collections.abc import Callable

import pytest

from engine.errors import NotInDomain, NotSupported, Refused, UnknownName
from engine.values import Budget, Json, Worked

Data = Callable[..., Json]
Solve = Callable[..., Worked]
ROSENBROCK = "(1-x)^2+100(y-x^2)^2"


def test_the_banana_function_is_not_convex_although_its_minimum_is_global(data: Data) -> None:
    found = data("convex", f=ROSENBROCK)
    assert found["verdict"] == "neither"
    against = found["counterexample"]
    assert (against["points"], against["t"]) == ([["-1", "1"], ["1", "1"]], "1/2")
    assert (against["left"], against["right"]) == ("101", "2")
    assert (against["at"], against["direction"], against["curvature"]) == (["0", "1"], ["1", "0"], "-398")


def test_neither_has_a_counterexample_for_each(data: Data) -> None:
    against = data("convex", f="x*y")["counterexamples"]
    assert [each["against"] for each in against] == ["convex", "concave"]


def test_a_proof_by_rules_has_its_parts_before_it(data: Data) -> None:
    proof = data("convex", f="|x|+e^(x^2)")["proof"]
    assert [each["rule"] for each in proof] == ["affine-argument", "affine-argument", "composition", "sum"]
    assert proof[-1]["about"] == "exp(x**2) + Abs(x)"


def test_a_proof_by_the_hessian_lists_the_minors(data: Data) -> None:
    found = data("convex", f="x^3-3xy+y^3", domain="x>1, y>1")
    assert [each["rule"] for each in found["proof"]] == ["hessian"]
    assert found["minors"] == [
        {"of": ["x"], "value": "6*x", "sign": ">"},
        {"of": ["x", "y"], "value": "36*x*y - 9", "sign": ">"},
    ]


def test_the_domain_is_what_was_asked_and_what_f_needs(data: Data) -> None:
    assert data("convex", f="ln(x)-y", domain="y<=2")["domain"] == ["2 - y >= 0", "x > 0"]


def test_without_a_domain_it_is_that_of_f(data: Data) -> None:
    assert data("convex", f="-ln(x)")["domain"] == ["x > 0"]


@pytest.mark.parametrize(
    "domain", ["x=0..1, y=0..1", "x=0..1 y=0..1", "0<=x<=1; 0<=y<=1", "x in [0,1], y in [0,1]", "x,y>=0; x,y<=1"]
)
def test_a_box_may_be_written_in_many_ways(data: Data, domain: str) -> None:
    found = data("convex", f="x^3+y^3", domain=domain)
    assert set(found["domain"]) == {"x >= 0", "1 - x >= 0", "y >= 0", "1 - y >= 0"}
    assert found["verdict"] == "convex"


@pytest.mark.parametrize(("domain", "holds"), [("[0,oo)", ["x >= 0"]), ("(0,2]", ["x > 0", "2 - x >= 0"])])
def test_one_variable_may_have_an_interval(data: Data, domain: str, holds: list[str]) -> None:
    assert data("convex", f="x^3", domain=domain)["domain"] == holds


def test_a_domain_in_pieces_is_answered_piece_by_piece(worked: Solve) -> None:
    found = worked("convex", f="1/x")
    assert found.data["verdict"] is None
    assert [(each["domain"], each["verdict"]) for each in found.data["pieces"]] == [
        (["x > 0"], "convex"),
        (["-x > 0"], "concave"),
    ]
    assert any("not convex together" in line for line in found.lines)
    assert found.actions == ("/convex f=1/x domain=x>0", "/convex f=1/x domain=x<0")


@pytest.mark.parametrize("action", ["x>0", "x<0", "-x>0"])
def test_a_piece_can_be_asked_for(data: Data, action: str) -> None:
    assert data("convex", f="1/x", domain=action)["pieces"] == []


def test_two_adjacent_pieces_of_one_convex_set_are_not_taken_apart(data: Data) -> None:
    with pytest.raises(NotSupported, match="convex pieces"):
        data("convex", f="sqrt((x-1)^2*(x+1))")


@pytest.mark.parametrize(
    ("f", "domain"), [("x^2+y^2", "x^2+y^2>=1"), ("1/(x^2+y^2)", ""), ("tan(x)", ""), ("x^2", "sin(x)>0")]
)
def test_a_set_that_is_not_seen_to_be_convex_is_refused(data: Data, f: str, domain: str) -> None:
    with pytest.raises(NotSupported, match="on a convex set"):
        data("convex", f=f, **({"domain": domain} if domain else {}))


def test_an_empty_domain_is_refused(data: Data) -> None:
    with pytest.raises(NotInDomain) as refused:
        data("convex", f="x^2", domain="x>1, x<0")
    assert refused.value.option == "domain"


def test_an_empty_domain_with_a_curved_edge_is_refused(data: Data) -> None:
    with pytest.raises(NotSupported, match="inner point"):
        data("convex", f="x*y", domain="x^2+y^2<=1, x>=2")


@pytest.mark.parametrize(
    ("domain", "refusal"),
    [("x+y=1", NotSupported), ("x!=0", NotSupported), ("z>0", UnknownName), ("x", Refused), ("x>", Refused)],
)
def test_a_domain_is_made_of_inequalities_in_the_variables(data: Data, domain: str, refusal: type[Refused]) -> None:
    with pytest.raises(refusal) as refused:
        data("convex", f="x+y^2", domain=domain)
    assert refused.value.option == "domain"


@pytest.mark.parametrize("f", ["f(x,y)=a*x^2+y^2", "floor(x)"])
def test_parameters_and_jumps_are_refused(data: Data, f: str) -> None:
    with pytest.raises(NotSupported):
        data("convex", f=f)


def test_at_the_edge_a_strict_sign_inside_is_not_enough(data: Data) -> None:
    # inside it bends strictly, but on both axes it is zero
    assert data("convex", f="-(x*y)^(1/4)", domain="x>=0, y>=0")["strict"] is not True
    assert data("convex", f="-(x*y)^(1/4)", domain="x>0, y>0")["strict"] is True


def test_what_is_not_decided_is_said_to_be_so(worked: Solve) -> None:
    found = worked("convex", f="|3x-1|^3-ln(2+(x-2)^2)")
    assert found.data["verdict"] == "not decided"
    assert "f is not concave; the rest is not decided" in found.lines


def test_over_data_a_squared_error_is_convex(data: Data) -> None:
    found = data("convex", f="mean((w*x+b-y)^2)", data="(1,3),(2,5),(3,7)")
    assert (found["verdict"], found["strict"]) == ("convex", True)


def test_the_lines_begin_with_the_function_and_end_with_the_verdict(worked: Solve) -> None:
    lines = worked("convex", f="x^2/y", domain="y>0").lines
    assert lines[:2] == ("f(x, y) = x²/y", "on the domain y > 0")
    assert "f is convex" in lines


def test_the_chord_is_written_out(worked: Solve) -> None:
    assert "f(0, 1) = 101 > (f(-1, 1) + f(1, 1))/2 = 2" in worked("convex", f=ROSENBROCK).lines


def test_what_convexity_is_good_for_is_said(worked: Solve) -> None:
    lines = worked("convex", f="x^2+y^2").lines
    assert any("local minimum of a convex function is global" in line for line in lines)
    assert any("at most one minimiser" in line for line in lines)


def test_the_steps_lead_over_the_hessian_to_the_verdict(data: Data) -> None:
    rules = [each["rule"] for each in data("convex", f="x^2+x*y+y^2")["steps"]]
    stages = ["second-partial", "mixed-partial", "second-partial", "assemble-matrix", "discriminant"]
    assert rules == [*stages, "classification-rule"]


def test_every_rule_of_the_derivatives_stands_in_all_steps(data: Data) -> None:
    rules = [each["rule"] for each in data("convex", f="x^2+x*y+y^2", steps="all")["steps"]]
    assert {"power", "hold-constant"} < set(rules)


def test_without_steps_no_rule_is_shown(worked: Solve) -> None:
    assert worked("convex", f="e^(x^2)", steps="none").lines[:2] == ("f(x) = e^(x²)", "f is strictly convex")


def test_values_that_no_float_holds_are_no_obstacle(data: Data) -> None:
    assert data("convex", f="e^(1000x)")["verdict"] == "convex"
    assert data("convex", f="e^(1000x)*x")["verdict"] in ("neither", "not decided")


@pytest.mark.parametrize("f", ["(1+x^2)^pi", "(x^2+y^2+z^2+1)^20", "x^60"])
def test_high_and_irrational_powers_are_answered(data: Data, f: str) -> None:
    assert data("convex", f=f)["verdict"] == "convex"


def test_where_time_is_up_nothing_is_claimed() -> None:
    from engine.desk import solve

    late = Budget(deadline=3.0, now=lambda: 2.9)
    found = solve("convex", {"f": "x^4+x^3+x^2"}, budget=late)
    assert found.data["verdict"] == "not decided"


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_chord_is_drawn(worked: Solve, theme: str) -> None:
    pictures = worked("convex", f=ROSENBROCK, pictures=True, theme=theme).pictures
    assert [each.name for each in pictures] == ["formulas.png", "not-convex.png", "not-concave.png"]
    assert "101, above the chord, which is 2 there" in pictures[1].alt


def test_a_convex_function_is_plotted(worked: Solve) -> None:
    assert [each.name for each in worked("convex", f="x^2+y^2", pictures=True).pictures[1:]] == ["contour.png"]


def test_both_sides_of_a_chord_are_told_apart(worked: Solve) -> None:
    found = worked("convex", f="x^4+y^4+6.0001x^2*y^2")
    (chord,) = [line for line in found.lines if line.startswith("f(1, 1)")]
    assert chord.split(" > ")[0].split("≈ ")[1] != chord.rsplit("≈ ", 1)[1]


def test_minors_are_said_of_the_inside_where_the_domain_has_edges(worked: Solve) -> None:
    assert "minor of H for x: 12x² - 12 > 0 inside of the domain" in worked("convex", f="x^4-6x^2", domain="x>=1").lines
    assert "minor of H for x: 12x² - 12 > 0" in worked("convex", f="x^4-6x^2", domain="x>1").lines


@pytest.mark.parametrize("f", ["x^4-x^2*10^-9", "x^2-10^-20*y^2"])
def test_a_slight_bend_is_not_taken_for_rounding(data: Data, f: str) -> None:
    assert data("convex", f=f)["verdict"] == "neither"
