"""The rate of change in a direction as it is said: lines, data, steps and remarks."""

from dataclasses import dataclass

import sympy
from sympy import Expr

from engine.answering.heading import Heading, over
from engine.answering.place import Place, decimal, decimals
from engine.answering.scalar import MAX_SHOWN, exact
from engine.answering.slopes import lines_at, step, steps_at
from engine.answering.tidying import tidied
from engine.calculus import derivatives
from engine.calculus.printing import syntax
from engine.calculus.signs import sign
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Json

FIRST_ORDER = "A rate is of first order: a short way h in this direction changes f by about h times the rate."


@dataclass(frozen=True, slots=True)
class Rate:
    """How fast a function changes at a place where it is differentiable, in a direction.

    slope: the gradient there. whole: its product with the vector as given. rate: for each unit of length.
    """

    place: Place
    heading: Heading
    partials: tuple[Expr, ...]
    slope: tuple[Expr, ...]
    whole: Expr
    rate: Expr

    @classmethod
    def of(cls, place: Place, heading: Heading, partials: tuple[Expr, ...]) -> "Rate":
        """Return the rate; refuses where the gradient has no finite value."""
        slope = place.every(partials)
        products = [a * b for a, b in zip(slope, heading.vector, strict=True)]
        whole = tidied(sympy.Add(*products))
        return cls(place, heading, partials, slope, whole, whole / heading.length)

    @property
    def still(self) -> bool:
        """Whether the gradient is proven to be zero."""
        return all(sign(each) == 0 for each in self.slope)

    def lines(self) -> tuple[Formula, ...]:
        """Return the gradient and its length, the direction, the product, and the rate."""
        name = spell.variable(self.place.scalar.read.name)
        gradient = spell.NABLA + self.place.at(name)
        unit = spell.variable(self.heading.names()[1])
        shown = self.place.with_decimal(self.rate, self.place.scalar.spelled(self.rate))
        product = self._product()
        middle = spell.NOTHING if product is None else spell.EQUALS + product
        left = along(self.place.at(name), unit)
        return (
            *lines_at(self.place, self.slope)[1:],
            *self.heading.lines(),
            left + spell.EQUALS + gradient + _DOT + unit + middle + spell.EQUALS + shown,
        )

    def _product(self) -> Formula | None:
        """Return the product of both vectors entry by entry; nothing where it is too long."""
        pairs = zip(self.slope, self.heading.unit, strict=True)
        parts = [_factor(self.place.scalar.spelled(a)) + _DOT + _factor(self.place.scalar.spelled(b)) for a, b in pairs]
        total = parts[0]
        for each in parts[1:]:
            total = total + _PLUS + each
        return total if len(total.text) <= MAX_SHOWN // 2 else None

    def steps(self) -> list[Json]:
        """Return the steps at the point, the rate last."""
        told = f"({', '.join(exact(self.slope))}) . ({', '.join(exact(self.heading.unit))})"
        return [
            *steps_at(self.place, self.partials, self.slope),
            *self.heading.steps(),
            step("dot-product", told, syntax(self.rate)),
        ]

    def data(self) -> Json:
        """Return the data; decimals are null where parameters are left."""
        found, largest = decimals(self.slope), derivatives.norm(self.slope)
        turned = self.angle()
        return self.heading.data() | {
            "at": exact(self.place.coordinates),
            "gradient_at": exact(self.slope),
            "gradient_at_decimal": found and list(found),
            "rate": syntax(self.rate),
            "rate_decimal": _known(self.rate),
            "rate_along": syntax(self.whole),
            "max_rate": syntax(largest),
            "max_rate_decimal": _known(largest),
            "angle": turned,
            "differentiable": True,
            "one_sided": False,
        }

    def angle(self) -> float | None:
        """Return the degrees between the direction and the gradient; None where the gradient is not proven nonzero."""
        if not any(sign(each) for each in self.slope):
            return None
        turned = sign(self.whole)
        if turned == 0:
            return 90.0
        both = sympy.Add(*(each**2 for each in self.slope)) * self.heading.length**2
        apart = sign(both - self.whole**2)
        if turned is None or apart is None:
            return None
        if apart == 0:
            return 0.0 if turned > 0 else 180.0
        return decimal(sympy.acos(self.rate / derivatives.norm(self.slope)) * 180 / sympy.pi)

    def remarks(self) -> tuple[str, ...]:
        """Return what a learner should notice: the length of the vector, where f rises, what is steepest."""
        return (*self._not_of_length_one(), *self._steepest(), *((FIRST_ORDER,) if not self.still else ()))

    def _not_of_length_one(self) -> tuple[str, ...]:
        if self.heading.is_unit:
            return ()
        name = spell.variable(self.place.scalar.read.name).text
        vector, unit, _ = (spell.variable(each).text for each in self.heading.names())
        length, whole = (self.place.scalar.spelled(each).text for each in (self.heading.length, self.whole))
        said = (
            f"The formula ∇{name}·{unit} gives a rate only for a vector of length 1, and {vector} has the length "
            f"{length}: ∇{name}·{vector} = {whole} is the change for the whole of {vector}, to first order, "
            "not for one unit of length."
        )
        return (said,)

    def _steepest(self) -> tuple[str, ...]:
        if self.still:
            return ("The gradient is zero here: the rate is 0 in every direction, and no direction is steepest.",)
        turned = self.angle()
        if turned is None:
            return ()
        scalar, largest = self.place.scalar, derivatives.norm(self.slope)
        name = spell.variable(scalar.read.name).text
        up, down = (scalar.vector(over([k * each for each in self.slope], largest)).text for k in (1, -1))
        rate = self.place.with_decimal(largest, scalar.spelled(largest)).text
        shown = spell.number(turned).text
        first = f"The direction stands at about {shown}° to the gradient: the rate is |∇{name}|·cos({shown}°)."
        if len(up) > _LONG:
            return (_TURNED.get(turned, first), "Steepest ascent is along the gradient, steepest descent against it.")
        steepest = (
            f"Steepest ascent: along {up}, with the rate |∇{name}| = {rate}. "
            f"Steepest descent: along {down}, with the rate -|∇{name}|."
        )
        return (_TURNED.get(turned, first), steepest)


_TURNED = {
    0.0: "This is the direction of the gradient, so no direction has a larger rate.",
    90.0: "The direction is at a right angle to the gradient: to first order f does not change along it.",
    180.0: "This is the direction against the gradient, so no direction has a smaller rate.",
}
_DOT = spell.sign("·", "dot", "times")
_PLUS = spell.sign(" + ", "+", "plus")
_LONG = 120


def along(what: Formula, unit: Formula) -> Formula:
    """Return Dᵤf(1, 2) for f(1, 2) and u."""
    lowered = unit.text.translate(_LOWERED)
    below = lowered if lowered != unit.text else f"_{unit.text} "
    return Formula(
        f"D{below}{what.text}",
        f"D_({unit.typst}) {what.typst}",
        f"the derivative along {unit.spoken} of {what.spoken}",
    )


_LOWERED = str.maketrans("uvnmpkhrsx", "ᵤᵥₙₘₚₖₕᵣₛₓ")


def _factor(shown: Formula) -> Formula:
    """Return a factor, in brackets where the dot would not take all of it."""
    text = f"({shown.text})" if any(sign in shown.text for sign in " +-/") else shown.text
    return Formula(text, f"({shown.typst})" if any(sign in shown.text for sign in "+-") else shown.typst, shown.spoken)


def _known(value: Expr) -> float | None:
    return None if value.free_symbols else decimal(value)
