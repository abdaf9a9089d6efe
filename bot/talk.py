"""Call and Reply, and the blocks a Reply is made of. Frozen values of built-in types."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.values import Picture

Role = Literal["learner", "instructor"]
Theme = Literal["dark", "light"]
Outcome = Literal["answered", "refused", "failed"]
Where = Literal["server", "direct", "terminal"]
EVERYWHERE: tuple[Where, ...] = ("server", "direct", "terminal")


@dataclass(frozen=True, slots=True)
class Call:
    """What somebody asks, whichever front it came through.

    id:      unique for each delivery; whatever the call causes is caused once.
    learner: who asks, as "front:name" ("discord:1234", "local:owner").
    place:   where, as "discord:<server>/<channel>", "discord:dm" or "local".
    command: name of the command, "grad" or "quiz start".
    options: option name to text, as typed.
    missing: permissions that Nabla needs and lacks in the place.
    about:   the round or exercise it is meant for, as its button says; refused when another one is open.
             "after 17" asks for what follows exercise 17.
    called:  what the front calls the learner in this place, as it stands; "" where it knows the key only.
    motion:  whether pictures may move, where they are drawn.
    decimals, timezone: how the learner wants numbers and moments; None for the usual digits.
    """

    id: str
    command: str
    options: Mapping[str, str]
    learner: str
    place: str
    role: Role = "learner"
    pictures: bool = False
    theme: Theme = "dark"
    missing: tuple[str, ...] = ()
    about: str = ""
    called: str = ""
    decimals: int | None = None
    timezone: str = "UTC"
    motion: bool = True

    @property
    def server(self) -> str:
        """The server of a place that may be a channel of it: "discord:<server>" of "discord:<server>/<channel>"."""
        return self.place.partition("/")[0]

    @property
    def where(self) -> Where:
        """The kind of place: a server (any shared place), a direct message, the terminal."""
        if self.place == "local":
            return "terminal"
        return "direct" if self.place == "discord:dm" else "server"


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of Unicode text; mathematics that keeps its columns is shown in a fixed-width font."""

    lines: tuple[str, ...]
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A program to be copied: shown in a fixed-width font, its lines neither wrapped nor indented."""

    text: str
    language: str = "python"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of short texts.

    people: the key of whom each row is about, where it has a column "who"; for fronts that can point at them.
    named:  keys of those whose name must stand there even where a front points at them: it is one that they
            chose or that others have too.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    people: tuple[str, ...] = ()
    named: frozenset[str] = frozenset()


Block = Lines | Code | Table


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a call was refused, as the contract's `refusal` object."""

    kind: str
    message: str
    option: str | None
    span: tuple[int, int] | None
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class File:
    """A file to keep; its name says what it is."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back. `actions` are command lines that continue; `private` is for one pair of eyes.

    secret: a front that has no private place at hand shows nothing of it and says where to ask instead.
    about:  the round or exercise that its actions act on, for fronts that have buttons; "" where none is.
    """

    outcome: Outcome
    title: str = ""
    blocks: tuple[Block, ...] = ()
    data: Mapping[str, Any] | None = None
    pictures: tuple[Picture, ...] = ()
    actions: tuple[str, ...] = ()
    refusal: Refusal | None = None
    private: bool = field(default=False)
    files: tuple[File, ...] = ()
    secret: bool = False
    about: str = ""
