"""The benches on some of their samples: what they count as right is right, and a wrong answer is counted as wrong."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.benchmarks import bench_basics, bench_constrained, bench_critical
from tests.benchmarks.samples import CORPORA, Item, answered, cases

BASICS = cases(CORPORA / "basics.json")
CONSTRAINED = cases(CORPORA / "lagrange.json")
CRITICAL = cases(CORPORA / "critical_points.json")


def test_all_parts_of_the_basics_are_right() -> None:
    _, counts = bench_basics.measured(BASICS)
    assert set(counts.values()) == {len(BASICS)}


def test_the_constrained_samples_are_right() -> None:
    some = CONSTRAINED[1:12:3]
    _, counts = bench_constrained.measured(some)
    assert counts["right"] == counts["proven"] == len(some)


def test_the_critical_samples_are_right() -> None:
    some = CRITICAL[::12]
    _, counts = bench_critical.measured(some, sympy_too=False)
    assert (counts["right"], counts["wrong"]) == (len(some), 0)


@pytest.mark.parametrize(
    "change",
    [
        lambda item: item["gradient"].__setitem__(0, "2*x*y^3+1"),
        lambda item: item["gradient_at_point"].reverse(),
        lambda item: item.update(gradient_norm="4*sqrt(5)+1/1000"),
        lambda item: item.update(directional_derivative="32*sqrt(29)/28"),
        lambda item: item["hessian_at_point"][0].reverse(),
        lambda item: item["hessian_eigenvalues"].__setitem__(0, "-29.27882"),
        lambda item: item.update(definiteness="positive definite"),
    ],
)
def test_a_sample_with_another_result_is_not_right(change: Callable[[Item], Any]) -> None:
    other = copy.deepcopy(BASICS[0])
    change(other)
    _, counts = bench_basics.measured([other])
    assert 0 in counts.values()


def test_a_candidate_of_another_kind_is_not_right() -> None:
    other = copy.deepcopy(CONSTRAINED[0])
    other["points"][0]["class"] = "min"
    assert bench_constrained.measured([other])[1]["wrong"] == 1


def test_a_missing_candidate_is_not_right() -> None:
    other = copy.deepcopy(CONSTRAINED[0])
    del other["points"][0]
    assert bench_constrained.measured([other])[1]["wrong"] == 1


def test_a_missing_critical_point_is_not_right() -> None:
    other = copy.deepcopy(CRITICAL[0])
    other["points"] = []
    assert bench_critical.measured([other], sympy_too=False)[1]["wrong"] == 1


def test_a_refusal_is_no_data() -> None:
    assert answered("grad", {"f": "f(x) = x +"})[0] is None
