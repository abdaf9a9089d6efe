"""Faults that the loopback puts between a bot and its server, from a seed."""

import random
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["none", "error", "too fast", "cut before", "cut after", "slow before", "slow after"]


@dataclass
class Faults:
    """Shares of requests that go wrong.

    errors: answered with a 5xx, not processed.
    slow:   answered 0.5 to 2.9 s late, half of them processed late as well.
    cuts:   the connection is cut, half of them after the request was processed.
    """

    errors: float = 0.0
    slow: float = 0.0
    cuts: float = 0.0
    seed: int = 1
    _dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311 - faults are no secret

    def draw(self) -> tuple[Kind, float]:
        """Return the next fault and its delay in seconds."""
        share, second = self._dice.random(), self._dice.random()
        if share < self.errors:
            return "error", 0.0
        if share < self.errors + self.cuts:
            return ("cut before" if second < 0.5 else "cut after"), 0.0
        if share < self.errors + self.cuts + self.slow:
            delay = self._dice.uniform(0.5, 2.9)
            return ("slow before" if second < 0.5 else "slow after"), delay
        return "none", 0.0


class FirstOnly(Faults):
    """One fault for the first requests, none after them."""

    def __init__(self, kind: Kind, delay: float = 0.0, times: int = 1) -> None:
        super().__init__()
        self._left: list[tuple[Kind, float]] = [(kind, delay)] * times

    def draw(self) -> tuple[Kind, float]:
        """Return the fault once."""
        return self._left.pop() if self._left else ("none", 0.0)
