"""Points, names and windows, in every spelling that is read."""

import pytest

from engine.errors import MissingOperand, NotAnExpression, NotANumber, Refused, UnknownName, WrongLength
from engine.reading import read_names, read_point, read_window
from engine.reading.points import coordinates_for
from engine.reading.vectors import read_entries
from engine.spelling.plain import plain


def coordinates(text: str, *variables: str) -> list[str]:
    return [plain(node) for node in coordinates_for(read_point(text), variables)]


@pytest.mark.parametrize(
    "text",
    [
        "1,2",
        "(1,2)",
        "( 1 , 2 )",
        "[1, 2]",
        "<1, 2>",
        "x=1 y=2",
        "x=1, y=2",
        "y=2,x=1",
        "x = 1 y = 2",
        "⟨1,2⟩",
        "(x=1, y=2)",
    ],
)
def test_a_point_is_read_in_every_spelling(text: str) -> None:
    assert coordinates(text, "x", "y") == ["1", "2"]


def test_coordinates_may_be_exact_constants() -> None:
    assert coordinates("(pi/2, -sqrt(2))", "x", "y") == ["pi/2", "-sqrt(2)"]


def test_indexed_names_carry_their_values() -> None:
    assert coordinates("w_1=3 w_2=4", "w1", "w2") == ["3", "4"]
    assert coordinates("w1=3 w2=4", "w1", "w2") == ["3", "4"]


def test_one_coordinate_suits_one_variable() -> None:
    assert coordinates("(2)", "x") == ["2"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1", WrongLength),
        ("1,2,3", WrongLength),
        ("x=1", WrongLength),
        ("x=1,z=2", UnknownName),
        ("x=1,x=2", UnknownName),
        ("(1,)", MissingOperand),
        ("1,,2", MissingOperand),
        ("x,1", NotANumber),
        ("(1 2)", Refused),
        ("(1,2", Refused),
    ],
)
def test_what_is_no_point_of_x_and_y_is_refused(text: str, kind: type[Refused]) -> None:
    with pytest.raises(kind):
        coordinates(text, "x", "y")


def test_names_are_read_once_each() -> None:
    assert read_names("x, y_1").names == ("x", "y1")
    with pytest.raises(UnknownName):
        read_names("x,x")


def test_a_window_gives_each_variable_a_range() -> None:
    ranges = read_window("x=-3..3, y=0..pi").ranges
    assert [(name, plain(low), plain(high)) for name, low, high in ranges] == [("x", "-3", "3"), ("y", "0", "pi")]


@pytest.mark.parametrize("text", ["3", "x=1", "x=1..", "x=1..2 nonsense", "..", "x=1..2..3"])
def test_what_is_no_window_is_refused(text: str) -> None:
    with pytest.raises((NotAnExpression, Refused)):
        read_window(text)


def test_a_vector_keeps_its_entries_apart() -> None:
    entries = read_entries("<2x, max(x, y)>", ("x", "y"))
    assert [plain(entry.tree) for entry in entries] == ["2*x", "max(x, y)"]
