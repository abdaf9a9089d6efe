"""Where the course's own pages say something else: that the right statement comes out, and the wrong one does not.

The number in a comment is that of the discrepancy in the course's list.
"""

from collections.abc import Callable
from math import dist

import pytest
import sympy

from engine.errors import NotInDomain
from engine.values import Json, Worked

Data = Callable[..., Json]
Work = Callable[..., Worked]
REVENUE = "100x+80y-x^2-y^2-0.5xy"
HOURS = "sqrt(x)+sqrt(y)+sqrt(z)-0.01(x^2+y^2+z^2)"
RECOMMENDER = "(a-0.6)^2+(b-0.3)^2+(c-0.8)^2+0.1ab"
SPLIT = "50(100sqrt(g)+80sqrt(i)+10sqrt(gi))-1000(g+i)"
NEURON = "(3u+4v-10)^2"
HEAT = "80exp(-((x-3)^2+(y-2)^2)/10)+60exp(-((x+2)^2+(y+1)^2)/5)"
SHARPE = "(0.08+0.07a)/sqrt(0.04a^2-0.01a+0.01)"
PEAKS = {"first": [2.99147, 1.99488], "second": [-1.87047, -0.92228]}


def said(answer: Worked) -> str:
    return "\n".join(answer.lines)


def test_the_best_price_rounds_up(data: Data) -> None:  # D3
    best, _ = data("critical", f=REVENUE)["points"][0]["decimal"]
    assert f"{best:.1f} {best:.2f}" == "42.7 42.67"


def test_the_best_price_is_not_cut_off(worked: Work) -> None:  # D3
    assert "(128/3, 88/3)" in said(worked("critical", f=REVENUE))


def test_thirty_hours_at_most_do_not_bind(worked: Work) -> None:  # D5
    text = said(worked("optimize", f=HOURS, subject="x+y+z<=30", goal="max"))
    assert "At the maximum x + y + z <= 30 is slack." in text


def test_the_thirtieth_hour_hurts(worked: Work) -> None:  # D5
    text = said(worked("optimize", f=HOURS, subject="x+y+z=30", goal="max"))
    assert "λ < 0: using all of it costs something" in text


def test_more_science_is_right_as_a_reallocation(worked: Work) -> None:  # D5
    answer = worked("optimize", f=HOURS, subject="x+y+z=30", goal="max", at="10,12,8")
    assert "with more z and less x, y" in said(answer)
    assert all(slope < 0 for slope in answer.data["move_decimal"][:2])
    assert answer.data["move_decimal"][2] > 0


def test_fifteen_steps_are_not_the_optimum(worked: Work) -> None:  # D6
    answer = worked("descent", f=RECOMMENDER, start="0.2,0.5,0.4", rate="0.1", steps="15")
    assert "not there yet" in said(answer)
    assert answer.data["goes_to"] == ["78/133", "36/133", "4/5"]


def test_the_wishes_are_not_the_minimiser(data: Data) -> None:  # D6
    found = data("grad", f=RECOMMENDER, at="0.6,0.3,0.8")
    assert (found["value"], found["gradient_at"]) == ("9/500", ["3/100", "3/50", "0"])


def test_the_gradient_of_the_revenue_is_not_that_of_another_point(data: Data) -> None:  # D7
    assert data("grad", f=REVENUE, at="20,15")["gradient_at"] == ["105/2", "40"]
    assert data("grad", f=REVENUE, at="27.2,13.2")["gradient_at"] == ["39", "40"]


def test_a_rate_asks_for_a_vector_of_length_one(worked: Work) -> None:  # D8
    answer = worked("directional", f=REVENUE, at="27.2,13.2", along="1,1")
    assert "a rate only for a vector of length 1" in said(answer)
    assert answer.data["rate_decimal"] == pytest.approx(79 / 2**0.5)


@pytest.mark.parametrize(
    ("f", "at", "kind", "others"),
    [
        ("x^2-y^2", "0,0", "a saddle point", ("minimum", "maximum")),
        ("x^2+y^2", "0,0", "a strict local minimum", ("saddle", "maximum")),
        ("-x^2-y^2", "0,0", "a strict local maximum", ("saddle", "minimum")),
    ],
)
def test_one_sign_is_an_extremum_and_both_are_a_saddle(
    worked: Work, f: str, at: str, kind: str, others: tuple[str, ...]
) -> None:  # D9
    text = said(worked("hessian", f=f, at=at))
    assert kind in text
    assert not any(other in text for other in others)


@pytest.mark.parametrize(("f", "at"), [(NEURON, "1.36,1.48"), ("x^4+y^4", "0,0"), ("x^3+y^2", "0,0")])
def test_a_zero_eigenvalue_leaves_the_test_undecided(worked: Work, f: str, at: str) -> None:  # D10
    assert "the test does not decide" in said(worked("hessian", f=f, at=at))


@pytest.mark.parametrize(("f", "at"), [("x^2+y^2", "1,1"), (RECOMMENDER, "0.6,0.3,0.8"), ("x^2-y^2", "1,0")])
def test_nothing_is_classified_where_the_gradient_is_not_zero(worked: Work, f: str, at: str) -> None:  # D10, D30
    text = said(worked("hessian", f=f, at=at))
    assert "no critical point, so there is nothing to classify" in text
    assert not any(word in text for word in ("minimum", "maximum", "saddle"))


def test_the_split_is_climbed(worked: Work) -> None:  # D11
    answer = worked("descent", f=SPLIT, start="25,25", rate="0.5/1000", goal="max", subject="g+i=50")
    assert answer.title == "Gradient ascent"


def test_the_split_needs_about_nineteen_hundred_steps(data: Data) -> None:  # D11
    def walked(g: float, steps: int) -> float:
        start, given = f"{g:.10f},{50 - g:.10f}", {"rate": "0.5/1000", "goal": "max", "subject": "g+i=50"}
        return float(data("descent", f=SPLIT, start=start, steps=str(steps), **given)["path"][-1][0])

    def slope(g: float) -> float:
        first, second = data("grad", f=SPLIT, at=f"{g:.10f},{50 - g:.10f}")["gradient_at_decimal"]
        return abs(float(first - second))

    far = walked(25, 1000)
    near = walked(walked(far, 700), 1)
    assert slope(near) > 1e-6 > slope(walked(near, 300))


def test_the_partials_of_the_split_are_no_gain(data: Data) -> None:  # D12
    assert data("grad", f=SPLIT, at="25,25")["gradient_at"] == ["-250", "-350"]


def test_the_whole_budget_costs_something(worked: Work) -> None:  # D12
    answer = worked("optimize", f=SPLIT, subject="g+i=50", goal="max", at="25,25")
    assert "λ < 0: using all of it costs something" in said(answer)
    assert "with more g and less i" in said(answer)


def test_the_best_total_of_the_split(data: Data) -> None:  # D12
    assert sum(data("critical", f=SPLIT)["points"][0]["decimal"]) == pytest.approx(18.08)


def test_the_neuron_gets_worse_at_the_rate_of_the_course(worked: Work) -> None:  # D13
    answer = worked("descent", f=NEURON, start="1,1", rate="0.1", steps="6")
    assert answer.data["values"] == pytest.approx([9, 144, 2304, 36864, 589824, 9437184, 150994944])
    assert "it diverges" in said(answer)
    assert "f rises at step 1, from 9 to 144" in said(answer)
    assert "converges to" not in said(answer)


def test_the_perfect_weights_are_one_point_of_a_line(worked: Work) -> None:  # D13
    assert "all points with 3u + 4v - 10 = 0: local minimum, not strict" in said(worked("critical", f=NEURON))


@pytest.mark.parametrize(
    ("start", "rate", "end", "value"),
    [
        ("0,0", "0.5", [2.25, -8.69], 0.001),
        ("-3,0", "0.5", [5.92, -7.75], 0.003),
        ("0,3", "0.5", [-3.55, 5.09], 0.4),
        ("0,-3", "0.5", [2.80, 2.25], None),
    ],
)
def test_the_rate_of_the_heat_map_is_too_large(
    data: Data, start: str, rate: str, end: list[float], value: float | None
) -> None:  # D14
    found = data("descent", f=HEAT, start=start, rate=rate, goal="max", steps="50")
    far, there = min((dist(at, end), value) for at, value in zip(found["path"], found["values"], strict=True))
    assert far < 0.05
    assert value is None or there == pytest.approx(value, rel=0.2)


@pytest.mark.parametrize("start", ["0,0", "-3,0", "0,3"])
def test_a_plateau_is_not_called_a_peak(worked: Work, start: str) -> None:  # D14, D16
    answer = worked("descent", f=HEAT, start=start, rate="0.5", goal="max", steps="50")
    assert not answer.data["verdict"].startswith("converges")


@pytest.mark.parametrize("start", ["-3,0", "0,0", "0,-3"])
def test_a_tenth_still_oscillates_round_the_second_peak(data: Data, start: str) -> None:  # D14
    found = data("descent", f=HEAT, start=start, rate="0.1", goal="max", steps="50")
    assert (found["verdict"], found["values"][-1]) == ("cycles", pytest.approx(51.47, abs=0.005))


@pytest.mark.parametrize(("at", "value"), [("3,2", 80.0668), ("-2,-1", 62.6699)])
def test_the_sources_are_not_the_peaks(data: Data, at: str, value: float) -> None:  # D15
    found = data("grad", f=HEAT, at=at)
    assert float(sympy.sympify(found["value"])) == pytest.approx(value, abs=5e-5)
    assert found["norm"] != "0"


def test_not_the_nearest_peak_is_reached(data: Data) -> None:  # D17
    start = [0.3, 0.4]
    assert dist(start, PEAKS["second"]) < dist(start, PEAKS["first"])
    found = data("descent", f=HEAT, start="0.3,0.4", rate="0.02", goal="max", steps="200")
    assert found["path"][-1] == pytest.approx(PEAKS["first"], abs=1e-3)


def test_nearness_is_said_to_decide_nothing(worked: Work) -> None:  # D17
    answer = worked("descent", f=HEAT, start="0.3,0.4", rate="0.02", goal="max", steps="200")
    assert "which end is nearest decides nothing" in said(answer)


def test_half_and_half_asks_for_less_of_the_first_share(data: Data) -> None:  # D18
    found = data("grad", f=SHARPE, at="0.5")
    assert (found["gradient_at_decimal"], found["direction"]) == ([pytest.approx(-0.36742, abs=5e-6)], ["-1"])


def test_the_best_first_share_is_a_third_or_less(data: Data) -> None:  # D18
    (best,) = data("critical", f=SHARPE)["points"]
    assert (best["at"], round(best["decimal"][0], 2)) == (["22/71"], 0.31)


def test_the_variance_of_the_course_has_the_correlation_of_a_quarter(data: Data) -> None:  # D19
    f = "f(a, b, r) = 0.04a^2 + 0.01b^2 + 2r*0.2*0.1*a*b"
    assert data("partial", f=f, wrt="a,b", at="1,1,0.25")["derivative_at"] == "1/100"
    assert data("partial", f=f, wrt="a,b", at="1,1,0.5")["derivative_at"] == "1/50"


def test_a_constant_factor_needs_no_product_rule(data: Data) -> None:  # D21
    for variable in "xy":
        rules = {step["rule"] for step in data("partial", f="x^2 e^y", wrt=variable, steps="all")["steps"]}
        assert rules
        assert "product" not in rules


def test_a_rate_is_of_first_order(worked: Work) -> None:  # D26
    assert "A rate is of first order" in said(worked("directional", f="100x+x^2+y", at="0,0", along="1,0"))


def test_a_logarithm_of_a_product_needs_it_positive(worked: Work) -> None:  # D27
    assert "The gradient exists where x*y > 0." in said(worked("grad", f="ln(xy)"))


def test_a_logarithm_has_no_gradient_off_its_domain(data: Data) -> None:  # D27
    with pytest.raises(NotInDomain):
        data("grad", f="ln(xy)", at="-1,1")


def test_a_logarithm_of_two_negative_numbers_has_a_gradient(data: Data) -> None:  # D27
    assert data("grad", f="ln(xy)", at="-2,-4")["gradient_at"] == ["-1/2", "-1/4"]


def test_a_definite_matrix_makes_a_local_minimum_only(worked: Work) -> None:  # D30
    text = said(worked("critical", f="x^3-3x+y^2"))
    assert "(1, 0): strict local minimum" in text
    assert "global" not in text


def test_a_function_need_not_be_convex_to_have_one_lowest_point(data: Data) -> None:  # D30
    valley = "(1-x)^2+100(y-x^2)^2"
    assert data("hessian", f=valley, at="0,1")["definiteness"] == "indefinite"
    (only,) = data("critical", f=valley)["points"]
    assert (only["kind"], only["strict"]) == ("local minimum", True)
