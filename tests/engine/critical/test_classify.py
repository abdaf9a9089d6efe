"""One given point: classified, or refused with the reason."""

import pytest
from sympy import Abs, Expr, Integer, Rational, cos, exp, log, pi, sqrt, symbols

from engine.critical import classify
from engine.errors import NotInDomain, NotSupported

X, Y = symbols("x y", real=True)
ZERO = (Integer(0), Integer(0))


@pytest.mark.parametrize(
    ("f", "at", "kind"),
    [
        (3 * X**2 + 2 * X * Y + Y**3, ZERO, "saddle point"),
        (3 * X**2 + 2 * X * Y + Y**3, (Rational(-2, 27), Rational(2, 9)), "local minimum"),
        (X * Y * exp(-(X**2) - Y**2), (sqrt(2) / 2, sqrt(2) / 2), "local maximum"),
        (cos(X) + cos(Y), (pi, pi), "local minimum"),
        (X**4 + Y**4, ZERO, "local minimum"),
        (X**3 - 3 * X * Y**2, ZERO, "saddle point"),
        (exp(X) - X + Y**4, ZERO, "local minimum"),
    ],
)
def test_a_critical_point_is_classified(f: Expr, at: tuple[Expr, ...], kind: str) -> None:
    assert classify(f, (X, Y), at).kind == kind


def test_a_point_with_a_slope_is_refused_with_its_gradient() -> None:
    with pytest.raises(NotInDomain, match=r"\(1, 2\) is no critical point: the gradient there is \(2, 4\)"):
        classify(X**2 + Y**2, (X, Y), (Integer(1), Integer(2)))


def test_a_point_outside_the_domain_is_refused() -> None:
    with pytest.raises(NotInDomain, match="has no value at"):
        classify(log(X) + Y, (X, Y), ZERO)


def test_a_point_where_the_gradient_has_no_value_is_refused() -> None:
    with pytest.raises(NotInDomain, match="formula of the gradient"):
        classify(sqrt(X**2 + Y**2), (X, Y), ZERO)


def test_a_point_on_a_kink_is_refused() -> None:
    with pytest.raises(NotSupported, match="kink"):
        classify(Abs(X) + Y**2, (X, Y), ZERO)


def test_a_point_on_a_line_of_minima_is_not_called_strict() -> None:
    found = classify((X + Y) ** 2, (X, Y), (Integer(1), Integer(-1)))
    assert (found.kind, found.strict, found.degenerate) == ("local minimum", None, True)
