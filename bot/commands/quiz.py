"""The group quiz: own numbers for everybody, answers sealed until the bell, then all is shown at once."""

import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace

from bot.catalogue import MAX_ANSWER, Command, Option
from bot.commands import quiz_replies as replies
from bot.learning.quiz import (
    ANSWERS_PER_ROUND,
    LONGEST_PLACE,
    ROUNDS,
    SECONDS,
    USUAL_ROUNDS,
    USUAL_SECONDS,
)
from bot.store.quiz import Quizzes
from bot.store.values import NewQuiz, NewQuizAnswer, OpenRound
from bot.talk import Call, Reply, Where
from bot.workers import Workers
from engine.errors import NoExercise, NotAllowed, Refused, TooLarge, WrongUsage
from engine.exercises import FAMILIES, Family
from engine.reading.characters import normalise
from engine.reading.forms import read_entries
from engine.spelling import unicode
from engine.values import Json

# Strangers would share one quiz in their direct messages: those are all one place.
_SHARED: tuple[Where, ...] = ("server", "terminal")
_LARGEST_SEED = 2**63

Answer = Callable[[Call], Awaitable[Reply]]
Check = Callable[[Mapping[str, str]], object]


class GroupQuiz:
    """The use cases of the quiz. No transaction is open while a worker works."""

    def __init__(self, quizzes: Quizzes, workers: Workers) -> None:
        self.quizzes = quizzes
        self.workers = workers

    async def start(self, call: Call) -> Reply:
        """Begin a quiz in this place, once for each delivery."""
        if len(call.place) > LONGEST_PLACE:
            raise TooLarge(f"The name of a place has at most {LONGEST_PLACE} characters.")
        family = _family(call.options)
        quiz = await self.quizzes.begin(
            NewQuiz(
                call_id=call.id,
                place=call.place,
                starter=call.learner,
                concept=family.concept,
                family=family.name,
                version=family.version,
                seed=secrets.randbelow(_LARGEST_SEED),
                seconds=int(call.options.get("seconds", USUAL_SECONDS)),
                rounds=int(call.options.get("rounds", USUAL_ROUNDS)),
            )
        )
        return replies.started(quiz)

    async def mine(self, call: Call) -> Reply:
        """Show the caller's own question, and what the caller has answered."""
        running = await self._running(call)
        seed = await self._seed(running, call)
        arguments = {"family": running.quiz.family, "seed": seed, "given": {}}
        posed = (await self.workers.run("pose", arguments, learner=call.learner)).value
        return replies.question(running, str(posed["statement"]), str(posed["type"]))

    async def answer(self, call: Call) -> Reply:
        """Read and seal an answer, once for each delivery. It is marked now and shown to nobody before the bell."""
        text = call.options["value"]
        stands = await self.quizzes.sealed(call.id, call.learner)
        if stands is not None:
            return replies.confirmed(stands, text)
        running = await self._running(call)
        if running.answers and running.answers[-1].answer.strip() == text.strip():
            return replies.confirmed(running.answers[-1], text)
        if len(running.answers) >= ANSWERS_PER_ROUND:
            raise NotAllowed("You have changed your answer once already; it stands until the bell.")
        seed = await self._seed(running, call)
        exercise = {"family": running.quiz.family, "version": running.quiz.version, "seed": seed, "given": {}}
        marked = (await self.workers.run("mark", exercise | {"answer": text}, learner=call.learner)).value
        return replies.confirmed(await self.quizzes.seal(_answered(call, running, seed, marked)), text)

    async def stop(self, call: Call) -> Reply:
        """End the quiz of this place and show its last round, once for each delivery."""
        reveal = await self.quizzes.closed_by(call.id)
        if reveal is None:
            quiz = (await self._running(call, overdue=True)).quiz
            if call.role != "instructor" and call.learner != quiz.starter:
                raise NotAllowed("Whoever started this quiz may stop it, or an instructor.")
            reveal = await self.quizzes.stop(call.id, quiz.id)
        return replies.revealed(reveal)

    async def last(self, call: Call) -> Reply:
        """Show the round that was closed last in this place."""
        reveal = await self.quizzes.last(call.place)
        if reveal is None:
            raise NoExercise("No round of a quiz has been closed here yet.", suggestions=("/quiz start",))
        return replies.revealed(reveal)

    async def bell(self, call: Call) -> Reply:
        """Close a round whose time is over and show it; a bell that rings again changes nothing."""
        return replies.revealed(await self.quizzes.ring(call.id, int(call.options["quiz"]), int(call.options["round"])))

    async def _running(self, call: Call, *, overdue: bool = False) -> OpenRound:
        running = await self.quizzes.running(call.place, call.learner)
        if running is None:
            raise NoExercise("No quiz runs here.", suggestions=("/quiz start", "/quiz last"))
        if call.about not in {"", replies.about(running.quiz, running.number)}:
            raise NoExercise("That round is over.", suggestions=("/quiz mine", "/quiz last"))
        if running.seconds_left <= 0 and not overdue:
            raise NoExercise("The bell of this round rings; wait a moment.", suggestions=("/quiz last",))
        return running

    async def _seed(self, running: OpenRound, call: Call) -> int:
        """Return the seed of the caller's own question; who asks for the first time takes part from now on."""
        if running.seed is not None:
            return running.seed
        return await self.quizzes.take_part(running.id, call.learner)


def _answered(call: Call, running: OpenRound, seed: int, marked: Json) -> NewQuizAnswer:
    read_as = _read_as(call.options["value"])
    return NewQuizAnswer(
        call_id=call.id,
        round_id=running.id,
        learner=call.learner,
        number=len(running.answers) + 1,
        seed=seed,
        answer=call.options["value"],
        read_as=read_as,
        verdict=marked["verdict"],
        components=tuple(marked["components"]),
        mistakes=tuple(marked["mistakes"]),
        right_answer=marked["solution"],
    )


def _read_as(text: str) -> str:
    """Return an answer as it was understood; what is no list of expressions stands as it was typed."""
    try:
        entries = read_entries(text, ())
    except Refused:
        return normalise(text, limit=MAX_ANSWER).text.strip()
    spelled = ", ".join(unicode.unicode(each.tree) for each in entries)
    return f"({spelled})" if len(entries) > 1 else spelled


def _family(options: Mapping[str, str]) -> Family:
    """Return the family of a concept, the first where none is named; refuses a concept without exercises."""
    concept = options.get("concept")
    fitting = [each for each in FAMILIES.values() if concept in {None, each.concept}]
    if not fitting:
        concepts = tuple(sorted({each.concept for each in FAMILIES.values()}))
        raise WrongUsage("There are no exercises for that yet.", option="concept", suggestions=concepts)
    return fitting[0]


def _check_start(options: Mapping[str, str]) -> None:
    _family(options)
    for name, allowed in (("seconds", SECONDS), ("rounds", ROUNDS)):
        text = options.get(name, str(allowed[0]))
        if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text) in allowed):
            raise WrongUsage(
                f"{name} is a whole number from {allowed[0]} to {allowed[-1]}.",
                option=name,
                span=(0, len(text)),
                suggestions=(str(allowed[0]), str(allowed[-1])),
            )


def _check_answer(options: Mapping[str, str]) -> None:
    normalise(options["value"], limit=MAX_ANSWER)


def _check_bell(options: Mapping[str, str]) -> None:
    for name in ("quiz", "round"):
        if not (options[name].isascii() and options[name].isdigit() and len(options[name]) < 19):
            raise WrongUsage(f"{name} is a number.", option=name)


def commands(quizzes: Quizzes, workers: Workers) -> Iterable[Command]:
    """Return the commands of the quiz; the bell is the clock's alone."""
    quiz = GroupQuiz(quizzes, workers)
    start = (
        Option("concept", "what to practise, grad.eval"),
        Option("seconds", f"length of a round, {SECONDS[0]} to {SECONDS[-1]} (usually {USUAL_SECONDS})"),
        Option("rounds", f"how many, {ROUNDS[0]} to {ROUNDS[-1]} (usually {USUAL_ROUNDS})"),
    )
    value = Option("value", "your answer, for instance (2, 4)", required=True, limit=MAX_ANSWER)
    bell = (Option("quiz", "number of the quiz", required=True), Option("round", "number of the round", required=True))

    return (
        _public(
            "start", "Start a quiz here: own numbers for everybody.", "/quiz start", start, quiz.start, _check_start
        ),
        _own("mine", "Your own question of this round.", "/quiz mine", (), quiz.mine),
        _own(
            "answer", "Answer it; sealed until the bell.", "/quiz answer (2, 4)", (value,), quiz.answer, _check_answer
        ),
        _public("stop", "End the quiz of this place.", "/quiz stop", (), quiz.stop),
        _own("last", "The round that was closed last here.", "/quiz last", (), quiz.last),
        replace(
            _public("bell", "Closes a round.", "/quiz bell quiz=1 round=1", bell, quiz.bell, _check_bell), internal=True
        ),
    )


def _public(
    name: str, summary: str, example: str, options: tuple[Option, ...], answer: Answer, check: Check | None = None
) -> Command:
    return Command(f"quiz {name}", summary, example, options, answer, check, where=_SHARED, in_order=True, shared=True)


def _own(
    name: str, summary: str, example: str, options: tuple[Option, ...], answer: Answer, check: Check | None = None
) -> Command:
    return replace(_public(name, summary, example, options, answer, check), private=True)
