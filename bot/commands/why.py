"""/why: what the verdict on one's last answer rests on."""

from collections.abc import Iterable

from bot.catalogue import Command
from bot.store.progress import Progress
from bot.store.values import RecordedAttempt
from bot.talk import Call, Lines, Reply
from bot.workers import Workers
from engine.errors import NoExercise, NotSupported
from engine.values import Json

_SAID = {"right": "right", "wrong": "not right", "undecided": "not decided"}
_LONGEST_SHOWN = 80


class Why:
    """The use case of asking why."""

    def __init__(self, progress: Progress, workers: Workers) -> None:
        self.progress = progress
        self.workers = workers

    async def why(self, call: Call) -> Reply:
        """Judge the caller's last answer again with what was drawn then, and show what was seen."""
        attempt = await self.progress.last_attempt(call.learner)
        if attempt is None:
            raise NoExercise("You have given no answer yet that I could say why about.", suggestions=("/practice",))
        if attempt.receipt is None:
            raise NotSupported("That answer was judged before receipts were kept; its verdict stands.")
        seen = (await self.workers.run("see again", _asked(attempt), learner=call.learner)).value
        return Reply(
            "answered",
            "Why",
            (Lines(_lines(attempt, seen)),),
            {
                "verdict": attempt.verdict,
                "again": seen["verdict"],
                "answer": attempt.answer,
                "receipt": attempt.receipt,
                "parts": list(seen["parts"]),
            },
        )


def _asked(attempt: RecordedAttempt) -> Json:
    return {
        "family": attempt.family,
        "version": attempt.version,
        "seed": attempt.seed,
        "given": attempt.given,
        "answer": attempt.answer,
        "receipt": attempt.receipt,
    }


def _lines(attempt: RecordedAttempt, seen: Json) -> tuple[str, ...]:
    text = attempt.answer.strip()
    shown = text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
    receipt = attempt.receipt or {}
    stands = seen["verdict"] == attempt.verdict
    return (
        f"Your answer {shown} was judged: {_SAID[attempt.verdict]}.",
        *seen["lines"],
        "Judged again just now with the same draws: the same verdict."
        if stands
        else f"Judged again just now with the same draws: {_SAID[seen['verdict']]}. Please tell your instructor.",
        f"Receipt: method {receipt['method']}, FLINT {receipt['flint']}, draw {receipt['drawn']}.",
    )


def commands(progress: Progress, workers: Workers) -> Iterable[Command]:
    """Return /why."""
    why = Why(progress, workers)
    summary = "Why your last answer was judged as it was, with the receipt."
    return (Command("why", summary, "/why", (), why.why, private=True, in_order=True),)
