"""A worked answer as runnable NumPy code that comes to the same numbers."""

from collections.abc import Callable

import numpy as np

from engine.answering import numpy_chain, numpy_fields, numpy_loss, numpy_points, numpy_walk
from engine.answering.numpy_parts import Code, Read
from engine.building import build
from engine.calculus import grids
from engine.calculus.pieces import by_cases
from engine.calculus.signs import decimal
from engine.errors import NotSupported, Refused
from engine.reading import Expression, Point
from engine.values import Json

LONGEST = 3000
Writer = Callable[[Read, Json], Code]
WRITERS: dict[str, Writer] = {
    "grad": numpy_fields.gradient,
    "plot": numpy_fields.gradient,
    "partial": numpy_fields.partial,
    "hessian": numpy_fields.hessian,
    "directional": numpy_fields.directional,
    "tangent": numpy_fields.tangent,
    "level": numpy_fields.level,
    "critical": numpy_points.critical,
    "optimize": numpy_points.optimize,
    "descent": numpy_walk.descent,
    "numeric": numpy_walk.numeric,
    "loss": numpy_loss.loss,
    "chain": numpy_chain.chain,
    "jacobian": numpy_chain.jacobian,
    "backprop": numpy_chain.backprop,
}


# Topics whose data have every formula of the code; for the others derivatives are taken of f as it was read.
_COMPLETE = frozenset({"grad", "plot", "partial", "hessian", "numeric", "chain", "jacobian", "backprop"})
_LONGEST_OFFERED = 300
_MOST_NODES = 25


def offers(topic: str, read: Read, data: Json) -> bool:
    """Tell, without computing anything, whether `written` has code for an answer."""
    f = read.get("f")
    if topic not in WRITERS or len(data["f"]) > _LONGEST_OFFERED:
        return False
    if f is not None and topic not in _COMPLETE and by_cases(f.tree):
        return False
    match topic:
        case "critical":
            return not data["parameters"] and numpy_points.is_listed(data["points"])
        case "optimize":
            return not data["parameters"] and numpy_points.is_listed(data["candidates"])
        case "backprop":
            return len(data["nodes"]) <= _MOST_NODES
        case "level":
            return data["normal"] is not None
        case "descent":
            return not read.get("subject")
        case _:
            return True


def written(topic: str, read: Read, data: Json) -> str:
    """Return the code for a topic's answer.

    read: the options as the topic read them; data: of its answer.
    Refuses (NotSupported) topics and answers that it has no code for, and what is too long to be read.
    """
    writer = WRITERS.get(topic)
    if writer is None:
        raise NotSupported(f"There is no NumPy code for /{topic}.")
    if _overflows(read, data):
        raise NotSupported(
            "NumPy computes in double precision, and f as it is written leaves it at this point: "
            "the code would print inf or nan."
        )
    lines = ["import numpy as np", *writer(read, data)]
    code = "\n".join(lines) + "\n"
    if len(code) > LONGEST:
        raise NotSupported("The code for this answer is too long to be read in one piece.")
    return code


def _overflows(read: Read, data: Json) -> bool:
    """Tell whether f has no value in doubles at a point of its own, where the answer has one."""
    f, at = read.get("f"), read.get("at")
    if not (isinstance(f, Expression) and isinstance(at, Point)) or by_cases(f.tree):
        return False
    if len(at.coordinates) != len(data["variables"]):
        return False
    try:
        values = {n: np.array([decimal(build(c))]) for n, c in zip(data["variables"], at.coordinates, strict=True)}
    except Refused:
        return True
    return set(values) >= set(f.variables) and not bool(np.isfinite(grids.evaluate(f.tree, values)).all())
