"""nabla backup and nabla restore: what an operator does with the records, said in a sentence."""

import sys
from collections.abc import Callable
from pathlib import Path

from bot.settings import Settings, read_settings
from bot.store.backup import back_up
from bot.store.restore import restore
from engine.errors import Refused


def back_up_records(target: Path | None) -> int:
    """Copy the records, to a file or into the data folder's backups, and say where; return the exit status."""

    def work(settings: Settings) -> str:
        made = back_up(settings.store_url, target, settings.data / "backups")
        return f"The records are copied to {made}, and the copy is sound."

    return _said(work)


def restore_records(source: Path) -> int:
    """Put a copy in the place of the records and say what became of both; return the exit status."""

    def work(settings: Settings) -> str:
        done = restore(settings.store_url, source)
        newer = "" if done.before == done.after else f", brought from {done.before} to {done.after}"
        kept = "there were none before" if done.kept is None else f"the ones before are kept as {done.kept}"
        return f"The records are those of {source}{newer}; {kept}."

    return _said(work)


def _said(work: Callable[[Settings], str]) -> int:
    try:
        print(work(read_settings()))
    except Refused as refused:
        print(refused.message, file=sys.stderr)
        return 1
    return 0
