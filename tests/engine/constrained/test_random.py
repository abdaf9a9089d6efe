"""Against sampling: no feasible point may be better than what is said to be the best."""

import random
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.constrained import Optimum

Solve = Callable[[str, str], Optimum]
Grid = NDArray[np.float64]


def polynomial(chance: random.Random) -> str:
    terms = [
        f"{chance.choice((-3, -2, -1, 1, 2, 3))}*x^{chance.randint(1, 2)}*y^{chance.randint(1, 2)}" for _ in range(2)
    ]
    terms.append(f"{chance.randint(1, 4)}*x^1")
    return " + ".join(terms)


def circle(_: random.Random) -> tuple[str, Grid, Grid]:
    turn = np.linspace(0, 2 * np.pi, 2001)
    return "x^2+y^2=4", 2 * np.cos(turn), 2 * np.sin(turn)


def disc(chance: random.Random) -> tuple[str, Grid, Grid]:
    size = chance.randint(1, 3)
    turn, far = np.meshgrid(np.linspace(0, 2 * np.pi, 201), np.linspace(0, size, 101))
    return f"x^2+y^2<={size**2}", (far * np.cos(turn)).ravel(), (far * np.sin(turn)).ravel()


def triangle(_: random.Random) -> tuple[str, Grid, Grid]:
    x, y = (each.ravel() for each in np.meshgrid(np.linspace(0, 3, 151), np.linspace(0, 3, 151)))
    return "x+y<=3; x>=0; y>=0", x[x + y <= 3], y[x + y <= 3]


def box(chance: random.Random) -> tuple[str, Grid, Grid]:
    low, high = -chance.randint(0, 2), chance.randint(1, 2)
    x, y = (each.ravel() for each in np.meshgrid(np.linspace(low, high, 151), np.linspace(-1, 2, 151)))
    return f"{low}<=x<={high}; -1<=y<=2", x, y


def parabola(_: random.Random) -> tuple[str, Grid, Grid]:
    x = np.linspace(-9, 9, 4001)
    return "y=x^2", x, x**2


def hyperbola(_: random.Random) -> tuple[str, Grid, Grid]:
    x = np.concatenate([-np.geomspace(0.01, 99, 2000), np.geomspace(0.01, 99, 2000)])
    return "x*y=1", x, 1 / x


@pytest.mark.parametrize("region", [circle, disc, triangle, box, parabola, hyperbola])
@pytest.mark.parametrize("seed", range(4))
def test_no_sample_is_better_than_the_best(
    solved: Solve, region: Callable[[random.Random], tuple[str, Grid, Grid]], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    f, (subject, x, y) = polynomial(chance), region(chance)
    found = solved(f, subject)
    values = sum_of(f, x, y)
    room = 1e-9 * max(1.0, float(np.abs(values).max()))
    assert found.complete == "proven"
    for end, sampled, way in ((found.least, values.min(), 1), (found.greatest, values.max(), -1)):
        assert end.reach != "not proven"
        if end.decimal is not None:
            assert way * (sampled - end.decimal) >= -room
        else:
            assert abs(sampled) > 5


@pytest.mark.parametrize("seed", range(6))
def test_the_gradient_is_the_multiplier_times_that_of_the_constraint(solved: Solve, seed: int) -> None:
    f = polynomial(random.Random(seed))  # noqa: S311 - no secret
    found = solved(f, "x^2+2y^2=3")
    assert found.candidates
    for each in found.candidates:
        x, y = each.decimal
        slope = [difference(f, x, y, 1e-5, 0), difference(f, x, y, 0, 1e-5)]
        assert each.multipliers is not None
        price = float(each.multipliers[0])
        assert slope == pytest.approx([price * 2 * x, price * 4 * y], abs=1e-6)


def difference(f: str, x: float, y: float, right: float, up: float) -> float:
    ahead, behind = (sum_of(f, np.array([x + way * right]), np.array([y + way * up]))[0] for way in (1, -1))
    return float(ahead - behind) / 2 / (right + up)


def sum_of(f: str, x: Grid, y: Grid) -> Grid:
    total = np.zeros_like(x)
    for term in f.split(" + "):
        number, *powers = term.split("*")
        places = {"x": x, "y": y}
        total += float(number) * np.prod([places[each[0]] ** int(each[2:]) for each in powers], axis=0)
    return total
