"""Do two rational functions vanish at the same points: x*y - 1 and y - 1/x do."""

from flint import fmpq_mpoly

from engine.judging.exact import fraction
from engine.judging.fractions import Field, Fraction, NowhereError, TooHardError
from engine.judging.modular import is_rational
from engine.reading.tree import Node


def same_zeros(one: Node, other: Node) -> bool:
    """Tell whether two rational functions are proven to vanish at the same points, to whatever order.

    False proves nothing.
    """
    if not (is_rational(one) and is_rational(other)):
        return False
    field = Field()
    try:
        first, second = fraction(one, field), fraction(other, field)
    except (TooHardError, NowhereError):
        return False
    if first.above.is_zero() or second.above.is_zero():
        return False
    above = _vanishing(first.above)
    return above.keys() == _vanishing(second.above).keys() and _is_reached(above, first) and _is_reached(above, second)


def _vanishing(polynomial: fmpq_mpoly) -> dict[str, fmpq_mpoly]:
    """Return the irreducible factors that may be zero, led by 1, by their spelling."""
    monic = [base / base.leading_coefficient() for base, _ in polynomial.factor()[1]]
    return {str(base): base for base in monic if not _is_never_zero(base)}


def _is_reached(above: dict[str, fmpq_mpoly], of: Fraction) -> bool:
    """Tell whether a fraction is surely defined where the factors above are zero."""
    return all(_are_apart(below, base) for below in _vanishing(of.below).values() for base in above.values())


def _is_never_zero(polynomial: fmpq_mpoly) -> bool:
    """Tell whether a polynomial is surely never zero, like 3 + x^2 + y^4."""
    lead = polynomial.leading_coefficient()
    terms = list(polynomial.to_dict().items())
    return any(not any(powers) for powers, _ in terms) and all(
        c * lead > 0 and all(power % 2 == 0 for power in powers) for powers, c in terms
    )


def _are_apart(below: fmpq_mpoly, base: fmpq_mpoly) -> bool:
    """Tell whether two polynomials, the first led by 1, are surely not both zero; known for x and x - 2 below."""
    degrees = [int(degree) for degree in below.degrees()]
    if sum(degrees) != 1:
        return False
    root = -below.coeffs()[1] if len(below) == 2 else 0
    there = base.subs({degrees.index(1): root})
    return not there.is_zero() and _is_never_zero(there)
