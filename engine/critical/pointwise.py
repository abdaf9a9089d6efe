"""Classification of one given critical point of any smooth function, by exact signs."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import combinations, combinations_with_replacement
from typing import Any

from flint import fmpq, fmpq_poly
from sympy import Abs, Derivative, Expr, Heaviside, Max, Min, Piecewise, S, Subs, Symbol, diff, expand
from sympy import sign as sympy_sign

from engine.calculus.balls import ball
from engine.calculus.signs import decimal, is_real_finite, sign
from engine.critical.degenerate import Local, classified
from engine.critical.found import CriticalPoint
from engine.critical.places import critical_point
from engine.critical.polynomials import Exponents, ring
from engine.critical.quotients import NotRationalError, read
from engine.critical.roots import RATIONAL
from engine.critical.signature import numeric, shown, test_sentence
from engine.critical.solutions import Place
from engine.errors import NotInDomain, NotSupported
from engine.values import Budget

_ORDER = {1: 12, 2: 8, 3: 6}
_ENDLESS = Budget(1e9, lambda: 0.0)
_OPEN = "the signs of the eigenvalues are not proven"


def classify(f: Expr, variables: tuple[Symbol, ...], at: tuple[Expr, ...], budget: Budget = _ENDLESS) -> CriticalPoint:
    """Return what f has at a given critical point.

    Refuses (NotInDomain) a point where f or its gradient does not exist or the gradient is not zero,
    (NotSupported) one where that cannot be decided. Source: the second-derivative test by the signs
    of the Hessian's eigenvalues; where one is 0, the terms of higher order.
    """
    here = dict(zip(variables, at, strict=True))
    if is_real_finite(f.xreplace(here)) is not True:
        raise NotInDomain(f"{f} has no value at {_point(at)}.")
    if not off_kinks(f, here):
        raise NotSupported(f"{f} may have a kink at {_point(at)}: only smooth points are classified.")
    gradient = [diff(f, v).xreplace(here) for v in variables]
    if any(is_real_finite(partial) is False for partial in gradient):
        raise NotInDomain(f"The formula of the gradient of {f} has no value at {_point(at)}.")
    found = [sign(expand(partial)) for partial in gradient]
    if any(found):
        raise NotInDomain(f"{_point(at)} is no critical point: the gradient there is {_point(gradient)}.")
    if None in found:
        raise NotSupported(f"Whether the gradient is zero at {_point(at)} cannot be decided.")
    if all(coordinate.is_Rational for coordinate in at):
        with suppress(NotRationalError):
            place = Place(RATIONAL, tuple(fmpq_poly([fmpq(int(c.p), int(c.q))]) for c in at))
            function = read(f, variables, ring(len(variables)))
            return critical_point(f, function, variables, place, budget, isolated=False)
    return describe(f, variables, at, budget, isolated=False)


def off_kinks(f: Expr, here: Mapping[Symbol, Expr]) -> bool:
    """Return whether no absolute value, sign, maximum or minimum in f switches at a point, as far as is proven.

    A function given in pieces, or one that SymPy cannot derive, may always do so.
    """
    if f.has(Piecewise) or any(diff(f, v).has(Derivative, Subs) for v in here):
        return False
    switches = [call.args[0] for call in f.atoms(Abs, Heaviside, sympy_sign)]
    for call in f.atoms(Max, Min):
        switches += [a - b for a, b in combinations(call.args, 2)]
    return all(sign(switch.xreplace(here)) for switch in switches)


def _point(at: Sequence[Expr]) -> str:
    return f"({', '.join(map(str, at))})"


def describe(
    f: Expr, variables: Sequence[Symbol], at: tuple[Expr, ...], budget: Budget, *, isolated: bool
) -> CriticalPoint:
    """Return what f has at a point where its gradient is known to be zero.

    isolated: whether no other critical point is near; an extremum is then strict.
    """
    here = dict(zip(variables, at, strict=True))
    firsts = [diff(f, v) for v in variables]
    upper = {(i, j): diff(firsts[i], variables[j]) for i in range(len(variables)) for j in range(i, len(variables))}
    hessian = [
        [expand(upper[min(i, j), max(i, j)].xreplace(here)) for j in range(len(variables))]
        for i in range(len(variables))
    ]
    value = f.xreplace(here)
    numbers, level = tuple(decimal(c) for c in at), decimal(value)
    signature = numeric(hessian)
    if signature is None:
        return CriticalPoint(
            at, numbers, "not decided", None, degenerate=False, value=value, value_decimal=level, test=_OPEN
        )
    kind, strict = signature.kind, None if signature.kind == "saddle point" else True
    determinant = hessian[0][0] * hessian[-1][-1] - hessian[0][-1] ** 2
    test = test_sentence(_shown(hessian[0][0]), _shown(determinant), signature, variables)
    if signature.zero:
        strict, reason = None, "the second-derivative test is inconclusive"
        local = taylor(f, variables, here, budget) if kind == "not decided" else None
        if local is not None:
            poly, entries = local
            kind, strict, reason = classified(poly, entries, signature, budget)
        elif kind == "saddle point":
            reason = "eigenvalues of both signs"
        test = f"{test}; {reason}"
        if isolated and kind in ("local minimum", "local maximum"):
            strict = True
    return CriticalPoint(at, numbers, kind, strict, bool(signature.zero), value, level, test)


def _shown(value: Expr) -> str:
    return shown(value, ball(value, 128))


def taylor(
    f: Expr, variables: Sequence[Symbol], here: dict[Symbol, Expr], budget: Budget
) -> tuple[Local, list[list[fmpq_poly]]] | None:
    """Return the Taylor polynomial without its constant, up to a positive factor, and its Hessian.

    None where the coefficients are not rational up to a common factor, or time is out.
    """
    count = len(variables)
    zero = (0,) * count
    known, order = {zero: f}, _ORDER.get(count, 4)
    coefficients: dict[Exponents, fmpq] = {}
    scale: Expr | None = None
    for degree in range(1, order + 1):
        fresh: dict[Exponents, Expr] = {}
        for chosen in combinations_with_replacement(range(count), degree):
            if budget.left() < 0:
                return None
            exponents = tuple(chosen.count(i) for i in range(count))
            last = chosen[-1]
            below = (*exponents[:last], exponents[last] - 1, *exponents[last + 1 :])
            fresh[exponents] = diff(known[below], variables[last])
            value = expand(fresh[exponents].xreplace(here)) if degree > 1 else S.Zero
            side = sign(value)
            if side:
                scale = side * value if scale is None else scale
                value = value / scale
            if side is None or not (value.is_Rational or side == 0):
                return None
            if side:
                coefficients[exponents] = fmpq(int(value.p), int(value.q)) / _factorials(exponents)
        known = fresh
        if count == 1 and coefficients:
            # the first term decides
            order = degree
            break
    context = ring(count + 1)
    poly = context.from_dict({(*m, 0): c for m, c in coefficients.items()})
    hessian = [[_second(coefficients, i, j, count) for j in range(count)] for i in range(count)]
    return Local(poly, RATIONAL, order), hessian


def _factorials(exponents: Exponents) -> fmpq:
    total: Any = fmpq(1)
    for exponent in exponents:
        for k in range(2, exponent + 1):
            total = total * k
    return fmpq(total)


def _second(coefficients: dict[Exponents, fmpq], i: int, j: int, count: int) -> fmpq_poly:
    exponents = tuple(int(k == i) + int(k == j) for k in range(count))
    return fmpq_poly([coefficients.get(exponents, fmpq(0)) * (2 if i == j else 1)])
