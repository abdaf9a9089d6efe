"""How well and how quickly texts are read, on files of texts with what they mean.

`python -m tests.benchmarks.bench_reading FILE ..` measures on other files of the form of those in tests/corpora.
Numbers are printed; only what must never happen, and a ratio, can fail.
"""

import statistics
import sys
import time
from collections.abc import Callable

import pytest
import sympy
from sympy.parsing.sympy_parser import implicit_multiplication_application, parse_expr, standard_transformations

from engine.building import build_any, symbol
from engine.errors import Refused
from engine.reading import kinds, read_expression
from engine.reading.characters import normalise
from engine.reading.data import expand, read_data
from engine.reading.grammar import Grammar
from engine.reading.names import resolve
from engine.reading.tokens import tokenise
from engine.reading.tree import Binary, Node
from tests.benchmarks.samples import Item, items, measure

KINDS: dict[str, kinds.Kind] = {
    "expr": "expression",
    "vector": "vector",
    "matrix": "matrix",
    "point": "point",
    "relation": "relation",
}
_RULES = (*standard_transformations, implicit_multiplication_application)


def trees(item: Item) -> tuple[list[Node], bool]:
    """Return what a text is read as, entry by entry, and whether it comes with a doubt."""
    if "data" in item:
        return [_over_data(item)], False
    shape = kinds.read(item["input"], KINDS[item["kind"]], tuple(item.get("vars", ())))
    match shape:
        case kinds.Expression():
            found = [shape.tree]
        case kinds.Vector():
            found = list(shape.entries)
        case kinds.Matrix():
            found = [entry for row in shape.rows for entry in row]
        case kinds.Point():
            found = list(shape.coordinates)
        case kinds.Relation():
            found = [Binary("-", shape.left, shape.right)]
        case _:
            raise AssertionError(shape)
    return found, bool(shape.notes)


def _over_data(item: Item) -> Node:
    data = read_data(", ".join(str(tuple(row)) for row in item["data"]))
    source = normalise(item["input"])
    return expand(Grammar(source, resolve(source, tokenise(source), data.names), over_data=True).whole(), data)


def agrees(item: Item, found: list[Node]) -> bool:
    """Tell whether the values are those of the file at its points; of a relation, up to the sign."""
    for point in item["points"]:
        at = {symbol(name): sympy.Rational(value) for name, value in point["at"].items()}
        wanted = point["value"] if isinstance(point["value"], list) else [point["value"]]
        values = [complex(build_any(tree).subs(at).evalf(20)) for tree in found]
        signs = (1, -1) if item["kind"] == "relation" else (1,)
        if not any(values == pytest.approx([sign * complex(each) for each in wanted], rel=1e-9) for sign in signs):
            return False
    return True


def outcome(item: Item) -> str:
    """Return what became of a text: right, fairly refused, refused, said (a doubt was) or wrong."""
    try:
        found, doubtful = trees(item)
    except Refused:
        fair = item.get("refuse_ok") or item.get("ambiguous") or item.get("tier") == "stretch"
        return "fairly refused" if fair else "refused"
    try:
        right = agrees(item, found)
    except (TypeError, ValueError):
        right = False
    return "right" if right else "said" if doubtful and item.get("ambiguous") else "wrong"


def test_no_text_is_read_as_another() -> None:
    outcomes = {item["id"]: outcome(item) for item in items("parse_ok")}
    words = ("right", "fairly refused", "said", "refused", "wrong")
    counts = {word: list(outcomes.values()).count(word) for word in words}
    print(f"\nparse_ok, {len(outcomes)} texts: {counts}")
    print("  refused or wrong:", [i["input"] for i in items("parse_ok") if outcomes[i["id"]] in {"refused", "wrong"}])
    assert counts["wrong"] == 0


def test_doubts_are_said_where_there_are_some() -> None:
    wanted, unwanted, missing = 0, [], []
    for item in items("parse_ok"):
        try:
            doubtful = trees(item)[1]
        except Refused:
            continue
        wanted += bool(item.get("ambiguous"))
        if doubtful and not item.get("ambiguous"):
            unwanted.append(item["input"])
        if item.get("ambiguous") and not doubtful:
            missing.append(item["input"])
    print(f"\ndoubts: {wanted} wanted, missing {missing}, on plain texts {unwanted}")
    assert not missing


def test_what_must_be_refused_is() -> None:
    refused, accepted, outside, silent, carets, offers = 0, [], [], [], 0, 0
    found = items("parse_reject")
    for item in found:
        try:
            kinds.read(item["input"], KINDS[item["kind"]], tuple(item.get("vars", ())), item.get("dim"))
        except Refused as refusal:
            refused += 1
            carets += item["caret"] is not None
            offers += bool(item.get("suggest"))
            low, high = item["caret"] or (0, len(item["input"]))
            if not low <= (refusal.span or (0, 0))[0] <= high:
                outside.append(item["input"])
            offered = " ".join((refusal.message, *refusal.suggestions))
            if item.get("suggest") and not any(each in offered for each in item["suggest"]):
                silent.append(item["input"])
        else:
            if not item.get("also_ok"):
                accepted.append(item["input"])
    print(f"\nparse_reject, {len(found)} texts: {refused} refused; accepted without leave: {accepted}")
    print(f"  carets outside: {outside} of {carets}; nothing offered: {silent} of {offers}")
    assert refused >= 0.9 * len(found)


def test_hostile_texts_are_refused_at_once() -> None:
    slowest, longest, accepted = 0.0, "", []
    for item in items("attack"):
        text = item.get("input") or "".join(part * times for part, times in item["recipe"])
        started = time.perf_counter()
        try:
            kinds.read(text, "point" if item["field"] == "at" else "expression")
        except Refused:
            pass
        else:
            accepted += [text[:60]] if item["expect"] == "refuse" else []
        taken = time.perf_counter() - started
        slowest, longest = max((slowest, longest), (taken, text[:40]))
    print(f"\nattack: slowest {1000 * slowest:.2f} ms ({longest!r}); accepted: {accepted}")
    assert not accepted


def microseconds(read: Callable[[str], object], texts: list[str]) -> list[float]:
    """Return the best CPU time of three for each text, SymPy's cache cleared before each, in rising order."""
    best = []
    for text in texts:
        times = []
        for _ in range(3):
            sympy.core.cache.clear_cache()
            started = time.process_time_ns()
            read(text)
            times.append((time.process_time_ns() - started) / 1000)
        best.append(min(times))
    return sorted(best)


def _readable(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except Exception:  # noqa: BLE001 - the other parser raises whatever it meets
        return False
    return True


def test_reading_is_five_times_quicker_than_sympys_parser() -> None:
    def theirs(text: str) -> object:
        return parse_expr(text.replace("^", "**"), transformations=_RULES)

    texts = [item["input"] for item in items("parse_ok") if item["kind"] == "expr"]
    mine = microseconds(read_expression, [text for text in texts if _readable(read_expression, text)])
    both = [text for text in texts if _readable(read_expression, text) and _readable(theirs, text)]
    ratio = statistics.median(microseconds(theirs, both)) / statistics.median(microseconds(read_expression, both))
    print(f"\nreading: median {statistics.median(mine):.0f} µs, p99 {mine[int(0.99 * len(mine))]:.0f} µs", end="; ")
    print(f"parse_expr takes {ratio:.0f} times as long on the {len(both)} texts it reads")
    assert ratio > 5


MEASURES = {
    "parse_ok": (
        test_no_text_is_read_as_another,
        test_doubts_are_said_where_there_are_some,
        test_reading_is_five_times_quicker_than_sympys_parser,
    ),
    "parse_reject": (test_what_must_be_refused_is,),
    "attack": (test_hostile_texts_are_refused_at_once,),
}

if __name__ == "__main__":
    sys.exit(measure(sys.argv[1:], MEASURES))
