"""Which kinds of critical points are shown, and which are not."""

from typing import Any

import pytest
from flint import arb, fmpq

from engine.proofs.check import named
from engine.proofs.classes import check
from engine.proofs.terms import Rejected, read

PEANO = "(y - x**2)*(y - 2*x**2)"
BELOW = {"by": "curves", "up": [["1"], ["0"]], "down": [["1"], ["0", "3/2"]]}
CROSS = {"by": "signs", "up": ["1", "1"], "down": ["1", "-1"]}
SIGNS = {"by": "signs"}
MINIMUM, MAXIMUM, SADDLE, OPEN = "local minimum", "local maximum", "saddle point", "not decided"


def classify(text: str, kind: str, by: Any, at: tuple[str, ...] = ("0", "0"), *, strict: bool | None = None) -> None:
    """Check a kind at a place; an extremum is taken as strict unless more is said."""
    place = [arb(fmpq(*map(int, each.split("/")))) for each in at]
    names = ["x", "y", "z"][: len(at)]
    strict = True if strict is None and kind in (MINIMUM, MAXIMUM) else strict
    check(read(text, named(names)), place, {"at": list(at), "kind": kind, "strict": strict, "class": by})


@pytest.mark.parametrize(
    ("text", "kind", "by", "at"),
    [
        ("x**2 + y**2 + x*y", MINIMUM, SIGNS, ("0", "0")),
        ("-x**2 - 3*y**2 + x*y", MAXIMUM, SIGNS, ("0", "0")),
        ("x*y", SADDLE, CROSS, ("0", "0")),
        ("x**2 + y**2 + z**2 - x*z", MINIMUM, SIGNS, ("0", "0", "0")),
        ("-x**2 - y**2 - z**2", MAXIMUM, SIGNS, ("0", "0", "0")),
        ("x**3 - 3*x*y**2", SADDLE, {"by": "curves", "up": [["1"], ["0"]], "down": [["-1"], ["0"]]}, ("0", "0")),
        ("(x - 1/2)**3 + y**2", SADDLE, {"by": "curves", "up": [["1"], ["0"]], "down": [["-1"], ["0"]]}, ("1/2", "0")),
        ("exp(x) - x - x**2/2", SADDLE, {"by": "curves", "up": [["1"]], "down": [["-1"]]}, ("0",)),
        (PEANO, SADDLE, BELOW, ("0", "0")),
        (PEANO, OPEN, None, ("0", "0")),
    ],
)
def test_a_kind_that_is_shown_is_accepted(text: str, kind: str, by: Any, at: tuple[str, ...]) -> None:
    classify(text, kind, by, at)


@pytest.mark.parametrize(
    ("text", "kind", "by"),
    [
        ("x**2 + y**2", MAXIMUM, SIGNS),
        ("x**2 + y**2", SADDLE, CROSS),
        ("x*y", MINIMUM, CROSS),
        ("x*y", SADDLE, {"by": "signs", "up": ["1", "1"], "down": ["1", "2"]}),
        ("x**2 + y**4", MINIMUM, {"by": "signs", "up": ["1", "0"], "down": ["0", "1"]}),
        ("x**2 + y**4", SADDLE, {"by": "curves", "up": [["1"], ["0"]], "down": [["0"], ["1"]]}),
        (PEANO, SADDLE, {"by": "curves", "up": [["1"], ["0"]], "down": [["1"], ["1"]]}),
        (PEANO, MINIMUM, BELOW),
        (PEANO, MINIMUM, None),
        ("x + y**3", SADDLE, {"by": "curves", "up": [["1"], ["0"]], "down": [["-1"], ["0"]]}),
    ],
)
def test_a_kind_that_is_not_shown_is_refused(text: str, kind: str, by: Any) -> None:
    with pytest.raises(Rejected):
        classify(text, kind, by)


def test_a_strictness_that_is_not_shown_is_refused() -> None:
    with pytest.raises(Rejected):
        classify("x**2 + y**2", MINIMUM, SIGNS, strict=False)
    with pytest.raises(Rejected):
        classify("x*y", SADDLE, CROSS, strict=True)


def test_curves_through_another_place_are_refused() -> None:
    here = {"at": ["1", "0"], "kind": SADDLE, "strict": None, "class": BELOW}
    with pytest.raises(Rejected, match="critical point"):
        check(read(PEANO, named(["x", "y"])), [arb(0), arb(0)], here)
