"""What people are called before others: names that format nothing, point at nobody and calculate nothing."""

import unicodedata
from collections import Counter
from collections.abc import Mapping

LONGEST_NAME = 32
NAMELESS = "learner"

# What formats, links, mentions or points at somebody somewhere.
_MARKS = frozenset("@#<>*_~`|\\[]():/")
# Letters that show nothing.
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_LOCAL = "local:"


def is_name(text: str) -> bool:
    """Tell whether a text can be shown as a name anywhere: printable, no marks, and a letter or digit first."""
    return 0 < len(text) <= LONGEST_NAME and all(map(_may_stand, text)) and text[0].isalnum()


def cleaned(text: str) -> str:
    """Return what is left of a text as a name, without what may not stand in one; "" where nothing is left."""
    kept = "".join(each if _may_stand(each) else " " for each in unicodedata.normalize("NFC", text))
    words = " ".join(kept.split())
    start = next((place for place, each in enumerate(words) if each.isalnum()), len(words))
    return words[start : start + LONGEST_NAME].rstrip()


def told_apart(people: Mapping[str, str]) -> dict[str, str]:
    """Return what each learner is called, by key; those who share a name have a number with it.

    people: key to name, "" where none is known, in the order of the numbers. No name holds the number's sign,
            so nobody can take another one's.
    """
    names = {key: name or _from_key(key) for key, name in people.items()}
    sharing = Counter(map(_alike, names.values()))
    met: Counter[str] = Counter()
    shown = {}
    for key, name in names.items():
        met[_alike(name)] += 1
        shown[key] = f"{name} #{met[_alike(name)]}" if sharing[_alike(name)] > 1 else name
    return shown


def _may_stand(character: str) -> bool:
    # What looks like a mark is taken for one.
    alike = unicodedata.normalize("NFKC", character)
    return character.isprintable() and character not in _BLANKS and not _MARKS & set(alike)


def _from_key(key: str) -> str:
    """Return the name that a key of the terminal holds; a number tells nobody anything."""
    return (cleaned(key.removeprefix(_LOCAL)) if key.startswith(_LOCAL) else "") or NAMELESS


def _alike(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
