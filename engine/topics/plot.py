"""The plot."""

from typing import Literal

from engine.answering.answer import Answer
from engine.answering.declare import topic
from engine.answering.surface_options import turn_of
from engine.errors import WrongUsage
from engine.reading import Expression, Point, Window


def _check(turn: str | None = None, view: str = "map", at: Point | None = None, **_others: object) -> object:
    """Read how far the surface is turned, and want a point for slices; refused before anybody waits."""
    if view == "slices" and at is None:
        raise WrongUsage("Slices go through a point: give at as well.", option="view", suggestions=("at=1,1",))
    return turn_of(turn)


@topic("plot", example="/plot f=sin(x)cos(y) at=1,1", rank=4, check=_check)
def plot(
    f: Expression,
    at: Point | None = None,
    window: Window | None = None,
    steps: Literal["none", "short", "all"] = "none",
    view: Literal["map", "surface", "above", "slices", "partials"] = "map",
    turn: str | None = None,
) -> Answer:
    """Contour map, surface or slices of f, with the gradient, or the partial derivatives, at a point.

    f:      a function of one or two real variables, up to four for slices, for instance sin(x)cos(y)
    at:     a point whose gradient is drawn, 1,1 or x=1 y=1
    window: the part to draw, x=-3..3, y=-2..2
    steps:  none, short (what a teacher writes) or all (every rule)
    view:   map, surface, above (from higher up), slices (one variable moves) or partials (a map of each)
    turn:   how far the surface is turned counter-clockwise, in degrees, 30

    `data.window` says what is drawn: [name, from, to] for each variable; `data.view` and `data.turn` how.
    A function of one variable is a curve in every view; partials adds the curve of its derivative. On a
    surface, the gradient lies on the ground, where the variables are; the steepest tangent stands on the
    surface, and its slope is the gradient's length. The surface is left open across poles and jumps, where a
    wall would show what is not there. The tangent's slope on a slice is a partial derivative; at a critical
    point of two variables the slices go along the Hessian's eigenvectors, where they are known exactly.
    Refuses (NotSupported) more variables than that, (WrongUsage) slices without a point, windows that do not rise.
    """
    from engine.answering import derived, plots, slices, slopes, views
    from engine.answering.place import Place, decimals
    from engine.answering.scalar import Scalar, exact
    from engine.answering.surface_options import continued
    from engine.answering.windows import ranges
    from engine.calculus import derivatives
    from engine.errors import NotSupported

    scalar = Scalar.of(f, f.variables)
    if not plots.can_draw(scalar) and view != "slices":
        raise NotSupported("I draw functions of one or two variables; fix the others by numbers.", option="f")
    partials = derivatives.gradient(scalar.expression, scalar.symbols)
    place = None if at is None else Place.of(scalar, at)
    slope = None if place is None else place.every(partials)
    point = None if place is None else decimals(place.coordinates)
    bends = slices.through(place, partials, slope) if view == "slices" else ()
    chosen = ranges(scalar, window) if window is not None else plots.window_for(scalar, [point] if point else [])
    found = derived.each(scalar, partials, steps)
    told = () if steps == "none" else slopes.partial_lines(scalar, found, steps)
    lines = [scalar.echo(), *told, slopes.gradient_line(scalar, partials, found)]
    rules = slopes.every_step(scalar, found)
    data = scalar.data() | {"gradient": exact(partials), "steps": rules} | slopes.NOWHERE
    if place is not None and slope is not None:
        lines += slopes.lines_at(place, slope)
        data |= slopes.data_at(place, slope) | {"steps": [*rules, *slopes.steps_at(place, partials, slope)]}
    named = list(zip(scalar.names, chosen, strict=True))
    seen = views.View(scalar, partials, chosen, view if len(named) > 1 or view == "partials" else "map", turn_of(turn))
    data |= {"window": [[name, *bounds] for name, bounds in named], "view": seen.name, "turn": seen.turn}
    return Answer(
        "Plot",
        tuple(lines),
        data,
        (*scalar.remarks(), *(each.told for each in bends), *derived.remarks(found, steps)),
        actions=continued(f, at, window, named, seen.name, seen.turn, point),
        draw=lambda: seen.draw(place, slope, bends),
    )
