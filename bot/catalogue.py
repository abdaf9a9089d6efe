"""The one list of commands. Every front asks here, and only here roles and options are checked."""

import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import structlog

from bot.lines import LINE, reads_like_a_line, split_line, split_options
from bot.mending import mended
from bot.pace import Pace
from bot.talk import EVERYWHERE, Call, Outcome, Refusal, Reply, Role, Where
from engine.errors import Failed, NotAllowed, Refused, TooLarge, Unreadable, WrongUsage

MAX_TEXT = 400
MAX_ANSWER = 4000
MAX_MESSAGE = 500
CLOCK = "clock:nabla"

_PLACES: dict[Where, str] = {"server": "in a server", "direct": "in a direct message", "terminal": "in the terminal"}
_log = structlog.get_logger("calls")


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a command. `choices` where only these are allowed; `limit` in code points."""

    name: str
    summary: str
    required: bool = False
    choices: tuple[str, ...] = ()
    limit: int = MAX_TEXT


@dataclass(frozen=True, slots=True)
class Command:
    """A command, described once for every front.

    answer:  Call -> Reply; runs after the call was read.
    check:   reads the options without doing anything, so that what can be refused is refused before
             anybody waits; None where there is nothing to read.
    role:    who may use it; an instructor may do what a learner may.
    private: whether the answer is for the caller alone.
    in_order: whether it reads or changes the learner's state, so that such calls run one after the other.
    shared:   whether it reads or changes what a place has in common, so that such calls run in order there.
    where:    the kinds of places it may be used in.
    internal: whether it is the clock's alone; nobody else hears of it.
    group:    of rare commands that stand together; "read" of "tools" may be asked as "read" and "tools read".
    """

    name: str
    summary: str
    example: str
    options: tuple[Option, ...]
    answer: Callable[[Call], Awaitable[Reply]]
    check: Callable[[Mapping[str, str]], object] | None = None
    role: Role = "learner"
    private: bool = False
    in_order: bool = False
    shared: bool = False
    where: tuple[Where, ...] = EVERYWHERE
    internal: bool = False
    group: str = ""

    @property
    def called(self) -> str:
        """The name with the group, if there is one."""
        return f"{self.group} {self.name}".lstrip()


class Catalogue:
    """All commands by name, asked at a pace where one is given."""

    def __init__(self, commands: Iterable[Command], pace: Pace | None = None) -> None:
        self._pace = pace
        self.commands: dict[str, Command] = {}
        self._options: dict[str, tuple[str, ...]] = {}
        self.said: dict[str, str] = {}  # by every way to say them, those of the clock left out
        # Who counts hears the command as it was typed, the outcome, and the seconds if the call was read.
        self.told: Callable[[str, Outcome, float | None], None] = lambda *_: None
        for command in commands:
            self.add(command)

    @property
    def public(self) -> dict[str, Command]:
        """The commands that people may ask."""
        return {name: command for name, command in self.commands.items() if not command.internal}

    def add(self, command: Command) -> None:
        """Put a command on the list."""
        self.commands[command.name] = command
        self._options[command.name] = tuple(option.name for option in command.options)
        if not command.internal:
            self.said |= dict.fromkeys((command.name, command.called), command.name)

    def named(self, text: str) -> str:
        """Return the name of the command that a text is, with its group or without; any other text in lower case."""
        said = " ".join(text.split()).removeprefix("/").lower()
        return self.said.get(said, said)

    def split(self, line: str) -> tuple[str, dict[str, str]]:
        """Return the command's name and options of a command line; refuses what is none."""
        said, options = split_line(line, {said: self._options[name] for said, name in self.said.items()})
        return self.said[said], options

    def read(self, call: Call) -> Call:
        """Return the call with its options in order: known, complete, readable, allowed.

        A first option that itself reads like a line is read as that line.
        Refuses everything that can be refused without computing.
        """
        command = self.commands.get(call.command)
        if command is None or (command.internal and call.learner != CLOCK):
            raise WrongUsage(f"There is no command /{call.command[:40]}.", suggestions=("/help",))
        _check_rights(command, call)
        if self._pace is not None and not command.internal:
            self._pace.take(call.learner, call.place)
        options = self._spread(command, dict(call.options))
        for name, value in options.items():
            _check_option(command, name, value)
        for option in command.options:
            if option.required and not options.get(option.name, "").strip():
                raise WrongUsage(
                    f"/{command.called} needs {option.name}.", option=option.name, suggestions=(command.example,)
                )
        if command.check is not None:
            command.check(options)
        return replace(call, options=options)

    def _spread(self, command: Command, options: dict[str, str]) -> dict[str, str]:
        """Read a first option that holds a whole line as that line."""
        names = self._options[command.name]
        first = options.get(names[0]) if names and names != (LINE,) else None
        if first is None or len(first) > MAX_ANSWER or not reads_like_a_line(first, names):
            return options
        if first.lstrip().startswith("/"):
            name, found = self.split(first)
            if name != command.name and not found and self.named(first) == name:
                return options
            if name != command.name:
                said = self.commands[name].called
                raise WrongUsage(f"This line says /{said}; you are in /{command.called}.", option=names[0])
        else:
            found = split_options(first, names)
        others = {name: value for name, value in options.items() if name != names[0]}
        if twice := sorted(set(found) & set(others)):
            raise WrongUsage(f"{twice[0]} is given twice.", option=twice[0])
        return found | others

    async def answer(self, call: Call) -> Reply:
        """Return the reply to a call that was read. Never raises: what goes wrong is said in the reply."""
        command = self.commands[call.command]
        started = time.perf_counter()
        try:
            reply = await command.answer(call)
        except Refused as refused:
            reply = self._refusal(call, refused)
        except Exception:  # noqa: BLE001 - a learner never meets a traceback
            _log.exception("defect", command=call.command)
            reply = self._refusal(call, Failed("Something went wrong inside Nabla; it is noted. Please try again."))
        seconds = round(time.perf_counter() - started, 4)
        self.told(call.command, reply.outcome, seconds)
        kind = reply.refusal.kind if reply.refusal else None
        _log.info("call", command=call.command, outcome=reply.outcome, refusal=kind, seconds=seconds)
        _log.debug("text", command=call.command, options=dict(call.options))
        return replace(reply, private=reply.private or command.private)

    async def handle(self, call: Call) -> Reply:
        """Read and answer a call in one go, for fronts that acknowledge nothing."""
        try:
            call = self.read(call)
        except Refused as refused:
            return self.refuse(call, refused)
        return await self.answer(call)

    def refuse(self, call: Call, refused: Refused) -> Reply:
        """Return the reply that says why; it is private, and a suggestion becomes what to type instead."""
        reply = self._refusal(call, refused)
        self.told(call.command, reply.outcome, None)
        return reply

    def _refusal(self, call: Call, refused: Refused) -> Reply:
        outcome: Outcome = "failed" if isinstance(refused, Failed) else "refused"
        suggestions = refused.suggestions
        command = self.commands.get(call.command)
        actions = tuple(each for each in suggestions if each.startswith("/"))
        if not actions and command is not None and isinstance(refused, Unreadable | WrongUsage):
            actions = _mended(command, call.options, refused) or (command.example,)
        message = refused.message if len(refused.message) <= MAX_MESSAGE else refused.message[: MAX_MESSAGE - 1] + "…"
        refusal = Refusal(refused.kind, message, refused.option, refused.span, suggestions)
        return Reply(outcome=outcome, refusal=refusal, actions=actions, private=True)


def _check_rights(command: Command, call: Call) -> None:
    if call.where not in command.where:
        places = " or ".join(_PLACES[where] for where in command.where)
        raise NotAllowed(f"/{command.called} works {places}, not here.")
    if command.role == "instructor" and call.role != "instructor":
        raise NotAllowed(f"/{command.called} is for instructors: whoever may manage the server.")


def _mended(command: Command, options: Mapping[str, str], refused: Refused) -> tuple[str, ...]:
    """Return the learner's own line as it could have been typed."""

    def check(options: Mapping[str, str]) -> None:
        for name, value in options.items():
            _check_option(command, name, value)
        if command.check is not None:
            command.check(options)

    changed = mended(check, options, refused)
    return tuple(f"/{command.called} " + " ".join(f"{name}={text}" for name, text in each.items()) for each in changed)


def _check_option(command: Command, name: str, value: str) -> None:
    option = next((each for each in command.options if each.name == name), None)
    if option is None:
        names = ", ".join(each.name for each in command.options) or "none"
        raise WrongUsage(
            f"/{command.called} has no option {name[:40]}; its options: {names}.", suggestions=(command.example,)
        )
    if len(value) > option.limit:
        raise TooLarge(f"{name} is {len(value)} characters long; I read up to {option.limit}.", option=name)
    if option.choices and value.strip().lower() not in option.choices:
        raise WrongUsage(
            f"{name} is one of {', '.join(option.choices)}.",
            option=name,
            span=(0, len(value)),
            suggestions=option.choices,
        )
