"""What is proven about critical points carries a certificate that the checker accepts."""

import json
from collections.abc import Callable

import pytest
from sympy import symbols

from engine.certifying import certify
from engine.critical import find
from engine.proofs.check import verify
from engine.values import Budget, Json, Worked

Data = Callable[..., Json]
X, Y = symbols("x y", real=True)


def checked(data: Data, f: str, **options: str) -> Json:
    """Return the certificate as it would be read from a file, after it was accepted."""
    found = data("critical", f=f, **options)
    given: Json = json.loads(json.dumps(found["certificate"]))
    verify(given)
    assert [each["kind"] for each in given["points"]] == [each["kind"] for each in found["points"]]
    assert given["f"] == found["f"]
    return given


@pytest.mark.parametrize(
    "f",
    [
        "x^3-3xy+y^3",
        "(x^2+y-11)^2+(x+y^2-7)^2",
        "x^4+y^4+z^4-4xyz",
        "x^5-x+xy+y^2",
        "x*e^(-x^2-y^2)",
        "1/x+1/y+xy",
        "x^2-ln(x)",
        "x ln(x)",
        "x^x",
        "sqrt(1+x^2+y^2)",
        "y^2+cosh(x)",
        "tanh(x)^2+y^2",
        "arctan(xy)",
        "x+y",
        "x^3-3x y^2",
        "3x^2+2xy+y^3",
    ],
)
def test_points_found_by_elimination_carry_a_proof_by_algebra(data: Data, f: str) -> None:
    given = checked(data, f)
    assert given["complete"] == "proven"
    assert given["cover"]["by"] == "algebra"


@pytest.mark.parametrize("f", ["y cos(x)", "sin(x) sin(y)", "e^x cos(y)", "sin(x)+sin(2y)"])
def test_the_points_of_one_period_carry_a_proof(data: Data, f: str) -> None:
    assert any(each != "0" for each in checked(data, f)["periods"])


def test_the_points_of_several_periods_in_a_window_carry_a_proof(data: Data) -> None:
    assert len(checked(data, "sin(x)+y^2", window="x=-7..7, y=-3..3")["points"]) == 4


def test_a_window_searched_box_by_box_carries_a_proof(data: Data) -> None:
    given = checked(data, "x^2+y^2+e^(xy)", window="x=-3..3, y=-3..3")
    assert given["cover"]["by"] == "boxes"
    assert given["window"] == [["-3", "3"], ["-3", "3"]]


@pytest.mark.parametrize(
    ("f", "kinds"),
    [
        ("(x^2+y^2-1)^2", ["local minimum"]),
        ("(x-y)^2+(y-z)^2", ["local minimum"]),
        ("1/(1+(x+y)^2)", ["local maximum"]),
        ("xyz", ["saddle point"] * 3),
        ("(x+y)^3", ["saddle point"]),
        ("x^2 y", ["not decided"]),
        ("sin(xy)", ["local minimum", "local maximum"]),
    ],
)
def test_sets_of_critical_points_carry_a_proof(data: Data, f: str, kinds: list[str]) -> None:
    assert [each["kind"] for each in checked(data, f)["sets"]] == kinds


def test_an_extremum_at_a_kink_carries_none_and_the_answer_says_so(worked: Callable[..., Worked]) -> None:
    found = worked("critical", f="abs(x)+y^2")
    assert found.data["complete"] == "proven"
    assert found.data["certificate"] is None
    assert any("no certificate" in line for line in found.lines)
    assert not any("no certificate" in line for line in worked("critical", f="x^2+y^2").lines)


def test_what_is_not_proven_carries_none(data: Data) -> None:
    found = data("critical", f="x^2+y^2", at="0,0")
    assert found["complete"] == "not proven"
    assert found["certificate"] is None


def test_there_is_no_certificate_without_time() -> None:
    f = (X**2 + Y - 11) ** 2 + (X + Y**2 - 7) ** 2
    found = find(f, (X, Y), Budget(deadline=30.0, now=lambda: 0.0))
    assert certify(f, (X, Y), found, None, Budget(deadline=-1.0, now=lambda: 0.0)) is None
    assert certify(f, (X, Y), found, None, Budget(deadline=30.0, now=lambda: 0.0)) is not None


def test_two_runs_give_the_same_certificate(data: Data) -> None:
    assert checked(data, "x^4+y^4+z^4-4xyz") == checked(data, "x^4+y^4+z^4-4xyz")
