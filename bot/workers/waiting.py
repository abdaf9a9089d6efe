"""Who is next: a queue in which no learner can take everybody's place. Pure, without clock or process."""

from collections import Counter
from collections.abc import Hashable
from typing import Generic, TypeVar

from bot.workers.interface import Limits

T = TypeVar("T", bound=Hashable)


class Waiting(Generic[T]):
    """Jobs that wait, the longest waiting first, and how many jobs each learner has running."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._learners: dict[T, str] = {}
        self._running: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._learners)

    def __contains__(self, job: T) -> bool:
        return job in self._learners

    def join(self, job: T, learner: str, *, first: bool = False) -> None:
        """Let a job wait; `first` is for one that has waited before. Limits are asked by `crowded`."""
        if first:
            self._learners = {job: learner, **self._learners}
        else:
            self._learners[job] = learner

    def leave(self, job: T) -> None:
        """Forget a job that waits, if it does."""
        self._learners.pop(job, None)

    def take(self) -> tuple[T, str] | None:
        """Return the longest waiting job whose learner may run one more, and the learner.

        It counts as running from now, until `done`.
        """
        most = self._limits.running_per_learner
        for job, learner in self._learners.items():
            if most is None or self._running[learner] < most:
                del self._learners[job]
                self._running[learner] += 1
                return job, learner
        return None

    def done(self, learner: str) -> None:
        """Count one running job of the learner less."""
        self._running[learner] -= 1
        if not self._running[learner]:
            del self._running[learner]

    def crowded(self, learner: str) -> bool:
        """Return whether this learner has more jobs waiting than allowed."""
        most = self._limits.waiting_per_learner
        return most is not None and list(self._learners.values()).count(learner) > most

    def full(self) -> bool:
        """Return whether more jobs wait than allowed in all."""
        return self._limits.waiting is not None and len(self._learners) > self._limits.waiting

    def clear(self) -> list[T]:
        """Return all jobs that wait and forget them."""
        jobs = list(self._learners)
        self._learners.clear()
        return jobs
