"""The terminal chat."""

from bot.fronts.terminal.chat import Chat

__all__ = ["Chat"]
