"""The prompt: completion of commands and options, and a history that stays."""

from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory

from bot.catalogue import Catalogue
from bot.lines import command_named


class LineCompleter(Completer):
    """Completes the command first, then the options that are not given yet."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002 - the base class's signature
        """Yield what can follow at the cursor."""
        before = document.text_before_cursor
        command = command_named(before.split(), self._catalogue.said)
        if command is None or " " not in before.lstrip():
            start = before.lstrip()
            for said, name in self._catalogue.said.items():
                if f"/{said}".startswith(start if start.startswith("/") else f"/{start}"):
                    summary = self._catalogue.commands[name].summary
                    yield Completion(f"/{said} ", start_position=-len(start), display_meta=summary)
            return
        word = before.rpartition(" ")[2]
        for option in self._catalogue.commands[self._catalogue.said[command]].options:
            if option.name.startswith(word) and f" {option.name}=" not in before:
                yield Completion(f"{option.name}=", start_position=-len(word), display_meta=option.summary)


def prompt(catalogue: Catalogue, data: Path) -> Callable[[], Awaitable[str | None]]:
    """Return what asks for the next line; it gives "" for a line given up with Ctrl-C, None at the end."""
    data.mkdir(parents=True, exist_ok=True)
    session: PromptSession[str] = PromptSession(
        "∇ ", completer=LineCompleter(catalogue), history=FileHistory(str(data / "history")), complete_while_typing=True
    )

    async def ask() -> str | None:
        try:
            return await session.prompt_async()
        except KeyboardInterrupt:
            return ""
        except EOFError:
            return None

    return ask
