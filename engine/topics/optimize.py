"""Extrema under constraints."""

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Literal

from engine.answering.answer import Answer
from engine.answering.declare import TOPICS, Topic, topic
from engine.answering.subjects import read_subject
from engine.errors import Refused
from engine.reading import Expression, Point
from engine.reading.points import coordinates_for
from engine.values import Budget

Goal = Literal["both", "min", "max"]
_ENDS: dict[str, Goal] = {"both": "both", "min": "min", "max": "max", "minimum": "min", "maximum": "max"}
_SUBJECT_TO = re.compile(r"\s*[,;]?\s*\b(?:subject\s+to|such\s+that|s\.\s?t\.)\s*:?\s*", re.IGNORECASE)


class _Subject(Topic):
    """A topic whose point has a coordinate for each variable of f and of its constraints."""

    __slots__ = ()

    def read(self, given: Mapping[str, str]) -> dict[str, Any]:
        """Return the options as values, the constraints as typed; refusals as every topic's."""
        given = _apart(given)
        at = next(each for each in self.options if each.name == "at")
        alone = replace(self, options=(at,), check=None)
        values = Topic.read(replace(self, options=tuple(each for each in self.options if each != at)), given)
        names = read_subject(values["subject"], values["f"]).names
        values |= Topic.read(alone, {name: text for name, text in given.items() if name == "at"})
        if "at" not in values:
            return values
        try:
            coordinates = coordinates_for(values["at"], names)
        except Refused as refused:
            raise refused.at_option("at") from None
        return values | {"at": replace(values["at"], coordinates=coordinates, names=names)}


def _apart(given: Mapping[str, str]) -> Mapping[str, str]:
    """Return the options with `subject to` inside of f taken as the option."""
    parts = _SUBJECT_TO.split(given.get("f", ""), maxsplit=1)
    return given if "subject" in given or len(parts) == 1 else {**given, "f": parts[0], "subject": parts[1]}


@topic("optimize", example="/optimize f=x*y subject=x^2+y^2=1", rank=3)
def optimize(
    f: Expression,
    subject: str,
    budget: Budget,
    goal: Literal["both", "min", "max", "minimum", "maximum"] = "both",
    at: Point | None = None,
    steps: Literal["none", "short", "all"] = "short",
) -> Answer:
    """Extrema of f under constraints, and whether they are proven to be the largest and smallest values.

    f:       a scalar function of real variables, for instance x*y
    subject: the constraints, x^2+y^2=1 or x+y<=10; x,y>=0
    goal:    both, min or max
    at:      a point on the constraints: which way to move from there, 1,2 or x=1 y=2
    steps:   none, short (what a teacher writes) or all (every rule)

    f and the constraints have up to 8 variables together. Candidates are the points where ∇f = λ∇g on a face of
    the region, where the gradients of the constraints are dependent, where f is not smooth, and corners.
    `complete` says whether these are all; `attained` whether there is a minimum and a maximum (null: not
    proven), `reach` in words. `best` is then the value, or the bound it comes near to, oo and -oo where there
    is none. A kind "neither" is no extremum although it is the best place on its own face of the region.
    Multipliers are null where the constraints are not regular; units: those of f over those of g.
    Refuses (NotInDomain) a point off the constraints, (NotSupported) signs other than = <= >= < >.
    Source: Nocedal and Wright, Numerical Optimization, 2nd ed., chapter 12; Stewart, Calculus, 8th ed.,
    section 14.8.
    """
    from engine.answering import budgets, moves, optima_words
    from engine.answering.optima import Optimised
    from engine.answering.optima_steps import Worked
    from engine.answering.place import Place
    from engine.answering.scalar import Scalar

    limits = read_subject(subject, f)
    scalar = Scalar.of(f, limits.names)
    place = None if at is None else Place.of(scalar, at)
    before = budget.left()
    told = Optimised.of(scalar, limits, _ENDS[goal], budget)
    took = before - budget.left()
    move = None if place is None else moves.Move.of(place, told.problem, limits.relations, down=told.goal == "min")
    changed = budgets.changes(told.problem, limits.relations, told.found, told.ends(), budget, took)
    way = Worked.of(told, budget, steps)
    data = scalar.data() | told.data() | (moves.NOWHERE if move is None else move.data())
    return Answer(
        "Constrained extrema",
        (
            scalar.echo(),
            told.subject_line(),
            *way.lines(),
            *way.checks(),
            *told.lines(),
            *(() if move is None else move.lines()),
        ),
        data | {"sensitivity": [each.data() for each in changed], "steps": way.steps()},
        (
            *scalar.remarks(),
            *optima_words.remarks(told, changed),
            *way.remarks(),
            *(() if move is None else (move.remark(),)),
        ),
        optima_words.actions(told),
        draw=told.draw if move is None else lambda: told.draw(*move.numbers()),
    )


_declared = TOPICS["optimize"]
TOPICS["optimize"] = _Subject(*(getattr(_declared, field.name) for field in fields(_declared)))
