"""One function, spelled for each reader."""

import pytest

from engine.reading import read_expression
from engine.spelling import numbers
from engine.spelling.spoken import spoken
from engine.spelling.typst import typst
from engine.spelling.unicode import unicode


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("x^2+2xy", "x² + 2xy"),
        ("(x+y)^2", "(x + y)²"),
        ("sqrt(x+1)", "√(x + 1)"),
        ("theta_1*x", "θ₁·x"),
        ("p*i*r", "p·ir"),
        ("(1/2)x", "(1/2)·x"),
        ("x*(y+1)", "x·(y + 1)"),
        ("|x|y", "|x|·y"),
        ("2*3", "2·3"),
        ("2*.5x", "2·.5x"),
        ("x-(y-1)", "x - (y - 1)"),
        ("sqrt(x)*y", "√x·y"),
        ("log_10(x)", "log₁₀(x)"),
        ("e^(x*y)", "e^(xy)"),
        ("x^(1/2)", "x^(1/2)"),
        ("x^-2", "x⁻²"),
        ("(-x)^2", "(-x)²"),
        ("2^x", "2^x"),
        ("e^x*y", "e^x·y"),
        ("floor(x)+ceil(y)", "⌊x⌋ + ⌈y⌉"),
        ("5!", "5!"),
        ("x if x>=0 else -x^2", "{x, x ≥ 0; -x², otherwise}"),
    ],
)
def test_unicode_reads_like_handwriting(typed: str, shown: str) -> None:
    assert unicode(read_expression(typed).tree) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("x/y", "frac(x, y)"),
        ("lambda_1 x", "lambda_(1) x"),
        ("sin(x)^2", "(sin(x))^(2)"),
        ("x*(-y)", "x (-y)"),
        ("2*3", "2 dot 3"),
        ("x-(y-1)", "x - (y - 1)"),
        ("sqrt(x)", "sqrt(x)"),
        ("sigmoid(x)", 'op("sigmoid")(x)'),
        ("floor(x)^2", "floor(x)^(2)"),
        ("5!", "5!"),
        ("x if 0<=x<1 else 0", 'cases(x & "if " 0 lt.eq x "and" x < 1, 0 & "otherwise")'),
    ],
)
def test_typst_gets_its_own_mathematics(typed: str, shown: str) -> None:
    assert typst(read_expression(typed).tree) == shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("x^2+y^2", "x squared plus y squared"),
        ("(x+y)^3", "open bracket x plus y close bracket cubed"),
        ("1/x", "1 over x"),
        ("sin(x*y)", "the sine of open bracket x y close bracket"),
        ("theta_1", "theta sub 1"),
        ("0.5", "0 point 5"),
        ("5!", "5 factorial"),
        ("x if x>0 else 0", "open brace x if x is greater than 0, 0 otherwise, close brace"),
    ],
)
def test_spoken_words_can_be_followed_by_ear(typed: str, said: str) -> None:
    assert spoken(read_expression(typed).tree) == said


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1, "0.1"), (4.472135955, "4.47214"), (-0.0, "0"), (1e-9, "1·10^-9"), (123456789.0, "1.23457·10^8"), (2.0, "2")],
)
def test_decimals_are_short_and_never_turn_small_into_nothing(value: float, text: str) -> None:
    assert numbers.decimal(value) == text
