"""The terminal chat: a prompt with completion and history, or lines from a pipe."""

import asyncio
import signal
import sys
import uuid
from pathlib import Path

from rich.console import Console

from bot.catalogue import Catalogue
from bot.fronts import picture_files
from bot.fronts.standard_input import MAX_LINE, lines
from bot.fronts.terminal.show import show
from bot.talk import Call, Reply, Theme
from engine.errors import Refused, TooLarge

_WELCOME = "Nabla. Type /grad f=x^2+y^2 at=1,2 or /help; /quit ends."
_ENDS = {"/quit", "/exit", "quit", "exit"}


class Chat:
    """One conversation with the terminal's owner."""

    def __init__(self, catalogue: Catalogue, data: Path, theme: Theme) -> None:
        self._catalogue = catalogue
        self._data = data
        self._theme: Theme = theme
        self._console = Console(highlight=False, emoji=False, markup=False)

    async def run(self) -> None:
        """Talk until the input ends: a prompt at a terminal, else line by line."""
        if sys.stdin.isatty() and sys.stdout.isatty():
            await self._prompted()
        else:
            async for line in lines():
                if line is not None and line.strip().lower() in _ENDS:
                    break
                if line is None or line.strip():
                    await self._answer(line)

    async def _prompted(self) -> None:
        from bot.fronts.terminal.prompt import prompt  # noqa: PLC0415 - a pipe needs no prompt

        self._console.print(_WELCOME)
        ask = prompt(self._catalogue, self._data)
        while (line := await ask()) is not None and line.strip().lower() not in _ENDS:
            if line.strip():
                await self._answer_unless_stopped(line)

    async def _answer_unless_stopped(self, line: str) -> None:
        """Answer a line; Ctrl-C gives this answer up and not the conversation."""
        answering = asyncio.create_task(self._answer(line))
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGINT, answering.cancel)
        try:
            await asyncio.wait([answering])
        finally:
            loop.remove_signal_handler(signal.SIGINT)
        if answering.cancelled():
            self._console.print("Stopped.")
        else:
            answering.result()

    async def _answer(self, line: str | None) -> None:
        call, reply = await self._reply(line)
        folder, command = self._data / "pictures", call.command if call else ""
        written = picture_files.write(reply.pictures, folder, command)
        picture_files.forget_oldest(folder)
        files = picture_files.write(reply.files, folder, command)
        show(self._console, call, line or "", reply, written, files)

    async def _reply(self, line: str | None) -> tuple[Call | None, Reply]:
        nobody = Call("local:", "", {}, "local:owner", "local")
        if line is None:
            return None, self._catalogue.refuse(nobody, TooLarge(f"A line may have {MAX_LINE:,} bytes."))
        try:
            command, options = self._catalogue.split(line)
        except Refused as refused:
            return None, self._catalogue.refuse(nobody, refused)
        call = Call(
            id=f"local:{uuid.uuid4().hex}",
            command=command,
            options=options,
            learner="local:owner",
            place="local",
            role="instructor",
            pictures=True,
            theme=self._theme,
        )
        return call, await self._catalogue.handle(call)
