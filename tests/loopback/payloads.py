"""The objects that Discord sends, as small as discord.py reads them."""

import itertools
import time
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

APPLICATION = 1001
BOT = 1002
GUILD = 2001
GUILDS = (GUILD, 2101)  # where the bot is a member
UNAVAILABLE = 2201  # one of its servers too, of which Discord has said no more yet
GONE = 2301  # it was one of its servers
OWNER = 2002
CHANNEL = 3001
DM_CHANNEL = 3002
MEMBER = 4001

_EPOCH = 1420070400000
_count = itertools.count()


def snowflake() -> int:
    """Return a fresh id that carries the present time."""
    return (int(time.time() * 1000) - _EPOCH) << 22 | next(_count) % 4096


def user(number: int, *, bot: bool = False) -> Json:
    """Return a user."""
    return {"id": str(number), "username": f"user{number}", "discriminator": "0", "avatar": None, "bot": bot}


def member(*, permissions: int | None = None) -> Json:
    """Return a member of the server, without the user."""
    made: Json = {"roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0}
    return made if permissions is None else made | {"permissions": str(permissions)}


def guild(number: int) -> Json:
    """Return a server, with one text channel and the bot in it; the channel's number is 1000 more."""
    everyone = {
        "id": str(number), "name": "@everyone", "permissions": str(0x0000_0002_7FFF_FFDF & ~0x28), "position": 0,
        "color": 0, "hoist": False, "managed": False, "mentionable": False, "flags": 0,
    }  # fmt: skip
    channel = {"id": str(number + 1000), "type": 0, "name": "maths", "position": 0, "permission_overwrites": []}
    return {
        "id": str(number), "name": "school", "owner_id": str(OWNER), "roles": [everyone], "emojis": [], "features": [],
        "channels": [channel],
        "members": [member() | {"user": user(BOT, bot=True)}], "member_count": 2, "threads": [], "presences": [],
        "voice_states": [], "stickers": [], "verification_level": 0, "default_message_notifications": 0,
        "explicit_content_filter": 0, "mfa_level": 0, "premium_tier": 0, "preferred_locale": "en-GB", "nsfw_level": 0,
        "system_channel_flags": 0, "afk_timeout": 300, "stage_instances": [], "guild_scheduled_events": [],
    }  # fmt: skip


def message(number: int, channel: int, author: Json, body: Json) -> Json:
    """Return a message that shows what a body says."""
    return {
        "id": str(number), "channel_id": str(channel), "author": author, "content": body.get("content") or "",
        "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "tts": False, "mention_everyone": False,
        "mentions": [], "mention_roles": [], "attachments": [], "embeds": body.get("embeds") or [], "pinned": False,
        "type": 0, "flags": body.get("flags", 0), "components": body.get("components") or [],
    }  # fmt: skip


@dataclass(frozen=True)
class Seat:
    """Who does something, and in which channel of which server; no server is a direct message.

    In a server where the bot is no member, whoever does it has installed the bot for himself.
    """

    member: int = MEMBER
    guild: int | None = GUILD
    channel: int = CHANNEL
    permissions: int = 0


def _owners(seat: Seat) -> Json:
    """Return who has installed the bot that answers."""
    if seat.guild is None:
        return {"0": "0", "1": str(seat.member)}
    return {"0": str(seat.guild)} if seat.guild in GUILDS else {"1": str(seat.member)}


def interaction(number: int, token: str, data: Json, seat: Seat, kind: int = 2) -> Json:
    """Return a slash command (2), a press (3) or a form (5) as it comes through the gateway."""
    made: Json = {
        "id": str(number), "application_id": str(APPLICATION), "type": kind, "token": token, "version": 1, "data": data,
        "locale": "en-GB", "entitlements": [], "authorizing_integration_owners": _owners(seat),
        "attachment_size_limit": 10485760, "app_permissions": "0", "context": 0 if seat.guild else 1,
    }  # fmt: skip
    who = user(seat.member)
    if not seat.guild:
        channel = {"id": str(DM_CHANNEL), "type": 1, "recipients": [who], "last_message_id": None}
        return made | {"user": who, "channel": channel, "channel_id": str(DM_CHANNEL)}
    channel = {"id": str(seat.channel), "type": 0, "name": "maths", "position": 0, "permission_overwrites": []}
    return made | {
        "guild_id": str(seat.guild), "channel_id": str(seat.channel), "channel": channel,
        "member": member(permissions=seat.permissions) | {"user": who},
    }  # fmt: skip
