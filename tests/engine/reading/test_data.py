"""Sums over data, written out."""

import pytest

from engine.desk import solve
from engine.errors import MissingOperand, NotAnExpression, NotANumber, Refused, TooLarge, UnknownName, WrongLength
from engine.reading.characters import normalise
from engine.reading.data import expand, read_data
from engine.reading.grammar import Grammar
from engine.reading.names import resolve
from engine.reading.tokens import tokenise
from engine.spelling.plain import plain
from engine.values import Budget


def written_out(text: str, points: str) -> str:
    data, source = read_data(points), normalise(text)
    tokens = resolve(source, tokenise(source), data.names)
    return plain(expand(Grammar(source, tokens, over_data=True).whole(), data))


@pytest.mark.parametrize(
    ("typed", "points", "spelled"),
    [
        ("sum((w*x+b-y)^2)", "(1,3),(2,5)", "(w*1 + b - 3)^2 + (w*2 + b - 5)^2"),
        ("sum((w*x_i+b-y_i)^2)", "(1,3),(2,5)", "(w*1 + b - 3)^2 + (w*2 + b - 5)^2"),
        ("mean((wx-y)^2)", "(1,3),(-2,5)", "((w*1 - 3)^2 + (w*(-2) - 5)^2)/2"),
        ("mean((x-m)^2)", "1, 2, 3", "((1 - m)^2 + (2 - m)^2 + (3 - m)^2)/3"),
        ("sum(w1x1+w2x2-y)", "(1,2,3)", "w1*1 + w2*2 - 3"),
        ("sum(x) + c", "(1/2, 0); (sqrt(2), 1)", "1/2 + sqrt(2) + c"),
    ],
)
def test_a_sum_is_written_out_over_the_points(typed: str, points: str, spelled: str) -> None:
    assert written_out(typed, points) == spelled


@pytest.mark.parametrize(
    ("typed", "points", "kind"),
    [
        ("sum(x)+x", "(1,2)", UnknownName),
        ("sum(sum(x))", "1,2", NotAnExpression),
        ("sum (x-y)^2", "(1,2)", MissingOperand),
        ("sum(x)", "(1,2),(3)", WrongLength),
        ("sum(x)", "(1,2),", NotAnExpression),
        ("sum(x)", "(a,2)", NotANumber),
        ("sum(x)", ",".join("1" * 51), TooLarge),
        ("sum(x*x*x*x*x*x*x*x*x*x)", ",".join("1" * 50), TooLarge),
        ("sum(z_i)", "(1,2)", UnknownName),
    ],
)
def test_what_is_no_sum_over_the_points_is_refused(typed: str, points: str, kind: type[Refused]) -> None:
    with pytest.raises(kind):
        written_out(typed, points)


def test_columns_may_be_named() -> None:
    assert read_data("(1,2)", columns=("t", "v")).names == {"t", "v", "t_i", "v_i"}


def test_the_gradient_of_a_sum_over_data_is_that_of_its_parameters() -> None:
    options = {"f": "mean((w*x+b-y)^2)", "data": "(1,3),(2,5),(3,7)", "at": "w=1,b=0"}
    data = solve("grad", options, budget=Budget(deadline=60.0, now=lambda: 0.0)).data
    assert data["variables"] == ["b", "w"]
    assert data["gradient_at"] == ["-6", "-40/3"]


def test_a_column_outside_of_a_sum_is_refused_at_its_option() -> None:
    with pytest.raises(UnknownName, match="column of the data") as refused:
        solve("grad", {"f": "x^2", "data": "(1,3)"}, budget=Budget(deadline=60.0, now=lambda: 0.0))
    assert refused.value.option == "f"
