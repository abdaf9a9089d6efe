"""What an approximation is worth at a point nearby: the true error, and a bound that is proven without it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Context, Decimal

import numpy as np
from sympy import Add, Expr

from engine.answering import plots
from engine.answering.answer import Drawing
from engine.answering.approximations import Approximation
from engine.answering.place import Place, decimal, decimals
from engine.answering.remainder import Bounds, bounds
from engine.answering.scalar import exact
from engine.answering.tidying import tidied
from engine.building import build, symbol, written_with_decimals
from engine.calculus import derivatives, domain, grids
from engine.calculus.printing import syntax
from engine.calculus.signs import is_real_finite, sign
from engine.errors import NotInDomain, Refused
from engine.pictures.curve import Curve
from engine.reading import Point
from engine.spelling import formula as spell
from engine.spelling import numbers
from engine.spelling.formula import Formula
from engine.values import Budget, Json

_PLACES = 401


@dataclass(frozen=True, slots=True)
class Nearby:
    """A point near the place of an approximation, with the values there and how far they are off.

    there: the point; f need not be smooth at it. linear, quadratic: f minus the approximation, exact.
    """

    approximation: Approximation
    there: Place
    value: Expr
    linear: Expr
    quadratic: Expr | None
    bounds: Bounds

    @classmethod
    def of(cls, approximation: Approximation, near: Point, partials: Sequence[Expr], budget: Budget) -> "Nearby":
        """Return the errors at a point; refuses (at the option `near`) where f does not exist."""
        scalar = approximation.place.scalar
        if any(map(written_with_decimals, near.coordinates)):
            scalar = replace(scalar, decimals=True)
        named = zip(near.names, near.coordinates, strict=True)
        there = Place(scalar, {symbol(name): build(node) for name, node in named})
        try:
            for each in there.coordinates:
                if is_real_finite(each) is not True:
                    raise NotInDomain(f"{each} is no real number.")
            domain.check_exists(scalar.conditions, there.values, there.where)
            value = derivatives.at(scalar.expression, there.values)
        except Refused as refused:
            refused.span = refused.span or (0, len(near.text))
            raise refused.at_option("near") from None
        linear = tidied(value - approximation.linear.xreplace(there.values))
        quadratic = approximation.quadratic
        if quadratic is not None:
            quadratic = tidied(value - quadratic.xreplace(there.values))
        way = (approximation.place.coordinates, there.coordinates)
        found = Bounds() if value.free_symbols else bounds(scalar, *way, partials, budget)
        return cls(approximation, there, value, linear, quadratic, found)

    def lines(self) -> tuple[Formula, ...]:
        """Return the value of f, and what each approximation gives and lacks."""
        scalar = self.there.scalar
        name = self.there.at(spell.variable(scalar.read.name))
        found = [name + spell.EQUALS + self.there.with_decimal(self.value, scalar.spelled(self.value))]
        letters = self.approximation.letters()[:2]
        for letter, off in zip(letters, (self.linear, self.quadratic), strict=True):
            if off is None:
                continue
            here = self.there.at(spell.variable(letter))
            given = tidied(self.value - off)
            found += [
                here + spell.EQUALS + self.there.with_decimal(given, scalar.spelled(given)),
                name + _MINUS + here + spell.EQUALS + self.there.with_decimal(off, scalar.spelled(off)),
            ]
        return tuple(found)

    def data(self) -> Json:
        """Return the data: both errors, exact and decimal, with their bounds."""
        return {
            "near": exact(self.there.coordinates),
            "value": syntax(self.value),
            "value_decimal": _known(self.value),
            "linear": syntax(self.linear),
            "linear_decimal": _known(self.linear),
            "linear_bound": self.bounds.linear,
            "quadratic": None if self.quadratic is None else syntax(self.quadratic),
            "quadratic_decimal": None if self.quadratic is None else _known(self.quadratic),
            "quadratic_bound": None if self.quadratic is None else self.bounds.quadratic,
        }

    def remarks(self) -> tuple[str, ...]:
        """Return on which side the linear approximation is off, and what was known about that beforehand."""
        linear, quadratic, _ = self.approximation.letters()
        name = spell.variable(self.there.scalar.read.name).text
        side = sign(self.linear)
        said = {1: "too small", -1: "too large", 0: "exact"}.get(side, "") if side is not None else ""
        found = [f"{linear} is {said} {self.there.where}."] if said else []
        limits = [
            f"|{name} - {letter}| ≤ {rounded_up(bound)}"
            for letter, bound in ((linear, self.bounds.linear), (quadratic, self.bounds.quadratic))
            if bound and not (letter == quadratic and self.quadratic is None)
        ]
        if limits:
            found.append(f"Proven from the derivatives along the way, without the value there: {' and '.join(limits)}.")
        return tuple(found)

    def draw(self) -> tuple[Drawing, ...]:
        """Return the graph of f along the way from the place to the point and beyond, with the tangent.

        Nothing for one variable, where the plot of f shows the same, and where parameters are left.
        """
        place = self.approximation.place
        ends, slope = (place.coordinates, self.there.coordinates), self.approximation.slope
        start, end = map(decimals, ends)
        known = place.scalar.expression.free_symbols <= set(place.scalar.symbols)
        if not known or len(slope) == 1 or start is None or end is None or start == end:
            return ()
        t = np.linspace(-0.5, 1.5, _PLACES)
        way = {n: a + t * (b - a) for n, a, b in zip(place.scalar.names, start, end, strict=True)}
        steep = decimal(Add(*(g * (b - a) for g, a, b in zip(slope, *ends, strict=True))))
        chart = Curve(
            name="t",
            xs=t,
            ys=grids.evaluate(place.scalar.read.tree, way),
            point=(0.0, decimal(self.approximation.value)),
            slope=steep,
            title=f"{spell.variable(place.scalar.read.name).text} from {place.shown.text} (t = 0) to "
            f"{self.there.shown.text} (t = 1)",
        )
        alt = (
            f"Graph of the function along the way from ({_listed(start)}) at t = 0 to ({_listed(end)}) at t = 1, "
            f"with its tangent at t = 0, of slope {numbers.decimal(steep, 5)}. At t = 1 they are "
            f"{numbers.decimal(abs(decimal(self.linear)), 5)} apart."
        )
        return (Drawing("along.png", alt, chart),)


def draw(approximation: Approximation, partials: Sequence[Expr], nearby: Nearby | None) -> tuple[Drawing, ...]:
    """Return the plot at the place of an approximation and, to a point nearby, the graph along the way."""
    place = approximation.place
    point, slope = decimals(place.coordinates), decimals(approximation.slope)
    plot = plots.draw(place.scalar, partials, point=point, slope=slope)
    return plot if nearby is None else (*plot, *nearby.draw())


def rounded_up(value: float) -> str:
    """Return a positive number with three digits, or as many as were chosen, not smaller than it is."""
    context = Context(prec=numbers.digits(usual=3), rounding=ROUND_CEILING)
    return numbers.decimal(float(context.create_decimal(Decimal(value))), usual=3)


def _listed(values: Sequence[float]) -> str:
    return ", ".join(numbers.decimal(value, 5) for value in values)


def _known(value: Expr) -> float | None:
    return None if value.free_symbols else decimal(value)


_MINUS = spell.sign(" - ", "-", "minus")
