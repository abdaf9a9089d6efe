"""A counterexample drawn: the graph of f along a segment, with the chord that is on the wrong side of it."""

from collections.abc import Sequence

import numpy as np
from sympy import Expr

from engine.answering import plots
from engine.answering.answer import Drawing
from engine.answering.convex import Bending
from engine.answering.place import decimal
from engine.answering.scalar import Scalar
from engine.calculus import derivatives, grids
from engine.convexity import Against, Chord
from engine.pictures.curve import Curve
from engine.spelling import formula as spell
from engine.spelling import numbers, unicode

_STEPS = 1000
_BEYOND = 200


def draw(bending: Bending) -> tuple[Drawing, ...]:
    """Return a slice for each chord that disproves something; where there is none, the plot of f."""
    found = [
        _slice(bending.scalar, each, each.chord)
        for piece in bending.pieces
        if piece.verdict in ("neither", "not decided")
        for each in piece.against
        if each.chord is not None
    ]
    if found:
        return tuple(found[:2])
    scalar = bending.scalar
    return plots.draw(scalar, derivatives.gradient(scalar.expression, scalar.symbols))


def _slice(scalar: Scalar, against: Against, chord: Chord) -> Drawing:
    """Return the graph between the ends of a chord and a little beyond, as far as f exists."""
    start, end = (np.array([float(each) for each in point]) for point in chord.ends)
    t = np.arange(-_BEYOND, _STEPS + _BEYOND + 1) / _STEPS
    way = {name: start[i] + t * (end[i] - start[i]) for i, name in enumerate(scalar.names)}
    ys = grids.evaluate(scalar.read.tree, way)
    xs, name = t, "t"
    if len(scalar.names) == 1:
        name = unicode.name(scalar.names[0])
        xs, ys = (way[scalar.names[0]], ys) if end[0] > start[0] else (way[scalar.names[0]][::-1], ys[::-1])
    # both ends are places themselves, so that the chord starts on the graph
    first, last = _BEYOND, len(t) - 1 - _BEYOND
    middle = float((xs[first] + xs[last]) / 2)
    word = "convex" if against.way == 1 else "concave"
    side = "above" if against.way == 1 else "below"
    shown = f"{spell.variable(scalar.read.name).text} is not {word}: in the middle it is {side} the chord"
    curve = Curve(
        name=name,
        xs=xs,
        ys=ys,
        point=(middle, decimal(chord.middle)),
        title=shown,
        chord=(float(xs[first]), float(xs[last])),
    )
    alt = (
        f"Graph of the function along the segment from ({_listed(chord.ends[0])}) to ({_listed(chord.ends[1])}), with "
        f"its chord. In the middle the function is {numbers.decimal(decimal(chord.middle), 5)}, {side} the chord, "
        f"which is {numbers.decimal(decimal(chord.mean), 5)} there: it is not {word}."
    )
    return Drawing(f"not-{word}.png", alt, curve)


def _listed(values: Sequence[Expr]) -> str:
    return ", ".join(numbers.decimal(float(value), 5) for value in values)
