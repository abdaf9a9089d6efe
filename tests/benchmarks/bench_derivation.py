"""Which rules are named in derivations, and whether every step is true; and how long a derivation takes.

`python -m tests.benchmarks.bench_derivation FILE ..` measures on files of the form of tests/corpora/derivation.json
and prints one line for each. The truth of a step is found in numbers of its own (true_steps.py).
"""

import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sympy

from engine.building import build, symbol
from engine.calculus import derivatives
from engine.derivation import checked, derive
from engine.desk import solve
from engine.errors import Refused
from engine.reading import read_expression
from engine.values import Budget
from tests.benchmarks.samples import CORPORA
from tests.benchmarks.step_numbers import OutsideError, close, everywhere, names_of, parted, value
from tests.benchmarks.true_steps import untrue

Item = Mapping[str, Any]
Data = Mapping[str, Any]

_LABELS = {
    "local minimum": "min",
    "local maximum": "max",
    "saddle point": "saddle",
    "inconclusive": "inconclusive",
}


def _plain(text: object) -> str:
    """Return what an item writes in the form of SymPy: 15t^4 as 15*t**4."""
    return re.sub(r"(\d)([a-zA-Z(])", r"\1*\2", str(text)).replace("^", "**")


def _point(coordinates: Sequence[object]) -> str:
    return f"({','.join(map(str, coordinates))})"


def _asked(item: Item) -> tuple[str, dict[str, str]]:
    """Return the topic and the options that answer an item."""
    f, at = str(item.get("f", "")), _point(item.get("point", ()))
    match item["kind"]:
        case "partial":
            return "partial", {"f": f, "wrt": item["wrt"]}
        case "gradient":
            return "grad", {"f": f}
        case "gradient_at" | "steepest":
            return "grad", {"f": f, "at": at}
        case "directional":
            along = f"to {_point(item['toward'])}" if "toward" in item else _point(item["direction"])
            return "directional", {"f": f, "at": at, "along": along}
        case "hessian":
            return "hessian", {"f": f} | ({"at": at} if "point" in item else {})
        case "classify":
            return "critical", {"f": f, "at": at}
        case "critical_points":
            return "critical", {"f": f}
        case "chain_path":
            inner = ", ".join(f"{name}={item[name]}" for name in ("x", "y", "z") if name in item)
            return "chain", {"f": f, "inner": inner}
        case "mse_gradient":
            pairs = ",".join(f"({x},{y})" for x, y in zip(item["x"], item["y"], strict=True))
            return "loss", {"model": "w*x+b", "data": pairs, "at": f"w={item['w']} b={item['b']}"}
        case "linearise":
            return "tangent", {"f": f, "at": at}
        case "gd_step":
            rate, count = str(item.get("lr", item.get("rate"))), str(item.get("steps", 1))
            goal = str(item.get("goal", "min"))
            return "descent", {"f": f, "start": at, "rate": rate, "steps": count, "goal": goal}
        case "constrained":
            return "optimize", {"f": f, "subject": str(item.get("constraint", item.get("subject")))}
        case "level":
            return "level", {"f": f, "at": at}
        case other:
            raise KeyError(other)


def _last(data: Data, *rules: str) -> str:
    return str(next(each["result"] for each in reversed(data["steps"]) if each["rule"] in rules and not each["depth"]))


def _reached(item: Item, data: Data) -> bool:
    """Tell whether the step that closes the derivation has the item's result."""
    wanted = _plain(item["result"])
    match item["kind"]:
        case "partial" | "gradient":
            return _agree(data["steps"][-1]["result"], wanted)
        case "gradient_at" | "mse_gradient":
            return _agree(_last(data, "evaluate-at-point"), wanted)
        case "steepest":
            return _agree(_last(data, "normalise-direction"), wanted) or _agree(data["norm"], wanted)
        case "directional" | "level":
            return _agree(_last(data, "dot-product"), wanted)
        case "hessian":
            return _agree(_last(data, "evaluate-at-point" if data["at"] else "assemble-matrix"), wanted)
        case "classify":
            return _LABELS[_last(data, "classification-rule", "test-inconclusive")] == str(item["result"])
        case "critical_points":
            return _same_points(parted(_last(data, "solve-system"), "; "), _points(wanted))
        case "chain_path":
            return _agree(_last(data, "substitute-back"), wanted)
        case "linearise":
            return _agree(_last(data, "linear-approximation"), wanted)
        case "gd_step":
            return _agree(_last(data, "descent-update"), wanted)
        case _:
            best = data["best_at"][str(item.get("goal", "max"))]
            return _same_points([f"({', '.join(each)})" for each in best], _points(wanted))


def _points(text: str) -> list[str]:
    """Return the points of a list: (0, 0), (1, 1)."""
    return re.findall(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", text)


def _same_points(one: Sequence[str], other: Sequence[str]) -> bool:
    found, wanted = ([value(each, {}) for each in several] for several in (one, other))
    return len(found) == len(wanted) and all(any(close(a, b, 1e-8) for b in wanted) for a in found)


def _agree(one: str, other: str) -> bool:
    names = sorted(names_of(one) | names_of(other))
    return everywhere(lambda at: close(value(one, at), value(other, at), 1e-8), names)


@dataclass(slots=True)
class Counted:
    """What was counted over a file: how many, how many named all, had something unnecessary, were true, reached."""

    items: int = 0
    named: int = 0
    unnecessary: int = 0
    steps: int = 0
    reached: int = 0
    wrong: tuple[str, ...] = ()

    def line(self) -> str:
        """Return the one line that is printed."""
        true = "every step true" if not self.wrong else f"NOT TRUE {len(self.wrong)} of {self.steps} steps"
        return (
            f"derivation: every named rule present in {self.named} of {self.items}, unnecessary rules in "
            f"{self.unnecessary}, {true}, last step equals the result in {self.reached} of {self.items}"
        )


def measured(path: Path) -> Counted:
    """Return what is counted over the items of a file; every miss is printed to standard error."""
    counted = Counted()
    for item in json.loads(path.read_text(encoding="utf-8"))["items"]:
        counted.items += 1
        try:
            _measure(item, counted)
        except (Refused, KeyError, StopIteration, OutsideError, SyntaxError) as missed:
            print(f"{item['id']}: {type(missed).__name__} {missed}", file=sys.stderr)
    return counted


def _measure(item: Item, counted: Counted) -> None:
    topic, options = _asked(item)
    data = solve(topic, options, budget=Budget(30.0, lambda: 0.0)).data
    names = {each["rule"] for each in data["steps"]}
    missing = {*item["must"]} - names or [group for group in item["any_of"] if not names & {*group}]
    needless = names & {*item["must_not"]}
    false = untrue({**data, "inputs": item.get("x", ())})
    reached = _reached(item, data)
    counted.named += not missing
    counted.unnecessary += bool(needless)
    counted.steps += len(data["steps"])
    counted.wrong += tuple(f"{item['id']} {each['rule']}: {each['input']} => {each['result']}" for each in false)
    counted.reached += reached
    if missing or needless or false or not reached:
        print(f"{item['id']}: {missing=} {needless=} {false=} {reached=}", file=sys.stderr)


FUNCTIONS = (
    ("x^2*y^3+exp(x*y)", "y"),
    ("100x+80y-x^2-y^2-0.5x*y", "x"),
    ("(3x+2y)^4", "x"),
    ("80exp(-((x-3)^2+(y-2)^2)/10)", "x"),
    ("x*y/(x^2+1)", "x"),
    ("ln(1+exp(w*x))", "w"),
    ("((w+b-3)^2+(2w+b-5)^2+(3w+b-7)^2)/3", "w"),
    ("sqrt(1+sin(x^2)^2)*e^(x*y)", "x"),
)


def milliseconds(work: Callable[[str, str], Callable[[], object]]) -> float:
    """Return the median CPU time of one function, SymPy's cache cleared before each."""
    taken = []
    for _ in range(9):
        for f, by in FUNCTIONS:
            ready = work(f, by)
            sympy.core.cache.clear_cache()
            started = time.process_time()
            ready()
            taken.append(1000 * (time.process_time() - started))
    return statistics.median(taken)


def ours(f: str, by: str) -> Callable[[], object]:
    """Derive by rules."""
    tree = read_expression(f).tree
    return lambda: derive(tree, by)


def proven(f: str, by: str) -> Callable[[], object]:
    """Derive by rules, and check every node."""
    tree = read_expression(f).tree
    expected = derivatives.gradient(build(tree), [symbol(by)])[0]
    return lambda: checked(tree, by, expected)


def theirs(f: str, by: str) -> Callable[[], object]:
    """Differentiate with SymPy, without steps."""
    expression, variable = build(read_expression(f).tree), symbol(by)
    return lambda: sympy.diff(expression, variable)


def test_a_derivation_by_rules_is_not_slower_than_sympys_diff() -> None:
    steps, checks, diff = milliseconds(ours), milliseconds(proven), milliseconds(theirs)
    print(f"\nrules {steps:.2f} ms CPU, with checks {checks:.2f} ms, sympy.diff {diff:.2f} ms: {diff / steps:.1f}x")
    assert steps < 1.5 * diff


def test_the_sample_is_derived_as_a_teacher_would() -> None:
    found = measured(CORPORA / "derivation.json")
    print(f"\n{found.line()}")
    assert not found.wrong


if __name__ == "__main__":
    results = [measured(Path(each)) for each in sys.argv[1:] or [str(CORPORA / "derivation.json")]]
    for result in results:
        print(result.line())
    sys.exit(1 if any(result.wrong for result in results) else 0)
