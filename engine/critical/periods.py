"""Translations of one variable that leave a function, or its gradient, unchanged: by exact identity only."""

from collections.abc import Sequence

import sympy as sp
from flint import arb, fmpq
from sympy import Expr, S, Symbol, expand

from engine.calculus.balls import ball

_WAVES = (sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc)


def periods(f: Expr, variables: Sequence[Symbol]) -> tuple[Expr, ...]:
    """Return for each variable a period of the gradient of f, 0 where none is known."""
    return tuple(_period(f, v) for v in variables)


def rise(f: Expr, variable: Symbol, period: Expr) -> Expr:
    """Return by how much f rises over one period: 0 where f itself repeats."""
    return expand(f.xreplace({variable: variable + period})) - expand(f)


def _period(f: Expr, variable: Symbol) -> Expr:
    rates = []
    for call in f.atoms(*_WAVES):
        rate = expand(sp.diff(expand(call.args[0]), variable))
        if rate.free_symbols:
            return S.Zero
        if rate != 0:
            rates.append(rate)
    shares = [sp.cancel(rate / rates[0]) for rate in rates]
    if not rates or not all(share.is_Rational for share in shares):
        return S.Zero
    longest = abs(2 * sp.pi / (rates[0] * sp.gcd(list(shares)))) if len(shares) > 1 else abs(2 * sp.pi / rates[0])
    if not _unchanged(f, variable, longest):
        return S.Zero
    for parts in (4, 3, 2):
        if _unchanged(f, variable, longest / parts):
            return longest / parts
    return longest


def _unchanged(f: Expr, variable: Symbol, shift: Expr) -> bool:
    """Tell whether f rises by a constant over a shift; it is looked at two places before it is multiplied out."""
    here = [_rise_at(f, variable, shift, place) for place in (fmpq(3, 7), fmpq(-11, 13))]
    first, second = here
    if first is not None and second is not None and not first.overlaps(second):
        return False
    return not rise(f, variable, shift).free_symbols


def _rise_at(f: Expr, variable: Symbol, shift: Expr, place: fmpq) -> arb | None:
    step = ball(shift, 128)
    if step is None:
        return None
    at = {v: arb(place / (i + 1)) for i, v in enumerate(sorted(f.free_symbols, key=str))}
    before, after = (ball(f, 128, each) for each in (at, at | {variable: at[variable] + step}))
    return None if before is None or after is None else after - before
