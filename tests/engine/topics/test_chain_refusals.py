"""What the chain rule refuses: at which option, at which place, and before whom."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.desk import perform
from engine.errors import (
    EmptyText,
    MissingOperand,
    NotAllowed,
    NotAnExpression,
    NotInDomain,
    NotSupported,
    Refused,
    TooLarge,
    UnknownName,
    WrongLength,
    WrongUsage,
)
from engine.exercises.family import find
from engine.topics import TOPICS
from engine.values import Budget, Json

Data = Callable[..., Json]

REFUSED: list[tuple[dict[str, str], type[Refused], str, str | None]] = [
    ({"inner": "x=t, x=t^2"}, WrongUsage, "inner", "x"),
    ({"inner": "x=t, u=t^2"}, UnknownName, "inner", "u"),
    ({"inner": "y=t, x=x*t"}, WrongUsage, "inner", "x*t"),
    ({"inner": "x=y*t, y=t"}, WrongUsage, "inner", "y*t"),
    ({"inner": "x=1, y=2"}, WrongUsage, "inner", "x=1, y=2"),
    ({"inner": "x=t, y=2 +* t"}, MissingOperand, "inner", "+*"),
    ({"inner": "x=t, 3t+1"}, NotAnExpression, "inner", "3t+1"),
    ({"inner": "x=t, y="}, MissingOperand, "inner", "y="),
    ({"inner": "x=y=t"}, NotAnExpression, "inner", "="),
    ({"inner": ""}, EmptyText, "inner", None),
    ({"inner": "x=st2"}, UnknownName, "inner", "t2"),
    ({"f": "x^150", "inner": "x=t^2"}, TooLarge, "inner", "x=t^2"),
    ({"f": "a*b*c*d*g*h*k*m", "inner": "a=t*s"}, TooLarge, "inner", "a=t*s"),
    ({"f": "5", "inner": "x=t"}, UnknownName, "inner", "x"),
    ({"inner": "x=t", "wrt": "s"}, UnknownName, "wrt", None),
    ({"inner": "x=t, y=t", "at": "1,2"}, WrongLength, "at", None),
    ({"inner": "x=t, y=t", "at": "s=1"}, UnknownName, "at", None),
    ({"f": "ln(x)", "inner": "x=t", "at": "0"}, NotInDomain, "at", None),
    ({"f": "x/y", "inner": "x=t,y=t-1", "at": "1"}, NotInDomain, "at", None),
    ({"f": "sqrt(x^2+y^2)", "inner": "x=t,y=t", "at": "0"}, NotInDomain, "at", None),
    ({"f": "x^2", "inner": "x=|t|", "at": "0"}, NotInDomain, "at", None),
    ({"f": "ln(x)", "inner": "x=-t^2-1"}, NotSupported, "inner", None),
    ({"f": "x^100", "inner": "x=t", "at": "10^50"}, TooLarge, "at", None),
    ({"f": "max(x,y)", "inner": "x=t,y=t"}, NotInDomain, "inner", None),
    ({"f": "|x-y|", "inner": "x=(t+1)^2,y=t^2+2t+1"}, NotSupported, "inner", None),
    ({"inner": "x=floor(t)"}, NotSupported, "inner", "floor(t)"),
    ({"f": "floor(x)", "inner": "x=t"}, NotSupported, "f", None),
]


@pytest.mark.parametrize(("options", "kind", "option", "place"), REFUSED, ids=str)
def test_what_does_not_fit_is_refused_at_its_place(
    data: Data, options: dict[str, str], kind: type[Refused], option: str, place: str | None
) -> None:
    with pytest.raises(kind) as refused:
        data("chain", **{"f": "x*y"} | options)
    assert refused.value.option == option
    if place is not None:
        assert options["inner"][slice(*(refused.value.span or (0, 0)))] == place


@pytest.mark.parametrize("options", [each for each, *_ in REFUSED[:17]], ids=str)
def test_what_cannot_be_read_is_refused_before_a_worker_is_asked(options: dict[str, str]) -> None:
    with pytest.raises(Refused):
        TOPICS["chain"].read({"f": "x*y"} | options)


def test_a_sealed_function_in_disguise_is_not_worked_out() -> None:
    key: dict[str, Any] = {"family": "grad.at", "version": 1, "seed": 7, "given": {}}
    function = find("grad.at", 1).pose(7, {}).function.partition("=")[2]
    asked = {"pictures": False, "theme": "dark", "decimals": None, "practised": [], "sealed": [key]}
    for options in ({"f": "u", "inner": f"u={function}"}, {"f": "u+v", "inner": f"u={function}, v=1"}):
        with pytest.raises(NotAllowed):
            perform("solve", {"topic": "chain", "options": options, **asked}, Budget(30.0, lambda: 0.0))
