"""Says what a certificate of critical points shows, or refuses it."""

from typing import Any

from flint import arb

from engine.proofs import boxes, classes, sets
from engine.proofs.algebra import Algebra, Sides, Window
from engine.proofs.terms import Rejected, Term, number, read, value, walk

FORM, _ROUNDED = "critical points 1", 1e-9
_TOLD = " where all roots in its gradient are positive"


def verify(given: dict[str, Any]) -> tuple[str, ...]:
    """Return sentences that say what is verified; refuses (Rejected) where anything claimed is not shown."""
    try:
        f = read(given["f"], named(given["variables"]))
        for point, place in zip(given["points"], places(f, given), strict=True):
            _stated(point, place)
            classes.check(f, place, point)
        return tuple(_said(f, given))
    except Rejected:
        raise
    except Exception as wrong:  # whatever is malformed shows nothing
        raise Rejected(f"it is malformed: {wrong!r}") from wrong


def named(names: list[str]) -> dict[str, Term]:
    """Return the terms of variables; refuses (Rejected) what are no different names in plain letters."""
    if not all(name.isascii() and name.isidentifier() for name in names) or len({*names}) < len(names):
        raise Rejected("the variables are no different names in plain letters")
    return {name: ("var", i) for i, name in enumerate(names)}


def places(f: Term, given: dict[str, Any]) -> list[list[arb]]:
    """Return small balls round the points listed; refuses (Rejected) unless these are all, each alone in its box."""
    names, ends = given["variables"], given["window"]
    if given["form"] != FORM or given["complete"] != ("proven" if ends is None else "proven in window"):
        raise Rejected("it is of another form")
    known = [[(number(low), number(high)) for low, high in point["box"]] for point in given["points"]]
    if any(len(sides) != len(names) or any(not 0 < high - low <= 1 for low, high in sides) for sides in known):
        raise Rejected("a box is of another shape")
    window: Window = [None for _ in names]
    for i, pair in enumerate(ends or []):
        window[i] = pair and (value(read(pair[0], {}), [], {}), value(read(pair[1], {}), [], {}))
    if any(pair and not pair[0] < pair[1] for pair in window):
        raise Rejected("a window is empty")
    if given["cover"]["by"] == "algebra":
        return _by_algebra(f, given, known, window)
    if given["sets"] or any(each != "0" for each in given["periods"]):
        raise Rejected("boxes show no sets and no periods")
    span = [(number(low), number(high)) for low, high in given["cover"]["span"]]
    return boxes.covered(f, given, span, known, window)


def _by_algebra(f: Term, given: dict[str, Any], known: list[Sides], window: Window) -> list[list[arb]]:
    names = named(given["variables"])
    found = Algebra(f, known, window, [[read(each, names) for each in one["equations"]] for one in given["sets"]])
    periods = [f"{found.turns[i]}*pi" if i in found.turns else "0" for i in range(len(names))]
    if given["periods"] != periods or (found.turns and given["window"]):
        raise Rejected("the periods are others")
    if any(high - low > found.turns.get(i, 1) for sides in known for i, (low, high) in enumerate(sides)):
        raise Rejected("a box is as wide as a period")
    found.check(given["cover"]["proof"], found.start)
    for one, polys in zip(given["sets"], found.sets, strict=True):
        sets.check(found, one, polys)
    if any(len(met) != 1 for met in found.met):
        raise Rejected("a point listed is not critical, or its box holds two")
    return [next(iter(met.values())) for met in found.met]


def _stated(point: dict[str, Any], place: list[arb]) -> None:
    exact = place if point["at"] is None else [value(read(each, {}), [], {}) for each in point["at"]]
    for ball, decimal, other in zip(place, point["decimal"], exact, strict=True):
        if not abs(ball - decimal) < _ROUNDED * (1 + abs(arb(decimal))) or not ball.overlaps(other):
            raise Rejected(f"a point is not where its coordinates say: {point['decimal']}")


def _said(f: Term, given: dict[str, Any]) -> list[str]:
    count, more, period = len(given["points"]), len(given["sets"]), any(each != "0" for each in given["periods"])
    where = f"in the window {given['window']}" if given["window"] else "in one period" if period else "everywhere"
    roots = any(part[0] == "pow" and part[2][1].q > 1 for part in walk(f))
    beside = f" and {more} set{'s' * (more != 1)} of them" if more else ""
    return [
        f"f = {given['f']} has {count} critical point{'s' * (count != 1)}{beside} {where}{_TOLD * roots}, and no other",
        *(f"{point['kind']} at {point['at'] or point['decimal']}" for point in given["points"]),
        *(f"{one['kind']} at each point with {' = '.join([*one['equations'], '0'])}" for one in given["sets"]),
    ]
