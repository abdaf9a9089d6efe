"""/check: answers to what Nabla can compute itself."""

from collections.abc import Callable

import pytest

from engine.errors import (
    NotANumber,
    NotInDomain,
    NotSupported,
    Refused,
    TooLarge,
    WrongForm,
    WrongUsage,
)
from engine.values import Json

Data = Callable[..., Json]
F = "x^3-3xy+y^3"
HILL = "100x+80y-x^2-y^2-0.5x*y"

RIGHT = [
    {"want": "partial", "f": "sin(xy)", "wrt": "x", "answer": "y cos(xy)"},
    {"want": "partial", "f": "x^2y", "wrt": "xy", "answer": "2x"},
    {"want": "partial", "f": "x^2y", "wrt": "x", "at": "1,2", "answer": "4"},
    {"want": "gradient", "f": "x^2+y^2", "answer": "2x i + 2y j"},
    {"want": "gradient", "f": "x^2+y^2", "at": "1,2", "answer": "x=2, y=4"},
    {"want": "hessian", "f": F, "answer": "[[6x,-3],[-3,6y]]"},
    {"want": "hessian", "f": F, "at": "1,1", "answer": "[[6,-3],[-3,6]]"},
    {"want": "discriminant", "f": F, "answer": "36xy-9"},
    {"want": "discriminant", "f": F, "at": "1,1", "answer": "27"},
    {"want": "classify", "f": F, "at": "0,0", "answer": "saddle"},
    {"want": "classify", "f": "x^2+y^4", "at": "0,0", "answer": "local minimum"},
    {"want": "classify", "f": "x^2+y^4", "at": "0,0", "answer": "the test is inconclusive"},
    {"want": "critical", "f": F, "answer": "(1,1), (0,0)"},
    {"want": "critical", "f": HILL, "answer": "(42.667, 29.333)"},
    {"want": "critical", "f": "x+y", "answer": "none"},
    {"want": "steepest", "f": "x^2y+y^2", "at": "2,1", "answer": "(2/sqrt(13), 3/sqrt(13))"},
    {"want": "steepest", "f": "x^2y+y^2", "at": "2,1", "ask": "descent_unit", "answer": "-(2,3)/sqrt(13)"},
    {"want": "steepest", "f": "x^2y+y^2", "at": "2,1", "ask": "max_rate", "answer": "sqrt(52)"},
    {"want": "steepest", "f": "x^2y+y^2", "at": "2,1", "answer": "(0.555, 0.83205)"},
    {"want": "directional", "f": "3x^2+4xy-y^2+5", "at": "1,2", "along": "3,4", "answer": "8.4"},
    {"want": "directional", "f": "3x^2+4xy-y^2+5", "at": "1,2", "along": "to (4,6)", "answer": "42/5"},
    {"want": "tangent", "f": "x^2+y^2", "at": "1,1", "answer": "z = 2x + 2y - 2"},
    {"want": "tangent", "f": "x^2+y^2", "at": "1,1", "answer": "2x + 2y - z = 2"},
    {"want": "step", "f": "x^2+xy+y^2", "at": "1,2", "rate": "0.1", "answer": "(0.6, 1.5)"},
    {"want": "step", "f": "x^2", "at": "1", "rate": "0.25", "steps": "2", "answer": "(0.25)"},
    {"want": "rate-limit", "f": "2x^2+xy+2y^2", "answer": "2/5"},
]
WRONG = [
    {"want": "partial", "f": "sin(xy)", "wrt": "x", "answer": "x cos(xy)"},
    {"want": "hessian", "f": F, "at": "1,1", "answer": "[[6,3],[3,6]]"},
    {"want": "discriminant", "f": F, "at": "1,1", "answer": "-27"},
    {"want": "classify", "f": "x^2+y^4", "at": "0,0", "answer": "saddle"},
    {"want": "classify", "f": F, "at": "1,1", "answer": "inconclusive"},
    {"want": "critical", "f": F, "answer": "(0,0)"},
    {"want": "critical", "f": HILL, "answer": "(44, 31)"},
    {"want": "steepest", "f": "x^2y+y^2", "at": "2,1", "answer": "(-3, 2)/sqrt(13)"},
    {"want": "directional", "f": "3x^2+4xy-y^2+5", "at": "1,2", "along": "3,4", "answer": "42"},
    {"want": "directional", "f": "3x^2+2xy+y^3", "at": "1,2", "along": "3,4", "answer": "17.205"},
    {"want": "steepest", "f": "x^2y+y^2", "at": "2,1", "answer": "(0.555, 0.833)"},
    {"want": "tangent", "f": "x^2+y^2", "at": "1,1", "answer": "z = 2x + 2y"},
    {"want": "step", "f": "x^2+xy+y^2", "at": "1,2", "rate": "0.1", "answer": "(0.6, 1.54)"},
    {"want": "rate-limit", "f": "2x^2+xy+2y^2", "answer": "1/5"},
]
REFUSED: list[tuple[dict[str, str], type[Refused], str]] = [
    ({"want": "gradient", "answer": "(1,1)"}, WrongUsage, "f"),
    ({"want": "love", "f": "xy", "answer": "1"}, WrongUsage, "want"),
    ({"want": "step", "f": "xy", "at": "1,2", "answer": "(1,2)"}, WrongUsage, "rate"),
    ({"want": "step", "f": "xy", "at": "1,2", "rate": "0.1", "steps": "99", "answer": "(1,2)"}, TooLarge, "steps"),
    ({"want": "step", "f": "xy", "at": "1,2", "rate": "0.1", "steps": "two", "answer": "(1,2)"}, WrongUsage, "steps"),
    ({"want": "classify", "f": "xy", "answer": "saddle"}, WrongUsage, "at"),
    ({"want": "classify", "f": "xy", "at": "1,1", "answer": "saddle"}, NotInDomain, "at"),
    ({"want": "directional", "f": "xy", "at": "1,1", "along": "0,0", "answer": "1"}, NotInDomain, "along"),
    ({"want": "steepest", "f": "xy", "at": "0,0", "answer": "(1,0)"}, NotInDomain, "at"),
    ({"want": "steepest", "f": "xy", "at": "1,1", "answer": "(1,1)"}, WrongForm, "answer"),
    ({"want": "critical", "f": "sin(x)", "answer": "0"}, NotSupported, "f"),
    ({"want": "gradient", "f": "xy", "at": "1,1", "answer": "(y, x)"}, NotANumber, "answer"),
    ({"want": "partial", "f": "xy", "answer": "y"}, WrongUsage, "wrt"),
    ({"want": "partial", "f": "xy", "wrt": "z", "answer": "y"}, WrongUsage, "wrt"),
    ({"want": "rate-limit", "f": "x^3", "answer": "1"}, NotSupported, "f"),
]


@pytest.mark.parametrize("options", RIGHT, ids=str)
def test_the_right_answer_is_right(data: Data, options: dict[str, str]) -> None:
    assert data("check", **options)["verdict"] == "right"


@pytest.mark.parametrize("options", WRONG, ids=str)
def test_a_wrong_answer_is_wrong(data: Data, options: dict[str, str]) -> None:
    assert data("check", **options)["verdict"] == "wrong"


@pytest.mark.parametrize(("options", "refusal", "option"), REFUSED, ids=str)
def test_what_cannot_be_checked_is_refused_at_its_option(
    data: Data, options: dict[str, str], refusal: type[Refused], option: str
) -> None:
    with pytest.raises(refusal) as refused:
        data("check", **options)
    assert refused.value.option == option


@pytest.mark.parametrize(
    ("answer", "mistake"), [("(4, 1)", "components-swapped"), ("(-1, -4)", "ascent-descent-confused")]
)
def test_a_known_mistake_at_a_point_is_named(data: Data, answer: str, mistake: str) -> None:
    found = data("check", want="gradient", f="x^2+4y-x", at="1,2", answer=answer)
    assert found["mistakes"] == [mistake]


def test_a_wrong_answer_without_a_known_mistake_names_none(data: Data) -> None:
    assert data("check", want="gradient", f="x^2+4y-x", at="1,2", answer="(7, 9)")["mistakes"] == []


def test_components_say_which_parts_are_right(data: Data) -> None:
    found = data("check", want="gradient", f="x^2+y^2", at="1,2", answer="(2, 5)")
    assert (found["components"], found["why"]) == ([True, False], "The first component is right.")


WAVE = "x^2+y^2+sin(x*y)/3+e^x"


def test_a_list_that_is_proven_in_a_window_only_stays_open(data: Data) -> None:
    answer = "(0, -0.5671), (4.842, -1.586), (-4.842, -1.586)"
    assert data("check", want="critical", f="x*e^y+y*sin(x)", answer=answer)["verdict"] == "undecided"


@pytest.mark.parametrize("answer", ["(-0.3591, 0.05984)", "min at (-0.3591, 0.05984)"])
def test_a_list_that_is_proven_everywhere_is_right_in_decimals(data: Data, answer: str) -> None:
    assert data("check", want="critical", f=WAVE, answer=answer)["verdict"] == "right"


@pytest.mark.parametrize("answer", ["(1,1)", "none", "(-0.3591, 0.05984), (1.00, 7.00)"])
def test_a_list_that_misses_a_proven_point_or_has_a_wrong_one_is_wrong_all_the_same(data: Data, answer: str) -> None:
    assert data("check", want="critical", f=WAVE, answer=answer)["verdict"] == "wrong"


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        (F, "saddle at (0,0); min at (1,1)"),
        (F, "(1,1): local minimum, (0,0): neither"),
        (HILL, "max at (42.667, 29.333)"),
        ("x^4-2x^2+y^2", "saddle at (0,0), min at (±1,0)"),
        ("x^2+y^4", "min at (0,0)"),
        ("x^2+y^4", "inconclusive at (0,0)"),
        ("x^3-3x", "max at x=-1, min at x=1"),
    ],
)
def test_critical_points_may_come_with_their_labels(data: Data, f: str, answer: str) -> None:
    assert data("check", want="critical", f=f, answer=answer)["verdict"] == "right"


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        (F, "saddle at (0,0); max at (1,1)"),
        (F, "saddle at (0,0)"),
        (F, "saddle at (1,1); min at (0,0)"),
        (F, "inconclusive at (0,0); min at (1,1)"),
        (F, "saddle at (0,0); min at (1,1); min at (2,2)"),
        ("x^2+y^4", "saddle at (0,0)"),
    ],
)
def test_a_wrong_label_at_a_critical_point_is_wrong(data: Data, f: str, answer: str) -> None:
    assert data("check", want="critical", f=f, answer=answer)["verdict"] == "wrong"


@pytest.mark.parametrize("answer", ["y-1=2(x-1)", "2x-y=1", "z=2x-1", "2x-1"])
def test_a_tangent_line_may_be_an_equation(data: Data, answer: str) -> None:
    assert data("check", want="tangent", f="x^2", at="1", answer=answer)["verdict"] == "right"


@pytest.mark.parametrize(
    ("answer", "verdict"), [("lr < 2/5", "right"), ("0 < η < 0.4", "right"), ("lr < 0.5", "wrong")]
)
def test_a_limit_may_be_what_the_rate_stays_below(data: Data, answer: str, verdict: str) -> None:
    assert data("check", want="rate-limit", f="2x^2+xy+2y^2", answer=answer)["verdict"] == verdict


@pytest.mark.parametrize("answer", ["lr > 0.4", "lr <= 0.4", "0.4 < lr"])
def test_a_rate_on_the_other_side_is_no_limit(data: Data, answer: str) -> None:
    with pytest.raises(Refused):
        data("check", want="rate-limit", f="2x^2+xy+2y^2", answer=answer)


@pytest.mark.parametrize(("extra", "verdict"), [("8.915", "undecided"), ("8.916", "wrong"), ("20.3", "wrong")])
def test_a_rounded_critical_point_outside_of_the_window_is_not_called_wrong(
    data: Data, extra: str, verdict: str
) -> None:
    listed = f"-4.3331, -2.0218, 2.1858, 4.0077, {extra}"
    assert data("check", want="critical", f="sin(x)+x/2*e^(x/30)", answer=listed)["verdict"] == verdict
