"""How long a derivation takes, beside SymPy's diff of the same function, in one run."""

import statistics
import time
from collections.abc import Callable

import sympy

from engine.building import build, symbol
from engine.calculus import derivatives
from engine.derivation import checked, derive
from engine.reading import read_expression

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
