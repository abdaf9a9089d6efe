"""Labels at points: which point is what."""

import re

from engine.errors import WrongKind
from engine.reading.labels import FILLERS, label_of, words_of
from engine.reading.pieces import NAME, angles, cut, opened, trimmed
from engine.reading.points import ORIGIN, spread
from engine.reading.shapes import Labels
from engine.reading.source import Source
from engine.reading.tree import Node

_NEAR_POINT = re.compile(r"(?:\s|[,;:=]|->|\b(?:at|and|is|are|in|for|with|both|a|an)\b|-(?=\s))*", re.IGNORECASE)
_BEFORE_POINT = re.compile(r"(?:[\s,;:=]|->|\b(?:at|and|is|are|in|for)|(?<=\s)-)$", re.IGNORECASE)


def read_labels(text: str, variables: tuple[str, ...] = ()) -> Labels:
    """Read which point is what: "saddle at (0,0); min at (1,1)", "(0,0): saddle", "x=0 is a local max".

    Refuses (WrongKind) points without a label and labels without a point.
    """
    source = angles(trimmed(opened(text)))
    places = list(_places(source.text))
    whole = source.span(0, len(source.text))
    if not places:
        raise WrongKind("Say where: for instance saddle at (0, 0).", span=whole)
    starts, ends = [0, *(end for _, end in places)], [*(start for start, _ in places), len(source.text)]
    between = [_bare(cut(source, start, end)) for start, end in zip(starts, ends, strict=True)]
    label_first = bool(between[0].text)
    said, unsaid = (between[:-1], between[-1]) if label_first else (between[1:], between[0])
    if unsaid.text or not any(each.text for each in said):
        raise WrongKind("Each point needs one label: for instance saddle at (0, 0).", span=whole)
    names = [label_of(each) if each.text else "" for each in said]
    names = _carried(names) if label_first else _carried(names[::-1])[::-1]
    if not all(names):
        raise WrongKind("Each point needs one label: for instance saddle at (0, 0).", span=whole)
    labels: list[tuple[str, tuple[Node, ...]]] = []
    for name, (start, end) in zip(names, places, strict=True):
        labels += [(name, coordinates) for coordinates, _ in spread(cut(source, start, end), variables)]
    return Labels(text, tuple(labels))


def _carried(names: list[str]) -> list[str]:
    """Give a point without a label the one before it: saddles at (0,0) and (1,1)."""
    carried: list[str] = []
    for name in names:
        carried.append(name or (carried[-1] if carried else ""))
    return carried


def _places(text: str) -> list[tuple[int, int]]:
    """Return where points stand: brackets with a comma in them, the origin, x = 1, y = 2."""
    value = r"[^\s,;:=()]+(?:\([^()]*\)[^\s,;:=()]*)*"
    pattern = rf"(?:\(\s*{NAME}(?:\s*,\s*{NAME})*\s*\)\s*=\s*)?[(\[](?:[^()\[\]]|\([^()]*\))*[)\]]|{ORIGIN.pattern}"
    assigned = rf"{NAME}\s*=\s*{value}(?:\s*,?\s*{NAME}\s*=\s*{value})*"
    return [found.span() for found in re.finditer(f"{pattern}|{assigned}", text, re.IGNORECASE)]


def _bare(source: Source) -> Source:
    """Return what stands between points without the words and signs that only join."""
    found = _NEAR_POINT.match(source.text)
    start = found.end() if found else 0
    end = len(source.text)
    while found := _BEFORE_POINT.search(source.text, start, end):
        end = found.start()
    bare = cut(source, start, end)
    return cut(bare, 0, 0) if all(word in FILLERS for word in words_of(bare.text.lower())) else bare
