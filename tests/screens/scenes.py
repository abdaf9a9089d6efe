"""What happens in a conversation, as somebody who looks on sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Console

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What a person types or presses, and types into what opens then; without a person, a remark to the reader."""

    who: str
    text: str
    pressed: bool = False
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message of Nabla's: the very body that Discord was sent, its files, and who alone sees it."""

    body: Json
    files: Mapping[str, bytes]
    seen_by: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form as Discord was sent it, what was typed into its field, and by whom."""

    body: Json
    value: str
    who: str


@dataclass(frozen=True, slots=True)
class Printed:
    """What a terminal showed."""

    console: Console


Scene = Said | Message | Form | Printed
