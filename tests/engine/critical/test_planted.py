"""Planted critical points: what is found is what was planted, and the marks see what is not."""

import copy
import time

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.desk import solve
from engine.values import Budget, Json
from tests.engine.critical.normal_forms import PLANE, POLYNOMIALS, RATIONAL, SETS, SPACE, TRANSCENDENTAL, Form, U, V, W
from tests.engine.critical.planted_marks import marks, options
from tests.engine.critical.planting import Planting, grown

FORMS = (*POLYNOMIALS, *TRANSCENDENTAL, *RATIONAL, *PLANE, *SETS, *SPACE)


def answer(planted: Planting) -> Json:
    started = time.monotonic()
    budget = Budget(deadline=started + 3.0, now=time.monotonic, started=started)
    return solve("critical", options(planted), budget=budget).data


@pytest.mark.parametrize("form", FORMS, ids=lambda form: str(form.f))
def test_the_gradient_of_a_form_is_zero_where_it_is_said(form: Form) -> None:
    names = (U, V, W)
    slopes = [form.f.diff(name) for name in names]
    for at in (*form.points, *(sample for each in form.sets for sample in each.samples)):
        put = dict(zip(names, at, strict=False))
        assert all(abs(sympy.N(slope.subs(put), 30, chop=True)) < 1e-20 for slope in slopes)


@pytest.mark.parametrize("form", [form for form in FORMS if form.points], ids=lambda form: str(form.f))
def test_no_form_has_an_extremum_that_points_nearby_exceed(form: Form) -> None:
    value = sympy.lambdify((U, V, W), form.f, "math")
    for at, kind in form.points.items():
        here = [*map(float, at), 0.0, 0.0][:3]
        near = [
            value(here[0] + r * a, here[1] + r * b * (len(at) > 1), here[2] + r * c * (len(at) > 2)) - value(*here)
            for r in (1e-2, 3e-3)
            for a in (-1, -0.3, 0, 0.3, 1)
            for b in (-1, -0.3, 0, 0.3, 1)
            for c in (-1, 0, 1)
        ]
        assert kind != "local minimum" or min(near) > -1e-12
        assert kind != "local maximum" or max(near) < 1e-12


@given(st.integers(0, 10**6))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_the_gradient_of_a_planting_is_zero_where_it_was_planted(seed: int) -> None:
    planted = grown(seed)
    at = [*(at for at, _ in planted.points), *(sample for each in planted.sets for sample in each.samples)]
    for place in at:
        put = dict(zip(planted.names, map(sympy.Float, place), strict=True))
        assert all(abs(planted.f.diff(name).evalf(subs=put)) < 1e-6 for name in planted.names)


@pytest.mark.parametrize("seed", range(0, 40, 2))
def test_nothing_false_is_said_of_a_planted_function(seed: int) -> None:
    planted = grown(seed)
    assert marks(planted, answer(planted)).false == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1060))
def test_nothing_false_is_said_of_more_planted_functions(seed: int) -> None:
    planted = grown(seed)
    assert marks(planted, answer(planted)).false == []


def test_a_wrong_kind_is_seen() -> None:
    planted = grown(0)
    data = copy.deepcopy(answer(planted))
    assert marks(planted, data).right
    data["points"][0]["kind"] = "saddle point"
    assert marks(planted, data).false


def test_a_missing_point_is_seen() -> None:
    planted = grown(0)
    assert marks(planted, answer(planted) | {"points": []}).false


def test_a_point_too_many_is_seen() -> None:
    planted = grown(0)
    data = answer(planted)
    assert marks(planted, data | {"points": [*data["points"], data["points"][0] | {"decimal": [9.0, 9.0]}]}).false


def test_a_missing_set_is_seen() -> None:
    planted = next(each for each in map(grown, range(100)) if each.sets and not each.windowed)
    assert marks(planted, answer(planted) | {"sets": []}).false


def test_a_set_that_is_none_is_seen() -> None:
    planted = grown(0)
    extra = {"equations": ["x - 1"], "kind": "local minimum", "dim": 1, "strict": False}
    assert marks(planted, answer(planted) | {"sets": [extra]}).false
