"""The directional derivative."""

from typing import TYPE_CHECKING, Literal

from engine.answering.answer import Answer
from engine.answering.declare import topic
from engine.answering.ways import read_way
from engine.errors import NotInDomain
from engine.reading import Expression, Point

if TYPE_CHECKING:
    from engine.answering.scalar import Scalar
    from engine.reading.kinds import Towards, Vector


def _check(f: Expression, along: str, **_others: object) -> object:
    """Read the direction; what is none is refused before anybody waits."""
    return read_way(f, along) if f.variables else None


@topic("directional", example="/directional f=3x^2+4xy-y^2+5 at=1,2 along=3,4", rank=2, check=_check)
def directional(f: Expression, at: Point, along: str, steps: Literal["none", "short", "all"] = "short") -> Answer:
    """Rate of change of f at a point in a direction.

    f:     a scalar function of real variables, for instance 3x^2+4xy-y^2+5
    at:    the point, one coordinate for each variable, 1,2 or x=1 y=2
    along: a vector 3,4, an angle 60° or angle pi/3, north-east, or to (4,5)
    steps: none, short (what a teacher writes) or all (every rule)

    f has up to 8 variables. `rate` is for one unit of length, `rate_along` for the whole vector (`along`);
    `direction` has length 1; `angle` is in degrees, between the direction and the gradient, null where that is
    zero. Where f is not smooth the rate is one-sided, by its definition: `differentiable` is then false, or
    null where that is not decided, and what belongs to the gradient is null.
    Refuses (NotInDomain) the zero vector, points where f does not exist, and rates that do not exist or
    are not sure. Source: Stewart, Calculus, 8th ed., section 14.6.
    """
    from engine.answering import derived, headed, slopes
    from engine.answering.heading import Heading
    from engine.answering.place import Place
    from engine.answering.rates import Rate
    from engine.answering.scalar import Scalar
    from engine.calculus import derivatives

    scalar, way = Scalar.of(f, f.variables), read_way(f, along)
    try:
        place = Place.of(scalar, at)
    except NotInDomain as refused:
        return _one_sided(scalar, at, way, refused)
    partials = derivatives.gradient(scalar.expression, scalar.symbols)
    found = derived.each(scalar, partials, steps)
    rate = Rate.of(place, Heading.of(scalar, place.coordinates, way), partials)
    return Answer(
        "Directional derivative",
        (scalar.echo(), *slopes.partial_lines(scalar, found, steps), *rate.lines()),
        scalar.data() | rate.data() | {"steps": [*slopes.every_step(scalar, found), *rate.steps()]},
        (
            *scalar.remarks(),
            *(note.message for note in way.notes),
            *rate.remarks(),
            *derived.remarks(found, steps),
        ),
        draw=lambda: headed.draw(place, partials, rate.slope, rate.heading),
    )


def _one_sided(scalar: "Scalar", at: Point, way: "Towards | Vector", refused: NotInDomain) -> Answer:
    """Return the answer where f is not smooth; raises what was refused where nothing is proven."""
    from engine.answering import headed
    from engine.answering.corners import Corner
    from engine.calculus import derivatives

    corner = Corner.of(scalar, at, way, refused)
    partials = derivatives.gradient(scalar.expression, scalar.symbols)
    return Answer(
        "Directional derivative",
        (scalar.echo(), *corner.lines()),
        scalar.data() | corner.data() | {"steps": corner.steps()},
        (*(note.message for note in (*scalar.read.notes, *way.notes)), *corner.remarks()),
        draw=lambda: headed.draw(corner.place, partials, None, corner.heading),
    )
