"""The Discord front: slash commands, direct messages and mentions -> Call, Reply -> messages."""

from bot.fronts.discord.front import serve
from bot.fronts.discord.quiz import Announcer

__all__ = ["Announcer", "serve"]
