"""Are two equations or inequalities the same."""

import pytest

from engine.judging.judge import judge
from engine.judging.question import read_question

RELATION = read_question("relation")


def verdicts(answer: str, reference: str) -> set[str]:
    return {judge(answer, reference, RELATION, seed=seed).verdict for seed in range(5)}


@pytest.mark.parametrize("answer", ["2x=2", "1=x", "x-1=0", "(x-1)^2=0", "-x=-1"])
def test_the_same_line_is_right_however_it_is_written(answer: str) -> None:
    assert verdicts(answer, "x=1") == {"right"}


@pytest.mark.parametrize("answer", ["x=2", "x^2=1", "x*(x-1)=0", "x-1=10^-9", "(x-1)(x-1.0000000001)=0"])
def test_a_relation_with_another_solution_is_wrong(answer: str) -> None:
    assert verdicts(answer, "x=1") == {"wrong"}


# A sign that does not change proves no zero away: these have the same one solution.
@pytest.mark.parametrize("answer", ["|x-1|=0", "(x-1)^2*e^x=0", "sqrt(x-1)=0", "x^3=1", "e^x=e"])
def test_a_relation_with_the_same_solutions_is_never_called_wrong(answer: str) -> None:
    assert "wrong" not in verdicts(answer, "x=1")


@pytest.mark.parametrize("answer", ["1/(x-1)=0", "sign(x-1)=0"])
def test_a_pole_or_a_jump_is_taken_for_no_zero(answer: str) -> None:
    assert "right" not in verdicts(answer, "x=1")
