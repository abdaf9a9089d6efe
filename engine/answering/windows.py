"""A window as typed, fitted to a function's variables."""

from engine.answering.place import decimal
from engine.answering.scalar import Scalar
from engine.building import build
from engine.errors import NotAnExpression, UnknownName
from engine.reading import Window

Range = tuple[float, float]


def ranges(scalar: Scalar, window: Window) -> tuple[Range, ...]:
    """Return one range for each variable, in order.

    Refuses names that are no variables or are missing, and ranges that do not rise.
    """
    span = (0, len(window.text))
    found: dict[str, Range] = {}
    for name, low, high in window.ranges:
        if name not in scalar.names:
            raise UnknownName(f"There is no variable {name} here.", option="window", span=span)
        found[name] = (decimal(build(low)), decimal(build(high)))
        if not found[name][0] < found[name][1]:
            raise NotAnExpression(f"The range of {name} must rise, as in {name}=-3..3.", option="window", span=span)
    if missing := [name for name in scalar.names if name not in found]:
        raise UnknownName(f"A range for {', '.join(missing)} is missing.", option="window", span=span)
    return tuple(found[name] for name in scalar.names)
