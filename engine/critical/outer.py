"""Functions of one function: exp(g), atan(g), 2 - 3 g have their critical points where g has them."""

from dataclasses import dataclass, replace

from sympy import Expr, Float, Symbol, asinh, atan, exp, sinh, tanh

from engine.building import unbuild
from engine.calculus.signs import decimal, sign
from engine.critical.found import CriticalPoint, CriticalSet, Found, Kind
from engine.critical.near import placed
from engine.spelling import formula as spell

# Functions that are smooth everywhere and whose slope is never zero.
_RISING = (exp, atan, tanh, sinh, asinh)
_SWAPPED: dict[Kind, Kind] = {"local minimum": "local maximum", "local maximum": "local minimum"}
_RANKS = ("not proven", "proven in window", "proven")


@dataclass(frozen=True, slots=True)
class Core:
    """A function g of which another one with the same domain is a smooth function, rising or falling, never flat."""

    of: Expr
    rising: bool


def core(f: Expr) -> Core:
    """Return the innermost such function; f itself where there is no other."""
    rising = True
    while True:
        if isinstance(f, _RISING):
            f = f.args[0]
            continue
        kept = [arg for arg in f.args if arg.free_symbols] if f.is_Add or f.is_Mul else []
        signs = [sign(arg) for arg in f.args if not arg.free_symbols] if f.is_Mul else []
        if len(kept) != 1 or not all(signs):
            return Core(f, rising)
        rising = rising == (signs.count(-1) % 2 == 0)
        f = kept[0]


def is_open(found: Found) -> bool:
    """Tell whether something of a search was left undecided."""
    return found.complete == "not proven" or _undecided(found) > 0


def better(one: Found, other: Found) -> bool:
    """Tell whether a search says more than another one."""
    return (_RANKS.index(one.complete), -_undecided(one)) > (_RANKS.index(other.complete), -_undecided(other))


def _undecided(found: Found) -> int:
    return [*(each.kind for each in found.points), *(each.kind for each in found.sets)].count("not decided")


def carried(found: Found, inner: Core, f: Expr, variables: tuple[Symbol, ...]) -> Found:
    """Return what a function has from what its core has."""
    points = tuple(raised(each, inner, f, variables) for each in found.points)
    return replace(found, points=points, sets=tuple(_set(each, inner) for each in found.sets))


def _kind(kind: Kind, inner: Core) -> Kind:
    return kind if inner.rising else _SWAPPED.get(kind, kind)


def _set(one: CriticalSet, inner: Core) -> CriticalSet:
    return replace(one, kind=_kind(one.kind, inner))


def raised(point: CriticalPoint, inner: Core, f: Expr, variables: tuple[Symbol, ...]) -> CriticalPoint:
    """Return what a function has at a point from what its core has, of which it is a monotone function there."""
    way = "rising" if inner.rising else "falling"
    if any(c.has(Float) for c in point.at):
        level = float(f.xreplace(dict(zip(variables, point.at, strict=True))).evalf(17))
        value: Expr = Float(repr(level), 17)
    else:
        value = placed(f, variables, point.at)
        level = decimal(value)
    return replace(
        point,
        kind=_kind(point.kind, inner),
        value=value,
        value_decimal=level,
        test=f"f is a {way} function of g = {_said(inner.of)}, and g has a {point.kind} there: "
        f"{point.test.replace('f_', 'g_')}",
    )


def _said(expr: Expr) -> str:
    """Return an expression as a reader writes it."""
    return spell.of(unbuild(expr)).text
