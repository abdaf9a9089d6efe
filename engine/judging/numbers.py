"""Is this number the right one: exactly, or to a tolerance."""

from fractions import Fraction

from flint import arb, ctx, fmpq

from engine.calculus.balls import NoValueError, OpenError
from engine.judging.enclosures import enclose
from engine.judging.question import Tolerance
from engine.judging.rationals import exactly
from engine.judging.sameness import Verdict, same
from engine.reading.kinds import decimals_of
from engine.reading.tree import Negative, Node, Number, names_in

_BITS = (128, 1100)
_LEAST_DIGITS = 2


def equal(answer: Node, reference: Node, tolerance: Tolerance | None, *, seed: int) -> Verdict:
    """Return whether a constant is the right one; a decimal typed too short or rounded is right but lacks something.

    A typed decimal counts as half its last digit: 0.33 is a rounded third, not a wrong one.
    """
    verdict = same(answer, reference, seed=seed)
    if verdict.outcome == "right" or names_in(answer) or names_in(reference):
        return verdict
    places = decimals_of(answer)
    if tolerance is None:
        if places is not None and _digits(answer) >= _LEAST_DIGITS and _near(answer, reference, _half(places)):
            return _right(verdict, "That is rounded; give the exact value, for instance a fraction or a root.")
        return verdict
    if tolerance.kind == "rounded":
        if places is None or not _near(answer, reference, _half(places)):
            return verdict
        short = _digits(answer) < tolerance.amount
        return _right(verdict, f"That is rounded too far: {tolerance.amount} digits are asked for." if short else "")
    allowed, needed = _allowed(tolerance, answer, reference)
    if places is not None and needed is not None and places < needed:
        if _near(answer, reference, _half(places)):
            return _right(verdict, f"That is rounded too far: {tolerance.amount} {tolerance.kind} are asked for.")
        return verdict
    near = _near(answer, reference, allowed)
    if near is None:
        return Verdict("undecided", None, "I could not decide whether that is near enough.", verdict.receipt)
    return _right(verdict, "") if near else verdict


def _right(verdict: Verdict, lacks: str) -> Verdict:
    return Verdict("right", "agrees", "", verdict.receipt, lacks)


def _half(places: int) -> Fraction:
    return Fraction(10) ** -places / 2


def _digits(answer: Node) -> int:
    bare = answer.of if isinstance(answer, Negative) else answer
    text = bare.text.lower().partition("e")[0] if isinstance(bare, Number) else ""
    return len(text.replace(".", "").lstrip("0"))


def _allowed(tolerance: Tolerance, answer: Node, reference: Node) -> tuple[Fraction, int | None]:
    """Return how far off a number may be, and how many places after the point a decimal must have."""
    size = _size(reference)
    if tolerance.kind == "share":
        return tolerance.amount * (size or 1), None
    places = int(tolerance.amount)
    if tolerance.kind == "decimals" or not size:
        return _half(places), places
    order = _order(size)
    return _half(places - 1 - order), places - 1 - max(order, _order(_size(answer)))


def _order(size: Fraction) -> int:
    return int(f"{float(size):.16e}".partition("e")[2]) if size else 0


def _size(node: Node) -> Fraction:
    """Return about how large a constant is, right to the last digit of a float."""
    exact = exactly(node)
    if exact is not None:
        return abs(exact)
    try:
        return abs(Fraction(float(enclose(node, {}, _BITS[0]).mid())))
    except (NoValueError, OpenError, OverflowError):
        return Fraction(0)


def _near(answer: Node, reference: Node, allowed: Fraction) -> bool | None:
    """Tell whether two constants are at most so far apart; None where that is not decided."""
    one, other = exactly(answer), exactly(reference)
    if one is not None and other is not None:
        return abs(one - other) <= allowed
    for bits in _BITS:
        try:
            one_ball, other_ball = enclose(answer, {}, bits), enclose(reference, {}, bits)
        except (NoValueError, OpenError):
            continue
        with ctx.workprec(bits):
            apart = abs(one_ball - other_ball)
            limit = arb(fmpq(allowed.numerator, allowed.denominator))
            if apart <= limit:
                return True
            if apart > limit:
                return False
    return None
