"""The tangent plane and the quadratic approximation as they are said: lines, data, steps and remarks."""

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Expr, Matrix, S

from engine.answering import shifted
from engine.answering.place import Place, decimals
from engine.answering.scalar import exact
from engine.answering.slopes import lines_at, step, steps_at
from engine.answering.tidying import has_short_curvatures, is_late
from engine.calculus import derivatives
from engine.calculus.definiteness import Definiteness, definiteness
from engine.calculus.printing import syntax
from engine.calculus.signs import sign
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Budget, Json

_CALLED = {1: "tangent line", 2: "tangent plane"}
_SIDES: dict[Definiteness | None, str] = {
    "positive definite": "All curvatures are positive here: near the point the graph lies above its {}.",
    "negative definite": "All curvatures are negative here: near the point the graph lies below its {}.",
    "indefinite": "The curvatures have both signs here: near the point the graph lies on both sides of its {}.",
}


@dataclass(frozen=True, slots=True)
class Approximation:
    """What replaces a function near a place: its tangent plane, and the quadratic function with its curvatures.

    matrix:            the second derivatives there; None where they take too long.
    linear, quadratic: both multiplied out; None where there is no matrix.
    exactly:           whether the function is proven to be the quadratic one.
    """

    place: Place
    slope: tuple[Expr, ...]
    matrix: Matrix | None
    value: Expr
    linear: Expr
    quadratic: Expr | None
    exactly: bool

    @classmethod
    def of(cls, place: Place, partials: Sequence[Expr], budget: Budget) -> "Approximation":
        """Return both approximations; refuses where a derivative has no finite value."""
        slope, value = place.every(partials), place.value(place.scalar.expression)
        matrix, varies = _curvatures(place, partials, budget)
        terms = shifted.linear_terms(slope)
        linear, quadratic = shifted.expanded(place, terms, value), None
        if matrix is not None:
            quadratic = shifted.expanded(place, [*terms, *shifted.quadratic_terms(matrix)], value)
        # Without a condition f is smooth on the whole space, and so is what has its derivatives.
        exactly = not varies and not any(each.of.free_symbols for each in place.scalar.conditions)
        return cls(place, slope, matrix, value, linear, quadratic, exactly)

    @property
    def called(self) -> str:
        """What the graph of the linear approximation is called."""
        return _CALLED.get(len(self.slope), "tangent hyperplane")

    def letters(self) -> tuple[str, str, str]:
        """Return letters for the linear and the quadratic approximation and for the height that nothing else has."""
        scalar = self.place.scalar
        taken = {str(each) for each in scalar.expression.free_symbols} | {*scalar.names, scalar.read.name}
        heights = "yzwqsrpnmkhgvutxcbd" if len(self.slope) == 1 else "zwqsrpnmkhgvutyxcbd"
        height = next(letter for letter in heights if letter not in taken)
        linear = next(letter for letter in "LTAKGMNRSUEFDJIOBCP" if letter not in taken)
        return linear, next(letter for letter in "QPBHVWXYZCSRNMGKADE" if letter not in taken), height

    def lines(self) -> tuple[Formula, ...]:
        """Return the value and the gradient, the linear approximation, its graph, and the quadratic one."""
        scalar, terms = self.place.scalar, shifted.linear_terms(self.slope)
        linear, quadratic, height = self.letters()
        left = spell.header(linear, scalar.names)
        written = shifted.shown(self.place, terms, self.value)
        plane = scalar.spelled(self.linear)
        found = (
            *lines_at(self.place, self.slope)[:2],
            left + spell.EQUALS + written,
            spell.words(f"{self.called}: ") + spell.variable(height) + spell.EQUALS + plane,
        )
        if self.matrix is None:
            return found
        second = shifted.shown(self.place, shifted.quadratic_terms(self.matrix), S.Zero)
        return (*found, spell.header(quadratic, scalar.names) + spell.EQUALS + left + _joined(second))

    def steps(self, partials: Sequence[Expr]) -> list[Json]:
        """Return the steps at the point, the linear approximation last."""
        f, where = syntax(self.place.scalar.expression), ", ".join(exact(self.place.coordinates))
        told = f"{syntax(self.value)}; ({', '.join(exact(self.slope))}) at ({where})"
        return [
            *steps_at(self.place, partials, self.slope),
            step("function-value", f"{f} at ({where})", syntax(self.value)),
            step("linear-approximation", told, syntax(self.linear)),
        ]

    def data(self) -> Json:
        """Return the data at the point."""
        found = decimals(self.slope)
        return {
            "at": exact(self.place.coordinates),
            "value": syntax(self.value),
            "gradient_at": exact(self.slope),
            "gradient_at_decimal": found and list(found),
            "hessian_at": None if self.matrix is None else [exact(row) for row in self.matrix.tolist()],
            "plane": syntax(self.linear),
            "normal": exact([*self.slope, S.NegativeOne]),
            "quadratic": None if self.quadratic is None else syntax(self.quadratic),
        }

    def remarks(self) -> tuple[str, ...]:
        """Return what a learner should notice: what the plane is, where it lies, what stands upright on it."""
        return (*self._itself(), *self._flat(), *self._lies(), *self._normal())

    def _itself(self) -> tuple[str, ...]:
        name, (linear, quadratic, _) = spell.variable(self.place.scalar.read.name).text, self.letters()
        if self.matrix is None:
            return ("The quadratic approximation is left out: its second derivatives take too long.",)
        if self.exactly and all(each == 0 for each in self.matrix):
            return (f"{name} is linear: {linear} is {name} itself, with no error anywhere.",)
        if self.exactly:
            return (f"{name} is quadratic: {quadratic} is {name} itself, with no error anywhere.",)
        said = f"the error of {linear} shrinks at least like the square of the distance"
        return (f"Both are good near the point only: {said}.",)

    def _flat(self) -> tuple[str, ...]:
        if all(sign(each) == 0 for each in self.slope):
            return (f"The gradient is zero here, so the {self.called} is horizontal.",)
        return ()

    def _lies(self) -> tuple[str, ...]:
        """Return on which side of its tangent plane the graph lies near the point, where that is proven."""
        if self.matrix is None or not has_short_curvatures(self.matrix):
            return ()
        found = definiteness(self.matrix)
        return (_SIDES[found].format(self.called),) if found in _SIDES else ()

    def _normal(self) -> tuple[str, ...]:
        if len(self.slope) != 2:
            return ()
        upright = self.place.scalar.vector([*self.slope, S.NegativeOne]).text
        names = " and ".join(spell.variable(each).text for each in self.place.scalar.names)
        lies = f"the gradient itself lies in the plane of {names}"
        return (f"The vector {upright} stands upright on the tangent plane; {lies}.",)


def _curvatures(place: Place, partials: Sequence[Expr], budget: Budget) -> tuple[Matrix | None, bool]:
    """Return the second derivatives there, and whether they vary from point to point; None where time runs out."""
    symbols, varies = place.scalar.symbols, False
    found: dict[tuple[int, int], Expr] = {}
    for i, first in enumerate(partials):
        for j in range(i, len(symbols)):
            if is_late(budget):
                return None, True
            (second,) = derivatives.gradient(first, [symbols[j]])
            varies = varies or bool(second.free_symbols & set(symbols))
            found[i, j] = place.value(second)
    return Matrix(len(symbols), len(symbols), lambda i, j: found[min(i, j), max(i, j)]), varies


def _joined(second: Formula) -> Formula:
    """Return the formula with a plus or a minus sign before it; nothing for 0."""
    if second.text == "0":
        return spell.NOTHING
    if second.text.startswith("-"):
        return Formula(f" - {second.text[1:]}", second.typst, second.spoken)
    return spell.sign(" + ", "+", "plus") + second
