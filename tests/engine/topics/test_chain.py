"""The chain rule: every path, put back, checked; at points."""

import random
from collections.abc import Callable
from math import exp, isfinite, sin

import pytest

from engine.values import Json, Worked

Data = Callable[..., Json]
Solve = Callable[..., Worked]
CLASSIC = {"f": "x^2*y", "inner": "x=t^2, y=3t+1"}
TWO = {"f": "x*y", "inner": "x=s*t, y=s-t"}


def test_one_inner_variable_gives_a_total_derivative(data: Data) -> None:
    assert data("chain", **CLASSIC)["derivative"] == {"t": "15*t**4 + 4*t**3"}


def test_each_path_has_its_factors_and_its_product(data: Data) -> None:
    first, second = data("chain", **CLASSIC)["paths"]
    assert first == {"wrt": "t", "through": "x", "outer": "2*x*y", "inner": "2*t", "product": "4*t**3*(3*t + 1)"}
    assert second == {"wrt": "t", "through": "y", "outer": "x**2", "inner": "3", "product": "3*t**4"}


def test_several_inner_variables_each_have_a_derivative(data: Data) -> None:
    assert data("chain", **TWO)["derivative"] == {"s": "2*s*t - t**2", "t": "s**2 - 2*s*t"}


def test_wrt_chooses_inner_variables(data: Data) -> None:
    found = data("chain", **TWO, wrt="t")
    assert (found["derivative"], found["variables"], found["parameters"]) == ({"t": "s**2 - 2*s*t"}, ["t"], ["s"])


def test_a_path_leads_only_through_functions_that_move(data: Data) -> None:
    paths = data("chain", f="x*y", inner="x=s^2, y=t")["paths"]
    assert [(each["wrt"], each["through"]) for each in paths] == [("s", "x"), ("t", "y")]


def test_an_inner_variable_in_f_itself_is_a_direct_path(data: Data) -> None:
    found = data("chain", f="x*y*t", inner="x=cos(t), y=t^2")
    assert found["derivative"] == {"t": "-t**3*sin(t) + 3*t**2*cos(t)"}
    assert [each["through"] for each in found["paths"]] == [None, "x", "y"]


def test_a_variable_without_a_formula_stays_a_letter(data: Data, worked: Solve) -> None:
    found = data("chain", f="x*y", inner="x=t^2")
    assert (found["derivative"], found["parameters"]) == ({"t": "2*t*y"}, ["y"])
    assert any(
        "y is no inner function, so it stays a letter" in line
        for line in worked("chain", **CLASSIC | {"inner": "x=t"}).lines
    )


@pytest.mark.parametrize(
    "inner",
    ["x=t^2 y=3t+1", "y=3t+1; x=t²", "x(t)=t^2 and y(t)=3t+1", "x:=t^2, y:=1+3*t", "x = t^2\ny = 3t + 1"],
)
def test_inner_functions_are_written_in_many_ways(data: Data, inner: str) -> None:
    assert data("chain", f="x^2*y", inner=inner)["derivative"] == {"t": "15*t**4 + 4*t**3"}


def test_greek_and_indexed_names_work(data: Data) -> None:
    found = data("chain", f="x_1^2+x_2^2", inner="x₁ = r cos θ, x_2 = r sin(theta)")
    assert found["derivative"] == {"r": "2*r", "theta": "0"}


@pytest.mark.parametrize(
    ("f", "inner", "derivative"),
    [
        ("atan(y/x)", "x=r cos(a), y=r sin(a)", {"a": "1", "r": "0"}),
        ("ln(x^2+y^2)", "x=e^t cos(t), y=e^t sin(t)", {"t": "2"}),
        ("x^y", "x=t, y=t", {"t": "t**t*log(t) + t**t"}),
        ("cbrt(x)", "x=t^3", {"t": "1"}),
    ],
)
def test_what_cancels_is_not_left_standing(data: Data, f: str, inner: str, derivative: dict[str, str]) -> None:
    assert data("chain", f=f, inner=inner)["derivative"] == derivative


def test_the_values_at_a_point_are_exact_and_decimal(data: Data) -> None:
    found = data("chain", **CLASSIC, at="1")
    assert (found["inner_at"], found["value"]) == ({"x": "1", "y": "4"}, "4")
    assert (found["derivative_at"], found["derivative_at_decimal"]) == ({"t": "19"}, {"t": 19.0})
    assert found["differentiable"] is True


def test_without_a_point_nothing_is_said_about_one(data: Data) -> None:
    found = data("chain", **CLASSIC)
    assert [found[each] for each in ("at", "derivative_at", "derivative_at_decimal", "differentiable")] == [None] * 4


@pytest.mark.parametrize(("at", "wrt"), [("1,2", "s,t"), ("s=1 t=2", "s,t"), ("t=2, s=1", "s"), ("2,1", "t,s")])
def test_a_point_gives_the_inner_variables_in_their_order(data: Data, at: str, wrt: str) -> None:
    assert data("chain", **TWO, at=at, wrt=wrt)["derivative_at"]["s"] == "0"


def test_a_point_may_leave_open_what_is_not_differentiated_by(data: Data) -> None:
    found = data("chain", **TWO, wrt="t", at="t=2")
    assert (found["derivative_at"], found["derivative_at_decimal"]) == ({"t": "s**2 - 4*s"}, {"t": None})


def test_a_point_may_give_the_free_letters(data: Data) -> None:
    found = data("chain", f="x*y", inner="x=t^2", at="t=3 y=2")
    assert (found["derivative_at"], found["given"]) == ({"t": "12"}, {"y": "2"})


def test_the_rules_come_in_the_order_of_the_work(data: Data) -> None:
    rules = [each["rule"] for each in data("chain", **CLASSIC, at="1")["steps"] if each["depth"] == 0]
    assert rules == [
        *("partial-x", "partial-y", "inner-derivative", "inner-derivative"),
        *("path-sum", "substitute-back", "evaluate-at-point"),
    ]


def test_putting_back_gives_the_whole_derivative(data: Data) -> None:
    found = data("chain", **CLASSIC)
    assert found["steps"][-1]["result"] == found["derivative"]["t"]


def test_every_rule_of_a_factor_stands_before_it(data: Data) -> None:
    rules = [each["rule"] for each in data("chain", f="sin(x*y)", inner="x=t, y=t^2")["steps"]]
    assert "chain" in rules[: rules.index("partial-x")]


def test_the_text_shows_paths_products_and_sum(worked: Solve) -> None:
    lines = worked("chain", **CLASSIC, at="1").lines
    assert lines[:2] == ("f(x, y) = x²y", "x(t) = t², y(t) = 3t + 1")
    assert "z → x → t: ∂f/∂x·dx/dt = 2xy·2t" in lines
    assert "dz/dt = 15t⁴ + 4t³" in lines
    assert "dz/dt = 8·2 + 1·3 = 19" in lines


def test_several_inner_variables_are_partial_derivatives(worked: Solve) -> None:
    lines = worked("chain", **TWO).lines
    assert "∂z/∂s = 2st - t²" in lines
    assert any("other inner variables stay fixed: t" in line for line in lines)


def test_the_composition_has_a_name_that_nothing_else_has(worked: Solve) -> None:
    assert "dw/dt = 2t" in worked("chain", f="z+x", inner="z=t^2, x=1").lines
    assert "dz/dt = 2t" in worked("chain", f="z=x+y", inner="x=t^2").lines


def test_a_direct_path_keeps_both_derivatives_apart(worked: Solve) -> None:
    said = worked("chain", f="x*t", inner="x=t^2").lines
    assert "t stands in f itself too: ∂f/∂t moves it there alone, dz/dt moves x along with it." in said


def test_a_path_without_a_share_is_named(worked: Solve) -> None:
    said = worked("chain", f="x+y", inner="x=t^2, y=t", at="0").lines
    assert any(line.startswith("A factor is zero here on z → x → t:") for line in said)


def test_an_identity_that_is_proven_is_called_so(data: Data) -> None:
    assert data("chain", **CLASSIC)["proven"] is True


def test_without_a_proof_it_is_called_seen(data: Data, worked: Solve) -> None:
    assert data("chain", f="|x|", inner="x=t^3")["proven"] is False
    assert any("that is no proof" in line for line in worked("chain", f="|x|", inner="x=t^3").lines)


def test_where_it_holds_is_said(data: Data) -> None:
    assert data("chain", f="ln(x)", inner="x=t-1")["where"] == ["t - 1 > 0"]


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_tree_of_paths_says_every_path_and_factor(worked: Solve, theme: str) -> None:
    card, tree = worked("chain", pictures=True, theme=theme, **TWO).pictures
    assert "partial z by s equals" in card.alt.replace("  ", " ")
    assert "z → x → s with ∂f/∂x = y and ∂x/∂s = t; z → x → t with ∂f/∂x = y and ∂x/∂t = s" in tree.alt
    assert tree.content.startswith(b"\x89PNG")


def test_more_paths_than_can_be_read_are_not_drawn(worked: Solve) -> None:
    inner = ", ".join(f"{name}=r*s*t" for name in "abcdx")
    found = worked("chain", pictures=True, f="a+b+c+d+x", inner=inner)
    assert "paths.png" not in [each.name for each in found.pictures]


def _random(chance: random.Random) -> tuple[str, str, Callable[[float, float], float]]:
    """Return an outer function, inner ones of s and t, and what they give together in floats."""
    a, b, c, d = (chance.choice((-3, -2, -1, 1, 2, 3)) for _ in range(4))
    p, q = chance.randint(1, 3), chance.randint(1, 2)
    outers: list[tuple[str, Callable[[float, float, float], float]]] = [
        (f"{a}*x^{p}*y^{q}+{b}*x", lambda x, y, _: a * x**p * y**q + b * x),
        (f"sin({a}*x*y)+{b}*y^{p}", lambda x, y, _: sin(a * x * y) + b * y**p),
        (f"e^(x/{abs(a)})*y-{b}*t*x", lambda x, y, t: exp(x / abs(a)) * y - b * t * x),
        (f"x*y/(x^2+y^2+{abs(a)})", lambda x, y, _: x * y / (x**2 + y**2 + abs(a))),
    ]
    inners: list[tuple[str, Callable[[float, float], float]]] = [
        (f"{c}*s^{q}+{d}*t", lambda s, t: c * s**q + d * t),
        (f"s*t^{q}-{abs(c)}", lambda s, t: s * t**q - abs(c)),
        (f"sin({c}*s-t)", lambda s, t: sin(c * s - t)),
        (f"s/(t^2+{abs(d)})", lambda s, t: s / (t**2 + abs(d))),
    ]
    (f, outer), (x, first), (y, second) = chance.choice(outers), chance.choice(inners), chance.choice(inners)
    return f, f"x={x}, y={y}", lambda s, t: outer(first(s, t), second(s, t), t)


@pytest.mark.parametrize("seed", range(40))
def test_the_derivative_is_what_small_differences_give(data: Data, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret is made of it
    f, inner, whole = _random(chance)
    s, t, h = chance.randint(-4, 4) / 4, chance.randint(-4, 4) / 4, 1e-5
    found = data("chain", f=f, inner=inner, at=f"s={s} t={t}")["derivative_at_decimal"]
    by_s = (whole(s + h, t) - whole(s - h, t)) / (2 * h)
    by_t = (whole(s, t + h) - whole(s, t - h)) / (2 * h)
    assert isfinite(by_s)
    assert (found["s"], found["t"]) == (
        pytest.approx(by_s, rel=1e-5, abs=1e-5),
        pytest.approx(by_t, rel=1e-5, abs=1e-5),
    )
