"""/judge: the data of a verdict."""

from collections.abc import Callable

import pytest

from engine.errors import Refused, WrongForm
from engine.judging.judge import repeat
from engine.topics import TOPICS
from engine.values import Json, Worked

Data = Callable[..., Json]


def test_a_right_answer_is_right_and_proven(data: Data) -> None:
    found = data("judge", answer="2cos(x)sin(x)", reference="sin(2*x)")
    assert (found["verdict"], found["strength"], found["kind"]) == ("right", "identical", "expression")


def test_a_wrong_answer_has_no_strength_and_says_why(data: Data) -> None:
    found = data("judge", answer="sin(x)", reference="cos(x)")
    assert (found["verdict"], found["strength"]) == ("wrong", None)
    assert found["why"].startswith("It has another value")


def test_a_vector_has_components_and_a_matrix_rows_of_them(data: Data) -> None:
    vector = data("judge", answer="(2x, y)", reference="(2*x, 2*y)", variables="x,y", **{"as": "vector"})
    matrix = data("judge", answer="[[1,2],[3,5]]", reference="[[1,2],[3,4]]", **{"as": "matrix"})
    assert vector["components"] == [True, False]
    assert matrix["components"] == [[True, True], [True, False]]


def test_domain_tolerance_and_form_are_options(data: Data) -> None:
    assert data("judge", answer="|x|", reference="x", domain="x>0")["verdict"] == "right"
    assert (
        data("judge", answer="2.24", reference="sqrt(5)", tolerance="3 digits", **{"as": "number"})["verdict"]
        == "right"
    )
    with pytest.raises(WrongForm):
        data("judge", answer="x^2-1", reference="x^2-1", form="factored")


def test_the_receipt_repeats_the_verdict(data: Data) -> None:
    found = data("judge", answer="x^2+x", reference="x*(x+1)")
    assert repeat(found["receipt"]).verdict == found["verdict"]


def test_a_refusal_names_its_option(data: Data) -> None:
    with pytest.raises(Refused) as refused:
        data("judge", answer="x +* 2", reference="x")
    assert refused.value.option == "answer"


def test_what_is_said_tells_proof_from_looking(worked: Callable[..., Worked]) -> None:
    proven = worked("judge", answer="x+x", reference="2x").lines
    seen = worked("judge", answer="sqrt(2+sqrt(3))", reference="(sqrt(6)+sqrt(2))/2").lines
    assert (proven, seen) == (("Right: proven to be the same.",), ("Right, as far as I looked.",))


def test_it_stands_among_the_tools() -> None:
    assert TOPICS["judge"].group == "tools"
