"""The rate of change in a direction where a function is not smooth, as it is said."""

from dataclasses import dataclass

from sympy import Expr

from engine.answering.heading import Heading
from engine.answering.onesided import Leaving, is_kink, leave
from engine.answering.place import Place, decimal
from engine.answering.rates import along
from engine.answering.scalar import Scalar, exact
from engine.answering.slopes import step
from engine.building import build, symbol
from engine.calculus import domain
from engine.calculus.printing import syntax
from engine.errors import NotInDomain, Refused
from engine.reading import Point
from engine.reading.kinds import Towards, Vector
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Json


@dataclass(frozen=True, slots=True)
class Corner:
    """A rate by its definition, going one way, where the rules of differentiation say nothing.

    whole: the rate for the whole vector; rate: for each unit of length.
    kink: whether the function is proven not to be differentiable there; False says nothing.
    back: what happens on the opposite way.
    """

    place: Place
    heading: Heading
    whole: Expr
    rate: Expr
    kink: bool
    back: Leaving

    @classmethod
    def of(cls, scalar: Scalar, at: Point, read: Towards | Vector, why: Refused) -> "Corner":
        """Return the rate; raises `why`, the refusal of the point, where f does not exist or nothing is proven.

        Refuses (NotInDomain) a way with an infinite rate, out of the domain, or with a jump at the point.
        """
        values = {symbol(name): build(node) for name, node in zip(at.names, at.coordinates, strict=True)}
        try:
            domain.check_exists(scalar.conditions, values, "")
        except Refused:
            raise why from None
        place = Place(scalar, values)
        heading = Heading.of(scalar, place.coordinates, read)
        found = leave(scalar, values, heading.vector)
        if found.going == "unsure":
            raise why
        if found.rate is None:
            raise NotInDomain(
                f"There is no rate of change {place.where} in this direction: {_NO_RATE[found.going]}.",
                option="along",
                span=(0, len(read.text)),
            )
        kink = is_kink(scalar, values, heading.vector, found.rate)
        back = leave(scalar, values, [-each for each in heading.vector])
        return cls(place, heading, found.rate, found.rate / heading.length, kink, back)

    def lines(self) -> tuple[Formula, ...]:
        """Return the value, the direction, and the rate as the limit that it is."""
        scalar, name = self.place.scalar, spell.variable(self.place.scalar.read.name)
        value, here = self.place.value(scalar.expression), self.place.at(name)
        _, unit, small = map(spell.variable, self.heading.names())
        shown = self.place.with_decimal(self.rate, scalar.spelled(self.rate))
        return (
            here + spell.EQUALS + self.place.with_decimal(value, scalar.spelled(value)),
            *self.heading.lines(),
            along(here, unit) + spell.EQUALS + self._quotient(name, unit, small) + spell.EQUALS + shown,
        )

    def _quotient(self, name: Formula, unit: Formula, small: Formula) -> Formula:
        """Return the limit of the difference quotient, for a small number falling to 0."""
        point = self.place.shown
        if len(self.place.coordinates) == 1:
            point = self.place.scalar.spelled(self.place.coordinates[0])
        here = self.place.at(name)
        return Formula(
            f"lim {small.text}→0⁺ ({name.text}({point.text} + {small.text}{unit.text}) - {here.text})/{small.text}",
            f"lim_({small.typst} -> 0^+) frac({name.typst}({point.typst} + {small.typst} {unit.typst}) - {here.typst}, "
            f"{small.typst})",
            f"the limit for {small.spoken} to 0 from above of the difference of {name.spoken} over {small.spoken}",
        )

    def steps(self) -> list[Json]:
        """Return the steps: there is no gradient that a product could be made of."""
        scalar = self.place.scalar
        value = syntax(self.place.value(scalar.expression))
        where = ", ".join(exact(self.place.coordinates))
        return [*self.heading.steps(), step("function-value", f"{syntax(scalar.expression)} at ({where})", value)]

    def data(self) -> Json:
        """Return the data; what belongs to a gradient is null. `differentiable` is null where it is not decided."""
        return self.heading.data() | {
            "at": exact(self.place.coordinates),
            "gradient_at": None,
            "gradient_at_decimal": None,
            "rate": syntax(self.rate),
            "rate_decimal": decimal(self.rate),
            "rate_along": syntax(self.whole),
            "max_rate": None,
            "max_rate_decimal": None,
            "angle": None,
            "differentiable": False if self.kink else None,
            "one_sided": True,
        }

    def remarks(self) -> tuple[str, ...]:
        """Return why there is no product with a gradient, and what happens going the opposite way."""
        name, where = spell.variable(self.place.scalar.read.name).text, self.place.where
        first = (
            f"{name} is not differentiable {where}, so no gradient gives this rate: it is found by its definition."
            if self.kink
            else f"Whether {name} is differentiable {where} I did not decide: this rate is found by its definition."
        )
        if self.back.rate is None:
            return (first, _BACK[self.back.going])
        opposite = self.back.rate / self.heading.length
        shown = self.place.scalar.spelled(opposite).text
        return (first, f"It is one-sided, for this direction only; in the opposite direction the rate is {shown}.")


_NO_RATE = {
    "infinite": "it is infinite there",
    "jumps": "the function jumps there",
    "outside": "the function is not defined that way",
}
_BACK = {
    "infinite": "It is one-sided: in the opposite direction the rate is infinite.",
    "jumps": "It is one-sided: in the opposite direction the function jumps.",
    "outside": "It is one-sided: in the opposite direction the function is not defined.",
    "unsure": "It is one-sided, for this direction only.",
}
