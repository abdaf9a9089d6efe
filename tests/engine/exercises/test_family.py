"""Families stand beside their older versions."""

from collections.abc import Iterator

import pytest

from engine.errors import WrongUsage
from engine.exercises import FAMILIES, find
from engine.exercises.family import _EVERY_VERSION, Problem, family
from engine.marking import mark, pose
from engine.values import Json


def _problem(answer: str) -> Problem:
    return Problem(f"What is {answer}?", "x", "vector", ("x", "y"), (answer, "0"), (), ())


@pytest.fixture
def risen() -> Iterator[str]:
    """Give a family whose version has just risen from 1 to 2."""
    for version in (2, 1):

        @family("test.risen", concept="none", version=version, title="risen")
        def _pose(_seed: int, _given: Json, version: int = version) -> Problem:
            return _problem(str(version))

    yield "test.risen"
    del FAMILIES["test.risen"], _EVERY_VERSION["test.risen", 1], _EVERY_VERSION["test.risen", 2]


def test_a_new_exercise_is_of_the_newest_version(risen: str) -> None:
    assert pose(risen, 1, {}).version == 2


def test_an_exercise_of_an_older_version_is_shown_as_it_was_posed(risen: str) -> None:
    assert pose(risen, 1, {}, 1).statement == "What is 1?"


def test_an_answer_is_marked_in_the_version_it_was_posed_in(risen: str) -> None:
    assert mark(risen, 1, 1, {}, "(1, 0)").verdict == "right"
    assert mark(risen, 2, 1, {}, "(1, 0)").verdict == "wrong"


def test_a_version_that_is_gone_is_refused(risen: str) -> None:
    with pytest.raises(WrongUsage, match="version 3, are not here any more"):
        find(risen, 3)
