"""The group quiz: own numbers for everybody, answers sealed until the bell, then all is shown at once."""

import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace

from bot.catalogue import MAX_ANSWER, Command, Option
from bot.commands import quiz_replies as replies
from bot.commands.families import asked_family
from bot.commands.notices import about_reports
from bot.commands.quiz_options import check_answer, check_bell, check_start
from bot.learning.quiz import (
    ANSWERS_PER_ROUND,
    LONGEST_PLACE,
    ROUNDS,
    SECONDS,
    USUAL_ROUNDS,
    USUAL_SECONDS,
    can_be_played,
)
from bot.store.people import People
from bot.store.quiz import Quizzes
from bot.store.quiz_values import NewQuiz, NewQuizAnswer, OpenRound, Reveal
from bot.talk import Call, Reply, Where
from bot.workers import Workers
from engine.errors import NoExercise, NotAllowed, Refused, TooLarge
from engine.reading.characters import normalise
from engine.reading.vectors import read_entries
from engine.spelling import unicode
from engine.values import Json

# Strangers would share one quiz in their direct messages: those are all one place.
_SHARED: tuple[Where, ...] = ("server", "terminal")
_LARGEST_SEED = 2**63

Answer = Callable[[Call], Awaitable[Reply]]
Check = Callable[[Mapping[str, str]], object]


class GroupQuiz:
    """The use cases of the quiz. No transaction is open while a worker works."""

    def __init__(self, quizzes: Quizzes, people: People, workers: Workers) -> None:
        self.quizzes = quizzes
        self.people = people
        self.workers = workers

    async def start(self, call: Call) -> Reply:
        """Begin a quiz in this place, once for each delivery."""
        if len(call.place) > LONGEST_PLACE:
            raise TooLarge(f"The name of a place has at most {LONGEST_PLACE} characters.")
        family = asked_family(call.options)
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
        told = await about_reports(call, self.people)
        seed = running.seeds[0] if running.seeds else await self.quizzes.take_part(running.id, call.learner)
        posed = (await self.workers.run("pose", _exercise(running, seed), learner=call.learner)).value
        shown = replies.question(running, str(posed["statement"]), str(posed["type"]))
        return replace(shown, blocks=(*shown.blocks, *told))

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
        if not running.seeds:
            # Nobody is wrong about a question never seen: after a bell, or after one's data were deleted.
            raise NoExercise("You have not seen your question of this round yet.", suggestions=("/quiz mine",))
        seed, marked = await self._marked(call, running)
        return replies.confirmed(await self.quizzes.seal(_answered(call, running, seed, marked)), text)

    async def stop(self, call: Call) -> Reply:
        """End the quiz of this place and show its last round, once for each delivery.

        In a channel the clock shows it, like every other round: after those that wait to be told, and also
        when this process ends before it can.
        """
        reveal = await self.quizzes.closed_by(call.id)
        if reveal is None:
            quiz = (await self._running(call, overdue=True)).quiz
            if call.role != "instructor" and call.learner != quiz.starter:
                raise NotAllowed("Whoever started this quiz may stop it, or an instructor.")
            reveal = await self.quizzes.stop(call.id, quiz.id, told=not _told_by_the_clock(call.place))
        shown = await self._revealed(reveal)
        return replies.stopped(reveal, shown) if _told_by_the_clock(call.place) else shown

    async def last(self, call: Call) -> Reply:
        """Show the round that was closed last in this place."""
        reveal = await self.quizzes.last(call.place)
        if reveal is None:
            raise NoExercise("No round of a quiz has been closed here yet.", suggestions=("/quiz start",))
        return await self._revealed(reveal)

    async def bell(self, call: Call) -> Reply:
        """Close a round whose time is over and show it; a bell that rings again changes nothing."""
        reveal = await self.quizzes.ring(call.id, int(call.options["quiz"]), int(call.options["round"]))
        return await self._revealed(reveal)

    async def _revealed(self, reveal: Reveal) -> Reply:
        """Return a closed round as everybody may see it, each player by name."""
        players = {each.learner for each in reveal.answers} | {each.learner for each in reveal.standings}
        names = await self.people.names(players, reveal.quiz.place.partition("/")[0])
        return replies.revealed(reveal, names, await self.people.choosers(players))

    async def _running(self, call: Call, *, overdue: bool = False) -> OpenRound:
        running = await self.quizzes.running(call.place, call.learner)
        if running is None:
            raise NoExercise("No quiz runs here.", suggestions=("/quiz start", "/quiz last"))
        if call.about not in {"", replies.about(running.quiz, running.number)}:
            raise NoExercise("That round is over.", suggestions=("/quiz mine", "/quiz last"))
        if not overdue and not can_be_played(running.quiz.family, running.quiz.version):
            await self.quizzes.ring(call.id, running.quiz.id, running.number)
            raise NoExercise(replies.GONE, suggestions=("/quiz start",))
        if running.seconds_left <= 0 and not overdue:
            raise NoExercise("The bell of this round rings; wait a moment.", suggestions=("/quiz last",))
        return running

    async def _marked(self, call: Call, running: OpenRound) -> tuple[int, Json]:
        """Return the mark of an answer, and for which question it is.

        Two learners who became one have two questions, and cannot say which one they answer: right for one is right.
        """
        marks = []
        for seed in running.seeds:
            exercise = _exercise(running, seed) | {"answer": call.options["value"]}
            marks.append((seed, (await self.workers.run("mark", exercise, learner=call.learner)).value))
            if marks[-1][1]["verdict"] == "right":
                return marks[-1]
        return marks[0]


def _told_by_the_clock(place: str) -> bool:
    """Tell whether a place has somebody to tell it what nobody there has asked for; elsewhere a reply is all."""
    return place.startswith("discord:")


def _exercise(running: OpenRound, seed: int) -> Json:
    """Return what poses a question of a round, in the version that its quiz began with."""
    return {"family": running.quiz.family, "version": running.quiz.version, "seed": seed, "given": {}}


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
        receipt=marked["receipt"],
    )


def _read_as(text: str) -> str:
    """Return an answer as it was understood; what is no list of expressions stands as it was typed."""
    try:
        entries = read_entries(text, ())
    except Refused:
        return normalise(text, limit=MAX_ANSWER).text.strip()
    spelled = ", ".join(unicode.unicode(each.tree) for each in entries)
    return f"({spelled})" if len(entries) > 1 else spelled


def commands(quizzes: Quizzes, people: People, workers: Workers) -> Iterable[Command]:
    """Return the commands of the quiz; the bell is the clock's alone."""
    quiz = GroupQuiz(quizzes, people, workers)
    start = (
        Option("concept", "what to practise, grad.eval"),
        Option("seconds", f"length of a round, {SECONDS[0]} to {SECONDS[-1]} (usually {USUAL_SECONDS})"),
        Option("rounds", f"how many, {ROUNDS[0]} to {ROUNDS[-1]} (usually {USUAL_ROUNDS})"),
    )
    value = Option("value", "for instance (2, 4)", required=True, limit=MAX_ANSWER)
    bell = (Option("quiz", "number of the quiz", required=True), Option("round", "number of the round", required=True))

    return (
        _public(
            "start",
            "Start a quiz here; everybody gets their own numbers.",
            "/quiz start",
            start,
            quiz.start,
            check_start,
        ),
        _own("mine", "Your own question of this round.", "/quiz mine", (), quiz.mine),
        _own("answer", "Answer it; sealed until the bell.", "/quiz answer (2, 4)", (value,), quiz.answer, check_answer),
        _public("stop", "End the quiz of this place.", "/quiz stop", (), quiz.stop),
        _own("last", "The round that was closed last here.", "/quiz last", (), quiz.last),
        replace(
            _public("bell", "Closes a round.", "/quiz bell quiz=1 round=1", bell, quiz.bell, check_bell), internal=True
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
