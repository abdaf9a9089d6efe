"""The gradient."""

from engine.answering.answer import Answer
from engine.answering.declare import topic, variables_of
from engine.reading import Expression, Names, Point


@topic("grad", example="/grad f=x^2+y^2 at=1,2", rank=1)
def gradient(f: Expression, at: Point | None = None, wrt: Names | None = None) -> Answer:
    """Gradient of f, and its value at a point if one is given.

    f:   a scalar function of real variables, for instance x^2+y^2
    at:  a point, one coordinate for each variable, 1,2 or x=1 y=2
    wrt: the variables to differentiate by, x,y; every other name is then a parameter

    Each component carries the units of f over those of its variable. `gradient_at` and the rest are
    null without a point; `direction` also where the gradient is zero.
    Refuses (NotInDomain) a point where f or its gradient does not exist, or not surely.
    Source: Stewart, Calculus, 8th ed., section 14.6.
    """
    from engine.answering import plots, slopes
    from engine.answering.place import Place, decimals
    from engine.answering.scalar import Scalar, exact
    from engine.calculus import derivatives

    scalar = Scalar.of(f, variables_of(f, wrt))
    partials = derivatives.gradient(scalar.expression, scalar.symbols)
    data = scalar.data() | {"gradient": exact(partials), "steps": slopes.steps(scalar, partials)}
    lines = [scalar.echo(), *slopes.partial_lines(scalar, partials), slopes.gradient_line(scalar, partials)]
    if at is None:
        return Answer(
            "Gradient",
            tuple(lines),
            data | slopes.NOWHERE,
            scalar.remarks(),
            draw=lambda: plots.draw(scalar, partials),
        )
    place = Place.of(scalar, at)
    slope = place.every(partials)
    numeric, where = decimals(slope), decimals(place.coordinates)
    data["steps"] += slopes.steps_at(place, partials, slope)
    return Answer(
        "Gradient",
        (*lines, *slopes.lines_at(place, slope)),
        data | slopes.data_at(place, slope),
        (*scalar.remarks(), *slopes.remarks_at(place, slope)),
        draw=lambda: plots.draw(scalar, partials, point=where, slope=numeric),
    )
