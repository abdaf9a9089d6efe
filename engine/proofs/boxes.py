"""Zeros of a gradient in boxes: one that is there and alone, and none elsewhere in a window."""

from itertools import combinations
from typing import Any, NamedTuple

from flint import arb, arb_mat, ctx, fmpq

from engine.proofs.terms import Rejected, Term, derivative, needs, value

Sides = list[tuple[fmpq, fmpq]]
_BITS, _ROUNDS, _FINE = 128, 40, 2.0**-90


class Slopes(NamedTuple):
    """A function, what is positive in its domain, its gradient and its Hessian; equal parts are the same objects."""

    f: Term
    needed: list[Term]
    first: list[Term]
    second: list[list[Term]]

    @classmethod
    def of(cls, f: Term, count: int) -> "Slopes":
        """Return those of a function of so many variables."""
        seen: dict[Term, Term] = {}
        first = [_shared(derivative(f, i), seen) for i in range(count)]
        second = [[_shared(derivative(each, i), seen) for i in range(count)] for each in first]
        return cls(_shared(f, seen), [_shared(each, seen) for each in needs(f)], first, second)


def _shared(term: Term, seen: dict[Term, Term]) -> Term:
    parts = tuple(_shared(each, seen) if isinstance(each, tuple) else each for each in term)
    return seen.setdefault(parts, parts)


def image(slopes: Slopes, box: list[arb]) -> list[arb] | None:
    """Return a box with all zeros of the gradient in a box: [] where there are none, None where that is not known.

    For any matrix C a zero z in the box B with middle m is z - C g(z), in m - C g(m) + (1 - C H(B)) (B - m) by the
    mean value theorem; if that is inside of B, there is one, and no other. Source: Neumaier, Interval Methods, 5.1.
    """
    memo: dict[int, arb] = {}
    first = [value(each, box, memo) for each in slopes.first]
    if any(value(c, box, memo) < 0 for c in slopes.needed) or any(c.is_finite() and not c.contains(0) for c in first):
        return []
    hessian = arb_mat([[value(each, box, memo) for each in row] for row in slopes.second])
    if not all(each.is_finite() for each in (value(slopes.f, box, memo), *hessian.entries())):
        return None
    middle, there = [each.mid() for each in box], dict[int, arb]()
    slope, centre = (arb_mat([[c] for c in each]) for each in ([value(g, middle, there) for g in slopes.first], middle))
    away = arb_mat([[c] for c in box]) - centre
    if not all(each.contains(0) for each in (slope + hessian * away).entries()):
        return []
    try:
        near = hessian.mid().inv().mid()
    except ZeroDivisionError:
        return None
    unit = arb_mat([[int(i == j) for i in range(len(box))] for j in range(len(box))])
    found: list[arb] = (centre - near * slope + (unit - near * hessian) * away).entries()
    return found if all(a.overlaps(b) for a, b in zip(found, box, strict=True)) else []


def one_zero(slopes: Slopes, sides: Sides) -> list[arb]:
    """Return a small box round the one zero of the gradient between sides; refuses (Rejected) where none is shown."""
    with ctx.workprec(_BITS):
        box = box_of(sides)
        if not _within(found := image(slopes, box), sides):
            raise Rejected("that there is one critical point in a box, and no other, is not shown")
        for _ in range(_ROUNDS):
            box = [a.intersection(b) for a, b in zip(found or box, box, strict=True)]
            found = box if all(each.rad() < _FINE for each in box) else image(slopes, box)
        return box


def settled(slopes: Slopes, sides: Sides, known: list[Sides]) -> bool:
    """Tell whether all zeros of the gradient between sides lie in known boxes."""
    found = image(slopes, box := box_of(sides))
    if not found:
        return found is not None
    return any(_within([a.intersection(b) for a, b in zip(found, box, strict=True)], each) for each in known)


def box_of(sides: Sides) -> list[arb]:
    """Return balls that hold a box."""
    return [arb(low).union(arb(high)) for low, high in sides]


def _within(box: list[arb] | None, sides: Sides) -> bool:
    return bool(box) and all(low < each < high for each, (low, high) in zip(box or [], sides, strict=True))


def covered(f: Term, given: dict[str, Any], span: Sides, known: list[Sides], window: list[Any]) -> list[list[arb]]:
    """Return small balls round the points of a certificate; refuses (Rejected) unless these are all in the window.

    The tree of the cover says how the span is cut: a digit halves a box along that variable, a dot leaves it whole.
    """
    slopes, waiting = Slopes.of(f, len(span)), [span]
    if not all(ends and low <= ends[0] and ends[1] <= high for (low, high), ends in zip(span, window, strict=True)):
        raise Rejected("the boxes do not fill the window")
    for sign in given["cover"]["tree"]:
        box = waiting.pop() if waiting else []
        if sign == "." and box and settled(slopes, box, known):
            continue
        i = "01234567"[: len(box)].find(sign)
        if i < 0:
            raise Rejected("the cover leaves a part of the window open")
        half = sum(box[i], fmpq(0)) / 2
        waiting += [[*box[:i], ends, *box[i + 1 :]] for ends in ((half, box[i][1]), (box[i][0], half))]
    places = [one_zero(slopes, sides) for sides in known]
    aside = any(c < ends[0] or ends[1] < c for each in places for c, ends in zip(each, window, strict=True))
    if waiting or aside or any(all(map(arb.overlaps, a, b)) for a, b in combinations(places, 2)):
        raise Rejected("a part of the window is left out, or a point listed twice or not in the window")
    return places
