"""Critical points of functions with kinks: the smooth ones, and the extrema on seams and at corners."""

from collections.abc import Callable, Sequence
from functools import reduce

import sympy as sp
from sympy import Abs, Expr, Max, Min, Symbol, expand

from engine.calculus.balls import ball
from engine.calculus.signs import decimal, is_real_finite, sign
from engine.critical.creases import crease
from engine.critical.exact import exact
from engine.critical.found import CriticalPoint, CriticalSet, Found
from engine.critical.kernels import NoKernelError
from engine.critical.near import placed
from engine.critical.quotients import NotRationalError
from engine.critical.rays import Star, star
from engine.critical.strata import Seams, seams
from engine.values import Budget

_WAYS = {"up": "rises", "down": "falls"}
_PROOF = "the smooth pieces, their seams and their corners were searched by exact elimination"


def folded(f: Expr) -> Expr:
    """Return f with maxima and minima written in absolute values."""

    def fold(turn: int) -> Callable[..., Expr]:
        return lambda *args: reduce(lambda a, b: (a + b + turn * Abs(expand(a - b))) / 2, args)

    return f.replace(Max, fold(1)).replace(Min, fold(-1))


def has_kinks(f: Expr) -> bool:
    """Tell whether f may exist without being differentiable: an absolute value, a maximum, a root that reaches 0."""
    if f.has(Abs, Max, Min):
        return True
    roots = [p for p in f.atoms(sp.Pow) if p.exp.is_Rational and not p.exp.is_Integer and p.base.free_symbols]
    return any(root.base.is_nonnegative and not root.base.is_positive for root in roots)


def kinked(f: Expr, variables: tuple[Symbol, ...], budget: Budget) -> Found | None:
    """Return the critical points of a function with kinks; None where elimination does not reach it.

    f: without maxima and minima (`folded`).
    """
    found = seams(f, variables, budget)
    try:
        smooth = exact(f, variables, budget, examined=found.examined)
    except (NoKernelError, NotRationalError):
        smooth = None
    if smooth is None:
        return None
    missing = [] if smooth.complete == "proven" else [smooth.why.rstrip(".")]
    missing += found.missing
    sets = _sets(f, variables, found, missing)
    points = list(smooth.points)
    for at, active in found.points.items():
        here = dict(zip(variables, at, strict=True))
        on_set = any(all(sign(e.xreplace(here)) == 0 for e in one.equations) for one in (*sets, *smooth.sets))
        if on_set or not _has_value(f, here):
            continue
        seen = _seen(f, variables, at, active, budget)
        if seen is None:
            missing.append(
                f"whether f has an extremum at ({', '.join(map(str, at))}), where it has a kink, is not decided"
            )
        elif seen.flat or seen.way != "both":
            points.append(extremum(f, variables, at, seen))
    return Found(
        tuple(sorted(points, key=lambda point: point.decimal)),
        (*smooth.sets, *sets),
        "not proven" if missing else "proven",
        f"{'; '.join(dict.fromkeys(missing)) or _PROOF}.",
        smooth.periods,
        kinks=kinks(f, sets),
    )


def _has_value(f: Expr, here: dict[Symbol, Expr]) -> bool:
    """Return whether f is known to have a value; balls are quicker than SymPy where roots of polynomials are put in."""
    near = {v: found for v, c in here.items() for found in [ball(c, 256)] if found is not None}
    return ball(f, 256, near) is not None or is_real_finite(f.xreplace(here)) is True


def _seen(
    f: Expr, variables: Sequence[Symbol], at: tuple[Expr, ...], active: Sequence[Expr], budget: Budget
) -> Star | None:
    """Return what f does round a place, by its slopes, else along all rays."""
    way = crease(f, variables, at, active) if active else None
    if way is not None:
        return Star(way, 0.0, flat=False)
    # with roots in it a ray takes SymPy long
    return star(f, variables, at, budget) if all(c.is_Rational for c in at) else None


def extremum(f: Expr, variables: Sequence[Symbol], at: tuple[Expr, ...], seen: Star) -> CriticalPoint:
    """Return what f has at a place from where it was looked at along all rays."""
    value = placed(f, variables, at)
    rough = "" if seen.flat else ", and is not differentiable there"
    if seen.way == "both":
        test = f"f rises along some rays from there and falls along others{rough}"
    else:
        test = f"f {_WAYS[seen.way]} along all rays from there{rough}"
    return CriticalPoint(
        at=at,
        decimal=tuple(decimal(c) for c in at),
        kind={"up": "local minimum", "down": "local maximum", "both": "saddle point"}[seen.way],  # type: ignore[arg-type]
        strict=None if seen.way == "both" else True,
        degenerate=seen.flat,
        value=value,
        value_decimal=decimal(value),
        test=test,
        smooth=seen.flat,
    )


def _sets(f: Expr, variables: Sequence[Symbol], found: Seams, missing: list[str]) -> list[CriticalSet]:
    """Return the sets on which f takes a value that no other is below, or above; notes the rest as missing."""
    sets = []
    for equations in found.sets:
        level = _level(f, variables, equations)
        side = None if level is None else _one_sided(f - level)
        if side is None:
            missing.append(f"what f has where {', '.join(f'{e} = 0' for e in equations)} is not decided")
            continue
        dim = len(variables) - len(equations)
        kind = "local minimum" if side > 0 else "local maximum"
        sets.append(CriticalSet(equations, dim, kind, strict=False))  # type: ignore[arg-type]
    return sets


def _level(f: Expr, variables: Sequence[Symbol], equations: tuple[Expr, ...]) -> Expr | None:
    """Return the value of f where an absolute value alone makes up its variable part, None else."""
    flat = f.xreplace(
        {call: sp.S.Zero for call in f.atoms(Abs) if any(sp.rem(call.args[0], e, *variables) == 0 for e in equations)}
    )
    return None if flat.free_symbols else flat


def _one_sided(rest: Expr) -> int | None:
    """Return the sign that a sum has, or zero, where all its terms show it."""
    terms = sp.Add.make_args(expand(rest, deep=False))
    if all(term.is_nonnegative for term in terms):
        return 1
    return -1 if all(term.is_nonpositive for term in terms) else None


def kinks(f: Expr, sets: Sequence[CriticalSet] = ()) -> tuple[Expr, ...]:
    """Return the expressions at whose zeros f has kinks, without those where all are extrema."""
    told = {one.equations for one in sets}
    inside = {call.args[0] for call in f.atoms(Abs) if not (call.args[0].is_positive or call.args[0].is_negative)}
    return tuple(sorted((each for each in inside if (each,) not in told), key=str))
