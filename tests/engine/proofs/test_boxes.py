"""What boxes show of the zeros of a gradient, and what they do not."""

import pytest
from flint import arb, fmpq

from engine.proofs.boxes import Sides, Slopes, covered, image, one_zero, settled
from engine.proofs.check import named
from engine.proofs.terms import Rejected, Term, read, value


def formula(text: str) -> Term:
    return read(text, named(["x", "y"]))


def slopes(text: str) -> Slopes:
    return Slopes.of(formula(text), 2)


def square(low: float, high: float) -> Sides:
    return [(fmpq(*low.as_integer_ratio()), fmpq(*high.as_integer_ratio()))] * 2


def tiled(text: str, tree: str, *known: Sides) -> list[list[arb]]:
    """Check a cover of the square from -1 to 1."""
    given = {"cover": {"tree": tree}}
    return covered(formula(text), given, square(-1, 1), list(known), [(arb(-1), arb(1))] * 2)


@pytest.mark.parametrize(
    "text", ["exp(x*y) + x**3", "sin(x)*cos(y)", "log(x + 3)/y", "sqrt(x)*atan(y)", "x**(5/2)/y**2"]
)
def test_derivatives_agree_with_differences(text: str) -> None:
    here, step = [arb(1.25), arb(0.75)], 2.0**-16
    found = slopes(text)
    for i, each in enumerate(found.first):
        ends = [[c + turn * step * (i == j) for j, c in enumerate(here)] for turn in (-1, 1)]
        low, high = (value(found.f, end, {}) for end in ends)
        assert abs(value(each, here, {}) - (high - low) / (2 * step)) < 1e-6


@pytest.mark.parametrize("text", ["exp(x*y)/(1 + x**2)", "sin(x)*y**3", "log(x*y)", "atan(x - y)*sqrt(x)"])
def test_the_slopes_over_a_box_hold_those_at_its_points(text: str) -> None:
    found, box = slopes(text), [arb(0.5).union(arb(1.5)), arb(0.25).union(arb(2))]
    whole = [value(each, box, {}) for row in ([found.f], found.first, *found.second) for each in row]
    for x in (0.5, 0.8125, 1.5):
        for y in (0.25, 1.0, 2.0):
            here = [arb(x), arb(y)]
            single = [value(each, here, {}) for row in ([found.f], found.first, *found.second) for each in row]
            assert all(a.overlaps(b) for a, b in zip(whole, single, strict=True))


def test_a_box_outside_of_the_domain_holds_no_zero() -> None:
    assert image(slopes("log(x) + y**2"), [arb(-3).union(arb(-2)), arb(0)]) == []


def test_nothing_is_known_of_a_box_that_the_edge_of_the_domain_crosses() -> None:
    assert image(slopes("x*log(x) - x + y**2"), [arb(-1).union(arb(2)), arb(-1).union(arb(1))]) is None


def test_the_one_zero_of_a_box_is_enclosed_closely() -> None:
    x, y = one_zero(slopes("x**3 + y**3 - 3*x*y"), square(0.9, 1.15))
    assert x.contains(1)
    assert y.contains(1)
    assert x.rad() < 1e-20


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("x**3 + y**3 - 3*x*y", -0.5, 1.5),  # two zeros
        ("x**3 + y**3 - 3*x*y", 0.25, 0.5),  # none
        ("x**2 + y**4", -0.5, 0.5),  # a double one
        ("x**2 + y**2", 0.0, 0.5),  # on the edge
        ("log(x)**2 + y**2", -0.5, 1.25),  # partly outside of the domain
    ],
)
def test_a_box_without_one_zero_alone_is_refused(text: str, low: float, high: float) -> None:
    with pytest.raises(Rejected):
        one_zero(slopes(text), square(low, high))


def test_a_box_with_an_unknown_zero_is_not_settled() -> None:
    found = slopes("x**2 + y**2 + x*y")
    assert settled(found, square(-0.5, 0.5), [square(-1, 1)])
    assert not settled(found, square(-0.5, 0.5), [])


def test_a_cover_without_cuts_is_enough_for_a_paraboloid() -> None:
    assert len(tiled("x**2 + y**2", ".", square(-0.5, 0.5))) == 1


def test_a_cover_may_be_cut_along_both_variables() -> None:
    assert len(tiled("x**2 + y**2", "0.1..", square(-0.5, 0.5))) == 1


@pytest.mark.parametrize("tree", ["", "0.", "0.1.", "..", "0...", "2..", "x", "0.1.."])
def test_a_cover_that_is_no_cover_is_refused(tree: str) -> None:
    with pytest.raises(Rejected):
        tiled("x**2 + y**2", tree)


def test_a_point_listed_twice_is_refused() -> None:
    with pytest.raises(Rejected, match="twice"):
        tiled("x**2 + y**2", ".", square(-0.5, 0.5), square(-0.25, 0.25))


def test_a_span_smaller_than_the_window_is_refused() -> None:
    with pytest.raises(Rejected, match="fill"):
        covered(formula("x + y"), {"cover": {"tree": "."}}, square(-1, 1), [], [(arb(-1), arb(1.5))] * 2)
