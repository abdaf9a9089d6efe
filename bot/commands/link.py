"""/link: one learner behind several keys, a Discord account and a terminal for instance."""

from collections.abc import Iterable, Mapping

from bot.catalogue import Command, Option
from bot.store.people import ALPHABET, CODE_LENGTH, People
from bot.talk import Call, Lines, Reply
from engine.errors import WrongUsage


class Linking:
    """The use case of becoming one learner."""

    def __init__(self, people: People) -> None:
        self.people = people

    async def link(self, call: Call) -> Reply:
        """Give a code, or take the one that was given elsewhere."""
        if "code" in call.options:
            return await self._join(call)
        code = await self.people.make_code(call.id, call.learner)
        lines = (
            f"Your code is {code}. It is good once and for 15 minutes; show it to nobody.",
            f"Where you are somebody else to me, in a terminal or with another account, type: /link code={code}",
            "Then both are one learner: exercises, attempts and hints of both, with the settings you have here.",
        )
        return Reply("answered", "Become one learner", (Lines(lines),), {"code": code}, secret=True)

    async def _join(self, call: Call) -> Reply:
        joined = await self.people.join(call.id, call.learner, _read(call.options["code"]))
        said = (
            "You are one learner now, with everything of both."
            if joined.first
            else "You are one learner already; nothing was changed."
        )
        data = {"keys": list(joined.keys), "first": joined.first}
        return Reply("answered", "One learner", (Lines((said,)),), data, actions=("/progress",))


def _read(text: str) -> str:
    """Return the code in a text; refuses (WrongUsage) what cannot be one, which costs no try."""
    code = "".join(text.upper().split()).replace("-", "")
    if len(code) != CODE_LENGTH or not set(code) <= set(ALPHABET):
        raise WrongUsage(
            f"A code is {CODE_LENGTH} letters and digits that /link gives.", option="code", suggestions=("/link",)
        )
    return code


def _check(options: Mapping[str, str]) -> None:
    if "code" in options:
        _read(options["code"])


def commands(people: People) -> Iterable[Command]:
    """Return /link."""
    return (
        Command(
            "link",
            "Become one learner with what you have done in another place.",
            "/link",
            (Option("code", "the code that /link gave you in the other place"),),
            Linking(people).link,
            check=_check,
            private=True,
            in_order=True,
        ),
    )
