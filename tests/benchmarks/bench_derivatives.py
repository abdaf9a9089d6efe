"""How long gradients and Hessians take as the engine makes them, beside plain sympy.diff, in one run.

`python -m tests.benchmarks.bench_derivatives FILE` takes any file of the form of tests/corpora/basics.json.
"""

import gc
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import sympy
from sympy import Expr, Symbol

from engine.building import build, symbol
from engine.calculus import derivatives
from engine.reading import read_expression
from tests.benchmarks.samples import CORPORA, cases

RANDOM = 200
ROUNDS = 3
_LEAVES = ("x", "y", "2", "3", "x*y", "x^2", "y^3", "x-y")
_ROUND = ("sin({})", "cos({})", "exp({})", "ln({}^2+1)", "tanh({})", "sqrt({}^2+2)", "({})^3", "1/({}^2+1)")
Function = tuple[Expr, tuple[Symbol, ...]]


def drawn(random: Random, depth: int) -> str:
    """Return the text of a random function."""
    if depth == 0:
        return random.choice(_LEAVES)
    if random.random() < 0.4:
        return random.choice(_ROUND).format(f"({drawn(random, depth - 1)})")
    return f"({drawn(random, depth - 1)}{random.choice('+-*')}{drawn(random, depth - 1)})"


def functions(path: Path) -> list[Function]:
    """Return the functions of a file, and random ones."""
    random = Random(5)  # noqa: S311 - the same functions every time
    texts = [item["expr"] for item in cases(path)] + [f"x+y+{drawn(random, 3)}" for _ in range(RANDOM)]
    read = [read_expression(text) for text in texts]
    return [(build(each.tree), tuple(map(symbol, each.variables))) for each in read]


def plain_gradient(f: Expr, names: Sequence[Symbol]) -> object:
    """Differentiate as one would without Nabla."""
    return [sympy.diff(f, name) for name in names]


def plain_hessian(f: Expr, names: Sequence[Symbol]) -> object:
    """Return SymPy's own Hessian."""
    return sympy.hessian(f, names)


def seconds(work: Callable[[Expr, Sequence[Symbol]], object], over: list[Function]) -> float:
    """Return the CPU time of all functions, SymPy's cache cleared before each."""
    gc.collect()
    total = 0.0
    for f, names in over:
        sympy.core.cache.clear_cache()
        started = time.process_time()
        work(f, names)
        total += time.process_time() - started
    return total


def ratios(path: Path) -> tuple[str, dict[str, float]]:
    """Return the line to print, and how many times as long as SymPy the engine takes: the least of some rounds."""
    over = functions(path)
    found, words = {}, []
    for name, ours, theirs in (
        ("gradient", derivatives.gradient, plain_gradient),
        ("hessian", derivatives.hessian, plain_hessian),
    ):
        pairs = [(seconds(ours, over), seconds(theirs, over)) for _ in range(ROUNDS)]
        found[name] = min(mine for mine, _ in pairs) / min(other for _, other in pairs)
        words.append(f"{name} {1000 * min(m for m, _ in pairs) / len(over):.2f} ms, {found[name]:.2f} of SymPy's time")
    return f"derivatives of {len(over)} functions: {'; '.join(words)}", found


def test_derivatives_are_not_slower_than_sympys() -> None:
    line, found = ratios(CORPORA / "basics.json")
    print(f"\n{line}")
    assert max(found.values()) < 1.25


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(ratios(Path(name))[0])
