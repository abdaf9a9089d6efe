"""What a path in floats shows about where it leads: evidence, never a proof."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import dist
from typing import Literal

import numpy as np

from engine.descending.rates import Verdict
from engine.descending.walk import Point, Walk

_LONGEST_CYCLE = 8
_TAIL = 20
_SLOW = 1e-3


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verdict and the sentence that says what was seen."""

    verdict: Verdict
    why: str


Lowest = Literal["valley", "flat", "saddle", "unknown"]


def is_level(matrix: np.ndarray | None, largest: float) -> bool:
    """Return whether f hardly curves at a point, beside the largest curvature met."""
    return matrix is not None and float(np.abs(matrix).max()) <= 1e-2 * largest


def shape(matrix: np.ndarray | None, largest: float) -> Lowest:
    """Return how f curves at the end of a path, beside the largest curvature met; by floats."""
    if matrix is None:
        return "unknown"
    values = np.linalg.eigvalsh(matrix)
    size = max(largest, 1e-300)
    if values[0] < -1e-7 * size:
        return "saddle"
    return "valley" if values[0] > 1e-7 * size else "flat"


def judged(walk: Walk, steps: int, end: Lowest, *, level: bool, at_rest: bool) -> Evidence:
    """Return where a path leads, as far as its steps show.

    steps:   how many were asked for; the rest was looked at beyond.
    end:     how f curves at the last point, seen from below.
    level:   whether f hardly curves after the steps asked for, beside what was met before.
    at_rest: whether the gradient is zero at the start.
    """
    moves = [dist(a, b) for a, b in pairwise(walk.path)]
    if walk.end:
        return _ended(walk, moves)
    count = len(moves)
    if not any(moves):
        return _unmoved(end, at_rest=at_rest)
    if _far_out(walk.path, moves):
        return Evidence("diverges", f"After {count} steps it is far out, and the steps still grow.")
    if (found := _settled(walk.path, moves, end)) is not None:
        return found
    if period := _period(walk.path, moves):
        return Evidence("cycles", f"After {count} steps it goes round the same {period} points.")
    if _closes_in(walk, moves):
        return Evidence(
            "converges", f"In {count} steps it closes in ever more slowly: each doubling of the steps moves it less."
        )
    asked = moves[:steps]
    if level and asked[-1] <= _SLOW * max(asked):
        return Evidence(
            "stalls", f"After {len(asked)} steps it creeps over a plateau: the gradient there is next to nothing."
        )
    return Evidence("undecided", f"After {count} steps it has neither settled nor repeated itself.")


def _ended(walk: Walk, moves: Sequence[float]) -> Evidence:
    said = f"Step {len(moves) + 1} cannot be made: {walk.why}."
    grown = len(moves) < 2 or moves[-1] > moves[0]
    if walk.end == "too large" and grown:
        return Evidence("diverges", said)
    return Evidence("undecided", said)


def _unmoved(end: Lowest, *, at_rest: bool) -> Evidence:
    if not at_rest:
        return Evidence("stalls", "The steps are too short to change a floating-point number.")
    if end == "valley":
        return Evidence(
            "converges", "The gradient is zero at the start, and f curves upward there: it is there already."
        )
    return Evidence(
        "stalls", "The gradient is zero at the start, so no step moves; that does not make it the best point."
    )


def _far_out(path: Sequence[Point], moves: Sequence[float]) -> bool:
    reach = max(map(abs, path[-1]))
    return reach > 1e6 * (1 + max(map(abs, path[0]))) and moves[-1] >= moves[len(moves) // 2]


def _settled(path: Sequence[Point], moves: Sequence[float], end: Lowest) -> Evidence | None:
    size = 1 + max(map(abs, path[-1]))
    still = 1e-11 * size
    if max(moves[-_TAIL:]) > still or max(moves[-_TAIL:]) > 1e-7 * max(moves):
        return None
    moving = [i for i, move in enumerate(moves) if move > 100 * still]
    if end == "saddle":
        return Evidence(
            "stalls", "It comes to rest where f still curves away: a saddle or a top, left by any disturbance."
        )
    if end == "flat" and len(moving) < 4:
        return Evidence(
            "stalls", "A jump takes it to a plateau: there the gradient is nearly zero, and so is every step."
        )
    verdict: Verdict = "converges alternating" if _turns(path, moving) else "converges"
    return Evidence(verdict, f"It comes to rest within {moving[-1] + 1 if moving else 0} steps.")


def _turns(path: Sequence[Point], moving: Sequence[int]) -> bool:
    """Tell whether the last steps that move each go back against the one before."""
    pairs = [i for i in moving if i and i - 1 in set(moving[-9:])][-8:]
    steps = [np.subtract(path[i + 1], path[i]) for i in range(len(path) - 1)] if pairs else []
    return len(pairs) >= 3 and all(float(np.dot(steps[i], steps[i - 1])) < 0 for i in pairs)


def _period(path: Sequence[Point], moves: Sequence[float]) -> int | None:
    span = max(moves[-_TAIL:])
    if len(path) < 4 * _LONGEST_CYCLE or span <= 1e-9 * (1 + max(map(abs, path[-1]))):
        return None
    close = 1e-10 * span + 4e-16 * (1 + max(map(abs, path[-1])))
    for period in range(2, _LONGEST_CYCLE + 1):
        rows = range(1, 2 * _LONGEST_CYCLE + 1)
        if all(dist(path[-i], path[-i - period]) <= close for i in rows):
            return period
    return None


def _closes_in(walk: Walk, moves: Sequence[float]) -> bool:
    """Tell whether the way of each doubling of the steps is clearly shorter than the one before."""
    count = len(moves)
    late = moves[count // 2 :]
    if count < 512 or moves[-1] > _SLOW * max(moves) or any(b > a for a, b in pairwise(late)):
        return False
    last, half, quarter, eighth = (walk.path[count // part] for part in (1, 2, 4, 8))
    ways = dist(quarter, eighth), dist(half, quarter), dist(last, half)
    return ways[1] <= 0.85 * ways[0] and ways[2] <= 0.85 * ways[1]
