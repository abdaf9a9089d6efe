"""Where a function exists: read off its written form, before anything cancels."""

import pytest
import sympy

from engine.building import symbol
from engine.calculus import domain
from engine.errors import NotInDomain
from engine.reading import read_expression


def needed(text: str) -> tuple[str, ...]:
    return domain.requirements(domain.conditions(read_expression(text).tree))


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("x^2+y^2", ()),
        ("x/y", ("y ≠ 0",)),
        ("x/x", ("x ≠ 0",)),
        ("sqrt(x)", ("x > 0",)),
        ("ln(x*y)", ("x*y > 0",)),
        ("1/(x^2+1)", ()),
        ("sqrt(x^2+1)", ()),
        ("|x|", ("x ≠ 0",)),
        ("max(x, y)", ("x ≠ y",)),
        ("tan(x)", ("cos(x) ≠ 0",)),
        ("x^(1/2)", ("x > 0",)),
        ("x^-2", ("x ≠ 0",)),
        ("2^x", ()),
        ("x^y", ("x > 0",)),
        ("asin(x)", ("-1 < x < 1",)),
        ("e^(1/x)", ("x ≠ 0",)),
    ],
)
def test_the_conditions_are_those_of_the_written_form(text: str, conditions: tuple[str, ...]) -> None:
    assert needed(text) == conditions


def test_inner_conditions_come_before_outer_ones() -> None:
    assert needed("ln(1/x)") == ("x ≠ 0", "1/x > 0")


def test_a_point_on_the_edge_exists_but_is_not_smooth() -> None:
    found = domain.conditions(read_expression("sqrt(x)").tree)
    at = {symbol("x"): sympy.Integer(0)}
    domain.check_exists(found, at, "at x = 0")
    with pytest.raises(NotInDomain):
        domain.check_smooth(found, at, "at x = 0")


def test_a_root_below_a_fraction_asks_once() -> None:
    assert needed("1/sqrt(x)") == ("x > 0",)


def test_greek_names_are_spelled_as_greek_letters() -> None:
    assert domain.smooth_where(needed("ln(lambda)"), "derivative") == ("The derivative exists where λ > 0.",)
