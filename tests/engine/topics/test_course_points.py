"""The course's extrema, Hessians, rates and constrained bests: every number as the course should have it."""

from collections.abc import Callable
from time import monotonic

import pytest
import sympy

from engine.desk import solve
from engine.values import Budget, Json

Data = Callable[..., Json]
PROFIT = "-x^2-y^2+10x+8y"
REVENUE = "100x+80y-x^2-y^2-0.5xy"
HOURS = "sqrt(x)+sqrt(y)+sqrt(z)-0.01(x^2+y^2+z^2)"
RECOMMENDER = "(a-0.6)^2+(b-0.3)^2+(c-0.8)^2+0.1ab"
INTERACTION = "50x+40y-x^2-y^2-0.5xy"
SPLIT = "50(100sqrt(g)+80sqrt(i)+10sqrt(gi))-1000(g+i)"
NEURON = "(3u+4v-10)^2"
HEAT = "80exp(-((x-3)^2+(y-2)^2)/10)+60exp(-((x+2)^2+(y+1)^2)/5)"
SHARPE = "(0.08+0.07a)/sqrt(0.04a^2-0.01a+0.01)"
TWO_SHARES = "(0.15a+0.08b)/sqrt(0.04a^2+0.01b^2+0.01ab)"
MAXIMUM, MINIMUM, SADDLE = "local maximum", "local minimum", "saddle point"


def critical(f: str) -> Json:
    """Return the data of /critical, in a learner's time: certificates take what there is."""
    started = monotonic()
    return solve("critical", {"f": f}, budget=Budget(started + 3.0, monotonic, started=started)).data


@pytest.mark.parametrize(
    ("name", "f", "points"),
    [
        ("W1", PROFIT, [((5, 4), MAXIMUM, 41)]),
        ("W2", "3x^2+2xy+y^3", [((-2 / 27, 2 / 9), MINIMUM, -4 / 729), ((0, 0), SADDLE, 0)]),
        ("W5", REVENUE, [((128 / 3, 88 / 3), MAXIMUM, 9920 / 3)]),
        ("W6", HOURS, [((25 ** (2 / 3),) * 3, MAXIMUM, 6.57904)]),
        ("W7", RECOMMENDER, [((78 / 133, 36 / 133, 4 / 5), MINIMUM, 9 / 532)]),
        ("W9", "x^2+y^2", [((0, 0), MINIMUM, 0)]),
        ("X1", INTERACTION, [((64 / 3, 44 / 3), MAXIMUM, 2480 / 3)]),
        ("X2", SPLIT, [((10.24, 7.84), MAXIMUM, 13600)]),
        (
            "X4",
            HEAT,
            [
                ((-1.87047, -0.92228), MAXIMUM, 62.9037),
                ((0.12416, 0.27450), SADDLE, 43.5632),
                ((2.99147, 1.99488), MAXIMUM, 80.0676),
            ],
        ),
        ("X5", SHARPE, [((22 / 71,), MAXIMUM, 0.981156)]),
        (
            "X5 with a correlation of one half",
            "(0.08+0.07a)/sqrt(0.04a^2+0.01(1-a)^2+0.02a(1-a))",
            [((7 / 24,), MAXIMUM, None)],
        ),
        ("X5 least variance", "0.04a^2-0.01a+0.01", [((1 / 8,), MINIMUM, 3 / 320)]),
        ("P1", "3x^2+4xy-y^2+5", [((0, 0), SADDLE, 5)]),
        ("P3", "-x^2-2y^2+4x+8y-10", [((2, 2), MAXIMUM, 2)]),
        ("Rosenbrock", "(1-x)^2+100(y-x^2)^2", [((1, 1), MINIMUM, 0)]),
    ],
)
def test_the_critical_points_of_the_course(
    name: str, f: str, points: list[tuple[tuple[float, ...], str, float | None]]
) -> None:
    found = critical(f)["points"]
    assert [each["kind"] for each in found] == [kind for _, kind, _ in points], name
    for each, (at, _, value) in zip(found, points, strict=True):
        assert each["decimal"] == pytest.approx(list(at), abs=6e-6)
        assert value is None or each["value_decimal"] == pytest.approx(value, rel=2e-6)


@pytest.mark.parametrize("f", [PROFIT, REVENUE, HOURS, RECOMMENDER, INTERACTION, HEAT, SHARPE, "3x^2+2xy+y^3"])
def test_the_course_has_no_other_critical_points(f: str) -> None:
    assert critical(f)["complete"] == "proven"


@pytest.mark.parametrize(
    ("name", "f", "at", "eigenvalues"),
    [
        ("W1", PROFIT, "5,4", [-2, -2]),
        ("W5", REVENUE, "128/3,88/3", [-2.5, -1.5]),
        ("W9", "x^2+y^2", "0,0", [2, 2]),
        ("X1", INTERACTION, "64/3,44/3", [-2.5, -1.5]),
        ("X3", NEURON, "1,1", [0, 50]),
        ("X4 first peak", HEAT, "2.99147,1.99488", [-16.03, -15.66]),
        ("X5", SHARPE, "22/71", [-3.189]),
        ("P3", "-x^2-2y^2+4x+8y-10", "2,2", [-4, -2]),
        ("P4", "1/3*((w+b-3)^2+(2w+b-5)^2+(3w+b-7)^2)", "w=2 b=1", [0.2404, 11.0929]),
    ],
)
def test_the_eigenvalues_of_the_course(data: Data, name: str, f: str, at: str, eigenvalues: list[float]) -> None:
    found = data("hessian", f=f, at=at)
    assert found["eigenvalues_decimal"] == pytest.approx(eigenvalues, abs=6e-3), name


@pytest.mark.parametrize(
    ("f", "at", "discriminant"),
    [
        ("3x^2+2xy+y^3", "0,0", "-4"),
        ("3x^2+2xy+y^3", "-2/27,2/9", "4"),
        ("3x^2+4xy-y^2+5", "0,0", "-28"),
        (INTERACTION, "64/3,44/3", "15/4"),
    ],
)
def test_the_discriminants_of_the_course(data: Data, f: str, at: str, discriminant: str) -> None:
    assert data("hessian", f=f, at=at)["discriminant"] == discriminant


def test_the_hessian_of_the_squared_error(data: Data) -> None:
    found = data("hessian", f="1/3*((w+b-3)^2+(2w+b-5)^2+(3w+b-7)^2)", wrt="w,b")
    assert found["hessian"] == [["28/3", "4"], ["4", "2"]]


@pytest.mark.parametrize(
    ("name", "f", "at", "along", "rate", "most"),
    [
        ("W1", PROFIT, "2,3", "6,2", 6.325, 6.325),
        ("W5", REVENUE, "20,15", "north-east", 65.407, 66.002),
        ("W8", REVENUE, "27.2,13.2", "1,1", 55.861, 55.866),
    ],
)
def test_the_rates_of_the_course(data: Data, name: str, f: str, at: str, along: str, rate: float, most: float) -> None:
    found = data("directional", f=f, at=at, along=along)
    assert (found["rate_decimal"], found["max_rate_decimal"]) == pytest.approx((rate, most), abs=6e-4), name


def test_the_neuron_has_a_line_of_minima(data: Data) -> None:
    found = data("critical", f=NEURON)
    assert found["points"] == []
    assert [(each["equations"], each["kind"], each["strict"]) for each in found["sets"]] == [
        (["3*u + 4*v - 10"], MINIMUM, False)
    ]


@pytest.mark.parametrize("at", ["1,1.75", "1.36,1.48"])
def test_many_weights_of_the_neuron_are_perfect(data: Data, at: str) -> None:
    assert data("grad", f=NEURON, at=at)["value"] == "0"


def test_all_thirty_hours_are_best_in_equal_parts(data: Data) -> None:
    found = data("optimize", f=HOURS, subject="x+y+z=30", goal="max")
    assert found["best_at"]["max"] == [["10", "10", "10"]]
    assert found["best_decimal"]["max"] == pytest.approx(6.48683, abs=1e-5)
    best = next(each for each in found["candidates"] if each["at"] == ["10", "10", "10"])
    assert best["multipliers_decimal"] == pytest.approx([-0.041886], abs=1e-6)


def test_not_all_of_thirty_hours_are_used_where_they_need_not_be(data: Data) -> None:
    found = data("optimize", f=HOURS, subject="x+y+z<=30", goal="max")
    best = next(each for each in found["candidates"] if each["at"] in found["best_at"]["max"])
    assert sum(best["decimal"]) == pytest.approx(25.65, abs=0.005)
    assert (best["binding"], found["best_decimal"]["max"]) == ([False], pytest.approx(6.57904, abs=1e-5))


def test_the_budget_split_is_best_where_both_partials_are_alike(data: Data) -> None:
    found = data("optimize", f=SPLIT, subject="g+i=50", goal="max")
    best = next(each for each in found["candidates"] if each["at"] in found["best_at"]["max"])
    assert best["decimal"] == pytest.approx([27.6262, 22.3738], abs=5e-5)
    assert best["value_decimal"] == pytest.approx(7631.54, abs=0.005)
    assert best["multipliers_decimal"] == pytest.approx([-299.376], abs=5e-4)


def test_the_conversions_of_the_split(data: Data) -> None:
    conversions = "100sqrt(g)+80sqrt(i)+10sqrt(gi)"
    wanted = {"25,25": 1150, "27.6262,22.3738": 1152.63, "10.24,7.84": 633.6}
    for at, value in wanted.items():
        found = float(sympy.sympify(data("grad", f=conversions, at=at)["value"]))
        assert found == pytest.approx(value, abs=0.005)


def test_the_split_curves_down_along_its_constraint(data: Data) -> None:
    along = SPLIT.replace("gi", "g(50-g)").replace("sqrt(i)", "sqrt(50-g)").replace("g+i", "50")
    found = data("partial", f=f"f(g) = {along}", wrt="g,g", at="27.6262")
    assert found["derivative_at_decimal"] == pytest.approx(-38.39, abs=0.005)


def test_half_of_the_budget_is_better_spent_otherwise(data: Data) -> None:
    found = data("optimize", f=SPLIT, subject="g+i<=50", goal="max")
    assert (found["best"]["max"], found["best_at"]["max"]) == ("13600", [["256/25", "196/25"]])


def test_the_shares_of_the_best_portfolio(data: Data) -> None:
    found = data("optimize", f=TWO_SHARES, subject="a+b=1", goal="max")
    (best,) = found["candidates"]
    assert (best["at"], best["kind"]) == (["22/71", "49/71"], MAXIMUM)


@pytest.mark.parametrize(
    ("a", "income", "risk", "ratio"),
    [
        ("0", 0.08, 0.1, 0.8),
        ("0.5", 0.115, 0.12247, 0.938971),
        ("22/71", 0.10169, 0.10364, 0.981156),
        ("1", 0.15, 0.2, 0.75),
    ],
)
def test_the_portfolios_of_the_course(data: Data, a: str, income: float, risk: float, ratio: float) -> None:
    told = [
        float(sympy.sympify(data("grad", f=f, at=a)["value"]))
        for f in ("0.08+0.07a", "sqrt(0.04a^2-0.01a+0.01)", SHARPE)
    ]
    assert told == pytest.approx([income, risk, ratio], abs=6e-6)
