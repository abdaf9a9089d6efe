"""Judging as the tests say it: an answer, a reference, what is asked for."""

from collections.abc import Callable

import pytest

from engine.judging.judge import judge
from engine.judging.question import Judged, read_question
from engine.judging.sameness import Verdict, same
from engine.reading import read_expression

Ask = Callable[..., Judged]


@pytest.fixture
def ask() -> Ask:
    """Judge an answer; `names` are the variables, apart by spaces."""

    def asked(answer: str, reference: str, kind: str = "expression", names: str = "", **options: str) -> Judged:
        return judge(answer, reference, read_question(kind, tuple(names.split()), **options))

    return asked


@pytest.fixture
def compared() -> Callable[..., Verdict]:
    """Compare two expressions as functions."""

    def asked(answer: str, reference: str, seed: int = 1) -> Verdict:
        return same(read_expression(answer).tree, read_expression(reference).tree, seed=seed)

    return asked
