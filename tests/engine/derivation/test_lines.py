"""The lines of a teacher: one layer of hard rules in each."""

from collections.abc import Callable

import pytest

from engine.derivation import Derivation
from engine.derivation.lines import lines
from engine.spelling.unicode import unicode

Derive = Callable[[str, str], Derivation]


@pytest.mark.parametrize(
    ("f", "shown"),
    [
        ("x^2*y^3", ["2xy³"]),
        ("(3x+2y)^4", ["4(3x + 2y)³ ∂/∂x(3x + 2y)", "12(3x + 2y)³"]),
        ("x*sin(x)", ["sin(x) + x ∂/∂x(sin(x))", "sin(x) + x cos(x)"]),
        ("(x-3)^2", ["2(x - 3)"]),
        ("x^x", ["x^x ∂/∂x(x ln(x))", "(ln(x) + x ∂/∂x(ln(x)))·x^x", "(ln(x) + 1)·x^x"]),
        ("y", ["0"]),
    ],
)
def test_the_lines_of_a_derivation(derived: Derive, f: str, shown: list[str]) -> None:
    assert [unicode(line.shown) for line in lines(derived(f, "x"))] == shown


@pytest.mark.parametrize("f", ["ln(1+e^(x*y))", "x*sin(x)*e^x", "sqrt(1+sin(x^2)^2)", "max(x,y^2)*x", "x/(1+x*e^x)"])
def test_the_last_line_is_the_result(derived: Derive, f: str) -> None:
    derivation = derived(f, "x")
    assert lines(derivation)[-1].shown == derivation.result


def test_each_line_names_the_rules_used_in_it(derived: Derive) -> None:
    assert [line.rules for line in lines(derived("ln(1+x^2)", "x"))] == [
        ("chain", "log"),
        ("sum", "constant", "power"),
    ]
