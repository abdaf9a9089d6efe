"""The options of /loss as read, before SymPy is loaded."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from engine.errors import NotSupported, Refused, UnknownName, WrongLength, WrongUsage
from engine.reading import Data, Expression, Names, Point, kinds, read_data
from engine.reading.kinds import Number
from engine.reading.points import coordinates_for
from engine.reading.tree import Name, Node, names_in, walk

LossKind = Literal["mse", "logistic", "cross-entropy"]
_TARGET = "y"


@dataclass(frozen=True, slots=True)
class Fit:
    """A model over data.

    parameters: what is learned, in the order in which the model names them.
    inputs:     the names of the columns but the last, which is the target.
    at:         values of the parameters, in their order; None where none are given.
    """

    model: Expression
    data: Data
    kind: LossKind
    parameters: tuple[str, ...]
    inputs: tuple[str, ...]
    l2: Node | None
    at: tuple[Node, ...] | None
    rate: Node | None


def read_fit(
    model: Expression,
    data: str,
    *,
    kind: LossKind = "mse",
    parameters: Names | None = None,
    l2: str = "",
    at: Point | None = None,
    rate: str = "",
    **_others: object,
) -> Fit:
    """Return the options; each refusal names its option and stands in the text given there.

    Refuses a model without parameters or with the target in it, data that do not fit it, a rate without a point.
    """
    read = _data(data)
    inputs = _inputs(model, read, parameters)
    learned = parameters.names if parameters else tuple(n for n in _in_order(model) if n not in inputs)
    if not learned or not set(learned) & names_in(model.tree):
        raise WrongUsage("The model has no parameters to learn.", option="model", suggestions=("w*x+b",))
    if rate and at is None:
        raise WrongUsage("For an update I need the point it starts from: at=1,1.", option="at", suggestions=("1,1",))
    columns = replace(read, columns=(*inputs, _TARGET))
    return Fit(model, columns, kind, learned, inputs, _number(l2, "l2"), _at(at, learned), _number(rate, "rate"))


def _data(text: str) -> Data:
    try:
        return read_data(text)
    except Refused as refused:
        raise refused.at_option("data") from None


def _in_order(model: Expression) -> Iterator[str]:
    """Yield the names of the model as they occur, each once."""
    yield from dict.fromkeys(each.name for each in walk(model.tree) if isinstance(each, Name))


def _inputs(model: Expression, data: Data, parameters: Names | None) -> tuple[str, ...]:
    """Return the names of the input columns: those the data have by themselves, or what is no parameter."""
    wanted = len(data.columns) - 1
    usual = data.columns[:-1]
    if parameters is None:
        if _TARGET in names_in(model.tree) and wanted:
            raise UnknownName("y is the target; the model predicts it from x.", option="model")
        if strange := sorted({"x"} & names_in(model.tree) - set(usual)):
            raise WrongLength(f"The data have {wanted} inputs, so there is no {strange[0]}.", option="model")
        return usual
    others = tuple(sorted(set(names_in(model.tree)) - set(parameters.names)))
    if len(others) > wanted:
        raise WrongLength(
            f"The model has the inputs {', '.join(others)}, the data {wanted} beside the target.", option="data"
        )
    if set(others) <= set(usual):
        return usual
    if len(others) != wanted or _TARGET in others:
        raise NotSupported(f"I cannot tell which column is {', '.join(others)}; call them x or x1, x2.", option="model")
    return others


def _at(at: Point | None, learned: tuple[str, ...]) -> tuple[Node, ...] | None:
    if at is None:
        return None
    try:
        return coordinates_for(at, learned)
    except Refused as refused:
        raise refused.at_option("at") from None


def _number(text: str, option: str) -> Node | None:
    if not text:
        return None
    try:
        found = kinds.read(text, "number")
    except Refused as refused:
        raise refused.at_option(option) from None
    return found.tree if isinstance(found, Number) else None
