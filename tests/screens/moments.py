"""The present moment as Nabla's records and file names see it: it stands still until it is told to go on."""

import contextlib
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from types import ModuleType
from typing import Self
from unittest import mock

from bot.fronts import picture_files

_BEGINNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Moments:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = _BEGINNING

    def go_on(self, *, minutes: int = 0, seconds: int = 0) -> None:
        """Let time pass."""
        self.now += timedelta(minutes=minutes, seconds=seconds)

    @contextlib.contextmanager
    def standing(self) -> Iterator[None]:
        """Make it the present moment while the block runs."""
        moments = self

        class Standing(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Self:
                shown = moments.now if tz else moments.now.replace(tzinfo=None)
                return cls.combine(shown.date(), shown.time(), shown.tzinfo)

        with contextlib.ExitStack() as stack:
            for each in (picture_files, *_stores()):
                stack.enter_context(mock.patch.object(each, "datetime", Standing))
            yield


def _stores() -> list[ModuleType]:
    """Return the modules of the store that look at the clock."""
    return [
        module for name, module in sys.modules.items() if name.startswith("bot.store.") and hasattr(module, "_utc_now")
    ]
