"""What goes into and comes out of the records of people."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.talk import Theme


@dataclass(frozen=True, slots=True)
class Preference:
    """What a learner has chosen; None where the default stands. `hidden`: not to be shown in reports."""

    theme: Theme | None = None
    decimals: int | None = None
    pictures: bool | None = None
    motion: bool | None = None
    timezone: str | None = None
    name: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A learner: the key that all of the learner's calls go by, and what the learner has chosen.

    called: the name that is kept for the account in the server asked about; "" where there is none.
    """

    key: str
    preference: Preference = Preference()
    called: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """Learners joined: all keys of the one they are now. `first`: whether this call has joined them."""

    keys: tuple[str, ...]
    first: bool


@dataclass(frozen=True, slots=True)
class KeptTable:
    """What one table keeps about a learner: values of built-in types, in order of age."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Erased:
    """What was deleted: rows of each table. `clean`: whether nothing of it is left in the file's free space."""

    counts: Mapping[str, int]
    clean: bool
