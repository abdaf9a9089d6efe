"""/setup: what whoever manages a server sets for it, and which permission Nabla lacks there."""

from collections.abc import Iterable

from bot.catalogue import Command, Option
from bot.store.places import Places
from bot.talk import Call, Lines, Reply


def commands(places: Places) -> Iterable[Command]:
    """Return /setup."""

    async def answer(call: Call) -> Reply:
        wanted = call.options.get("solutions", "").strip().lower()
        if wanted:
            await places.set_solutions(call.server, allowed=wanted == "on")
        allowed = await places.solutions(call.server)
        said = (
            "Solutions are on: everybody may have functions solved here."
            if allowed
            else "Solutions are off: here Nabla gives exercises, hints and quizzes only; it solves in direct messages."
        )
        data = {"solutions": allowed, "missing": list(call.missing)}
        other = f"/setup solutions={'off' if allowed else 'on'}"
        return Reply("answered", "Setup", (Lines((said, *_permissions(call))),), data, actions=(other,))

    option = Option("solutions", "whether functions are solved in this server", choices=("on", "off"))
    return (
        Command(
            "setup",
            "What Nabla may do in this server, and what it lacks.",
            "/setup solutions=off",
            (option,),
            answer,
            role="instructor",
            private=True,
            where=("server",),
        ),
    )


def _permissions(call: Call) -> tuple[str, ...]:
    if call.where != "server" or not call.place.startswith("discord:"):
        return ()
    if not call.missing:
        return ("In this channel Nabla has every permission it needs.",)
    return (f"In this channel Nabla lacks: {', '.join(call.missing)}. Give them to its role, or in the channel.",)
