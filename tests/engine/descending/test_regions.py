"""The nearest point of a box with a budget."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest
import sympy

from engine.building import symbol
from engine.descending.regions import Region, region
from engine.errors import NotInDomain, NotSupported, UnknownName
from engine.reading.kinds import read_relations

NAMES = ("x", "y", "z")


def area(text: str, names: tuple[str, ...] = NAMES) -> Region:
    return region(read_relations(text), [symbol(each) for each in names])


def meets(text: str, point: tuple[float, ...]) -> bool:
    found = area(text)
    low = all(a is None or value >= float(a) - 1e-9 for value, a in zip(point, found.low, strict=True))
    high = all(b is None or value <= float(b) + 1e-9 for value, b in zip(point, found.high, strict=True))
    if found.budget is None:
        return low and high
    spent = sum(float(w) * value for w, value in zip(found.budget.weights, point, strict=True))
    total = float(found.budget.total)
    return low and high and (abs(spent - total) < 1e-8 if found.budget.exactly else spent <= total + 1e-8)


REGIONS = [
    "x>=0; y>=0; z>=0; x+y+z=1",
    "x>=0; x<=2; y>=-1; z<=3",
    "x+2y-z<=4",
    "x+2y-z>=4; x<=1; y<=2; z>=-3",
    "0<=x<=1; 0<=y<=1; 0<=z<=1; 2x+y+3z=2",
]


@pytest.mark.parametrize("text", REGIONS)
def test_no_allowed_point_is_nearer_than_the_projection(text: str) -> None:
    random, found = Random(3), area(text)  # noqa: S311 - the same numbers every time
    for _ in range(40):
        point = tuple(random.uniform(-6, 6) for _ in NAMES)
        nearest = found.project(point)
        assert meets(text, nearest)
        away = np.subtract(point, nearest)
        for _ in range(20):
            other = found.project(tuple(random.uniform(-6, 6) for _ in NAMES))
            # The nearest point of a convex set sees every other one at an angle of 90 degrees or more.
            assert float(away @ np.subtract(other, nearest)) <= 1e-7


@pytest.mark.parametrize("text", REGIONS)
def test_a_projected_point_stays_where_it_is(text: str) -> None:
    found = area(text)
    once = found.project((4.5, -3.25, 5.0))
    assert found.project(once) == pytest.approx(once, abs=1e-12)


def test_fractions_stay_fractions() -> None:
    third = sympy.Rational(1, 3)
    assert area("x+y+z=1").project((sympy.S.Zero,) * 3) == (third, third, third)


def test_the_last_of_two_bounds_on_a_side_does_not_loosen_the_first() -> None:
    assert area("x<=1; x<=5").high[0] == Fraction(1)


@pytest.mark.parametrize("text", ["x>=2; x<=1", "x+y<=-1; x>=0; y>=0", "x+y=9; x<=1; y<=1"])
def test_an_empty_region_is_refused(text: str) -> None:
    with pytest.raises(NotInDomain, match="No point"):
        area(text)


@pytest.mark.parametrize("text", ["x^2+y^2<=1", "x>0", "x+y<=1; y+z<=1", "x+y<=sqrt(2)"])
def test_other_constraints_are_refused(text: str) -> None:
    with pytest.raises(NotSupported):
        area(text)


def test_a_constraint_on_an_unknown_name_is_refused() -> None:
    with pytest.raises(UnknownName):
        area("q>=0")
