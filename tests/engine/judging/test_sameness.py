"""Two expressions as functions: the same, another one, or not decided."""

from collections.abc import Callable

import pytest

from engine.judging.judge import judge, repeat
from engine.judging.question import Judged, Question, read_question
from engine.judging.sameness import Verdict

Compared = Callable[..., Verdict]

IDENTITIES = [
    ("(x+y)^3", "x^3+3x^2*y+3x*y^2+y^3"),
    ("(x^2-y^2)/(x-y)", "x+y"),
    ("2cos(x)sin(x)", "sin(2x)"),
    ("sin x cos y + cos x sin y", "sin(x+y)"),
    ("y sin(x*y+pi/2)", "y cos(x*y)"),
    ("sinh(x)", "(e^x-e^(-x))/2"),
    ("e^x/(1+e^x)", "sigmoid(x)"),
    ("e^(x/2)*e^(x/2)", "e^x"),
    ("2^x*2", "2^(x+1)"),
    ("x^y*x", "x^(y+1)"),
    ("ln(x^2+y^2)", "2ln(sqrt(x^2+y^2))"),
    ("e^(2ln(x))", "x^2"),
    ("x/sqrt(x)", "sqrt(x)"),
    ("sqrt(1-x^2)*sqrt(1-x^2)", "1-x^2"),
    ("sqrt(x^2)", "|x|"),
    ("max(x,y)+min(x,y)", "x+y"),
    ("1/sqrt(2)", "sqrt(2)/2"),
    ("sin(pi/3)", "sqrt(3)/2"),
    ("asinh(x)", "ln(x+sqrt(x^2+1))"),
    ("acos(x)+asin(x)", "pi/2"),
    ("x^(1/3)*x^(2/3)", "x"),
    ("log_2(x)", "ln(x)/ln(2)"),
    ("max(z,y,x)", "max(x,max(y,z))"),
    ("-ceil(-x)", "floor(x)"),
]
JUMPING = [
    ("x sign(x)", "|x|"),
    ("x/|x|", "sign(x)"),
    ("sign(3x-1)", "(3x-1)/sqrt((3x-1)^2)"),
    ("x step(x)", "max(0,x)"),
    ("2step(x)-1", "sign(x)"),
    ("x if x>=0, -x otherwise", "|x|"),
    ("y^2 if x<y, x^2 otherwise", "y^2*step(y-x)+x^2*step(x-y)"),
]
AT_A_JUMP = [
    ("sign(3x-1)^2", "1"),
    ("x+1-sign(x-y)^2", "x"),
    ("x if x>0, 1-x otherwise", "x*step(x)+(1-x)*(1-step(x)) if x != 0, 0 otherwise"),
]
OTHERS = [
    ("x^2+1e-15", "x^2"),
    ("sin(x)+10^-30", "sin(x)"),
    ("sin(2x)", "2sin(x)"),
    ("x", "|x|"),
    ("ln(2x)", "2ln(x)"),
    ("sqrt(x^2)", "x"),
    ("2x+max(0, -10^9-x)", "2x"),
    ("2x+max(0, x-10^15)", "2x"),
    ("sin(x)+exp(-10^9*(x-0.1)^2)", "sin(x)"),
    ("2x+exp(-10^9*(x-1/3)^2-10^9*(y-1/7)^2)", "2x"),
    ("2x+sqrt((x+10^9)^2)-x-10^9", "2x"),
    ("floor(2x)", "2x"),
    ("x if x != 0 else 7", "x"),
    ("sign(x)^2", "1"),
    ("sqrt(2)", "1.41421356237309504880168872420969807856967187537694"),
]
HIDDEN = [
    "2x+0*ln(x-10^12)",
    "2x+0*ln(-1-x^2)",
    "2x*(y-y)/(y-y)",
    "2x+tanh(10^9*x)-tanh(10^9*x)^3",
    "2x+exp(-10^9*(x+y-sin(x*y)/7)^2-10^12)",
    "2x+relu(x-1)*relu(y-1)*relu(2.1-x-y)",
    "2x+relu(x)*relu(y)*relu(z)*relu(u)*relu(v)*relu(w)*relu(s)*relu(t)",
    "2x+(1-sign(x)^2)*(1-sign(y)^2)",
    "2x+5*(1-sign(x^2+y^2)^2)",
]


@pytest.mark.parametrize(("one", "other"), IDENTITIES)
def test_an_identity_is_proven(compared: Compared, one: str, other: str) -> None:
    assert (compared(one, other).outcome, compared(one, other).strength) == ("right", "identical")


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_another_function_is_wrong_however_near(compared: Compared, one: str, other: str) -> None:
    assert {compared(one, other, seed).outcome for seed in range(4)} == {"wrong"}


@pytest.mark.parametrize(("one", "other"), JUMPING)
def test_functions_that_jump_at_the_same_place_are_right(compared: Compared, one: str, other: str) -> None:
    assert {compared(one, other, seed).outcome for seed in range(4)} == {"right"}


@pytest.mark.parametrize(("one", "other"), AT_A_JUMP)
def test_another_value_just_at_a_jump_is_wrong(compared: Compared, one: str, other: str) -> None:
    assert {compared(one, other, seed).outcome for seed in range(4)} == {"wrong"}


def test_a_bump_between_the_kinks_of_the_reference_is_never_right(compared: Compared) -> None:
    right = "|x-1|+|y-1|+|x+y-2.1|"
    answer = f"{right}+relu(x-1)*relu(y-1)*relu(2.1-x-y)"
    assert "right" not in {compared(answer, right, seed).outcome for seed in range(4)}


@pytest.mark.parametrize("answer", HIDDEN)
def test_what_could_hide_something_is_never_right(compared: Compared, answer: str) -> None:
    assert "right" not in {compared(answer, "2x", seed).outcome for seed in range(4)}


@pytest.mark.parametrize(
    "reference", ["2x+exp(-10^9*(x-0.1)^2)", "sin(x)+max(0, x-10^15)", "sqrt(2)+10^-300*10^-300*10^-300"]
)
def test_what_only_the_reference_has_is_missed_by_no_answer(compared: Compared, reference: str) -> None:
    assert "right" not in {compared(reference.partition("+")[0], reference, seed).outcome for seed in range(4)}


def test_a_multiple_of_a_known_prime_does_not_vanish(compared: Compared) -> None:
    largest = 2**61 - 1
    assert all(compared(f"2x + {largest}*y", "2x", seed).outcome == "wrong" for seed in range(20))


def test_an_identity_beyond_the_rules_agrees_at_points(compared: Compared) -> None:
    assert compared("sqrt(2+sqrt(3))", "(sqrt(6)+sqrt(2))/2").strength == "agrees"


def test_a_verdict_names_the_point_that_proves_it(compared: Compared) -> None:
    assert compared("sin(x)", "cos(x)").why.startswith("It has another value at x ≈ ")


def test_without_a_domain_equality_is_asked_for_where_both_are_defined(compared: Compared) -> None:
    assert compared("ln(x)", "ln(|x|)").outcome == "right"


def test_a_stated_domain_must_be_filled(ask: Callable[..., Judged]) -> None:
    assert ask("ln(x)", "ln(|x|)", names="x", domain="x real").verdict == "wrong"
    assert ask("ln(x)", "ln(|x|)", names="x", domain="x>0").verdict == "right"


def test_a_hole_in_the_domain_does_not_count(ask: Callable[..., Judged]) -> None:
    assert ask("x^2/x", "x", names="x", domain="x real").verdict == "right"


@pytest.mark.parametrize(
    ("answer", "domain"),
    [
        ("x+0*sqrt(10^13-x)", "x>0"),
        ("x+0*ln(x-10^-5)", "x>0"),
        ("x+0*acos(x/10^7)", "x>0"),
        ("x*(1.999-x)^1.5/(1.999-x)^1.5", "0<x<2"),
        ("x+0*sqrt((x-1)^2-10^-8)", "0<x<2"),
    ],
)
def test_an_answer_without_a_value_in_a_corner_of_the_domain_is_wrong(
    ask: Callable[..., Judged], answer: str, domain: str
) -> None:
    assert ask(answer, "x", names="x", domain=domain).verdict == "wrong"


def test_outside_of_the_domain_nothing_counts(ask: Callable[..., Judged]) -> None:
    assert ask("ln(x)+ln(y)", "ln(x*y)", names="x y", domain="x>0, y>0").strength == "identical"
    assert ask("|x|", "x", names="x", domain="0 < x < 1").verdict == "right"


@pytest.mark.parametrize(
    ("answer", "kind", "reference"),
    [
        ("x^2+1", "expression", "x*x+1"),
        ("sin(x)", "expression", "cos(x)"),
        ("(2x, 3)", "vector", "(2*x, 4)"),
        ("2x=4", "relation", "x=2"),
        ("(0,1],(2,3)", "interval", "(0,1]"),
        ("exp(-10^9*(x-0.3)^2)", "expression", "0"),
    ],
)
def test_a_receipt_repeats_the_verdict(answer: str, kind: str, reference: str) -> None:
    judged = judge(answer, reference, read_question(kind, ("x", "y")))
    assert repeat(judged.receipt) == judged


def test_every_verdict_has_its_own_seed() -> None:
    seeds = {judge("x", "x", Question()).receipt["seed"] for _ in range(5)}
    assert len(seeds) == 5
