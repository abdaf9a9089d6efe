"""What /check can be asked: for each want the right answer, as Nabla computes it."""

from collections.abc import Callable

import sympy
from sympy import Expr

from engine.answering import extrema
from engine.answering.asked import Asked, Wanted, number, vector
from engine.answering.labelled import labelled
from engine.answering.order import read_order
from engine.answering.wanted_problems import behaviour, chain, coordinate, optimum
from engine.building import build, unbuild
from engine.calculus import derivatives
from engine.calculus.definiteness import definiteness, eigen
from engine.calculus.signs import sign
from engine.errors import NotInDomain, NotSupported, Refused, TooLarge, WrongUsage
from engine.reading import kinds

_MOST_STEPS = 20
_MOST_BITS = 2000


def partial(asked: Asked) -> Wanted:
    """Return the partial derivative by the variables of wrt, in that order."""
    names = asked.scalar.names
    if not asked.options.wrt:
        raise WrongUsage("To check a partial derivative I need the variable: wrt=x.", option="wrt", suggestions=names)
    found = asked.scalar.expression
    try:
        order = read_order(asked.options.wrt, names)
    except Refused as refused:
        raise refused.at_option("wrt") from None
    if strange := [name for name in order if name not in names]:
        raise WrongUsage(f"There is no variable {strange[0]} in f.", option="wrt", suggestions=names)
    for name in order:
        found = derivatives.gradient(found, [asked.scalar.symbols[names.index(name)]])[0]
    (value,) = asked.values([found])
    return number(value) if asked.place else Wanted("expression", kinds.Expression("", unbuild(value), names))


def gradient(asked: Asked) -> Wanted:
    """Return the gradient, at the point if there is one."""
    return vector(asked.values(asked.partials))


def hessian(asked: Asked) -> Wanted:
    """Return the Hessian matrix, at the point if there is one."""
    rows = derivatives.hessian(asked.scalar.expression, asked.scalar.symbols).tolist()
    return Wanted("matrix", kinds.Matrix("", tuple(tuple(map(unbuild, asked.values(row))) for row in rows)))


def discriminant(asked: Asked) -> Wanted:
    """Return f_xx f_yy - f_xy^2, at the point if there is one."""
    matrix = derivatives.hessian(asked.scalar.expression, asked.scalar.symbols)
    if matrix.shape != (2, 2):
        raise NotSupported("The discriminant belongs to functions of two variables.", option="f")
    a, b, c = asked.values([matrix[0, 0], matrix[0, 1], matrix[1, 1]])
    value = sympy.expand(a * c - b**2)
    function = Wanted("expression", kinds.Expression("", unbuild(value), asked.scalar.names))
    return number(value) if asked.place else function


def classify(asked: Asked) -> Wanted:
    """Return what the critical point is; that the test says nothing is right too where it says nothing."""
    place = asked.there("classification")
    point = extrema.classified(asked.scalar, place, asked.budget).found.points[0]
    also = (kinds.Label("", "inconclusive"),) if point.degenerate else ()
    if point.kind == "not decided" and not also:
        raise NotSupported("I could not decide myself what kind of point this is.", option="at")
    return Wanted("label", kinds.Label("", point.kind), also, "The test says nothing more here.")


def critical(asked: Asked) -> Wanted:
    """Return the critical points; refuses (NotSupported) functions with infinitely many."""
    listed = extrema.searched(asked.scalar, asked.budget, None)
    if listed.found.sets or any(listed.found.periods):
        raise NotSupported("There are infinitely many critical points; I check finite lists only.", option="f")
    points = tuple(
        tuple(coordinate(*each) for each in zip(point.at, point.decimal, strict=True)) for point in listed.found.points
    )
    certain = listed.complete == "proven"
    return Wanted("points", kinds.Points("", points), certain=certain, labelled=labelled(listed.found.points, points))


def steepest(asked: Asked) -> Wanted:
    """Return the direction of steepest ascent or descent, of length 1, or the largest rate."""
    slope = asked.there("steepest direction").every(asked.partials)
    length = derivatives.norm(slope)
    if asked.options.ask == "max_rate":
        return number(length)
    if sign(length) == 0:
        raise NotInDomain("The gradient is zero there: no direction is steepest.", option="at")
    turn = 1 if asked.options.ask == "ascent_unit" else -1
    return vector([turn * each / length for each in slope], "unit direction")


def directional(asked: Asked) -> Wanted:
    """Return the rate of change at the point along a vector, or towards a point."""
    place = asked.there("directional derivative")
    if not asked.options.along:
        raise WrongUsage("I need the direction: along=3,4.", option="along", suggestions=("3,4", "to (4,5)"))
    try:
        read = kinds.read(asked.options.along, "direction", asked.scalar.names, len(asked.scalar.names))
    except Refused as refused:
        raise refused.at_option("along") from None
    if isinstance(read, kinds.Towards):
        way = [build(end) - start for end, start in zip(read.target, place.coordinates, strict=True)]
    elif isinstance(read, kinds.Vector):
        way = [build(each) for each in read.entries]
    else:
        raise WrongUsage("Give the direction as a vector.", option="along", suggestions=("3,4",))
    length = derivatives.norm(way)
    if sign(length) != 1:
        raise NotInDomain("The zero vector has no direction.", option="along")
    slope = place.every(asked.partials)
    return number(sympy.expand(sympy.Add(*(a * b for a, b in zip(slope, way, strict=True)))) / length)


def tangent(asked: Asked) -> Wanted:
    """Return the linear approximation at the point; its graph is the tangent plane."""
    place = asked.there("tangent")
    slope = place.every(asked.partials)
    moved = [s - c for s, c in zip(asked.scalar.symbols, place.coordinates, strict=True)]
    value = place.value(asked.scalar.expression) + sympy.Add(*(a * b for a, b in zip(slope, moved, strict=True)))
    return Wanted("expression", kinds.Expression("", unbuild(sympy.expand(value)), asked.scalar.names))


def step(asked: Asked) -> Wanted:
    """Return the point after some steps of gradient descent, of ascent where the goal is max."""
    place = asked.there("step")
    rate = asked.rate()
    if not 1 <= asked.options.steps <= _MOST_STEPS:
        raise TooLarge(f"I check 1 to {_MOST_STEPS} steps.", option="steps")
    turn = -rate if asked.options.goal == "min" else rate
    here = dict(zip(asked.scalar.symbols, place.coordinates, strict=True))
    for _ in range(asked.options.steps):
        slope = [derivatives.at(each, here) for each in asked.partials]
        here = {s: sympy.expand(here[s] + turn * each) for s, each in zip(asked.scalar.symbols, slope, strict=True)}
        if any(sympy.count_ops(each) > _MOST_BITS or _digits(each) > _MOST_BITS for each in here.values()):
            raise TooLarge("The exact numbers grow too long for so many steps.", option="steps")
    return vector([here[s] for s in asked.scalar.symbols])


def _digits(value: Expr) -> int:
    return max(int(value.p).bit_length(), int(value.q).bit_length()) if value.is_Rational else 0


def rate_limit(asked: Asked) -> Wanted:
    """Return 2 over the largest curvature of a quadratic function with one lowest point."""
    matrix = derivatives.hessian(asked.scalar.expression, asked.scalar.symbols).applyfunc(sympy.expand)
    if matrix.free_symbols or definiteness(matrix) != "positive definite":
        raise NotSupported("I check this only for quadratic functions with one lowest point.", option="f")
    values = eigen(matrix)
    if values is None:
        raise NotSupported("I have no exact curvatures for so many variables.", option="f")
    return number(2 / values[-1][0])


WANTS: dict[str, Callable[[Asked], Wanted]] = {
    "partial": partial,
    "gradient": gradient,
    "hessian": hessian,
    "discriminant": discriminant,
    "classify": classify,
    "critical": critical,
    "steepest": steepest,
    "directional": directional,
    "tangent": tangent,
    "step": step,
    "rate-limit": rate_limit,
    "behaviour": behaviour,
    "chain": chain,
    "loss": gradient,
    "optimum": optimum,
}
