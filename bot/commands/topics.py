"""One command for each topic of the engine: the options are read here, the mathematics is done by a worker."""

from collections.abc import Iterable

from bot.catalogue import Command, Option
from bot.talk import Call, Lines, Reply
from bot.workers import Workers
from engine.topics import TOPICS, Topic
from engine.values import Picture


def commands(workers: Workers) -> Iterable[Command]:
    """Return the commands of all topics."""
    return [_command(topic, workers) for topic in sorted(TOPICS.values(), key=lambda each: (each.rank, each.name))]


def _command(topic: Topic, workers: Workers) -> Command:
    async def answer(call: Call) -> Reply:
        arguments = {
            "topic": topic.name,
            "options": dict(call.options),
            "pictures": call.pictures,
            "theme": call.theme,
        }
        result = await workers.run("solve", arguments, learner=call.learner)
        worked = result.value
        return Reply(
            outcome="answered",
            title=worked["title"],
            blocks=(Lines(tuple(worked["lines"])),),
            data=worked["data"],
            pictures=tuple(
                Picture(each["name"], each["alt"], content)
                for each, content in zip(worked["pictures"], result.blobs, strict=True)
            ),
            actions=tuple(worked["actions"]),
        )

    options = tuple(Option(each.name, each.summary, each.required, each.choices) for each in topic.options)
    return Command(topic.name, topic.summary, topic.example, options, answer, check=topic.read)
