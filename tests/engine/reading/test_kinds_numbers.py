"""Points, sets, numbers, intervals, relations and limits, in every spelling that is read."""

import pytest

from engine.errors import NotAnExpression, Refused, StrangeCharacter, TooLarge, UnknownName, WrongKind, WrongLength
from engine.reading import kinds
from engine.reading.kinds import Kind, Shape, read, read_relations
from engine.spelling.plain import plain
from engine.spelling.shapes import value

XY = ("x", "y")


def found(text: str, kind: Kind, *variables: str) -> object:
    return value(read(text, kind, variables))


@pytest.mark.parametrize(
    "text",
    [
        "(1, 2)",
        "at (1, 2)",
        "(1, 2).",
        "(1; 2)",
        "the point (1, 2)",
        "P(1, 2)",
        "P = (1, 2)",
        "(x, y) = (1, 2)",
        "(y, x) = (2, 1)",
        "x=1 and y=2",
        "at x=1 y=2",
    ],
)
def test_a_point_has_its_coordinates_in_the_order_of_the_variables(text: str) -> None:
    assert found(text, "point", *XY) == ["1", "2"]


def test_names_in_a_row_have_the_value_behind_the_last_sign() -> None:
    assert found("x = y = 1", "point", *XY) == ["1", "1"]


def test_the_origin_has_as_many_coordinates_as_there_are_variables() -> None:
    assert found("the origin", "point", "x", "y", "z") == ["0", "0", "0"]
    with pytest.raises(WrongLength):
        read("the origin", "point")


def test_a_name_that_is_no_variable_is_refused_where_it_stands() -> None:
    with pytest.raises(UnknownName) as refused:
        read("x=1, z=2", "point", XY)
    assert refused.value.span == (5, 8)


def test_a_value_that_runs_into_the_next_name_is_asked_back() -> None:
    with pytest.raises(Refused, match="comma"):
        read("x=2y=3", "point", XY)


def test_a_decimal_comma_among_semicolons_is_named() -> None:
    with pytest.raises(Refused, match="written with a point"):
        read("(1,5; 2)", "point", XY)


@pytest.mark.parametrize(
    "text",
    [
        "(0,0) and (1,2)",
        "(0,0), (1,2)",
        "(0,0); (1,2)",
        "(0,0)(1,2)",
        "{(0,0), (1,2)}",
        "[(0,0), (1,2)]",
        "<0,0>, <1,2>",
        "the origin and (1,2)",
        "x=0, y=0; x=1, y=2",
        "critical points: (0,0), (1,2)",
        "0,0 and 1,2",
    ],
)
def test_points_are_read_in_every_spelling(text: str) -> None:
    assert found(text, "points", *XY) == [["0", "0"], ["1", "2"]]


def test_plus_and_minus_are_written_out() -> None:
    assert found("(±1, 0), (0, 0)", "points", *XY) == [["1", "0"], ["-1", "0"], ["0", "0"]]
    assert found("x = ±sqrt(3)", "set") == found("+-sqrt(3)", "set") == ["sqrt(3)", "-sqrt(3)"]


def test_two_signs_in_a_point_are_four_points_with_a_doubt() -> None:
    four = read("(±1, ±2)", "points", XY)
    assert len(found("(±1, ±2)", "points", *XY)) == 4  # type: ignore[arg-type]
    assert [note.alternative for note in four.notes] == ["(1, 2), (-1, -2)"]


def test_a_plus_minus_in_the_middle_is_asked_back() -> None:
    with pytest.raises(UnknownName, match="could be ± or a minus"):
        read("(1+-2, 0)", "points", XY)


def test_many_signs_are_refused_before_they_are_written_out() -> None:
    with pytest.raises(TooLarge):
        read("+".join("±1" for _ in range(60)), "set")


@pytest.mark.parametrize("text", ["none", "no critical points", "There are no points.", "∅", "{}"])
def test_no_points_are_an_answer(text: str) -> None:
    assert found(text, "points", *XY) == []


@pytest.mark.parametrize("text", ["all points", "no", "0", "(t, 0)", "(0, 0, 0)"])
def test_what_is_no_list_of_points_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read(text, "points", XY)


@pytest.mark.parametrize("text", ["{-1, 2}", "[-1, 2]", "-1, 2", "x=-1 or x=2", "x = -1, 2", "-1 and 2", "x ∈ {-1, 2}"])
def test_a_set_of_numbers_is_read_in_every_spelling(text: str) -> None:
    assert found(text, "set") == ["-1", "2"]


@pytest.mark.parametrize("text", ["(-1, 2)", "x=2, y=-1", "x^2 = 4"])
def test_what_is_no_set_is_called_what_it_is(text: str) -> None:
    with pytest.raises(WrongKind):
        read(text, "set")


@pytest.mark.parametrize(
    ("text", "number", "decimals"),
    [
        ("5", "5", None),
        ("2.2360", "2.2360", 4),
        ("-0.05", "-0.05", 2),
        ("2.5e3", "2.5e3", -2),
        (".5*2", ".5*2", None),
        ("1,000,000", "1000000", None),
        ("1 000 000", "1000000", None),
        ("f(1,2) = 5", "5", None),
        ("D_u f = 5", "5", None),
        ("|∇f| = 5", "5", None),
        ("≈ 2.24", "2.24", 2),
        ("the answer is 5", "5", None),
    ],
)
def test_a_number_keeps_the_digits_that_were_typed(text: str, number: str, decimals: int | None) -> None:
    found = read(text, "number")
    assert isinstance(found, kinds.Number)
    assert (plain(found.tree), found.decimals) == (number, decimals)


def test_one_group_of_three_digits_could_be_a_decimal() -> None:
    assert [note.alternative for note in read("1,000", "number").notes] == ["1.000"]


@pytest.mark.parametrize("text", ["1,5", "12,34", "1.000,5"])
def test_a_decimal_comma_is_refused_with_the_point(text: str) -> None:
    with pytest.raises(StrangeCharacter, match="written with a point"):
        read(text, "number")


@pytest.mark.parametrize("text", ["xy = 5", "2x = 5", "1/2 = 0.5", "5 m", "DNE", "5 or 6", "±5", "saddle"])
def test_what_is_no_number_is_called_what_it_is(text: str) -> None:
    with pytest.raises(WrongKind, match="a number is asked for"):
        read(text, "number")


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("[0, 2)", "[0, 2)"),
        ("]0, 2[", "(0, 2)"),
        ("0 <= x < 2", "[0, 2)"),
        ("2 > x >= 0", "[0, 2)"),
        ("x >= 0 and x < 2", "[0, 2)"),
        ("x in [0, 2)", "[0, 2)"),
        ("(-∞, 3]", "(-oo, 3]"),
        ("x <= 3", "(-oo, 3]"),
        ("-oo < x <= 3", "(-oo, 3]"),
        ("x < 1 or x > 2", "(-oo, 1) U (2, oo)"),
        ("(-oo, 1) ∪ (2, ∞)", "(-oo, 1) U (2, oo)"),
        ("x ≠ 0", "(-oo, 0) U (0, oo)"),
        ("all reals", "(-oo, oo)"),
        ("x ∈ ℝ", "(-oo, oo)"),
        ("none", "EmptySet"),
    ],
)
def test_an_interval_is_read_in_every_spelling(text: str, interval: str) -> None:
    assert found(text, "interval") == interval


@pytest.mark.parametrize(
    "text", ["|x| < 2", "x^2 < 4", "0 < x > 1", "x > 0 and y < 1", "x > 1 and x > 2", "(oo, 3)", "5", "oo"]
)
def test_what_must_first_be_solved_is_no_interval(text: str) -> None:
    with pytest.raises(Refused):
        read(text, "interval")


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("2x + 2y - z = 2", ["2*x + 2*y - z", "=", "2"]),
        ("x + y ≤ 1", ["x + y", "<=", "1"]),
        (r"x + y \geq 0", ["x + y", ">=", "0"]),
        ("x != y", ["x", "!=", "y"]),
        ("g(x, y) = x + y = 10", ["x + y", "=", "10"]),
        ("sin(x) = 0", ["sin(x)", "=", "0"]),
        ("x(y + 1) = 2", ["x*(y + 1)", "=", "2"]),
    ],
)
def test_a_relation_has_two_sides_and_a_sign(text: str, relation: list[str]) -> None:
    assert found(text, "relation") == relation


@pytest.mark.parametrize(
    ("text", "kind"),
    [("2x + 2y - 2", WrongKind), ("g(x, y) = x + y", NotAnExpression), ("0 < x < 1", WrongKind), ("x = ", Refused)],
)
def test_what_is_not_one_relation_is_refused(text: str, kind: type[Refused]) -> None:
    with pytest.raises(kind):
        read(text, "relation")


def test_constraints_are_read_one_by_one() -> None:
    read_ones = read_relations("x + y = 1; 0 <= x <= 2\ny > max(0, x)")
    assert [(plain(each.left), each.sign, plain(each.right)) for each in read_ones] == [
        ("x + y", "=", "1"),
        ("0", "<=", "x"),
        ("x", "<=", "2"),
        ("y", ">", "max(0, x)"),
    ]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("2", "2"),
        ("limit = 1/2", "1/2"),
        ("DNE", "DNE"),
        ("d.n.e.", "DNE"),
        ("the limit does not exist", "DNE"),
        ("∞", "oo"),
        ("minus infinity", "-oo"),
        ("-oo", "-oo"),
    ],
)
def test_a_limit_is_a_number_or_infinite_or_does_not_exist(text: str, limit: str) -> None:
    assert found(text, "limit") == limit


def test_to_diverge_is_asked_back() -> None:
    with pytest.raises(Refused, match="Say how"):
        read("diverges", "limit")


def shapes_of(text: str) -> set[type[Shape]]:
    found = set()
    for kind in kinds.KINDS:
        try:
            found.add(type(read(text, kind, XY)))
        except Refused:
            continue
    return found


def test_a_number_is_read_as_no_list_and_no_relation() -> None:
    assert shapes_of("14") == {kinds.Expression, kinds.Values, kinds.Number, kinds.Limit}
