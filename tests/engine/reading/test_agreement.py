"""Random formulas, written as a learner may write them, mean to the reader what they meant to the writer.

PYTHONPATH=. python tests/engine/reading/test_agreement.py 20000 7 writes so many, from this seed.
"""

import importlib.util
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.calculus.grids import evaluate
from engine.errors import Refused
from engine.reading import read_expression

_SPEC = importlib.util.spec_from_file_location("blackboard", Path(__file__).with_name("blackboard.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
blackboard: Any = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(blackboard)

POINTS = 6
NAMES = blackboard.NAMES


def places(draw: random.Random) -> list[dict[str, float]]:
    return [{name: draw.uniform(0.2, 2.5) * draw.choice((1, 1, 1, -1)) for name in NAMES} for _ in range(POINTS)]


def read_values(text: str, at: list[dict[str, float]]) -> list[float]:
    tree = read_expression(text).tree
    columns = {name.replace("lambda", "lamda"): np.array([each[name] for each in at]) for name in NAMES}
    return [float(each) for each in evaluate(tree, columns)]


def disagreement(draw: random.Random) -> tuple[str, str]:
    """Return a text and what became of it: "same", "refused: ..", or the values that differ."""
    f, at = blackboard.formula(draw, draw.randint(1, 3)), places(draw)
    text = blackboard.Writer(draw).written(f)[0]
    try:
        found = read_values(text, at)
    except Refused as refused:
        return text, f"refused: {refused.message}"
    for each, there in zip(at, found, strict=True):
        try:
            meant = blackboard.value(f, each)
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
        if there != pytest.approx(meant, rel=1e-6, abs=1e-9):
            return text, f"{meant} was meant, {there} was read"
    return text, "same"


def test_what_is_read_is_what_was_meant() -> None:
    draw = random.Random(7)  # noqa: S311 - formulas to try, no secrets
    found = [disagreement(draw) for _ in range(2000)]
    assert [each for each in found if each[1] != "same" and not each[1].startswith("refused")] == []
    refused = sum(each[1].startswith("refused") for each in found)
    assert refused < 0.1 * len(found)


if __name__ == "__main__":
    drawn = random.Random(int(sys.argv[2]))  # noqa: S311 - the same
    outcomes = [disagreement(drawn) for _ in range(int(sys.argv[1]))]
    for written, became in outcomes:
        if became != "same":
            print(f"{became:80} {written}")
    print(len(outcomes), "formulas,", sum(each[1] == "same" for each in outcomes), "the same")
