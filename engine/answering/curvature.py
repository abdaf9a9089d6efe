"""The Hessian as it is said: lines, data and steps, with and without a point."""

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Expr, Matrix

from engine.answering.place import Place, decimal
from engine.answering.scalar import Scalar, exact
from engine.answering.slopes import step
from engine.calculus.definiteness import Definiteness, definiteness, determinant, eigen
from engine.calculus.printing import syntax
from engine.calculus.signs import sign
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Json

_KEYS = ("at", "hessian_at", "eigenvalues", "eigenvalues_decimal", "eigenvectors", "discriminant", "definiteness")
NOWHERE: Json = dict.fromkeys(_KEYS)


def rows(matrix: Matrix) -> list[list[str]]:
    """Return the rows of a matrix in SymPy syntax."""
    return [exact(row) for row in matrix.tolist()]


def steps(scalar: Scalar, matrix: Matrix) -> list[Json]:
    """Return one step for each second partial derivative and one that puts them together."""
    f, names = syntax(scalar.expression), scalar.names
    found = [
        step("second-partial" if i == j else "mixed-partial", f"{f} by {names[i]}, {names[j]}", str(matrix[i, j]))
        for i in range(len(names))
        for j in range(i, len(names))
    ]
    return [*found, step("assemble-matrix", f, str(rows(matrix)))]


def matrix_line(scalar: Scalar, matrix: Matrix) -> Formula:
    """Return the line H(x, y) = [[..], [..]]."""
    return spell.header("H", scalar.names) + spell.EQUALS + _shown(scalar, matrix)


def _shown(scalar: Scalar, matrix: Matrix) -> Formula:
    return spell.matrix([scalar.spelled(entry) for entry in row] for row in matrix.tolist())


@dataclass(frozen=True, slots=True)
class At:
    """A Hessian at a point, exact, with what is proven about it."""

    place: Place
    matrix: Matrix
    discriminant: Expr | None
    eigen: tuple[tuple[Expr, tuple[Expr, ...]], ...] | None
    definiteness: Definiteness | None

    @classmethod
    def of(cls, place: Place, matrix: Matrix) -> "At":
        """Return the matrix at the place; parameters left in it leave the rest undecided."""
        there = matrix.applyfunc(place.value)
        known = not there.free_symbols
        return cls(
            place,
            there,
            determinant(there) if there.shape == (2, 2) else None,
            eigen(there) if known else None,
            definiteness(there) if known else None,
        )

    def lines(self) -> tuple[Formula, ...]:
        """Return the matrix, D, and the eigenvalues."""
        scalar, place = self.place.scalar, self.place
        found = [place.at(spell.variable("H")) + spell.EQUALS + _shown(scalar, self.matrix)]
        if self.discriminant is not None:
            shown = scalar.spelled(self.discriminant)
            found.append(spell.variable("D") + spell.EQUALS + place.with_decimal(self.discriminant, shown))
        for number, (value, _) in enumerate(self.eigen or (), 1):
            name = spell.variable(f"lamda{number}")
            found.append(name + spell.EQUALS + place.with_decimal(value, scalar.spelled(value)))
        return tuple(found)

    def data(self) -> Json:
        """Return the data at the point; eigenvalues in ascending order."""
        return {
            "at": exact(self.place.coordinates),
            "hessian_at": rows(self.matrix),
            "eigenvalues": None if self.eigen is None else exact([value for value, _ in self.eigen]),
            "eigenvalues_decimal": None if self.eigen is None else [decimal(value) for value, _ in self.eigen],
            "eigenvectors": None if self.eigen is None else [exact(vector) for _, vector in self.eigen],
            "discriminant": None if self.discriminant is None else syntax(self.discriminant),
            "definiteness": self.definiteness,
        }

    def steps(self) -> list[Json]:
        """Return the steps at the point."""
        found = [step("evaluate-at-point", f"at ({', '.join(exact(self.place.coordinates))})", str(rows(self.matrix)))]
        if self.discriminant is not None:
            found.append(step("discriminant", "f_xx*f_yy - f_xy**2", syntax(self.discriminant)))
        return found

    def remarks(self, partials: Sequence[Expr]) -> tuple[str, ...]:
        """Return the definiteness in words, and what it does and does not say about the point."""
        if self.definiteness is None:
            return ("The definiteness is not decided here.",)
        said = f"The matrix is {self.definiteness}." if self.definiteness != "zero matrix" else "The matrix is zero."
        signs = [sign(each) for each in self.place.every(partials)]
        if any(found for found in signs):
            return (said, "The gradient is not zero here: this is no critical point, so there is nothing to classify.")
        if None in signs:
            return (said, "Whether the gradient is zero here is not decided, so nothing is classified.")
        return (said, _SAYS[self.definiteness])


_SAYS: dict[Definiteness, str] = {
    "positive definite": "The gradient is zero here: a strict local minimum.",
    "negative definite": "The gradient is zero here: a strict local maximum.",
    "indefinite": "The gradient is zero here: a saddle point.",
    "positive semidefinite": "The gradient is zero here, but an eigenvalue is zero: the test does not decide.",
    "negative semidefinite": "The gradient is zero here, but an eigenvalue is zero: the test does not decide.",
    "zero matrix": "The gradient is zero here, but so is the matrix: the test does not decide.",
}
