"""The level set through a point as it is said: lines, data, steps and remarks."""

from collections.abc import Sequence
from dataclasses import dataclass

import sympy
from sympy import Expr, Matrix, S

from engine.answering import shifted
from engine.answering.place import Place, decimals
from engine.answering.scalar import exact
from engine.answering.slopes import lines_at, step, steps_at
from engine.answering.tidying import has_short_curvatures
from engine.calculus import derivatives
from engine.calculus.definiteness import eigenvalue_signs
from engine.calculus.printing import syntax
from engine.calculus.signs import sign
from engine.errors import NotSupported
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Json

_SETS = {1: "level set", 2: "level curve", 3: "level surface"}
_TANGENTS = {2: "tangent line", 3: "tangent plane"}


@dataclass(frozen=True, slots=True)
class Level:
    """The set of all points where a function has the value that it has at a place.

    slope:  the gradient there; it stands upright on the set.
    matrix: the second derivatives there, wanted only where the gradient is zero; else None.
    """

    place: Place
    value: Expr
    slope: tuple[Expr, ...]
    matrix: Matrix | None

    @classmethod
    def of(cls, place: Place, partials: Sequence[Expr]) -> "Level":
        """Return the level set; refuses (NotSupported) a gradient that is not decided to be zero or not."""
        slope = place.every(partials)
        signs = [sign(each) for each in slope]
        if None in signs and not any(signs):
            raise NotSupported(
                f"I could not decide whether the gradient is zero {place.where}, so I give no tangent.", option="at"
            )
        scalar = place.scalar
        matrix = None if any(signs) else derivatives.hessian(scalar.expression, scalar.symbols).applyfunc(place.value)
        return cls(place, place.value(scalar.expression), slope, matrix)

    @property
    def called(self) -> str:
        """What the set is called."""
        return _SETS.get(len(self.slope), "level set")

    @property
    def tangent_called(self) -> str:
        """What its tangent is called."""
        return _TANGENTS.get(len(self.slope), "tangent hyperplane")

    @property
    def signs(self) -> tuple[int, int, int] | None:
        """How many curvatures are positive, zero and negative where the gradient is zero; None where not decided."""
        if self.matrix is None or not has_short_curvatures(self.matrix):
            return None
        return eigenvalue_signs(self.matrix)

    @property
    def _has_tangent(self) -> bool:
        return self.matrix is None and len(self.slope) > 1

    @property
    def _has_cone(self) -> bool:
        """Whether the set crosses itself like its quadratic part: no curvature is zero, and both signs occur."""
        return self.signs is not None and self.signs[1] == 0 and min(self.signs[0], self.signs[2]) > 0

    def lines(self) -> tuple[Formula, ...]:
        """Return the value, the equation of the set, the gradient, and the tangent."""
        scalar = self.place.scalar
        height = scalar.spelled(self.value)
        value, gradient = lines_at(self.place, self.slope)[:2]
        found = [value, spell.words(f"{self.called}: ") + spell.of(scalar.read.tree) + spell.EQUALS + height, gradient]
        if self._has_tangent:
            found += self._tangent_lines()
        if self.matrix is not None and self._has_cone:
            cone = shifted.shown(self.place, shifted.quadratic_terms(self.matrix), S.Zero)
            found.append(spell.words(f"{self._cone_called}: ") + cone + spell.EQUALS + _ZERO)
        return tuple(found)

    @property
    def _cone_called(self) -> str:
        return "both tangent lines" if len(self.slope) == 2 else "tangent cone"

    def _tangent_lines(self) -> list[Formula]:
        """Return the equation of the tangent, first with the steps from the point, then multiplied out."""
        scalar = self.place.scalar
        called = spell.words(f"{self.tangent_called}: ")
        stepped = shifted.shown(self.place, shifted.linear_terms(self.slope), S.Zero) + spell.EQUALS + _ZERO
        if all(each == 0 for each in self.place.coordinates):
            return [called + stepped]
        flat = scalar.spelled(self._flat()) + spell.EQUALS + scalar.spelled(self._constant())
        return [called + stepped, called + flat]

    def _flat(self) -> Expr:
        return sympy.Add(*(a * s for a, s in zip(self.slope, self.place.scalar.symbols, strict=True)))

    def _constant(self) -> Expr:
        return self.place.value(self._flat())

    def steps(self, partials: Sequence[Expr]) -> list[Json]:
        """Return the steps at the point; where there is a tangent, the product that gives it."""
        f, where = syntax(self.place.scalar.expression), ", ".join(exact(self.place.coordinates))
        found = [
            *steps_at(self.place, partials, self.slope),
            step("function-value", f"{f} at ({where})", syntax(self.value)),
        ]
        if not self._has_tangent:
            return found
        moved = ", ".join(syntax(s - c) for s, c in zip(self.place.scalar.symbols, self.place.coordinates, strict=True))
        told = f"({', '.join(exact(self.slope))}) . ({moved})"
        return [*found, step("dot-product", told, syntax(self._flat() - self._constant()))]

    def data(self) -> Json:
        """Return the data: equations are [left, "=", right]."""
        found = decimals(self.slope)
        cone = None
        if self.matrix is not None and self._has_cone:
            whole = shifted.expanded(self.place, shifted.quadratic_terms(self.matrix), S.Zero)
            cone = [syntax(whole), "=", "0"]
        return {
            "at": exact(self.place.coordinates),
            "value": syntax(self.value),
            "equation": [syntax(self.place.scalar.expression), "=", syntax(self.value)],
            "gradient_at": exact(self.slope),
            "gradient_at_decimal": found and list(found),
            "normal": exact(self.slope) if self.matrix is None else None,
            "tangent": [syntax(self._flat()), "=", syntax(self._constant())] if self._has_tangent else None,
            "tangent_cone": cone,
        }

    def remarks(self) -> tuple[str, ...]:
        """Return what a learner should notice: what stands upright on what, or why there is no tangent."""
        if self.matrix is not None:
            return self._without_gradient()
        if len(self.slope) == 1:
            return ("With one variable a level set is made of single points: near this one there is no other.",)
        name = spell.variable(self.place.scalar.read.name).text
        along = f"along the {self.tangent_called} {name} does not change, to first order"
        return (
            f"The gradient stands upright on the {self.called} and leads to larger values; {along}.",
            f"The {self.called} lies in the space of the variables; it is not the graph of {name}.",
        )

    def _without_gradient(self) -> tuple[str, ...]:
        first = f"The gradient is zero here, so it gives no normal and no tangent of the {self.called}."
        signs = self.signs
        if signs is None or signs[1]:
            return (first, f"What the {self.called} looks like at this point is not decided by the second derivatives.")
        if not self._has_cone:
            extreme = "minimum" if signs[0] else "maximum"
            return (first, f"This is a strict local {extreme}: near the point, the {self.called} is the point alone.")
        if len(self.slope) == 2:
            return (first, "This is a saddle point: two branches cross here, each with a tangent line of its own.")
        return (first, f"This is a saddle point: near it the {self.called} looks like the tangent cone.")


_ZERO = spell.sign("0", "0", "zero")
