"""/settings: how a learner wants it."""

import contextlib
import unicodedata
import zoneinfo
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from bot.catalogue import Command, Option
from bot.learning.names import LONGEST_NAME, cleaned, is_name
from bot.store.errors import StoreFailed
from bot.store.people import People
from bot.store.people_values import Person, Preference
from bot.talk import Call, Lines, Reply, Table
from engine.errors import WrongUsage

DEFAULT = "default"

_DECIMALS = range(2, 13)
_ON_OFF = ("on", "off", DEFAULT)
_DEFAULTS = {
    "theme": "as this Nabla is set",
    "decimals": "6, fewer in pictures",
    "pictures": "on",
    "motion": "on",
    "timezone": "UTC",
    "name": "none",
}
_WHAT = {
    "theme": "colours of pictures",
    "decimals": "digits of decimal numbers",
    "pictures": "whether pictures are drawn",
    "motion": "whether pictures may move: paths that grow",
    "timezone": "time zone of the moments you are shown",
    "name": "what to call you",
}


class PersonalSettings:
    """The use case of choosing."""

    def __init__(self, people: People) -> None:
        self.people = people

    async def settings(self, call: Call) -> Reply:
        """Keep what is chosen, if anything is, and show what stands."""
        changes = {name: _read(name, value) for name, value in call.options.items()}
        if changes:
            await self.people.change(call.id, call.learner, changes)
        preference = (await self.people.person(call.learner)).preference
        chosen = {name: getattr(preference, name) for name in _DEFAULTS}
        rows = tuple((name, _shown(name, preference), _WHAT[name]) for name in _DEFAULTS)
        hint = Lines((f"Change one like this: /settings theme=light; {DEFAULT} as its value takes the choice back.",))
        return Reply(
            "answered",
            "Settings",
            (Table(("setting", "is", "what it is"), rows), hint),
            {"chosen": chosen, "defaults": _DEFAULTS},
        )


def personal(command: Command, people: People) -> Command:
    """Return the command as it answers whoever asks: under the learner's one key, in the way that one has chosen.

    A call that reads or changes the learner's state leaves the name that the front knows, for those who see it.
    Where the records cannot be read it answers as for somebody new: mathematics needs none of them.
    """

    async def answer(call: Call) -> Reply:
        try:
            person = await people.person(call.learner, call.server)
        except StoreFailed:
            return await command.answer(call)
        reply = await command.answer(_as_chosen(call, person))
        if command.in_order and call.where == "server":
            with contextlib.suppress(StoreFailed):
                await _keep_name(call, person, people)
        return reply

    return replace(command, answer=answer)


def _as_chosen(call: Call, person: Person) -> Call:
    chosen = person.preference
    return replace(
        call,
        learner=person.key,
        theme=chosen.theme or call.theme,
        pictures=call.pictures and chosen.pictures is not False,
        motion=chosen.motion is not False,
        decimals=chosen.decimals,
        timezone=chosen.timezone or call.timezone,
    )


async def _keep_name(call: Call, before: Person, people: People) -> None:
    """Keep what the front calls the learner, unless nothing else is kept about that one."""
    name = cleaned(call.called)
    if name and name != before.called:
        await people.keep_name(call.learner, call.server, name)


def _shown(name: str, preference: Preference) -> str:
    value = getattr(preference, name)
    if value is None:
        return f"{_DEFAULTS[name]} (default)"
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)


def _read(name: str, value: str) -> str | int | bool | None:
    """Return what an option says, None for the default; refuses (WrongUsage) what the setting cannot be."""
    try:
        return _value(name, " ".join(value.split()))
    except WrongUsage as refused:
        refused.span = (0, len(value))
        raise


def _value(name: str, value: str) -> str | int | bool | None:
    if value.lower() == DEFAULT:
        return None
    match name:
        case "decimals":
            return _decimals(value)
        case "timezone":
            return _zone(value)
        case "name":
            return _name(value)
        case "theme":
            return value.lower()
        case _:
            return value.lower() == "on"


def _decimals(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 2 and int(value) in _DECIMALS):
        raise WrongUsage("decimals is a whole number from 2 to 12.", option="decimals", suggestions=("4", "6", "10"))
    return int(value)


@cache
def _zones() -> dict[str, str]:
    return {name.lower(): name for name in sorted(zoneinfo.available_timezones())}


def _zone(value: str) -> str:
    zones = _zones()
    name = zones.get(value.lower().replace(" ", "_"))
    if name is None:
        word = value.lower().replace(" ", "_").rpartition("/")[2]
        near = tuple(each for key, each in zones.items() if word and key.rpartition("/")[2].startswith(word))[:3]
        raise WrongUsage(
            "I know no such time zone; they have names like Europe/Berlin.",
            option="timezone",
            suggestions=near or ("UTC",),
        )
    return name


def _name(value: str) -> str:
    name = unicodedata.normalize("NFC", value)
    if not 0 < len(name) <= LONGEST_NAME:
        raise WrongUsage(f"A name has 1 to {LONGEST_NAME} characters.", option="name")
    if not is_name(name):
        raise WrongUsage("A name is made of letters, digits and spaces and starts with no sign.", option="name")
    return name


def _check(options: Mapping[str, str]) -> None:
    for name, value in options.items():
        _read(name, value)


def commands(people: People) -> Iterable[Command]:
    """Return /settings."""
    options = (
        Option("theme", "colours of pictures: light, dark or default", choices=("light", "dark", DEFAULT)),
        Option("decimals", "digits of decimal numbers, from 2 to 12"),
        Option("pictures", "whether pictures are drawn: on or off", choices=_ON_OFF),
        Option("motion", "whether pictures may move, as the paths of /descent do: on or off", choices=_ON_OFF),
        Option("timezone", "your time zone, Europe/Berlin"),
        Option("name", f"what to call you, up to {LONGEST_NAME} letters"),
    )
    return (
        Command(
            "settings",
            "How you want it: colours, pictures, digits, time zone, name.",
            "/settings theme=light decimals=4",
            options,
            PersonalSettings(people).settings,
            check=_check,
            private=True,
            in_order=True,
        ),
    )
