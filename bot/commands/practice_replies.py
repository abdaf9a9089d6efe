"""What a learner who practises is shown."""

from bot.store.values import OpenExercise, Recorded, RecordedAttempt
from bot.talk import Lines, Reply
from engine.errors import NoExercise
from engine.exercises import FAMILIES
from engine.values import Json, Posed

_TITLES = {"right": "Right", "wrong": "Not yet", "undecided": "Not decided"}
_LONGEST_TITLE = 100
_GO_ON = ("/answer (1, 2)", "/hint")


def shown(exercise: OpenExercise, posed: Posed) -> Reply:
    """Return an exercise as its learner sees it."""
    return Reply(
        outcome="answered",
        title=f"Exercise: {FAMILIES[posed.family].title}",
        blocks=(Lines(tuple(posed.statement.split("\n"))),),
        data={
            "exercise": exercise.id,
            "concept": posed.concept,
            "family": posed.family,
            "seed": posed.seed,
            "statement": posed.statement,
            "type": posed.type,
        },
        actions=_GO_ON,
        about=str(exercise.id),
    )


def feedback(recorded: Recorded, marked: Json) -> Reply:
    """Return the reply to an answer, true to what stands recorded."""
    if recorded.outcome == "closed" or recorded.attempt is None:
        raise NoExercise("That exercise is closed already; nothing was counted.", suggestions=("/practice",))
    if recorded.outcome != "recorded":
        return replayed(recorded.attempt)
    solved = recorded.exercise_state == "solved"
    title, said = _headed(_TITLES[marked["verdict"]], marked["feedback"])
    return Reply(
        outcome="answered",
        title=title,
        blocks=(Lines((*said, f"Try {recorded.try_number} is recorded.")),),
        data={
            "verdict": marked["verdict"],
            "mistakes": list(marked["mistakes"]),
            "components": list(marked["components"]),
            "feedback": list(marked["feedback"]),
            "try": recorded.try_number,
            "mastery": None,
        },
        actions=("/practice",) if solved else _GO_ON,
        about=str(recorded.exercise_id),
    )


def _headed(title: str, feedback: list[str]) -> tuple[str, list[str]]:
    """Return title and sentences; a first sentence that begins with the title, and is short, is the title."""
    first = feedback[0] if feedback else ""
    if first.startswith(f"{title}: ") and len(first) <= _LONGEST_TITLE:
        return first.removesuffix("."), feedback[1:]
    return title, feedback


def replayed(attempt: RecordedAttempt) -> Reply:
    """Return what a repeated delivery or a double click is told: the outcome that stands."""
    said = f"This try is recorded already: {attempt.answer.strip()[:80]!r} was {attempt.verdict}."
    return Reply(
        outcome="answered",
        title="Recorded already",
        blocks=(Lines((said,)),),
        data={
            "verdict": attempt.verdict,
            "mistakes": list(attempt.mistakes),
            "components": list(attempt.components),
            "feedback": [said],
            "try": attempt.try_number,
            "mastery": None,
        },
    )


def same_again() -> Reply:
    """Return what is said to an answer that is the one before."""
    said = "That is the answer you gave before; it costs no try."
    data = {"verdict": None, "mistakes": [], "components": [], "feedback": [said], "try": None, "mastery": None}
    return Reply("answered", "The same again", (Lines((said,)),), data, actions=("/hint",))


def hinted(exercise: OpenExercise, number: int, hint: str) -> Reply:
    """Return a hint of the ladder."""
    return Reply(
        outcome="answered",
        title=f"Hint {number}",
        blocks=(Lines((hint,)),),
        data={"exercise": exercise.id, "number": number, "hint": hint},
        actions=_GO_ON,
        about=str(exercise.id),
    )
