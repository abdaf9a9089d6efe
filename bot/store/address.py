"""Where the records lie: from the address in the settings to the file."""

from pathlib import Path

from bot.store.errors import StoreFailed

_SCHEME = "sqlite+aiosqlite:///"


def file_of(url: str) -> Path:
    """Return the file that an address names: `sqlite+aiosqlite:///` and its path.

    Refuses (StoreFailed) another kind of database, a database in memory and an address with
    options: several processes share the records, and each must find the same file.
    """
    name = url.removeprefix(_SCHEME)
    if name == url or not name or name == ":memory:" or name.startswith("file:") or "?" in name:
        raise StoreFailed(f"The address of the records must be {_SCHEME} and the path of a file, not {url!r}.")
    return Path(name)
