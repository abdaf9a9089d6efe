"""What goes into and comes out of the records of quizzes."""

from dataclasses import dataclass

from bot.learning.quiz import Standing
from bot.store.values import Verdict
from engine.values import Json


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
    receipt:      what was drawn for judging it.
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
    receipt: Json | None = None


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
    seeds:        of this player's own question, or of several where learners with questions became one; none
                  for one who does not take part yet.
    answers:      this player's own, in order.
    """

    id: int
    quiz: Quiz
    number: int
    seconds_left: float
    seeds: tuple[int, ...]
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
    counts:  False for a round that could not be played to its end: no answer of it is marked or shown.
    runs:    the number of the round that runs now; None for a quiz that has ended.
    """

    quiz: Quiz
    number: int
    first: bool
    is_last: bool
    counts: bool
    runs: int | None
    answers: tuple[RevealedAnswer, ...]
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class DueBell:
    """A round whose bell is to ring in so many seconds, at once where they are none or negative."""

    quiz_id: int
    number: int
    place: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Untold:
    """A closed round whose reveal is to be told within so many seconds, or not at all."""

    round_id: int
    quiz_id: int
    number: int
    place: str
    seconds: float
