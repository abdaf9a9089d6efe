"""A loss as it is said: formulas with every factor of the chain rule, steps and data."""

from collections.abc import Sequence
from dataclasses import dataclass

import sympy
from sympy import Expr

from engine.answering.derived import Shown
from engine.answering.loss_parts import TWO, outer, pointwise, prediction, times
from engine.answering.losses import Loss
from engine.answering.place import Place, decimal, decimals
from engine.answering.scalar import exact
from engine.building import build, symbol, unbuild
from engine.calculus import derivatives
from engine.calculus.printing import syntax
from engine.calculus.signs import sign
from engine.errors import WrongUsage
from engine.reading import Point
from engine.reading.tree import Apply, Binary, Name, Node, Number, sum_of
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Json

MAX_LISTED = 12
_TIMES = spell.sign("·", "dot", "times")
_BECOMES = spell.sign(" ← ", "arrow.l", "becomes")
_MINUS = spell.sign(" - ", "-", "minus")


def whole(loss: Loss) -> Formula:
    """Return the loss as a mean over the data, not written out."""
    squares = sum_of([Binary("^", Name(each), TWO) for each in loss.fit.parameters])
    mean = spell.of(Apply("mean", (pointwise(loss),)))
    if loss.fit.l2 is not None:
        mean = mean + spell.sign(" + ", "+", "plus") + spell.of(times(loss.fit.l2, squares))
    return loss.scalar.header + spell.EQUALS + mean


def lines(loss: Loss, shown: Shown) -> tuple[Formula, ...]:
    """Return the loss, and each partial derivative with its chain factors, unless no steps are wanted."""
    found = [whole(loss)]
    for name, slope, partial in zip(loss.fit.parameters, loss.slopes, loss.partials, strict=True):
        mean = spell.of(Apply("mean", (times(outer(loss), unbuild(slope)),)))
        if loss.fit.l2 is not None:
            mean = mean + spell.sign(" + ", "+", "plus") + spell.of(times(TWO, loss.fit.l2, Name(name)))
        if loss.fit.kind == "mse" and loss.is_linear:
            short = loss.scalar.spelled(sympy.expand(partial))
            mean = short if shown == "none" else mean + spell.EQUALS + short
        found.append(spell.partial("L", name) + spell.EQUALS + mean)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class There:
    """A loss at a point: every factor of its gradient there, and one step down where a rate is given.

    outer:   for each data point the derivative of its loss by the score.
    inner:   for each parameter the derivatives of the score at the data points.
    """

    loss: Loss
    place: Place
    predictions: tuple[Expr, ...]
    residuals: tuple[Expr, ...]
    outer: tuple[Expr, ...]
    inner: tuple[tuple[Expr, ...], ...]
    slope: tuple[Expr, ...]
    value: Expr
    rate: Expr | None

    @classmethod
    def of(cls, loss: Loss) -> "There":
        """Return the loss there; refuses (WrongUsage) a rate that is not above 0, and points without a loss."""
        place = Place.of(loss.scalar, _point(loss))
        rate = None if loss.fit.rate is None else build(loss.fit.rate)
        if rate is not None and sign(rate) != 1:
            raise WrongUsage("The rate is a number above 0.", option="rate", suggestions=("0.1",))
        predictions = _at(loss, place, build(prediction(loss)))
        return cls(
            loss,
            place,
            predictions,
            tuple(sympy.expand(p - t) for p, t in zip(predictions, loss.labels, strict=True)),
            _at(loss, place, build(outer(loss))),
            tuple(_at(loss, place, each) for each in loss.slopes),
            place.every(loss.partials),
            place.value(loss.scalar.expression),
            rate,
        )

    @property
    def target(self) -> tuple[Expr, ...] | None:
        """The point after one step; None without a rate."""
        if self.rate is None:
            return None
        moved = zip(self.place.coordinates, self.slope, strict=True)
        return tuple(sympy.expand(start - self.rate * slope) for start, slope in moved)

    def lines(self, shown: Shown) -> tuple[Formula, ...]:
        """Return predictions, residuals, the loss, each partial derivative written out, and the step.

        Unless no steps are wanted: then the loss, the derivatives and the step only.
        """
        scalar = self.loss.scalar
        found = [self.place.at(spell.variable("L")) + self._equals(self.value)]
        if shown != "none":
            found.insert(0, spell.words(self._residual()) + self._listed(self.residuals))
            found.insert(0, spell.words("predictions") + self._listed(self.predictions))
        for name, inner, slope in zip(scalar.names, self.inner, self.slope, strict=True):
            if shown == "all":
                found += self._by_parts(name, inner)
            end = self._equals(slope)
            middle = spell.NOTHING if shown == "none" else self._written_out(name, inner)
            # one point with one factor is written out already
            middle = spell.NOTHING if end.text.startswith(middle.text) else middle
            found.append(spell.partial("L", name) + middle + end)
        if self.rate is None or self.target is None:
            return tuple(found)
        for name, start, slope, end in zip(scalar.names, self.place.coordinates, self.slope, self.target, strict=True):
            factor = spell.bracketed(self._shown(slope)) if sign(slope) == -1 else self._shown(slope)
            moved = self._shown(start) + _MINUS + self._shown(self.rate) + _TIMES + factor
            found.append(spell.variable(name) + _BECOMES + moved + self._equals(end))
        return tuple(found)

    def _residual(self) -> str:
        recoded = self.loss.labels != self.loss.targets
        return "residuals, prediction - label" + " with 0 for the label -1" * recoded

    def terms(self, inner: Sequence[Expr]) -> tuple[Expr, ...]:
        """Return the derivative of each data point's loss by one parameter."""
        return tuple(sympy.expand(a * b) for a, b in zip(self.outer, inner, strict=True))

    def _by_parts(self, name: str, inner: Sequence[Expr]) -> list[Formula]:
        """Return the terms of each data point for a parameter, their sum, and their mean."""
        terms = self.terms(inner)
        total = sympy.expand(sympy.Add(*terms))
        what = spell.variable(name)
        return [
            spell.words("for ") + what + spell.words(", outer factors") + self._listed(self.outer),
            spell.words("for ") + what + spell.words(", inner factors") + self._listed(inner),
            spell.words("for ") + what + spell.words(", their products") + self._listed(terms),
            spell.words("their sum") + self._equals(total),
            spell.words(f"divided by {len(terms)}") + self._equals(sympy.expand(total / len(terms))),
        ]

    def _written_out(self, name: str, inner: Sequence[Expr]) -> Formula:
        """Return = (1/n)(2·(-1)·1 + ..), where the numbers are few and fractions."""
        numbers = (*self.outer, *inner)
        if len(inner) > MAX_LISTED or not all(each.is_Rational for each in numbers):
            return spell.NOTHING
        terms = [times(self._factor(a), self._factor(b)) for a, b in zip(self.outer, inner, strict=True)]
        whole = Binary("/", sum_of(terms), Number(str(len(terms)))) if len(terms) > 1 else terms[0]
        if self.loss.fit.l2 is not None:
            start = self.place.coordinates[self.loss.scalar.names.index(name)]
            whole = Binary("+", whole, times(TWO, self.loss.fit.l2, self._factor(start)))
        return spell.EQUALS + spell.of(whole)

    def _factor(self, value: Expr) -> Node:
        return unbuild(value, decimals=self.loss.scalar.decimals)

    def _shown(self, value: Expr) -> Formula:
        return self.loss.scalar.spelled(value) if value.is_Rational else spell.number(decimal(value))

    def _equals(self, value: Expr) -> Formula:
        if value.is_Rational:
            return spell.EQUALS + self.place.with_decimal(value, self._shown(value))
        return spell.ABOUT + self._shown(value)

    def _listed(self, values: Sequence[Expr]) -> Formula:
        if len(values) > MAX_LISTED:
            return spell.words(f"{len(values)} numbers, given in the data")
        sure = all(each.is_Rational for each in values)
        return (spell.EQUALS if sure else spell.ABOUT) + spell.vector(map(self._shown, values))

    def data(self) -> Json:
        """Return the data at the point."""
        target = self.target
        return {
            "at": exact(self.place.coordinates),
            "loss_at": syntax(self.value),
            "loss_at_decimal": decimal(self.value),
            "gradient_at": exact(self.slope),
            "gradient_at_decimal": list(decimals(self.slope) or ()),
            "predictions": exact(self.predictions),
            "residuals": exact(self.residuals),
            "update": None if target is None or self.rate is None else self._update(self.rate, target),
        }

    def _update(self, rate: Expr, target: Sequence[Expr]) -> Json:
        after = derivatives.at(self.loss.scalar.expression, dict(zip(self.loss.scalar.symbols, target, strict=True)))
        return {
            "rate": syntax(rate),
            "at": exact(target),
            "decimal": list(decimals(target) or ()),
            "loss_decimal": decimal(after),
        }


NOWHERE: Json = dict.fromkeys((
    "at", "loss_at", "loss_at_decimal", "gradient_at", "gradient_at_decimal", "predictions", "residuals", "update",
))  # fmt: skip


def _point(loss: Loss) -> Point:
    return Point("", loss.fit.at or (), loss.fit.parameters)


def _at(loss: Loss, place: Place, expression: Expr) -> tuple[Expr, ...]:
    """Return the values of an expression in parameters, inputs and target, for each data point."""
    label, rows = symbol("y"), loss.over_rows(expression)
    return place.every([each.xreplace({label: target}) for each, target in zip(rows, loss.targets, strict=True)])


def vector(values: Sequence[Expr]) -> str:
    """Return (1, 2) in SymPy syntax."""
    return f"({', '.join(exact(values))})"
