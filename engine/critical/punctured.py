"""Whether a zero of several functions is the only one in a box round it, also where their derivatives are singular.

Along x_i = s^(w_i) y_i, with whole weights w and y on the boundary of a cube, each function becomes s^d times a
function of s and y that may be enclosed on all of the boundary, for all s down to 0: where two of these are never
zero together, there is no other common zero. The functions are taken as Taylor polynomials with remainders in
Lagrange's form. Source: the blowing up of weighted homogeneous singularities, in balls.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations_with_replacement, product
from math import factorial, gcd, prod

from flint import arb, ctx, fmpq
from sympy import Expr, Symbol, diff, expand

from engine.calculus.balls import ball, power, side
from engine.calculus.signs import sign
from engine.values import Budget

_BITS = 96
_ORDERS = (2, 3, 4, 5, 6)
_HEAVIEST = {2: 4, 3: 2}
_FINEST = 7  # halvings of a side of the cube
_MOST_CELLS = 400

Exponents = tuple[int, ...]
Series = dict[Exponents, arb]


@dataclass(frozen=True, slots=True)
class _Blown:
    """A function over s^d, as a polynomial in s and y: exponents of s and of y, and a ball for the coefficient."""

    terms: tuple[tuple[int, Exponents, arb], ...]

    def at(self, s: arb, y: Sequence[arb]) -> arb:
        total = arb(0)
        for rise, exponents, coefficient in self.terms:
            term = coefficient * power(s, rise)
            for base, exponent in zip(y, exponents, strict=True):
                term *= _power(base, exponent)
            total += term
        return total


def alone(
    functions: Sequence[Expr], variables: tuple[Symbol, ...], at: Sequence[Expr], reach: Sequence[float], budget: Budget
) -> bool:
    """Tell whether some functions, all zero at a place, are proven to have no other common zero near it.

    reach: how far from the place each variable goes, on both sides.
    """
    if len(variables) not in _HEAVIEST or budget.left() < 0:
        return False
    here = dict(zip(variables, at, strict=True))
    for order in _ORDERS:
        if budget.left() < 0:
            return False
        known = [_taylor(f, here, order) for f in functions]
        if any(part is None for part in known):
            return False
        exact = [part for part in known if part is not None]
        if not all(exact):
            continue
        for weights in _weights(len(variables)):
            if _apart(functions, here, order, exact, weights, reach):
                return True
    return False


def _weights(count: int) -> Iterator[Exponents]:
    choices = product(range(1, _HEAVIEST[count] + 1), repeat=count)
    return (each for each in sorted(choices, key=sum) if reduce(gcd, each) == 1)


def _taylor(f: Expr, here: dict[Symbol, Expr], order: int) -> Series | None:
    """Return the Taylor coefficients that are not zero up to an order, None where a sign is not decided."""
    found: Series = {}
    variables = tuple(here)
    known = {(0,) * len(variables): f}
    for degree in range(order + 1):
        if degree:
            known = _derived(known, variables)
        for exponents, derivative in known.items():
            near = ball(derivative.xreplace(here), _BITS)
            if near is None:
                return None
            if side(near) is None and sign(expand(derivative.xreplace(here))) != 0:
                return None
            if side(near):
                found[exponents] = near / prod(factorial(e) for e in exponents)
    return found


def _derived(known: dict[Exponents, Expr], variables: tuple[Symbol, ...]) -> dict[Exponents, Expr]:
    """Return the derivatives of the next order from those of an order."""
    degree = sum(next(iter(known))) + 1
    found = {}
    for chosen in combinations_with_replacement(range(len(variables)), degree):
        exponents = tuple(chosen.count(i) for i in range(len(variables)))
        last = chosen[-1]
        below = (*exponents[:last], exponents[last] - 1, *exponents[last + 1 :])
        found[exponents] = diff(known[below], variables[last])
    return found


def _apart(
    functions: Sequence[Expr],
    here: dict[Symbol, Expr],
    order: int,
    exact: Sequence[Series],
    weights: Exponents,
    reach: Sequence[float],
) -> bool:
    """Tell whether the functions, blown up with these weights, are nowhere zero together."""
    lightest = [min(_weight(e, weights) for e in series) for series in exact]
    if any((order + 1) * min(weights) < light for light in lightest):
        return False
    far = max(r ** (1 / w) for r, w in zip(reach, weights, strict=True)) * (1 + 1e-9)
    bare = [_Blown(_terms(series, weights, light)) for series, light in zip(exact, lightest, strict=True)]
    # without remainders and at s = 0 only: the condition that has to hold first
    if not _nowhere(bare, arb(0)):
        return False
    rests = [_remainder(f, here, order, weights, far) for f in functions]
    whole = []
    for series, rest, light in zip(exact, rests, lightest, strict=True):
        if rest is None:
            return False
        whole.append(_Blown((*_terms(series, weights, light), *_terms(rest, weights, light))))
    half = fmpq(*far.as_integer_ratio()) / 2
    return _nowhere(whole, arb(half, half))


def _terms(series: Series, weights: Exponents, light: int) -> tuple[tuple[int, Exponents, arb], ...]:
    return tuple((_weight(e, weights) - light, e, c) for e, c in series.items())


def _weight(exponents: Exponents, weights: Exponents) -> int:
    return sum(e * w for e, w in zip(exponents, weights, strict=True))


def _remainder(f: Expr, here: dict[Symbol, Expr], order: int, weights: Exponents, far: float) -> Series | None:
    """Return balls round the terms of the next order, for all places in the box that the weights stretch to."""
    variables = tuple(here)
    box = {}
    with ctx.workprec(_BITS):
        for (v, c), weight in zip(here.items(), weights, strict=True):
            centre = ball(c, _BITS)
            if centre is None:
                return None
            box[v] = centre + arb(0, far**weight * (1 + 1e-9))
    known = {(0,) * len(variables): f}
    for _ in range(order + 1):
        known = _derived(known, variables)
    found: Series = {}
    for exponents, derivative in known.items():
        near = ball(derivative, _BITS, box)
        if near is None:
            return None
        found[exponents] = near / prod(factorial(e) for e in exponents)
    return found


def _nowhere(functions: Sequence[_Blown], s: arb) -> bool:
    """Tell whether on no part of the cube's boundary all functions may be zero, for any of the values of s."""
    count = len(functions[0].terms[0][1])
    left = [
        (depth, side_, turn, cell)
        for depth, side_, turn in product((0,), range(count), (1, -1))
        for cell in [((fmpq(-1), fmpq(1)),) * (count - 1)]
    ]
    seen = 0
    with ctx.workprec(_BITS):
        while left:
            depth, face, turn, cell = left.pop()
            seen += 1
            y = [arb((a + b) / 2, (b - a) / 2) for a, b in cell]
            y.insert(face, arb(turn))
            if any(side(f.at(s, y)) for f in functions):
                continue
            if seen > _MOST_CELLS or depth >= _FINEST * (count - 1):
                return False
            cut = depth % (count - 1)
            low, high = cell[cut]
            middle = (low + high) / 2
            left += [
                (depth + 1, face, turn, (*cell[:cut], part, *cell[cut + 1 :]))
                for part in ((low, middle), (middle, high))
            ]
    return True


def _power(base: arb, exponent: int) -> arb:
    """Return a power of a ball; one of even exponent is not negative."""
    found = power(base, exponent)
    if exponent == 0 or exponent % 2 or not base.contains(0):
        return found
    top = abs(found).upper()
    return arb(top / 2, top / 2)
