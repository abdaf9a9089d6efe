"""Functions given by cases."""

import pytest

from engine.desk import solve
from engine.errors import MissingOperand, NotAnExpression, NotSupported, Refused, UnknownName
from engine.reading import read_expression
from engine.spelling.plain import plain
from engine.values import Budget


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("x^2 if x>0 else -x", "{x^2, x > 0; -x, otherwise}"),
        ("{x^2, x>0; -x, else}", "{x^2, x > 0; -x, otherwise}"),
        ("{x^2 if x>0; -x if x<=0}", "{x^2, x > 0; -x, x <= 0}"),
        ("x^2 for x>0, -x otherwise", "{x^2, x > 0; -x, otherwise}"),
        ("piecewise((x^2, x>0), (-x, True))", "{x^2, x > 0; -x, otherwise}"),
        ("x if 0<x<1 else y if y>1 and x≤0 else 0", "{x, 0 < x and x < 1; y, y > 1 and x <= 0; 0, otherwise}"),
        ("{xy, (x,y)≠(0,0); 0, else}", "{x*y, x^2 + y^2 != 0; 0, otherwise}"),
        ("{xy, (x,y)≠(1,z); 0, else}", "{x*y, (x - 1)^2 + (y - z)^2 != 0; 0, otherwise}"),
        ("f(x)=x if x=0 else 2x", "{x, x = 0; 2*x, otherwise}"),
        ("{1, (x,y)=(0,0); x, else}", "{1, x^2 + y^2 = 0; x, otherwise}"),
        ("2(x if x>0 else 0)+y", "2*{x, x > 0; 0, otherwise} + y"),
        ("{x, |x|<1; 0, else}^2", "{x, abs(x) < 1; 0, otherwise}^2"),
    ],
)
def test_cases_are_read(typed: str, spelled: str) -> None:
    assert plain(read_expression(typed).tree) == spelled


@pytest.mark.parametrize(
    ("typed", "kind", "place"),
    [
        ("x if 0 else y", MissingOperand, 2),
        ("x if x", MissingOperand, 2),
        ("x else y", UnknownName, 2),
        ("if x>0", UnknownName, 0),
        ("{x, y}", NotAnExpression, 2),
        ("{x, x>0; y}", MissingOperand, 9),
        ("{x, x>0; 0, else; 1, else}", NotAnExpression, 16),
        ("{x, (x,y)<(0,0); 0, else}", NotAnExpression, 9),
        ("x if x>0 and else y", MissingOperand, 9),
        ("x if", MissingOperand, 2),
    ],
)
def test_cases_without_their_conditions_are_refused(typed: str, kind: type[Refused], place: int) -> None:
    with pytest.raises(kind) as refused:
        read_expression(typed)
    assert refused.value.span is not None
    assert refused.value.span[0] == place


@pytest.mark.parametrize("typed", ["x*floor(y)", "step(x)", "ceil(x)+y", "{x, floor(x)<1; 0, else}"])
@pytest.mark.parametrize("topic", ["grad", "hessian", "critical"])
def test_no_derivative_is_stated_of_steps(topic: str, typed: str) -> None:
    with pytest.raises(NotSupported, match="no calculus"):
        solve(topic, {"f": typed}, budget=Budget(deadline=60.0, now=lambda: 0.0))
