"""What a function in kernels has at a critical point: its Hessian, and Taylor's terms where that is singular."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from math import factorial, prod

from flint import arb, fmpq, fmpq_mpoly, fmpq_poly
from sympy import Expr

from engine.calculus.signs import decimal
from engine.critical import near
from engine.critical.degenerate import Local, classified
from engine.critical.found import CriticalPoint, Kind
from engine.critical.near import DEGREE_SHOWN
from engine.critical.polynomials import Exponents, rational, ring
from engine.critical.signature import Signature, from_signs, shown, test_sentence
from engine.critical.spots import Spot
from engine.critical.tower import Tower
from engine.values import Budget

_ORDER = {1: 12, 2: 8, 3: 6}
_OPEN = "the signs of the eigenvalues are not proven"


@dataclass(frozen=True, slots=True)
class Seconds:
    """The second derivatives of a function over one common denominator."""

    above: list[list[fmpq_mpoly]]
    below: fmpq_mpoly


def second_derivatives(tower: Tower) -> Seconds:
    """Return the second derivatives of a function in kernels."""
    size, first = len(tower.variables), tower.gradient()
    upper = {(i, j): tower.derivative(first[i], j) for i in range(size) for j in range(i, size)}
    common = tower.context.constant(1)
    for second in upper.values():
        common *= divmod(second.below, common.gcd(second.below))[0]
    raised = {ij: second.above * divmod(common, second.below)[0] for ij, second in upper.items()}
    return Seconds([[raised[min(i, j), max(i, j)] for j in range(size)] for i in range(size)], common)


def critical_point(f: Expr, here: Spot, seconds: Seconds, budget: Budget, *, isolated: bool) -> CriticalPoint:
    """Return what f has at a spot.

    isolated: whether no other critical point is near; an extremum is then strict.
    """
    tower = here.system.tower
    if here.place.root.modulus.degree() > DEGREE_SHOWN:
        soon = near.point(f, tower.variables, here.at, lambda bits: _enclosed(here, seconds, bits))
        if soon is not None:
            return soon
    hessian = [[here.value(entry) for entry in row] for row in seconds.above]
    scale = here.value(seconds.below)
    up = here.sign(scale)
    signs = [here.sign(c) for c in _characteristic(hessian, here)]
    proven = [s for s in signs if s is not None]
    value, level = _level(f, here)
    numbers = tuple(decimal(coordinate) for coordinate in here.at)
    if not up or len(proven) < len(signs):
        return CriticalPoint(
            here.at, numbers, "not decided", strict=None, degenerate=False, value=value, value_decimal=level, test=_OPEN
        )
    signature = from_signs(proven)
    if up < 0:
        signature = Signature(signature.positive, signature.zero, signature.negative)
    first = _shown(here, hessian[0][0], scale)
    determinant = _shown(here, hessian[0][0] * hessian[-1][-1] - hessian[0][-1] ** 2, scale * scale)
    test = test_sentence(first, determinant, signature, tower.variables)
    kind, strict = signature.kind, None if signature.kind == "saddle point" else True
    if signature.zero:
        kind, strict, reason = _singular(here, signature, budget)
        test = f"{test}; {reason}"
    if isolated and kind in ("local minimum", "local maximum"):
        strict = True
    return CriticalPoint(here.at, numbers, kind, strict, bool(signature.zero), value, level, test)


def _singular(here: Spot, signature: Signature, budget: Budget) -> tuple[Kind, bool | None, str]:
    if signature.kind == "saddle point":
        return "saddle point", None, "eigenvalues of both signs"
    local = _taylor(here, budget)
    if local is None:
        return "not decided", None, "the second-derivative test is inconclusive"
    return classified(*local, signature, budget)


def _enclosed(here: Spot, seconds: Seconds, bits: int) -> list[list[arb]] | None:
    """Return balls round the Hessian's entries."""
    numbers = here.numbers(bits)
    if numbers is None:
        return None
    scale = near.enclosed(seconds.below, numbers, bits)
    size = len(seconds.above)
    upper = {
        (i, j): near.enclosed(seconds.above[i][j], numbers, bits) / scale for i in range(size) for j in range(i, size)
    }
    return [[upper[min(i, j), max(i, j)] for j in range(size)] for i in range(size)]


def _characteristic(matrix: Sequence[Sequence[fmpq_mpoly]], here: Spot) -> list[fmpq_mpoly]:
    """Return the characteristic polynomial, constant first (Faddeev and LeVerrier)."""
    size, zero = len(matrix), here.context.constant(0)
    power = [[here.context.constant(int(i == j)) for j in range(size)] for i in range(size)]
    coefficients = [here.context.constant(1)]
    for k in range(1, size + 1):
        product = [
            [here.reduce(sum((row[m] * power[m][j] for m in range(size)), zero)) for j in range(size)] for row in matrix
        ]
        coefficients.append(sum((product[i][i] for i in range(size)), zero) * fmpq(-1, k))
        power = [[e + coefficients[-1] if i == j else e for j, e in enumerate(r)] for i, r in enumerate(product)]
    return coefficients[::-1]


def _shown(here: Spot, above: fmpq_mpoly, below: fmpq_mpoly) -> str:
    above = here.reduce(above)
    top, bottom = here.ball(above, 256), here.ball(here.reduce(below), 256)
    number = top / bottom if top is not None and bottom is not None else None
    exact = _exact(here, above, below)
    return shown(rational(exact[0]) if exact is not None and exact.degree() < 1 else None, number)


def _exact(here: Spot, above: fmpq_mpoly, below: fmpq_mpoly) -> fmpq_poly | None:
    """Return a quotient of values as an element of Q(t), if it is one."""
    below = here.reduce(below)
    if above.is_zero():
        return fmpq_poly([0])
    root = here.place.root
    if here.common(above) is None or here.common(above) != here.common(below):
        return None
    if root.modulus.degree() > DEGREE_SHOWN:
        return None
    return root.reduce(here.element(above) * root.inverse(here.element(below)))


def _level(f: Expr, here: Spot) -> tuple[Expr, float]:
    tower = here.system.tower
    above, below = here.value(tower.function.above), here.value(tower.function.below)
    exact = _exact(here, above, below)
    if exact is not None:
        value = here.place.root.expression(exact)
        return value, decimal(value)
    value = near.placed(f, tower.variables, here.at)
    return value, decimal(value)


def _taylor(here: Spot, budget: Budget) -> tuple[Local, list[list[fmpq_poly]]] | None:
    """Return the Taylor polynomial without its constant, up to a positive factor, and its Hessian.

    None where the coefficients are not in Q(t) up to a common factor, or time is out.
    """
    tower, root = here.system.tower, here.place.root
    count = len(tower.variables)
    if root.modulus.degree() > DEGREE_SHOWN:
        return None
    known = {(0,) * count: tower.function}
    found: dict[Exponents, fmpq_poly] = {}
    scale: Exponents | None = None
    for degree in range(1, _ORDER.get(count, 4) + 1):
        fresh = {}
        for chosen in combinations_with_replacement(range(count), degree):
            if budget.left() < 0:
                return None
            fresh[_counts(chosen, count)] = tower.derivative(known[_counts(chosen[:-1], count)], chosen[-1])
        known = fresh
        for exponents, quotient in known.items() if degree > 1 else ():
            top, bottom = here.value(quotient.above), here.value(quotient.below)
            if top.is_zero():
                continue
            ups, downs = here.common(top), here.common(bottom)
            if ups is None or downs is None:
                return None
            powers = tuple(a - b for a, b in zip(ups, downs, strict=True))
            scale = powers if scale is None else scale
            if powers != scale:
                return None
            size = fmpq(1, prod(factorial(e) for e in exponents))
            found[exponents] = root.reduce(here.element(top) * root.inverse(here.element(bottom))) * size
    return _local(found, here, degree)


def _counts(chosen: tuple[int, ...], count: int) -> Exponents:
    return tuple(chosen.count(i) for i in range(count))


def _local(found: dict[Exponents, fmpq_poly], here: Spot, order: int) -> tuple[Local, list[list[fmpq_poly]]]:
    count = len(here.system.tower.variables)
    context = ring(count + 1)
    parts = {(*m, i): c for m, element in found.items() for i, c in enumerate(element.coeffs()) if c != 0}

    def second(i: int, j: int) -> fmpq_poly:
        exponents = tuple(int(k == i) + int(k == j) for k in range(count))
        return found.get(exponents, fmpq_poly([0])) * (2 if i == j else 1)

    hessian = [[second(i, j) for j in range(count)] for i in range(count)]
    return Local(context.from_dict(parts), here.place.root, order), hessian
