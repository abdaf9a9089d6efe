"""The steps of a loss and its gradient, as data and as lines: every rule, then every number."""

from dataclasses import dataclass

import sympy

from engine.answering import derived
from engine.answering.derived import Derived, Shown
from engine.answering.loss_lines import There, vector
from engine.answering.loss_parts import outer, pointwise, prediction, times
from engine.answering.losses import Loss
from engine.answering.scalar import exact
from engine.answering.slopes import step
from engine.building import build, unbuild
from engine.calculus.printing import syntax
from engine.derivation import checked
from engine.reading.tree import Node
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.spelling.sympy_syntax import sympy_syntax
from engine.values import Json


@dataclass(frozen=True, slots=True)
class Rules:
    """The derivative of the loss of one data point by each parameter, rule by rule.

    chains: for each parameter the outer factor times the inner one.
    """

    loss: Loss
    found: tuple[Derived, ...]
    chains: tuple[Node, ...]

    @classmethod
    def of(cls, loss: Loss, shown: Shown) -> "Rules":
        """Return the derivatives, with their steps where these are wanted and true."""
        one = pointwise(loss)
        chains = tuple(times(outer(loss), unbuild(slope)) for slope in loss.slopes)
        found = []
        for name, chain in zip(loss.fit.parameters, chains, strict=True):
            slope = build(chain)
            derivation = None if shown == "none" else checked(one, name, slope)
            found.append(Derived(loss.scalar, name, build(one), slope, derivation))
        return cls(loss, tuple(found), chains)

    def lines(self, shown: Shown) -> tuple[Formula, ...]:
        """Return, for all steps, a line for each rule; one point's loss is written as ell."""
        if shown != "all":
            return ()
        left = spell.variable("l")
        whole = left + spell.EQUALS + spell.of(pointwise(self.loss)) + spell.words(" for one data point")
        return (whole, *(line for each in self.found for line in each.lines(spell.partial("l", each.by), shown)))

    def remarks(self, shown: Shown) -> tuple[str, ...]:
        """Return what is to be said about steps that are missing."""
        return derived.remarks(self.found, shown) if shown == "all" else ()

    def steps(self, there: There | None) -> list[Json]:
        """Return the rules, the gradient put together, and at a point all numbers."""
        one = sympy_syntax(pointwise(self.loss))
        made = [
            each
            for derivative, chain in zip(self.found, self.chains, strict=True)
            for each in (
                *derivative.rules(1),
                step("chain", f"{one} by {derivative.by}", sympy_syntax(chain)),
            )
        ]
        made.append(step("assemble-gradient", syntax(self.loss.scalar.expression), vector(self.loss.partials)))
        return [*made, *([] if there is None else _there(there))]


def _there(there: There) -> list[Json]:
    """Return predictions, residuals, each factor, the sums, their mean, and the update."""
    loss, place = there.loss, there.place
    model, where = sympy_syntax(prediction(loss)), vector(place.coordinates)
    made = [
        step("predictions", f"{model} at {where}", vector(there.predictions)),
        step("residuals", f"{vector(there.predictions)} - {vector(loss.labels)}", vector(there.residuals)),
    ]
    for name, inner in zip(loss.scalar.names, there.inner, strict=True):
        terms = there.terms(inner)
        total, count = sympy.expand(sympy.Add(*terms)), len(loss.targets)
        made += [
            step("chain", f"{vector(there.outer)} times {vector(inner)} for {name}", vector(terms)),
            step("sum", " + ".join(exact(terms)), syntax(total)),
            step("mean-factor", f"({syntax(total)})/{count}", syntax(sympy.expand(total / count))),
        ]
    made.append(step("evaluate-at-point", f"{vector(loss.partials)} at {where}", vector(there.slope)))
    if there.rate is not None and there.target is not None:
        told = f"{where} - {syntax(there.rate)}*{vector(there.slope)}"
        made.append(step("descent-update", told, vector(there.target)))
    return made
