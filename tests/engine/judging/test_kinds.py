"""Each kind of answer: spellings that are right, answers that are nearly right, and what is said."""

from collections.abc import Callable

import pytest

from engine.errors import NotANumber, Refused, WrongForm, WrongKind, WrongLength, WrongUsage
from engine.judging.judge import judge
from engine.judging.question import Judged, read_question

Ask = Callable[..., Judged]

AT_POINTS = [
    "(1,1): local minimum, (0,0): saddle",
    "min at (1,1) and saddle at (0,0)",
    "(0,0) saddle; (1,1) min",
]
RIGHT = [
    ("expression", "2x*y+3y^2", ["y(2x+3y)", "3y²+2xy", r"\frac{4xy+6y^2}{2}"]),
    ("expression", "Rational(1,2)*x**2", ["x^2/2", "0.5x^2", "½x²"]),
    ("expression up to a constant", "x**2/2", ["x^2/2+7", "x^2/2+C", "(x^2-1)/2"]),
    ("vector", "(2*x, 2*y)", ["<2x,2y>", "2y j + 2x i", "2(x,y)", "∇f = [2x, 2y]"]),
    ("vector", "(14, 0)", ["14i", "x=14, y=0", "{14, 0}"]),
    ("matrix", "[[2, 1], [1, 2]]", ["[[2,1],[1,2]]", "[2,1;1,2]", "[[4/2,1],[1,2.0]]"]),
    ("point", "(1/2, -3)", ["(½,−3)", "x=1/2, y=-3", "y=-3, x=0.5"]),
    ("points", "(0,1), (0,-1)", ["(0,±1)", "(0,-1), (0,1)", "(0,1),(0,-1),(0,1)"]),
    ("points", "none", ["none", "no critical points", "∅"]),
    ("set", "{-1, 2}", ["x=2, x=-1", "2 and -1", "{2,-1}"]),
    ("number", "sqrt(5)", ["√5", "5^(1/2)", "sqrt(20)/2"]),
    ("interval", "[0,2)", ["0<=x<2", "[0,1] U (1,2)", "[0,2)"]),
    ("unit direction", "(3/5, 4/5)", ["<3/5,4/5>", "(0.6,0.8)", "<3,4>/5"]),
    ("direction", "(3, 4)", ["(6,8)", "3i+4j", "(0.3, 0.4)"]),
    ("direction either way", "(3, 4)", ["(-3,-4)", "6i+8j", "(3,4)/5"]),
    ("relation", "z = 2*x+2*y-2", ["2x+2y-z=2", "z+2=2(x+y)", "-z=2-2x-2y"]),
    ("relation", "x+y <= 1", ["-x-y>=-1", "1>=x+y", "2x+2y≤2"]),
    ("relation", "x*y = 1", ["y=1/x", "x=1/y", "1/(x*y)=1", "(x^2+1)(x*y-1)=0"]),
    ("relation", "x = 1", ["(x-1)^2=0", "(x-1)^3=0"]),
    ("limit", "oo", ["∞", "infinity", "+oo"]),
    ("limit", "DNE", ["does not exist", "DNE", "undefined"]),
    ("label", "local minimum", ["rel min", "a local minimum", "minimum"]),
    ("label", "saddle", ["sadle point", "saddle pt.", "neither"]),
    ("label at point", "saddle at (0,0); min at (1,1)", AT_POINTS),
]
WRONG = [
    ("expression", "x**2", ["x^3", "2x", "x^2+1e-12", "0.99999999x^2"]),
    ("expression up to a constant", "x**2/2", ["x^2", "x^2/2+Cx", "x^2/2+y"]),
    ("vector", "(2*x, 2*y)", ["<2y,2x>", "<2x,-2y>", "2x i"]),
    ("matrix", "[[2, 1], [1, 3]]", ["[[3,1],[1,2]]", "[[2,1],[1,-3]]"]),
    ("point", "(1/2, -3)", ["(1/2,3)", "(-3,1/2)", "(2,-3)"]),
    ("points", "(0,1), (0,-1)", ["(0,1)", "(±1,0)", "(0,1),(0,-1),(1,0)"]),
    ("points", "none", ["(0,0)"]),
    ("set", "{-1, 2}", ["{-1}", "{-1,2,3}", "none"]),
    ("number", "sqrt(5)", ["5", "-sqrt(5)", "sqrt(5)+10^-40"]),
    ("interval", "[0,2)", ["(0,2)", "[0,2]", "x>=0", "[0,1) U (1,2)"]),
    ("unit direction", "(3/5, 4/5)", ["(-3/5,-4/5)", "(4/5,3/5)", "(0,0)"]),
    ("direction", "(3, 4)", ["(-3,-4)", "(4,3)", "(0,0)"]),
    ("direction either way", "(3, 4)", ["(3,-4)", "(0,0)"]),
    ("relation", "x^2+y^2 = 1", ["x^2+y^2=4", "x=2", "x(x^2+y^2)=x", "x^2+y^2<=1"]),
    ("relation", "x > y", ["x>=y", "x<y", "x^2>y^2"]),
    ("limit", "oo", ["-oo", "5", "DNE"]),
    ("limit", "1/3", ["oo", "1/2", "DNE"]),
    ("label", "local minimum", ["saddle", "max", "inconclusive"]),
    ("label at point", "saddle at (0,0); min at (1,1)", ["saddle at (1,1), min at (0,0)", "saddle at (0,0)"]),
]


@pytest.mark.parametrize(("kind", "right", "answers"), RIGHT)
def test_every_spelling_of_the_right_answer_is_right(ask: Ask, kind: str, right: str, answers: list[str]) -> None:
    names = "x y z" if "z" in right else "x" if kind in {"set", "interval"} else "x y"
    assert [answer for answer in answers if ask(answer, right, kind, names).verdict != "right"] == []


@pytest.mark.parametrize(("kind", "right", "answers"), WRONG)
def test_what_is_nearly_right_is_wrong(ask: Ask, kind: str, right: str, answers: list[str]) -> None:
    names = "x" if kind in {"set", "interval"} else "x y"
    assert [answer for answer in answers if ask(answer, right, kind, names).verdict != "wrong"] == []


@pytest.mark.parametrize(
    ("answer", "right", "kind", "refusal", "said"),
    [
        ("14", "(14, 0)", "vector", WrongKind, "This is a number; a vector is asked for."),
        ("(1,2,3)", "(1, 2)", "vector", WrongLength, "There are 3 entries here; 2 are asked for."),
        ("(2x, 4)", "(2, 4)", "vector", NotANumber, "Numbers are asked for; put them in for x."),
        ("[[1,2,3],[4,5,6]]", "[[1,2],[3,4]]", "matrix", WrongLength, "a 2 by 2 matrix is asked for"),
        ("(3,4)", "(3/5,4/5)", "unit direction", WrongForm, "a vector of length 1 is asked for"),
        ("0.33", "1/3", "number", WrongForm, "That is rounded; give the exact value"),
        ("2x+2y-2", "z=2*x+2*y-2", "relation", WrongKind, "an equation or inequality is asked for"),
        ("not a saddle", "saddle", "label", WrongKind, "This says what it is not; say what it is."),
    ],
)
def test_what_costs_no_try_is_refused_in_words(
    ask: Ask, answer: str, right: str, kind: str, refusal: type[Refused], said: str
) -> None:
    with pytest.raises(refusal) as refused:
        ask(answer, right, kind, "x y z" if "z" in right else "x y")
    assert said in refused.value.message
    assert refused.value.option == "answer"


@pytest.mark.parametrize(
    ("answer", "right", "kind", "why"),
    [
        ("(2x, y)", "(2*x, 2*y)", "vector", "The first component is right."),
        ("(0,1)", "(0,1), (0,-1)", "points", "1 point is missing."),
        ("{-1,2,3}", "{-1, 2}", "set", "1 number of these is not right."),
        ("[0,2]", "[0,2)", "interval", "Look at the ends: which of them belong to it?"),
        ("(-3,-4)", "(3,4)", "direction", "It points exactly the opposite way."),
        ("(0,0)", "(3,4)", "direction", "The zero vector has no direction."),
        ("x+y<1", "x+y<=1", "relation", "Look at the sign: does the boundary belong to it?"),
        ("x+y>=1", "x+y<=1", "relation", "Look at the sign: which side is meant?"),
        ("oo", "5", "limit", "The limit is finite."),
        ("saddle", "local maximum", "label", "It is no saddle point."),
    ],
)
def test_a_wrong_answer_is_told_why(ask: Ask, answer: str, right: str, kind: str, why: str) -> None:
    assert ask(answer, right, kind, "x" if kind in {"set", "interval"} else "x y").why == why


def test_components_say_which_parts_are_right(ask: Ask) -> None:
    assert ask("(2x, y, 1)", "(2*x, 2*y, 1)", "vector", "x y z").components == (True, False, True)
    assert ask("[[6y,-3],[-3,6x]]", "[[6*x,-3],[-3,6*y]]", "matrix", "x y").components == ((False, True), (True, False))


@pytest.mark.parametrize(
    ("answer", "tolerance"),
    [("2.236", "3 decimals"), ("2.23607", "3 decimals"), ("2.236", "4 digits"), ("2.2360679", "1e-6")],
)
def test_a_number_within_the_tolerance_is_right(ask: Ask, answer: str, tolerance: str) -> None:
    assert ask(answer, "sqrt(5)", "number", tolerance=tolerance).verdict == "right"


@pytest.mark.parametrize(
    ("answer", "tolerance"),
    [("2.237", "3 decimals"), ("2.2367", "4 digits"), ("2.23606", "1e-6"), ("2.3", "3 decimals")],
)
def test_a_number_beyond_the_tolerance_is_wrong(ask: Ask, answer: str, tolerance: str) -> None:
    assert ask(answer, "sqrt(5)", "number", tolerance=tolerance).verdict == "wrong"


@pytest.mark.parametrize("answer", ["2.24", "2.2"])
def test_a_decimal_with_too_few_places_is_asked_for_more(ask: Ask, answer: str) -> None:
    with pytest.raises(WrongForm, match="3 decimals are asked for"):
        ask(answer, "sqrt(5)", "number", tolerance="3 decimals")


def test_the_rounding_of_the_reference_is_accepted_at_the_very_edge(ask: Ask) -> None:
    assert ask("0.3", "0.25", "number", tolerance="1 decimals").verdict == "right"


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [("{0.301}", "wrong"), ("{0.3012}", "wrong"), ("{0.301, 0.3014}", "right"), ("{0.301, 0.301}", "right")],
)
def test_one_number_near_to_two_right_ones_is_only_one_of_them(ask: Ask, answer: str, verdict: str) -> None:
    assert ask(answer, "{0.301, 0.3014}", "set", "x", tolerance="3 decimals").verdict == verdict


def test_a_right_number_that_is_written_twice_is_wanted_once(ask: Ask) -> None:
    assert ask("2.828", "{sqrt(8), 2*sqrt(2)}", "set", "x", tolerance="3 decimals").verdict == "right"


@pytest.mark.parametrize("answer", ["x/y=0", "x/(y-x)=0", "x/(x^2+y^2)=0", "x*(y^2-1)=0"])
def test_an_equation_with_a_hole_in_its_solutions_is_not_the_same(ask: Ask, answer: str) -> None:
    assert ask(answer, "x=0", "relation", "x y").verdict != "right"


@pytest.mark.parametrize(
    ("answer", "right", "form"),
    [
        ("(1+x)(x-1)", "x^2-1", "factored"),
        ("2x(x-1)^2", "2*x*(x-1)**2", "factored"),
        ("x^2-2x+1", "(x-1)**2", "expanded"),
        ("(x+1)/(x-1)", "(x+1)/(x-1)", "lowest terms"),
        ("1/3", "2/6", "lowest terms"),
    ],
)
def test_the_form_asked_for_is_accepted(ask: Ask, answer: str, right: str, form: str) -> None:
    assert ask(answer, right, names="x", form=form).verdict == "right"


@pytest.mark.parametrize(
    ("answer", "form"),
    [
        ("x^2-1", "factored"),
        ("(2x-2)(x+1)/2", "factored"),
        ("(x-1)(x+1)", "expanded"),
        ("x^2-x+x-1", "expanded"),
        ("(x^3-x)/x", "lowest terms"),
    ],
)
def test_the_right_value_in_another_form_is_refused(ask: Ask, answer: str, form: str) -> None:
    with pytest.raises(WrongForm, match="That is right, but"):
        ask(answer, "x**2-1", names="x", form=form)


@pytest.mark.parametrize(
    ("answer", "form"),
    [
        ("sin(x)^2+sin(x)", "factored"),
        ("2x(1+1/x)", "factored"),
        ("1/x+1/y", "factored"),
        ("(2x)^2+1", "expanded"),
        ("2*3x", "expanded"),
        ("(x*y)^2", "expanded"),
        ("(6/9)*x", "lowest terms"),
        ("1/2+1/4", "lowest terms"),
    ],
)
def test_a_form_that_could_be_taken_further_is_refused(ask: Ask, answer: str, form: str) -> None:
    with pytest.raises(WrongForm, match="That is right, but"):
        ask(answer, answer, names="x y", form=form)


@pytest.mark.parametrize(
    ("answer", "form"),
    [
        ("sin(x)*(sin(x)+1)", "factored"),
        ("(x+1)*e^x", "factored"),
        ("(x+y)/(x*y)", "factored"),
        ("3x/2+2*sqrt(2)", "expanded"),
        ("(2/3)*x", "lowest terms"),
        ("3+1/2", "lowest terms"),
    ],
)
def test_a_form_that_goes_no_further_is_accepted(ask: Ask, answer: str, form: str) -> None:
    assert ask(answer, answer, names="x y", form=form).verdict == "right"


@pytest.mark.parametrize(
    ("option", "text"), [("tolerance", "rather near"), ("domain", "somewhere"), ("form", "pretty"), ("kind", "poem")]
)
def test_a_question_that_is_none_is_refused_at_its_option(option: str, text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_question(**{option: text})  # type: ignore[arg-type]  # all but variables are texts
    assert refused.value.option == {"kind": "as"}.get(option, option)


def test_a_reference_that_cannot_be_read_is_refused_at_its_option() -> None:
    with pytest.raises(Refused) as refused:
        judge("x", "x +* 2", read_question())
    assert refused.value.option == "reference"


def test_a_kind_that_is_none_names_the_kinds() -> None:
    with pytest.raises(WrongUsage) as refused:
        read_question("poem")
    assert "vector" in refused.value.suggestions
