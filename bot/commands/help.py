"""/help: what can be asked, made from the catalogue."""

from collections.abc import Callable, Iterable, Mapping

from bot.catalogue import Command, Option
from bot.talk import Call, Lines, Reply, Table
from engine.errors import WrongUsage


def commands(known: Callable[[], Mapping[str, Command]]) -> Iterable[Command]:
    """Return /help; `known` gives all commands when it is asked."""

    async def answer(call: Call) -> Reply:
        name = call.options.get("command", "").strip().removeprefix("/").lower()
        if not name:
            return _all(known())
        command = known().get(name)
        if command is None:
            raise WrongUsage(f"There is no command /{name[:40]}.", option="command", suggestions=("/help",))
        return _one(command)

    option = Option("command", "the command to explain, grad")
    return (Command("help", "What you can ask, and how.", "/help grad", (option,), answer, private=True),)


def _all(known: Mapping[str, Command]) -> Reply:
    lines = tuple(line for each in known.values() for line in (each.example, f"    {each.summary}"))
    data = {"commands": [each.name for each in known.values()], "examples": [each.example for each in known.values()]}
    return Reply("answered", "Nabla: gradients and multivariable calculus", (Lines(lines, fixed=True),), data)


def _one(command: Command) -> Reply:
    rows = tuple((each.name, "needed" if each.required else "", each.summary) for each in command.options)
    blocks = (Lines((command.summary,)), *((Table(("option", "", "what it is"), rows),) if rows else ()))
    data = {"command": command.name, "example": command.example, "options": [each.name for each in command.options]}
    return Reply("answered", f"/{command.name}", blocks, data, actions=(command.example,))
