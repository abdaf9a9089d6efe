"""Which rule is named, and what it gives: written as a teacher would, never expanded."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sympy import Expr

from engine.derivation import Derivation, holds, steps
from engine.derivation.rules import RULES
from engine.errors import NotSupported, TooLarge
from engine.spelling.plain import plain

_SPEC = importlib.util.spec_from_file_location("samples", Path(__file__).with_name("samples.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
_MODULE: Any = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MODULE)

Derive = Callable[[str, str], Derivation]

EXAMPLES = {
    "constant": ("5", "0"),
    "hold-constant": ("y^3*x", "y^3"),
    "constant-multiple": ("5x", "5"),
    "sum": ("x^2 + x - y", "2*x + 1"),
    "power": ("x^3", "3*x^2"),
    "product": ("x*sin(x)", "sin(x) + x*cos(x)"),
    "quotient": ("x/(x^2+1)", "(1 - x^2)/(x^2 + 1)^2"),
    "chain": ("(3x+2y)^4", "12*(3*x + 2*y)^3"),
    "exp": ("exp(x)", "exp(x)"),
    "exp-base": ("3^x", "3^x*ln(3)"),
    "exp-log": ("x^x", "(ln(x) + 1)*x^x"),
    "log": ("ln(x)", "1/x"),
    "sin": ("sin(x)", "cos(x)"),
    "cos": ("cos(x)", "-sin(x)"),
    "tan": ("tan(x)", "1/cos(x)^2"),
    "cot": ("cot(x)", "-1/sin(x)^2"),
    "sec": ("sec(x)", "sec(x)*tan(x)"),
    "csc": ("csc(x)", "-csc(x)*cot(x)"),
    "asin": ("asin(x)", "1/sqrt(1 - x^2)"),
    "acos": ("acos(x)", "-1/sqrt(1 - x^2)"),
    "atan": ("atan(x)", "1/(1 + x^2)"),
    "sinh": ("sinh(x)", "cosh(x)"),
    "cosh": ("cosh(x)", "sinh(x)"),
    "tanh": ("tanh(x)", "1 - tanh(x)^2"),
    "coth": ("coth(x)", "-1/sinh(x)^2"),
    "sech": ("sech(x)", "-sech(x)*tanh(x)"),
    "csch": ("csch(x)", "-csch(x)*coth(x)"),
    "asinh": ("asinh(x)", "1/sqrt(x^2 + 1)"),
    "acosh": ("acosh(x)", "1/sqrt(x^2 - 1)"),
    "atanh": ("atanh(x)", "1/(1 - x^2)"),
    "sqrt": ("sqrt(x)", "1/(2*sqrt(x))"),
    "abs": ("|x|", "sign(x)"),
    "cbrt": ("cbrt(x)", "1/(3*(cbrt(x))^2)"),
    "sign": ("sign(x)", "0"),
    "sigmoid": ("sigmoid(x)", "(1 - sigmoid(x))*sigmoid(x)"),
    "relu": ("relu(x)", "(1 + sign(x))/2"),
    "max": ("max(x, y)", "(1 + sign(x - y))/2"),
    "min": ("min(x, y)", "(1 - sign(x - y))/2"),
}


@pytest.mark.parametrize(("rule", "example"), EXAMPLES.items(), ids=EXAMPLES)
def test_a_rule_is_named_and_right(
    derived: Derive, other: Callable[[str, str], Expr], rule: str, example: tuple[str, str]
) -> None:
    f, result = example
    derivation = derived(f, "x")
    assert derivation.rule == rule
    assert plain(derivation.result) == result
    assert holds(derivation, other(f, "x"))


def test_every_rule_has_an_example() -> None:
    # A logarithm to a base that varies cannot be typed.
    assert set(RULES) - set(EXAMPLES) == {"change-of-base"}


@pytest.mark.parametrize(("f", "by", "must", "any_of", "must_not"), _MODULE.SAMPLES)
def test_a_sample_names_the_rules_that_it_needs_and_no_others(
    derived: Derive,
    f: str,
    by: str,
    must: tuple[str, ...],
    any_of: tuple[tuple[str, ...], ...],
    must_not: tuple[str, ...],
) -> None:
    named = {step.rule for step in steps(derived(f, by))}
    assert set(must) <= named
    assert all(set(group) & named for group in any_of)
    assert not set(must_not) & named


@pytest.mark.parametrize(
    ("f", "rules"),
    [
        ("1/x", ["power"]),
        ("1/x^2", ["power"]),
        ("1/(x*y)", ["power", "hold-constant"]),
        ("x/y", ["power", "hold-constant"]),
        ("1/sqrt(x)", ["power"]),
        ("-x", ["power", "constant-multiple"]),
        ("2y*x", ["power", "hold-constant", "constant-multiple"]),
        ("e^x", ["exp"]),
        ("x^y", ["power"]),
        ("log_2(x)", ["log"]),
        ("1*x", ["power"]),
        ("y^x", ["exp-base"]),
    ],
)
def test_no_rule_is_named_that_is_not_needed(derived: Derive, f: str, rules: list[str]) -> None:
    assert [step.rule for step in steps(derived(f, "x"))] == rules


@pytest.mark.parametrize(
    ("f", "result"),
    [
        ("2*x^1", "2"),
        ("0.5x^2", "x"),
        ("0.1x^2", "0.2*x"),
        ("x^2/3", "2*x/3"),
        ("(x+1)^2*(x-1)", "2*(x + 1)*(x - 1) + (x + 1)^2"),
        ("10x-x^2", "10 - 2*x"),
        ("-x^2+10x", "10 - 2*x"),
        ("ln(x*y)", "1/x"),
        ("sqrt(x^2+y^2)", "x/sqrt(x^2 + y^2)"),
        ("x*e^(x*y)", "e^(x*y) + x*y*e^(x*y)"),
        ("x*x", "2*x"),
        ("pi*x^2", "2*pi*x"),
        ("x^(1/3)", "1/(3*x^(2/3))"),
        ("sin(x^2)", "2*x*cos(x^2)"),
    ],
)
def test_a_result_is_tidied_as_far_as_a_teacher_would(derived: Derive, f: str, result: str) -> None:
    assert plain(derived(f, "x").result) == result


def test_a_stand_in_is_no_variable_of_the_function(derived: Derive) -> None:
    derivation = derived("sin(u*x+v)", "x")
    assert derivation.children[0].by not in {"u", "v", "x"}


def test_steps_come_after_their_parts_and_end_with_the_result(derived: Derive) -> None:
    derivation = derived("ln(1+x^2)", "x")
    found = list(steps(derivation))
    assert [(step.rule, step.depth) for step in found] == [
        ("constant", 2), ("power", 2), ("sum", 1), ("log", 1), ("chain", 0),
    ]  # fmt: skip
    assert found[-1].result == derivation.result


def test_a_function_without_a_rule_is_refused(derived: Derive) -> None:
    with pytest.raises(NotSupported):
        derived("floor(x)*x", "x")


def test_a_derivative_that_grows_without_bounds_is_refused(derived: Derive) -> None:
    with pytest.raises(TooLarge):
        derived("(" * 30 + "x" + "*y+x)*x" * 30, "x")
