"""Lowest points of losses: least squares exactly, logistic regression by linear programming."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from engine.descending.fitting import improving, least_squares, logistic

Rows = list[list[Fraction]]


def rows(values: list[list[int]]) -> Rows:
    return [[Fraction(each) for each in row] for row in values]


@pytest.mark.parametrize("l2", [0, 2])
def test_least_squares_are_those_of_numpy(l2: int) -> None:
    random = Random(5)  # noqa: S311 - the same numbers every time
    for _ in range(20):
        features = rows([[random.randint(-5, 5), random.randint(-5, 5), 1] for _ in range(6)])
        targets = [Fraction(random.randint(-9, 9)) for _ in range(6)]
        found = least_squares(features, targets, Fraction(l2))
        a, y = np.array(features, dtype=float), np.array(targets, dtype=float)
        best = np.linalg.solve(a.T @ a + 6 * l2 * np.eye(3), a.T @ y)
        assert found.kind == "point"
        assert [float(each) for each in found.at or ()] == pytest.approx(best)


def test_dependent_features_give_a_set_with_its_nearest_point() -> None:
    found = least_squares(rows([[3, 4]]), [Fraction(10)], Fraction(0))
    assert (found.kind, found.free, found.at) == ("set", 1, (Fraction(6, 5), Fraction(8, 5)))


def test_the_nearest_of_a_set_is_the_one_numpy_finds() -> None:
    features = rows([[1, 2, 3], [2, 4, 6], [1, 0, 1]])
    targets = [Fraction(1), Fraction(4), Fraction(2)]
    found = least_squares(features, targets, Fraction(0))
    best = np.linalg.pinv(np.array(features, dtype=float)) @ np.array(targets, dtype=float)
    assert [float(each) for each in found.at or ()] == pytest.approx(best)


def test_an_improving_direction_improves() -> None:
    random = Random(11)  # noqa: S311 - the same numbers every time
    found = 0
    for _ in range(80):
        margins = rows([[random.randint(-3, 3) for _ in range(3)] for _ in range(random.randint(2, 7))])
        way = improving(margins)
        if way is None:
            continue
        found += 1
        products = [sum(a * b for a, b in zip(row, way, strict=True)) for row in margins]
        assert min(products) >= 0
        assert max(products) > 0
    assert 10 < found < 80


def test_where_none_improves_no_random_direction_does() -> None:
    random = Random(13)  # noqa: S311 - the same numbers every time
    for _ in range(60):
        margins = rows([[random.randint(-3, 3) for _ in range(2)] for _ in range(5)])
        if improving(margins) is not None:
            continue
        for _ in range(200):
            way = [random.uniform(-1, 1), random.uniform(-1, 1)]
            products = [sum(float(a) * b for a, b in zip(row, way, strict=True)) for row in margins]
            assert min(products) < 1e-9


@pytest.mark.parametrize(
    ("labels", "kind"),
    [("0011", "none"), ("1100", "none"), ("0101", "point"), ("0111", "none"), ("1001", "point"), ("1111", "none")],
)
def test_only_labels_that_no_threshold_parts_have_a_lowest_point(labels: str, kind: str) -> None:
    features = rows([[1, 1], [2, 1], [3, 1], [4, 1]])
    assert logistic(features, [each == "1" for each in labels], Fraction(0)).kind == kind


def test_labels_parted_except_on_the_border_have_none_either() -> None:
    features = rows([[1, 1], [2, 1], [2, 1], [3, 1]])
    assert logistic(features, [False, False, True, True], Fraction(0)).kind == "none"


def test_with_l2_there_is_always_a_lowest_point() -> None:
    assert logistic(rows([[1, 1], [2, 1]]), [False, True], Fraction(1, 10)).kind == "point"


def test_a_direction_that_changes_nothing_makes_a_set() -> None:
    features = rows([[1, 1], [1, 1]])
    found = logistic(features, [False, True], Fraction(0))
    assert (found.kind, found.free) == ("set", 1)
