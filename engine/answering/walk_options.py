"""The options of /descent as read, before SymPy is loaded."""

import re
from dataclasses import dataclass, replace
from typing import Any, Literal

from engine.errors import NotSupported, Refused, TooLarge, UnknownName, WrongUsage
from engine.reading import Expression, Point, kinds, read_point
from engine.reading.kinds import Number, Relation, read_relations
from engine.reading.points import coordinates_for
from engine.reading.tree import Node, names_in

MAX_STEPS = 1000
MAX_PATHS = 3
Method = Literal["gradient", "momentum", "nesterov", "rmsprop", "adam", "newton"]
Goal = Literal["min", "max"]
_WITH_MOMENTUM = ("momentum", "nesterov", "adam")


@dataclass(frozen=True, slots=True)
class Options:
    """How to walk: numbers as trees; momentum and clip None where they are not given.

    typed: the start as it was typed; `start` are its coordinates in the order of the variables.
    begin: where the start stands in the text of its option.
    """

    typed: Point
    start: tuple[Node, ...]
    begin: int
    rate: Node
    steps: int
    method: Method
    momentum: Node | None
    clip: Node | None
    subject: tuple[Relation, ...]
    goal: Goal


def read_runs(  # noqa: PLR0913 - its parameters are the options of the command
    f: Expression,
    start: str,
    rate: str,
    *,
    steps: str = "20",
    method: Method | None = None,
    momentum: str = "",
    clip: str = "",
    subject: str = "",
    goal: Goal = "min",
    map: Literal["no", "yes"] = "no",  # noqa: A002 - the name of the option
    **_others: object,
) -> tuple[Options, ...]:
    """Return the options of each path, one for each start or for each rate.

    A refusal names its option and stands in the text given there.
    Refuses parameters in f, more than 1,000 steps or three paths, several starts with several rates, momentum for
    methods that have none, a map of basins for anything but plain gradient steps with two variables.
    """
    chosen: Method = method or ("momentum" if momentum else "gradient")
    if momentum and chosen not in _WITH_MOMENTUM:
        raise WrongUsage(f"{chosen} has no momentum.", option="momentum", suggestions=_WITH_MOMENTUM)
    if extra := sorted(names_in(f.tree) - set(f.variables)):
        raise NotSupported(f"Give {', '.join(extra)} numbers: I can only walk where f has values.", option="f")
    if map == "yes" and (len(f.variables) != 2 or chosen != "gradient" or clip or subject):
        raise NotSupported(
            "A map of basins needs two variables and plain gradient steps, without momentum, clip and subject.",
            option="map",
        )
    starts = _starts(f, start)
    rates = [_number(piece, "rate", begin) for begin, piece in _pieces(rate, "rate")]
    if len(starts) > 1 and len(rates) > 1:
        raise WrongUsage("Give several starts or several rates, not both: then one thing differs.", option="rate")
    one = Options(
        *starts[0],
        rates[0],
        _count(steps),
        chosen,
        _number(momentum, "momentum") if momentum else None,
        _number(clip, "clip") if clip else None,
        _subject(subject, f.variables) if subject else (),
        goal,
    )
    others = [replace(one, typed=typed, start=at, begin=begin) for typed, at, begin in starts[1:]]
    return (one, *others, *(replace(one, rate=each) for each in rates[1:]))


def read_options(f: Expression, start: str, rate: str, **others: Any) -> Options:  # noqa: ANN401 - those of `read_runs`
    """Return the options of the one path; refuses what `read_runs` refuses, and several paths."""
    first, *more = read_runs(f, start, rate, **others)
    if more:
        raise NotSupported("This I do for one path only: give one start and one rate.", option="start")
    return first


def _pieces(text: str, option: str) -> list[tuple[int, str]]:
    """Return what stands between the semicolons, each with its place in the text."""
    found = [(each.start(), each.group()) for each in re.finditer("[^;]+", text) if each.group().strip()]
    if len(found) > MAX_PATHS:
        raise TooLarge(f"I walk up to {MAX_PATHS} paths at once.", option=option, span=(0, len(text)))
    return found or [(0, text)]


def _starts(f: Expression, text: str) -> list[tuple[Point, tuple[Node, ...], int]]:
    if not f.variables:
        raise WrongUsage("f is a constant: there is nothing to walk along.", option="f", suggestions=("x^2+y^2",))
    try:
        # A semicolon may part the coordinates of one point, too: x=1; y=2.
        return [_start(f, text, 0)]
    except Refused:
        if len(pieces := _pieces(text, "start")) < 2:
            raise
    return [_start(f, piece, begin) for begin, piece in pieces]


def _start(f: Expression, text: str, begin: int) -> tuple[Point, tuple[Node, ...], int]:
    try:
        typed = read_point(text, f.variables)
        return typed, coordinates_for(typed, f.variables), begin
    except Refused as refused:
        raise moved(refused, begin).at_option("start") from None


def moved(refused: Refused, begin: int) -> Refused:
    """Return a refusal of a piece as one of the whole text."""
    if refused.span is not None:
        refused.span = (refused.span[0] + begin, refused.span[1] + begin)
    return refused


def _number(text: str, option: str, begin: int = 0) -> Node:
    try:
        found = kinds.read(text, "number")
    except Refused as refused:
        raise moved(refused, begin).at_option(option) from None
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
