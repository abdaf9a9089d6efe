"""Plots: what is drawn is what is said."""

from collections.abc import Callable

import numpy as np
import pytest

from bot.lines import split_options
from engine.answering import partials, slices, surfaces
from engine.answering.place import Place
from engine.answering.scalar import Scalar
from engine.calculus.derivatives import gradient
from engine.errors import NotInDomain, NotSupported, Refused, WrongUsage
from engine.pictures.contour import ContourMap, height_grid
from engine.pictures.curve import Curve
from engine.reading import read_expression, read_point
from engine.topics import TOPICS
from engine.values import Json, Worked

Work = Callable[..., Worked]


def test_a_map_carries_its_numbers_in_words(worked: Work) -> None:
    (_, chart) = worked("plot", f="x^2+y^2", at="1,2", pictures=True).pictures
    assert chart.content.startswith(b"\x89PNG")
    assert "x squared plus y squared" in chart.alt
    assert "point (1, 2)" in chart.alt
    assert "gradient arrow is (2, 4)" in chart.alt


def test_a_function_of_one_variable_is_a_curve_with_its_tangent(worked: Work) -> None:
    (_, chart) = worked("plot", f="x^3-3x", at="1/2", pictures=True).pictures
    assert chart.name == "curve.png"
    assert "slope of the tangent is (-2.25)" in chart.alt


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_both_themes_are_drawn(worked: Work, theme: str) -> None:
    assert len(worked("plot", f="sin(x)cos(y)", pictures=True, theme=theme).pictures) == 2


def test_a_window_is_drawn_as_asked(data: Callable[..., Json]) -> None:
    assert data("plot", f="x*y", window="x=-1..1, y=0..pi")["window"] == [
        ["x", -1.0, 1.0],
        ["y", 0.0, pytest.approx(3.14159, rel=1e-5)],
    ]


@pytest.mark.parametrize("f", ["ln(x*y)", "1/(x^2+y^2)", "sqrt(x)", "x^y", "3+0*x*y", "tan(x)*y", "acos(x)+y", "1/x"])
def test_holes_and_poles_are_drawn_round(worked: Work, f: str) -> None:
    assert len(worked("plot", f=f, pictures=True).pictures) == 2


def test_a_point_far_out_is_in_its_picture(worked: Work) -> None:
    found = worked("plot", f="100x+80y-x^2-y^2-0.5xy", at="20,15", pictures=True)
    assert all(low < value < high for (_, low, high), value in zip(found.data["window"], (20, 15), strict=True))
    assert "point (20, 15)" in found.pictures[1].alt


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"f": "x+y+z"}, NotSupported),
        ({"f": "x+y", "window": "x=1..0, y=0..1"}, Refused),
        ({"f": "x+y", "window": "x=0..1"}, Refused),
        ({"f": "sqrt(x^2+y^2)", "at": "0,0"}, NotInDomain),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    data: Callable[..., Json], options: dict[str, str], kind: type[Refused]
) -> None:
    with pytest.raises(kind):
        data("plot", **options)


@pytest.mark.parametrize("options", [{"f": "x^2", "at": "1e200"}, {"f": "x+y", "window": "x=0..1e-300, y=0..1"}])
def test_what_no_picture_can_show_is_answered_without_one(worked: Work, options: dict[str, str]) -> None:
    found = worked("plot", pictures=True, **options)
    assert any("no picture" in line for line in found.lines)
    assert all(picture.name == "formulas.png" for picture in found.pictures)


@pytest.mark.parametrize(("view", "above"), [("surface", "30"), ("above", "60")])
def test_a_surface_carries_its_numbers_in_words(worked: Work, view: str, above: str) -> None:
    (_, chart) = worked("plot", f="x^2+y^2", at="1,2", view=view, turn="75", pictures=True).pictures
    assert chart.name == "surface.png"
    assert chart.content.startswith(b"\x89PNG")
    assert f"turned by 75 degrees, seen from {above} degrees above" in chart.alt
    assert "gradient arrow is (2, 4)" in chart.alt
    assert "steepest tangent at the point has the slope 4.4721" in chart.alt


@pytest.mark.parametrize("options", [{}, {"at": "x=1 y=2"}, {"window": "x=-1..1, y=0..2", "view": "surface"}])
def test_every_way_on_is_answered(worked: Work, options: dict[str, str]) -> None:
    known = [each.name for each in TOPICS["plot"].options]
    actions = worked("plot", f="f(x, y) = x^2+y^2", **options).actions
    assert actions
    for line in actions:
        read = split_options(line.removeprefix("/plot "), known)
        assert worked("plot", **read).data["view"] in {"surface", "above"}


def test_the_ways_on_turn_zoom_and_rise(worked: Work) -> None:
    assert worked("plot", f="x*y", view="surface", turn="350").actions == (
        "/plot f=x*y view=surface turn=35",
        "/plot f=x*y view=surface turn=305",
        '/plot f=x*y window="x=-1.5..1.5, y=-1.5..1.5" view=surface turn=350',
        '/plot f=x*y window="x=-6..6, y=-6..6" view=surface turn=350',
        "/plot f=x*y view=above turn=350",
    )


def test_going_nearer_keeps_the_point_in_the_middle(worked: Work) -> None:
    actions = worked("plot", f="x*y", at="1,2", view="surface").actions
    assert any('window="x=-0.5..2.5, y=0.5..3.5"' in each for each in actions)
    assert any('window="x=-6..6, y=-6..6"' in each for each in actions)


@pytest.mark.parametrize("options", [{"f": "1e200*x*y", "at": "1/2,1/3"}, {"f": "exp(100x)*y", "at": "1/2,1/3"}])
def test_a_surface_as_steep_as_can_be_is_drawn(worked: Work, options: dict[str, str]) -> None:
    assert worked("plot", view="surface", pictures=True, **options).pictures[-1].name == "surface.png"


def test_one_variable_is_a_curve_in_every_view(worked: Work) -> None:
    found = worked("plot", f="x^2", view="surface", pictures=True)
    assert found.pictures[1].name == "curve.png"
    assert found.actions == ()


@pytest.mark.parametrize("turn", ["north", "", "inf", "nan", "1e999", "9" * 30])
def test_a_turn_that_is_no_number_is_refused(data: Callable[..., Json], turn: str) -> None:
    with pytest.raises(WrongUsage, match="degrees"):
        data("plot", f="x+y", view="surface", turn=turn)


@pytest.mark.parametrize("f", ["1/(x-0.03)+y", "sign(x-0.03)+y", "y*tan(x+pi/2-0.03)", "(x-0.03)^(-3)+y"])
def test_a_surface_is_torn_at_a_pole_and_at_a_jump(f: str) -> None:
    read = read_expression(f)
    torn = surfaces.gaps(Scalar.of(read, ("x", "y")), height_grid(((-1.0, 1.0), (-1.0, 1.0)), (21, 21)))
    # The column of cells from 0 to 0.1, and no other.
    assert np.flatnonzero(torn.any(axis=0)).tolist() == [10]
    assert torn[:, 10].all()


@pytest.mark.parametrize("f", ["abs(x-0.03)+y", "1/(x^2+y^2)", "ln(x)/(x^2+1)"])
def test_a_surface_is_not_torn_elsewhere(f: str) -> None:
    read = read_expression(f)
    torn = surfaces.gaps(Scalar.of(read, ("x", "y")), height_grid(((-1.0, 1.0), (-1.0, 1.0)), (21, 21)))
    assert not torn.any()


def test_a_surface_too_far_out_is_answered_without_one(worked: Work) -> None:
    found = worked("plot", f="x+y", window="x=0..1e-300, y=0..1", view="surface", pictures=True)
    assert any("no picture" in line for line in found.lines)


def test_a_slice_has_the_partial_derivative_as_its_slope(worked: Work) -> None:
    _, across, up = worked("plot", f="x^2*y+y^3", at="1,2", view="slices", pictures=True).pictures
    assert "Slice f(x, 2)" in across.alt
    assert "at 1 has the slope 4," in across.alt
    assert "Slice f(1, y)" in up.alt
    assert "at 2 has the slope 13," in up.alt


def test_at_a_critical_point_the_slices_go_along_eigenvectors(worked: Work) -> None:
    found = worked("plot", f="x^2+4xy+y^2", at="0,0", view="slices", pictures=True)
    assert [line for line in found.lines if "bends" in line] == [
        "Along (4, -4) the slice bends down there: the eigenvalue is -2.",
        "Along (4, 4) the slice bends up there: the eigenvalue is 6.",
    ]
    assert "The second derivative there is -2." in found.pictures[1].alt


def test_a_level_second_order_is_no_claim_about_the_slice(worked: Work) -> None:
    lines = worked("plot", f="x^4-y^2", at="0,0", view="slices").lines
    assert "Along (1, 0) the slice bends neither up nor down at second order there: the eigenvalue is 0." in lines


@pytest.mark.parametrize(("f", "at", "count"), [("x*y*z", "1,2,3", 3), ("a*b+c*d", "1,2,3,4", 4), ("x^2", "1", 1)])
def test_every_variable_has_its_slice(worked: Work, f: str, at: str, count: int) -> None:
    assert len(worked("plot", f=f, at=at, view="slices", pictures=True).pictures) == 1 + count


@pytest.mark.parametrize(
    ("options", "kind"), [({"f": "x*y"}, WrongUsage), ({"f": "a+b+c+d+u*v", "at": "1,2,3,4,5,6"}, NotSupported)]
)
def test_slices_need_a_point_and_few_variables(
    data: Callable[..., Json], options: dict[str, str], kind: type[Refused]
) -> None:
    with pytest.raises(kind):
        data("plot", view="slices", **options)


@pytest.mark.parametrize("f", ["x^2*y+y^3", "sin(x*y)+x", "exp(x)/y", "sqrt(x+y)*x"])
def test_slopes_of_slices_agree_with_differences(f: str) -> None:
    read = read_expression(f)
    scalar = Scalar.of(read, ("x", "y"))
    place = Place.of(scalar, read_point("x=1 y=2"))
    slope = place.every(gradient(scalar.expression, scalar.symbols))
    drawn = slices.draw(place, ((0.5, 2.0), (1.0, 3.0)), slope, ())
    for each in drawn:
        assert isinstance(each.of, Curve)
        assert each.of.point is not None
        x = each.of.point[0]
        ends = np.interp([x - 0.02, x + 0.02], each.of.xs, each.of.ys)
        assert each.of.slope == pytest.approx((ends[1] - ends[0]) / 0.04, abs=5e-3)


def test_each_partial_derivative_has_its_map(worked: Work) -> None:
    pictures = worked("plot", f="x^2*y+y^3", at="1,2", view="partials", pictures=True).pictures
    assert [each.name for each in pictures] == ["formulas.png", "contour.png", "partial-x.png", "partial-y.png"]
    assert "of 2 x y" in pictures[2].alt
    assert "gradient arrow is (4, 2)" in pictures[2].alt
    assert "gradient arrow is (2, 12)" in pictures[3].alt


@pytest.mark.parametrize("f", ["x+2y", "x^2", "abs(x)+y", "1/x+y", "sqrt(x^2+y^2)"])
def test_partial_derivatives_of_every_kind_are_drawn(worked: Work, f: str) -> None:
    names = [each.name for each in worked("plot", f=f, view="partials", pictures=True).pictures]
    assert "partial-x.png" in names


@pytest.mark.parametrize("f", ["ln(x)+y", "ln(x)"])
def test_a_partial_derivative_is_not_drawn_outside_of_the_domain(f: str) -> None:
    read = read_expression(f)
    scalar = Scalar.of(read, read.variables)
    window = ((-1.0, 3.0),) * len(read.variables)
    chart = partials.draw(scalar, gradient(scalar.expression, scalar.symbols), window, None)[0].of
    if isinstance(chart, Curve):
        assert np.isnan(chart.ys[chart.xs < 0]).all()
        assert np.isfinite(chart.ys[chart.xs > 0]).all()
    else:
        assert isinstance(chart, ContourMap)
        x, _ = height_grid(chart.window)
        assert np.isnan(chart.heights[x < 0]).all()
        assert np.isfinite(chart.heights[x > 0]).all()
        assert np.isnan(chart.field[0][:, 0]).all()
