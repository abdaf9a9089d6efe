"""What goes into the store and comes out of it: frozen values of built-in types, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.learning.quiz import Standing
from bot.talk import Theme
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
    """A marked answer that is to be recorded. `try_number` counts from 1 within the exercise."""

    call_id: str
    exercise_id: int
    learner: str
    try_number: int
    answer: str
    verdict: Verdict
    components: tuple[bool | None, ...] = ()
    mistakes: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class NewQuiz:
    """A quiz that is to begin. `seconds` is the length of a round; `seed` decides everybody's numbers."""

    call_id: str
    place: str
    starter: str
    concept: str
    family: str
    version: int
    seed: int
    seconds: int
    rounds: int


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz as it began, and whether it still runs. Its seed is a secret as long as it does."""

    id: int
    call_id: str
    place: str
    starter: str
    concept: str
    family: str
    version: int
    seed: int
    seconds: int
    rounds: int
    running: bool


@dataclass(frozen=True, slots=True)
class NewQuizAnswer:
    """A marked answer that is to be sealed. `number` is 1, or 2 for the one change a player has.

    seed:         of the player's own exercise.
    right_answer: what would be right, where that is known.
    """

    call_id: str
    round_id: int
    learner: str
    number: int
    seed: int
    answer: str
    read_as: str
    verdict: Verdict
    components: tuple[bool | None, ...]
    mistakes: tuple[str, ...]
    right_answer: str | None


@dataclass(frozen=True, slots=True)
class SealedAnswer:
    """What a player may know of an own answer before the bell: everything but the verdict."""

    call_id: str
    learner: str
    round_id: int
    round_number: int
    number: int
    seed: int
    answer: str
    read_as: str


@dataclass(frozen=True, slots=True)
class OpenRound:
    """The round that runs in a place, as one player sees it.

    seconds_left: until the deadline; negative when the bell is due.
    seed:         of this player's own question; None for one who does not take part yet.
    answers:      this player's own, in order.
    """

    id: int
    quiz: Quiz
    number: int
    seconds_left: float
    seed: int | None
    answers: tuple[SealedAnswer, ...]


@dataclass(frozen=True, slots=True)
class RevealedAnswer:
    """A player's last answer of a closed round."""

    learner: str
    read_as: str
    verdict: Verdict
    right_answer: str | None


@dataclass(frozen=True, slots=True)
class Reveal:
    """A closed round with everybody's last answer and the table up to it.

    first:   whether this very call closed it just now.
    is_last: whether the quiz ended with it.
    """

    quiz: Quiz
    number: int
    first: bool
    is_last: bool
    answers: tuple[RevealedAnswer, ...]
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class DueBell:
    """A round whose bell is to ring in so many seconds, at once where they are negative."""

    quiz_id: int
    number: int
    place: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Preference:
    """What a learner has chosen; None where the default stands. `hidden`: not to be shown in reports."""

    theme: Theme | None = None
    decimals: int | None = None
    pictures: bool | None = None
    motion: bool | None = None
    timezone: str | None = None
    name: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A learner: the key that all of the learner's calls go by, and what the learner has chosen."""

    key: str
    preference: Preference = Preference()


@dataclass(frozen=True, slots=True)
class Joined:
    """Learners joined: all keys of the one they are now. `first`: whether this call has joined them."""

    keys: tuple[str, ...]
    first: bool


@dataclass(frozen=True, slots=True)
class KeptTable:
    """What one table keeps about a learner: values of built-in types, in order of age."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Erased:
    """What was deleted: rows of each table. `clean`: whether nothing of it is left in the file's free space."""

    counts: Mapping[str, int]
    clean: bool
