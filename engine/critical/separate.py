"""Functions that are sums of functions of different variables: their critical points are combinations."""

from collections.abc import Sequence
from itertools import product

from sympy import Add, Expr, S, Symbol

from engine.critical.found import Box, Complete, CriticalPoint, CriticalSet, Ends, Found, Kind
from engine.values import Budget

_MOST = 3000


def summands(f: Expr, variables: Sequence[Symbol]) -> list[tuple[Expr, tuple[Symbol, ...]]]:
    """Return parts with disjoint variables whose sum is f; a constant goes with the first."""
    groups: list[tuple[set[Symbol], list[Expr]]] = []
    constant = S.Zero
    for term in Add.make_args(f):
        inside = set(term.free_symbols)
        if not inside:
            constant += term
            continue
        touched = [group for group in groups if group[0] & inside]
        groups = [group for group in groups if not group[0] & inside]
        groups.append((inside.union(*(g[0] for g in touched)), [term, *(t for g in touched for t in g[1])]))
    ordered = sorted(groups, key=lambda group: min(variables.index(v) for v in group[0]))
    parts = [(Add(*terms), tuple(v for v in variables if v in inside)) for inside, terms in ordered]
    return [(parts[0][0] + constant, parts[0][1]), *parts[1:]]


def combined(parts: Sequence[tuple[Found, tuple[Symbol, ...]]], variables: Sequence[Symbol], budget: Budget) -> Found:
    """Return the critical points of a sum from those of its summands."""
    missing = [found.why for found, _ in parts if found.complete == "not proven"]
    size = 1
    for found, _ in parts:
        size *= len(found.points) + len(found.sets)
    if size > _MOST or budget.left() < size / _MOST:
        return Found((), (), "not proven", f"{size} combinations are too many to list.")
    complete: Complete = "not proven" if missing else "proven"
    if not missing and any(found.complete == "proven in window" for found, _ in parts):
        complete = "proven in window"
    points, sets = [], []
    choices: list[list[CriticalPoint | CriticalSet]] = [[*found.points, *found.sets] for found, _ in parts]
    for chosen in product(*choices):
        singles = [each for each in chosen if isinstance(each, CriticalPoint)]
        if len(singles) == len(chosen):
            point = _point(singles, [names for _, names in parts], variables)
            # where f is not differentiable, only an extremum is a critical point
            if point.smooth or point.kind != "saddle point":
                points.append(point)
        else:
            sets.append(_set(chosen, [names for _, names in parts]))
    periods = dict(pair for found, names in parts for pair in zip(names, found.periods, strict=False))
    return Found(
        points=tuple(sorted(points, key=lambda point: point.decimal)),
        sets=tuple(sets),
        complete=complete,
        why=" ".join(dict.fromkeys(missing)) if missing else _why([found for found, _ in parts]),
        periods=tuple(periods.get(v, S.Zero) for v in variables),
        open=tuple(_wide(box, names, variables) for found, names in parts for box in found.open),
        window=_window(parts, variables),
        kinks=tuple(kink for found, _ in parts for kink in found.kinks),
    )


def _why(parts: Sequence[Found]) -> str:
    """Return the proof that says least."""
    return next((found.why for found in parts if found.complete == "proven in window"), parts[0].why)


def _wide(box: Box, names: tuple[Symbol, ...], variables: Sequence[Symbol]) -> Box:
    known = dict(zip(names, box, strict=True))
    return tuple(known.get(v) for v in variables)


def _window(
    parts: Sequence[tuple[Found, tuple[Symbol, ...]]], variables: Sequence[Symbol]
) -> tuple[Ends | None, ...] | None:
    """Return the window where one was searched, None for a variable without bounds."""
    known = {v: ends for found, names in parts if found.window for v, ends in zip(names, found.window, strict=True)}
    return tuple(known.get(v) for v in variables) if known else None


def _kind(kinds: set[Kind]) -> Kind:
    if "saddle point" in kinds or {"local minimum", "local maximum"} <= kinds:
        return "saddle point"
    return kinds.pop() if len(kinds) == 1 else "not decided"


def _point(chosen: list[CriticalPoint], names: list[tuple[Symbol, ...]], variables: Sequence[Symbol]) -> CriticalPoint:
    exact = {v: c for point, vs in zip(chosen, names, strict=True) for v, c in zip(vs, point.at, strict=True)}
    near = {v: c for point, vs in zip(chosen, names, strict=True) for v, c in zip(vs, point.decimal, strict=True)}
    kind = _kind({point.kind for point in chosen})
    extremum = kind in ("local minimum", "local maximum")
    return CriticalPoint(
        at=tuple(exact[v] for v in variables),
        decimal=tuple(near[v] for v in variables),
        kind=kind,
        strict=(True if all(point.strict for point in chosen) else None) if extremum else None,
        degenerate=any(point.degenerate for point in chosen),
        value=Add(*(point.value for point in chosen)),
        value_decimal=sum(point.value_decimal for point in chosen),
        test="; ".join(point.test for point in chosen),
        smooth=all(point.smooth for point in chosen),
    )


def _set(chosen: Sequence[CriticalPoint | CriticalSet], names: list[tuple[Symbol, ...]]) -> CriticalSet:
    equations: list[Expr] = []
    dim = 0
    for each, variables in zip(chosen, names, strict=True):
        if isinstance(each, CriticalPoint):
            equations += [v - c for v, c in zip(variables, each.at, strict=True)]
        else:
            equations += each.equations
            dim += each.dim
    # a constant summand, critical everywhere, has no say
    kinds = {each.kind for each in chosen if isinstance(each, CriticalPoint) or each.equations}
    kind = _kind(kinds or {"local minimum"})
    return CriticalSet(tuple(equations), dim, kind, False if kind in ("local minimum", "local maximum") else None)
