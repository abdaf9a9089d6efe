"""What shows the checker that sets consist of critical points, and of which kind."""

from flint import fmpq, fmpq_mpoly

from engine.certifying.combinations import Known, NoProofError, Sum, step
from engine.certifying.elimination import terms
from engine.critical import CriticalSet
from engine.proofs.algebra import Algebra
from engine.values import Budget, Json

Square = tuple[fmpq, fmpq_mpoly]
_MOST = 200  # squares


def shown(algebra: Algebra, found: CriticalSet, equations: list[fmpq_mpoly], budget: Budget) -> Json:
    """Return what the certificate says of a set besides its equations. Raises NoProofError where it is not shown."""
    known = Known([*equations, *algebra.field.relations.values()], budget)
    base = len(known.polys)
    if not step(known, range(base), factors=False):
        raise NoProofError
    critical = [_vanishing(known, partial, base) for partial in algebra.gradient]
    return {"kind": found.kind, "critical": critical, "class": _class(algebra, found, known, equations, base)}


def _combined(known: Known, poly: fmpq_mpoly, base: int) -> list[list[object]]:
    """Return a polynomial as a sum of multiples of the first ones. Raises NoProofError where it is none."""
    place = known.shown(poly)
    if place is None:
        raise NoProofError
    parts = _expressed(known, [(place, poly.context().constant(1))], base)
    return [[i, terms(factor)] for i, factor in parts]


def _vanishing(known: Known, partial: fmpq_mpoly, base: int) -> Json:
    """Return the first or second power of a polynomial as such a sum."""
    power = 1 if known.remainder(partial)[0].is_zero() else 2
    return {"power": power, "parts": _combined(known, partial**power, base)}


def _expressed(known: Known, wanted: Sum, base: int) -> Sum:
    factors = dict(wanted)
    for place in range(len(known.polys) - 1, base - 1, -1):
        outer = factors.pop(place, None)
        if outer is not None:
            for i, factor in known.sums[place]:
                factors[i] = factors[i] + outer * factor if i in factors else outer * factor
    return [(i, factor) for i, factor in sorted(factors.items()) if not factor.is_zero()]


def _class(algebra: Algebra, found: CriticalSet, known: Known, equations: list[fmpq_mpoly], base: int) -> Json | None:
    """Return what shows the kind, None where it is not decided. Raises NoProofError where nothing does."""
    if found.kind == "not decided":
        return None
    above, below = algebra.field.lift(algebra.f)
    left, other = known.remainder(above)[0], known.remainder(below)[0]
    if other.is_zero():
        raise NoProofError
    value = fmpq(0) if left.is_zero() else left.leading_coefficient() / other.leading_coefficient()
    moved = above - below * value
    if found.kind == "saddle point":
        plane = next((i for i, each in enumerate(equations) if each.total_degree() == 1), None)
        if plane is None:
            raise NoProofError
        return {"by": "mirror", "value": str(value), "equation": plane}
    rest, wave = _wave(algebra, moved * below)
    squares = _squares(algebra, moved * below) if not rest else (algebra.field.one, wave)
    if squares is None:
        raise NoProofError
    positive, weighted = squares
    return {
        "by": "squares",
        "value": str(value),
        "zero": _combined(known, moved, base),
        "rest": rest,
        "parts": [{"weight": str(w), "root": terms(q), "positive": terms(positive)} for w, q in weighted],
    }


def _wave(algebra: Algebra, poly: fmpq_mpoly) -> tuple[list[list[object]], list[Square]]:
    """Return a multiple a (s + 1) or a (s - 1) of a sine or cosine as squares, but for a multiple of s^2 + c^2 - 1."""
    gens, sines = algebra.field.gens, [p for (name, _), p in algebra.field.places.items() if name == "sin"]
    for k, place in enumerate(algebra.field.relations):
        for here, beside in ((place, place + 1), (place + 1, place)) if place in sines else ():
            a = poly[tuple(int(i == here) for i in range(len(gens)))]
            for side in (1, -1):
                if a != 0 and poly == (gens[here] + side) * a:
                    half = a * side / 2
                    return [[k, terms(algebra.field.one * -half)]], [(half, gens[here] + side), (half, gens[beside])]
    return [], []


def _squares(algebra: Algebra, poly: fmpq_mpoly) -> tuple[fmpq_mpoly, list[Square]] | None:
    """Return a polynomial as one positive factor times a sum of weighted squares, None where it is not seen as one."""
    one = algebra.field.one
    constant, factors = poly.factor()
    positive, weighted = one, [(constant, one)]
    for factor, power in factors:
        odd, half = int(power) % 2, factor ** (int(power) // 2)
        weighted = [(w, q * half) for w, q in weighted]
        if not odd:
            continue
        if algebra.one_sign(factor):
            sign = 1 if factor.leading_coefficient() > 0 else -1
            positive, weighted = positive * factor * sign, [(w * sign, q) for w, q in weighted]
            continue
        parts = _quadratic(factor)
        if parts is None or len(parts) * len(weighted) > _MOST:
            return None
        weighted = [(w * v, q * p) for w, q in weighted for v, p in parts]
    return (positive, weighted) if not poly.is_zero() else (one, [])


def _quadratic(poly: fmpq_mpoly) -> list[Square] | None:
    """Return a polynomial of degree 2 as a sum of squares with weights of one sign, by completing them."""
    if poly.total_degree() != 2:
        return None
    found: list[Square] = []
    while not poly.is_constant():
        i = next((k for k in range(poly.context().nvars()) if poly.degrees()[k] == 2), None)
        if i is None:
            return None
        slope = poly.derivative(i)
        top = slope.derivative(i).leading_coefficient() / 2
        found.append((top, slope / (2 * top)))
        poly = poly - slope * slope / (4 * top)
    if not poly.is_zero():
        found.append((poly.leading_coefficient(), poly / poly.leading_coefficient()))
    return found if len({w > 0 for w, _ in found}) == 1 else None
