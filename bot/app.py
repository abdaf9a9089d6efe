"""Puts the pieces together; the only module that knows all of them."""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.catalogue import Catalogue, Command
from bot.commands import help as help_commands
from bot.commands import practice, topics
from bot.commands import progress as progress_commands
from bot.log import start_logging
from bot.pace import Pace
from bot.settings import Settings, read_settings
from bot.store.database import Database
from bot.store.migrations import migrate
from bot.store.progress import Progress
from bot.workers import Limits, LocalWorkers, Workers
from engine.errors import Refused
from engine.values import Json


@dataclass(frozen=True, slots=True)
class Nabla:
    """The running whole: what fronts need of it."""

    settings: Settings
    catalogue: Catalogue
    workers: Workers


async def _nothing_sealed(_: str) -> list[Json]:
    return []


def catalogue_of(progress: Progress, workers: Workers, pace: Pace | None = None) -> Catalogue:
    """Return the one list of commands."""
    solving = topics.Topics(workers, progress, _nothing_sealed)
    catalogue = Catalogue(
        [
            *topics.commands(solving),
            *practice.commands(progress, workers),
            *progress_commands.commands(progress, workers),
        ],
        pace,
    )
    for command in help_commands.commands(lambda: catalogue.commands):
        catalogue.add(command)
    return catalogue


def commands() -> dict[str, Command]:
    """Return all commands, described but not to be run: nothing is started for them."""
    unstarted = LocalWorkers(1, 1.0)
    return catalogue_of(Progress(Database(Settings().store_url)), unstarted).commands


@asynccontextmanager
async def running(settings: Settings, limits: Limits | None = None, pace: Pace | None = None) -> AsyncIterator[Nabla]:
    """Give Nabla with its workers started and its store open; close both in the end.

    The embedded store is brought up to date first, after a copy; any other one is migrated by
    `nabla migrate` beforehand.
    """
    start_logging(settings)
    workers = LocalWorkers(settings.workers, settings.deadline, limits=limits or Limits(), memory_mb=settings.memory_mb)
    await workers.start()
    try:
        if not settings.database_url:
            migrate(settings.store_url, backup=True)
        database = Database(settings.store_url)
        try:
            yield Nabla(settings, catalogue_of(Progress(database), workers, pace), workers)
        finally:
            await database.close()
    finally:
        await workers.close()


async def talk_in_terminal() -> int:
    """Run the terminal chat until its input ends; return the exit status."""
    from bot.fronts.terminal import Chat

    async def front(nabla: Nabla) -> None:
        await Chat(nabla.catalogue, nabla.settings.data, nabla.settings.theme).run()

    return await _guarded(front)


async def serve_discord() -> int:
    """Run the Discord bot until it is told to stop; return the exit status."""
    from bot.fronts.discord import serve

    settings = read_settings()
    if settings.discord_token is None:
        print("Nabla cannot start as a Discord bot: DISCORD_TOKEN is not set.", file=sys.stderr)
        return 1
    token = settings.discord_token.get_secret_value()

    async def front(nabla: Nabla) -> None:
        await serve(
            token,
            nabla.catalogue,
            data=settings.data,
            theme=settings.theme,
            api=settings.discord_api,
            gateway=settings.discord_gateway,
        )

    return await _guarded(front, pace=Pace())


async def ask(line: str, *, as_json: bool, pictures: Path | None) -> int:
    """Answer one line, or with - every line of standard input; return the exit status."""
    from bot.fronts.ask import Ask

    settings = read_settings()
    status = 0

    async def front(nabla: Nabla) -> None:
        nonlocal status
        asking = Ask(nabla.catalogue, settings.theme, settings.workers, as_json, pictures)
        status = await (asking.every_line() if line == "-" else asking.one(line))

    # Here the one who asks waits for the workers, so that nobody is told to come back.
    failed = await _guarded(front, Limits(running_per_learner=None, waiting_per_learner=None, waiting=None))
    return 2 if failed else status


def bring_up_to_date() -> int:
    """Migrate the database and say from where to where."""
    try:
        before, after = migrate(read_settings().store_url, backup=True)
    except Refused as refused:
        print(refused.message, file=sys.stderr)
        return 1
    print(
        f"The database is at {after}."
        if before == after
        else f"The database went from {before or 'nothing'} to {after}."
    )
    return 0


async def _guarded(
    front: Callable[[Nabla], Awaitable[None]], limits: Limits | None = None, pace: Pace | None = None
) -> int:
    """Run a front on a running Nabla; what refuses the start is said in a sentence."""
    settings = read_settings()
    try:
        async with running(settings, limits, pace) as nabla:
            await front(nabla)
    except Refused as refused:
        print(refused.message, file=sys.stderr)
        return 1
    return 0
