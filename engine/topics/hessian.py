"""The Hessian."""

from typing import TYPE_CHECKING, Literal

from engine.answering.answer import Answer
from engine.answering.declare import topic, variables_of
from engine.errors import NotInDomain
from engine.reading import Expression, Names, Point
from engine.values import Budget

if TYPE_CHECKING:
    from engine.answering.derived import Shown

_SEAM = (
    " Both first partial derivatives may exist at such a point although f is not differentiable there, and f_xy "
    "and f_yx may exist and differ: they are equal only where they are continuous."
)


@topic("hessian", example="/hessian f=x^3-3xy+y^3 at=1,1", rank=2)
def hessian(
    f: Expression,
    budget: Budget,
    at: Point | None = None,
    wrt: Names | None = None,
    steps: Literal["none", "short", "all"] = "short",
) -> Answer:
    """Hessian matrix of f, and at a point its eigenvalues and definiteness.

    f:     a scalar function of real variables, for instance x^3-3xy+y^3
    at:    a point, one coordinate for each variable, 1,1 or x=1 y=1
    wrt:   the variables to differentiate by, x,y; every other name is then a parameter
    steps: none, short (what a teacher writes) or all (every rule)

    The matrix is n x n, for up to 8 variables, and symmetric, as f is smooth where it is stated;
    `discriminant` is f_xx f_yy - f_xy^2, for two variables. It classifies critical points only, and
    only as local. Where cases meet, f_xy and f_yx may differ, so no matrix is stated there.
    Refuses (NotInDomain) a point where f is not smooth, or not surely.
    Source: Stewart, Calculus, 8th ed., section 14.7.
    """
    from engine.answering import curvature, piecewise, plots
    from engine.answering.place import Place, decimals
    from engine.answering.second import Second
    from engine.calculus.pieces import by_cases

    if by_cases(f.tree):
        return _pieces(f, budget, at, wrt, steps)
    scalar = piecewise.ordinary(f, variables_of(f, wrt))
    found = Second.of(scalar, steps, budget)
    data = scalar.data() | {"hessian": curvature.rows(found.matrix), "steps": [*found.first_steps(), *found.steps()]}
    lines = (scalar.echo(), *found.first_lines(steps), *found.lines(steps))
    said = (*scalar.remarks(), *found.remarks(steps))
    if at is None:
        return Answer("Hessian", lines, data | curvature.NOWHERE, said)
    place = Place.of(scalar, at)
    there = curvature.At.of(place, found.matrix)
    data["steps"] += there.steps(found.matrix)
    where = decimals(place.coordinates)
    answer = Answer(
        "Hessian",
        (*lines, *there.lines(steps)),
        data | there.data(),
        (*said, *there.remarks(found.partials)),
        draw=lambda: plots.draw(scalar, found.partials, point=where),
    )
    return piecewise.pictured(answer, f.tree)


def _pieces(f: Expression, budget: Budget, at: Point | None, wrt: Names | None, steps: "Shown") -> Answer:
    """Return the answer for a function given by cases; refuses a seam, and says why."""
    from engine.answering import curvature, piecewise
    from engine.answering.by_definition import mended

    names = variables_of(f, wrt)
    whole = piecewise.hessian(f, names, curvature.NOWHERE)
    if at is None:
        return whole
    try:
        return piecewise.there(whole, f, names, at, lambda g: hessian(g, budget, at, wrt, steps))
    except NotInDomain as refused:
        if "from one case to another" in refused.message:
            found = mended(f, names, at)
            refused.message += _SEAM if found is None else found.told(names)
        raise
