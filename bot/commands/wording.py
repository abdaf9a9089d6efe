"""How numbers and people are put into words."""

from collections.abc import Collection, Mapping

from bot.learning.names import NAMELESS


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, which is in the plural unless it is one: "1 attempt", "2 attempts"."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def named_too(names: Mapping[str, str], choosers: Collection[str]) -> frozenset[str]:
    """Return the keys of those whose name says more than a pointer at them: it is chosen, or others have it too.

    names: by key, those who share one with a number, which no name can hold.
    """
    numbered = {key for key, name in names.items() if "#" in name and not name.startswith(f"{NAMELESS} #")}
    return frozenset(numbered | (set(choosers) & set(names)))
