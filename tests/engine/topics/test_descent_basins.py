"""The map of /descent that shows which start leads to which extremum."""

from collections.abc import Callable

import numpy as np
import pytest

from engine.desk import solve
from engine.errors import NotSupported
from engine.topics import TOPICS
from engine.values import Budget, Json, Worked

Data = Callable[..., Json]
Solve = Callable[..., Worked]
HEAT = "80exp(-((x-3)^2+(y-2)^2)/10)+60exp(-((x+2)^2+(y+1)^2)/5)"
WELLS = "(x^2-1)^2+y^2"


def end_of(given: Json, x: float, y: float) -> int:
    """Return the number of the end to which the start of the grid nearest to a place leads."""
    (x0, x1), (y0, y1) = given["window"]
    rows = given["rows"]
    row = round((y - y0) / (y1 - y0) * (len(rows) - 1))
    return int(rows[row][round((x - x0) / (x1 - x0) * (len(rows[0]) - 1))])


@pytest.fixture
def heat(data: Data) -> Json:
    return dict(data("descent", f=HEAT, start="0,0", rate="0.05", goal="max", map="yes")["map"])


@pytest.mark.parametrize(("start", "peak"), [((0, 0), 1), ((5, 0), 2), ((-3, 0), 1), ((0, 3), 2), ((0, -3), 1)])
def test_each_start_of_the_course_has_the_colour_of_its_peak(heat: Json, start: tuple[float, float], peak: int) -> None:
    assert end_of(heat, *start) == peak


def test_the_ends_are_the_certified_peaks(heat: Json) -> None:
    places = [each["decimal"] for each in heat["ends"]]
    assert places == [pytest.approx([-1.87047, -0.92228], abs=1e-5), pytest.approx([2.99147, 1.99488], abs=1e-5)]
    assert {each["kind"] for each in heat["ends"]} == {"local maximum"}


def test_every_start_is_counted_once(heat: Json) -> None:
    assert sum(each["starts"] for each in heat["ends"]) + heat["nowhere"] == 61 * 61


def test_a_path_from_a_coloured_start_ends_where_the_map_says(data: Data, heat: Json) -> None:
    xs, ys = (np.linspace(low, high, 61) for low, high in heat["window"])
    for row, column in ((5, 12), (12, 55), (30, 31), (48, 7), (58, 40)):
        start = f"{xs[column]:.15f},{ys[row]:.15f}"
        path = data("descent", f=HEAT, start=start, rate="0.05", goal="max", steps="400")["path"]
        end = heat["ends"][int(heat["rows"][row][column]) - 1]["decimal"]
        assert path[-1] == pytest.approx(end, abs=1e-2)


def test_starts_on_the_ridge_between_two_wells_reach_neither(data: Data) -> None:
    found = data("descent", f=WELLS, start="0.5,1", rate="0.05", map="yes")["map"]
    assert [end_of(found, x, 1.0) for x in (-1.0, 0.0, 1.0)] == [1, 0, 2]


def test_a_rate_that_is_too_large_colours_nothing(data: Data) -> None:
    found = data("descent", f=WELLS, start="0.5,1", rate="1.5", map="yes")["map"]
    assert found["nowhere"] == 61 * 61


def test_starts_outside_of_the_domain_reach_nothing(data: Data) -> None:
    found = data("descent", f="ln(x)+1/x+y^2", start="0.5,1", rate="0.05", map="yes")["map"]
    assert (end_of(found, -2.0, 0.0), end_of(found, 2.0, 0.0)) == (0, 1)


def test_a_function_without_a_minimum_has_a_map_without_colours(worked: Solve) -> None:
    found = worked("descent", f="x^2-y^2", start="1,1", rate="0.1", map="yes")
    assert found.data["map"]["ends"] == []
    assert any("no single local minimum" in line for line in found.lines)


def test_a_whole_curve_of_minima_is_said_to_have_no_number(worked: Solve) -> None:
    lines = worked("descent", f="x^2*y^2", start="1,1", rate="0.1", map="yes").lines
    assert any("Whole curves" in line for line in lines)


def test_of_many_minima_the_nearest_nine_have_a_number(worked: Solve) -> None:
    found = worked("descent", f="sin(3x)*sin(3y)", start="1,1", rate="0.05", map="yes")
    assert len(found.data["map"]["ends"]) == 9
    assert any("the 9 nearest to the start" in line for line in found.lines)
    assert end_of(found.data["map"], 0.5, -0.5) > 0


def test_minima_that_repeat_are_each_an_end(data: Data) -> None:
    found = data("descent", f="sin(x)*cos(y)", start="0.5,1", rate="0.3", map="yes")["map"]
    assert [each["decimal"] for each in found["ends"]] == [
        pytest.approx([-1.570796, 0], abs=1e-6),
        pytest.approx([1.570796, 3.141593], abs=1e-6),
    ]


def test_the_map_is_called_evidence_with_its_rate_and_steps(worked: Solve) -> None:
    found = worked("descent", f=WELLS, start="0.5,1", rate="0.05", map="yes")
    steps = found.data["map"]["steps"]
    assert any("no proof" in line and f"rate 0.05, {steps} steps" in line for line in found.lines)
    assert found.data["map"]["proven"] is False


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_map_is_a_picture_of_its_own(worked: Solve, theme: str) -> None:
    found = worked("descent", pictures=True, theme=theme, f=WELLS, start="0.5,1", rate="0.05", map="yes")
    assert [each.name for each in found.pictures] == ["formulas.png", "descent.gif", "values.png", "basins.png"]
    assert "minimum at (−1, 0)" in found.pictures[-1].alt


def test_without_being_asked_for_there_is_no_map(data: Data) -> None:
    assert data("descent", f=WELLS, start="0.5,1", rate="0.05")["map"] is None


def test_several_paths_may_have_a_map_too(data: Data) -> None:
    found = data("descent", f=WELLS, start="0.5,1; -0.5,1", rate="0.05", map="yes")
    assert (len(found["runs"]), len(found["map"]["ends"])) == (2, 2)


@pytest.mark.parametrize(
    "given",
    [{"method": "adam"}, {"momentum": "0.9"}, {"clip": "1"}, {"subject": "x>=0"}, {"f": "x^2", "start": "1"}],
    ids=str,
)
def test_what_has_no_map_is_refused_before_anybody_waits(given: dict[str, str]) -> None:
    with pytest.raises(NotSupported) as refused:
        TOPICS["descent"].read({"f": WELLS, "start": "1,1", "rate": "0.1", "map": "yes"} | given)
    assert refused.value.option == "map"


def test_with_no_time_left_the_map_says_nothing() -> None:
    late = Budget(deadline=1.0, now=lambda: 100.0)
    options = {"f": WELLS, "start": "0.5,1", "rate": "0.05", "map": "yes"}
    found = solve("descent", options, budget=late).data["map"]
    assert (found["steps"], found["nowhere"]) == (0, 61 * 61)
