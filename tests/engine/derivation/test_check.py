"""No false step passes, and no true one is lost."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sympy import Expr

from engine.building import build, symbol
from engine.calculus import derivatives
from engine.derivation import Derivation, check, checked, derive, holds, steps
from engine.derivation.enclosed import Around, OutsideError, precision
from engine.derivation.rules import RULES, combined
from engine.derivation.tidy import plus, times
from engine.reading import read_expression
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number

Derive = Callable[[str, str], Derivation]
Other = Callable[[str, str], Expr]

FUNCTIONS = ("sin", "cos", "tan", "exp", "sinh", "tanh", "atan", "sigmoid", "abs", "relu", "asinh", "ln", "sqrt")


def _grown(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(Binary, st.sampled_from("+-*/"), below, below),
        st.builds(Negative, below),
        st.builds(lambda base, n: Binary("^", base, Number(str(n))), below, st.integers(1, 4)),
        st.builds(lambda base: Binary("^", Constant("e"), base), below),
        st.builds(lambda function, inner: Apply(function, (inner,)), st.sampled_from(FUNCTIONS), below),
        st.builds(lambda left, right: Apply("max", (left, right)), below, below),
    )


NUMBERS = st.sampled_from(["1", "2", "3", "0.5", "10"]).map(Number)
LEAVES: st.SearchStrategy[Node] = st.one_of(st.sampled_from("xy").map(Name), NUMBERS)
TREES = st.recursive(LEAVES, _grown, max_leaves=8)


def _value(tree: Node, x: float, y: float) -> complex | None:
    """Return the value as SymPy has it, None where it has none that is real."""
    found = complex(build(tree).subs({symbol("x"): x, symbol("y"): y}).evalf(40))
    return None if abs(found.imag) > 1e-12 or abs(found) > 1e6 else found


@given(TREES, st.floats(0.3, 2.2), st.floats(0.3, 2.2))
@example(Apply("max", (Name("x"), Apply("max", (Name("x"), Name("y"))))), 1.0, 1.0)
@settings(max_examples=60, deadline=None)
def test_a_checked_step_agrees_with_a_difference_quotient(tree: Node, x: float, y: float) -> None:
    try:
        expected = derivatives.gradient(build(tree), [symbol("x")])[0]
        found = checked(tree, "x", expected)
    except Exception:  # noqa: BLE001 - a random tree may divide by zero; that is refused when it is read
        return
    for step in () if found is None else steps(found):
        try:
            near = [_value(step.input, x + h, y) for h in (-2e-4, -1e-4, 1e-4, 2e-4)]
            stated = _value(step.result, x, y)
        except (TypeError, ValueError, OverflowError, ZeroDivisionError):
            continue
        if stated is None or any(each is None for each in near):
            continue
        a, b, c, d = (each.real for each in near if each is not None)
        wide, close = (d - a) / 4e-4, (c - b) / 2e-4
        left, right = (b - a) / 1e-4, (d - c) / 1e-4
        # Where the quotients agree, also those of the two sides, there is no kink or pole between the places.
        if abs(wide - close) < 1e-4 * (1 + abs(close)) and abs(left - right) < 1e-2 * (1 + abs(close)):
            assert close == pytest.approx(stated.real, rel=1e-3, abs=1e-3), step


@given(TREES)
@settings(max_examples=60, deadline=None)
def test_the_steps_end_where_sympy_ends(tree: Node) -> None:
    try:
        expected = derivatives.gradient(build(tree), [symbol("x")])[0]
        derivation = derive(tree, "x")
    except Exception:  # noqa: BLE001 - the same
        return
    with precision():
        for point in islice(check._points(derivation), 20):
            try:
                assert check._true_at(derivation, Around(point, "x")), derivation
                assert check._equals(derivation, expected, point), derivation
            except OutsideError:
                continue


@pytest.mark.parametrize("rule", ["product", "quotient", "chain", "power", "sin", "sum", "hold-constant"])
def test_a_wrong_rule_at_one_node_is_found(
    derived: Derive, other: Other, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    f = "y*x^2*sin(x^2)/(x^2+y)+sin(x)"
    right = RULES[rule]

    def wrong(pieces: Sequence[Node], results: Sequence[Node]) -> Node:
        return plus(right(pieces, results), Number("1"))

    assert holds(derived(f, "x"), other(f, "x"))
    monkeypatch.setitem(RULES, rule, wrong)
    assert not holds(derived(f, "x"), other(f, "x"))


def test_a_result_that_is_not_the_stated_one_is_withheld(other: Other) -> None:
    tree = read_expression("x^2*y").tree
    assert checked(tree, "x", other("x^2*y", "x")) is not None
    assert checked(tree, "x", other("x^2*y", "x") * 2) is None


def test_a_slip_in_the_last_digits_is_found(derived: Derive, other: Other) -> None:
    derivation = derived("x^3", "x")
    slipped = replace(derivation, result=times(derivation.result, read_expression("1.0000000000001").tree))
    assert not holds(slipped, other("x^3", "x"))


@pytest.mark.parametrize("f", ["ln(x-100)", "sqrt(2-x)", "asin(x/1000)", "acosh(x)", "sqrt(-x)", "ln(x-5)*sqrt(6-x)"])
def test_points_are_found_in_a_small_or_far_domain(derived: Derive, other: Other, f: str) -> None:
    assert holds(derived(f, "x"), other(f, "x"))


def test_without_a_point_in_the_domain_the_steps_are_withheld(other: Other) -> None:
    f = "sqrt(1-x^2)*sqrt(x^2-1)"
    assert checked(read_expression(f).tree, "x", other(f, "x")) is None


def test_a_node_can_be_worked_out_again_with_another_rule(derived: Derive) -> None:
    node = derived("x^2*sin(x)", "x")
    left, right = (child.result for child in node.children)
    assert combined("product", node.pieces, (left, right)) == node.result
    assert times(left, right) != node.result
