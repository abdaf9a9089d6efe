"""What goes into the records of practising and comes out of them: frozen values of built-in types, never rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.values import Json

ExerciseState = Literal["open", "solved", "replaced", "given up"]
Verdict = Literal["right", "wrong", "undecided"]
RecordOutcome = Literal["recorded", "repeated", "already tried", "closed"]


@dataclass(frozen=True, slots=True)
class OpenExercise:
    """An exercise as it was posed, and how far its learner has come.

    family, version, seed and given pose it again. `last_answer` is None before the first try.
    """

    id: int
    learner: str
    place: str
    concept: str
    family: str
    version: int
    seed: int
    given: Json
    tries: int
    hints: int
    last_answer: str | None
    created_at: datetime

    @property
    def key(self) -> Json:
        """What poses it again."""
        return {"family": self.family, "version": self.version, "seed": self.seed, "given": self.given}


@dataclass(frozen=True, slots=True)
class NewAttempt:
    """A marked answer that is to be recorded. `try_number` counts from 1 within the exercise.

    receipt: what was drawn for judging it.
    """

    call_id: str
    exercise_id: int
    learner: str
    try_number: int
    answer: str
    verdict: Verdict
    components: tuple[bool | None, ...] = ()
    mistakes: tuple[str, ...] = ()
    receipt: Json | None = None


@dataclass(frozen=True, slots=True)
class RecordedAttempt:
    """An attempt as it was recorded, with what poses its exercise again.

    hints:          hints taken before this try.
    exercise_state: how the exercise stands now, not how it stood then.
    """

    call_id: str
    learner: str
    exercise_id: int
    exercise_state: ExerciseState
    concept: str
    family: str
    version: int
    seed: int
    given: Json
    try_number: int
    answer: str
    verdict: Verdict
    components: tuple[bool | None, ...]
    mistakes: tuple[str, ...]
    hints: int
    created_at: datetime
    receipt: Json | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of an attempt.

    outcome:        "recorded"; "repeated": this delivery was recorded before; "already tried": another
                    delivery recorded this try before; "closed": the exercise is no longer open.
    exercise_state: how the exercise stands now; tries: attempts recorded on it so far.
    attempt:        what stands recorded for this delivery or this try; None where nothing does ("closed").
    """

    outcome: RecordOutcome
    exercise_id: int
    exercise_state: ExerciseState
    tries: int
    attempt: RecordedAttempt | None

    @property
    def first(self) -> bool:
        """Whether this very delivery was recorded just now."""
        return self.outcome == "recorded"

    @property
    def verdict(self) -> Verdict | None:
        """The verdict that stands recorded; None where nothing does."""
        return None if self.attempt is None else self.attempt.verdict

    @property
    def try_number(self) -> int | None:
        """The number of the try that stands recorded; None where nothing does."""
        return None if self.attempt is None else self.attempt.try_number


@dataclass(frozen=True, slots=True)
class ConceptSummary:
    """One concept of one learner: exercises posed and solved, attempts, right ones, hints."""

    concept: str
    posed: int
    solved: int
    attempts: int
    right: int
    hints: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What one learner has done. `last_attempts` holds ten at most, newest first.

    last_active: the last exercise, attempt or hint; None for a learner without any.
    """

    learner: str
    posed: int
    solved: int
    attempts: int
    right: int
    hints: int
    concepts: tuple[ConceptSummary, ...]
    last_active: datetime | None
    last_attempts: tuple[RecordedAttempt, ...]
