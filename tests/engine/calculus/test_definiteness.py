"""Definiteness: proven from exact signs, against NumPy's eigenvalues."""

import numpy as np
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calculus.definiteness import definiteness, eigen, eigenvalue_signs

_ENTRIES = st.integers(-4, 4)


@given(st.integers(1, 4).flatmap(lambda n: st.tuples(st.just(n), st.lists(_ENTRIES, min_size=n * n, max_size=n * n))))
@settings(max_examples=200, deadline=None)
def test_the_signs_of_the_eigenvalues_are_counted_right(drawn: tuple[int, list[int]]) -> None:
    size, entries = drawn
    square = np.array(entries).reshape(size, size)
    symmetric = square + square.T
    values = np.linalg.eigvalsh(symmetric)
    expected = (int((values > 1e-9).sum()), int((abs(values) <= 1e-9).sum()), int((values < -1e-9).sum()))
    assert eigenvalue_signs(sympy.Matrix(symmetric.tolist())) == expected


def test_an_undecided_entry_decides_nothing() -> None:
    hidden_zero = sympy.sin(1) ** 2 + sympy.cos(1) ** 2 - 1
    assert definiteness(sympy.Matrix([[hidden_zero, 0], [0, 1]])) in {None, "positive semidefinite"}


@given(_ENTRIES, _ENTRIES, _ENTRIES)
@settings(max_examples=100, deadline=None)
def test_eigenvectors_are_eigenvectors(a: int, b: int, c: int) -> None:
    matrix = sympy.Matrix([[a, b], [b, c]])
    pairs = eigen(matrix)
    assert pairs is not None
    for value, vector in pairs:
        column = sympy.Matrix(vector)
        assert any(vector)
        assert (matrix * column - value * column).applyfunc(sympy.expand) == sympy.zeros(2, 1)
