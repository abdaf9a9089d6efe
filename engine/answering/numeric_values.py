"""Difference quotients in double precision, as NumPy computes them: nothing in them is better than a learner's own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from engine.calculus import grids
from engine.calculus.pieces import by_cases
from engine.reading.functions import CASES
from engine.reading.tree import Apply, Binary, Negative, Node, walk

Method = Literal["forward", "backward", "central", "complex"]
METHODS: tuple[Method, ...] = ("forward", "backward", "central", "complex")
Numbers = tuple[float | None, ...]
_Grid = NDArray[Any]
# What is no power series around some of its points: there f(x + ih) says nothing about the slope.
_NOT_ANALYTIC = frozenset({"abs", "sign", "min", "max", "relu", "step", "floor", "ceil", "atan2", "factorial", CASES})
_COMPARED = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}


@dataclass(frozen=True, slots=True)
class Row:
    """What the methods give for one step: one number for each variable, None where f has no value that is needed."""

    h: float
    found: Mapping[Method, Numbers]


def is_analytic(tree: Node) -> bool:
    """Tell whether the complex step may be used: nothing in the tree has a kink, a jump or cases."""
    return not any(isinstance(each, Apply) and each.function in _NOT_ANALYTIC for each in walk(tree))


def value(tree: Node, names: Sequence[str], at: Sequence[float]) -> float | None:
    """Return f at a point, None where no double is its value."""
    return _known(_values(tree, names, np.array(at)[None, :]))[0]


def rows(
    tree: Node, names: Sequence[str], at: Sequence[float], steps: Sequence[float], *, turned: bool
) -> tuple[Row, ...]:
    """Return the difference quotients of f at a point for each step. turned: with the complex step too."""
    point, h = np.array(at), np.array(steps)
    size = len(at)
    moves = h[:, None, None] * np.eye(size)
    ahead = _values(tree, names, (point + moves).reshape(-1, size)).reshape(-1, size)
    behind = _values(tree, names, (point - moves).reshape(-1, size)).reshape(-1, size)
    here = _values(tree, names, point[None, :])[0]
    with np.errstate(all="ignore"):
        quotients: dict[Method, _Grid] = {
            "forward": (ahead - here) / h[:, None],
            "backward": (here - behind) / h[:, None],
            "central": (ahead - behind) / (2 * h[:, None]),
        }
        if turned:
            aside = (point + 1j * moves).reshape(-1, size)
            places = {name: aside[:, i] for i, name in enumerate(names)}
            quotients["complex"] = grids.evaluate_complex(tree, places).imag.reshape(-1, size) / h[:, None]
    return tuple(
        Row(step, {method: _known(found[i]) for method, found in quotients.items()}) for i, step in enumerate(steps)
    )


def _known(values: _Grid) -> Numbers:
    return tuple(float(each) + 0.0 if np.isfinite(each) else None for each in values)


def _values(tree: Node, names: Sequence[str], points: _Grid) -> _Grid:
    """Return f at points, shape (m, n) -> (m,); NaN where no double is its value."""
    if not by_cases(tree):
        return grids.evaluate(tree, {name: points[:, i] for i, name in enumerate(names)})
    return np.array([_by_cases(tree, dict(zip(names, point[:, None], strict=True))) for point in points])


def _by_cases(tree: Node, place: Mapping[str, _Grid]) -> float:
    try:
        return float(grids.evaluate(_chosen(tree, place), place)[0])
    except _NoCaseError:
        return float("nan")


class _NoCaseError(Exception):
    """No case of a function holds."""


def _chosen(node: Node, place: Mapping[str, _Grid]) -> Node:
    """Return the tree with each function given by cases as the case that holds at a place, as doubles see it."""
    match node:
        case Apply(function=function) if function == CASES:
            return _chosen(next(_holding(node, place)), place)
        case Apply():
            return replace(node, arguments=tuple(_chosen(each, place) for each in node.arguments))
        case Binary():
            return replace(node, left=_chosen(node.left, place), right=_chosen(node.right, place))
        case Negative():
            return replace(node, of=_chosen(node.of, place))
        case _:
            return node


def _holding(cases: Apply, place: Mapping[str, _Grid]) -> Iterator[Node]:
    found, conditions = cases.arguments[::2], cases.arguments[1::2]
    for one, condition in zip(found, conditions, strict=False):
        if _holds(condition, place):
            yield one
    if len(found) > len(conditions):
        yield found[-1]
    raise _NoCaseError


def _holds(condition: Node, place: Mapping[str, _Grid]) -> bool:
    if not isinstance(condition, Apply):
        return False
    if condition.function == "and":
        return all(_holds(each, place) for each in condition.arguments)
    left, right = (grids.evaluate(_chosen(each, place), place)[0] for each in condition.arguments)
    if condition.function in {"=", "!="}:
        return bool((left == right) == (condition.function == "="))
    return bool(_COMPARED[condition.function](left, right))
