"""The deployment's files, read, and their commands, run without Docker."""

import asyncio
import os
import re
import shlex
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.loopback.server import TOKEN, Loopback

ROOT = Path(__file__).parents[2]

Json = dict[str, Any]
Run = Callable[..., Coroutine[None, None, Process]]


@pytest.fixture(scope="session")
def compose() -> Json:
    read: Json = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    return read


@pytest.fixture(scope="session")
def dockerfile() -> list[list[str]]:
    """Return the instructions, each as its words."""
    lines = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ").splitlines()
    return [shlex.split(line) for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="session")
def image_environment(dockerfile: list[list[str]]) -> dict[str, str]:
    """Return what the image sets for everything that runs in it."""
    words = [word for name, *words in dockerfile if name == "ENV" for word in words]
    return dict(word.split("=", 1) for word in words)


@pytest.fixture
async def loopback() -> AsyncIterator[Loopback]:
    server = Loopback()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def environment(
    compose: Json, image_environment: dict[str, str], loopback: Loopback, tmp_path: Path, port: int
) -> dict[str, str]:
    """Return what a container would find, with folders, a port and a Discord of this computer."""
    here = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "NABLA_DATA": str(tmp_path / "data"),
        "MPLCONFIGDIR": str(tmp_path / "matplotlib"),
        "NABLA_HEALTH_PORT": str(port),
        "DISCORD_TOKEN": TOKEN,
        "NABLA_DISCORD_API": loopback.api,
        "NABLA_DISCORD_GATEWAY": loopback.gateway.address,
        "NABLA_DATABASE_URL": "",
        "NABLA_DEADLINE": "20",
    }
    service: dict[str, str] = compose["services"]["bot"]["environment"]
    return image_environment | service | here


@pytest.fixture
async def run(dockerfile: list[list[str]], environment: dict[str, str]) -> AsyncIterator[Run]:
    """Start what the image's entrypoint makes of a service's command; everything is ended with the test."""
    (entrypoint,) = [" ".join(words) for name, *words in dockerfile if name == "ENTRYPOINT"]
    started: list[Process] = []

    async def start(*command: str) -> Process:
        program, *rest = re.findall(r"[^\[\], ]+", entrypoint)
        assert program == "python"
        process = await asyncio.create_subprocess_exec(
            sys.executable, *rest, *command, cwd=ROOT, env=environment, stdout=PIPE, stderr=PIPE
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.returncode is None:
            process.kill()
        await process.communicate()
