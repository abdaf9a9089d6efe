"""Steps are true in numbers that owe nothing to the engine, and what is false among them is found."""

from collections.abc import Callable

import pytest

from engine.values import Json
from tests.benchmarks.bench_derivation import measured
from tests.benchmarks.samples import CORPORA
from tests.benchmarks.true_steps import untrue

Data = Callable[..., Json]

ASKED: tuple[tuple[str, dict[str, str]], ...] = (
    ("grad", {"f": "x*exp(x*y)", "at": "1,2"}),
    ("partial", {"f": "x^3*sin(x*y)", "wrt": "xxy"}),
    ("hessian", {"f": "x^2*y+exp(x*y)", "at": "1,1"}),
    ("critical", {"f": "x^3*y-x*y"}),
    ("critical", {"f": "x*exp(-x^2-y^2)"}),
    ("critical", {"f": "x*y/(1+x^2+y^2)"}),
    ("critical", {"f": "x^4+y^4-x-y+x*y"}),
    ("critical", {"f": "x^3-3x*y^2", "at": "0,0"}),
    ("critical", {"f": "sqrt(x^2+y^2)"}),
    ("optimize", {"f": "x*y", "subject": "x^2+y^2=1"}),
    ("optimize", {"f": "x+2y", "subject": "x^2+y^2=5"}),
    ("optimize", {"f": "x*y", "subject": "x+y<=10; x>=0; y>=0"}),
    ("descent", {"f": "x^2+x*y+y^2", "start": "1,2", "rate": "0.1", "steps": "3"}),
    ("tangent", {"f": "x^2*y+y^2", "at": "2,1"}),
    ("level", {"f": "x^2+4y^2", "at": "2,1"}),
    ("directional", {"f": "x^2*y+y^2", "at": "2,1", "along": "to (5,5)"}),
)


@pytest.mark.parametrize(("topic", "options"), ASKED)
def test_every_step_is_true(data: Data, topic: str, options: dict[str, str]) -> None:
    assert untrue(data(topic, **options)) == []


@pytest.mark.parametrize(("topic", "options"), [ASKED[0], ASKED[2], ASKED[6], *ASKED[12:]])
def test_no_step_stays_true_with_another_result(data: Data, topic: str, options: dict[str, str]) -> None:
    found = data(topic, **options)
    for i, each in enumerate(found["steps"]):
        if each["rule"] in {"test-inconclusive", "check-extremum", "case-split", "solve-system"}:
            continue
        other = "saddle point" if each["result"] == "local minimum" else "local minimum"
        changed = other if each["rule"] == "classification-rule" else _more(each["result"])
        steps = [*found["steps"][:i], {**each, "result": changed}, *found["steps"][i + 1 :]]
        assert {**each, "result": changed} in untrue({**found, "steps": steps}), each


def _more(result: str) -> str:
    """Return a result with one more in each entry."""
    return f"{result} + 1" if not result.startswith(("(", "[")) or result.count(",") == 0 else f"2*{result} + 1"


@pytest.mark.parametrize(
    ("given", "result"),
    [
        ("3*x**2 - 3 = 0", "x = 1"),
        ("3*x**2 - 3 = 0", "x = -1 or x = 2"),
        ("x**2 + 1 = 0", "x = 1"),
        ("x**2 - 1 = 0", "no real solution"),
        ("x - y**2 = 0, y = 2*x", "x - 2*x**2 = 0"),
        ("x*y = 0", "x = 0"),
    ],
)
def test_what_does_not_follow_is_found(data: Data, given: str, result: str) -> None:
    step = {"rule": "solve-system", "input": given, "result": result, "depth": 1}
    assert untrue({**data("critical", f="x^2+y^2"), "steps": [step]}) == [step]


def test_the_sample_is_derived_with_every_named_rule() -> None:
    assert measured(CORPORA / "derivation.json").line() == (
        "derivation: every named rule present in 25 of 25, unnecessary rules in 0, every step true, "
        "last step equals the result in 25 of 25"
    )
