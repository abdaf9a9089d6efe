"""How many critical points are found, how many of the lists are proven to be whole, and how quickly.

NABLA_CORPORA names a folder with critical_points.json in place of the one in tests/corpora; as a script,
`python -m tests.benchmarks.bench_critical FILE` takes another file. Numbers are printed; only a wrong list
that is said to be proven can fail a run.
"""

import math
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sympy

from engine.building import build
from engine.critical import find
from engine.desk import solve
from engine.errors import Refused
from engine.reading import read_expression
from engine.values import Budget
from tests.benchmarks.samples import CORPORA, Item, cases, spread
from tests.engine.critical.planted import REACH, X, Y, planted

KINDS = {"min": "local minimum", "max": "local maximum", "saddle": "saddle point"}
NEAR = 1e-6
PLANTED = 100
SECONDS_FOR_SYMPY = 2
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


def by_sympy(item: Item) -> list[tuple[float, ...]]:
    """Return the real points where SymPy's solve finds the gradient zero; none where it fails or takes too long."""
    f = build(read_expression(item["expr"]).tree)
    names = [sympy.Symbol(name, real=True) for name in item["vars"]]
    try:
        with alarm(SECONDS_FOR_SYMPY):
            solved = sympy.solve([sympy.diff(f, v) for v in names], names, dict=True)
            return [tuple(float(each[v]) for v in names) for each in solved]
    except Exception:  # noqa: BLE001 - it fails in many ways
        return []


def has_all(found: list[tuple[float, ...]], item: Item) -> bool:
    """Tell whether a list has each point of an item, and nothing else."""
    places = [at for at, _ in wanted(item)]
    return len(places) == len(found) > 0 and all(min(math.dist(at, each) for each in found) < NEAR for at in places)


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds of a piece of work, SymPy's cache cleared before."""
    sympy.core.cache.clear_cache()
    started = time.process_time()
    work()
    return time.process_time() - started


def measured(items: list[Item], *, sympy_too: bool) -> tuple[str, Counter[str]]:
    """Return the line to print about the items, and the counts; what is not right is printed by its name."""
    counts: Counter[str] = Counter()
    seconds, both, theirs = [], 0.0, 0.0
    for item in items:
        outcome: list[tuple[bool, str]] = []
        seconds.append(cpu(lambda item=item, outcome=outcome: outcome.append(judged(item))))  # type: ignore[misc]
        right, complete = outcome[0]
        proven = complete in {"proven", "proven in window"}
        counts.update(right=right, proven=proven, refused=complete == "refused", wrong=proven and not right)
        if not right:
            print(f"  {item['id']}: not right, {complete}")
        if sympy_too and right:
            solved: list[list[tuple[float, ...]]] = []
            taken = cpu(lambda item=item, solved=solved: solved.append(by_sympy(item)))  # type: ignore[misc]
            if has_all(solved[0], item):
                both, theirs = both + seconds[-1], theirs + taken
                counts["both"] += 1
    total = len(items)
    ratio = (
        f"; SymPy's solve over ours where both are complete ({counts['both']}): {theirs / both:.2f}x" if both else ""
    )
    line = (
        f"critical: complete and right {100 * counts['right'] / total:.1f} % of {total}, said proven "
        f"{100 * counts['proven'] / total:.1f} %, wrong while proven {counts['wrong']}, refused {counts['refused']}; "
        f"{spread(seconds)}{ratio}"
    )
    return line, counts


def test_no_list_of_the_samples_is_wrong_while_it_is_said_to_be_proven() -> None:
    line, counts = measured(cases(CORPORA / "critical_points.json"), sympy_too=True)
    print(f"\n{line}")
    assert counts["wrong"] == 0


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
        print(measured(cases(Path(name)), sympy_too=True)[0])
