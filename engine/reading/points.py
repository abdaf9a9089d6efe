"""Points: coordinates in every spelling, one point or several, and their order."""

import re
from dataclasses import replace

from engine.errors import EmptyText, MissingOperand, NotANumber, UnknownName, WrongLength
from engine.reading.constants import constant
from engine.reading.lists import read_lists
from engine.reading.names import read_name
from engine.reading.pieces import NAME, angles, cut, enclosed, opened, plus_and_minus, split, trimmed, without
from engine.reading.readings import Note
from engine.reading.shapes import Point, Points
from engine.reading.source import Source
from engine.reading.tree import Node, Number, names_in
from engine.reading.variables import distinct
from engine.reading.vectors import flat

NONE = re.compile(
    r"(?:there (?:are|is) )?(?:none|no(?: real| critical| stationary)*(?: points?| solutions?| values?| numbers?)"
    r"|empty(?: set)?|the empty set|nothing|nowhere|\{\s*\}|∅)(?: exists?| at all| found)?",
    re.IGNORECASE,
)
ORIGIN = re.compile(r"(?:the\s+)?origin", re.IGNORECASE)
_AROUND = (
    r"^\s*(?:at\b\s*=?|(?:the\s+|all\s+)?(?:critical\s+|stationary\s+)?points?\b\s*(?:are\b|is\b|at\b|=|:)?)|\bonly\s*$"
)


def read_point(text: str, variables: tuple[str, ...] = ()) -> Point:
    """Read a point: 1,2 or (1, 2) or [1, 2] or <1, 2> or x=1, y=2 or x=1 y=2 or (x, y) = (1, 2).

    Refuses what is not one constant for each coordinate. Whether they are the right ones is for `coordinates_for`.
    """
    source = trimmed(without(opened(text), _AROUND))
    return replace(point_of(source, variables), text=text)


def point_of(source: Source, variables: tuple[str, ...]) -> Point:
    """Return the point that a piece of a text is; its `text` is the whole text."""
    text = source.original
    if ORIGIN.fullmatch(source.text):
        if not variables:
            raise WrongLength(
                "How many coordinates the origin has here I cannot know: write (0, 0).", span=_all(source)
            )
        return Point(text, tuple(Number("0", _all(source)) for _ in variables))
    names: tuple[str, ...] = ()
    if header := re.match(rf"\(\s*({NAME}(?:\s*,\s*{NAME})*)\s*\)\s*=\s*(?=[(\[<])|[A-Z]\s*=?\s*(?=\()", source.text):
        if header[1]:
            named = re.split(r"\s*,\s*", header[1])
            names = distinct([read_name(each, _all(source)) for each in named], _all(source))
        source = cut(source, header.end(), len(source.text))
    elif "=" in source.text:
        return _assignments(enclosed(source, "([{") or source)
    found, notes = read_lists(angles(source), ("i", "j", "k"), None)
    coordinates = tuple(_coordinate(each) for each in flat(found, source, 1))
    if names and len(names) != len(coordinates):
        raise WrongLength(f"{len(names)} names, but {len(coordinates)} coordinates.", span=_all(source))
    return Point(text, coordinates, names, notes)


def _coordinate(each: Node) -> Node:
    if found := names_in(each):
        raise NotANumber(f"A coordinate is a number; {min(found)} is a variable.", span=each.span)
    return each


def _all(source: Source) -> tuple[int, int]:
    return source.span(0, len(source.text))


def _assignments(source: Source) -> Point:
    """Read x=1, y=2 or x=1 y=2 or x=y=1: each value runs to the next name that an = follows."""
    found = list(re.finditer(rf"({NAME})\s*=(?!=)", source.text))
    if not found or source.text[: found[0].start()].strip(" ,"):
        raise MissingOperand("Before the = a name is missing, as in x=1.", span=source.span(0, 1))
    names: list[str] = []
    values: list[Node] = []
    notes: list[Note] = []
    ends = [*(each.start() for each in found[1:]), len(source.text)]
    for each, end in zip(found, ends, strict=True):
        span = source.span(each.start(), each.end())
        if each.start() and source.text[each.start() - 1] not in " ,;=":
            raise MissingOperand(f"Put a comma before {each[1]}.", span=span, suggestions=(f", {each.group()}",))
        names.append(read_name(each[1], source.span(each.start(1), each.end(1))))
        stop = re.search(r"(?:[,;\s]|\band\b)*$", source.text[each.end() : end])
        piece = cut(source, each.end(), each.end() + stop.start() if stop else end)
        if piece.text:
            # x = y = 1 gives both names the value behind the last sign.
            values += [constant(piece, notes=notes)] * (len(names) - len(values))
        elif end == len(source.text) or stop is None or stop.group().strip():
            raise MissingOperand(f"A number is missing behind {names[-1]} =.", span=span)
    return Point(source.original, tuple(values), distinct(names, _all(source)), tuple(notes))


def read_points(text: str, variables: tuple[str, ...] = ()) -> Points:
    """Read points in any order: (0,0) and (1,1); (0, ±1); x=0, y=0 and x=1, y=2; the origin; none.

    Refuses what is not sure to be points with one coordinate for each variable, where these are known.
    """
    if NONE.fullmatch(text.strip().rstrip(".")):
        return Points(text, ())
    source = trimmed(without(opened(text), _AROUND))
    pieces = pieces_of(source, variables)
    if not pieces:
        raise EmptyText("Write the points, as in (0, 0), (1, 2).", span=(0, len(text)))
    found = [point for piece in pieces for point in spread(piece, variables)]
    doubt = _signs(source) if len(found) > len(pieces) else ()
    return Points(text, tuple(each for each, _ in found), (*doubt, *(note for _, notes in found for note in notes)))


def pieces_of(source: Source, variables: tuple[str, ...]) -> list[Source]:
    """Return the pieces of a text that are one point each, ± not yet written out."""
    source = angles(source)
    inner = enclosed(source, "[{")
    if inner is not None and ("(" in inner.text or "[" in inner.text or source.text[0] == "{"):
        source = inner
    parts = split(source, r"\s*(?:;|,?\s*\b(?:and|or)\b|&)\s*|(?<=[)\]])\s*(?=[(\[])")
    if len(parts) > 1 and all(re.fullmatch(rf"{NAME}\s*=[^=,]+", part.text) for part in parts) and len(variables) != 1:
        return [source]
    found: list[Source] = []
    for part in parts:
        inside = split(part, r",")
        listed = all(each.text[0] in "([" or ORIGIN.fullmatch(each.text) for each in inside)
        found += inside if (listed and len(inside) > 1) or len(variables) == 1 else [part]
    return found


def spread(piece: Source, variables: tuple[str, ...]) -> list[tuple[tuple[Node, ...], tuple[Note, ...]]]:
    """Return the coordinates of a piece that is one point, or several by its ±, each with its doubtful places."""
    found = []
    for written in plus_and_minus(piece):
        point = point_of(written, variables)
        coordinates = coordinates_for(point, variables, _all(piece)) if variables else point.coordinates
        found.append((coordinates, point.notes))
    return found


def _signs(source: Source) -> tuple[Note, ...]:
    """Return the doubt in (±1, ±1), which I read as four points."""
    found = re.search(r"\([^()]*±[^()]*±[^()]*\)", source.text)
    if not found:
        return ()
    start, end = source.span(*found.span())
    shown = source.original[start:end]
    pair = ", ".join(shown.replace("±", sign) for sign in ("", "-"))
    said = f"I read every ± in {shown} for itself; for the upper signs together and the lower ones, write {pair}."
    return (Note(said, (start, end), source.original[:start] + pair + source.original[end:]),)


def coordinates_for(point: Point, variables: tuple[str, ...], span: tuple[int, int] | None = None) -> tuple[Node, ...]:
    """Return the coordinates in the order of `variables`.

    Refuses (WrongLength, UnknownName) what does not fit them one to one.
    """
    shown = ", ".join(variables)
    span = span or (0, len(point.text))
    if point.names:
        for name in point.names:
            if name not in variables:
                raise UnknownName(
                    f"There is no variable {name} here; the variables are {shown}.", span=_written(point, name)
                )
        if missing := [name for name in variables if name not in point.names]:
            raise WrongLength(f"A value for {', '.join(missing)} is missing.", span=span)
        return tuple(point.coordinates[point.names.index(name)] for name in variables)
    if len(point.coordinates) != len(variables):
        raise WrongLength(
            f"The point has {len(point.coordinates)} coordinate{'s' * (len(point.coordinates) != 1)}, "
            f"the function {len(variables)} variable{'s' * (len(variables) != 1)} ({shown}).",
            span=span,
            suggestions=(_as_long(point, len(variables)),),
        )
    return point.coordinates


def _as_long(point: Point, length: int) -> str:
    """Return a point with as many coordinates: what was written as far as it goes, then ones."""
    kept = [point.text[slice(*each.span)] for each in point.coordinates[:length]]
    if any("," in each for each in kept):  # -(1, 2) has no place of its own for each
        kept = []
    return ",".join([*kept, *("1" * (length - len(kept)))])


def _written(point: Point, name: str) -> tuple[int, int]:
    """Return where a name and its value stand: from behind the value before to the end of its own."""
    end = point.coordinates[point.names.index(name)].span[1]
    start = max((each.span[1] for each in point.coordinates if each.span[1] < end), default=0)
    skipped = re.match(r"[\s,;()]*(?:(?:and|at)\b\s*)?", point.text[start:end])
    return (start + skipped.end() if skipped else start, end)
