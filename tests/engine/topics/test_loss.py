"""Losses as a topic: the course's numbers, every factor of the chain rule, lowest points."""

from collections.abc import Callable

import pytest
import sympy

from engine.errors import NotInDomain, Refused, UnknownName, WrongLength, WrongUsage
from engine.values import Json, Worked

Data = Callable[..., Json]
LINE = "w*x+b"
FIVE = "(1,2),(2,4),(3,5),(4,4),(5,5)"
THREE = "(1,3),(2,5),(3,7)"
MIXED = "(1,0),(2,1),(3,0),(4,1)"


def test_the_squared_error_of_the_course(data: Data) -> None:
    found = data("loss", model=LINE, data=FIVE, at="0.5,1")
    assert found["gradient_at"] == ["-47/5", "-3"]
    assert found["loss_at"] == "11/4"
    assert found["minimisers"]["at"] == ["3/5", "11/5"]
    assert found["minimisers"]["value"] == "12/25"


def test_the_practice_problem_of_the_course(data: Data) -> None:
    found = data("loss", model=LINE, data=THREE, at="1,1")
    assert (found["predictions"], found["residuals"]) == (["2", "3", "4"], ["-1", "-2", "-3"])
    assert (found["loss_at"], found["gradient_at"]) == ("14/3", ["-28/3", "-4"])
    assert found["rate_limit_decimal"] == pytest.approx(0.1803, abs=5e-5)
    assert (found["minimisers"]["kind"], found["minimisers"]["at"]) == ("point", ["2", "1"])


def test_the_neuron_of_the_course_has_a_line_of_lowest_points(data: Data) -> None:
    found = data("loss", model="w1 x1+w2 x2", data="(3,4,10)", at="1,1", rate="0.1")
    assert (found["loss_at"], found["gradient_at"]) == ("9", ["-18", "-24"])
    assert (found["minimisers"]["kind"], found["minimisers"]["dim"]) == ("set", 1)
    assert (found["update"]["at"], found["update"]["loss_decimal"]) == (["14/5", "17/5"], 144.0)
    assert (found["rate_limit"], found["best_rate"]) == ("1/25", "1/50")


def test_every_factor_of_the_chain_is_a_step(data: Data) -> None:
    steps = data("loss", model=LINE, data=THREE, at="1,1", rate="0.1")["steps"]
    gradient = [each["rule"] for each in steps].index("assemble-gradient")
    steps = steps[gradient + 1 :]
    rules = [each["rule"] for each in steps]
    assert rules[:2] == ["predictions", "residuals"]
    assert rules[2:5] == ["chain", "sum", "mean-factor"]
    assert rules[-2:] == ["evaluate-at-point", "descent-update"]
    assert [each["result"] for each in steps if each["rule"] == "mean-factor"] == ["-28/3", "-4"]


def test_the_parameters_stand_in_the_order_of_the_model(data: Data) -> None:
    assert data("loss", model=LINE, data=THREE)["variables"] == ["w", "b"]
    assert data("loss", model="b+w*x", data=THREE)["variables"] == ["b", "w"]


def test_other_names_of_columns_are_told_by_the_parameters(data: Data) -> None:
    found = data("loss", model="m*t+c", data=THREE, parameters="m,c")
    assert found["minimisers"]["at"] == ["2", "1"]


def test_one_column_is_the_target(data: Data) -> None:
    assert data("loss", model="m", data="1,2,6")["minimisers"]["at"] == ["3"]


def test_l2_pulls_to_the_origin(data: Data) -> None:
    plain = data("loss", model="w*x", data="(1,2),(2,4)")["minimisers"]["at"]
    held = data("loss", model="w*x", data="(1,2),(2,4)", l2="5/2")["minimisers"]["at"]
    assert (plain, held) == (["2"], ["1"])


@pytest.mark.parametrize(
    "options",
    [
        {"model": LINE, "data": THREE},
        {"model": LINE, "data": THREE, "l2": "0.3"},
        {"model": LINE, "data": MIXED, "kind": "logistic"},
        {"model": LINE, "data": "(1,-1),(2,1),(3,-1)", "kind": "logistic"},
        {"model": "sigmoid(w*x+b)", "data": MIXED, "kind": "cross-entropy", "l2": "0.1"},
        {"model": "sigmoid(w*x+b)", "data": MIXED},
        {"model": "w^2*x+b", "data": THREE},
        {"model": "w/2+b*x^2/9", "data": "(1,0),(0,1)", "kind": "cross-entropy"},
    ],
    ids=str,
)
def test_the_gradient_is_the_numeric_one(data: Data, options: dict[str, str]) -> None:
    def value(w: float, b: float) -> float:
        return float(data("loss", **options, at=f"w={w} b={b}")["loss_at_decimal"])

    found = dict(
        zip(
            *(data("loss", **options, at="w=0.7 b=0.2")[key] for key in ("variables", "gradient_at_decimal")),
            strict=True,
        )
    )
    h = 1e-5
    assert found["w"] == pytest.approx((value(0.7 + h, 0.2) - value(0.7 - h, 0.2)) / (2 * h), abs=1e-6)
    assert found["b"] == pytest.approx((value(0.7, 0.2 + h) - value(0.7, 0.2 - h)) / (2 * h), abs=1e-6)


@pytest.mark.parametrize("options", [{"kind": "logistic"}, {"kind": "logistic", "l2": "0.2"}], ids=str)
def test_the_outer_and_inner_factors_make_the_gradient(data: Data, options: dict[str, str]) -> None:
    found = data("loss", model=LINE, data=MIXED, at="0,0", **options)
    means = [float(sympy.sympify(each["result"])) for each in found["steps"] if each["rule"] == "mean-factor"]
    assert means == pytest.approx(found["gradient_at_decimal"])


def test_labels_minus_one_and_one_are_the_labels_zero_and_one(data: Data) -> None:
    zero = data("loss", model=LINE, data="(1,0),(2,1),(3,0)", kind="logistic", at="1,1")
    minus = data("loss", model=LINE, data="(1,-1),(2,1),(3,-1)", kind="logistic", at="1,1")
    for key in ("loss_at_decimal", "gradient_at_decimal"):
        assert minus[key] == pytest.approx(zero[key])
    assert [float(sympy.sympify(each)) for each in minus["residuals"]] == pytest.approx(
        [float(sympy.sympify(each)) for each in zero["residuals"]]
    )


def test_a_cross_entropy_of_a_sigmoid_is_the_logistic_loss(data: Data) -> None:
    logistic = data("loss", model=LINE, data=MIXED, kind="logistic", at="1,1")
    entropy = data("loss", model=f"sigmoid({LINE})", data=MIXED, kind="cross-entropy", at="1,1")
    assert entropy["loss_at_decimal"] == pytest.approx(logistic["loss_at_decimal"])
    assert entropy["minimisers"]["decimal"] == pytest.approx(logistic["minimisers"]["decimal"])


def test_labels_that_a_threshold_parts_have_no_lowest_point(worked: Callable[..., Worked]) -> None:
    found = worked("loss", model=LINE, data="(1,0),(2,0),(3,1),(4,1)", kind="logistic")
    assert found.data["minimisers"]["kind"] == "none"
    assert any(line.startswith("Proven: there is no lowest point") for line in found.lines)


def test_mixed_labels_have_one_and_the_gradient_is_zero_there(data: Data) -> None:
    found = data("loss", model=LINE, data=MIXED, kind="logistic")
    w, b = found["minimisers"]["decimal"]
    there = data("loss", model=LINE, data=MIXED, kind="logistic", at=f"{w},{b}")
    assert found["minimisers"]["kind"] == "point"
    assert there["gradient_at_decimal"] == pytest.approx([0, 0], abs=1e-9)


def test_where_nothing_is_proven_nothing_is_said(data: Data) -> None:
    found = data("loss", model="sigmoid(w*x)", data="(0,1),(1,0)")
    assert (found["minimisers"]["kind"], found["rate_limit"]) == ("not decided", None)


def test_a_probability_of_one_half_for_every_point(data: Data) -> None:
    assert data("loss", model="p", data="0,1,1", kind="cross-entropy", at="0.5")["loss_at"] == "log(2)"


REFUSED: list[tuple[dict[str, str], type[Refused], str]] = [
    ({"model": "w*y+b"}, UnknownName, "model"),
    ({"model": "2x"}, WrongUsage, "model"),
    ({"model": "w*x", "data": "1,2,3"}, WrongLength, "model"),
    ({"data": "(1,2),(1,2,3)"}, WrongLength, "data"),
    ({"data": "(1,2),(1,q)"}, Refused, "data"),
    ({"at": "1"}, WrongLength, "at"),
    ({"rate": "0.1"}, WrongUsage, "at"),
    ({"at": "1,1", "rate": "-1"}, WrongUsage, "rate"),
    ({"l2": "-1"}, WrongUsage, "l2"),
    ({"kind": "logistic"}, NotInDomain, "data"),
    ({"kind": "cross-entropy"}, NotInDomain, "data"),
    ({"kind": "cross-entropy", "data": "(1,0),(2,1)", "at": "5,5"}, NotInDomain, "at"),
    ({"kind": "hinge"}, WrongUsage, "kind"),
    ({"model": "m*t+c", "parameters": "m"}, WrongLength, "data"),
]


@pytest.mark.parametrize(("given", "refusal", "option"), REFUSED, ids=str)
def test_what_is_no_loss_is_refused_at_its_option(
    data: Data, given: dict[str, str], refusal: type[Refused], option: str
) -> None:
    with pytest.raises(refusal) as refused:
        data("loss", **({"model": LINE, "data": THREE} | given))
    assert refused.value.option == option


def test_the_map_is_titled_with_the_loss_and_shows_the_lowest_point(worked: Callable[..., Worked]) -> None:
    pictures = worked("loss", pictures=True, model=LINE, data=THREE, at="1,1", rate="0.1").pictures
    assert pictures[1].alt.startswith("Contour map with gradient arrows of")
    assert "Local minimum at (2, 1)" in pictures[1].alt


def test_equal_chances_are_a_closed_form_of_a_cross_entropy(data: Data) -> None:
    found = data("loss", model="sigmoid(w*x+b)", data="(1,0),(2,1),(3,0)", kind="cross-entropy")["minimisers"]
    assert (found["at"], found["decimal"]) == (["0", "-log(2)"], [0.0, pytest.approx(-0.6931471805599453)])


def test_as_many_places_as_parameters_give_a_closed_form(data: Data) -> None:
    found = data("loss", model="w*x+b", data="(0,0),(0,1),(1,1),(1,1),(1,0)", kind="logistic")["minimisers"]
    assert found["at"] == ["log(2)", "0"]


def test_without_an_exact_form_none_is_denied(worked: Callable[..., Worked]) -> None:
    found = worked("loss", model="w*x+b", data=MIXED, kind="logistic")
    (said,) = [line for line in found.lines if line.startswith("Proven: the one lowest point")]
    assert "enclosed to 9 digits" in said
    assert "closed form" not in said


@pytest.mark.parametrize(
    "typed", ["[(1,3),(2,5),(3,7)]", "[[1,3],[2,5],[3,7]]", "((1,3), (2,5), (3,7))", "1,3 2,5 3,7"]
)
def test_data_are_read_however_they_are_listed(data: Data, typed: str) -> None:
    assert data("loss", model=LINE, data=typed)["minimisers"]["at"] == ["2", "1"]


def test_data_without_brackets_are_told_as_points(worked: Callable[..., Worked]) -> None:
    said = "I read the data as the points (1, 3), (2, 5), (3, 7)."
    assert said in worked("loss", model=LINE, data="1,3 2,5 3,7").lines
    assert said not in worked("loss", model=LINE, data=THREE).lines


def test_a_derivative_of_one_factor_is_written_once(worked: Callable[..., Worked]) -> None:
    assert "∂L/∂w = -2" in worked("loss", model=LINE, data="(1,3)", at="1,1").lines


def test_residuals_say_that_the_label_minus_one_counts_as_zero(worked: Callable[..., Worked]) -> None:
    lines = worked("loss", model=LINE, data="(-1,-1),(1,1)", kind="logistic", at="0,0").lines
    assert "residuals, prediction - label with 0 for the label -1 = (1/2, -1/2)" in lines
