"""Critical points."""

from typing import Literal

from engine.answering.answer import Answer
from engine.answering.declare import topic, variables_of
from engine.reading import Expression, Names, Point, Window
from engine.values import Budget


@topic("critical", example="/critical f=x^3-3xy+y^3", rank=3)
def critical(
    f: Expression,
    budget: Budget,
    window: Window | None = None,
    at: Point | None = None,
    wrt: Names | None = None,
    steps: Literal["none", "short", "all"] = "short",
) -> Answer:
    """Critical points of f, classified, and whether these are proven to be all.

    f:      a scalar function of real variables, for instance x^3-3xy+y^3
    window: search in it, and list only the points in it, x=-3..3, y=-3..3
    at:     classify this point only, 1,1 or x=1 y=1
    wrt:    the variables, x,y; every other name is then a parameter
    steps:  none, short (what a teacher writes) or all (every rule)

    f has up to 8 variables. A critical point is where the gradient is zero, or where f has an extremum
    without being differentiable; the second-derivative test says something at the first kind only, and
    what it says is local. `complete` is "proven" only where it is; edges of the domain are not searched.
    What no exact method solves is searched box by box: in the window, else in one period of what
    repeats, and from -5 to 5 (farther, if all points lie within a larger bound). Boxes in which
    nothing could be decided stand in `open`. With parameters, a quadratic f is answered by cases.
    Refuses (NotInDomain) a given point that is not critical, (NotSupported) other parameters.
    Source: Stewart, Calculus, 8th ed., section 14.7; Cox, Little, O'Shea, Ideals, Varieties, and
    Algorithms, 4th ed., chapters 2 and 3; Neumaier, Interval Methods for Systems of Equations.
    """
    from engine.answering import extrema, plots
    from engine.answering.critical_steps import Worked
    from engine.answering.place import Place
    from engine.answering.scalar import Scalar
    from engine.answering.windows import ranges
    from engine.calculus import derivatives

    scalar = Scalar.of(f, variables_of(f, wrt))
    chosen = None if window is None else ranges(scalar, window)
    place = None if at is None else Place.of(scalar, at)
    if place is not None:
        listed = extrema.classified(scalar, place, budget)
    elif scalar.expression.free_symbols - set(scalar.symbols):
        listed = extrema.cased(scalar, window, budget)
    else:
        listed = extrema.searched(scalar, budget, window)
    partials = derivatives.gradient(scalar.expression, scalar.symbols)
    way = Worked.of(listed, place, window, budget, steps)
    return Answer(
        "Critical points",
        (scalar.echo(), *way.lines(), *listed.lines()),
        scalar.data() | listed.data(window) | {"steps": way.steps()},
        (*scalar.remarks(), *listed.remarks(), *way.remarks()),
        draw=lambda: plots.draw(scalar, partials, window=chosen, marks=listed.marks()),
    )
