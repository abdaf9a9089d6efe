from pathlib import Path
from typing import TYPE_CHECKING

import discord

from bot.catalogue import Catalogue, Command
from bot.fronts.discord.client import Client

if TYPE_CHECKING:
    import simcord


def registrations(env: "simcord.Env") -> int:
    return sum(each.method == "PUT" for each in env.http_requests)


def notes(data: Path) -> list[Path]:
    return list(data.glob("discord-commands-*.json"))


async def test_unchanged_commands_are_not_registered_again(
    simcord_env: "simcord.Env", small_catalogue: Catalogue, tmp_path: Path
) -> None:
    await simcord_env.restart_bot(Client(small_catalogue, tmp_path, "dark"))
    assert registrations(simcord_env) == 1


async def test_changed_commands_are_registered_again(
    simcord_env: "simcord.Env", small_catalogue: Catalogue, tmp_path: Path
) -> None:
    commands: list[Command] = list(small_catalogue.commands.values())
    await simcord_env.restart_bot(Client(Catalogue(commands[:-1]), tmp_path, "dark"))
    assert registrations(simcord_env) == 2


async def test_a_note_that_cannot_be_read_costs_one_registration(
    simcord_env: "simcord.Env", small_catalogue: Catalogue, tmp_path: Path
) -> None:
    (note,) = notes(tmp_path)
    note.write_text("{")
    await simcord_env.restart_bot(Client(small_catalogue, tmp_path, "dark"))
    assert registrations(simcord_env) == 2


async def test_commands_are_offered_to_servers_people_and_private_channels(simcord_env: "simcord.Env") -> None:
    assert isinstance(simcord_env.bot, Client)
    for command in simcord_env.bot.tree.get_commands():
        assert not isinstance(command, discord.app_commands.ContextMenu)
        made = command.to_dict(simcord_env.bot.tree)
        assert made["integration_types"] == [0, 1]
        assert made["contexts"] == [0, 1, 2]
