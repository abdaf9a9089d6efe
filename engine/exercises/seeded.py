"""Numbers drawn from a seed, the same for ever: only `random()` is used, whose stream Python pins."""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """A stream of choices that a seed decides."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random  # noqa: S311 - exercises are no secrets

    def integer(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + int(self._random() * (high - low + 1))

    def among(self, choices: Sequence[T]) -> T:
        """Return one of the choices."""
        return choices[self.integer(0, len(choices) - 1)]
