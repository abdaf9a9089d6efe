"""Gradient descent as a topic: the course's numbers, verdicts, and what is said about rates."""

from collections.abc import Callable
from random import Random

import pytest

from engine.descending.floats import compiled
from engine.desk import solve
from engine.errors import NotInDomain, NotSupported, Refused, TooLarge, UnknownName, WrongLength, WrongUsage
from engine.reading import read_expression
from engine.values import Budget, Json, Worked

Data = Callable[..., Json]
NEURON = "(3u+4v-10)^2"
RECOMMENDER = "(a-0.6)^2+(b-0.3)^2+(c-0.8)^2+0.1ab"
SQUARED = "1/3*((w+b-3)^2+(2w+b-5)^2+(3w+b-7)^2)"
HEAT = "80exp(-((x-3)^2+(y-2)^2)/10)+60exp(-((x+2)^2+(y+1)^2)/5)"
SHARPE = "(0.08+0.07a)/sqrt(0.04a^2-0.01a+0.01)"
SPLIT = "50(100sqrt(g)+80sqrt(i)+10sqrt(gi))-1000(g+i)"
BOWL = "x^2+3y^2"


def test_the_neuron_diverges_by_the_factor_four(data: Data) -> None:
    found = data("descent", f=NEURON, start="1,1", rate="0.1", steps="5")
    assert found["values"] == [9, 144, 2304, 36864, 589824, 9437184]
    assert found["path"][1:3] == [[2.8, 3.4], [-4.4, -6.2]]
    assert (found["verdict"], found["proven"], found["rate_limit"]) == ("diverges", True, "1/25")


@pytest.mark.parametrize(
    ("rate", "verdict", "values"),
    [
        ("0.01", "converges", [9, 2.25, 0.5625, 0.140625, 0.03515625, 0.0087890625]),
        ("0.02", "converges", [9, 0, 0, 0, 0, 0]),
        ("0.03", "converges alternating", [9, 2.25, 0.5625, 0.140625, 0.03515625, 0.0087890625]),
        ("0.04", "cycles", [9, 9, 9, 9, 9, 9]),
        ("0.05", "diverges", [9, 20.25, 45.5625, 102.515625, 230.66015625, 518.9853515625]),
    ],
)
def test_the_rate_decides_the_neurons_fate(data: Data, rate: str, verdict: str, values: list[float]) -> None:
    found = data("descent", f=NEURON, start="1,1", rate=rate, steps="5")
    assert (found["verdict"], found["values"]) == (verdict, values)
    assert (found["best_rate"], found["rate_limit_scope"]) == ("1/50", "global")


def test_the_neuron_goes_to_the_nearest_best_point(data: Data) -> None:
    assert data("descent", f=NEURON, start="1,1", rate="0.02")["goes_to"] == ["34/25", "37/25"]


@pytest.mark.parametrize(
    ("step", "point"),
    [
        (1, [0.275, 0.458, 0.48]),
        (6, [0.480, 0.339, 0.695]),
        (11, [0.550, 0.295, 0.766]),
        (15, [0.5711, 0.2814, 0.7859]),
    ],
)
def test_the_recommender_walks_as_the_course_says(data: Data, step: int, point: list[float]) -> None:
    found = data("descent", f=RECOMMENDER, start="0.2,0.5,0.4", rate="0.1", steps="15")
    assert found["path"][step] == pytest.approx(point, abs=6e-4)


def test_the_recommender_is_known_exactly(data: Data) -> None:
    found = data("descent", f=RECOMMENDER, start="0.2,0.5,0.4", rate="0.1", steps="15")
    assert found["values"][-1] == pytest.approx(0.01745, abs=5e-6)
    assert (found["rate_limit"], found["goes_to"]) == ("20/21", ["78/133", "36/133", "4/5"])


def test_the_factors_of_the_recommender_are_said(worked: Callable[..., Worked]) -> None:
    lines = worked("descent", f=RECOMMENDER, start="0.2,0.5,0.4", rate="0.1", steps="15").lines
    assert any("0.81, 0.8, 0.79" in line for line in lines)
    assert any("not there yet" in line for line in lines)


def test_the_squared_error_has_its_limit_in_roots(data: Data) -> None:
    found = data("descent", f=SQUARED, start="w=1 b=1", rate="0.1")
    assert found["rate_limit"] == "(17 - sqrt(265))/4"
    assert found["rate_limit_decimal"] == pytest.approx(0.1803, abs=5e-5)


def test_the_simple_bowl_has_the_limit_of_the_course(data: Data) -> None:
    assert data("descent", f=BOWL, start="2,1", rate="0.1")["rate_limit"] == "1/3"


@pytest.mark.parametrize(
    ("start", "peak", "limit"),
    [
        ("0,0", [-1.87047, -0.92228], 0.08),
        ("5,0", [2.99147, 1.99488], 0.12),
        ("-3,0", [-1.87047, -0.92228], 0.08),
        ("0,3", [2.99147, 1.99488], 0.12),
        ("0,-3", [-1.87047, -0.92228], 0.08),
    ],
)
def test_small_rates_climb_the_peak_of_their_basin(data: Data, start: str, peak: list[float], limit: float) -> None:
    found = data("descent", f=HEAT, start=start, rate="0.05", goal="max", steps="60")
    assert found["path"][-1] == pytest.approx(peak, abs=1e-5)
    assert found["verdict"].startswith("converges")
    assert found["rate_limit"] == pytest.approx(limit, abs=0.005)
    assert (found["rate_limit_scope"], found["proven"]) == ("local guide", False)


def test_a_large_rate_jumps_onto_the_plateau_and_stalls(data: Data) -> None:
    found = data("descent", f=HEAT, start="0,0", rate="0.5", goal="max", steps="50")
    assert found["path"][1] == pytest.approx([-2.29, -0.05], abs=0.005)
    assert found["path"][2] == pytest.approx([2.25, -8.73], abs=0.005)
    assert found["verdict"] == "stalls"


def test_a_path_that_wanders_is_not_said_to_converge(data: Data) -> None:
    found = data("descent", f=HEAT, start="5,0", rate="0.5", goal="max", steps="50")
    assert found["values"][-1] == pytest.approx(61.6, abs=0.05)
    assert found["verdict"] == "undecided"


def test_a_rate_between_the_limits_of_both_peaks_cycles_round_one(data: Data) -> None:
    found = data("descent", f=HEAT, start="-3,0", rate="0.1", goal="max", steps="50")
    assert (found["verdict"], found["proven"]) == ("cycles", False)


def test_the_portfolio_climbs_alternating(data: Data) -> None:
    found = data("descent", f=SHARPE, start="0.5", rate="0.5", goal="max", steps="22")
    assert found["path"][-1][0] == pytest.approx(22 / 71, abs=1e-5)
    assert found["verdict"] == "converges alternating"


def test_the_split_of_the_budget_is_where_the_course_stops(data: Data) -> None:
    found = data("descent", f=SPLIT, start="25,25", rate="0.5/1000", goal="max", steps="100", subject="g+i=50")
    assert found["path"][-1] == pytest.approx([26.62, 23.38], abs=0.005)
    assert found["values"][-1] == pytest.approx(7612.12, abs=0.01)


def test_crossing_the_guide_proves_nothing(worked: Callable[..., Worked]) -> None:
    found = worked("descent", f="x^4", start="1", rate="0.3")
    assert (found.data["verdict"], found.data["crossed_at"]) == ("converges", 0)
    assert any("proves nothing" in line for line in found.lines)


def test_constraints_hold_at_every_step(data: Data) -> None:
    found = data("descent", f="(x-5)^2+(y-1)^2", start="0,0", rate="0.3", subject="x>=0; y>=0; x+y<=3")
    assert all(x >= 0 and y >= 0 and x + y <= 3 + 1e-12 for x, y in found["path"])
    assert found["path"][-1] == pytest.approx([3, 0], abs=1e-9)
    assert (found["verdict"], found["proven"]) == ("converges", True)


def test_a_rounded_number_is_not_said_to_be_equal(worked: Callable[..., Worked]) -> None:
    lines = worked("descent", f=RECOMMENDER, start="0.2,0.5,0.4", rate="0.1", steps="3").lines
    row = next(line for line in lines if line.startswith("step 3"))
    assert row.startswith("step 3: ≈ (")


def test_the_steps_are_written_as_on_paper(data: Data) -> None:
    steps = data("descent", f=NEURON, start="1,1", rate="0.1", steps="1")["steps"]
    assert steps[-1] == {
        "rule": "descent-update",
        "input": "(1, 1) - 1/10*(-18, -24)",
        "result": "(14/5, 17/5)",
        "depth": 0,
    }


REFUSED: list[tuple[dict[str, str], type[Refused], str]] = [
    ({"rate": "0"}, WrongUsage, "rate"),
    ({"rate": "-0.1"}, WrongUsage, "rate"),
    ({"rate": "x"}, Refused, "rate"),
    ({"steps": "1001"}, TooLarge, "steps"),
    ({"steps": "0"}, WrongUsage, "steps"),
    ({"steps": "many"}, WrongUsage, "steps"),
    ({"start": "1"}, WrongLength, "start"),
    ({"start": "x=1 z=2"}, UnknownName, "start"),
    ({"momentum": "1"}, WrongUsage, "momentum"),
    ({"momentum": "0.5", "method": "newton"}, WrongUsage, "momentum"),
    ({"clip": "0"}, WrongUsage, "clip"),
    ({"subject": "x^2+y^2<=9"}, NotSupported, "subject"),
    ({"subject": "x+y<=1"}, NotInDomain, "start"),
    ({"subject": "x>=5; x<=4"}, NotInDomain, "subject"),
    ({"subject": "z>=5"}, UnknownName, "subject"),
    ({"f": "f(x,y)=a*x^2+y^2"}, NotSupported, "f"),
    ({"f": "3"}, WrongUsage, "f"),
    ({"f": "sqrt(x^2+y^2)", "start": "0,0"}, NotInDomain, "start"),
    ({"start": "10^200,1"}, TooLarge, "start"),
    ({"f": "floor(x)+y"}, NotSupported, "f"),
]


@pytest.mark.parametrize(("given", "refusal", "option"), REFUSED, ids=str)
def test_what_cannot_be_walked_is_refused_at_its_option(
    data: Data, given: dict[str, str], refusal: type[Refused], option: str
) -> None:
    with pytest.raises(refusal) as refused:
        data("descent", **({"f": BOWL, "start": "2,1", "rate": "0.1"} | given))
    assert refused.value.option in {option, None if option == "f" else option}


@pytest.mark.parametrize("f", ["x^2*y+sin(x)+y^4", "exp(x/3)+x*y+y^2", "ln(x^2+y^2+1)+(x-y)^2", "sqrt(x^2+y^2+1)/y"])
@pytest.mark.parametrize(("goal", "turn"), [("min", 1), ("max", -1)])
def test_a_step_follows_the_numeric_gradient(data: Data, f: str, goal: str, turn: int) -> None:
    random = Random(2)  # noqa: S311 - the same numbers every time
    for _ in range(5):
        x, y = random.randint(-20, 20) / 10, random.randint(1, 20) / 10
        moved = data("descent", f=f, start=f"{x},{y}", rate="0.01", goal=goal, steps="1")["path"][1]
        value = compiled(read_expression(f).tree, ("x", "y"))
        h = 1e-5
        slope = [
            (value((x + h, y)) - value((x - h, y))) / (2 * h),
            (value((x, y + h)) - value((x, y - h))) / (2 * h),
        ]
        wanted = [x - turn * 0.01 * slope[0], y - turn * 0.01 * slope[1]]
        assert moved == pytest.approx(wanted, abs=1e-8)


def test_steps_too_short_for_floats_are_not_said_to_have_arrived(data: Data) -> None:
    assert data("descent", f="(x-5)^4*10^(-30)", start="1", rate="0.1")["verdict"] == "stalls"


def test_with_no_time_left_only_the_steps_asked_for_are_made() -> None:
    late = Budget(deadline=1.0, now=lambda: 100.0)
    found = solve("descent", {"f": "sin(x)+x^2/9", "start": "3", "rate": "0.01", "steps": "7"}, budget=late)
    assert len(found.data["path"]) == 8


def test_the_path_stands_on_the_map(worked: Callable[..., Worked]) -> None:
    found = worked("descent", pictures=True, f=BOWL, start="2,1", rate="0.1")
    assert [each.name for each in found.pictures] == ["formulas.png", "descent.gif", "values.png"]
    assert "from (2, 1)" in found.pictures[1].alt


def test_a_diverging_path_is_drawn_all_the_same(worked: Callable[..., Worked]) -> None:
    found = worked("descent", pictures=True, f=NEURON, start="1,1", rate="1", steps="30")
    assert [each.name for each in found.pictures][1:] == ["descent.gif", "values.png"]


def test_steps_below_double_precision_are_called_rounding(worked: Callable[..., Worked]) -> None:
    lines = worked("descent", f="(1-x)^2+100(y-x^2)^2", start="-1.2,1", rate="1", method="newton", steps="9").lines
    assert any("shorter than double precision can tell" in line for line in lines)
    assert not any(line.startswith("f rises at step 8") for line in lines)


def test_steps_that_still_move_are_not(worked: Callable[..., Worked]) -> None:
    lines = worked("descent", f="x^2+3y^2", start="1,1", rate="0.1").lines
    assert not any("double precision" in line for line in lines)
