"""How often a learner, and a place, may ask: token buckets, in this process only."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from engine.errors import Refused

MAX_REMEMBERED = 10_000


class TooOften(Refused):
    """Asked faster than the stated pace."""

    kind = "too often"


@dataclass(frozen=True, slots=True)
class Rate:
    """`calls` in `seconds`, all of them at once if need be."""

    calls: int
    seconds: float


LEARNER = Rate(10, 10.0)
PLACE = Rate(60, 10.0)


class Pace:
    """Counts what is asked. The longest unused of over 10,000 buckets is forgotten, which is never unfair."""

    def __init__(self, learner: Rate = LEARNER, place: Rate = PLACE, now: Callable[[], float] = time.monotonic) -> None:
        self._rates = {"learner": learner, "place": place}
        self._now = now
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def take(self, learner: str, place: str) -> None:
        """Count one call; refuses (TooOften) with the seconds to wait, and then counts nothing."""
        own = self._wait("learner", learner)
        if own > 0:
            raise TooOften(f"That is faster than I can follow; ask again in {math.ceil(own)} s.")
        shared = self._wait("place", place)
        if shared > 0:
            raise TooOften(f"Much is being asked here; ask again in {math.ceil(shared)} s.")
        for kind, key in (("learner", learner), ("place", place)):
            level, since = self._level(kind, key)
            self._buckets[kind, key] = (level - 1, since)
            self._buckets.move_to_end((kind, key))
        while len(self._buckets) > MAX_REMEMBERED:
            self._buckets.popitem(last=False)

    def _wait(self, kind: str, key: str) -> float:
        """Return the seconds until one call is free; zero or less where one is."""
        rate = self._rates[kind]
        return (1 - self._level(kind, key)[0]) * rate.seconds / rate.calls

    def _level(self, kind: str, key: str) -> tuple[float, float]:
        """Return how many calls are free at this moment, and the moment."""
        rate, now = self._rates[kind], self._now()
        level, since = self._buckets.get((kind, key), (float(rate.calls), now))
        return min(float(rate.calls), level + (now - since) * rate.calls / rate.seconds), now
