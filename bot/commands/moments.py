"""Moments as a learner reads them: in the learner's time zone, which is named."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.talk import Call


def zone_of(call: Call) -> tuple[str, tzinfo]:
    """Return the name of the caller's time zone and the zone; UTC where this computer does not know it any more."""
    try:
        return call.timezone, ZoneInfo(call.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC", UTC


def shown(moment: datetime, zone: tzinfo) -> str:
    """Return day and minute of a moment in a zone."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
