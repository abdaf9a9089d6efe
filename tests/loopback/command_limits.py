"""Discord's documented limits for the commands of an application."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from tests.loopback.limits import size

Json = dict[str, Any]

_NAME = re.compile(r"^[-_'\w]{1,32}$")
_SUBCOMMANDS = (1, 2)
_CHAT_INPUT = 1
_OPTION_TYPES = range(1, 12)


def command_faults(commands: Sequence[Json]) -> list[str]:
    """Return what is wrong with a list of global commands."""
    faults = [f"{len(commands)} commands"] if len(commands) > 100 else []
    faults += _twice("commands", commands)
    for command in commands:
        faults += [*_whole_faults(command), *_command_faults(command)]
        if _letters(command) > 8000:
            faults.append(f"{command['name']}: {_letters(command)} characters")
    return faults


def _whole_faults(command: Json) -> Iterator[str]:
    name = command["name"]
    if command.get("type", _CHAT_INPUT) != _CHAT_INPUT:
        yield f"{name}: type {command['type']}"
    for key, allowed in (("integration_types", (0, 1)), ("contexts", (0, 1, 2))):
        found = command.get(key)
        if found is not None and not (found and sorted(set(found)) == sorted(found) and set(found) <= set(allowed)):
            yield f"{name}: {key} {found}"


def _command_faults(command: Json, depth: int = 0) -> Iterator[str]:
    name, options = command["name"], command.get("options", [])
    if not _NAME.match(name) or name != name.lower():
        yield f"name {name!r}"
    if not 1 <= size(command["description"]) <= 100:
        yield f"{name}: description of {size(command['description'])}"
    if len(options) > 25:
        yield f"{name}: {len(options)} options"
    yield from _twice(name, options)
    subcommands = [option["type"] for option in options if option["type"] in _SUBCOMMANDS]
    if subcommands and (len(subcommands) < len(options) or depth + max(subcommands) > 2):
        yield f"{name}: subcommands among options, or too deep"
    required = [bool(option.get("required")) for option in options if option["type"] not in _SUBCOMMANDS]
    if required != sorted(required, reverse=True):
        yield f"{name}: a required option after an optional one"
    for option in options:
        yield from _option_faults(name, option)
        yield from _command_faults(option, depth + 1)


def _option_faults(name: str, option: Json) -> Iterator[str]:
    choices = option.get("choices") or []
    if option["type"] not in _OPTION_TYPES:
        yield f"{name} {option['name']}: type {option['type']}"
    if len(choices) > 25 or option.get("max_length", 1) not in range(1, 6001):
        yield f"{name} {option['name']}: choices or length"
    if any(not 1 <= size(each["name"]) <= 100 or size(str(each["value"])) > 100 for each in choices):
        yield f"{name} {option['name']}: a choice"
    yield from _twice(f"{name} {option['name']}", choices)
    if choices and option.get("autocomplete"):
        yield f"{name} {option['name']}: choices and completion"


def _twice(where: str, named: Sequence[Json]) -> list[str]:
    names = [each["name"] for each in named]
    return [f"{where}: a name twice"] if len(set(names)) != len(names) else []


def _letters(node: Json) -> int:
    own = size(node["name"]) + size(node["description"])
    choices = sum(size(each["name"]) + size(str(each["value"])) for each in node.get("choices", []))
    return own + choices + sum(_letters(option) for option in node.get("options", []))
