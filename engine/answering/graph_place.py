"""Points at which long formulas are looked at in balls: their exact numbers would take longer than anybody waits."""

from collections.abc import Mapping

import sympy
from flint import arb
from sympy import Expr, Symbol

from engine.answering.place import Place
from engine.answering.scalar import Scalar
from engine.building import build, symbol
from engine.calculus import signs
from engine.calculus.balls import ball, side
from engine.derivation.enclosed import BITS
from engine.reading import Point

MAX_EXACT = 250


def placed(scalar: Scalar, at: Point) -> Place:
    """Return the point of a function at which it is smooth; refuses as Place.of does.

    Conditions that balls show to hold are not looked at in exact numbers again.
    """
    values = {symbol(name): build(node) for name, node in zip(at.names, at.coordinates, strict=True)}
    balls = in_balls(values)
    if balls is not None and all(_is_seen(each.smooth, each.of, balls) for each in scalar.conditions):
        return Place(scalar, values)
    return Place.of(scalar, at)


def in_balls(values: Mapping[Symbol, Expr]) -> dict[Expr, arb] | None:
    """Return a ball for each value, None where one of them is no real number that can be enclosed."""
    found = {name: signs.ball(value, BITS) for name, value in values.items()}
    return None if None in found.values() else {name: each for name, each in found.items() if each is not None}


def _is_seen(relation: str, of: Expr, at: Mapping[Expr, arb]) -> bool:
    found = side(ball(of, BITS, at))
    return not relation or (found is not None and (found > 0 or (relation == "≠ 0" and found < 0)))


def is_short(expression: Expr) -> bool:
    """Tell whether the exact value of an expression at a point is found in short time."""
    return bool(sympy.count_ops(expression) <= MAX_EXACT)
