"""What could have been typed, from what refusals suggest."""

from collections.abc import Mapping

import pytest

from bot.mending import mended
from engine.errors import Refused, Unreadable
from engine.topics import TOPICS

GRADIENT = TOPICS["grad"].read


def refused(options: Mapping[str, str]) -> Refused:
    with pytest.raises(Refused) as found:
        GRADIENT(options)
    return found.value


def lines(**options: str) -> list[dict[str, str]]:
    return [dict(each) for each in mended(GRADIENT, options, refused(options))]


@pytest.mark.parametrize(
    ("typed", "mended_to"),
    [
        ("2x^2 + 3*sin(x y", "2x^2 + 3*sin(x y)"),
        ("x^2 + y)", "x^2 + y"),
        ("x + y))", "x + y"),
        ("sin(cos(x", "sin(cos(x))"),
        ("x^2 + * y", "x^2 + y"),
    ],
)
def test_a_function_is_mended_where_it_is_sure(typed: str, mended_to: str) -> None:
    assert lines(f=typed)[0] == {"f": mended_to}


def test_what_else_was_typed_stays() -> None:
    assert lines(f="x^2 + y)", at="1,2")[0] == {"f": "x^2 + y", "at": "1,2"}


def test_faults_in_two_options_are_mended_together() -> None:
    assert lines(f="x^2 + y^2 + z)", at="1,2")[0] == {"f": "x^2 + y^2 + z", "at": "1,2,1"}


def test_a_point_keeps_what_was_typed() -> None:
    assert lines(f="x + y + z", at="(-1/2, 2)")[0]["at"] == "-1/2,2,1"


def test_a_point_that_is_too_long_loses_its_end() -> None:
    assert lines(f="x + y", at="3,4,5")[0]["at"] == "3,4"


def test_nothing_is_offered_that_would_be_refused_again() -> None:
    assert lines(f="(((((((((x") == [] or all(GRADIENT(each) for each in lines(f="(((((((((x"))


def test_what_is_readable_as_it_is_has_nothing_to_mend() -> None:
    late = Unreadable("Too late.", option="f", span=(0, 1), suggestions=("y",))
    assert mended(GRADIENT, {"f": "x"}, late) == ()


def test_suggestions_that_never_end_are_given_up() -> None:
    def never(_: Mapping[str, str]) -> None:
        raise Unreadable("No.", option="f", span=(0, 0), suggestions=("x",))

    with pytest.raises(Unreadable) as found:
        never({"f": "y"})
    assert mended(never, {"f": "y"}, found.value) == ()
