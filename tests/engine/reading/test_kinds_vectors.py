"""Vectors, matrices and directions, in every spelling that is read."""

import pytest

from engine.errors import MissingOperand, NotAnExpression, Refused, TooLarge, Unbalanced, WrongKind, WrongLength
from engine.reading.kinds import Kind, Matrix, Towards, Vector, read
from engine.spelling.plain import plain

XY = ("x", "y")


def entries(text: str, *variables: str, kind: Kind = "vector", length: int | None = None) -> list[str]:
    found = read(text, kind, variables, length)
    assert isinstance(found, Vector)
    return [plain(entry) for entry in found.entries]


def rows(text: str) -> list[list[str]]:
    found = read(text, "matrix", XY)
    assert isinstance(found, Matrix)
    return [[plain(entry) for entry in row] for row in found.rows]


@pytest.mark.parametrize(
    "text",
    [
        "(2x, 2y)",
        "[2x, 2y]",
        "<2x, 2y>",
        "⟨2x, 2y⟩",
        "{2x, 2y}",
        "2x, 2y",
        "(2x, 2y).",
        "[2x; 2y]",
        "[[2x], [2y]]",
        "(2x, 2y)^T",
        "2x i + 2y j",
        "2y j + 2x i",
        "2xi + 2yj",
        "2x î + 2y ĵ",
        "2x e_1 + 2y e_2",
        r"2x\mathbf{i} + 2y\hat{j}",
        r"\begin{bmatrix} 2x \\ 2y \end{bmatrix}",
        r"\langle 2x, 2y \rangle",
        "∇f = <2x, 2y>",
        "∇f(x, y) = (2x, 2y)",
        "grad f = (2x, 2y)",
        "the gradient is (2x, 2y)",
        "f_x = 2x, f_y = 2y",
        "f_y = 2y and f_x = 2x",
        "∂f/∂x = 2x; ∂f/∂y = 2y",
        "df/dx = 2x, df/dy = 2y",
        "(2x, 0) + 2y j",
    ],
)
def test_a_vector_is_read_in_every_spelling(text: str) -> None:
    assert entries(text, *XY) == ["2*x", "2*y"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<3, 4>/5", ["3/5", "4/5"]),
        ("2(x, y)", ["2*x", "2*y"]),
        ("(1/3)(i + 2j)", ["1/3", "1/3*2"]),
        ("sin x i + cos y j", ["sin(x)", "cos(y)"]),
        ("-yi + xj", ["-y", "x"]),
        ("3i - 4j", ["3", "-4"]),
        ("14j", ["0", "14"]),
    ],
)
def test_factors_and_unit_vectors_are_worked_into_the_entries(text: str, found: list[str]) -> None:
    assert entries(text, *XY) == found


def test_a_factor_before_a_list_leaves_no_doubt() -> None:
    assert read("1/sqrt(2)<1, 1>", "vector", XY).notes == ()


def test_a_unit_vector_has_as_many_entries_as_there_are_variables() -> None:
    assert entries("yz i + xz j", "x", "y", "z") == ["y*z", "x*z", "0"]


def test_declared_letters_are_variables_and_no_unit_vectors() -> None:
    assert entries("(i, 2j)", "i", "j") == ["i", "2*j"]
    with pytest.raises(WrongKind):
        read("i + 2j", "vector", ("i", "j"))


def test_a_number_is_a_vector_only_where_one_entry_is_asked_for() -> None:
    assert entries("5", "x", length=1) == ["5"]
    with pytest.raises(WrongKind, match="This is a number; a vector is asked for"):
        read("5", "vector", ("x",))


@pytest.mark.parametrize("text", ["<2x, 2y, 0>", "<2x>", "3k"])
def test_another_number_of_entries_is_said(text: str) -> None:
    with pytest.raises(WrongLength):
        read(text, "vector", XY)


def test_decimal_commas_are_named_as_the_trouble() -> None:
    with pytest.raises(WrongLength, match="written with a point"):
        read("(0,6, 0,8)", "vector", XY)


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("<2x,,2y>", MissingOperand, 3),
        ("(1 2)", MissingOperand, 3),
        ("[2x 2y]", MissingOperand, 4),
        ("<2x, 2y", Unbalanced, 0),
        ("(2x, 2y]", Unbalanced, 7),
        ("i j", NotAnExpression, 0),
        ("(1, 2)*(3, 4)", NotAnExpression, 0),
        ("sin(<x, y>)", NotAnExpression, 4),
        ("1/(1, 2)", NotAnExpression, 0),
        ("2 + (1, 2)", NotAnExpression, 0),
        ("(1, 2, 3) + (1, 2)", WrongLength, 0),
        (",".join("1" * 17), TooLarge, None),
    ],
)
def test_what_is_no_vector_is_refused_at_its_place(text: str, kind: type[Refused], place: int | None) -> None:
    with pytest.raises(kind) as refused:
        read(text, "vector", XY)
    assert place == (refused.value.span[0] if refused.value.span else None)


@pytest.mark.parametrize(
    "text",
    [
        "[[2, x], [y, 1]]",
        "((2, x), (y, 1))",
        "{{2, x}, {y, 1}}",
        "[2, x; y, 1]",
        "[2, x], [y, 1]",
        "H = [[2, x], [y, 1]]",
        r"\begin{pmatrix} 2 & x \\ y & 1 \end{pmatrix}",
    ],
)
def test_a_matrix_is_read_in_every_spelling(text: str) -> None:
    assert rows(text) == [["2", "x"], ["y", "1"]]


def test_rows_of_different_lengths_are_refused() -> None:
    with pytest.raises(WrongLength):
        rows("[[1, 2], [3]]")


@pytest.mark.parametrize("text", ["60°", "60 degrees", "angle of 60°"])
def test_degrees_are_turned_into_radians(text: str) -> None:
    assert entries(text, *XY, kind="direction") == ["cos(60*pi/180)", "sin(60*pi/180)"]


@pytest.mark.parametrize("text", ["angle pi/3", "θ = pi/3", "pi/3 rad"])
def test_radians_are_read_as_they_are(text: str) -> None:
    assert entries(text, *XY, kind="unit direction") == ["cos(pi/3)", "sin(pi/3)"]


@pytest.mark.parametrize("text", ["pi/3", "45", "angle 45"])
def test_a_number_that_may_be_no_angle_or_in_either_unit_is_asked_back(text: str) -> None:
    with pytest.raises(Refused):
        read(text, "direction", XY)


@pytest.mark.parametrize("text", ["NW", "north-west", "northwest", "due north-west"])
def test_a_compass_word_is_a_unit_vector(text: str) -> None:
    assert entries(text, *XY, kind="direction") == ["-1/sqrt(2)", "1/sqrt(2)"]


def test_small_letters_are_no_compass_words() -> None:
    with pytest.raises(WrongKind):
        read("e", "direction", XY)


def test_the_compass_is_for_the_plane() -> None:
    with pytest.raises(WrongLength):
        read("N", "direction", ("x", "y", "z"))


def test_a_direction_towards_a_point_keeps_the_point() -> None:
    found = read("towards the point (4, 5)", "direction", XY)
    assert isinstance(found, Towards)
    assert [plain(each) for each in found.target] == ["4", "5"]


def test_from_one_point_to_another_is_the_difference() -> None:
    assert entries("from (1, 1) to (4, 5)", *XY, kind="direction") == ["4 - 1", "5 - 1"]


def test_nested_brackets_are_refused_and_never_exhaust_the_stack() -> None:
    with pytest.raises(Refused):
        read("[" * 140 + "1" + "]" * 140, "vector", XY)


def test_a_direction_towards_a_point_with_names_goes_by_the_names() -> None:
    found = read("to y=5 x=4", "direction", ("x", "y"))
    assert isinstance(found, Towards)
    assert [plain(each) for each in found.target] == ["4", "5"]
