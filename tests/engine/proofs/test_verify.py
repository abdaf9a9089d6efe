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

from engine.proofs.check import verify
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


def test_a_kernel_that_is_not_in_f_hides_no_point() -> None:
    # log(x) would say that x is positive, and the minimum of (x + 1)^2 is at -1
    proof = {"steps": [[[0, [["1/2", 0, 0]]]]]}
    end = {"form": [["1", 1, 0]], "modulus": ["1", "1"], "at": {"0": ["-1"]}}
    with pytest.raises(Rejected, match="no place in f"):
        verify(certificate("(x + 1)**2", {"kernels": ["log(x)"], "proof": proof | {"end": end}}))


def test_a_denominator_in_a_kernel_hides_no_point() -> None:
    # exp(x^2/x) is exp(x) where x is not 0, and the minimum of exp(x) - x is at 0
    proof = {"steps": [], "end": {"form": [["1", 0, 1]], "modulus": ["-1", "1"], "at": {"1": ["1"]}}}
    with pytest.raises(Rejected, match="not listed once"):
        verify(certificate("exp(x) - x", {"kernels": ["exp(x**2/x)"], "proof": proof}))


def test_an_equation_of_a_set_hides_no_point() -> None:
    # 1/x would say that x is not 0
    one = {"equations": ["1/x"], "kind": "not decided", "class": None, "critical": [[[0, [["2", 1]]]]]}
    end = {"form": [["1", 1]], "modulus": ["0", "1"], "at": {"0": ["0"]}}
    proof = {"steps": [[[0, [["1/2", 0]]]]], "end": end}
    with pytest.raises(Rejected, match="not listed once"):
        verify(certificate("x**2", {"kernels": [], "proof": proof}, sets=[one]))


def test_no_branch_is_empty_because_of_a_polynomial_that_can_be_zero() -> None:
    with pytest.raises(Rejected, match="not shown to be empty"):
        verify(certificate("x**2", {"kernels": [], "proof": {"steps": [], "end": {"zero": 0}}}))


def test_a_set_has_to_consist_of_critical_points() -> None:
    one = {"equations": ["x - 1"], "kind": "not decided", "class": None, "critical": [[[0, [["2", 0]]]]]}
    with pytest.raises(Rejected):
        verify(certificate("x**2", {"kernels": [], "proof": {"steps": [], "end": {"set": 0}}}, sets=[one]))


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
    with pytest.raises(Rejected):
        read(text, ["x"])


def test_letters_that_look_alike_are_no_variables() -> None:
    with pytest.raises(Rejected):
        read("φ + ϕ", ["φ", "ϕ"])


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
