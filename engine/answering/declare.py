"""Declaring a topic: a typed function is the command, for the bot as well as for the worker.

The parameters' types say how each option is read; the docstring's first paragraph is the summary and
its lines `name: text` describe the options. Nothing here loads SymPy, so that the bot knows every
command in a fraction of a second; a topic's body loads it in the worker.
"""

import inspect
import keyword
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from engine.answering.answer import Answer
from engine.errors import Refused, WrongUsage
from engine.reading import (
    Data,
    Expression,
    Names,
    Point,
    Window,
    read_data,
    read_expression,
    read_names,
    read_point,
    read_window,
)
from engine.reading.points import coordinates_for
from engine.reading.vector_functions import VectorFunction, read_vector_function
from engine.values import Budget

_READERS: dict[type, Callable[[str], Any]] = {
    str: lambda text: text,
    Point: read_point,
    Names: read_names,
    Window: read_window,
    Data: read_data,
    VectorFunction: read_vector_function,
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

    rank:  its place in lists, the smallest first.
    group: the command above it, for topics that are asked for rarely; "" for the others.
    check: reads what the options' types leave unread, so that it is refused before anybody waits.
    """

    name: str
    summary: str
    example: str
    options: tuple[OptionDeclared, ...]
    function: Callable[..., Answer]
    timed: bool
    rank: int
    group: str = ""
    check: Callable[..., object] | None = None

    def read(self, given: Mapping[str, str]) -> dict[str, Any]:
        """Return the options as values; a refusal names its option and stands in the learner's own text."""
        values: dict[str, Any] = {}
        # A function is read over its data, so that these come first.
        for option in sorted(self.options, key=lambda each: each.type is not Data):
            text = given.get(option.name)
            if text is None:
                if option.required:
                    raise WrongUsage(
                        f"/{self.name} needs {option.name}.", option=option.name, suggestions=(self.example,)
                    )
                continue
            try:
                values[option.name] = _read(option, text, values)
            except Refused as refused:
                raise refused.at_option(option.name) from None
        values = _fitted(values)
        if self.check is not None:
            self.check(**_parameters(values))
        return values

    def answer(self, values: Mapping[str, Any], budget: Budget) -> Answer:
        """Return the worked answer for options as `read` gave them."""
        return self.function(**_parameters(values), **({"budget": budget} if self.timed else {}))


def _parameters(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options by the names of their parameters: `as` is a word of Python's own."""
    return {f"{name}_" if keyword.iskeyword(name) else name: value for name, value in values.items()}


def _read(option: OptionDeclared, text: str, read: Mapping[str, Any]) -> object:
    """Return the value of an option; read: the values of those before it."""
    if option.type is Expression:
        return read_expression(text, data=next((each for each in read.values() if isinstance(each, Data)), None))
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
    # The point of a composition is one of the variables of its inner functions.
    f = values["inner"] if isinstance(values.get("inner"), VectorFunction) else f
    # An order of differentiation is no choice of variables: the point has a coordinate for each.
    wrt = wrt if isinstance(wrt, Names) else None
    variables = () if f is None else variables_of(f, wrt)
    if f is None or at is None or not variables:
        return values
    if wrt is not None and at.names:
        # Written with names, a point may also give the parameters.
        extra = tuple(name for name in at.names if name not in variables and name in f.variables)
        variables += extra
    try:
        coordinates = coordinates_for(at, variables)
    except Refused as refused:
        raise refused.at_option("at") from None
    return values | {"at": replace(at, coordinates=coordinates, names=variables)}


def variables_of(f: Expression | VectorFunction, wrt: Names | None) -> tuple[str, ...]:
    """Return the variables a topic works with: those of wrt, else all of f's."""
    return f.variables if wrt is None else wrt.names


TOPICS: dict[str, Topic] = {}


def topic(
    name: str, *, example: str, rank: int = 50, group: str = "", check: Callable[..., object] | None = None
) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Declare the decorated function as the topic `name`; its parameters are the options, `as_` the option `as`."""

    def declare(function: Callable[..., Answer]) -> Callable[..., Answer]:
        text = inspect.getdoc(function) or ""
        hints = get_type_hints(function)
        described = dict(re.findall(r"^(\w+):\s+(.+(?:\n {2,}.+)*)", text, re.MULTILINE))
        parameters = dict(inspect.signature(function).parameters)
        timed = parameters.pop("budget", None) is not None
        options = tuple(
            _declared(each, hints[each.name], described[each.name.rstrip("_")]) for each in parameters.values()
        )
        summary = " ".join(text.split("\n\n")[0].split())
        TOPICS[name] = Topic(name, summary, example, options, function, timed, rank, group, check)
        return function

    return declare


def _declared(parameter: inspect.Parameter, hint: object, summary: str) -> OptionDeclared:
    if get_origin(hint) in {Union, types.UnionType}:
        hint = next(each for each in get_args(hint) if each is not types.NoneType)
    choices = tuple(get_args(hint)) if get_origin(hint) is Literal else ()
    required = parameter.default is inspect.Parameter.empty
    return OptionDeclared(
        parameter.name.rstrip("_"),
        hint if isinstance(hint, type) else None,
        choices,
        required,
        " ".join(summary.split()),
    )
