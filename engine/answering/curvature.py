"""The Hessian as it is said: lines, data and steps, with and without a point."""

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Expr, Matrix

from engine.answering.derived import Shown
from engine.answering.place import Place, decimal
from engine.answering.scalar import exact
from engine.answering.second import listed
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


def at_steps(everywhere: Matrix, there: Matrix, where: str, discriminant: Expr | None) -> list[Json]:
    """Return the steps that put a point, as text, into the matrix and find D, for two variables."""
    found = [step("evaluate-at-point", f"{listed(everywhere.tolist())} at {where}", listed(there.tolist()))]
    if discriminant is not None:
        told = f"({syntax(there[0, 0])})*({syntax(there[1, 1])}) - ({syntax(there[0, 1])})**2"
        found.append(step("discriminant", told, syntax(discriminant)))
    return found


def discriminant_line(place: Place, matrix: Matrix, discriminant: Expr, shown: Shown) -> Formula:
    """Return the line D = f_xx f_yy - f_xy^2 = 6·6 - (-3)^2 = 27; the result only where no steps are wanted."""
    spelled = place.scalar.spelled
    whole = spell.variable("D") + spell.EQUALS
    if shown != "none":
        first, last, mixed = (spelled(matrix[i, j]) for i, j in ((0, 0), (1, 1), (0, 1)))
        whole = whole + product(first, last, mixed) + spell.EQUALS
    return whole + place.with_decimal(discriminant, spelled(discriminant))


def product(first: Formula, last: Formula, mixed: Formula) -> Formula:
    """Return f_xx·f_yy - f_xy^2 with the values put in."""
    times, square = spell.sign("·", "dot", "times"), spell.sign("²", "^2", "squared")
    return _factor(first) + times + _factor(last) + spell.sign(" - ", "-", "minus") + _base(mixed) + square


def _factor(shown: Formula) -> Formula:
    return spell.bracketed(shown) if any(sign in shown.text for sign in " +-/") else shown


def _base(shown: Formula) -> Formula:
    return shown if shown.text.isalnum() else spell.bracketed(shown)


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

    def lines(self, shown: Shown) -> tuple[Formula, ...]:
        """Return the matrix, D (worked out unless no steps are wanted), and the eigenvalues."""
        scalar, place = self.place.scalar, self.place
        entries = spell.matrix([scalar.spelled(entry) for entry in row] for row in self.matrix.tolist())
        found = [place.at(spell.variable("H")) + spell.EQUALS + entries]
        if self.discriminant is not None:
            found.append(discriminant_line(place, self.matrix, self.discriminant, shown))
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

    def steps(self, everywhere: Matrix) -> list[Json]:
        """Return the steps at the point; everywhere: the matrix before the point was put in."""
        where = f"({', '.join(exact(self.place.coordinates))})"
        return at_steps(everywhere, self.matrix, where, self.discriminant)

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
        local = (LOCAL,) if self.definiteness in {"positive definite", "negative definite"} else ()
        return (said, _SAYS[self.definiteness], *local)


LOCAL = (
    "This is local: one Hessian says nothing about values farther away. A proof that f is convex (or concave), "
    "or comparing values, would."
)


_SAYS: dict[Definiteness, str] = {
    "positive definite": "The gradient is zero here: a strict local minimum.",
    "negative definite": "The gradient is zero here: a strict local maximum.",
    "indefinite": "The gradient is zero here: a saddle point.",
    "positive semidefinite": "The gradient is zero here, but an eigenvalue is zero: the test does not decide.",
    "negative semidefinite": "The gradient is zero here, but an eigenvalue is zero: the test does not decide.",
    "zero matrix": "The gradient is zero here, but so is the matrix: the test does not decide.",
}
