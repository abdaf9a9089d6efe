"""How many gradients, rates and Hessians come out right, exactly and as decimals.

`python -m tests.benchmarks.bench_basics FILE` takes any file of the form of tests/corpora/basics.json.
"""

import sys
from collections import Counter
from pathlib import Path

import sympy
from sympy import Expr

from engine.building import build
from engine.reading import read_expression
from engine.values import Json
from tests.benchmarks.samples import CORPORA, Item, answered, cases, spread

DIGITS = 1e-9


def exact(text: str) -> Expr:
    """Return the expression of a sample, its names real."""
    return build(read_expression(text).tree)


def same(found: str | None, right: str) -> bool:
    """Tell whether an exact result of the data is what a sample says: zero is their difference, to fifty digits."""
    if found is None:
        return False
    names = {str(each): each for each in exact(right).free_symbols}
    read = sympy.sympify(found, {name: sympy.Symbol(name, real=True) for name in names})
    apart = read - exact(right)
    free = sorted(apart.free_symbols, key=str)
    places = [{name: sympy.Rational(7 * i + 3 + 2 * turn, 5) for i, name in enumerate(free)} for turn in range(3)]
    return all(abs(apart.xreplace(place).evalf(50, chop=True)) < 1e-30 for place in places)


def near(found: float | None, right: str) -> bool:
    """Tell whether a decimal of the data is that of a sample."""
    return found is not None and abs(found - float(right)) <= DIGITS * max(1.0, abs(float(right)))


def all_same(found: list[str] | None, right: list[str]) -> bool:
    """Tell whether exact results are those of a sample, in order."""
    return found is not None and len(found) == len(right) and all(map(same, found, right))


def all_near(found: list[float] | None, right: list[str]) -> bool:
    """Tell whether decimals are those of a sample, in order."""
    return found is not None and len(found) == len(right) and all(map(near, found, right))


def marks(item: Item, grad: Json, along: Json, hessian: Json) -> dict[str, bool]:
    """Return what of an item is right."""
    rows = item["hessian_at_point"]
    eigenvalues = sorted(item["hessian_eigenvalues"], key=float)
    return {
        "gradient": all_same(grad.get("gradient"), item["gradient"]),
        "at the point": all_same(grad.get("gradient_at"), item["gradient_at_point"]),
        "decimal": all_near(grad.get("gradient_at_decimal"), item["gradient_decimal"]),
        "norm": same(grad.get("norm"), item["gradient_norm"]),
        "directional": same(along.get("rate"), item["directional_derivative"])
        and near(along.get("rate_decimal"), item["directional_decimal"]),
        "hessian": [all_same(*each) for each in zip(hessian.get("hessian_at") or [], rows, strict=False)]
        == [True] * len(rows),
        "eigenvalues": all_near(hessian.get("eigenvalues_decimal"), eigenvalues),
        "definiteness": hessian.get("definiteness") == item["definiteness"],
    }


def measured(items: list[Item]) -> tuple[str, Counter[str]]:
    """Return the line to print, and how often each part is right."""
    counts: Counter[str] = Counter()
    seconds = []
    for item in items:
        f = f"f({', '.join(item['vars'])}) = {item['expr']}"
        given = {"f": f, "at": ", ".join(item["point"])}
        grad, first = answered("grad", given)
        along, second = answered("directional", given | {"along": ", ".join(item["direction"])})
        hessian, third = answered("hessian", given)
        seconds += [first, second, third]
        for part, right in marks(item, grad or {}, along or {}, hessian or {}).items():
            counts[part] += right
            if not right:
                print(f"  {item['id']}: {part}")
    told = ", ".join(f"{part} {counts[part]}" for part in counts)
    return f"basics: of {len(items)} right: {told}; {spread(seconds)}", counts


def test_every_part_of_the_samples_is_right() -> None:
    items = cases(CORPORA / "basics.json")
    line, counts = measured(items)
    print(f"\n{line}")
    assert set(counts.values()) == {len(items)}


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(measured(cases(Path(name)))[0])
