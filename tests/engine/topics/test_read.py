"""Reading as a topic: what was read, and what else it could mean."""

from collections.abc import Callable

import pytest

from engine.errors import WrongKind, WrongUsage
from engine.reading.kinds import KINDS
from engine.topics import TOPICS
from engine.values import Json, Worked

Data = Callable[..., Json]

SAMPLES = {
    "expression": ("x^2 y", "x**2*y"),
    "expression up to a constant": ("x^2 + C", "x**2 + C"),
    "vector": ("2x i + 2y j", ["2*x", "2*y"]),
    "matrix": ("[[2, 1], [1, x]]", [["2", "1"], ["1", "x"]]),
    "point": ("x=1 y=1/2", ["1", "1/2"]),
    "points": ("(0, ±1)", [["0", "1"], ["0", "-1"]]),
    "set": ("{-1, 2}", ["-1", "2"]),
    "number": ("sqrt(2)/2", "sqrt(2)/2"),
    "interval": ("0 <= x < 2", "[0, 2)"),
    "unit direction": ("<3, 4>/5", ["3/5", "4/5"]),
    "direction": ("to (4, 5)", {"to": ["4", "5"]}),
    "direction either way": ("(2, -1)", ["2", "-1"]),
    "relation": ("x + y <= 1", ["x + y", "<=", "1"]),
    "limit": ("d.n.e.", "DNE"),
    "label": ("rel. min", "local minimum"),
    "label at point": ("a saddle at the origin", [["saddle point", ["0", "0"]]]),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_value(data: Data, kind: str) -> None:
    text, value = SAMPLES[kind]
    found = data("read", text=text, **{"as": kind}, variables="x, y")
    assert (found["kind"], found["value"]) == (kind, value)


def test_every_kind_is_a_choice_and_asked_for_in_a_group() -> None:
    chosen = next(option for option in TOPICS["read"].options if option.name == "as")
    assert (chosen.choices, chosen.required, TOPICS["read"].group) == (KINDS, False, "tools")


def test_the_other_reading_of_a_doubtful_text_is_read_as_well(worked: Callable[..., Worked]) -> None:
    answer = worked("read", text="1/2x")
    assert (answer.data["value"], answer.data["ambiguous"], answer.data["readings"]) == ("1/2*x", True, ["1/(2*x)"])
    assert answer.actions == ("/read text=1/(2x) as=expression",)


def test_the_lines_say_what_was_read(worked: Callable[..., Worked]) -> None:
    lines = worked("read", text="<2y, x>", **{"as": "vector"}).lines
    assert lines == ("(2y, x)", "I read this as a vector in x, y.")


def test_left_out_the_kind_is_what_the_text_looks_like(data: Data) -> None:
    assert data("read", text="(0, 2]")["kind"] == "interval"


def test_a_sure_text_has_no_other_readings(data: Data) -> None:
    found = data("read", text="2x + y")
    assert (found["ambiguous"], found["readings"], found["variables"]) == (False, [], ["x", "y"])


def test_a_wrong_kind_is_refused_before_a_worker_is_asked() -> None:
    with pytest.raises(WrongKind) as refused:
        TOPICS["read"].read({"text": "14", "as": "vector", "variables": "x, y"})
    assert (refused.value.option, refused.value.span) == ("text", (0, 2))


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(WrongUsage):
        TOPICS["read"].read({"text": "14", "as": "colour"})
