"""What the rest of the bot knows of the workers."""

from dataclasses import dataclass
from typing import Protocol

from engine.values import Json


@dataclass(frozen=True, slots=True)
class Result:
    """What a job gave: a value of JSON types, and its pictures as bytes."""

    value: Json
    blobs: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How many jobs may run and wait. None means no limit."""

    running_per_learner: int | None = 1
    waiting_per_learner: int | None = 2
    waiting: int | None = 64


@dataclass(frozen=True, slots=True)
class Report:
    """The workers at this moment.

    ready:   processes that are up, with or without a job (a warm spare counts).
    busy:    processes with a job.
    waiting: jobs without a process.
    kills:   processes lost so far to a deadline, a cancelled caller or a fault.
    """

    ready: int
    busy: int
    waiting: int
    kills: int


class Workers(Protocol):
    """Runs the engine's jobs elsewhere."""

    async def start(self) -> None:
        """Return at once; processes come up in the background and jobs wait for the first."""

    async def run(self, job: str, arguments: Json, *, learner: str, deadline: float | None = None) -> Result:
        """Return what the job gives.

        arguments: built-in types that JSON can carry.
        deadline:  seconds of wall time from when the job begins; None takes the usual ones.

        Raises the job's own refusal; TooLarge if it wants too much memory or gives too much back;
        Busy, OutOfTime, WorkerDied, or Failed for trouble that is not the learner's.
        A caller that is cancelled gives up its place, and the process with it if the job has begun.
        """
        ...

    async def close(self, drain: float = 5.0) -> None:
        """Refuse what waits and what comes, give running jobs `drain` seconds, then end everything."""

    def report(self) -> Report:
        """Return how many are ready, busy, waiting and lost."""
        ...
