"""The options of /descent as read, before SymPy is loaded."""

import re
from dataclasses import dataclass
from typing import Literal

from engine.errors import NotSupported, Refused, TooLarge, UnknownName, WrongUsage
from engine.reading import Expression, Point, kinds
from engine.reading.kinds import Number, Relation, read_relations
from engine.reading.points import coordinates_for
from engine.reading.tree import Node, names_in

MAX_STEPS = 1000
Method = Literal["gradient", "momentum", "nesterov", "rmsprop", "adam", "newton"]
Goal = Literal["min", "max"]
_WITH_MOMENTUM = ("momentum", "nesterov", "adam")


@dataclass(frozen=True, slots=True)
class Options:
    """How to walk: numbers as trees; momentum and clip None where they are not given."""

    start: tuple[Node, ...]
    rate: Node
    steps: int
    method: Method
    momentum: Node | None
    clip: Node | None
    subject: tuple[Relation, ...]
    goal: Goal


def read_options(  # noqa: PLR0913 - its parameters are the options of the command
    f: Expression,
    start: Point,
    rate: str,
    *,
    steps: str = "20",
    method: Method | None = None,
    momentum: str = "",
    clip: str = "",
    subject: str = "",
    goal: Goal = "min",
    **_others: object,
) -> Options:
    """Return the options; each refusal names its option and stands in the text given there.

    Refuses parameters in f, more than 1,000 steps, momentum for methods that have none.
    """
    chosen: Method = method or ("momentum" if momentum else "gradient")
    if momentum and chosen not in _WITH_MOMENTUM:
        raise WrongUsage(f"{chosen} has no momentum.", option="momentum", suggestions=_WITH_MOMENTUM)
    if extra := sorted(names_in(f.tree) - set(f.variables)):
        raise NotSupported(f"Give {', '.join(extra)} numbers: I can only walk where f has values.", option="f")
    return Options(
        _start(f, start),
        _number(rate, "rate"),
        _count(steps),
        chosen,
        _number(momentum, "momentum") if momentum else None,
        _number(clip, "clip") if clip else None,
        _subject(subject, f.variables) if subject else (),
        goal,
    )


def _start(f: Expression, start: Point) -> tuple[Node, ...]:
    if not f.variables:
        raise WrongUsage("f is a constant: there is nothing to walk along.", option="f", suggestions=("x^2+y^2",))
    try:
        return coordinates_for(start, f.variables)
    except Refused as refused:
        raise refused.at_option("start") from None


def _number(text: str, option: str) -> Node:
    try:
        found = kinds.read(text, "number")
    except Refused as refused:
        raise refused.at_option(option) from None
    if not isinstance(found, Number):
        raise WrongUsage(f"{option} is a number.", option=option, suggestions=("0.1",))
    return found.tree


def _count(text: str) -> int:
    if not re.fullmatch(r"\s*\d{1,9}\s*", text, re.ASCII) or int(text) == 0:
        raise WrongUsage("steps is a whole number, 20 for instance.", option="steps", span=(0, len(text)))
    if int(text) > MAX_STEPS:
        raise TooLarge(f"I walk up to {MAX_STEPS} steps.", option="steps", span=(0, len(text)))
    return int(text)


def _subject(text: str, variables: tuple[str, ...]) -> tuple[Relation, ...]:
    try:
        found = read_relations(text, variables)
        names = {name for each in found for side in (each.left, each.right) for name in names_in(side)}
        if strange := sorted(names - set(variables)):
            raise UnknownName(f"There is no variable {strange[0]} in f.", span=(0, len(text)))
    except Refused as refused:
        raise refused.at_option("subject") from None
    return found
