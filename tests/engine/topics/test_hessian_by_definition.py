"""At a point at which a function is mended, derivatives are limits: which there are, and whether f_xy is f_yx."""

import pytest

from engine.desk import solve
from engine.errors import NotInDomain
from engine.values import Budget


def refusal(f: str, at: str = "0,0") -> str:
    with pytest.raises(NotInDomain) as refused:
        solve("hessian", {"f": f, "at": at}, budget=Budget(30.0, lambda: 0.0))
    assert refused.value.option == "at"
    return refused.value.message


def test_mixed_derivatives_that_differ_are_told_with_their_values() -> None:
    assert "But f_xy = -1 and f_yx = 1: the mixed ones differ" in refusal("x*y*(x^2-y^2)/(x^2+y^2) if x^2+y^2>0 else 0")


def test_the_point_need_not_be_the_origin() -> None:
    said = refusal("(x-1)*y*((x-1)^2-4*y^2)/((x-1)^2+y^2) if (x-1)^2+y^2>0 else 0", "1,0")
    assert "But f_xy = -4 and f_yx = 1" in said


def test_both_partial_derivatives_may_exist_where_f_is_not_differentiable() -> None:
    said = refusal("x*y/(x^2+y^2) if x^2+y^2>0 else 0")
    assert "f_x = 0 and f_y = 0 there; that alone does not make f differentiable" in said
    assert "Of the mixed ones, f_xy does not exist and f_yx does not exist" in said


def test_where_the_value_does_not_fit_there_is_no_derivative() -> None:
    assert "f_x does not exist and f_y does not exist" in refusal("x*y/(x^2+y^2) if x^2+y^2!=0 else 1")


def test_mixed_derivatives_that_agree_are_told_too() -> None:
    assert "The mixed ones agree: f_xy = 0 and f_yx = 0" in refusal("x^2*y^2/(x^2+y^2) if x^2+y^2>0 else 0")


@pytest.mark.parametrize(
    "f",
    [
        "x^2*y if x*y!=0 else 0",
        "x*y if x>0 else 0",
        "sin(x*y)/(x^2+y^2) if x^2+y^2>0 else 0",
        "x*y if x^2-y^2>0 else 0",
        "x*y if x+y>0 else 0",
    ],
)
def test_where_more_meets_than_one_point_no_value_is_said(f: str) -> None:
    said = refusal(f)
    assert "f_xy and f_yx may exist and differ" in said
    assert "f_x =" not in said
