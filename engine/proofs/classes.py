"""What kind of critical point a place is: by the Hessian's signs, or by exact power series along curves through it."""

from collections.abc import Sequence
from functools import reduce
from itertools import product
from math import prod
from typing import Any

from flint import arb, arb_mat, arb_series, ctx, fmpq, fmpq_mat, fmpq_series

from engine.proofs.jets import jet
from engine.proofs.terms import Rejected, Term, read

Series = Any
# A power series in s, and a rational number that says how much of pi is to be added.
Along = tuple[Series, fmpq]
_HIGHEST, _GRID, _CELLS = 12, 3000, 500


def check(term: Term, place: list[arb], point: dict[str, Any]) -> None:
    """Check the kind of the one critical point in a place; refuses (Rejected) what point["class"] does not show."""
    by, cap = point["class"], ctx.cap
    try:
        ctx.cap = _HIGHEST + 1
        if by is None:
            shown = "not decided"
        elif by["by"] == "signs":
            shown = _signs(term, place, by)
        else:
            at = [along(read(each, []), [], fmpq_series([1])) for each in point["at"]]
            axes = [[[int(i == j)] for i in range(len(at))] for j in range(len(at))]
            inside = all((arb(c[0]) + arb.pi() * m).overlaps(each) for (c, m), each in zip(at, place, strict=True))
            if not inside or any(terms(term, at, axis)[1] != 0 for axis in axes):
                raise Rejected(f"that {point['at']} is the critical point is not shown")
            shown = (_curves if by["by"] == "curves" else _form)(term, at, by)
    finally:
        ctx.cap = cap
    if (point["kind"], point["strict"]) != (shown, True if shown.startswith("local") else None):
        raise Rejected(f"that there is a {point['kind']} at {point['at']} is not shown")


def _signs(term: Term, place: list[arb], by: dict[str, Any]) -> str:
    """Return what the Hessian shows: by its leading minors, or by two directions with different signs."""
    size, second = range(len(place)), jet(term, place, 2)
    rows = [[second.get((min(i, j), max(i, j)), arb(0)) for j in size] for i in size]
    minors = [arb_mat([row[:k] for row in rows[:k]]).det() for k in range(1, len(place) + 1)]
    if all(each > 0 for each in minors):
        return "local minimum"
    if all(each * (-1) ** k < 0 for k, each in enumerate(minors)):
        return "local maximum"
    ways = [arb_mat([[arb(_number(c))] for c in by[side]]) for side in ("up", "down")]
    rise, fall = ((way.transpose() * arb_mat(rows) * way)[0, 0] for way in ways)
    return "saddle point" if rise > 0 > fall else "not decided"


def _curves(term: Term, at: list[Along], by: dict[str, Any]) -> str:
    """Return what two curves at[i] + c[i][0] s + c[i][1] s^2 + .. with s > 0 show: f rises along one of them."""
    ways = [terms(term, at, [[_number(c) for c in each] for each in by[side]]) for side in ("up", "down")]
    rise, fall = (next(c for c in way[1:] if c != 0) for way in ways)
    return "saddle point" if rise > 0 > fall else "not decided"


def _form(term: Term, at: list[Along], by: dict[str, Any]) -> str:
    """Return what the terms of least weight show: x[i] = at[i] + sum of frame[i][j] y[j] s^w[j], s > 0.

    With f = f(at) + s^n (L(y) + s ..), and L of one sign where the largest |y[j]| is 1: from there all x near
    are reached. The terms before s^n are polynomials in y that are zero on a grid too large for others.
    """
    weights, n, size = by["weights"], by["degree"], range(len(at))
    frame = [[_number(each) for each in row] for row in by["frame"]]
    steps = [range((n - 1) // each + 1) for each in weights]
    if fmpq_mat(frame).det() == 0 or min(weights) < 1 or not 1 < n <= _HIGHEST or prod(map(len, steps)) > _GRID:
        raise Rejected("a frame is of another shape")

    def shown(y: Sequence[Any]) -> list[Any]:
        ways = [[sum(frame[i][j] * y[j] for j in size if weights[j] == k) for k in range(1, n + 1)] for i in size]
        return terms(term, at, ways)

    if any(c != 0 for y in product(*steps) for c in shown(y)[1:n]):
        return "not decided"
    whole, kinds = (fmpq(-1), fmpq(1)), set()
    waiting = [[(t, t) if i == j else whole for j in size] for i in size for t in whole]
    for seen, face in enumerate(waiting):
        lowest = shown([arb(low).union(arb(high)) for low, high in face])[n]
        if not lowest.contains(0):
            kinds.add("local minimum" if lowest > 0 else "local maximum")
        elif len(kinds) < 2 and seen < _CELLS:
            j = max(size, key=lambda k: face[k][1] - face[k][0])
            half = (face[j][0] + face[j][1]) / 2
            waiting += [[*face[:j], part, *face[j + 1 :]] for part in ((face[j][0], half), (half, face[j][1]))]
        else:
            return "not decided"
    return kinds.pop() if len(kinds) == 1 else "not decided"


def _number(text: str) -> fmpq:
    return fmpq(*map(int, text.split("/")))


def terms(term: Term, at: list[Along], ways: Sequence[Sequence[Any]]) -> list[Any]:
    """Return the coefficients of f along a curve; exact ones where those of the curve are."""
    balls = any(isinstance(each, arb) for way in ways for each in way)
    series = arb_series if balls else fmpq_series
    curve = [(series([c[0], *way]), m) for (c, m), way in zip(at, ways, strict=True)]
    found = along(term, curve, series([1]))[0]
    return [found[k] for k in range(_HIGHEST + 1)]


def along(term: Term, curve: list[Along], one: Series) -> Along:
    """Return a term along a curve; raises where its terms are not rational."""
    none = fmpq(0)
    match term:
        case ("num", q):
            return one * q, none
        case ("pi",):
            return one * 0, none + 1
        case ("var", i):
            return curve[i]
        case ("add", parts):
            return reduce(lambda a, b: (a[0] + b[0], a[1] + b[1]), [along(each, curve, one) for each in parts])
        case ("mul", parts):
            return reduce(_product, [along(each, curve, one) for each in parts])
        case ("pow", base, ("num", q)) if q.q < 3:
            inner = _plain(base, curve, one)
            inner = inner if q.q == 1 else inner.sqrt()
            return (inner ** int(q.p) if q > 0 else one / inner ** -int(q.p)), none
        case ("call", "sin" | "cos" as name, of):
            u, m = along(of, curve, one)
            turns = 2 * m + (name == "cos")
            if turns.q == 1:
                wave = u.cos() if turns.p % 2 else u.sin()
                return wave * (-1 if turns.p % 4 > 1 else 1), none
        case ("call", "exp" | "log" | "tan" | "atan" | "asin" | "sinh" | "cosh" | "tanh" as name, of):
            return getattr(_plain(of, curve, one), name)(), none
    raise Rejected("a power series is not known")


def _plain(term: Term, curve: list[Along], one: Series) -> Series:
    series, m = along(term, curve, one)
    if m != 0:
        raise Rejected("a power series is not rational")
    return series


def _product(a: Along, b: Along) -> Along:
    if a[1] == b[1] == 0:
        return a[0] * b[0], fmpq(0)
    series, factor = (a, b) if b[1] == 0 else (b, a)
    if factor[1] != 0 or factor[0].length() > 1:
        raise Rejected("a power series is not rational")
    return series[0] * factor[0], series[1] * factor[0][0]
