"""The course's losses and descents: W4, W7, X2, X3, P4, and the learning rates of its section 9."""

from collections.abc import Callable

import pytest
import sympy

from engine.values import Json

Data = Callable[..., Json]
FIVE = "(1,2),(2,4),(3,5),(4,4),(5,5)"
THREE = "(1,3),(2,5),(3,7)"
NEURON = "(3u+4v-10)^2"
HEAT = "80exp(-((x-3)^2+(y-2)^2)/10)+60exp(-((x+2)^2+(y+1)^2)/5)"


def test_the_squared_error_of_five_points(data: Data) -> None:
    found = data("loss", model="w*x+b", data=FIVE, at="w=0.5 b=1")
    assert (found["loss_at"], found["gradient_at"]) == ("11/4", ["-47/5", "-3"])
    assert found["minimisers"]["at"] == ["3/5", "11/5"]
    assert found["minimisers"]["value"] == "12/25"


def test_the_squared_error_of_three_points(data: Data) -> None:
    found = data("loss", model="w*x+b", data=THREE, at="1,1")
    assert (found["predictions"], found["residuals"]) == (["2", "3", "4"], ["-1", "-2", "-3"])
    assert (found["loss_at"], found["gradient_at"]) == ("14/3", ["-28/3", "-4"])
    assert (found["minimisers"]["at"], found["minimisers"]["value"]) == (["2", "1"], "0")


def test_the_rate_limit_of_three_points(data: Data) -> None:
    assert data("loss", model="w*x+b", data=THREE)["rate_limit_decimal"] == pytest.approx(0.1803, abs=5e-5)


def test_the_neuron_as_a_loss_has_the_same_gradient_and_line(data: Data) -> None:
    found = data("loss", model="u*x1+v*x2", data="(3,4,10)", at="u=1 v=1", rate="0.1")
    assert (found["loss_at"], found["gradient_at"]) == ("9", ["-18", "-24"])
    assert found["update"]["decimal"] == [2.8, 3.4]
    assert (found["minimisers"]["kind"], found["minimisers"]["dim"], found["rate_limit"]) == ("set", 1, "1/25")
    line = sympy.sympify("3*u + 4*v - 10")
    assert all(sympy.rem(sympy.sympify(each), line) == 0 for each in found["minimisers"]["equations"])


@pytest.mark.parametrize(
    ("name", "f", "start", "limit"),
    [
        ("W7", "(a-0.6)^2+(b-0.3)^2+(c-0.8)^2+0.1ab", "0.2,0.5,0.4", 0.952),
        ("X3", NEURON, "1,1", 0.04),
        ("P4", "1/3*((w+b-3)^2+(2w+b-5)^2+(3w+b-7)^2)", "w=1 b=1", 0.1803),
        ("a bowl", "x^2+3y^2", "2,1", 1 / 3),
    ],
)
def test_the_rate_limits_of_the_course(data: Data, name: str, f: str, start: str, limit: float) -> None:
    found = data("descent", f=f, start=start, rate="0.01")
    assert found["rate_limit_decimal"] == pytest.approx(limit, abs=5e-4), name
    assert found["rate_limit_scope"] == "global"


@pytest.mark.parametrize(("start", "limit"), [("3,2", 0.12), ("-2,-1", 0.08)])
def test_the_rate_limits_of_the_peaks_are_guides(data: Data, start: str, limit: float) -> None:
    found = data("descent", f=HEAT, start=start, rate="0.02", goal="max", steps="50")
    assert found["rate_limit_decimal"] == pytest.approx(limit, abs=0.006)
    assert found["rate_limit_scope"] == "local guide"


@pytest.mark.parametrize(
    ("method", "limit"),
    [("momentum", "(1+9/10)*2/6"), ("nesterov", "(2+2*9/10)/((1+2*9/10)*6)")],
)
def test_the_limit_with_momentum_is_that_of_the_course(data: Data, method: str, limit: str) -> None:
    found = data("descent", f="x^2+3y^2", start="2,1", rate="0.1", method=method, momentum="0.9")
    assert sympy.sympify(found["rate_limit"]) == sympy.sympify(limit, rational=True)


@pytest.mark.parametrize("more", [{"method": "adam"}, {"method": "rmsprop"}, {"clip": "1"}])
def test_there_is_no_limit_for_what_rescales_the_gradient(data: Data, more: dict[str, str]) -> None:
    found = data("descent", f="x^2+3y^2", start="2,1", rate="0.1", **more)
    assert (found["rate_limit"], found["rate_limit_scope"]) == (None, None)


def test_no_rate_converges_where_the_hessian_is_indefinite(data: Data) -> None:
    for rate in ("0.001", "0.1", "0.4"):
        found = data("descent", f="x^2-y^2", start="1,1", rate=rate)
        assert (found["verdict"], found["proven"]) == ("diverges", True)


def test_the_best_rate_of_a_bowl_lies_between_its_curvatures(data: Data) -> None:
    assert data("descent", f="x^2+3y^2", start="2,1", rate="0.1")["best_rate"] == "1/4"


def test_a_long_gradient_is_clipped_to_its_bound(data: Data) -> None:
    path = data("descent", f="3x+4y", start="0,0", rate="1", clip="1", steps="1")["path"]
    assert path[1] == pytest.approx([-0.6, -0.8])
