"""A proof is a proof: what is called identical has no point at which it differs."""

import pytest

from engine.judging.exact import identical
from engine.judging.places import EVERYWHERE
from engine.judging.question import read_domain
from engine.reading import read_expression

DIFFERENT = [
    ("e^x", "e^(x/2)"),
    ("e^(x/2)", "e^(x/3)"),
    ("sqrt(x)", "x^(1/4)"),
    ("sin(x)", "sin(x/2)"),
    ("sqrt(x^2)", "x"),
    ("|x|", "-x"),
    ("ln(x^2)", "2ln(-x)+1"),
    ("sin(pi/3)", "sin(pi/4)"),
    ("cos(x)", "sin(x)"),
    ("max(x,y)", "min(x,y)"),
    ("sign(x)^2", "1"),
    ("2^x", "4^x"),
    ("atan(x)", "atan(-x)"),
    ("e^(2ln(x))", "2x"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_functions_are_not_proven_the_same(one: str, other: str) -> None:
    assert not identical(read_expression(one).tree, read_expression(other).tree, EVERYWHERE)


@pytest.mark.parametrize(
    ("one", "other", "domain"),
    [
        ("|x|", "x", "x>0"),
        ("|x|", "-x", "x<0"),
        ("|x-1|", "x-1", "x>1"),
        ("sqrt(x)sqrt(y)", "sqrt(x*y)", "x>0, y>0"),
        ("sqrt(x*y)", "sqrt(-x)*sqrt(-y)", "x<0, y<0"),
        ("ln(x*y)", "ln(x)+ln(y)", "x>0, y>0"),
        ("|x|", "x", "x > 3"),
    ],
)
def test_the_domain_says_what_signs_are_known(one: str, other: str, domain: str) -> None:
    assert identical(read_expression(one).tree, read_expression(other).tree, read_domain(domain))


def test_a_root_of_a_product_keeps_the_sign_of_its_known_factor() -> None:
    one, other = read_expression("sqrt(x*y)^2").tree, read_expression("x*y").tree
    assert identical(one, other, read_domain("x<0"))
    assert not identical(one, read_expression("-x*y").tree, read_domain("x<0"))


def test_what_is_too_long_for_a_proof_proves_nothing() -> None:
    long = "*".join(f"sin({i}x+{i}y+x*y)" for i in range(1, 15))
    assert not identical(read_expression(long + "+0").tree, read_expression(long).tree, EVERYWHERE)
