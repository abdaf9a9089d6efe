"""Several paths of /descent beside each other, and the picture in which they move."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

from engine.desk import solve
from engine.errors import NotInDomain, NotSupported, Refused, TooLarge, UnknownName, WrongUsage
from engine.topics import TOPICS
from engine.values import Budget, Json, Worked

Data = Callable[..., Json]
Solve = Callable[..., Worked]
HEAT = "80exp(-((x-3)^2+(y-2)^2)/10)+60exp(-((x+2)^2+(y+1)^2)/5)"
BOWL = "x^2+3y^2"
PEAKS = ([-1.87047, -0.92228], [2.99147, 1.99488], [-1.87047, -0.92228])
STARTS = "0,0; 5,0; -3,0"


@pytest.mark.parametrize("rate", ["0.02", "0.05"])
def test_each_start_climbs_the_peak_of_its_basin(data: Data, rate: str) -> None:
    runs = data("descent", f=HEAT, start=STARTS, rate=rate, goal="max", steps="150")["runs"]
    for run, peak in zip(runs, PEAKS, strict=True):
        assert run["path"][-1] == pytest.approx(peak, abs=1e-4)
        assert run["verdict"].startswith("converges")


def test_the_rate_alone_decides_between_settling_and_not(data: Data) -> None:
    runs = data("descent", f=BOWL, start="2,1", rate="0.1; 0.3; 0.35")["runs"]
    assert [each["verdict"] for each in runs] == ["converges", "converges alternating", "diverges"]
    assert [each["rate"] for each in runs] == ["1/10", "3/10", "7/20"]
    assert {each["rate_limit"] for each in runs} == {"1/3"}


def test_several_paths_are_those_of_each_start_alone(data: Data) -> None:
    together = data("descent", f=HEAT, start=STARTS, rate="0.05", goal="max")
    alone = [data("descent", f=HEAT, start=each, rate="0.05", goal="max") for each in STARTS.split(";")]
    assert [each["path"] for each in together["runs"]] == [each["path"] for each in alone]
    assert [each["why"] for each in together["runs"]] == [each["why"] for each in alone]


def test_what_stands_beside_the_runs_is_about_the_first_path(data: Data) -> None:
    found = data("descent", f=BOWL, start="2,1; 0,1", rate="0.1")
    assert all(found[key] == found["runs"][0][key] for key in ("path", "values", "verdict", "goes_to", "rate_limit"))


def test_one_path_has_no_runs(data: Data) -> None:
    assert data("descent", f=BOWL, start="2,1", rate="0.1")["runs"] is None


def test_a_semicolon_may_part_the_coordinates_of_one_point(data: Data) -> None:
    found = data("descent", f=BOWL, start="x=2; y=1", rate="0.1")
    assert (found["path"][0], found["runs"]) == ([2, 1], None)


def test_the_starts_of_one_variable_are_numbers(data: Data) -> None:
    runs = data("descent", f="(x^2-1)^2", start="0.5; -0.5", rate="0.05", steps="60")["runs"]
    assert [each["path"][-1][0] for each in runs] == pytest.approx([1, -1], abs=1e-4)


def test_each_path_has_a_row_that_says_where_it_is(worked: Solve) -> None:
    lines = worked("descent", f=BOWL, start="2,1", rate="0.1; 0.35", steps="1").lines
    assert "1: rate 0.1, after 1 step: ≈ (1.6, 0.4), f ≈ 3.04, converges" in lines
    assert "2: rate 0.35, after 1 step: ≈ (0.6, -1.1), f ≈ 3.99, diverges" in lines


def test_different_ends_are_said_to_come_of_basins(worked: Solve) -> None:
    lines = worked("descent", f=HEAT, start="0,0; 5,0", rate="0.05", goal="max").lines
    assert any("basin" in line for line in lines)


def test_a_flat_valley_has_no_basins(worked: Solve) -> None:
    lines = worked("descent", f="(3u+4v-10)^2", start="1,1; 5,0", rate="0.01").lines
    assert not any("basin" in line for line in lines)


REFUSED: list[tuple[dict[str, str], type[Refused], str, tuple[int, int] | None]] = [
    ({"start": "1,1; 2,2", "rate": "0.1; 0.2"}, WrongUsage, "rate", None),
    ({"start": "1,1; 2,2; 3,3; 4,4"}, TooLarge, "start", (0, 18)),
    ({"rate": "0.1; 0.2; 0.3; 0.4"}, TooLarge, "rate", (0, 18)),
    ({"rate": "0.1; x"}, Refused, "rate", (5, 6)),
    ({"start": "1,1; x=2 z=2"}, UnknownName, "start", (9, 12)),
    ({"f": "sqrt(x^2+y^2)", "start": "1,1; 0,0"}, NotInDomain, "start", (4, 8)),
    ({"subject": "x+y<=3", "start": "1,1; 2,2"}, NotInDomain, "start", None),
]


@pytest.mark.parametrize(("given", "refusal", "option", "span"), REFUSED, ids=str)
def test_a_refusal_of_one_path_stands_at_its_piece(
    data: Data, given: dict[str, str], refusal: type[Refused], option: str, span: tuple[int, int] | None
) -> None:
    with pytest.raises(refusal) as refused:
        data("descent", **({"f": BOWL, "start": "2,1", "rate": "0.1"} | given))
    assert (refused.value.option, refused.value.span) == (option, span)


def test_too_many_paths_are_refused_before_anybody_waits() -> None:
    with pytest.raises(TooLarge):
        TOPICS["descent"].read({"f": BOWL, "start": "1,1; 2,2; 3,3; 4,4", "rate": "0.1"})


def test_with_no_time_left_every_path_has_the_steps_asked_for() -> None:
    late = Budget(deadline=1.0, now=lambda: 100.0)
    found = solve("descent", {"f": HEAT, "start": STARTS, "rate": "0.01", "steps": "7"}, budget=late)
    assert [len(each["path"]) for each in found.data["runs"]] == [8, 8, 8]


def test_a_descent_moves_and_its_first_frame_is_whole(worked: Solve) -> None:
    picture = worked("descent", pictures=True, f=BOWL, start="2,1", rate="0.1", steps="5").pictures[1]
    assert Image.open(io.BytesIO(picture.content)).n_frames == 1 + 6  # type: ignore[attr-defined]  # a GIF's own


@pytest.mark.parametrize("start", ["2,1", "2,1; -1,2"])
def test_the_still_map_says_the_same_as_the_one_that_moves(worked: Solve, start: str) -> None:
    moving, still = (
        worked("descent", pictures=True, motion=on, f=BOWL, start=start, rate="0.1").pictures[1] for on in (True, False)
    )
    assert (moving.name, still.name) == ("descent.gif", "contour.png")
    assert moving.alt == still.alt
    assert still.content.startswith(b"\x89PNG")


def test_the_alt_text_has_start_steps_end_and_verdict(worked: Solve) -> None:
    alt = worked("descent", pictures=True, f=BOWL, start="2,1", rate="0.5", steps="2").pictures[1].alt
    assert alt.endswith("The path of 2 steps leads from (2, 1) to (0, 4): diverges.")


def test_no_code_is_written_for_several_paths() -> None:
    from engine.answering import numpy_code

    read = TOPICS["descent"].read({"f": BOWL, "start": "2,1; 1,1", "rate": "0.1"})
    with pytest.raises(NotSupported):
        numpy_code.written("descent", read, {"variables": ["x", "y"], "f": "x**2", "path": [[2, 1]]})
