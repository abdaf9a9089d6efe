"""Reading a direction, or a second point, for a function. Loads no SymPy: the bot refuses with it before all else."""

from dataclasses import replace

from engine.errors import NotANumber, Refused, WrongKind
from engine.reading import Expression, Point, kinds
from engine.reading.kinds import Towards, Vector
from engine.reading.points import coordinates_for


def read_way(f: Expression, along: str) -> Towards | Vector:
    """Return a direction as read, with an entry for each variable of f.

    Refuses (at the option `along`) what is no direction, names in it, and a point whose coordinates have names.
    """
    span = (0, len(along))
    try:
        read = kinds.read(along, "direction", f.variables, len(f.variables))
        if not isinstance(read, Towards | Vector):
            raise WrongKind("Give the direction as a vector.", span=span, suggestions=("3,4", "to (4,5)"))
        if names := kinds.names_of(read):
            raise NotANumber(f"A direction is made of numbers; {names[0]} is a variable.", span=span)
        # A direction that leads to a point keeps no names, so their order could be another one.
        if "=" in along and (isinstance(read, Towards) or along.strip().lower().startswith("from")):
            shown = ", ".join(f.variables)
            raise WrongKind(f"Write this point without names, in the order {shown}, as in to (4,5).", span=span)
    except Refused as refused:
        raise refused.at_option("along") from None
    return read


def fitted(f: Expression, near: Point) -> Point:
    """Return a point with its coordinates in the order of f's variables; refuses (at `near`) what does not fit them."""
    try:
        return replace(near, coordinates=coordinates_for(near, f.variables), names=f.variables)
    except Refused as refused:
        raise refused.at_option("near") from None
