"""What cannot be read is refused: by its cause, at its place, at once."""

import time

import pytest

from engine.errors import (
    EmptyText,
    MissingOperand,
    NotAnExpression,
    NotInDomain,
    NotMathematics,
    Refused,
    StrangeCharacter,
    TooLarge,
    Unbalanced,
    UnknownName,
)
from engine.reading import read_expression


@pytest.mark.parametrize(
    ("typed", "kind", "place"),
    [
        ("", EmptyText, 0),
        ("``````", EmptyText, 0),
        ("x+1)", Unbalanced, 3),
        ("sin(x+cos(y)", Unbalanced, 3),
        ("(x+y]", Unbalanced, 4),
        ("|x-y|+|z", Unbalanced, 6),
        ("x^2 + * y", MissingOperand, 4),
        ("2 +", MissingOperand, 2),
        ("x^", MissingOperand, 1),
        ("sin + cos", MissingOperand, 0),
        ("e^sin", MissingOperand, 2),
        ("max(x)", MissingOperand, 0),
        ("sqrt(x,y,z)", MissingOperand, 0),
        ("x 2", MissingOperand, 2),
        ("()", MissingOperand, 0),
        ("x^2 + y^2 = 1", NotAnExpression, 10),
        ("x,y", NotAnExpression, 1),
        ("x != y", NotAnExpression, 2),
        ("f(x,y)=x=2", NotAnExpression, 8),
        ("sni(x)", UnknownName, 0),
        ("lol", UnknownName, 0),
        ("nan", UnknownName, 0),
        ("x2+y", UnknownName, 0),
        ("x__1", UnknownName, 1),
        ("xe", UnknownName, 0),
        ("tg(x)", UnknownName, 0),
        ("arccot(x)", UnknownName, 0),
        ("what", UnknownName, 0),
        ("sin2(x)", UnknownName, 0),
        ("|2|x|+1|", Unbalanced, 4),
        ("log_2.5(x)", StrangeCharacter, 3),
        ("x=2", NotAnExpression, 1),
        ("d/dx x^2", NotMathematics, 0),
        ("2+df/dx", NotMathematics, 2),
        (r"\frac{d}{dx}x^2", NotMathematics, 6),
        (r"\frac{dy}{dx}", NotMathematics, 6),
        ("x+3e+2y", UnknownName, 2),
        ("1.2.3", StrangeCharacter, 0),
        ("x\u202ey", StrangeCharacter, 1),
        ("х+1", StrangeCharacter, 0),
        ("x\x08y", StrangeCharacter, 1),
        ("x!", NotMathematics, 1),
        ("x%y", NotMathematics, 1),
        ("50%x", NotMathematics, 2),
        ("170!!", NotMathematics, 4),
        ("171!", TooLarge, 0),
        ("2 1/2", MissingOperand, 0),
        ("log(x,2)", MissingOperand, 0),
        ("atan2(y)", MissingOperand, 0),
        ("sin - cos x", MissingOperand, 0),
        ("log_x", UnknownName, 0),
        ("x_{", UnknownName, 1),
        ("f_x", UnknownName, 0),
        ("sum(x)", NotMathematics, 0),
        ("x + î", NotAnExpression, 4),
        ("∇x", NotMathematics, 0),
        ("x+∞", NotMathematics, 2),
        ("2;3", NotAnExpression, 1),
        ("https://example.com/x", NotMathematics, 0),
        ("1/0", NotInDomain, 0),
        ("sqrt(-4)x", NotInDomain, 0),
        ("x + ln(0)", NotInDomain, 4),
    ],
)
def test_a_refusal_names_the_cause_and_the_place(typed: str, kind: type[Refused], place: int) -> None:
    with pytest.raises(kind) as refused:
        read_expression(typed)
    assert refused.value.span is not None
    assert refused.value.span[0] == place


def test_a_misspelled_function_is_offered() -> None:
    with pytest.raises(UnknownName) as refused:
        read_expression("sni(x)")
    assert "sin" in refused.value.suggestions


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sni(x)", "sin"),
        ("cso(x)", "cos"),
        ("sqtr(x)", "sqrt"),
        ("sqr(x)", "sqrt(x)"),
        ("tg(x)", "tan"),
        ("arccot(x)", "arctan(1/x)"),
        ("arcan(x)", "arctan"),
        ("thta+1", "theta"),
        ("2 1/2", "2 + 1/2"),
        ("log(8,2)", "log_2(x)"),
        ("x_i", "x_1"),
    ],
)
def test_what_was_meant_is_offered(typed: str, meant: str) -> None:
    with pytest.raises(Refused) as refused:
        read_expression(typed)
    assert meant in refused.value.suggestions


def test_x2_is_asked_back() -> None:
    with pytest.raises(UnknownName) as refused:
        read_expression("x2 + y")
    assert refused.value.suggestions == ("x^2", "2x", "x_2")


def test_a_look_alike_letter_is_named() -> None:
    with pytest.raises(StrangeCharacter, match="cyrillic small letter ha"):
        read_expression("2х")


def test_a_hidden_character_is_named_without_being_shown() -> None:
    with pytest.raises(StrangeCharacter, match=r"U\+202E") as refused:
        read_expression("x+\u202ey")
    assert "\u202e" not in refused.value.message


@pytest.mark.parametrize(
    "typed",
    [
        "9^9^9^9",
        "10^10^10",
        "(-1)^(9^9^9)",
        "1.5^(10^9)",
        "ln(9^9^9)",
        "(1+2x)^(-100000)",
        "(x+1)^150*(y+1)^150",
        "(a+b+c+x+y+z)^40",
        "1e400",
        "1e308*10",
        "1" * 61,
        "x+" * 160 + "x",
        "(" * 100 + "x" + ")" * 100,
        "sin " * 99 + "x",
        "x" * 401,
        "a+b+c+d+f+g+h+k+m",
        "x_12345",
    ],
)
def test_too_much_is_refused_before_any_mathematics(typed: str) -> None:
    with pytest.raises(TooLarge):
        read_expression(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "9^9^9^9",
        "factorial(10^9)",
        "(" * 10_000 + "x" + ")" * 10_000,
        "x" * 5_000_000,
        "__import__('os').system('true')",
        "open('f','w')",
        "x if x else y",
        "[].append(1)",
        "$(reboot)",
        "'; drop table attempt; --",
    ],
)
def test_hostile_text_is_refused_in_no_time(typed: str) -> None:
    started = time.perf_counter()
    with pytest.raises(Refused) as refused:
        read_expression(typed)
    assert time.perf_counter() - started < 0.2
    assert len(refused.value.message) < 300


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("x+1)", ["x+1"]),
        ("(x+y))", ["(x+y)"]),
        ("sin(x+cos(y", ["sin(x+cos(y))"]),
        ("2*(x+[y", ["2*(x+[y])"]),
        ("x^2 + * y", ["x^2 + y", "x^2 * y"]),
        ("xsinn(y)", ["xsin(y)"]),
        ("coss x", ["cos x"]),
        ("ccos(x)", ["cos(x)"]),
        ("nl(x)", ["ln(x)"]),
        ("srt(x)", ["sqrt(x)"]),
    ],
)
def test_a_suggestion_in_place_of_what_was_refused_can_be_read(typed: str, mended: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        read_expression(typed)
    assert refused.value.span is not None
    start, end = refused.value.span
    assert [typed[:start] + each + typed[end:] for each in refused.value.suggestions] == mended
    for each in mended:
        read_expression(each)


@pytest.mark.parametrize("typed", ["n+sinn(y)", "f(n,x)=sinn(x)", "x+sinx(y)", "ab(x)", "msin(x)", "kx(x+y)", "sinnx"])
def test_a_product_of_letters_that_may_be_meant_is_no_slip(typed: str) -> None:
    assert read_expression(typed).variables


@pytest.mark.parametrize(
    ("typed", "other"), [("zeta(x)", "zeta*(x)"), ("2f(x)", "2f*(x)"), ("sigma(w x+b)", "sigmoid(w x+b)")]
)
def test_a_letter_that_often_names_a_function_is_said_to_be_a_factor(typed: str, other: str) -> None:
    assert [note.alternative for note in read_expression(typed).notes] == [other]


def test_the_usual_factors_before_a_bracket_make_no_doubt() -> None:
    assert read_expression("xy - lambda(x+y-1)").notes == ()


def test_nested_cube_roots_are_refused_before_they_double_each_other() -> None:
    with pytest.raises(TooLarge):
        read_expression("∛" * 40 + "x")
    read_expression("∛∛∛x")
