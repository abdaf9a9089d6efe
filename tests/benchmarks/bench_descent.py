"""How long a descent of 1,000 steps takes, beside the obvious way with SymPy, in one run."""

import statistics
import time
from collections.abc import Callable

import sympy

from engine.building import build, symbol
from engine.desk import solve
from engine.reading import read_expression
from engine.values import Budget

PATHS = (
    ("x^2+3y^2", "2,1", "0.1"),
    ("(1-x)^2+100(y-x^2)^2", "-1,1", "0.001"),
    ("80exp(-((x-3)^2+(y-2)^2)/10)+60exp(-((x+2)^2+(y+1)^2)/5)", "0,3", "0.001"),
    ("1/3*((w+b-3)^2+(2w+b-5)^2+(3w+b-7)^2)", "1,1", "0.1"),
)
STEPS = 1000
FEW = 50  # of the obvious way, whose time is then scaled


def milliseconds(work: Callable[[str, str, str], object]) -> float:
    """Return the median CPU time of one path, SymPy's cache cleared before each."""
    taken = []
    for path in PATHS * 3:
        sympy.core.cache.clear_cache()
        started = time.process_time()
        work(*path)
        taken.append(1000 * (time.process_time() - started))
    return statistics.median(taken)


def whole(f: str, start: str, rate: str) -> object:
    """Answer /descent, as text, with its verdict."""
    options = {"f": f, "start": start, "rate": rate, "steps": str(STEPS)}
    return solve("descent", options, budget=Budget(deadline=60.0, now=lambda: 0.0))


def obvious(f: str, start: str, rate: str) -> object:
    """Put floats into the partial derivatives step by step."""
    read = read_expression(f)
    expression, symbols = build(read.tree), [symbol(each) for each in read.variables]
    partials = [sympy.diff(expression, each) for each in symbols]
    at = [float(each) for each in start.split(",")]
    for _ in range(FEW):
        slope = [float(each.subs(dict(zip(symbols, at, strict=True)))) for each in partials]
        at = [value - float(rate) * each for value, each in zip(at, slope, strict=True)]
    return at


def test_a_long_descent_is_quicker_than_putting_numbers_into_sympy() -> None:
    ours, theirs = milliseconds(whole), milliseconds(obvious) * STEPS / FEW
    print(f"\n/descent of {STEPS} steps {ours:.0f} ms CPU, SymPy's subs {theirs:.0f} ms: {theirs / ours:.0f}x")
    assert ours < theirs
