"""Critical points as a topic: what is said, and how sure it is."""

from collections.abc import Callable

import pytest

from engine.errors import NotInDomain, NotSupported, Refused
from engine.values import Json, Worked

Data = Callable[..., Json]


def kinds(found: Json) -> dict[tuple[str, ...], str]:
    return {tuple(point["at"]): point["kind"] for point in found["points"]}


def test_all_critical_points_of_a_polynomial_are_proven(data: Data) -> None:
    found = data("critical", f="x^3-3xy+y^3")
    assert kinds(found) == {("0", "0"): "saddle point", ("1", "1"): "local minimum"}
    assert found["complete"] == "proven"


def test_the_examples_of_the_course(data: Data) -> None:
    assert kinds(data("critical", f="3x^2+2xy+y^3")) == {
        ("0", "0"): "saddle point",
        ("-2/27", "2/9"): "local minimum",
    }
    assert kinds(data("critical", f="-x^2-y^2+10x+8y")) == {("5", "4"): "local maximum"}
    assert kinds(data("critical", f="100x+80y-x^2-y^2-0.5xy")) == {("128/3", "88/3"): "local maximum"}
    assert kinds(data("critical", f="3x^2+4xy-y^2+5")) == {("0", "0"): "saddle point"}
    found = data("critical", f="(a-0.6)^2+(b-0.3)^2+(c-0.8)^2+0.1ab")
    assert kinds(found) == {("78/133", "36/133", "4/5"): "local minimum"}


def test_a_line_of_minima_is_a_set(data: Data) -> None:
    found = data("critical", f="(3u+4v-10)^2")
    assert found["points"] == []
    assert [(each["dim"], each["kind"], each["strict"]) for each in found["sets"]] == [(1, "local minimum", False)]


def test_a_window_keeps_what_lies_in_it(data: Data) -> None:
    found = data("critical", f="x^3-3xy+y^3", window="x=0.5..2, y=0.5..2")
    assert kinds(found) == {("1", "1"): "local minimum"}
    assert found["complete"] == "proven in window"


def test_the_edge_of_a_window_belongs_to_it(data: Data) -> None:
    assert kinds(data("critical", f="x^2+y^2", window="x=0..1, y=0..1")) == {("0", "0"): "local minimum"}


def test_that_the_edge_of_the_domain_is_not_searched_is_said(data: Data) -> None:
    found = data("critical", f="x^2*sqrt(y)")
    assert found["complete"] == "proven"
    assert "not searched: the edge of the domain, where y > 0 stops holding" in found["why"]


@pytest.mark.parametrize(
    ("f", "at"), [("|x|+|y|", ["0", "0"]), ("sqrt(x^2+y^2)", ["0", "0"]), ("max(x,y)+x^2+y^2", ["-1/4", "-1/4"])]
)
def test_an_extremum_at_a_kink_is_no_smooth_point(data: Data, f: str, at: list[str]) -> None:
    (point,) = data("critical", f=f)["points"]
    assert (point["at"], point["kind"], point["smooth"]) == (at, "local minimum", False)


def test_other_kinks_are_named_by_their_equations(data: Data) -> None:
    assert data("critical", f="max(x,y)+x^2+y^2")["kinks"] == [{"equations": ["x - y"]}]


def test_functions_with_jumps_are_refused(data: Data) -> None:
    with pytest.raises(NotSupported, match="jumps"):
        data("critical", f="sign(x)*y")


def test_the_points_of_one_period_are_repeated_over_the_window(data: Data) -> None:
    found = data("critical", f="sin(x)+y^2", window="x=0..10, y=-1..1")
    assert [point["at"][0] for point in found["points"]] == ["pi/2", "3*pi/2", "5*pi/2"]
    assert [point["kind"] for point in found["points"]] == ["saddle point", "local minimum", "saddle point"]
    assert found["why"].endswith("throughout the window")


def test_a_window_with_too_many_points_is_refused(data: Data) -> None:
    with pytest.raises(NotSupported, match="smaller"):
        data("critical", f="sin(x)", window="x=0..100000")


def test_a_point_outside_of_the_domain_is_none(data: Data) -> None:
    found = data("critical", f="(x^3-3x)/(x-1)*(x-1)")
    assert [tuple(point["at"]) for point in found["points"]] == [("-1",)]


def test_one_point_can_be_classified(data: Data) -> None:
    found = data("critical", f="x^3-3xy+y^3", at="1,1")
    assert kinds(found) == {("1", "1"): "local minimum"}
    assert found["complete"] == "not proven"


def test_a_point_that_is_not_critical_is_refused_with_its_gradient(data: Data) -> None:
    with pytest.raises(NotInDomain, match="gradient there is") as refused:
        data("critical", f="x^3-3xy+y^3", at="1,2")
    assert refused.value.option == "at"


def test_parameters_are_answered_by_cases_of_which_one_always_holds(data: Data) -> None:
    cases = data("critical", f="a*x^2+b*y^2", wrt="x,y")["cases"]
    assert [each["when"] for each in cases] == [["a*b > 0", "a > 0"], ["a*b > 0", "a < 0"], ["a*b < 0"], ["a*b = 0"]]
    kinds = [[point["kind"] for point in each["points"]] for each in cases]
    assert kinds == [["local minimum"], ["local maximum"], ["saddle point"], []]


def test_one_parameter_may_stand_anywhere_in_a_short_polynomial(worked: Callable[..., Worked]) -> None:
    found = worked("critical", f="x^3-3*a*x+y^2", wrt="x,y")
    assert [each["when"] for each in found.data["cases"]] == [["a < 0"], ["a = 0"], ["a > 0"]]
    assert [[point["at"] for point in each["points"]] for each in found.data["cases"]] == [
        [],
        [["0", "0"]],
        [["-sqrt(a)", "0"], ["sqrt(a)", "0"]],
    ]
    assert "if a < 0: no critical point" in found.lines


def test_where_a_parameter_makes_f_constant_every_point_is_critical(worked: Callable[..., Worked]) -> None:
    found = worked("critical", f="a*x*y-a*x", wrt="x,y")
    assert "if a = 0: every point: local minimum" in found.lines
    (flat,) = [each for each in found.data["cases"] if each["when"] == ["a = 0"]]
    assert (flat["points"], flat["sets"]) == ([], [{"equations": ["0"], "kind": "local minimum"}])


def test_points_with_parameters_that_have_no_short_formula_are_refused(data: Data) -> None:
    with pytest.raises(NotSupported):
        data("critical", f="x^4+a*x^2+x+y^2", wrt="x,y")


def test_a_plane_has_no_critical_point_and_that_is_proven(worked: Callable[..., Worked]) -> None:
    found = worked("critical", f="x+2y")
    assert found.data["complete"] == "proven"
    assert any(line.startswith("No critical point: proven") for line in found.lines)


def test_the_lines_say_how_sure_they_are(worked: Callable[..., Worked]) -> None:
    lines = worked("critical", f="x^3-3xy+y^3").lines
    assert "(1, 1): strict local minimum, f = -1" in lines
    assert any(line.startswith("2 critical points: all of them, proven;") for line in lines)


def test_a_window_of_other_variables_is_refused(data: Data) -> None:
    with pytest.raises(Refused) as refused:
        data("critical", f="x^2+y^2", window="x=0..1, z=0..1")
    assert refused.value.option == "window"


def test_the_marks_of_the_map_are_the_points(worked: Callable[..., Worked]) -> None:
    pictures = worked("critical", f="x^3-3xy+y^3", pictures=True).pictures
    assert "Saddle point at (0, 0). Local minimum at (1, 1)." in pictures[1].alt
