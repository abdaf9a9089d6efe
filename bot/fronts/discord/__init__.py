"""The Discord front: slash commands, direct messages and mentions -> Call, Reply -> messages."""

from bot.fronts.discord.front import serve

__all__ = ["serve"]
