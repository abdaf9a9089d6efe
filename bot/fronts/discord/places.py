"""Places of Discord as Calls name them, and what Nabla may do there."""

import discord

# What answering needs, by the names that Discord's settings show.
_NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}


def place_of(guild_id: int | None, channel_id: int | None) -> str:
    """Return "discord:<server>/<channel>", or "discord:dm" outside of servers."""
    return "discord:dm" if guild_id is None else f"discord:{guild_id}/{channel_id}"


def channel_in(place: str) -> int | None:
    """Return the channel's id of a place of Discord; None for a direct message or another front's place."""
    server, _, channel = place.partition("/")
    return int(channel) if server.startswith("discord:") and channel.isdigit() else None


def missing(permissions: discord.Permissions) -> tuple[str, ...]:
    """Return the permissions that answering needs and these do not give."""
    return tuple(shown for name, shown in _NEEDED.items() if not getattr(permissions, name))
