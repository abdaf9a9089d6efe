"""The critical points of a function: one way in."""

from collections.abc import Mapping
from dataclasses import replace

from sympy import Expr, Integer, S, Symbol

from engine.calculus.signs import decimal
from engine.critical.candidates import candidates, linear
from engine.critical.composed import LETTER, composed, outward
from engine.critical.exact import exact
from engine.critical.far import reach
from engine.critical.found import CriticalSet, Ends, Found
from engine.critical.kernels import NoKernelError
from engine.critical.kinks import folded, has_kinks, kinked, kinks
from engine.critical.outer import better, carried, core, is_open
from engine.critical.periods import periods
from engine.critical.quotients import NotRationalError
from engine.critical.separate import combined, summands
from engine.critical.sheared import sheared
from engine.critical.tapes import NoTapeError
from engine.critical.windowed import windowed
from engine.errors import NotSupported, TooLarge
from engine.values import Budget

_MOST_VARIABLES = 8
_USUAL: Ends = (Integer(-5), Integer(5))
_MOST_SEARCHED = 4  # variables of a part that is searched box by box
_SHORT = 40  # operations
_ENOUGH = 0.4  # seconds; elimination that takes longer beside exponentials or sines does not end

Window = Mapping[Symbol, Ends]


def find(f: Expr, variables: tuple[Symbol, ...], budget: Budget, window: Window | None = None) -> Found:
    """Return the points and sets where the gradient of f is zero, and whether these are proven to be all.

    window: ends for each variable, wanted where not all of the space can be searched; -5..5 where none
            is given, one period for a variable in which f repeats itself. Points outside of it may be listed too.
    Extrema where f is not differentiable are among the points; edges of the domain are not searched.
    Refuses (NotSupported) letters that are no variables, (TooLarge) more than 8 variables.
    """
    strange = sorted(map(str, f.free_symbols - set(variables)))
    if strange:
        raise NotSupported(f"{', '.join(strange)} must be a number or one of the variables.")
    if len(variables) > _MOST_VARIABLES:
        raise TooLarge(f"More than {_MOST_VARIABLES} variables are too many to search.")
    f = folded(f)
    present = tuple(v for v in variables if v in f.free_symbols)
    if not present:
        whole = CriticalSet((), len(variables), "local minimum", strict=False)
        return Found((), (whole,), "proven", "f is constant.", (S.Zero,) * len(variables))
    return _with_absent(_cored(f, present, budget, window or {}), present, variables)


def _cored(f: Expr, variables: tuple[Symbol, ...], budget: Budget, window: Window) -> Found:
    """Search f exactly, else in simpler forms: what it is a function of, slanted coordinates; else box by box."""
    inner = core(f)
    # of a short function its own second derivatives are shown
    short = len(variables) < 3 and f.count_ops() < _SHORT
    whole = _exact(f, variables, budget) if inner.of == f or short else None
    if whole is not None and not is_open(whole):
        return whole
    found = _simpler(f, variables, budget, window)
    if found is not None and found.complete == "proven":
        # a search box by box could only find the same again, without its sets
        return found if whole is None or better(found, whole) else whole
    other = _parted(f, variables, budget, window)
    return found if found is not None and better(found, other) else other


def _simpler(f: Expr, variables: tuple[Symbol, ...], budget: Budget, window: Window) -> Found | None:
    """Return what a simpler function tells of f, None where there is no such function or time is short."""
    inner = core(f)
    if inner.of != f:
        return carried(_cored(inner.of, variables, _half(budget), window), inner, f, variables)
    one = composed(f, variables)
    if one is not None:
        flat = find(one.phi, (LETTER,), _half(budget))
        found = outward(one, flat, _cored(one.inner, variables, _half(budget), window), f, variables)
        if found is not None:
            return found
    slanted = sheared(f, variables)
    if slanted is None:
        return None
    found = _cored(slanted.of, variables, _half(budget), {})
    return slanted.back(found, variables) if found.complete == "proven" and not any(found.periods) else None


def _half(budget: Budget) -> Budget:
    now = budget.now()
    return Budget(now + max(budget.left(), 0.0) / 2, budget.now, soft_share=1.0, started=now)


def _parted(f: Expr, variables: tuple[Symbol, ...], budget: Budget, window: Window) -> Found:
    """Search a sum of independent functions one by one: what multiplies in the whole is small in each."""
    parts = summands(f, variables) if len(variables) > 1 else []
    whole = _exact(f, variables, budget) if len(variables) < 3 or len(parts) < 2 else None
    if len(parts) < 2 or (whole is not None and whole.complete == "proven"):
        return _search(f, variables, budget, window, whole)
    singles = [(_search(part, names, budget, window, _exact(part, names, budget)), names) for part, names in parts]
    return combined(singles, variables, budget)


def _exact(f: Expr, variables: tuple[Symbol, ...], budget: Budget) -> Found | None:
    """Return what elimination finds, None for a function that is not algebraic."""
    if has_kinks(f):
        return kinked(f, variables, _share(budget))
    part = budget if f.is_rational_function(*variables) else _share(budget)
    try:
        return exact(f, variables, part)
    except (NoKernelError, NotRationalError):
        return None


def _share(budget: Budget) -> Budget:
    """Return a third of the time that is left, and no more than is usually enough."""
    now = budget.now()
    return Budget(now + min(max(budget.left(), 0.0) / 3, _ENOUGH), budget.now, soft_share=1.0, started=now)


def _search(f: Expr, variables: tuple[Symbol, ...], budget: Budget, window: Window, known: Found | None) -> Found:
    """Return what elimination has found where that is all, else what the search of a window finds."""
    if known is not None and known.complete == "proven":
        return known
    solved = linear(f, variables, budget)
    if solved is not None:
        return solved
    boxed = _boxed(f, variables, budget, window) if len(variables) <= _MOST_SEARCHED else None
    if boxed is not None and (known is None or _better(boxed, known, wanted=all(v in window for v in variables))):
        return boxed
    return candidates(f, variables, budget) if known is None else known


def _better(boxed: Found, known: Found, *, wanted: bool) -> bool:
    """Tell whether a search box by box says more; sets that reach beyond what was searched would be lost."""
    return not boxed.open and (wanted or not known.sets)


def _boxed(f: Expr, variables: tuple[Symbol, ...], budget: Budget, window: Window) -> Found | None:
    repeats = []
    for v, period in zip(variables, periods(f, variables), strict=True):
        narrow = v in window and decimal(window[v][1] - window[v][0]) < decimal(period)
        repeats.append(S.Zero if narrow else period)
    usual = _USUAL
    bound = _bound(f, variables, repeats, budget) if not any(v in window for v in variables) else None
    if bound is not None:
        usual = (Integer(-bound), Integer(bound))
    ends = [(-t / 2, t / 2) if t != 0 else window.get(v, usual) for v, t in zip(variables, repeats, strict=True)]
    try:
        found = windowed(f, variables, ends, tuple(repeats), budget)
    except (NoTapeError, NotSupported):
        return None
    found = replace(found, kinks=kinks(f))
    everywhere = bound is not None or all(t != 0 for t in repeats)
    return replace(found, complete="proven") if everywhere and found.complete == "proven in window" else found


def _bound(f: Expr, variables: tuple[Symbol, ...], repeats: list[Expr], budget: Budget) -> int | None:
    """Return how far from the origin critical points can be, None where that is not known."""
    free = [v for v, period in zip(variables, repeats, strict=True) if period == 0]
    return reach(f, free, _share(budget)) if free and not has_kinks(f) else None


def _with_absent(found: Found, present: tuple[Symbol, ...], variables: tuple[Symbol, ...]) -> Found:
    """Return the same for a function of more variables, which do not occur in it: points become flats."""
    absent = len(variables) - len(present)
    if not absent:
        return found
    flats = [
        CriticalSet(
            equations=tuple(v - c for v, c in zip(present, point.at, strict=True)),
            dim=absent,
            kind=point.kind,
            strict=False if point.kind in ("local minimum", "local maximum") else None,
        )
        for point in found.points
    ]
    wider = [CriticalSet(s.equations, s.dim + absent, s.kind, s.strict) for s in found.sets]
    known = dict(zip(present, found.periods, strict=False))
    repeats = tuple(known.get(v, S.Zero) for v in variables)
    opened = tuple(tuple(dict(zip(present, box, strict=True)).get(v) for v in variables) for box in found.open)
    return replace(found, points=(), sets=(*flats, *wider), periods=repeats, open=opened, window=None)
