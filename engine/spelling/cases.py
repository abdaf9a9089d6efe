"""Functions given by cases, and their conditions, in any spelling."""

from collections.abc import Callable, Mapping

from engine.reading.functions import CASES, CONDITIONS
from engine.reading.tree import Apply, Node


def is_part(node: Apply) -> bool:
    """Tell whether this is a function given by cases, or a condition."""
    return node.function == CASES or node.function in CONDITIONS


def pairs(node: Apply) -> tuple[tuple[Node, Node | None], ...]:
    """Return each value with its condition; None is the condition of the value for everything else."""
    values, conditions = node.arguments[::2], node.arguments[1::2]
    return tuple(zip(values, [*conditions, None][: len(values)], strict=True))


def condition(node: Apply, spelled: Callable[[Node], str], signs: Mapping[str, str], both: str) -> str:
    """Return a condition; signs: how comparisons are written; both: what stands between two that hold together."""
    if node.function == "and":
        return both.join(spelled(each) for each in node.arguments)
    left, right = node.arguments
    return f"{spelled(left)} {signs.get(node.function, node.function)} {spelled(right)}"


def braces(node: Apply, spelled: Callable[[Node], str], signs: Mapping[str, str]) -> str:
    """Return a condition, or {value, condition; value, otherwise}, in text that can be typed again."""
    if node.function != CASES:
        return condition(node, spelled, signs, " and ")
    rows = (f"{spelled(value)}, {spelled(when) if when else 'otherwise'}" for value, when in pairs(node))
    return "{" + "; ".join(rows) + "}"
