"""The Hessian."""

from engine.answering.answer import Answer
from engine.answering.declare import topic, variables_of
from engine.reading import Expression, Names, Point


@topic("hessian", example="/hessian f=x^3-3xy+y^3 at=1,1", rank=2)
def hessian(f: Expression, at: Point | None = None, wrt: Names | None = None) -> Answer:
    """Hessian matrix of f, and at a point its eigenvalues and definiteness.

    f:   a scalar function of real variables, for instance x^3-3xy+y^3
    at:  a point, one coordinate for each variable, 1,1 or x=1 y=1
    wrt: the variables to differentiate by, x,y; every other name is then a parameter

    The matrix is n x n and symmetric; `discriminant` is f_xx f_yy - f_xy^2, for two variables.
    Refuses (NotInDomain) a point where f is not smooth, or not surely.
    Source: Stewart, Calculus, 8th ed., section 14.7.
    """
    from engine.answering import curvature, piecewise, plots
    from engine.answering.place import Place, decimals
    from engine.calculus import derivatives
    from engine.calculus.pieces import by_cases

    if by_cases(f.tree):
        names = variables_of(f, wrt)
        whole = piecewise.hessian(f, names, curvature.NOWHERE)
        return whole if at is None else piecewise.there(whole, f, names, at, lambda g: hessian(g, at, wrt))
    scalar = piecewise.ordinary(f, variables_of(f, wrt))
    partials = derivatives.gradient(scalar.expression, scalar.symbols)
    matrix = derivatives.hessian(scalar.expression, scalar.symbols)
    data = scalar.data() | {"hessian": curvature.rows(matrix), "steps": curvature.steps(scalar, matrix)}
    lines = (scalar.echo(), curvature.matrix_line(scalar, matrix))
    if at is None:
        return Answer("Hessian", lines, data | curvature.NOWHERE, scalar.remarks())
    place = Place.of(scalar, at)
    there = curvature.At.of(place, matrix)
    data["steps"] += there.steps()
    where = decimals(place.coordinates)
    answer = Answer(
        "Hessian",
        (*lines, *there.lines()),
        data | there.data(),
        (*scalar.remarks(), *there.remarks(partials)),
        draw=lambda: plots.draw(scalar, partials, point=where),
    )
    return piecewise.pictured(answer, f.tree)
