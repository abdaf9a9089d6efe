"""What is decided about convexity, line by line: the domain, the rules, the minors, the chord that disproves it."""

from collections.abc import Sequence
from itertools import chain
from typing import Literal

import sympy
from sympy import Expr

from engine.answering.place import decimal
from engine.answering.scalar import Scalar
from engine.answering.second import matrix_line
from engine.calculus.signs import sign
from engine.convexity import Against, Chord, Decision, Part, Proof, Region, Turn
from engine.convexity.hessian import matrix_of
from engine.convexity.region import slopes_of
from engine.errors import Refused
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.spelling.numbers import USUAL_DIGITS

_SIGNS = {
    (1, True): (" > ", "gt", "is greater than"), (1, False): (" ≥ ", "gt.eq", "is at least"),
    (-1, True): (" < ", "lt", "is less than"), (-1, False): (" ≤ ", "lt.eq", "is at most"),
}  # fmt: skip
_ZERO = spell.sign("0")
_MOST_LINES = 16
_MOST_DIGITS = 16
_NAMES = {1: "convex", -1: "concave"}


def where(scalar: Scalar, region: Region, *, alone: bool) -> list[Formula]:
    """Return the line that says where; none for all of the space."""
    if not region.parts:
        return []
    said = spell.words("on the domain " if alone else "for ")
    return [said + spell.joined(_part(scalar, each) for each in region.parts)]


def _part(scalar: Scalar, part: Part) -> Formula:
    """Return x > 1 for x - 1 > 0, and the whole expression where there is more than one variable."""
    slopes = slopes_of(part.of, scalar.symbols)
    moving = [i for i, each in enumerate(slopes or ()) if each != 0]
    if slopes is None or len(moving) != 1:
        return scalar.spelled(part.of) + spell.sign(*_SIGNS[1, part.strict]) + _ZERO
    (i,) = moving
    bound = sympy.expand(-part.of.xreplace({scalar.symbols[i]: sympy.S.Zero}) / slopes[i])
    turn = 1 if sign(slopes[i]) == 1 else -1
    return spell.variable(scalar.names[i]) + spell.sign(*_SIGNS[turn, part.strict]) + scalar.spelled(bound)


def lines(scalar: Scalar, piece: Decision, shown: Literal["none", "short", "all"]) -> list[Formula]:
    """Return the proof, or what disproves it, and the verdict at the end."""
    proof: list[Formula] = []
    if piece.proof is not None and shown != "none":
        proof = _proof(scalar, piece.proof, piece.region, every=shown == "all")
    against: list[Formula] = []
    if piece.verdict in ("neither", "not decided"):
        against = list(chain.from_iterable(_against(scalar, each) for each in piece.against))
    return [*_rewritten(scalar, piece, shown), *proof, *against, _verdict(scalar, piece)]


def _rewritten(scalar: Scalar, piece: Decision, shown: str) -> list[Formula]:
    """Return f without the bars, maxima and logarithms of products that the domain decides."""
    if shown == "none" or piece.f == scalar.expression:
        return []
    return [spell.variable(scalar.read.name) + spell.EQUALS + spelled(scalar, piece.f) + spell.words(" there")]


def spelled(scalar: Scalar, expr: Expr) -> Formula:
    """Return an expression as formula; words where it has no spelling."""
    try:
        return scalar.spelled(expr)
    except Refused:
        return spell.words("this part")


def _proof(scalar: Scalar, proof: Proof, region: Region, *, every: bool) -> list[Formula]:
    if proof.rule == "hessian":
        return [_matrix(scalar, proof), *_minors(scalar, proof, region)]
    if proof.affine:
        return []
    found = list(proof.lines())
    told = [_rule(scalar, each) for each, _ in found[-_MOST_LINES:]]
    if every and proof.bent is not None:
        told = [_matrix(scalar, proof), *_minors(scalar, proof, region), *told]
    return told


def _rule(scalar: Scalar, proof: Proof) -> Formula:
    word = "affine" if proof.affine else _NAMES[proof.way]
    return spelled(scalar, proof.about) + spell.words(f" is {word}: {proof.says}")


def _matrix(scalar: Scalar, proof: Proof) -> Formula:
    return matrix_line(scalar, matrix_of(proof.about, scalar.symbols))


def _minors(scalar: Scalar, proof: Proof, region: Region) -> list[Formula]:
    """Return the minors with their signs, which are proven at the inner points where the domain has edges."""
    if proof.bent is None:
        return []
    where = spell.NOTHING if region.is_open() else spell.words(" inside of the domain")
    return [
        spell.words(f"minor of {'' if proof.way == 1 else 'minus '}H for ")
        + spell.joined(spell.variable(str(each)) for each in one.names)
        + spell.sign(": ", ":", "")
        + spelled(scalar, one.value)
        + spell.sign(*_SIGNS[1, one.positive])
        + _ZERO
        + where
        for one in proof.bent.minors[:_MOST_LINES]
    ]


def _against(scalar: Scalar, each: Against) -> list[Formula]:
    found = [spell.words(f"not {_NAMES[each.way]}:")]
    if each.chord is not None:
        found.append(_chord(scalar, each.chord, each.way))
    if each.turn is not None:
        found.append(_turn(scalar, each.turn))
    return found


def _chord(scalar: Scalar, chord: Chord, way: int) -> Formula:
    """Return f(m) = 101 > 2 = (f(a) + f(b))/2."""
    middle = tuple((a + b) / 2 for a, b in zip(*chord.ends, strict=True))
    f = [_at(scalar, each) for each in (middle, *chord.ends)]
    mean = spell.bracketed(f[1] + spell.sign(" + ", "+", "plus") + f[2]) + spell.sign("/2", "\\/ 2", "over 2")
    between = spell.sign(*_SIGNS[1 if way == 1 else -1, True])
    one, other = _told_apart(_equals(scalar, chord.middle), _equals(scalar, chord.mean), chord)
    return f[0] + one + between + mean + other


def _told_apart(one: Formula, other: Formula, chord: Chord) -> tuple[Formula, Formula]:
    """Return the values with as many digits as tell them apart; as they are where that takes too many."""
    numbers = decimal(chord.middle), decimal(chord.mean)
    for digits in range(USUAL_DIGITS + 1, _MOST_DIGITS):
        if one.text != other.text:
            break
        one, other = (spell.ABOUT + spell.sign(f"{each:.{digits}g}") for each in numbers)
    return one, other


def _at(scalar: Scalar, point: Sequence[Expr]) -> Formula:
    inside = spell.bracketed(spell.joined(scalar.spelled(each) for each in point))
    name = spell.variable(scalar.read.name)
    return Formula(name.text + inside.text, f"{name.typst} {inside.typst}", f"{name.spoken} at {inside.spoken}")


def _equals(scalar: Scalar, value: Expr) -> Formula:
    if value.is_Rational and len(str(value)) < 8:
        return spell.EQUALS + scalar.spelled(value)
    return spell.ABOUT + spell.number(decimal(value))


def _turn(scalar: Scalar, turn: Turn) -> Formula:
    """Return the second derivative at a point in a direction."""
    place = scalar.vector(turn.at)
    if len(turn.at) == 1:
        name = spell.variable(scalar.read.name)
        bend = Formula(f"{name.text}''", f"{name.typst}''", f"the second derivative of {name.spoken} at")
        return bend + place + _signed(scalar, turn.curvature)
    along = spell.sign(" along ", '"along"') + spell.variable("v") + spell.EQUALS + scalar.vector(turn.direction)
    told = spell.sign("at ", '"at"') + place + along + spell.sign(": ", ":", "")
    form = spell.sign("vᵀHv", "v^T H v", "v transposed H v")
    return told + form + _signed(scalar, turn.curvature)


def _signed(scalar: Scalar, value: Expr) -> Formula:
    return _equals(scalar, value) + spell.sign(*_SIGNS[sign(value) or 1, True]) + _ZERO


def _verdict(scalar: Scalar, piece: Decision) -> Formula:
    name = spell.variable(scalar.read.name)
    word = {"both": "convex and concave: affine", "neither": "neither convex nor concave"}.get(
        piece.verdict, piece.verdict
    )
    if piece.strict:
        word = f"strictly {word}"
    if piece.verdict == "not decided":
        known = [_NAMES[each.way] for each in piece.against]
        return name + spell.words(f" is not {known[0]}; the rest is not decided" if known else ": not decided")
    return name + spell.sign(f" is {word}", f'"is {word}"')
