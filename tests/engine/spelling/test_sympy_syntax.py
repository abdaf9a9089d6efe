"""SymPy syntax: what SymPy makes of it is what the tree says."""

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.building import build_any
from engine.reading import read_expression
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number, names_in
from engine.spelling.sympy_syntax import sympy_syntax


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("0.1x", "Rational(1, 10)*x"),
        ("e^(xy)", "exp(x*y)"),
        ("e*E", "exp(1)*E"),
        ("lambda_1 x₂", "lamda1*x2"),
        ("ln(x)+log_10(y)", "log(x) + log(y, 10)"),
        ("-x^2", "-x**2"),
        ("(-x)^-1", "(-x)**(-1)"),
        ("|x|", "Abs(x)"),
        ("relu(x)-sigmoid(y)", "Max(0, x) - (1/(1 + exp(-y)))"),
        ("x if x>0 else -x", "Piecewise((x, x > 0), (-x, True))"),
        ("{x, 0<x<=1; y, x!=y}", "Piecewise((x, And(0 < x, x <= 1)), (y, Ne(x, y)))"),
        ("ceil(x)+5!", "ceiling(x) + factorial(5)"),
        ("atan2(y,x)", "atan2(y, x)"),
        ("cbrt(x)", "sign(x)*Abs(x)**(1/3)"),
    ],
)
def test_the_syntax_is_that_of_sympy(typed: str, text: str) -> None:
    assert sympy_syntax(read_expression(typed).tree) == text


_TREES: st.SearchStrategy[Node] = st.recursive(
    st.one_of(
        st.integers(0, 9).map(lambda n: Number(str(n))),
        st.sampled_from(["x", "y", "E", "S", "lamda", "x1"]).map(Name),
        st.sampled_from(["e", "pi"]).map(Constant),
        st.just(Number("0.25")),
    ),
    lambda inner: st.one_of(
        inner.map(Negative),
        st.builds(Binary, st.sampled_from("+-*"), inner, inner),
        st.builds(Binary, st.just("^"), inner, st.sampled_from([Number("2"), Number("3")])),
        st.builds(lambda f, a: Apply(f, (a,)), st.sampled_from(["sin", "abs", "sigmoid", "relu", "step"]), inner),
        st.builds(lambda a, b, c: Apply("cases", (a, Apply("<", (b, c)), c)), inner, inner, inner),
    ),
    max_leaves=6,
)


@given(_TREES)
@settings(max_examples=150, deadline=None)
def test_reading_the_syntax_back_gives_the_same_values(tree: Node) -> None:
    names = {name: sympy.Symbol(name, real=True) for name in names_in(tree)}
    try:
        again = sympy.sympify(sympy_syntax(tree), locals=names)
    except RecursionError:
        assume(False)  # noqa: FBT003 - SymPy never ends putting E - y < e - E in order
    at = {symbol: sympy.Rational(i + 1, 3) for i, symbol in enumerate(names.values())}
    try:
        one, other = complex(build_any(tree).subs(at)), complex(again.subs(at))
    except (OverflowError, TypeError):
        assume(False)  # noqa: FBT003 - a tower of powers has no decimal value to compare
    assert other == pytest.approx(one, rel=1e-9)
