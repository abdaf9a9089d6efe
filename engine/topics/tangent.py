"""The tangent plane, the linear and the quadratic approximation."""

from dataclasses import replace
from typing import Literal

from engine.answering.answer import Answer
from engine.answering.declare import topic
from engine.answering.ways import fitted
from engine.reading import Expression, Point
from engine.values import Budget


def _check(f: Expression, near: Point | None = None, **_others: object) -> object:
    """Fit the point nearby to the variables; what does not fit is refused before anybody waits."""
    return fitted(f, near) if near is not None and f.variables else None


@topic("tangent", example="/tangent f=x^2*y+y^2 at=2,1 near=2.1,0.9", rank=3, check=_check)
def tangent(
    f: Expression,
    at: Point,
    budget: Budget,
    near: Point | None = None,
    steps: Literal["none", "short", "all"] = "short",
) -> Answer:
    """Tangent plane of f at a point, linear and quadratic approximation, and how far they are off nearby.

    f:     a scalar function of real variables, for instance x^2*y+y^2
    at:    the point, one coordinate for each variable, 2,1 or x=2 y=1
    near:  a point nearby at which the errors are wanted, 2.1,0.9
    steps: none, short (what a teacher writes) or all (every rule)

    f has up to 8 variables and is smooth at the point: partial derivatives alone give no tangent plane. `plane`
    is the linear approximation, multiplied out: the tangent plane (a line for one variable, a hyperplane for
    three and more) is z = plane, and `normal` stands upright on it. `quadratic` has the second derivatives too,
    null where they take too long. `error` is null without near, else an object: `near`, `value` of f there,
    `linear` and `quadratic` (f minus the approximation), each with `_decimal` and `_bound`; a bound is proven
    from the derivatives on the way, and null where it is not.
    Refuses (NotInDomain) a point where f is not smooth, or not surely, and a near point where f does not
    exist. Source: Stewart, Calculus, 8th ed., sections 14.4 and 11.11.
    """
    from engine.answering import derived, nearby, slopes
    from engine.answering.approximations import Approximation
    from engine.answering.nearby import Nearby
    from engine.answering.place import Place
    from engine.answering.scalar import Scalar
    from engine.building import written_with_decimals
    from engine.calculus import derivatives

    scalar = Scalar.of(f, f.variables)
    if any(map(written_with_decimals, at.coordinates)):
        scalar = replace(scalar, decimals=True)
    place = Place.of(scalar, at)
    partials = derivatives.gradient(scalar.expression, scalar.symbols)
    found = derived.each(scalar, partials, steps)
    here = Approximation.of(place, partials, budget)
    there = None if near is None else Nearby.of(here, fitted(f, near), partials, budget)
    lines, remarks, error = ((), (), None) if there is None else (there.lines(), there.remarks(), there.data())
    rules = [*slopes.every_step(scalar, found), *here.steps(partials)]
    return Answer(
        "Tangent and approximations",
        (scalar.echo(), *slopes.partial_lines(scalar, found, steps), *here.lines(), *lines),
        scalar.data() | here.data() | {"error": error, "steps": rules},
        (*scalar.remarks(), *here.remarks(), *remarks, *derived.remarks(found, steps)),
        draw=lambda: nearby.draw(here, partials, there),
    )
