"""Practice: /practice poses, /answer marks, /hint helps."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.catalogue import MAX_ANSWER, Command, Option
from bot.commands import practice_replies as replies
from bot.commands.families import asked_family
from bot.commands.notices import about_reports
from bot.store.people import People
from bot.store.progress import Progress
from bot.store.values import NewAttempt, OpenExercise, Recorded
from bot.talk import Call, Reply
from bot.workers import Workers
from engine.errors import Busy, NoExercise, WrongUsage
from engine.reading.characters import normalise
from engine.values import Json, Posed

_LARGEST_SEED = 2**31
_TURNS = 8
_AFTER = "after "
_NONE_OPEN = "No exercise is open."


class Practice:
    """The use cases of practising. No transaction is open while a worker works."""

    def __init__(self, progress: Progress, people: People, workers: Workers) -> None:
        self.progress = progress
        self.people = people
        self.workers = workers

    async def practice(self, call: Call) -> Reply:
        """Pose an exercise and keep it as the learner's open one; a call about the open one shows it again.

        What is asked for after an exercise is posed once: a second press of the button finds it open.
        """
        if call.about and not call.about.startswith(_AFTER):
            exercise = await self._open(call)
            return replies.shown(exercise, await self.posed(call, exercise.key))
        family = asked_family(call.options).name
        seed = int(call.options["seed"]) if "seed" in call.options else secrets.randbelow(_LARGEST_SEED)
        told = await about_reports(call, self.people)
        posed = await self.posed(call, {"family": family, "seed": seed, "given": {}})
        exercise = await self.progress.pose(call.id, call.learner, call.place, posed, after=_origin(call.about))
        if (exercise.family, exercise.seed) != (posed.family, posed.seed):
            # The same delivery or the same button once more: it gets what it got first.
            posed = await self.posed(call, exercise.key)
        shown = replies.shown(exercise, posed)
        return replace(shown, blocks=(*shown.blocks, *told))

    async def posed(self, call: Call, exercise: Json) -> Posed:
        """Return the exercise that a worker poses, in the version it names or else the newest."""
        result = await self.workers.run("pose", exercise, learner=call.learner)
        return Posed(**result.value)

    async def answer(self, call: Call) -> Reply:
        """Mark an answer and keep the attempt, once for each delivery."""
        earlier = await self.progress.attempt(call.id)
        if earlier is not None and earlier.learner == call.learner:
            return replies.replayed(earlier)
        text = call.options["value"].strip()
        for _ in range(_TURNS):
            exercise = await self._open(call)
            if exercise.last_answer is not None and exercise.last_answer.strip() == text:
                return replies.same_again()
            marked, recorded = await self._marked(call, exercise)
            taken = recorded.outcome == "already tried" and recorded.attempt is not None
            # Another answer of the same learner took this try meanwhile: this one is the next try.
            if not (taken and recorded.attempt is not None and recorded.attempt.answer.strip() != text):
                return replies.feedback(recorded, marked)
        raise Busy("Many answers came at once; this one was not counted. Send it again.")

    async def _marked(self, call: Call, exercise: OpenExercise) -> tuple[Json, Recorded]:
        """Return the mark of an answer and what became of its attempt."""
        text = call.options["value"]
        marked = (await self.workers.run("mark", exercise.key | {"answer": text}, learner=call.learner)).value
        recorded = await self.progress.record(
            NewAttempt(
                call_id=call.id,
                exercise_id=exercise.id,
                learner=call.learner,
                try_number=exercise.tries + 1,
                answer=text,
                verdict=marked["verdict"],
                components=tuple(marked["components"]),
                mistakes=tuple(marked["mistakes"]),
                receipt=marked["receipt"],
            )
        )
        return marked, recorded

    async def hint(self, call: Call) -> Reply:
        """Give the next hint of the ladder, counted once for each delivery."""
        exercise = await self._open(call)
        number = await self.progress.take_hint(call.id, exercise.id)
        result = await self.workers.run("hint", exercise.key | {"number": number}, learner=call.learner)
        return replies.hinted(exercise, number, str(result.value["hint"]))

    async def _open(self, call: Call) -> OpenExercise:
        exercise = await self.progress.open_exercise(call.learner)
        if exercise is None:
            raise NoExercise(_NONE_OPEN, suggestions=("/practice",))
        if call.about not in {"", str(exercise.id)}:
            raise NoExercise("That is not the exercise you have open now.", suggestions=("/practice",))
        return exercise


def _origin(about: str) -> int | None:
    """Return the exercise that the wanted one follows, or None."""
    number = about.removeprefix(_AFTER)
    if number and not (number.isascii() and number.isdigit() and len(number) < 19):
        raise NoExercise("I do not know that exercise.", suggestions=("/practice",))
    return int(number) if number else None


def _check_practice(options: Mapping[str, str]) -> None:
    asked_family(options)
    seed = options.get("seed", "0")
    if not (seed.isascii() and seed.isdigit() and int(seed[:20]) < 2**63):
        raise WrongUsage(
            "A seed is a whole number from 0 to 2^63 - 1.", option="seed", span=(0, len(seed)), suggestions=("1",)
        )


def _check_answer(options: Mapping[str, str]) -> None:
    normalise(options["value"], limit=MAX_ANSWER)


def commands(progress: Progress, people: People, workers: Workers) -> Iterable[Command]:
    """Return the commands of practising."""
    practice = Practice(progress, people, workers)
    return (
        Command(
            "practice",
            "An exercise to work on.",
            "/practice",
            (
                Option("concept", "what to practise, grad.eval"),
                Option("family", "which exercises, grad.at"),
                Option("seed", "a whole number; the same one poses the same exercise again"),
            ),
            practice.practice,
            check=_check_practice,
            private=True,
            in_order=True,
        ),
        Command(
            "answer",
            "Answer the open exercise.",
            "/answer (2, 4)",
            (Option("value", "for instance (2, 4)", required=True, limit=MAX_ANSWER),),
            practice.answer,
            check=_check_answer,
            private=True,
            in_order=True,
        ),
        Command("hint", "A hint for the open exercise.", "/hint", (), practice.hint, private=True, in_order=True),
    )
