"""Places of Discord as Calls name them, and what Nabla may do there."""

import discord

from bot.fronts.discord.render import Room

# What answering needs, by the names that Discord's settings show.
_NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}


def server_of(interaction: discord.Interaction) -> int | None:
    """Return the server that an interaction is made in; None where Nabla is no member of it.

    Somebody has brought Nabla along there: whoever manages that server never agreed to it, and Nabla cannot
    post there by itself. So it is nobody's place but the caller's own, like a direct message.
    """
    guild_id = interaction.guild_id
    return None if guild_id is None or interaction.client.get_guild(guild_id) is None else guild_id


def place_of(guild_id: int | None, channel_id: int | None) -> str:
    """Return "discord:<server>/<channel>", or "discord:dm" outside of servers."""
    return "discord:dm" if guild_id is None else f"discord:{guild_id}/{channel_id}"


def channel_in(place: str) -> int | None:
    """Return the channel's id of a place of Discord; None for a direct message or another front's place."""
    server, _, channel = place.partition("/")
    return int(channel) if server.startswith("discord:") and channel.isdigit() else None


def missing(permissions: discord.Permissions, channel: object) -> tuple[str, ...]:
    """Return the permissions that answering in a channel needs and these do not give."""
    needed = dict(_NEEDED)
    if isinstance(channel, discord.Thread):
        del needed["send_messages"]
        needed["send_messages_in_threads"] = "Send Messages in Threads"
    return tuple(shown for name, shown in needed.items() if not getattr(permissions, name))


def room_in(channel: object) -> Room:
    """Return what a server's channel lets the bot send; Discord drops a forbidden embed without a word."""
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return Room()
    try:
        allowed = channel.permissions_for(channel.guild.me)
    except discord.ClientException:  # a thread whose channel is not known
        return Room()
    return Room(embed=allowed.embed_links, files=allowed.attach_files)
