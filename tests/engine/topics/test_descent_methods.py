"""Gradient descent by other methods, and paths that end: saddles, kinks, edges, overflow."""

import math
from collections.abc import Callable

import pytest

from engine.values import Json, Worked

Data = Callable[..., Json]
BOWL = "x^2+3y^2"


@pytest.mark.parametrize("method", ["adam", "rmsprop"])
def test_scaled_methods_have_no_limit(data: Data, method: str) -> None:
    found = data("descent", f=BOWL, start="2,1", rate="0.1", method=method)
    assert (found["rate_limit"], found["rate_limit_scope"]) == (None, None)


def test_clipping_has_no_limit_and_short_steps(data: Data) -> None:
    found = data("descent", f=BOWL, start="20,10", rate="0.1", clip="1", steps="50")
    assert (found["rate_limit"], found["rate_limit_scope"]) == (None, None)
    ways = [math.dist(a, b) for a, b in zip(found["path"], found["path"][1:], strict=False)]
    assert max(ways) == pytest.approx(0.1)


@pytest.mark.parametrize(("method", "limit"), [("momentum", "19/30"), ("nesterov", "19/84"), ("newton", "2")])
def test_each_method_has_its_own_limit(data: Data, method: str, limit: str) -> None:
    found = data("descent", f=BOWL, start="2,1", rate="0.1", method=method)
    assert (found["rate_limit"], found["rate_limit_scope"]) == (limit, "global")


def test_a_clipped_step_is_shown_beside_the_whole_gradient(worked: Callable[..., Worked]) -> None:
    lines = worked("descent", f="x^2", start="5", rate="0.1", clip="1", steps="1").lines
    assert "step 0: (5), f = 25, ∇f = (10)" in lines
    assert any(line.startswith("step 1: (4.9)") for line in lines)


def test_momentum_alone_means_heavy_ball(data: Data) -> None:
    found = data("descent", f="x^2", start="1", rate="0.1", momentum="0.5", steps="3")
    assert found["method"] == "momentum"
    assert [x for (x,) in found["path"]] == pytest.approx([1, 0.8, 0.54, 0.302])


def test_nesterov_looks_ahead(data: Data) -> None:
    found = data("descent", f="x^2", start="1", rate="0.1", momentum="0.5", method="nesterov", steps="2")
    assert [x for (x,) in found["path"]] == pytest.approx([1, 0.8, 0.56])


def test_the_first_step_of_adam_is_the_rate_long(data: Data) -> None:
    found = data("descent", f=BOWL, start="2,1", rate="0.1", method="adam", steps="1")
    assert found["path"][1] == pytest.approx([1.9, 0.9])


def test_the_first_step_of_rmsprop_is_scaled_by_the_root_of_a_tenth(data: Data) -> None:
    found = data("descent", f="x^2", start="1", rate="0.1", method="rmsprop", steps="1")
    assert found["path"][1] == pytest.approx([1 - 0.1 / math.sqrt(0.1)])


def test_newton_arrives_in_one_step(data: Data) -> None:
    found = data("descent", f="x^2+3y^2+xy-x", start="2,1", rate="1", method="newton", steps="1")
    assert found["path"][1] == pytest.approx([6 / 11, -1 / 11])


def test_a_saddle_is_no_goal(data: Data) -> None:
    assert data("descent", f="x^2-y^2", start="1,1", rate="0.1")["verdict"] == "diverges"
    assert data("descent", f="x^2-y^2", start="1,0", rate="0.1")["verdict"] == "stalls"
    assert data("descent", f="x^2-y^2", start="0,0", rate="0.1")["verdict"] == "stalls"
    assert data("descent", f="x^3-3xy+y^3", start="0,0", rate="0.1")["verdict"] == "stalls"


def test_newton_goes_to_a_saddle_and_that_is_said(worked: Callable[..., Worked]) -> None:
    found = worked("descent", f="x^2-y^2", start="1,1", rate="1", method="newton")
    assert found.data["verdict"] == "converges"
    assert any("saddle" in line for line in found.lines)


def test_a_start_at_the_lowest_point_is_there_already(data: Data) -> None:
    found = data("descent", f=BOWL, start="0,0", rate="10")
    assert (found["verdict"], found["path"][-1]) == ("converges", [0, 0])


def test_without_a_lowest_point_it_diverges(worked: Callable[..., Worked]) -> None:
    found = worked("descent", f="x+2y", start="1,1", rate="0.1")
    assert (found.data["verdict"], found.data["rate_limit"]) == ("diverges", None)
    assert any("no lowest point" in line for line in found.lines)


def test_leaving_the_domain_ends_the_path_with_a_sentence(worked: Callable[..., Worked]) -> None:
    found = worked("descent", f="ln(x)", start="1", rate="0.3")
    assert (found.data["verdict"], len(found.data["path"])) == ("undecided", 3)
    assert any("step 3 cannot be made" in line for line in found.lines)


def test_a_kink_ends_the_path(data: Data) -> None:
    found = data("descent", f="|x|", start="1", rate="0.25")
    assert (found["path"][-1], found["verdict"]) == ([0], "undecided")
    assert "no gradient" in found["stopped"]


@pytest.mark.parametrize(("f", "start"), [("x^4", "100"), ("e^(x^2)", "10"), ("x^2-x^3", "2"), ("cosh(x)", "50")])
def test_overflow_ends_the_path_in_finite_numbers(data: Data, f: str, start: str) -> None:
    found = data("descent", f=f, start=start, rate="1", steps="1000")
    assert found["verdict"] == "diverges"
    assert all(math.isfinite(each) for point in found["path"] for each in (*point, *found["values"]))


def test_a_singular_hessian_ends_newtons_path(data: Data) -> None:
    assert "determinant" in data("descent", f="x^2+y^3", start="1,0", rate="1", method="newton")["stopped"]
