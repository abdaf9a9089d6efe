"""The signs of the eigenvalues of an exact symmetric matrix, and what they say."""

from collections.abc import Sequence
from dataclasses import dataclass

import sympy as sp
from flint import arb, arb_mat, fmpq, fmpq_poly
from sympy import Expr, Symbol

from engine.calculus.balls import ball, side
from engine.calculus.signs import sign
from engine.critical.definite import positive_roots
from engine.critical.found import Kind
from engine.critical.roots import Root
from engine.spelling import unicode

Entries = list[list[fmpq_poly]]
_SIGN = {1: "> 0", -1: "< 0"}


@dataclass(frozen=True, slots=True)
class Signature:
    """How many eigenvalues are negative, zero and positive."""

    negative: int
    zero: int
    positive: int

    @property
    def kind(self) -> Kind:
        """What the second-derivative test says."""
        if self.negative and self.positive:
            return "saddle point"
        if self.zero:
            return "not decided"
        return "local maximum" if self.negative else "local minimum"


def algebraic(matrix: Entries, root: Root) -> Signature:
    """Return the signature of a symmetric matrix over Q(t)."""
    for bits in (128, 512):
        near = [side(c) for c in arb_mat([[root.ball(e, bits) for e in row] for row in matrix]).charpoly().coeffs()]
        proven = [each for each in near if each is not None]
        if len(proven) == len(near):
            return from_signs(proven)
    return from_signs([root.sign(c) for c in characteristic(matrix, root)])


def numeric(matrix: Sequence[Sequence[Expr]]) -> Signature | None:
    """Return the signature of a symmetric matrix of real constants, None where a sign is not proven."""
    size = len(matrix)
    found: list[int | None] = [None]
    for bits in (64, 192, 640):
        balls = [[b for entry in row for b in [ball(entry, bits)] if b is not None] for row in matrix]
        if all(len(row) == size for row in balls):
            found = [side(c) for c in arb_mat(balls).charpoly().coeffs()]
        if None not in found:
            break
    if None in found and size <= 3:
        found = [sign(c) for c in reversed(sp.Matrix(matrix).charpoly(sp.Dummy()).all_coeffs())]
    proven = [each for each in found if each is not None]
    return from_signs(proven) if len(proven) == size + 1 else None


def from_signs(signs: list[int]) -> Signature:
    """Return the signature from the signs of the characteristic polynomial, constant term first."""
    zero = next(i for i, each in enumerate(signs) if each)
    positive = positive_roots(signs)
    return Signature(len(signs) - 1 - zero - positive, zero, positive)


def characteristic(matrix: Entries, root: Root | None) -> list[fmpq_poly]:
    """Return the characteristic polynomial, constant first (Faddeev and LeVerrier); over Q[t] without a root."""
    size = len(matrix)
    power = [[fmpq_poly([int(i == j)]) for j in range(size)] for i in range(size)]
    coefficients = [fmpq_poly([1])]
    for k in range(1, size + 1):
        product = times(matrix, power, root)
        trace = sum((product[i][i] for i in range(size)), fmpq_poly([0]))
        coefficients.append(trace * fmpq(-1, k))
        power = [[e + coefficients[-1] if i == j else e for j, e in enumerate(r)] for i, r in enumerate(product)]
    return coefficients[::-1]


def times(left: Entries, right: Entries, root: Root | None) -> Entries:
    """Return the product of two matrices over Q(t), or over Q[t] without a root."""
    columns = list(zip(*right, strict=True))
    products = [
        [sum((a * b for a, b in zip(row, column, strict=True)), fmpq_poly([0])) for column in columns] for row in left
    ]
    return products if root is None else [[root.reduce(entry) for entry in row] for row in products]


def test_sentence(first: str, determinant: str, signature: Signature, variables: Sequence[Symbol]) -> str:
    """Return the second-derivative test in one line.

    first, determinant: the first diagonal entry and, for two variables, the determinant, as `shown`.
    """
    name = f"f_{2 * unicode.name(str(variables[0]))}"
    if len(variables) == 1:
        return f"{name} = 0" if signature.zero else f"{name} {first} {_SIGN[signature.positive - signature.negative]}"
    if len(variables) > 2:
        counts = (("positive", signature.positive), ("negative", signature.negative), ("zero", signature.zero))
        return "eigenvalues of the Hessian: " + ", ".join(f"{n} {word}" for word, n in counts if n)
    if signature.zero:
        return "D = 0"
    if signature.kind == "saddle point":
        return f"D {determinant} < 0"
    return f"D {determinant} > 0, {name} {first} {_SIGN[1 if signature.positive else -1]}"


def shown(exact: Expr | None, number: arb | None) -> str:
    """Return "= 5/2" where that is exact and short, else "≈ 2.23607" from a ball."""
    if exact is not None and exact.is_Rational and len(str(exact)) <= 12:
        return f"= {exact}"
    if number is None:
        return "?"
    near = float(number.mid())
    return f"≈ {near:.6g}" if abs(near) < float("inf") else f"≈ {number.str(6, radius=False)}"
