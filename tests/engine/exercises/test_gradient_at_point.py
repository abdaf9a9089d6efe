"""The family "gradient at a point": the same for ever, nice, and right by an independent way."""

import hashlib
import re

import pytest
import sympy

from engine.errors import NotANumber, Refused, WrongKind, WrongLength, WrongUsage
from engine.exercises import FAMILIES
from engine.marking import hint, mark, pose
from engine.values import Marked

FAMILY = "grad.at"


def marked(seed: int, answer: str) -> Marked:
    return mark(FAMILY, 1, seed, {}, answer)


def truth(seed: int) -> tuple[int, int]:
    """Work the answer out by SymPy from the statement's own text."""
    statement = pose(FAMILY, seed, {}).statement
    f, a, b = re.search(r"= (.+)\n.* at \((-?\d+), (-?\d+)\)", statement).groups()  # type: ignore[union-attr]
    text = re.sub(r"(\d|[xy²³])(?=[xy])", r"\1*", f).replace("²", "**2").replace("³", "**3")
    x, y = sympy.symbols("x y")
    expression = sympy.sympify(text)
    at = {x: int(a), y: int(b)}
    return (int(expression.diff(x).subs(at)), int(expression.diff(y).subs(at)))


def test_a_seed_poses_the_same_exercise_for_ever() -> None:
    statements = "\n".join(pose(FAMILY, seed, {}).statement for seed in range(300))
    assert hashlib.sha256(statements.encode()).hexdigest()[:16] == "fa5efffda4c15161"


@pytest.mark.parametrize("seed", range(0, 300, 3))
def test_the_right_answer_is_right_in_every_spelling(seed: int) -> None:
    a, b = truth(seed)
    for answer in (f"({a}, {b})", f"<{a},{b}>", f"{a}.0, {2 * b}/2", f"[{a + 1}-1, {b}]"):
        assert marked(seed, answer).verdict == "right"


@pytest.mark.parametrize("seed", range(0, 300, 10))
def test_wrong_answers_are_wrong_and_say_which_part(seed: int) -> None:
    a, b = truth(seed)
    assert marked(seed, f"({a}, {b + 1})").components == (True, False)
    assert marked(seed, f"({a}.001, {b})").verdict == "wrong"


@pytest.mark.parametrize("seed", range(0, 300, 10))
def test_likely_mistakes_are_named(seed: int) -> None:
    a, b = truth(seed)
    assert marked(seed, f"({b}, {a})").mistakes[0] == "components-swapped"
    assert "ascent-descent-confused" in marked(seed, f"({-a}, {-b})").mistakes


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("5", WrongKind), ("(1,2,3)", WrongLength), ("(2x, 2y)", NotANumber), ("what", Refused), ("(1/0, 2)", Refused)],
)
def test_what_is_no_answer_of_this_kind_is_refused(answer: str, kind: type[Refused]) -> None:
    with pytest.raises(kind) as refused:
        marked(1, answer)
    assert refused.value.option == "value"


def test_ten_thousand_seeds_have_nice_numbers() -> None:
    for seed in range(10_000):
        answer = [int(each) for each in FAMILIES[FAMILY].pose(seed, {}).answer]
        assert all(0 < abs(each) <= 60 for each in answer)
        assert abs(answer[0]) != abs(answer[1])


def test_hints_tell_more_and_more_and_end_with_the_last() -> None:
    told = [hint(FAMILY, 1, 7, {}, number) for number in range(1, 7)]
    assert len(set(told)) == 4
    assert told[3] == told[5]


def test_the_first_hint_gives_no_number_away() -> None:
    assert not re.search(r"\d", hint(FAMILY, 1, 7, {}, 1))


def test_another_version_is_refused() -> None:
    with pytest.raises(WrongUsage):
        mark(FAMILY, 99, 1, {}, "(1, 2)")
