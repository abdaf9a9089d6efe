"""Lowest points of logistic losses, enclosed."""

import math
from fractions import Fraction
from random import Random

import numpy as np
import pytest

from engine.descending.certified import logistic_minimum
from engine.descending.fitting import logistic
from engine.descending.logits import closed

ROWS = [[Fraction(each), Fraction(1)] for each in (1, 2, 3, 4)]


@pytest.mark.parametrize(("labels", "l2"), [("0101", "0"), ("1001", "0"), ("0011", "0.1"), ("0111", "0.001")])
def test_the_gradient_is_zero_at_the_point(labels: str, l2: str) -> None:
    positive = [each == "1" for each in labels]
    found = logistic_minimum(ROWS, positive, Fraction(l2))
    assert found is not None
    x, y, at = np.array(ROWS, dtype=float), np.array(positive, dtype=float), np.array(found)
    slope = x.T @ (1 / (1 + np.exp(-x @ at)) - y) / 4 + 2 * float(l2) * at
    assert slope == pytest.approx([0, 0], abs=1e-12)


@pytest.mark.parametrize("labels", ["0011", "1111"])
def test_where_there_is_none_nothing_is_enclosed(labels: str) -> None:
    assert logistic_minimum(ROWS, [each == "1" for each in labels], Fraction(0)) is None


def test_a_known_point_is_found() -> None:
    # Of four tries at 0 and at 1, one and three succeed: the chances of the fit are just these shares.
    rows = [[Fraction(x), Fraction(1)] for x in (0, 0, 0, 0, 1, 1, 1, 1)]
    found = logistic_minimum(rows, [True, False, False, False, True, True, True, False], Fraction(0))
    assert found == pytest.approx((2 * np.log(3), -np.log(3)), abs=1e-12)


def test_closed_forms_are_the_points_that_are_enclosed() -> None:
    random = Random(7)  # noqa: S311 - samples, no secrets
    seen = 0
    for _ in range(300):
        rows = [[Fraction(random.randint(-2, 2)), Fraction(1)] for _ in range(random.randint(3, 6))]
        labels = [random.random() < 0.5 for _ in rows]
        if logistic(rows, labels, Fraction(0)).kind != "point":
            continue
        point, near = closed(rows, labels, Fraction(0)), logistic_minimum(rows, labels, Fraction(0))
        if point is None or near is None:
            continue
        logs = [math.log(each) for each in point.odds]
        exact = [sum(float(w) * log for w, log in zip(row, logs, strict=True)) for row in point.weights]
        assert exact == pytest.approx(near, abs=1e-8)
        seen += any(exact)
    assert seen > 10
