"""`nabla ask`: one call, or one per line, answered as text or as JSON objects in order."""

import asyncio
import json
import sys
import time
import uuid
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from bot import plain
from bot.catalogue import Catalogue
from bot.fronts import picture_files
from bot.fronts.standard_input import MAX_LINE, lines
from bot.talk import Call, Refusal, Reply, Role, Theme
from engine.errors import Refused, TooLarge, WrongUsage

STATUS = {"answered": 0, "refused": 1, "failed": 2}
_OWNER = "owner"
_MANY_TURNS = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """A line as asked: the call, or why there is none; `line` is the command line where it was one."""

    id: str
    command: str | None
    call: Call | None
    refused: Refused | None
    line: str = ""


Answered = tuple[Asked, Reply, float]


@dataclass(slots=True)
class Ask:
    """Answers calls of one run. `at_once` calls are under way together."""

    catalogue: Catalogue
    theme: Theme
    at_once: int
    as_json: bool
    pictures: Path | None = None
    out: TextIO = sys.stdout

    async def one(self, line: str) -> int:
        """Answer one line and return the exit status."""
        return self._say(*await self._answer(self._asked(line)))

    async def every_line(self) -> int:
        """Answer standard input line by line, in order; return the worst exit status."""
        return await self.all(lines())

    async def all(self, given: AsyncIterator[str | None]) -> int:
        """Answer lines as they come, as many at once as allowed, and print in their order."""
        slots = asyncio.Semaphore(self.at_once)
        last: dict[str, asyncio.Task[Answered]] = {}
        under_way: deque[asyncio.Task[Answered]] = deque()
        worst = 0
        async for line in given:
            if line is not None and not line.strip():
                continue
            asked = self._asked(line)
            turns = self._turns(asked)
            before = {last[turn] for turn in turns if turn in last}
            task = asyncio.create_task(self._in_turn(asked, before, slots))
            if len(last) > _MANY_TURNS:
                last = {turn: earlier for turn, earlier in last.items() if not earlier.done()}
            last |= dict.fromkeys(turns, task)
            under_way.append(task)
            while under_way and (under_way[0].done() or len(under_way) > 4 * self.at_once):
                worst = max(worst, self._say(*await under_way.popleft()))
        while under_way:
            worst = max(worst, self._say(*await under_way.popleft()))
        return worst

    def _turns(self, asked: Asked) -> tuple[str, ...]:
        """Return what a call must take its turn at: its learner's state, and what its place shares."""
        command = self.catalogue.commands.get(asked.command or "")
        if asked.call is None or command is None or not command.in_order:
            return ()
        learner = f"learner {asked.call.learner}"
        return (learner, f"place {asked.call.place}") if command.shared else (learner,)

    async def _in_turn(self, asked: Asked, before: set[asyncio.Task[Answered]], slots: asyncio.Semaphore) -> Answered:
        if before:
            await asyncio.wait(before)
        async with slots:
            return await self._answer(asked)

    async def _answer(self, asked: Asked) -> Answered:
        started = time.perf_counter()
        if asked.call is None:
            call = Call(asked.id, asked.command or "", {}, f"local:{_OWNER}", "local")
            reply = self.catalogue.refuse(call, asked.refused or WrongUsage("This is no call."))
        else:
            reply = await self.catalogue.handle(asked.call)
        return asked, reply, time.perf_counter() - started

    def _asked(self, line: str | None) -> Asked:
        """Read a line into a call; what is wrong with it becomes its answer."""
        own_id = uuid.uuid4().hex
        if line is None:
            return Asked(own_id, None, None, TooLarge(f"A line may have {MAX_LINE:,} bytes."))
        try:
            if self.as_json and line.lstrip().startswith("{"):
                return self._from_object(_object(line), own_id)
            command, options = self.catalogue.split(line)
        except Refused as refused:
            return Asked(own_id, None, None, refused, line)
        return Asked(own_id, command, self._call(own_id, command, options), None, line)

    def _from_object(self, given: dict[str, Any], own_id: str) -> Asked:
        asked_id = given.get("id", own_id)
        command = self.catalogue.named(given["command"])
        name = given.get("as")
        role: Role = given.get("role") or ("instructor" if name is None else "learner")
        call = Call(
            id=f"local:{name or _OWNER}:{asked_id}",
            command=command,
            options=given.get("options", {}),
            learner=f"local:{name or _OWNER}",
            place=given.get("place", "local"),
            role=role,
            pictures=self.pictures is not None,
            theme=self.theme,
        )
        return Asked(asked_id, command, call, None)

    def _call(self, own_id: str, command: str, options: dict[str, str]) -> Call:
        return Call(
            id=f"local:{own_id}",
            command=command,
            options=options,
            learner=f"local:{_OWNER}",
            place="local",
            role="instructor",
            pictures=self.pictures is not None,
            theme=self.theme,
        )

    def _say(self, asked: Asked, reply: Reply, seconds: float) -> int:
        """Print one answer; return its exit status."""
        written = (
            [] if self.pictures is None else picture_files.write(reply.pictures, self.pictures, asked.command or "")
        )
        kept = [] if self.pictures is None else picture_files.write(reply.files, self.pictures, asked.command or "")
        options = dict(asked.call.options) if asked.call else {}
        text = plain.text(reply, options, asked.line)
        if self.as_json:
            shown = _shown(asked, reply, text, written, seconds) | _files(reply, kept)
            print(json.dumps(shown, ensure_ascii=False), file=self.out, flush=True)
        else:
            named = [f"Picture: {path}" for path in written] + [f"File: {path}" for path in kept]
            if len(kept) < len(reply.files):
                named.append("Its file is written with --pictures DIR.")
            print("\n".join([text, *named]), file=self.out, flush=True)
        return STATUS[reply.outcome]


def _object(line: str) -> dict[str, Any]:
    """Return the call of a JSON line; refuses what has not the contract's form."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        raise WrongUsage("This line is no JSON object.") from None
    if not isinstance(given, dict) or not isinstance(given.get("command"), str):
        raise WrongUsage('A call needs a "command".')
    try:
        json.dumps(given, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise WrongUsage("A text of this call is no valid Unicode.") from None
    options = given.get("options", {})
    if not isinstance(options, dict) or not all(isinstance(value, str) for value in options.values()):
        raise WrongUsage("Options are an object of strings.")
    for key in ("id", "as", "place", "role"):
        if key in given and not (isinstance(given[key], str) and 0 < len(given[key]) <= 100):
            raise WrongUsage(f'"{key}" is a text of 1 to 100 characters.')
    if given.get("role", "learner") not in {"learner", "instructor"}:
        raise WrongUsage('"role" is "learner" or "instructor".')
    return given


def _shown(asked: Asked, reply: Reply, text: str, written: list[Path], seconds: float) -> dict[str, Any]:
    paths: list[str | None] = [str(path) for path in written] or [None] * len(reply.pictures)
    return {
        "id": asked.id,
        "command": asked.command,
        "outcome": reply.outcome,
        "text": text,
        "data": None if reply.data is None else dict(reply.data),
        "pictures": [
            {"name": picture.name, "alt": picture.alt, "path": path}
            for picture, path in zip(reply.pictures, paths, strict=True)
        ],
        "actions": list(reply.actions),
        "refusal": None if reply.refusal is None else _refusal(reply.refusal),
        "seconds": round(seconds, 6),
    }


def _files(reply: Reply, kept: list[Path]) -> dict[str, Any]:
    """Return the files of a reply that has some; their paths are null where none are written."""
    paths: list[str | None] = [str(path) for path in kept] or [None] * len(reply.files)
    files = [{"name": file.name, "path": path} for file, path in zip(reply.files, paths, strict=True)]
    return {"files": files} if files else {}


def _refusal(refusal: Refusal) -> dict[str, Any]:
    return {
        "kind": refusal.kind,
        "message": refusal.message,
        "option": refusal.option,
        "span": None if refusal.span is None else list(refusal.span),
        "suggestions": list(refusal.suggestions),
    }
