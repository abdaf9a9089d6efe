"""The second-derivative test at one critical point: the matrix there, D, and what decides."""

from dataclasses import dataclass

import sympy
from sympy import Expr, Matrix

from engine.answering.curvature import at_steps, product
from engine.answering.place import decimal
from engine.answering.scalar import Scalar, exact
from engine.answering.slopes import step
from engine.calculus import derivatives
from engine.calculus.definiteness import definiteness
from engine.critical import CriticalPoint
from engine.errors import Refused
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Json

_NO_SPELLING = (sympy.CRootOf, sympy.Float)
_LONG = 40
_DIGITS = 15


@dataclass(frozen=True, slots=True)
class PointTest:
    """A critical point with the Hessian there; its entries are decimals where exact ones are long.

    there: None where f is not smooth, or the entries could not be computed surely.
    """

    scalar: Scalar
    everywhere: Matrix
    point: CriticalPoint
    there: Matrix | None

    @classmethod
    def of(cls, scalar: Scalar, matrix: Matrix, point: CriticalPoint) -> "PointTest":
        """Return the test at a point; matrix: the Hessian before a point is put in."""
        return cls(scalar, matrix, point, _there(scalar, matrix, point) if point.smooth else None)

    @staticmethod
    def written(point: CriticalPoint) -> str:
        """Return the point in SymPy syntax, decimals where only these are proven."""
        if any(each.has(sympy.Float) for each in point.at):
            return f"({', '.join(map(repr, point.decimal))})"
        return f"({', '.join(exact(point.at))})"

    @property
    def discriminant(self) -> Expr | None:
        """D of two variables."""
        if self.there is None or self.there.shape != (2, 2):
            return None
        found = self.there[0, 0] * self.there[1, 1] - self.there[0, 1] ** 2
        return found if self.about else sympy.expand(found)

    @property
    def about(self) -> bool:
        """Whether the entries are decimals."""
        return self.there is not None and self.there.has(sympy.Float)

    @property
    def decides(self) -> bool:
        """Whether the second-derivative test decides."""
        if not self.point.degenerate:
            return self.point.kind != "not decided"
        return self.there is not None and not self.about and definiteness(self.there) == "indefinite"

    def steps(self) -> list[Json]:
        """Return the matrix at the point, D, the verdict of the test, and what decided where it has none."""
        where, point = self.written(self.point), self.point
        made = [] if self.there is None else at_steps(self.everywhere, self.there, where, self.discriminant)
        if not point.smooth:
            return [*made, step("check-extremum", f"{where}: {point.test}", point.kind)]
        if self.decides:
            return [*made, step("classification-rule", f"{where}: {point.test}", point.kind)]
        first, _, reason = point.test.partition("; ")
        made.append(step("test-inconclusive", f"{where}: {first}", "inconclusive"))
        if point.kind != "not decided":
            made.append(step("check-extremum", f"{where}: {reason or first}", point.kind))
        return made

    def lines(self) -> tuple[Formula, ...]:
        """Return the matrix at the point, D worked out, and the verdict."""
        name = spell.vector(map(self._number, self.point.at))
        made = []
        if self.there is not None:
            equals = spell.ABOUT if self.about else spell.EQUALS
            entries = spell.matrix([self._number(entry) for entry in row] for row in self.there.tolist())
            made.append(spell.variable("H") + name + equals + entries)
        if self.discriminant is not None and self.there is not None:
            first, last, mixed = (self._number(self.there[i, j]) for i, j in ((0, 0), (1, 1), (0, 1)))
            equals = spell.ABOUT if self.about else spell.EQUALS
            shown = spell.variable("D") + equals + product(first, last, mixed)
            made.append(shown + equals + self._number(self.discriminant))
        return (*made, name + spell.words(f": {self._verdict()}"))

    def _verdict(self) -> str:
        test, kind = self.point.test, self.point.kind
        if self.decides or not self.point.smooth:
            return f"{test}, so {kind}"
        first, _, reason = test.partition("; ")
        if kind == "not decided":
            return f"{first}, so the test is inconclusive, and nothing else decided"
        return f"{first}, so the test is inconclusive; {reason or 'looked at f itself'}: {kind}"

    def _number(self, value: Expr) -> Formula:
        if value.has(*_NO_SPELLING):
            return spell.number(float(value) if value.has(sympy.Float) else decimal(value))
        return self.scalar.spelled(value)


def _there(scalar: Scalar, matrix: Matrix, point: CriticalPoint) -> Matrix | None:
    """Return the entries, exact where they are short, else decimals; None where neither is sure."""
    rough = any(each.has(sympy.Float) for each in point.at)
    at = [sympy.Rational(number) for number in point.decimal] if rough else point.at
    values = dict(zip(scalar.symbols, at, strict=True))
    try:
        if not any(each.has(*_NO_SPELLING) for each in point.at):
            found = matrix.applyfunc(lambda each: derivatives.at(each, values))
            if all(sympy.count_ops(each) <= _LONG for each in found):
                return found
        return matrix.applyfunc(lambda each: sympy.Float(decimal(each.xreplace(values)), _DIGITS))
    except Refused:
        return None
