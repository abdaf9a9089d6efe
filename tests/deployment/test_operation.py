"""Every command of docs/operation.md, in its order, as far as it can go without Docker."""

import asyncio
import re
import signal
from asyncio.subprocess import Process
from pathlib import Path
from typing import Any

import pytest

from tests.deployment.conftest import ROOT, Run
from tests.loopback.server import Loopback

DOCUMENT = (ROOT / "docs/operation.md").read_text("utf-8")
COMMANDS = [
    line for block in re.findall(r"^```\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL) for line in block.splitlines()
]

Json = dict[str, Any]


class Operator:
    """Does what the document says, one command after the other."""

    def __init__(self, run: Run, loopback: Loopback, compose: Json, environment: dict[str, str]) -> None:
        self.run = run
        self.loopback = loopback
        self.services = compose["services"]
        self.backups = Path(environment["NABLA_DATA"], "backups")
        self.elsewhere = self.backups.parent.with_name("copy.sqlite3")
        self.bot: Process | None = None

    async def do(self, command: str) -> None:
        """Run a command; fail on one that is not known here."""
        match command.split():
            case ["docker", "compose", "up", *_]:
                await self.start(*(self.services[name]["command"] for name in ("migrate", "bot")))
            case ["docker", "compose", "stop", "bot"]:
                await self.stop()
            case ["nabla", "discord"]:
                await self.start(["discord"])
            case ["docker", "compose", "run", "--rm", "--no-deps", "bot", *rest]:
                await self.succeed(*rest)
            case ["docker", "compose", "exec", "bot", "python", "-m", "bot", *rest]:
                if self.bot is None:
                    await self.start(["discord"])
                await self.succeed(*rest)
            case ["nabla", "restore", file]:
                await self.stop()
                await self.succeed("restore", file)
            case ["nabla", *rest]:
                await self.succeed(*rest)
            case _:
                pytest.fail(f"no test runs {command}")

    async def start(self, *commands: list[str]) -> None:
        """Start the bot anew after what goes before it; return when Discord has greeted it."""
        await self.stop()
        for command in commands[:-1]:
            await self.succeed(*command)
        self.bot = await self.run(*commands[-1])
        await asyncio.wait_for(self.loopback.gateway.ready.wait(), 40)

    async def stop(self) -> None:
        """Stop the bot, if it runs."""
        if self.bot is not None:
            self.bot.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(self.bot.wait(), 20) == 0
            assert await self.loopback.until(lambda: not self.loopback.gateway.ready.is_set())
            self.bot = None

    async def succeed(self, *words: str) -> None:
        """Run a command to its good end, FILE being a copy that is there, or is to be."""
        newest = max(self.backups.iterdir(), default=self.backups) if self.backups.exists() else self.backups
        places = {"FILE": str(self.elsewhere), "/data/backups/FILE": str(newest)}
        process = await self.run(*(places.get(word, word) for word in words))
        said, errors = await asyncio.wait_for(process.communicate(), 40)
        assert (process.returncode, errors) == (0, b""), words
        assert said.strip()


@pytest.mark.slow
async def test_every_command_of_the_document_does_what_it_should(
    run: Run, loopback: Loopback, compose: Json, environment: dict[str, str]
) -> None:
    operator = Operator(run, loopback, compose, environment)
    for command in COMMANDS:
        await operator.do(command)
    await operator.stop()


def test_the_document_has_every_command_of_an_operator() -> None:
    assert {"nabla migrate", "nabla discord", "nabla backup", "nabla restore FILE"} <= set(COMMANDS)


@pytest.mark.parametrize("name", ["mem_limit", "cpus", "pids_limit", "stop_grace_period"])
def test_the_document_states_the_limits_of_the_compose_file(compose: Json, name: str) -> None:
    assert f"`{name}` {compose['services']['bot'][name]}" in DOCUMENT
