"""Against random chords: no verdict is contradicted, and every counterexample holds in plain floats."""

import random
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.calculus.grids import evaluate
from engine.errors import Refused
from engine.reading import read_expression
from engine.values import Json

Data = Callable[..., Json]
Grid = NDArray[np.float64]
CHORDS = 4000


def linear(chance: random.Random) -> str:
    return f"({chance.randint(-3, 3)}*x+{chance.randint(-3, 3)}*y+{chance.randint(-2, 2)})"


def quadratic(chance: random.Random) -> str:
    return f"({chance.randint(-2, 3)}*x^2+{chance.randint(-3, 3)}*x*y+{chance.randint(-2, 3)}*y^2)"


def term(chance: random.Random) -> str:
    u, v, q = linear(chance), linear(chance), quadratic(chance)
    return chance.choice(
        (
            u, q, f"{u}^{chance.randint(2, 5)}", f"|{u}|", f"|{u}|^3", f"max({u},{v})", f"min({u},{q})", f"e^({u}/2)",
            f"e^(-{q}/4)", f"ln(1+e^{u})", f"sqrt(1+{u}^2+{v}^2)", f"sqrt({u}^2+{v}^2)", f"{u}*{v}", f"{q}^2",
            f"cosh({u}/2)", f"sin({u})", f"atan({u})", f"x^{chance.randint(1, 4)}*y^{chance.randint(1, 3)}",
            f"1/(1+{u}^2)", f"ln(2+{u}^2)", f"{u}*e^({v}/3)", f"sigmoid({u})", f"relu({u})^2", f"cbrt({u})",
            f"(1+x^2)^({chance.randint(-3, 3)}/2)", f"x^4+{chance.randint(0, 8)}*x^2*y^2+y^4",
        )
    )  # fmt: skip


def edged(chance: random.Random) -> str:
    """Return a term that has an edge in the domain of the plane's upper right quarter, or none there."""
    a, b = chance.randint(1, 4), chance.randint(1, 4)
    return chance.choice(
        (
            "x^2/y", "(x-y)^2/(x+2*y)", "x*ln(x)", "y*ln(y/x)", "-ln(x+y)", "sqrt(x*y)", "ln(x)*y",
            f"x^({a}/4)*y^({b}/4)", f"1/(x^{a}*y)", "sqrt(x)+y", "x^y", "e^(1/x)", "x^3+y^3", "x*y", "ln(1+x*y)",
            f"(x+y)^({a}/2)", "y*e^(x/y)",
        )
    )  # fmt: skip


def composed(chance: random.Random, *, positive: bool) -> str:
    terms = [f"{chance.choice((1, 1, 2, -1))}*{term(chance)}" for _ in range(chance.randint(1, 2))]
    if positive:
        terms = [f"{chance.choice((1, 2, -1))}*{edged(chance)}", *terms[: chance.randint(0, 1)]]
    return "+".join(terms)


def answered(data: Data, f: str, domain: str) -> Json | None:
    try:
        return data("convex", f=f, **({"domain": domain} if domain else {}))
    except Refused:
        return None


def values(f: str, places: Grid) -> Grid:
    read = read_expression(f)
    return evaluate(read.tree, {name: places[:, i] for i, name in enumerate(read.variables)})


def check_chords(f: str, found: Json, ends: tuple[Grid, Grid]) -> None:
    count = len(found["variables"])
    left, right = (each[:, :count] for each in ends)
    share = np.linspace(0.05, 0.95, CHORDS)[:, None]
    above = values(f, share * left + (1 - share) * right)
    chord = share[:, 0] * values(f, left) + (1 - share[:, 0]) * values(f, right)
    excess = above - chord
    room = 1e-7 * (1 + np.abs(above) + np.abs(chord))
    if found["verdict"] in ("convex", "both"):
        assert not (excess > room).any(), f
    if found["verdict"] in ("concave", "both"):
        assert not (excess < -room).any(), f


def check_counterexamples(f: str, found: Json) -> None:
    for each in found["counterexamples"]:
        if each["points"] is None:
            continue
        ends = np.array([[_number(c) for c in point] for point in each["points"]])
        middle, mean = values(f, ends.mean(axis=0)[None])[0], values(f, ends).mean()
        assert (each["left_decimal"], each["right_decimal"]) == pytest.approx((middle, mean), rel=1e-9, abs=1e-9)
        assert (middle - mean) * (1 if each["against"] == "convex" else -1) > 0, f


def _number(text: str) -> float:
    above, _, below = text.partition("/")
    return int(above) / int(below or 1)


@pytest.mark.parametrize("seed", range(40))
def test_no_random_chord_contradicts_a_verdict(data: Data, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    f = composed(chance, positive=False)
    found = answered(data, f, "")
    if found is not None and found["verdict"] is not None:
        places = np.random.default_rng(seed).normal(scale=2, size=(2, CHORDS, 2))
        check_chords(f, found, (places[0], places[1]))
        check_counterexamples(f, found)


@pytest.mark.parametrize("seed", range(40))
def test_no_random_chord_contradicts_a_verdict_where_all_is_positive(data: Data, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    f = composed(chance, positive=True)
    found = answered(data, f, "x>0, y>0")
    if found is not None and found["verdict"] is not None:
        places = np.exp(np.random.default_rng(seed).normal(scale=1, size=(2, CHORDS, 2)))
        check_chords(f, found, (places[0], places[1]))
        check_counterexamples(f, found)


@pytest.mark.parametrize("seed", range(30))
def test_no_random_chord_contradicts_a_verdict_in_a_box(data: Data, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    f = composed(chance, positive=False)
    low, high = chance.randint(-3, 1), chance.randint(2, 4)
    names = read_expression(f).variables
    found = answered(data, f, ", ".join(f"{name}={low}..{high}" for name in names))
    if found is not None and found["verdict"] is not None:
        places = np.random.default_rng(seed).uniform(low, high, size=(2, CHORDS, 2))
        check_chords(f, found, (places[0], places[1]))
        check_counterexamples(f, found)
