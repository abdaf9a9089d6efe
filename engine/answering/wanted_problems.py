"""The right answers of whole problems: a chain rule, an optimum under constraints, what a rate leads to."""

from fractions import Fraction

import sympy
from sympy import Expr

from engine.answering.asked import Asked, Wanted, number
from engine.answering.fields import fraction, quadratic_of
from engine.answering.optima import Optimised
from engine.answering.place import decimal
from engine.building import unbuild
from engine.calculus import derivatives
from engine.calculus.signs import sign
from engine.descending.rates import Quadratic, Verdict
from engine.errors import NotInDomain, NotSupported, WrongUsage
from engine.reading import kinds
from engine.reading.tree import Node

_NOT_QUADRATIC = "I check this only for quadratic functions and rates that are fractions or decimals."


def chain(asked: Asked) -> Wanted:
    """Return the derivative of a composition; the names of inner functions stand for their formulas."""
    found = asked.chain
    if found is None or len(found.totals) != 1:
        letters = () if found is None else found.read.letters
        raise WrongUsage(f"By which inner variable: wrt={' or '.join(letters)}?", option="wrt", suggestions=letters)
    (total,) = found.totals
    (value,) = asked.values([total.value])
    if asked.place is not None:
        return number(value)
    given = {each.name: each.read.tree for each in found.read.inner}
    return Wanted("expression", kinds.Expression("", unbuild(value), asked.scalar.names), given=given)


def optimum(asked: Asked) -> Wanted:
    """Return where the minimum or maximum under constraints is, all places of it, and its value.

    Only the value, where the places are infinitely many or not proven to be all; no point, where it is not attained.
    """
    subject, goal = asked.options.subject, asked.options.goal
    if subject is None:
        raise WrongUsage("I need the constraints: subject=x+y=5.", option="subject", suggestions=("x+y=5",))
    found = Optimised.of(asked.scalar, subject, goal, asked.budget).found
    end = found.least if goal == "min" else found.greatest
    if found.infeasible:
        raise NotInDomain("No point meets these constraints.", option="subject")
    if end.reach in {"not attained", "unbounded"}:
        return Wanted("points", kinds.Points("", ()))
    if end.reach != "attained" or end.value is None or end.decimal is None:
        raise NotSupported("I could not prove where the optimum is, so I check no answer here.", option="f")
    value = kinds.Number("", coordinate(end.value, end.decimal))
    elsewhere = any(sign(each - end.value) in {0, None} for other in found.sets for each in other.values)
    if found.complete != "proven" or elsewhere:
        return Wanted("number", value)
    points = tuple(tuple(coordinate(each, decimal(each)) for each in at) for at in end.at)
    return Wanted("points", kinds.Points("", points), value=value)


def coordinate(exact: Expr, near: float) -> Node:
    """Return the tree of an exact number, of its decimal where it has no spelling."""
    try:
        return unbuild(exact)
    except NotSupported:
        return unbuild(sympy.Rational(repr(near)))


def behaviour(asked: Asked) -> Wanted:
    """Return what descent with a rate does on a quadratic function: from the point, else from almost every start."""
    rate = asked.rate()
    matrix = derivatives.hessian(asked.scalar.expression, asked.scalar.symbols)
    start = (sympy.S.Zero,) * len(asked.scalar.names) if asked.place is None else asked.place.coordinates
    turn = 1 if asked.options.goal == "min" else -1
    found = quadratic_of(asked.scalar, asked.partials, matrix, start, turn)
    if found is None or not rate.is_Rational or not all(each.is_Rational for each in start):
        raise NotSupported(_NOT_QUADRATIC, option="f")
    verdict = _usual(found, rate) if asked.place is None else found.verdict("gradient", fraction(rate), Fraction(0))
    if verdict is None:
        raise NotSupported("I could not decide surely myself what happens with this rate.", option="rate")
    also = (kinds.Label("", "converges"),) if verdict == "converges alternating" else ()
    return Wanted("label", kinds.Label("", verdict), also, "It does, and from side to side.")


def _usual(found: Quadratic, rate: Expr) -> Verdict | None:
    """Return what happens from almost every start: one at which every curvature is felt."""
    if not found.is_bounded:
        return "diverges"
    limit = found.limit("gradient", sympy.S.Zero)
    side = None if limit is None else sign(rate - limit)
    if limit is None or side is None:
        return None
    if side == 0:
        return "cycles"
    if side > 0:
        return "diverges"
    return "converges alternating" if sign(2 * rate - limit) == 1 else "converges"
