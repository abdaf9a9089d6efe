"""Level curves and level surfaces."""

from typing import Literal

from engine.answering.answer import Answer
from engine.answering.declare import topic
from engine.reading import Expression, Point


@topic("level", example="/level f=x^2+4y^2 at=2,1", rank=3)
def level(f: Expression, at: Point, steps: Literal["none", "short", "all"] = "short") -> Answer:
    """Level curve or surface of f through a point, with its normal and its tangent.

    f:     a scalar function of real variables, for instance x^2+4y^2
    at:    the point, one coordinate for each variable, 2,1 or x=2 y=1
    steps: none, short (what a teacher writes) or all (every rule)

    f has up to 8 variables. `equation` is [f, "=", value]; `normal` is the gradient, and `tangent` the equation
    of the line (plane, hyperplane) at a right angle to it, [left, "=", right]. Where the gradient is zero both
    are null; at a saddle point with no curvature zero, `tangent_cone` is the equation of the tangents of all
    branches.
    Refuses (NotInDomain) a point where f is not smooth, or not surely, (NotSupported) where it is not
    decided whether the gradient is zero. Source: Stewart, Calculus, 8th ed., section 14.6.
    """
    from engine.answering import derived, headed, slopes
    from engine.answering.levels import Level
    from engine.answering.place import Place
    from engine.answering.scalar import Scalar
    from engine.calculus import derivatives

    scalar = Scalar.of(f, f.variables)
    place = Place.of(scalar, at)
    partials = derivatives.gradient(scalar.expression, scalar.symbols)
    found = derived.each(scalar, partials, steps)
    here = Level.of(place, partials)
    return Answer(
        "Level set",
        (scalar.echo(), *slopes.partial_lines(scalar, found, steps), *here.lines()),
        scalar.data() | here.data() | {"steps": [*slopes.every_step(scalar, found), *here.steps(partials)]},
        (*scalar.remarks(), *here.remarks(), *derived.remarks(found, steps)),
        draw=lambda: headed.draw_tangent(place, partials, here.slope),
    )
