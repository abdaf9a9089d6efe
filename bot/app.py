"""Puts the pieces together; the only module that knows all of them."""

import asyncio
import gc
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.catalogue import Catalogue, Command
from bot.commands import code, link, practice, privacy, quiz, report, setup, topics, why
from bot.commands import help as help_commands
from bot.commands import progress as progress_commands
from bot.commands import settings as settings_commands
from bot.fronts.clock import Clock, Tell, keep_silent
from bot.log import start_logging
from bot.pace import Pace
from bot.settings import Settings, read_settings
from bot.store.address import file_of
from bot.store.database import Database
from bot.store.migrations import migrate
from bot.store.people import People
from bot.store.places import Places
from bot.store.presence import using
from bot.store.privacy import Privacy
from bot.store.progress import Progress
from bot.store.quiz import Quizzes
from bot.store.report import Reports
from bot.talk import Reply
from bot.workers import Limits, LocalWorkers, Workers
from engine.errors import Refused

if TYPE_CHECKING:
    from bot.metrics import Metrics


@dataclass(frozen=True, slots=True)
class Nabla:
    """The running whole: what fronts need of it. `metrics` is None where the settings want none."""

    settings: Settings
    catalogue: Catalogue
    workers: Workers
    progress: Progress
    metrics: "Metrics | None" = None


def catalogue_of(progress: Progress, workers: Workers, pace: Pace | None = None) -> Catalogue:
    """Return the one list of commands."""
    quizzes, places = Quizzes(progress.database), Places(progress.database)
    solving = topics.Topics(workers, progress, places, quizzes.open_questions)
    people, kept = People(progress.database), Privacy(progress.database)
    catalogue = Catalogue(
        [
            *topics.commands(solving),
            *code.commands(solving, lambda line: catalogue.split(line)),  # noqa: PLW0108 - it is still being made
            *practice.commands(progress, people, workers),
            *why.commands(progress, workers),
            *progress_commands.commands(progress, workers),
            *quiz.commands(quizzes, people, workers),
            *settings_commands.commands(people),
            *link.commands(people),
            *privacy.commands(kept, people),
            *report.commands(Reports(progress.database), people, workers),
            *setup.commands(places),
        ],
        pace,
    )
    for command in help_commands.commands(lambda: catalogue.public):
        catalogue.add(command)
    for command in tuple(catalogue.commands.values()):
        catalogue.add(settings_commands.personal(command, people))
    return catalogue


def commands() -> dict[str, Command]:
    """Return all commands, described but not to be run: nothing is started for them."""
    unstarted = LocalWorkers(1, 1.0)
    return catalogue_of(Progress(Database(Settings().store_url)), unstarted).public


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
        with using(file_of(settings.store_url)):
            if not settings.database_url:
                migrate(settings.store_url, backup=True)
            metrics = _metrics(settings)
            database = Database(settings.store_url) if metrics is None else metrics.database(settings.store_url)
            try:
                progress = Progress(database)
                catalogue = catalogue_of(progress, workers, pace)
                if metrics is not None:
                    metrics.watch(catalogue, workers)
                yield Nabla(settings, catalogue, workers, progress, metrics)
            finally:
                await database.close()
    finally:
        await workers.close()


def _metrics(settings: Settings) -> "Metrics | None":
    if not settings.metrics:
        return None
    from bot.metrics import Metrics

    return Metrics()


async def talk_in_terminal() -> int:
    """Run the terminal chat until its input ends; return the exit status."""
    from bot.fronts.terminal import Chat

    async def front(nabla: Nabla) -> None:
        await Chat(nabla.catalogue, nabla.settings.data, nabla.settings.theme).run()

    return await _guarded(front, clock=lambda nabla: _clock_here(nabla, _print))


async def serve_discord() -> int:
    """Run the Discord bot until it is told to stop; return the exit status."""
    from bot.fronts.discord import Announcer, serve

    settings = read_settings()
    if settings.discord_token is None:
        print("Nabla cannot start as a Discord bot: DISCORD_TOKEN is not set.", file=sys.stderr)
        return 1
    token = settings.discord_token.get_secret_value()
    announcer = Announcer()

    async def front(nabla: Nabla) -> None:
        connected = asyncio.Event()
        async with _health(nabla, connected):
            await serve(
                token,
                nabla.catalogue,
                data=settings.data,
                theme=settings.theme,
                api=settings.discord_api,
                gateway=settings.discord_gateway,
                connected=connected,
                announcer=announcer,
            )

    return await _guarded(front, pace=Pace(), clock=lambda nabla: _clock_of_discord(nabla, announcer.tell))


def _health(nabla: Nabla, connected: asyncio.Event) -> AbstractAsyncContextManager[None]:
    """Tell, while the block runs, whether the parts that Discord's learners need are ready."""
    from bot.health import serving

    async def gateway() -> bool:
        return connected.is_set()

    async def store() -> bool:
        await nabla.progress.attempt("none has this id")
        return True

    async def workers() -> bool:
        return nabla.workers.report().ready > 0

    metrics = None if nabla.metrics is None else nabla.metrics.text
    return serving(nabla.settings.health_port, {"gateway": gateway, "store": store, "workers": workers}, metrics)


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


def _clock_here(nabla: Nabla, tell: Tell = keep_silent) -> Clock:
    """Return the clock of all places but Discord's."""
    quizzes = Quizzes(nabla.progress.database)
    return Clock(nabla.catalogue, quizzes, lambda place: not place.startswith("discord:"), tell)


def _clock_of_discord(nabla: Nabla, tell: Tell) -> Clock:
    quizzes = Quizzes(nabla.progress.database)
    return Clock(nabla.catalogue, quizzes, lambda place: place.startswith("discord:"), tell)


async def _print(_place: str, reply: Reply) -> None:
    """Show a reply in the terminal, above the prompt where there is one."""
    from prompt_toolkit.application import run_in_terminal
    from rich.console import Console

    from bot.fronts.terminal.show import show

    console = Console(highlight=False, emoji=False, markup=False)
    await run_in_terminal(lambda: show(console, None, "", reply, []))


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
    front: Callable[[Nabla], Awaitable[None]],
    limits: Limits | None = None,
    pace: Pace | None = None,
    clock: Callable[[Nabla], Clock] = _clock_here,
) -> int:
    """Run a front and its clock on a running Nabla; what refuses the start is said in a sentence."""
    settings = read_settings()
    gc.freeze()
    gc.enable()
    try:
        async with running(settings, limits, pace) as nabla, clock(nabla).running():
            await front(nabla)
    except Refused as refused:
        print(refused.message, file=sys.stderr)
        return 1
    return 0
