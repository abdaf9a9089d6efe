"""Partial derivatives of any order."""

from typing import Literal

from engine.answering.answer import Answer
from engine.answering.declare import topic
from engine.answering.order import read_order
from engine.errors import Refused
from engine.reading import Expression, Point


def _order(f: Expression, wrt: str, **_others: object) -> tuple[str, ...]:
    """Return the names of wrt in their order."""
    try:
        return read_order(wrt, f.variables)
    except Refused as refused:
        raise refused.at_option("wrt") from None


@topic("partial", example="/partial f=x^2*y^3 wrt=x", rank=1, check=_order)
def partial(
    f: Expression, wrt: str, at: Point | None = None, steps: Literal["none", "short", "all"] = "short"
) -> Answer:
    """Partial derivative of f, of any order up to six, step by step.

    f:     a scalar function of real variables, for instance x^2*y^3
    wrt:   the variable; several for a higher order, the first one first, x or xy or x,x,y
    at:    a point, one coordinate for each variable of f, 1,2 or x=1 y=2
    steps: none, short (what a teacher writes) or all (every rule)

    `steps` has the rules of each stage, its parts before it, and closes each stage with partial-x;
    only with steps=none, or where one could not be checked, just the stages. `derivative_at` is
    null without a point. Units: those of f over those of each variable in turn.
    Refuses (TooLarge) an order over six, (NotInDomain) a point where f is not smooth, or not surely.
    Source: Stewart, Calculus, 8th ed., section 14.3.
    """
    from engine.answering import stages
    from engine.answering.place import Place
    from engine.answering.scalar import Scalar

    order = _order(f, wrt)
    scalar = Scalar.of(f, f.variables or tuple(dict.fromkeys(order)))
    found = stages.derived(scalar, order, steps)
    lines, data = stages.lines(scalar, found, steps), stages.data(scalar, found)
    remarks = (*scalar.remarks(), *stages.remarks(found, steps))
    if at is None:
        return Answer("Partial derivative", lines, data | stages.NOWHERE, remarks)
    place = Place.of(scalar, stages.fitted_point(scalar, at))
    there = stages.At.of(place, found)
    data["steps"] += there.steps()
    return Answer("Partial derivative", (*lines, *there.lines()), data | there.data(), (*remarks, *there.remarks()))
