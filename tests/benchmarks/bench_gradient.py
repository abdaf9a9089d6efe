"""How long a gradient takes, beside the obvious way with SymPy, in one run."""

import statistics
import time
from collections.abc import Callable

import sympy
from sympy.parsing.sympy_parser import implicit_multiplication_application, parse_expr, standard_transformations

from engine.desk import solve
from engine.reading import read_expression
from engine.values import Budget

FUNCTIONS = (
    "3x^2+2x*y+y^3",
    "x^2 y^3+exp(x*y)",
    "100x+80y-x^2-y^2-0.5x*y",
    "sin(x)cos(y)",
    "x/(x^2+y^2+1)",
    "80exp(-((x-3)^2+(y-2)^2)/10)+60exp(-((x+2)^2+(y+1)^2)/5)",
    "sqrt(x^2+1)+sqrt(y^2+1)",
    "(x^2+y-11)^2+(x+y^2-7)^2",
)
_RULES = (*standard_transformations, implicit_multiplication_application)


def milliseconds(work: Callable[[str], object]) -> float:
    """Return the median CPU time of one function, SymPy's cache cleared before each."""
    taken = []
    for _ in range(5):
        for f in FUNCTIONS:
            sympy.core.cache.clear_cache()
            started = time.process_time()
            work(f)
            taken.append(1000 * (time.process_time() - started))
    return statistics.median(taken)


def obvious(f: str) -> str:
    """Read, differentiate, simplify and print as one would without Nabla."""
    read = parse_expr(f.replace("^", "**"), transformations=_RULES)
    return str([sympy.latex(sympy.simplify(sympy.diff(read, v))) for v in sorted(read.free_symbols, key=str)])


def whole(f: str) -> object:
    """Answer /grad with a point, as text."""
    budget = Budget(deadline=60.0, now=lambda: 0.0)
    return solve("grad", {"f": f, "at": "1,2"}, budget=budget)


def test_a_gradient_with_its_point_is_quicker_than_the_obvious_way_without() -> None:
    ours, theirs = milliseconds(whole), milliseconds(obvious)
    print(f"\n/grad text at a point {ours:.1f} ms CPU, diff + simplify + latex {theirs:.1f} ms: {theirs / ours:.1f}x")
    assert theirs > ours


def test_reading_is_quicker_than_sympys_parser() -> None:
    ours = milliseconds(read_expression)
    theirs = milliseconds(lambda f: parse_expr(f.replace("^", "**"), transformations=_RULES))
    print(f"\nreading {ours:.3f} ms CPU, parse_expr {theirs:.3f} ms: {theirs / ours:.1f}x")
    assert theirs > 2 * ours
