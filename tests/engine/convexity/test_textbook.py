"""Functions with known verdicts: all right, none left open."""

from collections.abc import Callable

import pytest

from engine.values import Json
from tests.engine.convexity.textbook import TEXTBOOK

Data = Callable[..., Json]


@pytest.mark.parametrize(("f", "domain", "verdict", "strict"), TEXTBOOK)
def test_a_textbook_function_has_its_known_verdict(
    data: Data, f: str, domain: str, verdict: str, *, strict: bool | None
) -> None:
    found = data("convex", f=f, **({"domain": domain} if domain else {}))
    assert found["verdict"] == verdict
    if strict is not None:
        assert found["strict"] is strict
