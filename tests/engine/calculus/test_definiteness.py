"""Definiteness: proven from exact signs, against NumPy's eigenvalues."""

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calculus.definiteness import definiteness, eigen, eigenvalue_signs
from engine.calculus.signs import decimal

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


@given(st.integers(3, 4).flatmap(lambda n: st.tuples(st.just(n), st.lists(_ENTRIES, min_size=n * n, max_size=n * n))))
@settings(max_examples=30, deadline=None)
def test_larger_matrices_have_the_eigenvalues_that_numpy_finds(drawn: tuple[int, list[int]]) -> None:
    size, entries = drawn
    square = np.array(entries).reshape(size, size)
    symmetric = square + square.T
    pairs = eigen(sympy.Matrix(symmetric.tolist()))
    if pairs is None:
        return
    assert [decimal(value) for value, _ in pairs] == pytest.approx(np.linalg.eigvalsh(symmetric).tolist(), abs=1e-9)
    for value, vector in pairs:
        there = np.array([decimal(each) for each in vector])
        assert there.any()
        assert symmetric @ there == pytest.approx(decimal(value) * there, rel=1e-9, abs=1e-9 * abs(there).max())


def test_independent_variables_have_eigenvalues_of_their_own() -> None:
    matrix = sympy.Matrix([[2, sympy.Rational(1, 10), 0], [sympy.Rational(1, 10), 2, 0], [0, 0, 2]])
    pairs = eigen(matrix)
    assert pairs is not None
    assert [value for value, _ in pairs] == [sympy.Rational(19, 10), 2, sympy.Rational(21, 10)]
