"""Tell Discord the commands, only when they changed: it allows few such calls a day."""

import asyncio
import hashlib
import json
from pathlib import Path
from typing import Any

import aiohttp
import discord
import structlog
from discord import app_commands

_FIRST_PAUSE = 5.0
_LONGEST_PAUSE = 600.0

_log = structlog.get_logger("discord")


async def register(tree: app_commands.CommandTree[Any], application_id: int, data: Path) -> None:
    """Sync the commands of the tree unless this application has exactly these; try until it works."""
    note = data / f"discord-commands-{application_id}.json"
    digest = digest_of(tree)
    if await asyncio.to_thread(_noted, note) == digest:
        return
    pause = _FIRST_PAUSE
    while True:
        try:
            commands = await tree.sync()
            break
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            _log.warning("commands not registered", reason=type(error).__name__, again_in=pause)
        await asyncio.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)
    _log.info("commands registered", count=len(commands))
    try:
        await asyncio.to_thread(_keep, note, digest)
    except OSError as error:
        _log.warning("registration not noted", reason=str(error))


def digest_of(tree: app_commands.CommandTree[Any]) -> str:
    """Return a digest of what would be sent."""
    payload = [command.to_dict(tree) for command in tree.get_commands()]
    text = json.dumps(sorted(payload, key=lambda command: str(command["name"])), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _noted(note: Path) -> str | None:
    try:
        return str(json.loads(note.read_text(encoding="utf-8"))["digest"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(note: Path, digest: str) -> None:
    note.parent.mkdir(parents=True, exist_ok=True)
    fresh = note.with_suffix(".new")
    fresh.write_text(json.dumps({"digest": digest}), encoding="utf-8")
    fresh.replace(note)
