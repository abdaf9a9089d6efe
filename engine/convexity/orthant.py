"""Signs of a polynomial on a box, a half space or an orthant, each variable with ends of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

import sympy as sp
from sympy import Expr, Poly, S, Symbol

from engine.calculus.signs import sign
from engine.convexity.region import Ends
from engine.critical.definite import signs
from engine.critical.polynomials import polynomial, ring
from engine.values import Budget

Signs = frozenset[int]
Terms = dict[tuple[int, ...], Expr]
ALL: Signs = frozenset((-1, 0, 1))
POSITIVE: Signs = frozenset((1,))
UP: Signs = frozenset((0, 1))
_MOST_UNKNOWNS, _MOST_TERMS, _HIGHEST = 3, 400, 24
_WORDS: dict[str, Signs] = {
    "positive": POSITIVE, "nonnegative": UP, "negative": frozenset((-1,)), "nonpositive": frozenset((-1, 0)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shifted:
    """A polynomial in numbers that are not negative; `free` may have both signs, `strict` are positive.

    sealed: whether no closed end was put at infinity. full: how many terms there are where none is missing.
    """

    symbols: tuple[Symbol, ...]
    terms: Terms
    free: frozenset[Symbol]
    strict: frozenset[Symbol]
    sealed: bool
    full: int


def polynomial_signs(expr: Expr, ends: Mapping[Symbol, Ends], budget: Budget) -> Signs:
    """Return the signs that a polynomial can have where each symbol lies between its ends; ALL without a proof."""
    inside = [s for s in ends if s in expr.free_symbols]
    if not inside or len(expr.args) > _MOST_TERMS:
        return ALL
    found = ALL
    if any(_is_closed_box(ends[s]) for s in inside):
        wider = _tested(expr, {s: _wider(ends[s]) for s in inside}, budget)
        if 0 not in wider:
            return wider
    if budget.left() > 0:
        found = _tested(expr, {s: ends[s] for s in inside}, budget)
    return found


def _tested(expr: Expr, ends: Mapping[Symbol, Ends], budget: Budget) -> Signs:
    shifted = _shifted(expr, ends)
    if shifted is None:
        return ALL
    for turn in (1, -1):
        found = _by_coefficients(shifted, turn)
        if found is not None:
            return frozenset(turn * each for each in found)
    return _by_squares(shifted, budget)


def _is_closed_box(ends: Ends) -> bool:
    return ends.low is not None and ends.high is not None and not (ends.above and ends.below)


def _wider(ends: Ends) -> Ends:
    """Return an open range in which a closed one lies: what is positive there is so at the ends."""
    if not _is_closed_box(ends) or ends.low is None or ends.high is None:
        return ends
    room = (ends.high - ends.low) / 64
    return Ends(ends.low - room, ends.high + room, above=True, below=True)


def _shifted(expr: Expr, ends: Mapping[Symbol, Ends]) -> Shifted | None:
    """Put low + t, high - t or (low + high t)/(1 + t) for each symbol, t not negative."""
    symbols = tuple(ends)
    try:
        poly = Poly(expr, *symbols)
    except sp.PolynomialError:
        return None
    if poly.total_degree() > _HIGHEST:
        return None
    terms: Terms | None = dict(poly.terms())
    free, strict, sealed, full = set(), set(), True, 1
    for i, (s, each) in enumerate(ends.items()):
        degree = poly.degree(s)
        full *= degree + 1
        terms = None if terms is None else _put(terms, i, each, degree)
        if each.low is None and each.high is None:
            free.add(s)
        elif each.above if each.low is not None else each.below:
            strict.add(s)
        sealed = sealed and (each.low is None or each.high is None or each.below)
    return None if terms is None else Shifted(symbols, terms, frozenset(free), frozenset(strict), sealed, full)


def _put(terms: Terms, index: int, ends: Ends, degree: int) -> Terms | None:
    """Return the terms with one variable replaced; None where they get many. Those of a box are Bernstein's."""
    low, high = ends.low, ends.high
    if low is not None and high is not None:
        powers = [_times(_binomial(low, high, k), _binomial(S.One, S.One, degree - k)) for k in range(degree + 1)]
    elif low is not None or high is not None:
        at, way = (low, S.One) if low is not None else (high, S.NegativeOne)
        powers = [_binomial(at, way, k) for k in range(degree + 1)]
    else:
        return terms
    found: Terms = {}
    for exponents, coefficient in terms.items():
        for power, factor in enumerate(powers[exponents[index]]):
            if factor != 0:
                key = (*exponents[:index], power, *exponents[index + 1 :])
                found[key] = found.get(key, S.Zero) + coefficient * factor
    found = {key: value for key, value in found.items() if value != 0}
    return found if len(found) <= _MOST_TERMS else None


def _binomial(a: Expr, b: Expr, power: int) -> list[Expr]:
    """Return the coefficients of (a + b t)^power, the constant first."""
    return [comb(power, k) * a ** (power - k) * b**k for k in range(power + 1)]


def _times(one: Sequence[Expr], other: Sequence[Expr]) -> list[Expr]:
    found = [S.Zero] * (len(one) + len(other) - 1)
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            found[i + j] += a * b
    return found


def _by_coefficients(shifted: Shifted, turn: int) -> Signs | None:
    """Return the signs where every term has one sign: even powers of what is free, no negative coefficient."""
    strict = False
    for exponents, coefficient in shifted.terms.items():
        powers = dict(zip(shifted.symbols, exponents, strict=True))
        if any(powers[s] % 2 for s in shifted.free):
            return None
        found = sign(coefficient)
        if found is None or turn * found < 0:
            return None
        strict = strict or (found != 0 and all(s in shifted.strict for s, power in powers.items() if power))
    return POSITIVE if strict and (shifted.sealed or len(shifted.terms) == shifted.full) else UP


def _by_squares(shifted: Shifted, budget: Budget) -> Signs:
    """Return the signs where t = s^2 leaves a polynomial that is decided for all real numbers."""
    gens, held = shifted.symbols, shifted.terms
    if len(gens) > _MOST_UNKNOWNS or budget.left() <= 0:
        return ALL
    if not held:
        return frozenset((0,))
    exponents = [min(each[i] for each in held) for i in range(len(gens))]
    factor = [e if s in shifted.strict else 0 for s, e in zip(gens, exponents, strict=True)]
    terms = {tuple(a - b for a, b in zip(m, factor, strict=True)): c for m, c in held.items()}
    squared = {
        tuple(e if s in shifted.free else 2 * e for s, e in zip(gens, m, strict=True)): c for m, c in terms.items()
    }
    whole = sp.Add(*(c * sp.Mul(*(s**e for s, e in zip(gens, m, strict=True))) for m, c in squared.items()))
    context = ring(len(gens))
    poly = polynomial(whole, list(gens), context)
    if poly is None or poly.total_degree() > 2 * _HIGHEST:
        return ALL
    if poly.is_zero():
        return frozenset((0,))
    found = _WORDS.get(signs(poly, budget), ALL)
    return found if shifted.sealed or 0 in found else found | {0}
