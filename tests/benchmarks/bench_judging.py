"""How well and how quickly answers are judged, on a file of answers with what must come of them.

`python -m tests.benchmarks.bench_judging FILE ..` measures on other files of the form of those in tests/corpora;
with a number, 100000 for instance, it makes so many near misses. Numbers are printed; only what must never
happen, and a ratio, can fail.
"""

import contextlib
import statistics
import sys
import time
from collections import Counter
from random import Random

import sympy

from engine.building import build
from engine.errors import Refused
from engine.judging.judge import judge
from engine.judging.question import Question, read_question
from engine.judging.reference import read_reference
from engine.judging.sameness import same
from engine.reading import kinds, read_expression
from engine.reading.kinds import Kind
from engine.reading.tree import Node
from tests.benchmarks.near_misses import near_misses
from tests.benchmarks.samples import Item, items, measure

CALLED: dict[str, Kind] = {
    "expr": "expression",
    "expr_form": "expression",
    "expr_up_to_constant": "expression up to a constant",
    "number_form": "number",
    "point_set": "points",
    "unit_direction": "unit direction",
    "direction_pm": "direction either way",
    "classification": "label",
    "classification_at": "label at point",
}
FEW = 3000


def listed(entries: list[str]) -> str:
    return f"({', '.join(entries)})"


def reference(item: Item) -> str:
    """Return the right answer of an item as the text that an option would have."""
    right = item["reference"]
    match item["kind"]:
        case "vector" | "point" | "unit_direction" | "direction" | "direction_pm":
            return listed(right)
        case "point_set":
            return ", ".join(map(listed, right)) or "none"
        case "set":
            return "{" + ", ".join(right) + "}" if right else "none"
        case "relation":
            return " ".join(right)
        case "matrix":
            return "[" + ", ".join(f"[{', '.join(row)}]" for row in right) + "]"
        case "classification_at":
            return "; ".join(f"{kind} at {listed(point)}" for kind, point in right)
        case _:
            return str(right)


def question(item: Item) -> Question:
    options = item.get("opts", {})
    near = options.get("tol") or {}
    tolerance = ""
    if "decimals" in near:
        tolerance = f"{near['decimals']} decimals"
    elif "sigfigs" in near:
        tolerance = f"{near['sigfigs']} digits"
    elif "rel" in near:
        tolerance = repr(near["rel"])
    domain = ", ".join(f"{name} {sign}" for name, sign in options.get("domain", {}).items())
    kind = CALLED.get(item["kind"]) or str(item["kind"])
    return read_question(kind, tuple(item.get("vars", ())), domain, tolerance, options.get("form", ""))


def outcome(item: Item) -> str:
    try:
        return judge(item["student"], reference(item), question(item)).verdict
    except Refused:
        return "refused"


def test_answers_are_judged_as_they_must_be() -> None:
    good: Counter[tuple[str, bool]] = Counter()
    every: Counter[tuple[str, bool]] = Counter()
    wrongly, undecided, taken = [], 0, []
    for item in items("equiv"):
        started = time.process_time()
        found = outcome(item)
        taken.append(1000 * (time.process_time() - started))
        accept = bool(item["accept"])
        every[item["kind"], accept] += 1
        fits = found == "right" if accept else found in {"wrong", "refused"}
        good[item["kind"], accept] += fits or (found == "refused" and bool(item.get("soft")))
        undecided += found == "undecided"
        if not accept and found == "right":
            wrongly.append(item["id"])
    for kind in dict.fromkeys(kind for kind, _ in every):
        print(f"\n{kind}: accepted {good[kind, True]}/{every[kind, True]}, ", end="")
        print(f"not accepted {good[kind, False]}/{every[kind, False]}", end="")
    total = len(taken)
    print(f"\nequiv: {sum(good.values())} of {total} as they must be, wrong ones accepted: {len(wrongly)}, ", end="")
    print(f"undecided {100 * undecided / total:.1f} %")
    taken.sort()
    print(f"judging: median {statistics.median(taken):.2f} ms CPU, p99 {taken[int(0.99 * total)]:.1f} ms")
    assert not wrongly


def test_no_attack_is_judged_right() -> None:
    right, taken = [], [0.0]
    for item in (each for each in items("attack") if each["field"] == "answer"):
        text = item.get("input") or "".join(part * times for part, times in item["recipe"])
        started = time.process_time()
        verdict = "refused"
        with contextlib.suppress(Refused):
            verdict = str(judge(text, item.get("reference", "2*x"), Question(variables=("x", "y"))).verdict)
        taken.append(1000 * (time.process_time() - started))
        if verdict == "right" and item.get("must_not_be_graded_correct", True):
            right.append(item["id"])
    print(f"\nattack: judged right {len(right)}, slowest {max(taken):.0f} ms CPU")
    assert not right


def trees(item: Item) -> list[Node]:
    """Return the right expressions of an item, entry by entry."""
    try:
        shape = read_reference(reference(item), question(item))
    except Refused:
        return []
    match shape:
        case kinds.Expression() | kinds.Number():
            return [shape.tree]
        case kinds.Vector():
            return list(shape.entries)
        case kinds.Matrix():
            return [entry for row in shape.rows for entry in row]
        case _:
            return []


def missed(count: int) -> Counter[str]:
    """Judge so many near misses; return how many of each kind were judged right or left undecided."""
    random = Random(2026)  # noqa: S311 - drawn changes need no secrecy
    found: Counter[str] = Counter()
    right = [tree for item in items("equiv") for tree in trees(item)]
    taken = []
    for number in range(count):
        reference_tree = right[number % len(right)]
        change, wrong = next(near_misses(reference_tree, random))
        started = time.process_time()
        verdict = same(wrong, reference_tree, seed=number)
        taken.append(1000 * (time.process_time() - started))
        found[verdict.outcome] += 1
        if verdict.outcome != "wrong":
            found[f"{change} {verdict.outcome}"] += 1
        if verdict.outcome == "right":
            print(f"\njudged right: {change}: {wrong} for {reference_tree}")
    taken.sort()
    print(f"\nnear misses: {dict(found)}, median {statistics.median(taken):.2f} ms CPU, ", end="")
    print(f"p99 {taken[int(0.99 * count)]:.1f} ms, slowest {taken[-1]:.0f} ms")
    return found


def test_no_near_miss_is_judged_right() -> None:
    assert not missed(FEW)["right"]


def test_judging_is_quicker_than_simplifying_the_difference() -> None:
    ours, theirs = [], []
    for item in [each for each in items("equiv") if each["kind"] == "expr"][:60]:
        try:
            answer, right = read_expression(item["student"]).tree, read_expression(item["reference"]).tree
        except Refused:
            continue
        started = time.process_time()
        same(answer, right, seed=1)
        ours.append(1000 * (time.process_time() - started))
        sympy.core.cache.clear_cache()
        started = time.process_time()
        sympy.simplify(build(answer) - build(right)) == 0  # noqa: B015 - only the time is wanted
        theirs.append(1000 * (time.process_time() - started))
    ratio = statistics.median(theirs) / statistics.median(ours)
    print(f"\nsame {statistics.median(ours):.2f} ms CPU, simplify {statistics.median(theirs):.1f} ms: {ratio:.0f}x")
    assert ratio > 20


MEASURES = {
    "equiv": (
        test_answers_are_judged_as_they_must_be,
        test_no_near_miss_is_judged_right,
        test_judging_is_quicker_than_simplifying_the_difference,
    ),
    "attack": (test_no_attack_is_judged_right,),
}

if __name__ == "__main__":
    if len(sys.argv) == 2 and sys.argv[1].isdigit():
        sys.exit(1 if missed(int(sys.argv[1]))["right"] else 0)
    sys.exit(measure(sys.argv[1:], MEASURES))
