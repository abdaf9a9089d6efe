"""What crosses the border of the engine: frozen values of built-in types."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture. `alt` carries the numbers that are in it; `name` ends in .png, or in .gif where it moves."""

    name: str
    alt: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Worked:
    """A worked answer: lines of Unicode text for people, `data` for programs, and the pictures.

    `actions` are command lines that continue from here.
    """

    title: str
    lines: tuple[str, ...]
    data: Json
    pictures: tuple[Picture, ...] = ()
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Posed:
    """An exercise as posed. The same family, version, seed and given pose it again, byte for byte."""

    family: str
    version: int
    seed: int
    given: Json
    concept: str
    statement: str
    type: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked answer.

    verdict:    "right", "wrong" or "undecided".
    feedback:   sentences for the learner.
    components: for each component of the answer, whether it is right (None: not decided).
    mistakes:   ids of the mistakes that explain a wrong answer, best first.
    solution:   the right answer, as it would be typed; for after the bell of a quiz, never with a verdict.
    receipt:    what the verdict can be come to again with.
    """

    verdict: str
    feedback: tuple[str, ...]
    components: tuple[bool | None, ...] = ()
    mistakes: tuple[str, ...] = ()
    solution: str = ""
    receipt: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """A verdict come to again from its receipt, and what was seen on the way.

    lines: sentences for the learner; nothing in them is the right answer.
    parts: for each part of the answer what was drawn and seen: primes, points, precision.
    """

    verdict: str
    lines: tuple[str, ...]
    parts: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Budget:
    """The wall time a job may still take. The clock comes from whoever runs the job.

    The hard end is the worker's (the process is killed); at the soft end a job returns what is
    certain so far.
    """

    deadline: float
    now: Callable[[], float] = field(repr=False)
    soft_share: float = 0.7
    started: float = 0.0

    def left(self) -> float:
        """Return the seconds until the soft end, negative when it has passed."""
        return self.started + self.soft_share * (self.deadline - self.started) - self.now()
