"""Directions: vectors, angles, the points of the compass, and "to (4, 5)"."""

import re
from dataclasses import replace

from engine.errors import Span, UnknownName, WrongLength
from engine.reading.constants import constant
from engine.reading.pieces import cut, opened, trimmed, without
from engine.reading.points import coordinates_for, point_of
from engine.reading.shapes import Towards, Vector
from engine.reading.source import Source
from engine.reading.tree import Apply, Binary, Constant, Negative, Node, Number
from engine.reading.vectors import check_length, read_vector_of

_ANGLE = re.compile(
    r"(?P<named>(?:at\s+)?(?:an?\s+|the\s+)?angle(?:\s+of)?\s*=?|(?:theta|phi|θ|φ)\s*=)?\s*(?P<value>.+?)\s*"
    r"(?P<unit>@|\bdeg(?:rees?)?\b|\brad(?:ians?)?\b)?",
    re.IGNORECASE,
)
_TOWARDS = re.compile(r"(?:(?:in\s+)?(?:the\s+)?direction\s+)?(?:towards?|to)\s+(?:the\s+point\s+)?", re.IGNORECASE)
_BETWEEN = re.compile(r"from\s+(.+?)\s+to(?:wards)?\s+(.+)", re.IGNORECASE)
_AROUND = r"^(?:in\s+)?(?:the\s+)?direction(?:\s+(?:of(?:\s+the\s+vector)?|vector))?(?=\s*[(\[<]|\s+-?[\dijk])\s*"
_WORD = re.compile(r"(?:due\s+)?([a-z]+?)(?:[\s-]?(east|west))?(?:wards?|erly|ern)?", re.IGNORECASE)
# Each way in eighths of a turn from the first axis.
_COMPASS = {
    **dict.fromkeys(("e", "east"), 0), **dict.fromkeys(("ne", "northeast"), 1), **dict.fromkeys(("n", "north"), 2),
    **dict.fromkeys(("nw", "northwest"), 3), **dict.fromkeys(("w", "west"), 4), **dict.fromkeys(("sw", "southwest"), 5),
    **dict.fromkeys(("s", "south"), 6), **dict.fromkeys(("se", "southeast"), 7),
}  # fmt: skip
_EIGHTHS = ((1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1))


def read_direction(text: str, variables: tuple[str, ...] = (), length: int | None = None) -> Vector | Towards:
    """Read a vector, an angle from the first axis (60°, angle pi/3), a compass word, or the point it leads to.

    A plain number is no angle: it needs the word, or degrees or radians behind it.
    Refuses (WrongLength) angles and the compass where there are not two variables.
    """
    source = replace(trimmed(without(opened(text.replace("°", "@")), _AROUND)), original=text)
    span = source.span(0, len(source.text))
    if leading := _TOWARDS.match(source.text):
        point = point_of(cut(source, leading.end(), len(source.text)), variables)
        check_length(source, len(point.coordinates), length)
        # A point written with names has an order of its own.
        target = coordinates_for(point, variables) if point.names and variables else point.coordinates
        return Towards(text, target, point.notes)
    if between := _BETWEEN.fullmatch(source.text):
        start, end = (point_of(cut(source, *between.span(i)), variables) for i in (1, 2))
        check_length(source, len(end.coordinates), length)
        check_length(source, len(start.coordinates), len(end.coordinates))
        pairs = zip(end.coordinates, start.coordinates, strict=True)
        return Vector(text, tuple(Binary("-", to, origin, span) for to, origin in pairs))
    found = _on_compass(source) or _from_angle(source)
    if found is None:
        return replace(read_vector_of(source, variables, length), text=text)
    if length not in {None, 2}:
        raise WrongLength("An angle or a compass word is a direction in the plane only.", span=span)
    return Vector(text, found)


def _on_compass(source: Source) -> tuple[Node, ...] | None:
    """Return the entries of a compass word: N, north-east, due west, southwards; None for any other text."""
    found = _WORD.fullmatch(source.text)
    # In small letters, n and e are names of their own.
    if not found or (len(found[1] + (found[2] or "")) < 3 and not source.text.isupper()):
        return None
    eighth = _COMPASS.get((found[1] + (found[2] or "")).lower())
    span = source.span(0, len(source.text))
    return None if eighth is None else tuple(_entry(value, _EIGHTHS[eighth], span) for value in _EIGHTHS[eighth])


def _from_angle(source: Source) -> tuple[Node, ...] | None:
    """Return the cosine and sine of an angle; None for a text that names none."""
    angle = _ANGLE.fullmatch(source.text)
    if angle is None or not (angle["named"] or angle["unit"]) or "," in source.text:
        return None
    span = source.span(0, len(source.text))
    value = constant(cut(source, *angle.span("value")))
    if (angle["unit"] or "").lower() in {"@", "deg", "degree", "degrees"}:
        turns = Binary("*", value, Constant("pi", value.span), value.span)
        value = Binary("/", turns, Number("180", value.span), value.span)
    elif not angle["unit"] and _wide(value):
        raise UnknownName("Is this angle in degrees or in radians? Write 60° or pi/3 rad.", span=span)
    return (Apply("cos", (value,), span), Apply("sin", (value,), span))


def _wide(value: Node) -> bool:
    """Tell whether a plain number is more than a turn in radians, so that degrees are as likely."""
    return isinstance(value, Number) and value.value > 6


def _entry(value: int, way: tuple[int, int], span: Span) -> Node:
    """Return an entry of the unit vector of a way; 1/sqrt(2) where the way is between two axes."""
    if value == 0 or 0 in way:
        node: Node = Number(str(abs(value)), span)
    else:
        node = Binary("/", Number("1", span), Apply("sqrt", (Number("2", span),), span), span)
    return Negative(node, span) if value < 0 else node
