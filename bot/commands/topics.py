"""One command for each topic of the engine: the options are read here, the mathematics is done by a worker."""

import contextlib
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from bot.catalogue import Command, Option
from bot.lines import line_of
from bot.store.places import Places
from bot.store.progress import Progress
from bot.talk import Call, Code, Lines, Reply
from bot.workers import Result, Workers
from engine.errors import NoExercise, NotAllowed
from engine.topics import TOPICS, Topic
from engine.values import Json, Picture

NUMPY = "numpy"
HELPED = "This is the function of your open exercise, so it counts as a hint."


@dataclass(frozen=True, slots=True)
class Topics:
    """Solves topics for learners, with an eye on what they have open.

    sealed: gives what poses a learner's open quiz questions again; their functions are not solved.
    """

    workers: Workers
    progress: Progress
    places: Places
    sealed: Callable[[str], Awaitable[list[Json]]]

    async def solve(self, topic: Topic, call: Call) -> Reply:
        """Return a topic's worked answer; one about the learner's open exercise counts as a hint."""
        await self._check_place(call)
        more = {"pictures": call.pictures, "theme": call.theme, "motion": call.motion, "decimals": call.decimals}
        result, helped = await self._run("solve", topic, call, more)
        worked = result.value
        return Reply(
            outcome="answered",
            title=worked["title"],
            blocks=(Lines((*worked["lines"], HELPED) if helped else tuple(worked["lines"])),),
            data=worked["data"],
            pictures=tuple(
                Picture(each["name"], each["alt"], content)
                for each, content in zip(worked["pictures"], result.blobs, strict=True)
            ),
            actions=(*worked["actions"], *(_as_numpy(topic, call) if worked["code"] else ())),
        )

    async def code(self, topic: Topic, call: Call) -> Reply:
        """Return a topic's answer as NumPy code, for options as that topic has them."""
        await self._check_place(call)
        result, helped = await self._run("code", topic, call, {})
        said = (Lines((HELPED,)),) if helped else ()
        title = f"{result.value['title']} as NumPy"
        data = result.value["data"] | {"code": result.value["code"]}
        return Reply("answered", title, (*said, Code(result.value["code"])), data)

    async def _check_place(self, call: Call) -> None:
        if call.where == "server" and not await self.places.solutions(call.server):
            raise NotAllowed(
                "Solutions are off in this server: ask me in a direct message, or try /practice and /hint."
            )

    async def _run(self, job: str, topic: Topic, call: Call, more: Json) -> tuple[Result, bool]:
        """Return what a worker makes of the topic, and whether it counts as a hint to the open exercise."""
        exercise = await self.progress.open_exercise(call.learner)
        arguments = {
            "topic": topic.name,
            "options": dict(call.options),
            "practised": [] if exercise is None else [exercise.key],
            "sealed": await self.sealed(call.learner),
        }
        result = await self.workers.run(job, arguments | more, learner=call.learner)
        helped = bool(result.value["helps"]) and exercise is not None
        if helped and exercise is not None:
            # Closed in the meantime, there is nothing left that it could help with.
            with contextlib.suppress(NoExercise):
                await self.progress.take_hint(call.id, exercise.id)
        return result, helped


def _as_numpy(topic: Topic, call: Call) -> tuple[str, ...]:
    """Return the line that asks for the same answer as code, where one reads back as these options."""
    line = line_of(topic.name, call.options, [each.name for each in topic.options])
    return () if line is None else (f"/{NUMPY} {line}",)


def commands(topics: Topics) -> Iterable[Command]:
    """Return the commands of all topics."""
    return [_command(topics, each) for each in sorted(TOPICS.values(), key=lambda each: (each.rank, each.name))]


def _command(topics: Topics, topic: Topic) -> Command:
    async def answer(call: Call) -> Reply:
        return await topics.solve(topic, call)

    options = tuple(Option(each.name, each.summary, each.required, each.choices) for each in topic.options)
    # One example for all fronts: a slash command of a group has no other name.
    example = f"/{topic.group} {topic.example.removeprefix('/')}" if topic.group else topic.example
    return Command(topic.name, topic.summary, example, options, answer, check=topic.read, group=topic.group)
