"""/help: what can be asked, made from the catalogue."""

from collections.abc import Callable, Iterable, Mapping

from bot.catalogue import Command, Option
from bot.talk import Call, Lines, Reply
from engine.errors import WrongUsage


def commands(known: Callable[[], Mapping[str, Command]]) -> Iterable[Command]:
    """Return /help; `known` gives all commands when it is asked."""

    async def answer(call: Call) -> Reply:
        name = " ".join(call.options.get("command", "").split()).removeprefix("/").lower()
        if not name:
            return _all(known(), call)
        command = next((each for each in known().values() if name in {each.name, each.called}), None)
        together = [each for each in known().values() if each.called.startswith(f"{name} ") and _may(call, each)]
        if command is None and together:
            return _group(name, together)
        if command is None:
            raise WrongUsage(f"There is no command /{name[:40]}.", option="command", suggestions=("/help",))
        return _one(command)

    option = Option("command", "the command to explain, grad")
    return (Command("help", "What you can ask, and how.", "/help grad", (option,), answer, private=True),)


def _all(known: Mapping[str, Command], call: Call) -> Reply:
    """Return what the caller may ask in this place; the data list every command, for programs."""
    offered = [each for each in known.values() if _may(call, each)]
    first = offered[0]
    begin = Lines((f"Type a command with what it needs, as in {first.example}; /help {first.name} explains one.",))
    data = {"commands": [each.name for each in known.values()], "examples": [each.example for each in known.values()]}
    listed = (Lines(("", *_listed(group))) for group in _groups(offered))
    return Reply("answered", "Nabla: gradients and multivariable calculus", (begin, *listed), data)


def _group(name: str, together: list[Command]) -> Reply:
    data = {"commands": [each.name for each in together], "examples": [each.example for each in together]}
    return Reply("answered", f"/{name}", (Lines(tuple(_listed(together))),), data)


def _may(call: Call, command: Command) -> bool:
    return call.where in command.where and (command.role == "learner" or call.role == "instructor")


def _one(command: Command) -> Reply:
    options = tuple(f"{each.name}{' (needed)' * each.required}: {each.summary}" for each in command.options)
    blocks = (Lines((command.summary,)), *((Lines(("", "Options", *options)),) if options else ()))
    data = {"command": command.name, "example": command.example, "options": [each.name for each in command.options]}
    return Reply("answered", f"/{command.called}", blocks, data, actions=(command.example,))


def _groups(offered: Iterable[Command]) -> Iterable[list[Command]]:
    """Return the commands of everyday, those that begin with the same word together, and rare ones last."""
    groups: dict[str, list[Command]] = {"": []}
    for each in offered:
        first, _, second = each.called.partition(" ")
        groups.setdefault(first if second else "", []).append(each)
    return sorted(groups.values(), key=lambda each: each[0].group != "")


def _listed(commands: list[Command]) -> Iterable[str]:
    if commands[0].group:
        yield f"Rarely needed (in a typed line, {commands[0].group} may be left out):"
    yield from (f"/{each.called}: {each.summary}" for each in commands)
