"""What the checker accepts, and what it does not let pass."""

import ast
import copy
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.proofs.check import named, verify
from engine.proofs.terms import Rejected, read
from engine.values import Json

ROOT = Path(__file__).parents[3]
Data = Callable[..., Json]


def example() -> Json:
    text = (ROOT / "docs" / "certificates.md").read_text(encoding="utf-8")
    found: Json = json.loads(re.findall(r"```json\n(.*?)```", text, re.DOTALL)[0])
    return found


def certificate(f: str, cover: Json, **more: Any) -> Json:
    """Return a certificate in x that claims that there is no critical point, changed where more is given."""
    given = {"form": "critical points 1", "f": f, "variables": ["x"], "complete": "proven", "window": None}
    return given | {"periods": ["0"], "points": [], "sets": [], "cover": {"by": "algebra"} | cover} | more


def test_the_example_of_the_documentation_is_accepted() -> None:
    assert verify(example()) == (
        "f = x**3 - 3*x*y + y**3 has 2 critical points everywhere, and no other",
        "saddle point at ['0', '0']",
        "local minimum at ['1', '1']",
    )


def test_a_point_left_out_is_noticed() -> None:
    given = example()
    del given["points"][0]
    with pytest.raises(Rejected, match="not listed once"):
        verify(given)


def test_a_point_that_is_listed_twice_is_noticed() -> None:
    given = example()
    given["points"].append(given["points"][1])
    with pytest.raises(Rejected, match="not listed once"):
        verify(given)


def test_a_point_that_is_none_is_noticed() -> None:
    given = example()
    other = copy.deepcopy(given["points"][1])
    other["at"], other["decimal"] = ["2", "2"], [2.0, 2.0]
    other["box"] = [["3/2", "5/2"], ["3/2", "5/2"]]
    given["points"].append(other)
    with pytest.raises(Rejected, match="not critical"):
        verify(given)


def test_a_point_that_is_moved_is_noticed() -> None:
    given = example()
    given["points"][1]["decimal"] = [1.0, 1.00001]
    with pytest.raises(Rejected, match="not where"):
        verify(given)


def test_a_kind_that_is_changed_is_noticed() -> None:
    given = example()
    given["points"][1]["kind"] = "local maximum"
    with pytest.raises(Rejected, match="is not shown"):
        verify(given)


def test_a_branch_left_out_is_noticed() -> None:
    given = example()
    given["cover"]["proof"]["end"]["parts"].pop()
    with pytest.raises(Rejected, match="a product is not"):
        verify(given)


def test_a_step_that_is_changed_is_noticed() -> None:
    given = example()
    given["cover"]["proof"]["steps"][0][0][1][0][0] = "2/3"
    with pytest.raises(Rejected, match="a product is not"):
        verify(given)


def test_a_function_that_is_changed_is_noticed() -> None:
    given = example()
    given["f"] = "x**3 - 4*x*y + y**3"
    with pytest.raises(Rejected):
        verify(given)


def test_what_holds_everywhere_is_not_said_of_a_window() -> None:
    given = example() | {"window": [["-2", "2"], ["-2", "2"]]}
    with pytest.raises(Rejected, match="another form"):
        verify(given)
    assert verify(given | {"complete": "proven in window"})


def test_a_point_in_the_window_has_to_be_listed_and_one_outside_must_not() -> None:
    given = example() | {"window": [["1/2", "2"], ["1/2", "2"]], "complete": "proven in window"}
    with pytest.raises(Rejected, match="not listed once"):
        verify(given)
    given["points"] = given["points"][1:]
    assert verify(given)


def test_an_equation_of_a_set_hides_no_point() -> None:
    # 1/x would say that x is not 0
    critical = [{"power": 1, "parts": [[0, [["2", 1]]]]}]
    one = {"equations": ["1/x"], "kind": "not decided", "class": None, "critical": critical}
    end = {"form": [["1", 1]], "modulus": ["0", "1"], "at": {"0": ["0"]}}
    proof = {"steps": [[[0, [["1/2", 0]]]]], "end": end}
    with pytest.raises(Rejected, match="not listed once"):
        verify(certificate("x**2", {"proof": proof}, sets=[one]))


def test_a_value_of_a_kernel_that_is_none_makes_no_point() -> None:
    # exp(x y) is 1 where x = y = 0 and cannot be -1
    given = certificate("x**2 + y**2 + exp(x*y)", {}, variables=["x", "y"], periods=["0", "0"])
    end = {"form": [["1", 1, 0, 0]], "modulus": ["0", "1"], "at": {"0": ["0"], "1": ["0"], "2": ["-1"]}}
    given["cover"]["proof"] = {"steps": [], "end": end}
    with pytest.raises(Rejected):
        verify(given)


def test_no_branch_is_empty_because_of_a_polynomial_that_can_be_zero() -> None:
    with pytest.raises(Rejected, match="does not end in what is shown"):
        verify(certificate("x**2", {"proof": {"steps": [], "end": {"zero": 0}}}))


@pytest.mark.parametrize(
    "end",
    [
        {"product": 1, "constant": "0", "parts": []},
        {"product": -1, "constant": "0", "parts": []},
        {"zero": 1},
        {"form": [["1", 1]], "modulus": [], "at": {"0": ["0"]}},
        {"form": [["1", 1]], "modulus": ["1"], "at": {"0": ["0"]}},
        {"form": [], "modulus": ["0"], "at": {}},
        {"set": 0},
        {},
    ],
)
def test_nothing_follows_from_the_polynomial_zero(end: Json) -> None:
    with pytest.raises(Rejected):
        verify(certificate("x**2", {"proof": {"steps": [[]], "end": end}}))


def test_the_verdict_says_where_roots_are_left_out() -> None:
    proof = {"steps": [[[0, [["2/3", 0, 0]]]]], "end": {"zero": 2}}
    said = verify(certificate("x**1.5", {"proof": proof}))
    assert "where all roots in its gradient are positive" in said[0]


def test_a_set_has_to_consist_of_critical_points() -> None:
    critical = [{"power": 1, "parts": [[0, [["2", 0]]]]}]
    one = {"equations": ["x - 1"], "kind": "not decided", "class": None, "critical": critical}
    with pytest.raises(Rejected):
        verify(certificate("x**2", {"proof": {"steps": [], "end": {"set": 0}}}, sets=[one]))


def test_a_period_that_is_none_is_noticed(data: Data) -> None:
    given = data("critical", f="y*cos(x)")["certificate"]
    assert given["periods"] == ["2*pi", "0"]
    for periods in (["pi", "0"], ["4*pi", "0"], ["0", "0"], ["2*pi", "1"]):
        with pytest.raises(Rejected, match="periods"):
            verify(given | {"periods": periods})


@pytest.mark.parametrize("broken", [{}, {"form": "critical points 1"}, [], None, "x"])
def test_what_is_no_certificate_is_rejected(broken: Any) -> None:
    with pytest.raises(Rejected):
        verify(broken)


@pytest.mark.parametrize("key", ["f", "variables", "complete", "window", "periods", "points", "sets", "cover"])
def test_a_part_of_a_strange_type_is_rejected(key: str) -> None:
    strange: list[Any] = [7, "y", [[]], [None], {"x": 1}, True]
    for each in strange:
        with pytest.raises(Rejected):
            verify(example() | {key: each})


@pytest.mark.parametrize(
    "text", ["__import__('os')", "x.real", "x[0]", "lambda: x", "x if x else 1", "True", "1j", "x @ x", "(" * 300, "z"]
)
def test_a_formula_is_read_and_never_run(text: str) -> None:
    with pytest.raises((Rejected, LookupError, SyntaxError, ValueError)):
        read(text, {"x": ("var", 0)})


def test_letters_that_look_alike_are_no_variables() -> None:
    with pytest.raises(Rejected):
        named(["φ", "ϕ"])


def test_the_checker_imports_nothing_but_flint_and_the_standard_library() -> None:
    found = set()
    for path in (ROOT / "engine" / "proofs").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                found.add(node.module or "")
            if isinstance(node, ast.Import):
                found |= {each.name for each in node.names}
    outside = {name.split(".")[0] for name in found if not name.startswith("engine.proofs")}
    assert outside - set(sys.stdlib_module_names) == {"flint"}


def test_the_checker_is_short_enough_to_be_read_in_one_go() -> None:
    lines = [path.read_text(encoding="utf-8").count("\n") for path in (ROOT / "engine" / "proofs").glob("*.py")]
    assert sum(lines) <= 690
