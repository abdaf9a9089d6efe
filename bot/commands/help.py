"""/help: what can be asked, made from the catalogue."""

from collections.abc import Callable, Iterable, Mapping

from bot.catalogue import Command, Option
from bot.talk import Call, Lines, Reply, Table
from engine.errors import WrongUsage


def commands(known: Callable[[], Mapping[str, Command]]) -> Iterable[Command]:
    """Return /help; `known` gives all commands when it is asked."""

    async def answer(call: Call) -> Reply:
        name = " ".join(call.options.get("command", "").split()).removeprefix("/").lower()
        if not name:
            return _all(known())
        command = next((each for each in known().values() if name in {each.name, each.called}), None)
        if command is None:
            raise WrongUsage(f"There is no command /{name[:40]}.", option="command", suggestions=("/help",))
        return _one(command)

    option = Option("command", "the command to explain, grad")
    return (Command("help", "What you can ask, and how.", "/help grad", (option,), answer, private=True),)


def _all(known: Mapping[str, Command]) -> Reply:
    lines = tuple(line for group in _groups(known.values()) for line in _listed(group))
    data = {"commands": [each.name for each in known.values()], "examples": [each.example for each in known.values()]}
    return Reply("answered", "Nabla: gradients and multivariable calculus", (Lines(lines, fixed=True),), data)


def _one(command: Command) -> Reply:
    rows = tuple((each.name, "needed" if each.required else "", each.summary) for each in command.options)
    blocks = (Lines((command.summary,)), *((Table(("option", "", "what it is"), rows),) if rows else ()))
    data = {"command": command.name, "example": command.example, "options": [each.name for each in command.options]}
    return Reply("answered", f"/{command.called}", blocks, data, actions=(command.example,))


def _groups(known: Iterable[Command]) -> Iterable[list[Command]]:
    """Return the commands of everyday, then those of each group."""
    groups: dict[str, list[Command]] = {"": []}
    for each in known:
        groups.setdefault(each.group, []).append(each)
    return groups.values()


def _listed(commands: list[Command]) -> Iterable[str]:
    for at, each in enumerate(commands):
        if at == 0 and each.group:
            yield f"/{each.group} ..."
        yield from (each.example, f"    {each.summary}")
