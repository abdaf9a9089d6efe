"""A certificate of what a search for critical points has proven, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flint import fmpq
from sympy import CRootOf, Expr, Float, Symbol

from engine.calculus.printing import syntax
from engine.certifying.boxes import cover
from engine.certifying.classes import classed
from engine.certifying.combinations import NoProofError
from engine.certifying.elimination import Elimination, written
from engine.certifying.sets import shown
from engine.critical import CriticalPoint, Found
from engine.proofs.algebra import Algebra, Sides
from engine.proofs.boxes import Slopes, one_zero
from engine.proofs.check import FORM, named, places, verify
from engine.proofs.terms import Rejected, Term, number, read
from engine.values import Budget, Json

Ends = Sequence[tuple[Expr, Expr] | None] | None
_NARROW = fmpq(1, 2**30)
# what goes wrong here costs the certificate, never the answer
_NONE = (
    Rejected,
    NoProofError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class _Asked:
    f: Expr
    term: Term
    variables: tuple[Symbol, ...]
    found: Found
    window: Ends


def certify(f: Expr, variables: Sequence[Symbol], found: Found, window: Ends, budget: Budget) -> Json | None:
    """Return the certificate, which the checker has accepted; None where there is none of a known form in the time.

    window: that the points listed are those of, an interval for each variable that has one; None for everywhere.
    """
    if found.complete == "not proven" or not all(point.smooth for point in found.points):
        return None
    names = [str(v) for v in variables]
    given: Json = {
        "form": FORM,
        "f": syntax(f),
        "variables": names,
        "complete": found.complete,
        "window": None if window is None else [None if ends is None else list(map(syntax, ends)) for ends in window],
    }
    for way in (_by_algebra, _by_boxes):
        try:
            term = read(given["f"], named(names))
            whole = given | way(_Asked(f, term, tuple(variables), found, window), budget)
            _classify(whole, term, found, budget)
            verify(whole)
        except _NONE:
            continue
        return whole
    return None


def _by_algebra(asked: _Asked, budget: Budget) -> Json:
    """Return points, periods and cover by elimination. Raises NoProofError and others where there are none."""
    size, names = len(asked.variables), named([str(v) for v in asked.variables])
    equations = [[syntax(each) for each in one.equations] for one in asked.found.sets]
    algebra = Algebra(asked.term, [], [None] * size, [[read(each, names) for each in one] for one in equations])
    proof = Elimination(algebra, budget).proof()
    return {
        "periods": [f"{algebra.turns[i]}*pi" if i in algebra.turns else "0" for i in range(size)],
        "points": [_point(point, _box(point)) for point in asked.found.points],
        "sets": [
            {"equations": texts} | shown(algebra, one, polys, budget)
            for one, texts, polys in zip(asked.found.sets, equations, algebra.sets, strict=True)
        ],
        "cover": {
            "by": "algebra",
            "proof": written(proof, len(algebra.start)),
        },
    }


def _by_boxes(asked: _Asked, budget: Budget) -> Json:
    """Return points and cover by boxes, in a window. Raises NoProofError where there are none."""
    ends = [each for each in asked.window or () if each is not None]
    if asked.found.sets or len(ends) < len(asked.variables):
        raise NoProofError
    near = [point.decimal for point in asked.found.points]
    covering = cover(asked.f, asked.variables, asked.term, near, ends, budget)
    if covering is None:
        raise NoProofError
    return {
        "periods": ["0"] * len(ends),
        "sets": [],
        "points": [_point(point, box) for point, box in zip(asked.found.points, covering.boxes, strict=True)],
        "cover": {
            "by": "boxes",
            "span": [[str(low), str(high)] for low, high in covering.span],
            "tree": covering.tree,
        },
    }


def _classify(given: Json, term: Term, found: Found, budget: Budget) -> None:
    """Add to each point what shows its kind. Raises NoProofError where nothing does."""
    if given["cover"]["by"] == "algebra":
        near = places(term, given)
    else:
        slopes = Slopes.of(term, len(given["variables"]))
        sides = [[(number(low), number(high)) for low, high in each["box"]] for each in given["points"]]
        near = [one_zero(slopes, each) for each in sides]
    for point, known, place in zip(given["points"], found.points, near, strict=True):
        if known.kind != "not decided":
            point["class"] = classed(term, known, place, point["at"] or [], budget)
            if point["class"] is None:
                raise NoProofError


def _point(point: CriticalPoint, box: Sides) -> dict[str, Any]:
    spelled = not any(each.has(CRootOf, Float) for each in point.at)
    return {
        "at": [syntax(each) for each in point.at] if spelled else None,
        "decimal": list(point.decimal),
        "kind": point.kind,
        "strict": point.strict,
        "box": [[str(low), str(high)] for low, high in box],
        "class": None,
    }


def _box(point: CriticalPoint) -> Sides:
    ends = []
    for each in point.decimal:
        middle, reach = fmpq(*each.as_integer_ratio()), fmpq(1 + int(abs(each))) * _NARROW
        ends.append((middle - reach, middle + reach))
    return ends
