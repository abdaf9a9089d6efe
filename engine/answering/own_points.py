"""Topics that fit their point themselves: its coordinates are those of other names than the variables of f."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from engine.answering.answer import Answer
from engine.answering.declare import TOPICS, Topic
from engine.reading import Expression
from engine.values import Budget

Solver = Callable[..., Answer]
_MADE = "made of "


class OwnPoint(Topic):
    """A topic whose point stays as typed, and whose `check` may give functions that the options stand for."""

    __slots__ = ()

    def read(self, given: Mapping[str, str]) -> dict[str, Any]:
        """Return the options as values, the point as typed; refusals as every topic's.

        Functions that the options are made into stand beside them, so that a sealed one is known in any disguise.
        """
        at = next(each for each in self.options if each.name == "at")
        others = tuple(each for each in self.options if each != at)
        values = Topic.read(replace(self, options=others, check=None), given)
        alone = {"at": given["at"]} if "at" in given else {}
        values |= Topic.read(replace(self, options=(at,), check=None), alone)
        made: tuple[Expression, ...] = () if self.check is None else tuple(self.check(**values))  # type: ignore[arg-type]  # what its check gives
        return values | {f"{_MADE}{i}": replace(each, notes=()) for i, each in enumerate(made)}

    def answer(self, values: Mapping[str, Any], budget: Budget) -> Answer:
        """Return the worked answer for options as `read` gave them."""
        return Topic.answer(self, {n: each for n, each in values.items() if not n.startswith(_MADE)}, budget)


def fits_its_own_point(declared: Solver) -> Solver:
    """Make the topic just declared by a function one that fits its point itself; above @topic."""
    name = next(each.name for each in TOPICS.values() if each.function is declared)
    found = TOPICS[name]
    TOPICS[name] = OwnPoint(*(getattr(found, field.name) for field in fields(found)))
    return declared
