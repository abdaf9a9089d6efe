"""Polynomials in the steps away from a point, as a teacher writes them: 8 + 4(x - 2) + 6(y - 1)."""

from collections.abc import Iterator, Sequence
from functools import reduce

import sympy
from sympy import Expr, Matrix

from engine.answering.place import Place
from engine.answering.scalar import MAX_SHOWN
from engine.answering.tidying import tidied
from engine.building import unbuild
from engine.errors import NotSupported
from engine.reading.tree import Binary, Name, Negative, Node, Number
from engine.spelling import formula as spell
from engine.spelling.formula import Formula

Term = tuple[Expr, tuple[int, ...]]


def linear_terms(slope: Sequence[Expr]) -> list[Term]:
    """Return the terms a_i (x_i - c_i) as (a_i, (i,))."""
    return [(each, (i,)) for i, each in enumerate(slope)]


def quadratic_terms(matrix: Matrix) -> list[Term]:
    """Return the terms of (x - c)^T H (x - c)/2 as (coefficient, (i, j))."""
    size = range(matrix.shape[0])
    return [(matrix[i, j] / (2 if i == j else 1), (i, j)) for i in size for j in size if i <= j]


def expanded(place: Place, terms: Sequence[Term], constant: Expr) -> Expr:
    """Return constant + the terms, multiplied out and collected by the powers of the variables."""
    symbols, start = place.scalar.symbols, place.coordinates
    total: dict[Expr, Expr] = {sympy.S.One: constant}
    for coefficient, indices in terms:
        for chosen in _subsets(indices):
            power = sympy.Mul(*(symbols[indices[k]] for k in chosen))
            rest = sympy.Mul(*(-start[indices[k]] for k in range(len(indices)) if k not in chosen))
            total[power] = total.get(power, sympy.S.Zero) + coefficient * rest
    return sympy.Add(*(tidied(value) * power for power, value in total.items()))


def _subsets(indices: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    size = len(indices)
    for bits in range(2**size):
        yield tuple(k for k in range(size) if bits >> k & 1)


def shown(place: Place, terms: Sequence[Term], constant: Expr) -> Formula:
    """Return the formula of constant + the terms, not multiplied out; of 0 where nothing is left.

    In words where it is too long, or where an entry has no spelling.
    """
    try:
        parts = [] if constant == 0 else [unbuild(constant, decimals=place.scalar.decimals)]
        parts += [_term(place, *each) for each in terms if each[0] != 0]
    except NotSupported:
        return spell.words("an expression, given in the data")
    whole = spell.of(reduce(_plus, parts) if parts else Number("0"))
    if len(whole.text) > MAX_SHOWN:
        return spell.words(f"an expression of {len(whole.text)} characters, given in the data")
    return whole


def _plus(left: Node, right: Node) -> Node:
    return Binary("-", left, right.of) if isinstance(right, Negative) else Binary("+", left, right)


def _term(place: Place, coefficient: Expr, indices: tuple[int, ...]) -> Node:
    if coefficient.could_extract_minus_sign():
        return Negative(_term(place, -coefficient, indices))
    steps = [_step(place, i) for i in indices]
    product = Binary("^", steps[0], Number("2")) if len(steps) == 2 and steps[0] == steps[1] else steps[0]
    if len(steps) == 2 and steps[0] != steps[1]:
        product = Binary("*", steps[0], steps[1])
    if coefficient == 1:
        return product
    factor = unbuild(coefficient, decimals=place.scalar.decimals)
    if isinstance(product, Binary) and product.sign == "*":
        return Binary("*", Binary("*", factor, product.left), product.right)
    return Binary("*", factor, product)


def _step(place: Place, index: int) -> Node:
    """Return x - c, or x alone where c is zero."""
    name, value = Name(place.scalar.names[index]), place.coordinates[index]
    if value == 0:
        return name
    decimals = place.scalar.decimals
    if value.could_extract_minus_sign():
        return Binary("+", name, unbuild(-value, decimals=decimals))
    return Binary("-", name, unbuild(value, decimals=decimals))
