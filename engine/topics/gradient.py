"""The gradient."""

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from engine.answering.answer import Answer
from engine.answering.declare import topic, variables_of
from engine.reading import Data, Expression, Names, Point

if TYPE_CHECKING:
    from sympy import Expr

    from engine.answering.place import Place


@topic("grad", example="/grad f=x^2+y^2 at=1,2", rank=1)
def gradient(
    f: Expression,
    at: Point | None = None,
    wrt: Names | None = None,
    steps: Literal["none", "short", "all"] = "short",
    data: Data | None = None,  # noqa: ARG001 - f is read over it
) -> Answer:
    """Gradient of f, and its value at a point if one is given.

    f:     a scalar function of real variables, for instance x^2+y^2
    at:    a point, one coordinate for each variable, 1,2 or x=1 y=2
    wrt:   the variables to differentiate by, x,y; every other name is then a parameter
    steps: none, short (what a teacher writes) or all (every rule)
    data:  points that sum(..) and mean(..) in f are written out over, (1,3),(2,5),(3,7); up to 50

    Each component carries the units of f over those of its variable. `gradient_at` and the rest are
    null without a point; `direction` also where the gradient is zero. `steps` has every rule, its
    parts before it; only with steps=none, or where one could not be checked, just the results.
    Refuses (NotInDomain) a point where f or its gradient does not exist, or not surely.
    Source: Stewart, Calculus, 8th ed., section 14.6.
    """
    from engine.answering import derived, piecewise, plots, slopes
    from engine.answering.place import Place
    from engine.answering.scalar import exact
    from engine.calculus import derivatives
    from engine.calculus.pieces import by_cases

    if by_cases(f.tree):
        names = variables_of(f, wrt)
        whole = piecewise.gradient(f, names, steps)
        return whole if at is None else piecewise.there(whole, f, names, at, lambda g: gradient(g, at, wrt, steps))
    scalar = piecewise.ordinary(f, variables_of(f, wrt))
    partials = derivatives.gradient(scalar.expression, scalar.symbols)
    found = derived.each(scalar, partials, steps)
    everywhere = Answer(
        "Gradient",
        (
            scalar.echo(),
            *slopes.partial_lines(scalar, found, steps),
            slopes.gradient_line(scalar, partials, found),
        ),
        scalar.data() | slopes.NOWHERE | {"gradient": exact(partials), "steps": slopes.every_step(scalar, found)},
        (*scalar.remarks(), *derived.remarks(found, steps)),
        draw=lambda: plots.draw(scalar, partials),
    )
    answer = everywhere if at is None else _there(everywhere, Place.of(scalar, at), partials)
    return piecewise.pictured(answer, f.tree)


def _there(everywhere: Answer, place: "Place", partials: "tuple[Expr, ...]") -> Answer:
    """Return the answer with what is known at the point."""
    from engine.answering import plots, slopes
    from engine.answering.place import decimals

    slope = place.every(partials)
    numeric, where = decimals(slope), decimals(place.coordinates)
    rules = [*everywhere.data["steps"], *slopes.steps_at(place, partials, slope), *slopes.direction_steps(slope)]
    return replace(
        everywhere,
        formulas=(*everywhere.formulas, *slopes.lines_at(place, slope), *slopes.direction_lines(place, slope)),
        data=everywhere.data | slopes.data_at(place, slope) | {"steps": rules},
        remarks=(*everywhere.remarks, *slopes.remarks_at(place, slope)),
        draw=lambda: plots.draw(place.scalar, partials, point=where, slope=numeric),
    )
