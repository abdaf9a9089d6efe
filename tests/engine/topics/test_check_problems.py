"""/check: chain rules, losses, optima under constraints, and what a rate leads to."""

from collections.abc import Callable

import pytest

from engine.errors import NotInDomain, NotSupported, Refused, UnknownName, WrongLength, WrongUsage
from engine.topics import TOPICS
from engine.values import Json

Data = Callable[..., Json]
CHAIN = {"want": "chain", "f": "x*y", "inner": "x=cos(t), y=t^2", "wrt": "t"}
LOSS = {"want": "loss", "model": "w*x+b", "data": "(1,3),(2,5),(3,7)"}
OPTIMUM = {"want": "optimum", "f": "-x^2-y^2+10x+8y", "subject": "x+y = 5", "goal": "max"}
RATE = {"want": "behaviour", "f": "x^2+10y^2"}

RIGHT = [
    CHAIN | {"answer": "2t*cos(t) - t^2*sin(t)"},
    CHAIN | {"answer": "dz/dt = y*(-sin(t)) + x*2t"},
    CHAIN | {"answer": "2*pi*cos(pi)", "at": "pi"},
    {"want": "chain", "f": "xy", "inner": "x=s*t, y=s+t", "wrt": "t", "answer": "s^2 + 2st"},
    {"want": "chain", "f": "xy", "inner": "x=s*t, y=s+t", "wrt": "t", "at": "1,2", "answer": "5"},
    {"want": "chain", "f": "xy", "inner": "x=t^2", "answer": "2ty"},
    LOSS | {"at": "w=1, b=1", "answer": "(-28/3, -4)"},
    LOSS | {"at": "1,1", "answer": "(-9.333, -4)"},
    LOSS | {"answer": "(28w/3 + 4b - 68/3, 4w + 2b - 10)"},
    {"want": "loss", "model": "w*x+b", "data": "(1,0),(2,1)", "kind": "logistic", "at": "0,0", "answer": "(-1/4, 0)"},
    {"want": "loss", "model": "k*x", "data": "(1,3),(2,5)", "parameters": "k", "at": "k=1", "answer": "(-8)"},
    OPTIMUM | {"answer": "(3, 2)"},
    OPTIMUM | {"answer": "x=3, y=2"},
    OPTIMUM | {"answer": "33"},
    {"want": "optimum", "f": "x*y", "subject": "x+2y = 12", "goal": "max", "answer": "(6, 3)"},
    {"want": "optimum", "f": "2x+y", "subject": "x^2+y^2 = 20", "goal": "max", "answer": "(4, 2)"},
    {"want": "optimum", "f": "x^2+2y^2", "subject": "x+y = 6", "answer": "(4, 2)"},
    {"want": "optimum", "f": "x^2+2y^2", "subject": "x+y = 6", "goal": "max", "answer": "none"},
    {"want": "optimum", "f": "x*y", "subject": "x^2+y^2=8", "goal": "max", "answer": "(2,2), (-2,-2)"},
    {"want": "optimum", "f": "x^2+y^2", "subject": "x^2+y^2=1", "answer": "1"},
    RATE | {"rate": "0.09", "answer": "converges"},
    RATE | {"rate": "0.09", "answer": "converges alternating"},
    RATE | {"rate": "0.04", "answer": "it converges"},
    RATE | {"rate": "0.1", "answer": "oscillates"},
    RATE | {"rate": "1/9", "answer": "diverges"},
    RATE | {"rate": "0.5", "at": "1,0", "answer": "converges"},
    {"want": "behaviour", "f": "x^2-y^2", "rate": "0.1", "answer": "diverges"},
    {"want": "behaviour", "f": "3-x^2", "goal": "max", "rate": "0.1", "answer": "converges"},
]
WRONG = [
    CHAIN | {"answer": "-t^2*sin(t)"},
    CHAIN | {"answer": "-y*sin(t)"},
    CHAIN | {"answer": "x"},
    {"want": "chain", "f": "xy", "inner": "x=s*t, y=s+t", "wrt": "s", "answer": "s^2 + 2st"},
    LOSS | {"at": "w=1, b=1", "answer": "(-14, -6)"},
    LOSS | {"at": "w=1, b=1", "answer": "(-14/3, -2)"},
    OPTIMUM | {"answer": "(5, 4)"},
    OPTIMUM | {"answer": "41"},
    OPTIMUM | {"answer": "none"},
    OPTIMUM | {"goal": "min", "answer": "33"},
    {"want": "optimum", "f": "x*y", "subject": "x+2y = 12", "goal": "max", "answer": "3"},
    {"want": "optimum", "f": "2x+y", "subject": "x^2+y^2 = 20", "goal": "max", "answer": "(-4, -2)"},
    {"want": "optimum", "f": "x^2+2y^2", "subject": "x+y = 6", "answer": "(5, 1)"},
    {"want": "optimum", "f": "x*y", "subject": "x^2+y^2=8", "goal": "max", "answer": "(2, 2)"},
    RATE | {"rate": "0.09", "answer": "diverges"},
    RATE | {"rate": "0.04", "answer": "converges alternating"},
    RATE | {"rate": "0.11", "answer": "converges"},
    RATE | {"rate": "0.1", "answer": "converges"},
    {"want": "behaviour", "f": "x^2-y^2", "rate": "0.1", "answer": "converges"},
]
REFUSED: list[tuple[dict[str, str], type[Refused], str]] = [
    ({"want": "chain", "f": "xy", "answer": "1"}, WrongUsage, "inner"),
    ({"want": "chain", "f": "xy", "inner": "x=s*t", "answer": "1"}, WrongUsage, "wrt"),
    ({"want": "chain", "f": "xy", "inner": "x=t", "wrt": "s", "answer": "1"}, UnknownName, "wrt"),
    ({"want": "chain", "f": "xy", "inner": "x=t, x=t", "answer": "1"}, WrongUsage, "inner"),
    ({"want": "chain", "f": "ln(x)", "inner": "x=t", "at": "0", "answer": "1"}, NotInDomain, "at"),
    ({"want": "loss", "f": "xy", "answer": "1"}, WrongUsage, "model"),
    ({"want": "loss", "model": "w*x+b", "answer": "1"}, WrongUsage, "data"),
    ({"want": "loss", "model": "w*x+b", "data": "(1,3)", "at": "1", "answer": "(1,1)"}, WrongLength, "at"),
    ({"want": "optimum", "f": "xy", "answer": "(1,1)"}, WrongUsage, "subject"),
    ({"want": "optimum", "f": "xy", "subject": "x^2+y^2=-1", "answer": "(1,1)"}, NotInDomain, "subject"),
    ({"want": "optimum", "f": "x^2+y^2", "subject": "x^2+y^2=1", "answer": "(1,0)"}, NotSupported, "answer"),
    ({"want": "behaviour", "f": "x^2", "answer": "converges"}, WrongUsage, "rate"),
    ({"want": "behaviour", "f": "x^2", "rate": "-1", "answer": "converges"}, WrongUsage, "rate"),
    ({"want": "behaviour", "f": "x^4", "rate": "0.1", "answer": "converges"}, NotSupported, "f"),
]


@pytest.mark.parametrize("options", RIGHT, ids=str)
def test_the_right_answer_is_right(data: Data, options: dict[str, str]) -> None:
    assert data("check", **options)["verdict"] == "right"


@pytest.mark.parametrize("options", WRONG, ids=str)
def test_a_wrong_answer_is_wrong_and_no_mistake_is_made_up_for_it(data: Data, options: dict[str, str]) -> None:
    found = data("check", **options)
    assert (found["verdict"], found["mistakes"]) == ("wrong", [])


@pytest.mark.parametrize(("options", "refusal", "option"), REFUSED, ids=str)
def test_what_cannot_be_checked_is_refused_at_its_option(
    data: Data, options: dict[str, str], refusal: type[Refused], option: str
) -> None:
    with pytest.raises(refusal) as refused:
        data("check", **options)
    assert refused.value.option == option


def test_the_components_of_a_loss_say_which_are_right(data: Data) -> None:
    assert data("check", **LOSS, at="1,1", answer="(-14, -4)")["components"] == [False, True]


@pytest.mark.parametrize(
    "options",
    [
        {"want": "chain", "f": "xy", "inner": "x=t+, y=t"},
        {"want": "loss", "model": "w*x+b", "data": "one"},
        {"want": "optimum", "f": "xy", "subject": "x+y"},
        {"want": "love", "f": "xy"},
        {"want": "gradient", "f": "xy", "at": "1,2,3"},
    ],
    ids=str,
)
def test_what_cannot_be_read_is_refused_before_a_worker_is_asked(options: dict[str, str]) -> None:
    with pytest.raises(Refused):
        TOPICS["check"].read(options | {"answer": "1"})
