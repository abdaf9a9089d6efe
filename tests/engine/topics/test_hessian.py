"""The Hessian, and what it says about a point."""

from collections.abc import Callable

import pytest

from engine.errors import NotInDomain
from engine.values import Json, Worked

Data = Callable[..., Json]


def test_the_matrix_is_symmetric_and_exact(data: Data) -> None:
    assert data("hessian", f="x^3-3xy+y^3")["hessian"] == [["6*x", "-3"], ["-3", "6*y"]]


def test_at_a_point_everything_about_it_is_said(data: Data) -> None:
    found = data("hessian", f="x^3-3xy+y^3", at="1,1")
    assert found["hessian_at"] == [["6", "-3"], ["-3", "6"]]
    assert (found["discriminant"], found["definiteness"]) == ("27", "positive definite")
    assert found["eigenvalues"] == ["3", "9"]


@pytest.mark.parametrize(
    ("f", "at", "word"),
    [
        ("x^2+y^2", "0,0", "positive definite"),
        ("-x^2-y^2", "0,0", "negative definite"),
        ("x^2-y^2", "0,0", "indefinite"),
        ("(3u+4v-10)^2", "1,1", "positive semidefinite"),
        ("-(x-y)^2", "1,1", "negative semidefinite"),
        ("x^4+y^4", "0,0", "zero matrix"),
        ("x^2+y^2-z^2", "0,0,0", "indefinite"),
        ("x^2+y^2+z^2+x*y*z", "0,0,0", "positive definite"),
        ("100x+80y-x^2-y^2-0.5xy", "1,1", "negative definite"),
    ],
)
def test_the_definiteness_is_named(data: Data, f: str, at: str, word: str) -> None:
    assert data("hessian", f=f, at=at)["definiteness"] == word


def test_eigenvectors_belong_to_their_eigenvalues(data: Data) -> None:
    found = data("hessian", f="100x+80y-x^2-y^2-0.5xy", at="1,1")
    assert found["eigenvalues_decimal"] == [-2.5, -1.5]
    assert found["eigenvectors"] == [["-1/2", "-1/2"], ["-1/2", "1/2"]]


def test_an_inconclusive_test_is_said_to_be_one(worked: Callable[..., Worked]) -> None:
    assert any("does not decide" in line for line in worked("hessian", f="x^4+y^4", at="0,0").lines)


def test_away_from_critical_points_nothing_is_classified(worked: Callable[..., Worked]) -> None:
    assert any("no critical point" in line for line in worked("hessian", f="x^2+y^2", at="1,0").lines)


@pytest.mark.parametrize("f", ["x^2+y^2+a*y", "-y^2+a*y+x^2"])
def test_with_parameters_left_nothing_is_classified(worked: Callable[..., Worked], f: str) -> None:
    lines = worked("hessian", f=f, wrt="x,y", at="0,0").lines
    assert any("not decided" in line for line in lines)
    assert not any("minimum" in line or "saddle" in line for line in lines)


def test_no_hessian_where_the_function_is_not_smooth(data: Data) -> None:
    with pytest.raises(NotInDomain):
        data("hessian", f="sqrt(x^2+y^2)", at="0,0")
