"""How many lists of critical points are right for functions whose lists are known because they were made from them.

`python -m tests.benchmarks.bench_planted FIRST LAST` takes other functions: those of the seeds FIRST to LAST - 1.
"""

import sys
from collections import Counter

import pytest

from tests.benchmarks.samples import answered, spread
from tests.engine.critical.planted_marks import marks, options
from tests.engine.critical.planting import grown

FUNCTIONS = 500
LEAST_RIGHT, LEAST_PROVEN = 0.97, 0.9


def measured(seeds: range) -> tuple[str, Counter[str]]:
    """Return the line to print, and the counts; what is not right is printed by its seed."""
    counts: Counter[str] = Counter()
    seconds = []
    for seed in seeds:
        function = grown(seed)
        data, taken = answered("critical", options(function))
        seconds.append(taken)
        counts.update(refused=data is None)
        if data is None:
            print(f"  {seed} ({function.sort}): refused: {function.f}")
            continue
        found, proven = marks(function, data), data["complete"] != "not proven"
        counts.update(right=found.right, proven=proven, wrong=bool(found.false), undecided=bool(found.undecided))
        if not found.right:
            print(
                f"  {seed} ({function.sort}): {data['complete']}: {[*found.false, *found.undecided][0]}: {function.f}"
            )
    total = len(seeds)
    line = (
        f"planted: complete and right {100 * counts['right'] / total:.1f} % of {total}, said proven "
        f"{100 * counts['proven'] / total:.1f} %, false statements in {counts['wrong']}, refused {counts['refused']}; "
        f"{spread(seconds)}"
    )
    return line, counts


@pytest.mark.timeout(900)
def test_nothing_false_is_said_of_planted_functions() -> None:
    line, counts = measured(range(FUNCTIONS))
    print(f"\n{line}")
    assert counts["wrong"] == 0
    assert counts["right"] >= LEAST_RIGHT * FUNCTIONS
    assert counts["proven"] >= LEAST_PROVEN * FUNCTIONS


if __name__ == "__main__":
    print(measured(range(*map(int, sys.argv[1:])))[0])
