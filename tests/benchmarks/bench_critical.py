"""How many critical points are found, how many of the lists are proven to be whole, and how quickly.

NABLA_CORPORA names a folder with critical_points.json in place of the one in tests/corpora; as a script,
`python -m tests.benchmarks.bench_critical FILE` takes another file. Numbers are printed; only a wrong list
that is said to be proven can fail a run.
"""

import json
import math
import os
import signal
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sympy

from engine.building import build
from engine.critical import find
from engine.desk import solve
from engine.errors import Refused
from engine.reading import read_expression
from engine.values import Budget
from tests.engine.critical.planted import REACH, X, Y, planted

CORPORA = Path(os.environ.get("NABLA_CORPORA", Path(__file__).parents[1] / "corpora"))
KINDS = {"min": "local minimum", "max": "local maximum", "saddle": "saddle point"}
NEAR = 1e-6
PLANTED = 100
SECONDS_FOR_SYMPY = 2
Item = dict[str, Any]
Points = list[tuple[tuple[float, ...], str]]


def budget() -> Budget:
    """Return the budget of a learner's question."""
    started = time.monotonic()
    return Budget(deadline=started + 3.0, now=time.monotonic, started=started)


def wanted(item: Item) -> Points:
    """Return the points of an item with their kinds, extrema at kinks among them."""
    smooth = [(tuple(map(float, p["decimal"])), KINDS[p["class"]]) for p in item["points"] if p["decimal"]]
    rough = [
        (tuple(float(sympy.Rational(c)) for c in each["where"].strip("()").split(",")), KINDS[each["class"]])
        for each in item["nonsmooth"]
        if each["class"] in KINDS
    ]
    return [*smooth, *rough]


def alike(found: Points, right: Points) -> bool:
    """Tell whether two lists have the same points with the same kinds."""
    left = list(right)
    for at, kind in found:
        match = [each for each in left if each[1] == kind and math.dist(at, each[0]) < NEAR]
        if not match:
            return False
        left.remove(match[0])
    return not left


def options(item: Item) -> dict[str, str]:
    """Return the options of the command for an item."""
    given = {"f": f"f({', '.join(item['vars'])}) = {item['expr']}"}
    if item["window"]:
        ranges = zip(item["vars"], item["window"], strict=True)
        given["window"] = ", ".join(f"{name}={low}..{high}" for name, (low, high) in ranges)
    return given


def judged(item: Item) -> tuple[bool, str]:
    """Return whether the answer to an item is right and complete, and what it says about that."""
    try:
        data = solve("critical", options(item), budget=budget()).data
    except Refused:
        return False, "refused"
    if item["kind"] == "param":
        exact = [(tuple(p["at"]), p["kind"]) for p in data["points"]]
        return exact == [(tuple(p["exact"]), KINDS[p["class"]]) for p in item["points"]], data["complete"]
    found = [(tuple(p["decimal"]), p["kind"]) for p in data["points"]]
    return alike(found, wanted(item)) and bool(data["sets"]) == bool(item["sets"]), data["complete"]


@contextmanager
def alarm(seconds: int) -> Iterator[None]:
    """Interrupt what takes longer."""

    def interrupt(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def by_sympy(item: Item) -> None:
    """Solve gradient = 0 as one would without Nabla."""
    f = build(read_expression(item["expr"]).tree)
    names = [sympy.Symbol(name, real=True) for name in item["vars"]]
    try:
        with alarm(SECONDS_FOR_SYMPY):
            sympy.solve([sympy.diff(f, v) for v in names], names, dict=True)
    except Exception:  # noqa: BLE001, S110 - it fails in many ways; only its time is wanted
        pass


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds of a piece of work, SymPy's cache cleared before."""
    sympy.core.cache.clear_cache()
    started = time.process_time()
    work()
    return time.process_time() - started


def measured(items: list[Item], *, sympy_too: bool) -> Counter[str]:
    """Print what comes of the items, and return the counts."""
    counts: Counter[str] = Counter()
    seconds, theirs = [], 0.0
    for item in items:
        outcome: list[tuple[bool, str]] = []
        seconds.append(cpu(lambda item=item, outcome=outcome: outcome.append(judged(item))))  # type: ignore[misc]
        right, complete = outcome[0]
        counts["right"] += right
        counts[complete] += 1
        counts["right and proven"] += right and "proven" in complete and complete != "not proven"
        if not right:
            print(f"  {item['id']}: not right, {complete}")
            counts["wrong while proven"] += complete in ("proven", "proven in window")
        theirs += cpu(lambda item=item: by_sympy(item)) if sympy_too else 0.0  # type: ignore[misc]
    ordered = sorted(seconds)
    everywhere, inside = counts["proven"], counts["proven in window"]
    print(f"right and complete: {counts['right']} of {len(items)}")
    print(f"right and proven: {counts['right and proven']}")
    print(f"said to be proven everywhere: {everywhere}, in a window: {inside}")
    print(f"wrong while proven: {counts['wrong while proven']}; refused: {counts['refused']}")
    last = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]
    print(f"CPU: p50 {statistics.median(ordered):.3f} s, p99 {last:.3f} s, most {ordered[-1]:.3f} s")
    if sympy_too:
        print(f"CPU of SymPy's solve, {SECONDS_FOR_SYMPY} s at most each, over ours: {theirs / sum(seconds):.1f}x")
    return counts


def corpus(path: Path) -> list[Item]:
    found: list[Item] = json.loads(path.read_text(encoding="utf-8"))["cases"]
    return found


def test_no_list_of_the_samples_is_wrong_while_it_is_said_to_be_proven() -> None:
    print()
    counts = measured(corpus(CORPORA / "critical_points.json"), sympy_too=True)
    assert counts["wrong while proven"] == 0


def test_no_list_of_a_planted_function_is_wrong_while_it_is_said_to_be_proven() -> None:
    right = proven = wrong = 0
    for seed in range(PLANTED):
        function = planted(seed)
        window = {v: (sympy.Integer(-REACH), sympy.Integer(REACH)) for v in (X, Y)} if function.windowed else None
        found = find(function.f, (X, Y), budget(), window)
        points = [(p.decimal, p.kind) for p in found.points if not window or max(map(abs, p.decimal)) <= REACH]
        good = alike([*points], list(function.points.items()))
        right, proven = right + good, proven + (good and found.complete != "not proven")
        if not good:
            print(f"  planted {seed}: {function.f}: {found.complete}")
            wrong += found.complete != "not proven"
    print(f"\nplanted functions: right {right} of {PLANTED}, right and proven {proven}, wrong while proven {wrong}")
    assert wrong == 0


if __name__ == "__main__":
    for name in sys.argv[1:]:
        measured(corpus(Path(name)), sympy_too=False)
