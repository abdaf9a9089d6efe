"""Signs of expressions on regions: never fewer than there are."""

from collections.abc import Callable

import pytest

from engine.building import build, symbol
from engine.convexity.region import Part, Region
from engine.convexity.signs import Signed
from engine.reading import read_expression
from engine.values import Budget

Signs = Callable[..., set[int]]


@pytest.fixture
def signs() -> Signs:
    """Give the signs of an expression in x and y; parts end with = where their edge belongs to the region."""

    def found(text: str, *parts: str) -> set[int]:
        held = tuple(Part(build(read_expression(p.rstrip("=")).tree), not p.endswith("=")) for p in parts)
        region = Region((symbol("x"), symbol("y")), held)
        return set(Signed(region, Budget(deadline=9.0, now=lambda: 0.0)).of(build(read_expression(text).tree)))

    return found


@pytest.mark.parametrize(
    ("text", "parts", "wanted"),
    [
        ("x^2+y^2", (), {0, 1}),
        ("x^2-x*y+y^2+1", (), {1}),
        ("x+y", ("x", "y"), {1}),
        ("x+y", ("x=", "y="), {0, 1}),
        ("x^2-3x+2", ("x=", "1-x="), {0, 1}),
        ("x^2-3x+2", ("x", "1-x"), {1}),
        ("x^2-3x+9/4", ("x=", "1-x="), {1}),
        ("1-x*y", ("x", "1-x", "y", "1-y"), {1}),
        ("2-x-y", ("x=", "1-x=", "y=", "1-y="), {0, 1}),
        ("3-x-y", ("x=", "y=", "2-x-y="), {1}),
        ("e^(2x)-e^x+1", (), {1}),
        ("e^x-1", ("x",), {1}),
        ("ln(x)", ("x-1=",), {0, 1}),
        ("sin(x)", ("x", "3-x"), {1}),
        ("cos(x)", ("x+1", "1-x"), {1}),
        ("-sqrt(x)", ("x=",), {-1, 0}),
        ("1/(1+e^(-x))", (), {1}),
    ],
)
def test_the_signs_are_found(signs: Signs, text: str, parts: tuple[str, ...], wanted: set[int]) -> None:
    assert signs(text, *parts) == wanted


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("x-y", ("x", "y")),
        ("x^2-3x+2", ("x=", "2-x=")),
        ("1-x*y", ("x", "y")),
        ("sin(x)", ("x", "4-x")),
        ("e^x-2", ()),
        ("x*y", ()),
    ],
)
def test_both_signs_are_not_ruled_out_where_both_occur(signs: Signs, text: str, parts: tuple[str, ...]) -> None:
    assert {-1, 1} <= signs(text, *parts)
