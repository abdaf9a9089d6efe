"""Covers of a window by boxes, cut so that the checker's own test settles each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from flint import arb, ctx, fmpq
from sympy import Expr, Symbol

from engine.calculus.signs import decimal
from engine.critical.krawczyk import contract
from engine.critical.tapes import NoTapeError, Tape
from engine.proofs.boxes import Sides, Slopes, image, settled
from engine.proofs.terms import Term, value
from engine.values import Budget

Ends = tuple[Expr, Expr]
_WIDEST, _FINEST, _BITS = 1, 24, 128
_MOST, _ASIDE = 20_000, 2.0**-40


@dataclass(frozen=True, slots=True)
class Cover:
    """A box round each point, which holds no other one, and how a window is cut into boxes without more of them."""

    boxes: list[Sides]
    span: Sides
    tree: str


@dataclass(slots=True)
class Guess:
    """A tree of cuts: for each part the variable that it is cut along, None for a leaf, and where its halves stand."""

    sides: list[int | None]
    halves: list[int]


def cover(
    f: Expr,
    variables: tuple[Symbol, ...],
    term: Term,
    places: Sequence[Sequence[float]],
    ends: Sequence[Ends],
    budget: Budget,
) -> Cover | None:
    """Return boxes round the places, and a cover of what lies between the ends; None where there is none in the budget.

    term: f as the checker reads it.
    """
    slopes = Slopes.of(term, len(variables))
    known = alone(slopes, places, budget)
    if known is None:
        return None
    span = [_outward(*each) for each in ends]
    tree = _cut(slopes, span, known, _guess(f, variables, span, known, budget), budget)
    return None if tree is None else Cover(known, span, tree)


def alone(slopes: Slopes, places: Sequence[Sequence[float]], budget: Budget) -> list[Sides] | None:
    """Return for each place the widest box found that holds one critical point; None where one has none."""
    found = []
    for place in places:
        sides = next((each for each in _round(place) if budget.left() > 0 and _holds_one(slopes, each)), None)
        if sides is None:
            return None
        found.append(sides)
    return found


def _round(place: Sequence[float]) -> list[Sides]:
    centre = [fmpq(*each.as_integer_ratio()) for each in place]
    return [[(c - fmpq(1, 2**k), c + fmpq(1, 2**k)) for c in centre] for k in range(_WIDEST, _FINEST)]


def _holds_one(slopes: Slopes, sides: Sides) -> bool:
    with ctx.workprec(_BITS):
        found = image(slopes, [arb(low).union(arb(high)) for low, high in sides])
        return bool(found) and all(low < c < high for c, (low, high) in zip(found or [], sides, strict=True))


def _outward(low: Expr, high: Expr) -> tuple[fmpq, fmpq]:
    """Return two doubles, the interval between which holds another one; a whole number stays."""
    ends = []
    for end, turn in ((low, -1), (high, 1)):
        near = decimal(end)
        near = near if end.is_Integer else near + turn * abs(near) * _ASIDE
        ends.append(fmpq(*near.as_integer_ratio()))
    return ends[0], ends[1]


def _guess(f: Expr, variables: tuple[Symbol, ...], span: Sides, known: list[Sides], budget: Budget) -> Guess:
    """Return a tree whose leaves are settled by the engine's own ranges, which look at many boxes at once."""
    guess = Guess([None], [0])
    try:
        tape = Tape.of(f, variables)
    except NoTapeError:
        return guess
    lo, hi = (np.array([[float(side[k]) for side in span]]) for k in (0, 1))
    inner = [[np.array([float(side[k]) for side in sides]) for k in (0, 1)] for sides in known]
    index = np.array([0])
    while len(index) and len(guess.sides) < _MOST and budget.left() > 0:
        box = contract(tape, lo, hi)
        within = np.zeros(len(box.lo), bool)
        for low, high in inner:
            within |= np.all((box.lo > low) & (box.hi < high), axis=1)
        chosen = box.index[~within]
        cut = (box.weight * (hi[box.index] - lo[box.index]))[~within].argmax(axis=1) if len(chosen) else chosen
        halves = np.arange(2 * len(chosen)) + len(guess.sides)
        for i, side, half in zip(index[chosen], cut, halves[::2], strict=True):
            guess.sides[i], guess.halves[i] = int(side), int(half)
        guess.sides += [None] * len(halves)
        guess.halves += [0] * len(halves)
        lo, hi = np.repeat(lo[chosen], 2, axis=0), np.repeat(hi[chosen], 2, axis=0)
        rows, sides = np.arange(len(chosen)) * 2, cut
        middle = lo[rows, sides] / 2 + hi[rows, sides] / 2
        hi[rows, sides], lo[rows + 1, sides] = middle, middle
        index = halves
    return guess


def _cut(slopes: Slopes, span: Sides, known: list[Sides], guess: Guess, budget: Budget) -> str | None:
    """Return the tree as the checker takes it: cut further where its own test needs smaller boxes."""
    waiting: list[tuple[Sides, int | None]] = [(span, 0)]
    cuts: list[str] = []
    while waiting:
        if len(cuts) > _MOST or budget.left() < 0:
            return None
        box, place = waiting.pop()
        i = None if place is None else guess.sides[place]
        if i is None:
            place = None
            if settled(slopes, box, known):
                cuts.append(".")
                continue
            i = _side(slopes, box)
        low, high = box[i]
        half = (low + high) / 2
        cuts.append(str(i))
        first = None if place is None else guess.halves[place]
        after = None if first is None else first + 1
        waiting += [([*box[:i], (half, high), *box[i + 1 :]], after), ([*box[:i], (low, half), *box[i + 1 :]], first)]
    return "".join(cuts)


def _side(slopes: Slopes, sides: Sides) -> int:
    """Return the variable in which the gradient changes most over a box."""
    box, memo, size = [arb(low).union(arb(high)) for low, high in sides], dict[int, arb](), range(len(sides))
    widths = [float(high - low) for low, high in sides]
    rates = [[float(abs(value(each, box, memo)).upper()) for each in row] for row in slopes.second]
    weights = [sum(row[i] for row in rates) * widths[i] for i in size]
    chosen = weights if all(each < inf for each in weights) else widths
    return max(size, key=lambda i: chosen[i])
