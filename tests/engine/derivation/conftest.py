"""Derivations of typed functions, and SymPy's derivative beside them."""

from collections.abc import Callable

import pytest
from sympy import Expr

from engine.building import build, symbol
from engine.calculus import derivatives
from engine.derivation import Derivation, derive
from engine.reading import read_expression

Derive = Callable[[str, str], Derivation]
Other = Callable[[str, str], Expr]


@pytest.fixture
def derived() -> Derive:
    """Derive a typed function by a variable."""
    return lambda f, by: derive(read_expression(f).tree, by)


@pytest.fixture
def other() -> Other:
    """Differentiate a typed function as the engine does without steps."""
    return lambda f, by: derivatives.gradient(build(read_expression(f).tree), [symbol(by)])[0]
