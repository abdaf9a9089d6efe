"""Exercises are marked by the same judging: spellings, and what costs no try."""

from dataclasses import replace

import pytest

from engine import marking
from engine.errors import Refused, WrongForm, WrongKind
from engine.exercises import FAMILIES
from engine.marking import is_about, mark
from engine.reading import read_expression

FAMILY, SEED = "grad.at", 7


@pytest.mark.parametrize(
    "answer",
    [
        "(3, -12)",
        "<3,-12>",
        "[3; -12]",
        "∇f = (3, −12)",
        "3i-12j",
        "-12j + 3i",
        "x=3, y=-12",
        "3(1,-4)",
        "(6/2, -12.0)",
    ],
)
def test_every_spelling_of_the_right_vector_is_right(answer: str) -> None:
    assert mark(FAMILY, 1, SEED, {}, answer).verdict == "right"


@pytest.mark.parametrize("answer", ["(-12, 3)", "(3, 12)", "3i+12j", "x=-12, y=3", "(3, -12.1)"])
def test_a_wrong_vector_is_wrong(answer: str) -> None:
    assert mark(FAMILY, 1, SEED, {}, answer).verdict == "wrong"


def test_a_rounded_decimal_costs_no_try(monkeypatch: pytest.MonkeyPatch) -> None:
    posed = FAMILIES[FAMILY].pose(SEED, {})
    thirds = replace(FAMILIES[FAMILY], pose=lambda *_: replace(posed, answer=("1/3", "2")))
    monkeypatch.setattr(marking, "find", lambda *_: thirds)
    with pytest.raises(WrongForm, match="That is rounded") as refused:
        mark(FAMILY, 1, SEED, {}, "(0.33, 2)")
    assert refused.value.option == "value"


@pytest.mark.parametrize("answer", ["27", "y = 3x", "(3, -12), (1, 1)"])
def test_another_kind_of_thing_is_named_at_the_option_value(answer: str) -> None:
    with pytest.raises(Refused) as refused:
        mark(FAMILY, 1, SEED, {}, answer)
    assert refused.value.option == "value"


def test_a_number_is_named_as_one() -> None:
    with pytest.raises(WrongKind, match="This is a number; a vector is asked for"):
        mark(FAMILY, 1, SEED, {}, "27")


@pytest.mark.parametrize(
    ("f", "is_it"),
    [
        ("-4x^2y+4y^2-5x", True),
        ("4y^2-4yx^2-5x+7", True),
        ("4y^2-4yx^2-5x+sqrt(2)", True),
        ("4y^2-4yx^2-5x+x/10^9", False),
        ("x^2+y^2", False),
    ],
)
def test_a_function_is_about_an_exercise_up_to_a_constant(f: str, *, is_it: bool) -> None:
    assert is_about(FAMILY, 1, SEED, {}, read_expression(f)) is is_it
