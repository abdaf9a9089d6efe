"""The plot."""

from typing import Literal

from engine.answering.answer import Answer
from engine.answering.declare import topic
from engine.reading import Expression, Point, Window


@topic("plot", example="/plot f=sin(x)cos(y) at=1,1", rank=4)
def plot(
    f: Expression,
    at: Point | None = None,
    window: Window | None = None,
    steps: Literal["none", "short", "all"] = "none",
) -> Answer:
    """Contour map of f with its gradient field, and the gradient arrow at a point.

    f:      a function of one or two real variables, for instance sin(x)cos(y)
    at:     a point whose gradient is drawn, 1,1 or x=1 y=1
    window: the part to draw, x=-3..3, y=-2..2
    steps:  none, short (what a teacher writes) or all (every rule)

    `data.window` says what is drawn: [name, from, to] for each variable.
    Refuses (NotSupported) three and more variables, and windows that do not rise.
    """
    from engine.answering import derived, plots, slopes
    from engine.answering.place import Place, decimals
    from engine.answering.scalar import Scalar, exact
    from engine.answering.windows import ranges
    from engine.calculus import derivatives
    from engine.errors import NotSupported

    scalar = Scalar.of(f, f.variables)
    if not plots.can_draw(scalar):
        raise NotSupported("I draw functions of one or two variables; fix the others by numbers.", option="f")
    partials = derivatives.gradient(scalar.expression, scalar.symbols)
    place = None if at is None else Place.of(scalar, at)
    slope = None if place is None else place.every(partials)
    point = None if place is None else decimals(place.coordinates)
    chosen = ranges(scalar, window) if window is not None else plots.window_for(scalar, [point] if point else [])
    found = derived.each(scalar, partials, steps)
    told = () if steps == "none" else slopes.partial_lines(scalar, found, steps)
    lines = [scalar.echo(), *told, slopes.gradient_line(scalar, partials, found)]
    rules = slopes.every_step(scalar, found)
    data = scalar.data() | {"gradient": exact(partials), "steps": rules} | slopes.NOWHERE
    if place is not None and slope is not None:
        lines += slopes.lines_at(place, slope)
        data |= slopes.data_at(place, slope) | {"steps": [*rules, *slopes.steps_at(place, partials, slope)]}
    data["window"] = [[name, *bounds] for name, bounds in zip(scalar.names, chosen, strict=True)]
    arrow = None if slope is None else decimals(slope)
    return Answer(
        "Plot",
        tuple(lines),
        data,
        (*scalar.remarks(), *derived.remarks(found, steps)),
        draw=lambda: plots.draw(scalar, partials, window=chosen, point=point, slope=arrow),
    )
