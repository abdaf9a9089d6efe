"""Plots: what is drawn is what is said."""

from collections.abc import Callable

import pytest

from engine.errors import NotInDomain, NotSupported, Refused
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
