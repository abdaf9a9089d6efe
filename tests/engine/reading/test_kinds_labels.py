"""Labels, alone and at points; and what is said of the wrong kind."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import NotMathematics, Refused, UnknownName, WrongKind
from engine.reading.kinds import KINDS, Kind, Label, Labels, guess, read
from engine.reading.labels import distance
from engine.spelling.plain import plain
from engine.spelling.shapes import shown, value

XY = ("x", "y")


def label(text: str) -> str:
    found = read(text, "label")
    assert isinstance(found, Label)
    return found.label


def labels(text: str, *variables: str) -> list[tuple[str, tuple[str, ...]]]:
    found = read(text, "label at point", variables or XY)
    assert isinstance(found, Labels)
    return [(name, tuple(map(plain, point))) for name, point in found.labels]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("local min", "local minimum"),
        ("It is a relative minimum.", "local minimum"),
        ("Rel. max", "local maximum"),
        ("global max", "absolute maximum"),
        ("saddle pt.", "saddle point"),
        ("saddle-point", "saddle point"),
        ("the test fails", "inconclusive"),
        ("the second derivative test is inconclusive", "inconclusive"),
        ("not conclusive", "inconclusive"),
        ("the test gives no information", "inconclusive"),
        ("neither a max nor a min", "neither"),
        ("not an extremum", "neither"),
        ("positive semi-definite", "positive semidefinite"),
    ],
)
def test_a_label_has_one_name(text: str, name: str) -> None:
    assert label(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [("sadle point", "saddle point"), ("local minimun", "local minimum"), ("maxium", "local maximum")],
)
def test_a_slip_in_a_word_is_seen_through(text: str, name: str) -> None:
    assert label(text) == name


@pytest.mark.parametrize(
    "text", ["not a saddle", "isn't a min", "no local min", "a min, not a max", "not inconclusive"]
)
def test_a_denial_is_no_label(text: str) -> None:
    with pytest.raises(WrongKind, match="what it is not"):
        label(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("conclusive", UnknownName),
        ("max/min", UnknownName),
        ("local", UnknownName),
        ("min and max", NotMathematics),
        ("maybe a min", NotMathematics),
        ("mix", NotMathematics),
        ("local min with value 3", NotMathematics),
    ],
)
def test_a_word_that_is_not_known_makes_no_label(text: str, kind: type[Refused]) -> None:
    with pytest.raises(kind):
        label(text)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("sadle", "saddle", 1), ("saddel", "saddle", 1), ("minimum", "maximum", 2), ("min", "min", 0), ("", "min", 3)],
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == slips


@pytest.mark.parametrize(
    "text",
    [
        "saddle at (0,0); min at (1,2)",
        "saddle at (0,0) and local min at (1,2)",
        "(0,0): saddle, (1,2): min",
        "(0,0) is a saddle point, (1,2) is a relative min",
        "saddle at the origin, min at x=1, y=2",
        "critical point (0,0) -> saddle; (1,2) -> min",
    ],
)
def test_labels_at_points_are_read_in_either_order(text: str) -> None:
    assert labels(text) == [("saddle point", ("0", "0")), ("local minimum", ("1", "2"))]


def test_points_with_one_label_share_it() -> None:
    shared = [("saddle point", ("0", "0")), ("saddle point", ("1", "2"))]
    assert labels("saddles at (0,0) and (1,2)") == labels("(0,0) and (1,2) are saddles") == shared


def test_a_sign_at_a_point_gives_both_points_the_label() -> None:
    assert labels("min at (±1, 0)") == [("local minimum", ("1", "0")), ("local minimum", ("-1", "0"))]


def test_one_variable_has_points_on_a_line() -> None:
    assert labels("local max at x = 0 and min at x=2", "x") == [("local maximum", ("0",)), ("local minimum", ("2",))]


@pytest.mark.parametrize(
    "text", ["(0,0)", "saddle", "(0,0) saddle (1,1)", "saddle at (0,0) min", "not a saddle at (0,0)", "saddle at (t,0)"]
)
def test_a_point_without_a_label_or_a_label_without_a_point_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        labels(text)


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("<1, 2>", "number", "This is a vector; a number is asked for."),
        ("14", "vector", "This is a number; a vector is asked for."),
        ("2x + y", "relation", "This is an expression; an equation or inequality is asked for."),
        ("x + y = 1", "vector", "This is an equation; a vector is asked for."),
        ("(0,0), (1,1)", "point", "This is a list of points; a point is asked for."),
        ("[0, 2)", "number", "This is an interval; a number is asked for."),
        ("oo", "number", "This is infinity; a number is asked for."),
        ("saddle", "number", "This is the label saddle point; a number is asked for."),
    ],
)
def test_a_wrong_kind_is_said_by_name(text: str, kind: Kind, said: str) -> None:
    with pytest.raises(WrongKind) as refused:
        read(text, kind, XY)
    assert refused.value.message == said


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2x + y", "expression"),
        ("<2x, y>", "vector"),
        ("x + y <= 1", "relation"),
        ("[0, 2)", "interval"),
        ("[[1, x], [2, 3]]", "matrix"),
        ("sadle point", "label"),
        ("DNE", "limit"),
    ],
)
def test_what_a_text_looks_like_is_found(text: str, kind: Kind) -> None:
    assert guess(text)[0] == kind


def test_a_derivative_may_name_itself() -> None:
    assert value(read("df/dx = 2xy", "expression")) == value(read("f_x = 2xy", "expression")) == "2*x*y"


def test_an_equation_for_a_variable_is_no_expression() -> None:
    with pytest.raises(WrongKind, match="This is an equation"):
        read("x = 2", "expression")


_PIECES = st.sampled_from(
    [
        *("x", "y", "i", "j", "2", "0.5", *"()[]<>{},;&±=+-*/^|.", "<=", "and", " at ", "saddle", "min", "none", "oo"),
        *("U", "∇f", "f_x=", "°", "to ", "sin", "sqrt", " ", "\n", "e_1", "origin", "∅"),
        *(r"\begin{bmatrix}", r"\end{bmatrix}"),
    ]
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(_PIECES, max_size=14), st.sampled_from(KINDS), st.sampled_from([(), ("x",), XY]))
def test_any_text_is_read_or_refused_inside_of_it(pieces: list[str], kind: Kind, variables: tuple[str, ...]) -> None:
    text = "".join(pieces)
    try:
        found = read(text, kind, variables)
    except Refused as refused:
        assert refused.span is None or 0 <= refused.span[0] <= refused.span[1] <= len(text)  # noqa: PT017
    else:
        assert shown(found).text
        assert value(found) is not None
