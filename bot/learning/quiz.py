"""The rules of a group quiz: limits, whose numbers are whose, when it ends, who leads."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from engine.errors import WrongUsage
from engine.exercises import find

SECONDS = range(10, 601)
ROUNDS = range(1, 21)
USUAL_SECONDS = 60
USUAL_ROUNDS = 5
ANSWERS_PER_ROUND = 2
PLAYERS_PER_ROUND = 100
LONGEST_PLACE = 100

_SILENT_ROUNDS = 2
_PLAYER_SEEDS = 2**31


@dataclass(frozen=True, slots=True)
class Standing:
    """What a player has so far: `right` of `answered` rounds. Equal numbers right share a rank."""

    rank: int
    learner: str
    right: int
    answered: int


def seed_of(quiz_seed: int, number: int, player: int) -> int:
    """Return the seed of the own exercise of a player, who is a number, in a round.

    It tells nothing of the quiz's seed, and so nothing of later rounds or of other players' numbers.
    """
    named = f"{quiz_seed}/{number}/{player}".encode()
    return int.from_bytes(hashlib.sha256(named).digest()[:8], "big") % _PLAYER_SEEDS


def goes_on(number: int, rounds: int, players: Iterable[int]) -> bool:
    """Tell whether another round follows round `number`.

    players: how many answered in each round so far, this one last. Two silent rounds running end the quiz.
    """
    lately = list(players)[-_SILENT_ROUNDS:]
    return number < rounds and (len(lately) < _SILENT_ROUNDS or any(lately))


def can_be_played(family: str, version: int) -> bool:
    """Tell whether the questions of a quiz are still here, in the version that it began with."""
    try:
        find(family, version)
    except WrongUsage:
        return False
    return True


def standings(results: Iterable[tuple[str, bool]]) -> tuple[Standing, ...]:
    """Return the table of a quiz, best first.

    results: a player and whether the answer was right, for each player and round answered in.
    """
    right: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    for learner, was_right in results:
        right[learner] += was_right
        answered[learner] += 1
    counts = sorted(right.values(), reverse=True)
    found = (Standing(counts.index(right[each]) + 1, each, right[each], answered[each]) for each in answered)
    return tuple(sorted(found, key=lambda each: (each.rank, each.learner)))
