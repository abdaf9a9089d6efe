"""/numpy: a topic's answer as NumPy code. Its one option is the topic's own command line."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from bot.catalogue import MAX_ANSWER, MAX_TEXT, Command, Option
from bot.commands.topics import NUMPY, Topics
from bot.lines import LINE
from bot.talk import Call, Reply
from engine.answering.numpy_topics import WRITTEN
from engine.errors import NotSupported, Refused, TooLarge
from engine.topics import TOPICS, Topic

Split = Callable[[str], tuple[str, dict[str, str]]]
_EXAMPLE = f"/tools {NUMPY} /grad f=x^2+y^2 at=1,2"


def commands(topics: Topics, split: Split) -> Iterable[Command]:
    """Return /numpy. split: gives the command and the options of a command line."""

    def check(options: Mapping[str, str]) -> object:
        line = options[LINE]
        topic, given = _asked(line, split)
        try:
            return topic.read(given)
        except Refused as refused:
            raise _in_line(refused, line, given) from None

    async def answer(call: Call) -> Reply:
        line = call.options[LINE]
        topic, given = _asked(line, split)
        try:
            return await topics.code(topic, replace(call, options=given))
        except Refused as refused:
            raise _in_line(refused, line, given) from None

    option = Option(LINE, "a command line of a topic, /grad f=x^2+y^2 at=1,2", required=True, limit=MAX_ANSWER)
    summary = "An answer as Python code that needs NumPy alone and prints the same numbers."
    return (Command(NUMPY, summary, _EXAMPLE, (option,), answer, check=check, group="tools"),)


def _asked(line: str, split: Split) -> tuple[Topic, dict[str, str]]:
    """Return the topic of a line and its options; refuses lines of other commands and options that are too long."""
    try:
        name, given = split(line if line.lstrip().startswith("/") else f"/{line.lstrip()}")
    except Refused as refused:
        refused.option, refused.span = LINE, None
        raise
    if name not in WRITTEN:
        raise NotSupported(f"I write no NumPy code for /{name}.", option=LINE, suggestions=(_EXAMPLE,))
    for option, value in given.items():
        if len(value) > MAX_TEXT:
            raise TooLarge(f"{option} is {len(value)} characters long; I read up to {MAX_TEXT}.", option=LINE)
    return TOPICS[name], given


def _in_line(refused: Refused, line: str, given: Mapping[str, str]) -> Refused:
    """Return a refusal of a topic's option, placed in the line that the option stands in."""
    value, span = given.get(refused.option or "", ""), refused.span
    place = re.search(rf'(?:\b{refused.option}\s*=\s*"?|^)(?P<value>{re.escape(value)})', line) if value else None
    begin = place.start("value") if place else line.find(value)
    refused.span = None if span is None or not value or begin < 0 else (begin + span[0], begin + span[1])
    refused.option = LINE
    # What to type instead is meant for the option alone.
    refused.suggestions = tuple(each for each in refused.suggestions if each.startswith("/"))
    return refused
