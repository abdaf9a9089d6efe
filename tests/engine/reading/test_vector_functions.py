"""Functions with several values are read in every usual spelling, or refused at their place."""

import pytest

from engine.errors import MissingOperand, NotAnExpression, Refused, TooLarge, Unbalanced, UnknownName, WrongKind
from engine.reading.vector_functions import MAX_FUNCTIONS, read_vector_function
from engine.spelling.plain import plain


@pytest.mark.parametrize(
    "text",
    [
        "(x^2*y, x+y)", "x^2*y, x+y", "[x^2*y; x+y]", "<x^2 y, x+y>", "F(x,y)=(x^2y, x+y)", "F=(x^2y, x+y)",
        "u=x^2*y, v=x+y", "u = x^2*y; v = x+y", "u=x^2y and v=x+y", "(u=x^2y, v=x+y)", "x^2*y i + (x+y) j",
        "u(x,y)=x^2*y, v(x,y)=x+y",
    ],
)  # fmt: skip
def test_one_map_in_many_spellings(text: str) -> None:
    read = read_vector_function(text)
    assert ([plain(each) for each in read.trees], read.variables) == (["x^2*y", "x + y"], ("x", "y"))


def test_functions_written_one_by_one_keep_their_names() -> None:
    assert read_vector_function("x=s*t, y_1=s+t").names == ("x", "y1")
    assert read_vector_function("(s*t, s+t)").names == ()


def test_a_header_sets_the_order_of_the_variables_and_leaves_parameters() -> None:
    read = read_vector_function("T(v,u)=(a*u, v, u*v)")
    assert (read.name, read.variables, len(read.trees)) == ("T", ("v", "u"), 3)


def test_a_header_may_call_its_variables_i_and_j() -> None:
    assert [plain(each) for each in read_vector_function("F(i,j)=(i*j, i)").trees] == ["i*j", "i"]


def test_k_is_a_letter_in_a_list_and_in_one_formula() -> None:
    assert read_vector_function("(k*x, j*y)").variables == ("j", "k", "x", "y")
    assert len(read_vector_function("k*x^2").trees) == 1


def test_without_a_header_the_variables_are_alphabetical_over_all_functions() -> None:
    assert read_vector_function("(y, x_10+x_2)").variables == ("x2", "x10", "y")


@pytest.mark.parametrize("text", ["x^2+y^2", "f(x,y)=x^2+y^2", "z=x^2+y^2"])
def test_a_formula_alone_is_one_function(text: str) -> None:
    assert [plain(each) for each in read_vector_function(text).trees] == ["x^2 + y^2"]


def test_commas_inside_of_functions_part_nothing() -> None:
    assert [plain(each) for each in read_vector_function("u=max(x,y), v=x").trees] == ["max(x, y)", "x"]


def test_doubtful_places_are_kept_with_the_whole_text() -> None:
    (note,) = read_vector_function("1/2x, y").notes
    assert note.alternative == "1/(2x), y"


@pytest.mark.parametrize(
    ("text", "kind", "span"),
    [
        ("(x^2 + * y, x)", MissingOperand, (5, 8)),
        ("(x,y", Unbalanced, (0, 1)),
        ("(x,,y)", MissingOperand, (2, 3)),
        ("u=x^2, y", NotAnExpression, (0, 8)),
        ("u=x, u=y", UnknownName, (0, 8)),
        ("u(x,y)=x, v(y,x)=y", NotAnExpression, (10, 18)),
        ("x^2+y^2=1", NotAnExpression, (7, 8)),
        ("((x,y),(y,x))", WrongKind, (0, 13)),
        ("u=x+1, v=2 +* y", MissingOperand, (11, 13)),
    ],
)
def test_a_refusal_stands_at_its_place(text: str, kind: type[Refused], span: tuple[int, int]) -> None:
    with pytest.raises(kind) as refused:
        read_vector_function(text)
    assert refused.value.span == span


def test_more_than_eight_functions_are_refused() -> None:
    assert len(read_vector_function(",".join(["x"] * MAX_FUNCTIONS)).trees) == MAX_FUNCTIONS
    with pytest.raises(TooLarge, match="up to 8 functions"):
        read_vector_function(",".join(["x"] * (MAX_FUNCTIONS + 1)))


def test_more_than_eight_variables_in_all_are_refused() -> None:
    with pytest.raises(TooLarge, match="9 variables"):
        read_vector_function("a*b*c*d*k, p*q*r*s")
