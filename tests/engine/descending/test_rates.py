"""What is proven about rates on quadratic functions, against the iteration matrices in floats."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random

import numpy as np
import pytest
import sympy

from engine.calculus.signs import decimal
from engine.descending.methods import Method
from engine.descending.rates import Quadratic
from engine.descending.spectrum import Felt, eigenvalues

Rows = list[list[Fraction]]


def fractions(values: Sequence[int | float | str]) -> list[Fraction]:
    return [Fraction(each) for each in values]


def symmetric(random: Random, size: int) -> Rows:
    rows = [[Fraction(0)] * size for _ in range(size)]
    for i in range(size):
        for j in range(i, size):
            rows[i][j] = rows[j][i] = Fraction(random.randint(-6, 6), random.randint(1, 4))
    return rows


def diagonal(*values: int) -> Rows:
    return [[Fraction(value if i == j else 0) for j in range(len(values))] for i, value in enumerate(values)]


def radius(rows: Rows, method: Method, rate: Fraction, momentum: Fraction) -> float:
    """Return the largest size of an eigenvalue of the step, which takes the last two errors to the next two."""
    matrix = np.array([[float(each) for each in row] for row in rows])
    one, r, b = np.eye(len(rows)), float(rate), float(momentum)
    inner = one - r * matrix
    match method:
        case "momentum":
            upper = np.hstack([inner + b * one, -b * one])
        case "nesterov":
            upper = np.hstack([(1 + b) * inner, -b * inner])
        case _:
            return float(np.abs(np.linalg.eigvals(inner)).max())
    return float(np.abs(np.linalg.eigvals(np.vstack([upper, np.hstack([one, 0 * one])]))).max())


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_exact_eigenvalues_are_those_of_numpy(size: int) -> None:
    random = Random(size)  # noqa: S311 - the same numbers every time
    for _ in range(15):
        rows = symmetric(random, size)
        exact = sorted({round(decimal(each), 9) for each in eigenvalues(rows)})
        floats = np.linalg.eigvalsh(np.array([[float(each) for each in row] for row in rows]))
        assert all(min(abs(each - found) for found in exact) < 1e-6 for each in floats)


@pytest.mark.parametrize("method", ["gradient", "momentum", "nesterov"])
def test_the_verdict_agrees_with_the_spectral_radius(method: Method) -> None:
    random = Random(7)  # noqa: S311 - the same numbers every time
    seen = set()
    for _ in range(120):
        half = symmetric(random, 3)
        rows = [[sum((half[i][k] * half[j][k] for k in range(3)), Fraction(0)) for j in range(3)] for i in range(3)]
        rows = rows if random.random() < 0.8 else half
        momentum = Fraction(random.randint(1, 9), 10) if method != "gradient" else Fraction(0)
        rate = Fraction(random.randint(1, 60), random.choice([50, 200, 1000]))
        slope = fractions([random.randint(-9, 9) or 1 for _ in range(3)])
        quadratic = Quadratic.of(rows, slope)
        if len(quadratic.felt.polynomial.coeffs()) < 4:
            continue
        size = radius(rows, method, rate, momentum)
        if abs(size - 1) < 1e-6:
            continue
        verdict = quadratic.verdict(method, rate, momentum)
        seen.add(verdict)
        assert str(verdict).startswith("converges") == (size < 1)
    assert {"converges", "diverges"} <= seen


@pytest.mark.parametrize(("method", "b"), [("gradient", "0"), ("momentum", "0.9"), ("nesterov", "0.9")])
def test_the_limit_is_where_convergence_ends(method: Method, b: str) -> None:
    quadratic = Quadratic.of(diagonal(2, 6), fractions([4, 6]))
    momentum = Fraction(b)
    limit = quadratic.limit(method, sympy.Rational(b))
    assert limit is not None
    edge, little = Fraction(int(limit.p), int(limit.q)), Fraction(1, 10**9)
    assert quadratic.verdict(method, edge - little, momentum) == "converges alternating"
    assert quadratic.verdict(method, edge, momentum) == "cycles"
    assert quadratic.verdict(method, edge + little, momentum) == "diverges"


def test_the_best_rate_leaves_the_zero_eigenvalue_out() -> None:
    quadratic = Quadratic.of([fractions([18, 24]), fractions([24, 32])], fractions([-18, -24]))
    assert quadratic.best("gradient") == sympy.Rational(1, 50)


def test_the_best_rate_is_better_than_its_neighbours() -> None:
    rows = [fractions(["28/3", 4]), fractions([4, 2])]
    best = Quadratic.of(rows, fractions([1, 1])).best("gradient")
    assert best is not None
    at = Fraction(int(best.p), int(best.q))
    sizes = [
        radius(rows, "gradient", at + shift, Fraction(0))
        for shift in (Fraction(-1, 500), Fraction(0), Fraction(1, 500))
    ]
    assert sizes[1] < min(sizes[0], sizes[2])


def test_a_start_without_the_steepest_part_is_judged_by_what_it_meets() -> None:
    assert (
        Quadratic.of(diagonal(2, 6), fractions([4, 0])).verdict("gradient", Fraction(1, 2), Fraction(0)) == "converges"
    )


def test_an_indefinite_function_has_no_limit() -> None:
    quadratic = Quadratic.of(diagonal(2, -2), fractions([1, 1]))
    assert quadratic.limit("gradient", sympy.S.Zero) is None
    assert quadratic.verdict("gradient", Fraction(1, 10**6), Fraction(0)) == "diverges"


def test_a_function_that_falls_along_a_straight_direction_has_no_limit() -> None:
    quadratic = Quadratic.of(diagonal(2, 0), fractions([1, 1]))
    assert quadratic.limit("gradient", sympy.S.Zero) is None
    assert quadratic.verdict("gradient", Fraction(1, 10), Fraction(0)) == "diverges"


def test_the_way_leads_to_the_nearest_lowest_point() -> None:
    felt = Felt.of([fractions([18, 24]), fractions([24, 32])], fractions([-18, -24]))
    assert felt.way == (Fraction(9, 25), Fraction(12, 25))


@pytest.mark.parametrize(
    ("rate", "verdict"),
    [("0.5", "converges"), ("1", "converges"), ("1.5", "converges alternating"), ("2", "cycles"), ("2.1", "diverges")],
)
def test_newtons_method_depends_on_the_rate_alone(rate: str, verdict: str) -> None:
    quadratic = Quadratic.of(diagonal(2, 6000), fractions([1, 1]))
    assert quadratic.verdict("newton", Fraction(rate), Fraction(0)) == verdict
