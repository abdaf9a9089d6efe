"""Buttons and forms. Each is a Call: its custom id names the command and what it acts on, so it outlives a restart."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import discord

from bot.catalogue import Command, Option
from bot.fronts.discord.markdown import clean, shorten
from bot.lines import command_named
from bot.talk import Reply

MAX_ID = 100
MAX_FORM_TITLE = 45
MAX_FORM_TEXT = 4000
MAX_FIELD = 4000
MAX_DESCRIPTION = 100

OUTDATED = "This button is from an earlier Nabla; the slash commands do the same."

_LABELS = {
    "quiz answer": "Answer",
    "quiz mine": "My question",
    "answer": "Answer",
    "hint": "Hint",
    "practice": "Next exercise",
}
# A form stands below the question that it answers, which another command shows.
_QUESTIONS = {"quiz answer": "quiz mine", "answer": "practice"}
# These begin something new, which follows what they stand under.
_BEGINS = frozenset({"practice"})

_Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Button:
    """A button as built-in types."""

    label: str
    custom_id: str


def buttons_of(reply: Reply) -> tuple[Button, ...]:
    """Return a button for each action of a reply that has one."""
    if not reply.about:
        return ()
    names = (command_named(action.split(), _LABELS) for action in reply.actions)
    made = (Button(_LABELS[name], id_of(name, reply.about)) for name in dict.fromkeys(names) if name is not None)
    return tuple(each for each in made if len(each.custom_id) <= MAX_ID)


def id_of(command: str, about: str) -> str:
    """Return the custom id of a command's button or form."""
    return f"nabla:{command}:{'after ' if command in _BEGINS else ''}{about}"


def named_in(custom_id: str) -> tuple[str, str]:
    """Return the command and what it is about; a command that has no button here is "" and nothing."""
    _, _, named = custom_id.partition(":")
    command, _, about = named.partition(":")
    return (command, about) if command in _LABELS else ("", "")


def question_of(command: str) -> str | None:
    """Return the command that shows what a form of this one answers; None where a press needs no form."""
    return _QUESTIONS.get(command)


def view_of(buttons: Iterable[Button]) -> discord.ui.View:
    """Return the buttons as discord.py sends them; it keeps no note of them, their ids say it all."""
    view = discord.ui.View(timeout=None)
    for each in buttons:
        view.add_item(discord.ui.Button(label=each.label, custom_id=each.custom_id))
    view.stop()
    return view


class Form(discord.ui.Modal):
    """A question and one field for the answer; discord.py keeps no note of it either."""

    FIELD: ClassVar[str] = "Your answer"

    def __init__(self, command: Command, about: str, title: str, text: str) -> None:
        super().__init__(title=shorten(clean(title), MAX_FORM_TITLE) or "…", custom_id=id_of(command.name, about))
        if text:
            self.add_item(discord.ui.TextDisplay(text))
        option = asked_for(command)
        field = discord.ui.TextInput[Self](custom_id=option.name, max_length=min(option.limit, MAX_FIELD))
        self.add_item(
            discord.ui.Label(
                text=self.FIELD, description=shorten(option.summary, MAX_DESCRIPTION) or None, component=field
            )
        )
        self.stop()


def asked_for(command: Command) -> Option:
    """Return the option that a form fills: the first one that is required."""
    return next(option for option in command.options if option.required)


def filled(data: _Json) -> dict[str, str]:
    """Return the fields of a form that was sent: option name to text as typed."""
    return dict(_fields(data.get("components", ())))


def _fields(components: Iterable[_Json]) -> Iterator[tuple[str, str]]:
    for each in components:
        if "custom_id" in each and "value" in each:
            yield str(each["custom_id"]), str(each["value"])
        yield from _fields(each.get("components", ()))
        if "component" in each:
            yield from _fields((each["component"],))
