"""The critical points of a function: one way in."""

from sympy import Expr, S, Symbol

from engine.critical.candidates import candidates
from engine.critical.exact import exact
from engine.critical.found import CriticalSet, Found
from engine.critical.kernels import NoKernelError
from engine.critical.quotients import NotRationalError
from engine.critical.separate import combined, summands
from engine.errors import NotSupported, TooLarge
from engine.values import Budget

_MOST_VARIABLES = 8


def find(f: Expr, variables: tuple[Symbol, ...], budget: Budget) -> Found:
    """Return the points and sets where the gradient of f is zero, and whether these are proven to be all.

    Points where f is not differentiable and edges of the domain are not searched; `why` names the
    first. Refuses (NotSupported) letters that are no variables, (TooLarge) more than 8 variables.
    """
    strange = sorted(map(str, f.free_symbols - set(variables)))
    if strange:
        raise NotSupported(f"{', '.join(strange)} must be a number or one of the variables.")
    if len(variables) > _MOST_VARIABLES:
        raise TooLarge(f"More than {_MOST_VARIABLES} variables are too many to search.")
    present = tuple(v for v in variables if v in f.free_symbols)
    if not present:
        whole = CriticalSet((), len(variables), "local minimum", strict=False)
        return Found((), (whole,), "proven", "f is constant.", (S.Zero,) * len(variables))
    return _with_absent(_parted(f, present, budget), present, variables)


def _parted(f: Expr, variables: tuple[Symbol, ...], budget: Budget) -> Found:
    """Search a sum of independent functions one by one: what multiplies in the whole is small in each."""
    parts = summands(f, variables) if len(variables) > 2 else []
    if len(parts) < 2:
        return _search(f, variables, budget)
    return combined([(_search(part, names, budget), names) for part, names in parts], variables, budget)


def _search(f: Expr, variables: tuple[Symbol, ...], budget: Budget) -> Found:
    try:
        found = exact(f, variables, budget)
    except (NoKernelError, NotRationalError):
        found = None
    return candidates(f, variables, budget) if found is None else found


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
    periods = tuple(known.get(v, S.Zero) for v in variables)
    return Found((), (*flats, *wider), found.complete, found.why, periods)
