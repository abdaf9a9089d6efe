"""A direction at a point: as it was typed, as a vector, and of length 1."""

from collections.abc import Sequence
from dataclasses import dataclass

import sympy
from sympy import Expr

from engine.answering.place import decimal
from engine.answering.scalar import Scalar, exact
from engine.answering.slopes import step
from engine.answering.tidying import tidied
from engine.building import build
from engine.calculus import derivatives
from engine.calculus.printing import syntax
from engine.calculus.signs import is_real_finite, sign
from engine.errors import NotInDomain, NotSupported, Refused
from engine.reading.kinds import Towards, Vector
from engine.reading.tree import Apply
from engine.spelling import formula as spell
from engine.spelling import shapes
from engine.spelling.formula import Formula
from engine.values import Json


@dataclass(frozen=True, slots=True)
class Heading:
    """A direction in which one may leave a point: never the zero vector.

    start:  the coordinates of the point.
    vector: the way as given; from the point to the other one where that was given.
    length: of the vector, exact.
    """

    scalar: Scalar
    start: tuple[Expr, ...]
    read: Towards | Vector
    vector: tuple[Expr, ...]
    length: Expr

    @classmethod
    def of(cls, scalar: Scalar, start: tuple[Expr, ...], read: Towards | Vector) -> "Heading":
        """Return the direction; refuses (at the option `along`) the zero vector and what is no vector of numbers."""
        try:
            vector = tuple(_vector(start, read))
            heading = cls(scalar, start, read, vector, _length(read, vector))
            _check(heading)
        except Refused as refused:
            refused.span = refused.span or (0, len(read.text))
            raise refused.at_option("along") from None
        return heading

    @property
    def unit(self) -> tuple[Expr, ...]:
        """The vector of length 1 in this direction."""
        return over(self.vector, self.length)

    @property
    def is_unit(self) -> bool:
        """Whether the vector has the length 1 already."""
        return sign(self.length - 1) == 0

    def names(self) -> tuple[str, str, str]:
        """Return letters for the vector, the one of length 1 and a small number that nothing else has."""
        taken = {str(each) for each in self.scalar.expression.free_symbols} | {
            *self.scalar.names,
            self.scalar.read.name,
        }
        vector, unit, *_ = (letter for letter in "vudwnmpqrkbcgzyxsthjla" if letter not in taken)
        return vector, unit, next(letter for letter in "htsjloaiezyxkrqpnmdcbg" if letter not in taken | {vector, unit})

    def lines(self) -> tuple[Formula, ...]:
        """Return the vector, its length, and the vector of length 1."""
        name, unit, _ = map(spell.variable, self.names())
        if self.is_unit:
            return (unit + spell.EQUALS + self._as_read(),)
        length = self.scalar.spelled(self.length)
        return (
            name + spell.EQUALS + self._as_read(),
            spell.length(name) + spell.EQUALS + length + _about(self.length),
            unit + spell.EQUALS + name + _OVER + spell.length(name) + spell.EQUALS + self.scalar.vector(self.unit),
        )

    def _as_read(self) -> Formula:
        """Return the vector as it was typed, and what that is where it is not written out yet."""
        shown = self.scalar.vector(self.vector)
        if isinstance(self.read, Towards):
            ends = [spell.bracketed(spell.joined(map(spell.of, self.read.target))), self.scalar.vector(self.start)]
            return ends[0] + _MINUS + ends[1] + spell.EQUALS + shown
        typed = shapes.shown(self.read)
        return shown if typed.text == shown.text else typed + spell.EQUALS + shown

    def steps(self) -> list[Json]:
        """Return the steps to the vector of length 1."""
        found = []
        if isinstance(self.read, Towards):
            ends = [tidied(a + b) for a, b in zip(self.vector, self.start, strict=True)]
            found.append(step("subtract-points", f"{_listed(ends)} - {_listed(self.start)}", _listed(self.vector)))
        told = f"{_listed(self.vector)} / {syntax(self.length)}"
        return [*found, step("normalise-direction", told, _listed(self.unit))]

    def data(self) -> Json:
        """Return the data: the vector as given, its length, the direction of length 1."""
        return {"along": exact(self.vector), "length": syntax(self.length), "direction": exact(self.unit)}


_OVER = spell.sign("/", "\\/", "over")
_MINUS = spell.sign(" - ", "-", "minus")


def over(vector: Sequence[Expr], length: Expr) -> tuple[Expr, ...]:
    """Return a vector over its length."""
    return tuple(tidied(each / length) for each in vector)


def _vector(start: Sequence[Expr], read: Towards | Vector) -> list[Expr]:
    if isinstance(read, Vector):
        return [tidied(build(each)) for each in read.entries]
    return [tidied(build(end) - here) for end, here in zip(read.target, start, strict=True)]


def _length(read: Towards | Vector, vector: Sequence[Expr]) -> Expr:
    """Return the length; a cosine and a sine of one angle have the length 1, which no expanding finds."""
    match read:
        case Vector(entries=(Apply("cos", angle), Apply("sin", other))) if angle == other:
            return sympy.S.One
    return derivatives.norm(vector)


def _check(heading: Heading) -> None:
    for each in heading.vector:
        if is_real_finite(each) is not True:
            raise NotInDomain(f"{each} is no real number.")
    found = sign(heading.length)
    if found is None:
        raise NotSupported("I could not decide whether this direction is zero, so I give no rate.")
    if found == 0 and isinstance(heading.read, Towards):
        raise NotInDomain("That is the point itself: there is no direction from a point to itself.")
    if found == 0:
        raise NotInDomain("The zero vector has no direction: at least one entry must not be zero.")


def _about(value: Expr) -> Formula:
    return spell.NOTHING if value.is_Rational else spell.ABOUT + spell.number(decimal(value))


def _listed(values: Sequence[Expr]) -> str:
    return "(" + ", ".join(exact(values)) + ")"
