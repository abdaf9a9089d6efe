"""What a multiplier says: how much the best value changes where a constraint is moved a little."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor, log10

from sympy import Expr, Rational, S

from engine.building import build
from engine.calculus.printing import syntax
from engine.calculus.signs import decimal
from engine.constrained import Candidate, Constraint, End, Optimum, Problem, optimise
from engine.reading.shapes import Relation
from engine.reading.tree import names_in
from engine.spelling import formula as spell
from engine.spelling import numbers
from engine.values import Budget, Json

_AGREES = 0.02


@dataclass(frozen=True, slots=True)
class Change:
    """A constraint moved from one number to another, and what that does to the best value.

    rate: the change of the best value for each unit; near the multiplier, or no Change is made.
    """

    name: str
    index: int
    multiplier: Expr
    before: Expr
    after: Expr
    value: float
    rate: float

    def told(self, relation: Relation, name: str) -> str:
        """Return the sentence that says what the multiplier means."""
        left, word = spell.of(relation.left).text, {"min": "minimum", "max": "maximum"}[self.name]
        before, after = (numbers.decimal(decimal(each), 8) for each in (self.before, self.after))
        rate, price = numbers.decimal(self.rate, 5), numbers.decimal(decimal(self.multiplier), 5)
        return (
            f"The multiplier is a price: with {left} {relation.sign} {after} in place of {before} the {word} is "
            f"{numbers.decimal(self.value, 8)}, a change of {rate} for each unit; {name} = {price} says so, nearby."
        )

    def data(self) -> Json:
        """Return the change as data."""
        return {
            "end": self.name,
            "constraint": self.index,
            "multiplier": syntax(self.multiplier),
            "from": syntax(self.before),
            "to": syntax(self.after),
            "value_decimal": self.value,
            "rate_decimal": self.rate,
        }


def changes(
    problem: Problem,
    relations: Sequence[Relation],
    found: Optimum,
    ends: Sequence[tuple[str, End]],
    budget: Budget,
    took: float,
) -> tuple[Change, ...]:
    """Return what moving a binding constraint does to each end, solved again, where the multiplier says the same.

    took: the seconds of one solution; nothing is solved again where that could take too long.
    """
    made: list[Change] = []
    for name, end in ends:
        best = [each for each in found.candidates if each.at in end.at]
        index = _binding(best, relations) if end.reach == "attained" and len(best) == len(end.at) else None
        if index is None or budget.left() < 4 * took:
            continue
        change = _moved(problem, relations[index], index, best[0], name, budget)
        made += [change] if change is not None and _agrees(change, end) else []
    return tuple(made)


def _binding(best: Sequence[Candidate], relations: Sequence[Relation]) -> int | None:
    """Return the first constraint with a price that all best points agree on, and a number to change."""
    for index, relation in enumerate(relations):
        prices = {each.multipliers[index] if each.multipliers else None for each in best}
        if len(prices) == 1 and not prices & {None, S.Zero} and not names_in(relation.right):
            return index
    return None


def _moved(
    problem: Problem, relation: Relation, index: int, best: Candidate, name: str, budget: Budget
) -> Change | None:
    before = build(relation.right)
    size = max(1.0, abs(decimal(before)))
    small = Rational(10) ** (floor(log10(size)) - 3)
    constraints = list(problem.constraints)
    constraints[index] = Constraint(constraints[index].g - small, constraints[index].sign)
    again = optimise(replace(problem, constraints=tuple(constraints)), budget)
    end = again.least if name == "min" else again.greatest
    if end.reach != "attained" or end.decimal is None or best.multipliers is None:
        return None
    rate = (end.decimal - best.value_decimal) / float(small)
    return Change(name, index, best.multipliers[index], before, before + small, end.decimal, rate)


def _agrees(change: Change, end: End) -> bool:
    price = decimal(change.multiplier)
    # a difference of nearly equal decimals says nothing where the change is as small as their last digits
    certain = abs(change.value - (end.decimal or 0.0)) > 1e-9 * max(1.0, abs(change.value))
    return certain and abs(change.rate - price) <= _AGREES * abs(price)
