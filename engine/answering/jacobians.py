"""Functions with several values on the board: their Jacobian, everywhere and at a point."""

from dataclasses import dataclass

from sympy import Expr, Matrix, Symbol

from engine.answering import jacobian_ranks as ranks
from engine.answering.derived import Derived, Shown
from engine.answering.graph_place import is_short, placed
from engine.answering.jacobian_forms import determinant
from engine.answering.piecewise import ordinary
from engine.answering.place import Place, decimal
from engine.answering.scalar import Scalar, exact
from engine.answering.tidying import is_late
from engine.building import symbol
from engine.calculus import derivatives, domain
from engine.errors import Refused, TooLarge, WrongUsage
from engine.reading import Point
from engine.reading.vector_functions import VectorFunction
from engine.values import Budget


@dataclass(frozen=True, slots=True)
class Functions:
    """One to eight functions of the same variables, and the matrix of their partial derivatives."""

    read: VectorFunction
    scalars: tuple[Scalar, ...]
    names: tuple[str, ...]
    matrix: Matrix

    @classmethod
    def of(cls, read: VectorFunction, names: tuple[str, ...], option: str) -> "Functions":
        """Return the functions by the variables `names`; refuses (at `option`) what cannot be differentiated."""
        if not names:
            raise WrongUsage("These are constants: they have no variables.", option=option, span=(0, len(read.text)))
        try:
            scalars = tuple(ordinary(part, names) for part in read.parts)
            rows = [derivatives.gradient(each.expression, each.symbols) for each in scalars]
        except Refused as refused:
            raise refused.at_option(option) from None
        return cls(read, scalars, names, Matrix(rows))

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """The symbols of the variables."""
        return tuple(symbol(name) for name in self.names)

    @property
    def shape(self) -> tuple[int, int]:
        """How many functions and how many variables there are."""
        return len(self.scalars), len(self.names)

    @property
    def conditions(self) -> tuple[domain.Condition, ...]:
        """Where all of them exist and are smooth."""
        return tuple(dict.fromkeys(each for scalar in self.scalars for each in scalar.conditions))

    def expressions(self) -> list[str]:
        """Return the functions in SymPy syntax."""
        return exact([each.expression for each in self.scalars])

    def parameters(self) -> list[str]:
        """Return the names that are not differentiated by."""
        found = {str(s) for each in self.scalars for s in each.expression.free_symbols}
        return sorted(found - set(self.names))

    def derived(self, shown: Shown, budget: Budget) -> list[list[Derived]]:
        """Return the derivatives with their steps; without them where half of the time is used."""
        return [
            [
                Derived.of(scalar, by, self.matrix[row, column], "none" if is_late(budget) else shown)
                for column, by in enumerate(self.names)
            ]
            for row, scalar in enumerate(self.scalars)
        ]

    def determinant(self) -> Expr | None:
        """Return the determinant as a short formula; None where it is not square, or too large for one."""
        return determinant(self.matrix) if self.shape[0] == self.shape[1] else None


@dataclass(frozen=True, slots=True)
class There:
    """Functions at a point at which all of them are smooth, with what is proven about the matrix there.

    shown:       the place, for its words.
    determinant: None where the matrix is not square or the number was not found.
    rank:        None where it is not decided.
    """

    functions: Functions
    shown: Place
    matrix: Matrix
    determinant: Expr | None
    rank: int | None

    @classmethod
    def of(cls, functions: Functions, at: Point) -> "There":
        """Return them there; refuses (at `at`) a point where one of them is not smooth, or not surely."""
        place, *_ = [placed(scalar, at) for scalar in functions.scalars]
        return cls.made(functions, place, _put_in(functions.matrix, place))

    @classmethod
    def given(cls, functions: Functions, values: dict[Symbol, Expr]) -> "There":
        """Return them at the values of inner functions; refuses as `of` does."""
        place = Place(functions.scalars[0], values)
        try:
            domain.check_smooth(functions.conditions, values, place.where)
        except Refused as refused:
            refused.message = f"The inner functions lead to {place.shown.text}. {refused.message}"
            raise refused.at_option("at") from None
        return cls.made(functions, place, _put_in(functions.matrix, place))

    @classmethod
    def made(cls, functions: Functions, place: Place, matrix: Matrix) -> "There":
        """Return what is proven about a matrix there."""
        known = not matrix.free_symbols
        worth = ranks.determinant_at(matrix) if matrix.rows == matrix.cols else None
        return cls(functions, place, matrix, worth, ranks.rank(matrix) if known else None)

    @property
    def is_known(self) -> bool:
        """Whether no parameters are left in the matrix."""
        return not self.matrix.free_symbols


def _put_in(matrix: Matrix, place: Place) -> Matrix:
    if not all(map(is_short, matrix)):
        raise TooLarge(
            "An entry of this matrix is too long to be worked out exactly at a point; without one it is shown."
        )
    return matrix.applyfunc(place.value)


def rows(matrix: Matrix) -> list[list[str]]:
    """Return a matrix in SymPy syntax."""
    return [exact(row) for row in matrix.tolist()]


def decimal_rows(matrix: Matrix) -> list[list[float]] | None:
    """Return a matrix in decimals, None where parameters are left in it."""
    if matrix.free_symbols:
        return None
    return [[decimal(each) for each in row] for row in matrix.tolist()]
