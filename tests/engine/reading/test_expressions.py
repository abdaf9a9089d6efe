"""What a text is read as: the same function as the one spelled out beside it."""

import pytest

from engine.reading import read_expression
from engine.reading.tree import Binary, Name, Negative, Number
from engine.spelling.plain import plain


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("2x", "2*x"),
        ("xy", "x*y"),
        ("2(x+y)", "2*(x + y)"),
        ("y(3-x)", "y*(3 - x)"),
        ("3x^2+2xy+y^3", "3*x^2 + 2*x*y + y^3"),
        ("x ** 2", "x^2"),
        ("-x^2", "-x^2"),
        ("2^3^2", "2^(3^2)"),
        ("x^-1", "x^(-1)"),
        ("e^-x^2-y^2", "e^(-x^2) - y^2"),
        ("1/2x", "1/2*x"),
        ("e^xy", "e^x*y"),
        ("ye^x", "y*e^x"),
        ("xye^(x+y)", "x*y*e^(x + y)"),
        ("4pir^3", "4*pi*r^3"),
        ("sin x", "sin(x)"),
        ("sin 2x", "sin(2*x)"),
        ("sinx", "sin(x)"),
        ("sin^2 x", "sin(x)^2"),
        ("cos^-1 x", "acos(x)"),
        ("sin theta cos phi", "sin(theta)*cos(phi)"),
        ("sin atan n", "sin(atan(n))"),
        ("2cosxsqrt(xy+1)", "2*cos(x)*sqrt(x*y + 1)"),
        ("r cosθ", "r*cos(theta)"),
        ("ln|x|", "ln(abs(x))"),
        ("|x|+|y|", "abs(x) + abs(y)"),
        ("2|x|y", "2*abs(x)*y"),
        ("√x y", "sqrt(x)*y"),
        ("Sin(x)", "sin(x)"),
        ("x²y³−2xy", "x^2*y^3 - 2*x*y"),
        ("x⁻²", "x^(-2)"),
        ("αx+βy", "alpha*x + beta*y"),
        ("lambda(x+y-1)", "lamda*(x + y - 1)"),
        ("x_1^2+x₂", "x1^2 + x2"),
        ("w1*x1+b", "w1*x1 + b"),
        ("½x", "1/2*x"),
        (".25", ".25"),
        ("（x+y）²", "(x + y)^2"),
        ("`x^2`", "x^2"),
        ("“x*y”", "x*y"),
        (r"x\*y", "x*y"),
        ("x\u00ad+y", "x + y"),
        ("log_10(x)", "log_10(x)"),
        ("[x+1]^2", "(x + 1)^2"),
        ("f(x, y) = x - y", "x - y"),
        ("x+-y", "x + -y"),
        ("Ln(x)", "ln(x)"),
        ("2PI x", "2*pi*x"),
        ("ln2", "ln(2)"),
        ("uvw", "u*v*w"),
        ("2.5e-2x", "2.5e-2*x"),
        ("sin -x", "sin(-x)"),
        ("cos -2x + y", "cos(-2*x) + y"),
        ("x^--2", "x^(-(-2))"),
        ("|x||y|", "abs(x)*abs(y)"),
        ("||x|-|y||", "abs(abs(x) - abs(y))"),
        ("||x||", "abs(abs(x))"),
        ("|(x, y)|", "sqrt(x^2 + y^2)"),
        ("norm(x, y)", "sqrt(x^2 + y^2)"),
        ("norm((x, y, z))", "sqrt(x^2 + y^2 + z^2)"),
        ("hypot(x, y)", "sqrt(x^2 + y^2)"),
        ("cbrt(x)", "cbrt(x)"),
        ("root(x, 3)", "cbrt(x)"),
        ("root(x, 5)", "x^(1/5)"),
        ("cbrt(2)", "2^(1/3)"),
        ("arcsec(x)", "acos(1/x)"),
        ("arcsch x", "asinh(1/x)"),
        ("log_e(x)", "ln(x)"),
        ("∛(x+y)", "cbrt(x + y)"),
        ("root(x, 4)", "x^(1/4)"),
        ("50%", "50/100"),
        ("5!x", "5!*x"),
        ("⌊x⌋", "floor(x)"),
        ("ceiling(x)", "ceil(x)"),
        ("arctan(x) + atan2(y, x)", "atan(x) + atan2(y, x)"),
        ("xᵃ", "x^a"),
        ("uvw(x+y)", "u*v*w*(x + y)"),
        ("a*atan(x)", "a*arctan(x)"),
    ],
)
def test_a_text_is_read_as_its_spelled_out_form(typed: str, spelled: str) -> None:
    assert read_expression(typed).tree == read_expression(spelled).tree


@pytest.mark.parametrize(
    "typed",
    [
        "*x^2+y^2*",
        "_x^2+y^2_",
        "***x^2+y^2***",
        "```x^2+y^2```",
        "```py\nx^2+y^2\n```",
        "``x^2+y^2``",
        "__x^2+y^2__",
        "$x^2+y^2$",
        "$$x^2+y^2$$",
        r"\(x^2+y^2\)",
        r"\[x^2+y^2\]",
        "‘x^2+y^2’",
        "«x^2+y^2»",
        r"x\^2+y\^2",
        "x^\u00ad2+y^2",
        "**`x^2+y^2`**;",
    ],
)
def test_what_a_chat_puts_round_a_formula_is_taken_off(typed: str) -> None:
    assert plain(read_expression(typed).tree) == "x^2 + y^2"


def test_a_spoiler_is_taken_off_and_said() -> None:
    read = read_expression("||x^2-y||")
    assert plain(read.tree) == "x^2 - y"
    assert [note.alternative for note in read.notes] == ["abs(x^2-y)"]


def test_a_product_of_letters_keeps_their_order() -> None:
    assert plain(read_expression("yx").tree) == "y*x"


def test_the_tree_keeps_what_was_written() -> None:
    tree = read_expression("-x^2").tree
    assert tree == Negative(Binary("^", Name("x"), Number("2")))


def test_a_span_stands_in_the_learners_own_text() -> None:
    tree = read_expression("x² + y").tree
    assert isinstance(tree, Binary)
    assert tree.right.span == (5, 6)


def test_variables_come_in_alphabetical_order_with_indices_counted() -> None:
    assert read_expression("x_10 + x_2 + b").variables == ("b", "x2", "x10")


def test_a_header_declares_the_order_of_the_variables() -> None:
    assert read_expression("f(y, x) = x*y").variables == ("y", "x")


def test_a_header_makes_e_a_variable() -> None:
    assert read_expression("f(e, x) = e*x").tree == Binary("*", Name("e"), Name("x"))


@pytest.mark.parametrize(
    ("typed", "alternative"),
    [
        ("1/2x", "1/(2x)"),
        ("1/xy", "1/(xy)"),
        ("e^xy", "e^(xy)"),
        ("2^3x", "2^(3x)"),
        ("x^1/2", "x^(1/2)"),
        ("sin x y", "(sin x) y"),
        ("√xy", "√(xy)"),
        ("sin x(y+1)", "sin (x(y+1))"),
        ("x^-1/2", "x^(-1/2)"),
        ("√x²+y²", "√(x²+y²)"),
        ("sqrt x^2+y^2", "sqrt(x^2+y^2)"),
        ("e^x^2y", "e^(x^2y)"),
        ("log2x", "log(2x)"),
        ("acosx", "a*cosx"),
        ("a+acos(x)", "a+a*cos(x)"),
        ("f(a,x)=acos(x)", "f(a,x)=a*cos(x)"),
        ("1e-3x", "1*e-3x"),
    ],
)
def test_a_doubtful_text_comes_with_its_other_reading(typed: str, alternative: str) -> None:
    (note,) = read_expression(typed).notes
    assert note.alternative.replace(" ", "") == alternative.replace(" ", "")
    assert read_expression(note.alternative).tree != read_expression(typed).tree


@pytest.mark.parametrize(
    "typed",
    ["2x^2y", "x/2", "(1/2)x", "e^(xy)", "x^2/2", "sin atan x", "cos -x", "log2(x)", "sin(x)cos(y)", "3x^2+2xy"],
)
def test_a_plain_text_raises_no_doubt(typed: str) -> None:
    assert read_expression(typed).notes == ()
