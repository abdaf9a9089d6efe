"""Checking: is this the derivative, the gradient, the critical points of a function."""

import re
from typing import Literal

from engine.answering.answer import Answer
from engine.answering.declare import topic
from engine.errors import WrongUsage
from engine.reading import Expression, Point
from engine.values import Budget


def _count(steps: str = "1", **_others: object) -> int:
    """Return the number of steps."""
    if not re.fullmatch(r"\s*\d{1,3}\s*", steps, re.ASCII):
        raise WrongUsage("steps is a whole number, 1 for instance.", option="steps", span=(0, len(steps)))
    return int(steps)


@topic("check", example="/check want=gradient f=x^2+y^2 at=1,2 answer=(2, 4)", rank=92, group="tools", check=_count)
def check(  # noqa: PLR0913, PLR0917 - its parameters are the options of the command
    want: str,
    answer: str,
    f: Expression,
    budget: Budget,
    at: Point | None = None,
    wrt: str = "",
    along: str = "",
    ask: Literal["ascent_unit", "descent_unit", "max_rate"] = "ascent_unit",
    rate: str = "",
    steps: str = "1",
    goal: Literal["min", "max"] = "min",
) -> Answer:
    """Is an answer right: a derivative, a gradient, the critical points and more, of a function of yours.

    want:   partial, gradient, hessian, discriminant, classify, critical, steepest, directional, tangent,
            step or rate-limit
    answer: what you found, for instance (2, 4)
    f:      a scalar function of real variables, for instance x^2+y^2
    at:     the point, 1,2 or x=1 y=2
    wrt:    for partial: the variable, x, or several in order
    along:  for directional: a vector 3,4, or to (4,5)
    ask:    for steepest: which way, or how fast
    rate:   for step: the step size, 0.1
    steps:  for step: how many, 1
    goal:   for step: min goes down, max goes up

    Decimals of three digits or more are accepted where they are rounded rightly. `mistakes` are ids of
    what explains a wrong answer, so far for gradients at points. The right answer is never shown.
    Refuses what cannot be read as such an answer, and functions whose answer I cannot compute surely.
    Source: Stewart, Calculus, 8th ed., sections 14.3 to 14.7.
    """
    from engine.answering import checking
    from engine.answering.place import Place
    from engine.answering.scalar import Scalar
    from engine.answering.wanted import Asked
    from engine.judging.results import listed

    scalar = Scalar.of(f, f.variables)
    place = None if at is None else Place.of(scalar, at)
    asked = Asked(scalar, place, budget, wrt, along, rate, _count(steps), goal, ask)
    found, mistakes = checking.check(want.strip().lower(), answer, asked)
    data = {
        "verdict": found.outcome,
        "mistakes": list(mistakes),
        "components": listed(found.components),
        "why": found.why,
    }
    said = {"right": "Right.", "wrong": "Not right yet.", "undecided": "Not decided."}[found.outcome]
    return Answer("Checked", (), data, (said, *([found.why] if found.why else [])))
