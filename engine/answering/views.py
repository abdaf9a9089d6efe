"""How a function is looked at: as a map, as a surface, or in slices through a point."""

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Expr

from engine.answering import partials, plots, slices, surfaces
from engine.answering.answer import Drawing
from engine.answering.place import Place, decimals
from engine.answering.scalar import Scalar


@dataclass(frozen=True, slots=True)
class View:
    """A function with its partial derivatives, the window it is seen in, and the way it is looked at.

    name: "map", "surface", "above", "slices" or "partials"; turn: in degrees, for surfaces.
    """

    scalar: Scalar
    partials: tuple[Expr, ...]
    window: tuple[plots.Range, ...]
    name: str
    turn: float

    def draw(
        self, place: Place | None, slope: tuple[Expr, ...] | None, bends: Sequence[slices.Bend]
    ) -> tuple[Drawing, ...]:
        """Return the drawings, with a point and the gradient there where both are given.

        bends: the directions of slices through a critical point.
        """
        if self.name == "slices":
            return slices.draw(place, self.window, slope, bends)
        point = None if place is None else decimals(place.coordinates)
        arrow = None if slope is None else decimals(slope)
        if self.name in {"map", "partials"}:
            whole = plots.draw(self.scalar, self.partials, window=self.window, point=point, slope=arrow)
            return (
                whole
                if self.name == "map"
                else (*whole, *partials.draw(self.scalar, self.partials, self.window, place))
            )
        return surfaces.draw(self.scalar, self.window, self.name, self.turn, point=point, slope=arrow)
