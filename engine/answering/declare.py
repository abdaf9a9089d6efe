"""Declaring a topic: a typed function is the command, for the bot as well as for the worker.

The parameters' types say how each option is read; the docstring's first paragraph is the summary and
its lines `name: text` describe the options. Nothing here loads SymPy, so that the bot knows every
command in a fraction of a second; a topic's body loads it in the worker.
"""

import inspect
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args, get_origin, get_type_hints

from engine.answering.answer import Answer
from engine.errors import Refused, WrongUsage
from engine.reading import Expression, Names, Point, Window, forms, read_expression, read_names, read_point, read_window

_READERS: dict[type, Callable[[str], Any]] = {
    Expression: read_expression,
    Point: read_point,
    Names: read_names,
    Window: read_window,
}


@dataclass(frozen=True, slots=True)
class OptionDeclared:
    """An option of a topic: its name, how it is read, whether it must be given, its description."""

    name: str
    type: type | None
    choices: tuple[str, ...]
    required: bool
    summary: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: one command, one function of read values; `timed` where it wants to know its budget.

    rank: its place in lists, the smallest first.
    """

    name: str
    summary: str
    example: str
    options: tuple[OptionDeclared, ...]
    function: Callable[..., Answer]
    timed: bool
    rank: int

    def read(self, given: Mapping[str, str]) -> dict[str, Any]:
        """Return the options as values; a refusal names its option and stands in the learner's own text."""
        values: dict[str, Any] = {}
        for option in self.options:
            text = given.get(option.name)
            if text is None:
                if option.required:
                    raise WrongUsage(
                        f"/{self.name} needs {option.name}.", option=option.name, suggestions=(self.example,)
                    )
                continue
            try:
                values[option.name] = _read(option, text)
            except Refused as refused:
                raise refused.at_option(option.name) from None
        return _fitted(values)


def _read(option: OptionDeclared, text: str) -> object:
    if option.type is not None:
        return _READERS[option.type](text)
    choice = text.strip().lower()
    if choice not in option.choices:
        raise WrongUsage(
            f"{option.name} is one of {', '.join(option.choices)}.", span=(0, len(text)), suggestions=option.choices
        )
    return choice


def _fitted(values: dict[str, Any]) -> dict[str, Any]:
    """Bring the point of a function into the order of its variables."""
    f, at, wrt = values.get("f"), values.get("at"), values.get("wrt")
    variables = () if f is None else variables_of(f, wrt)
    if f is None or at is None or not variables:
        return values
    if wrt is not None and at.names:
        # Written with names, a point may also give the parameters.
        extra = tuple(name for name in at.names if name not in variables and name in f.variables)
        variables += extra
    try:
        coordinates = forms.coordinates_for(at, variables)
    except Refused as refused:
        raise refused.at_option("at") from None
    return values | {"at": replace(at, coordinates=coordinates, names=variables)}


def variables_of(f: Expression, wrt: Names | None) -> tuple[str, ...]:
    """Return the variables a topic works with: those of wrt, else all of f's."""
    return f.variables if wrt is None else wrt.names


TOPICS: dict[str, Topic] = {}


def topic(name: str, *, example: str, rank: int = 50) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Declare the decorated function as the topic `name`."""

    def declare(function: Callable[..., Answer]) -> Callable[..., Answer]:
        text = inspect.getdoc(function) or ""
        hints = get_type_hints(function)
        described = dict(re.findall(r"^(\w+):\s+(.+(?:\n {2,}.+)*)", text, re.MULTILINE))
        parameters = dict(inspect.signature(function).parameters)
        timed = parameters.pop("budget", None) is not None
        options = tuple(_declared(each, hints[each.name], described[each.name]) for each in parameters.values())
        summary = " ".join(text.split("\n\n")[0].split())
        TOPICS[name] = Topic(name, summary, example, options, function, timed, rank)
        return function

    return declare


def _declared(parameter: inspect.Parameter, hint: object, summary: str) -> OptionDeclared:
    inner = [each for each in get_args(hint) if each is not types.NoneType] if isinstance(hint, types.UnionType) else []
    hint = inner[0] if inner else hint
    choices = tuple(get_args(hint)) if get_origin(hint) is Literal else ()
    required = parameter.default is inspect.Parameter.empty
    return OptionDeclared(
        parameter.name, hint if isinstance(hint, type) else None, choices, required, " ".join(summary.split())
    )
