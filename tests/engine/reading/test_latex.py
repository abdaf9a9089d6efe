"""LaTeX as it is pasted: the same function as the one typed plainly beside it."""

import pytest

from engine.errors import MissingOperand, NotAnExpression, NotMathematics, Refused, TooLarge, Unbalanced, UnknownName
from engine.reading import read_expression
from engine.reading.characters import normalise
from engine.reading.tokens import tokenise
from engine.reading.tree import Binary


@pytest.mark.parametrize(
    ("pasted", "typed"),
    [
        (r"\frac{x}{y}", "x/y"),
        (r"\frac12x", "(1/2)*x"),
        (r"\frac\pi2", "pi/2"),
        (r"\dfrac{1}{2}\cdot x \times y \div z", "1/2*x*y/z"),
        (r"x^\frac12", "x^(1/2)"),
        (r"\frac{\frac{x}{y}}{2}", "(x/y)/2"),
        (r"\sqrt{x+1}", "sqrt(x+1)"),
        (r"\sqrt2x", "sqrt(2)*x"),
        (r"\sqrt(x+1)", "sqrt(x+1)"),
        (r"\sqrt[3]{x^2}", "cbrt(x^2)"),
        (r"\left(x+y\right)^2", "(x+y)^2"),
        (r"\left|x-y\right|\left|x\right|", "abs(x-y)*abs(x)"),
        (r"\lvert x \rvert + \lVert y \rVert", "abs(x) + abs(y)"),
        (r"\bigl(x\bigr)", "x"),
        (r"a\sin x", "a*sin(x)"),
        (r"\sin^2\theta\cos\varphi", "sin(theta)^2*cos(phi)"),
        (r"\sin^{-1}(x)", "asin(x)"),
        (r"\ln e^x", "ln(e^x)"),
        (r"\log_{10} x + \log_2(y)", "log_10(x) + log_2(y)"),
        (r"\max\{x,y\} + \min\left(x,y\right)", "max(x,y) + min(x,y)"),
        (r"\operatorname{arctan}(x) + \mathrm{sgn}(y)", "atan(x) + sign(y)"),
        (r"x\mathrm{e}^{-y}", "x*e^(-y)"),
        (r"\theta_1 + \theta_{12}", "theta_1 + theta_12"),
        (r"x_1^2 x_{2}^{3}", "x_1^2*x_2^3"),
        (r"\lambda\mu", "lambda*mu"),
        (r"2x\,y\;z\quad w", "2*x*y*z*w"),
        (r"\displaystyle \frac{x}{2}", "x/2"),
        (r"\\frac{x}{2}", "x/2"),
        (r"{\sin x} y", "sin(x)*y"),
        (r"\lfloor x \rfloor", "floor(x)"),
        (r"\begin{equation} x^2 + y \end{equation}", "x^2 + y"),
        (r"\begin{cases} x^2 & \text{if } x > 0 \\ -x & \text{otherwise} \end{cases}", "x^2 if x > 0 else -x"),
        (r"\begin{cases} x, & x \le 0 \\ y, & x > 0 \\ \end{cases}", "{x, x <= 0; y, x > 0}"),
    ],
)
def test_latex_is_read_as_its_plain_form(pasted: str, typed: str) -> None:
    assert read_expression(pasted).tree == read_expression(typed).tree


def test_a_fraction_of_one_digit_each_raises_no_doubt() -> None:
    assert read_expression(r"\frac12x + \frac{1}{2}y").notes == ()


@pytest.mark.parametrize(
    ("pasted", "kind", "place"),
    [
        (r"\frac{x}{y", Unbalanced, (8, 9)),
        (r"1+\frac{x", Unbalanced, (7, 8)),
        (r"\frac{x}", MissingOperand, (0, 5)),
        (r"\frac{}{y}", MissingOperand, (0, 7)),
        (r"\frac{x}{ }", MissingOperand, (0, 11)),
        (r"x+\sqrt{}", MissingOperand, (2, 9)),
        (r"x+\sqrt", MissingOperand, (2, 7)),
        (r"\left(x", Unbalanced, (0, 5)),
        (r"x\right)", Unbalanced, (1, 7)),
        (r"\left(x\right|", Unbalanced, (7, 13)),
        (r"\begin{cases} x & y>0", Unbalanced, (0, 6)),
        (r"x\end{cases}", Unbalanced, (1, 5)),
        (r"\begin{tikz}x\end{tikz}", UnknownName, (0, 6)),
        (r"x+\foo{y}", UnknownName, (2, 6)),
        (r"\int x", UnknownName, (0, 4)),
        (r"x+\infty", NotMathematics, (2, 8)),
        (r"\partial x", NotMathematics, (0, 8)),
        (r"5\text{m}", NotMathematics, (6, 9)),
        (r"5\,\mathrm{kg}", NotMathematics, (10, 14)),
        (r"\hat{y}-y", NotMathematics, (0, 4)),
        (r"\vec{a}\cdot\vec{b}", NotMathematics, (0, 4)),
        (r"2x\hat{i}", NotAnExpression, (6, 9)),
        (r"x \le y", NotAnExpression, (2, 5)),
        (r"\frac{x+}{y}", MissingOperand, (7, 9)),
        (r"\includegraphics{x}", UnknownName, (0, 16)),
        (r"\text{\input{x}}", NotMathematics, (5, 16)),
    ],
)
def test_latex_that_cannot_be_read_is_refused_at_its_place(
    pasted: str, kind: type[Refused], place: tuple[int, int]
) -> None:
    with pytest.raises(kind) as refused:
        read_expression(pasted)
    assert refused.value.span == place


def test_a_misspelled_command_is_offered() -> None:
    with pytest.raises(UnknownName, match=r"Did you mean \\frac") as refused:
        read_expression(r"\farc{x}{y}")
    assert refused.value.suggestions[0] == r"\frac"


@pytest.mark.parametrize("piece", [r"\frac1", r"\sqrt[", r"\frac{", r"\sqrt\frac"])
def test_deep_groups_are_refused_before_they_are_read(piece: str) -> None:
    with pytest.raises(TooLarge):
        normalise(piece * 400, limit=8000)


def test_a_long_continued_fraction_is_read() -> None:
    assert read_expression(r"\frac{1}{1+" * 12 + "x" + "}" * 12).variables == ("x",)


def test_a_span_stands_in_the_pasted_text() -> None:
    tree = read_expression(r"\frac{x}{2} + y").tree
    assert isinstance(tree, Binary)
    assert (tree.left.span, tree.right.span) == ((0, 11), (14, 15))


def test_the_parts_of_a_matrix_are_tokens_of_their_own() -> None:
    tokens = tokenise(normalise(r"\begin{bmatrix} 6x & 1 \\ 1 & 6y \end{bmatrix}"))
    kinds = [token.kind for token in tokens if token.kind not in {"number", "word"}]
    assert kinds == ["open", "cell", "row", "cell", "close", "end"]


@pytest.mark.parametrize("typed", [r"\hat{i}", r"\hat\imath", r"\mathbf{i}", r"\vec{i}", r"\mathbf{\hat{i}}", "î"])
def test_a_marked_unit_vector_is_a_token_of_its_own(typed: str) -> None:
    token = tokenise(normalise(typed))[0]
    assert (token.kind, token.text) == ("unit", "i")


def test_the_name_of_a_vector_may_carry_its_mark() -> None:
    assert normalise(r"\vec{v} = (1, 2)").text == "v = (1, 2)"
